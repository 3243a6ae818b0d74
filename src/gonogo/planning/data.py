"""The plan as JSON data, `plan: gonogo/1`."""

from typing import Any

from gonogo.planning.plan import Plan
from gonogo.render.questions import question_data
from gonogo.reporting.report import Refusal

FORMAT = "gonogo/1"


def plan_data(plan: Plan) -> dict[str, Any]:
    subject = plan.subject
    return {
        "plan": FORMAT,
        "verdict": plan.verdict,
        "profile": plan.profile,
        "as_of": plan.as_of,
        "manifest": {
            "path": subject.path,
            "sha256": str(subject.digest),
            "model": subject.model,
            "version": subject.version,
            "developer": subject.developer,
        },
        "planned": plan.planned or None,
        "past_stages": [path for path, _ in plan.past],
        "target": plan.target or None,
        "earliest_go": plan.earliest_go or None,
        "windows": [
            {
                "from": each.since,
                "until": each.until or None,
                "verdict": each.verdict,
                "because": "; ".join(each.because),
            }
            for each in plan.windows
        ],
        "changes": [
            {
                "set": {path: _value(value) for path, value in each.settings},
                "first_release": each.first_release or None,
                "verified": True,
            }
            for each in plan.changes
        ],
        "wait_for": [
            {"fact": each.path, "title": each.title, "what": each.what} for each in plan.waits
        ],
        "questions": [question_data(each) for each in plan.questions],
        "timeline": [
            {"what": each.what, "by": each.by, "state": each.state, "fact": each.path}
            for each in plan.timeline
        ],
        "hopeless": plan.hopeless or None,
    }


def _value(text: str) -> Any:
    """A changed value as JSON: numbers and dates stay text, to stay exact. Lists hold only ids."""
    if text.startswith("["):
        return text[1:-1].split(", ") if text != "[]" else []
    return {"null": None, "true": True, "false": False}.get(text, text)


def refusal_data(refusal: Refusal) -> dict[str, Any]:
    return {
        "plan": FORMAT,
        "verdict": None,
        "manifest": {"path": refusal.path},
        "errors": [
            {
                "file": problem.span.file,
                "line": problem.span.line or None,
                "column": problem.span.column or None,
                "message": problem.message,
                "help": problem.help,
            }
            for problem in refusal.problems
        ],
    }

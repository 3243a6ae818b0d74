"""The JSON report, `gonogo/1`: a frozen contract with field names of its own.

Only ASCII is written, so no control or bidirectional character reaches a terminal or a log; the
escape of `##` keeps Azure and GitHub from reading a command in a value.
"""

from collections.abc import Sequence
from typing import Any

import gonogo
from gonogo.diagnostics import Problem
from gonogo.render.json_text import json_text
from gonogo.render.questions import question_data
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report
from gonogo.reporting.traces import Traces

FORMAT = "gonogo/1"


def render(report: Report) -> str:
    """One report, indented, with a final line break."""
    return json_text(as_data(report))


def render_line(report: Report) -> str:
    """One report on one line."""
    return json_text(as_data(report), indent=None)


def render_only(results: Sequence[Report | Refusal]) -> str:
    """The one result of a run, indented."""
    return "".join(
        render(result) if isinstance(result, Report) else render_refusal(result, indent=2)
        for result in results
    )


def render_lines(results: Sequence[Report | Refusal]) -> str:
    """A line for each result, in order."""
    return "".join(
        render_line(result) if isinstance(result, Report) else render_refusal(result, indent=None)
        for result in results
    )


def render_refusal(refusal: Refusal, *, indent: int | None) -> str:
    """An input without a verdict: what was wrong with it."""
    data = {
        "report": FORMAT,
        "verdict": None,
        "manifest": {"path": refusal.path},
        "errors": [problem_data(problem) for problem in refusal.problems],
    }
    return json_text(data, indent=indent)


def problem_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.span.file,
        "line": problem.span.line or None,
        "column": problem.span.column or None,
        "message": problem.message,
        "help": problem.help,
    }


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON data, keys in the order in which they are documented."""
    subject = report.subject
    traces = Traces() if report.disclosure == "full" else None
    return {
        "report": FORMAT,
        "verdict": report.verdict,
        "basis": report.basis,
        "profile": report.profile,
        "as_of": report.as_of,
        "as_of_given": report.as_of_given,
        "disclosure": report.disclosure,
        "tool": {"name": "gonogo", "version": gonogo.__version__},
        "manifest": {
            "path": subject.path,
            "sha256": str(subject.digest),
            "model": subject.model,
            "version": subject.version,
            "developer": subject.developer,
            "first_release": subject.first_release or None,
        },
        "packs": [
            {"id": p.id, "version": p.version, "title": p.title, "sha256": str(p.digest)}
            for p in report.packs
        ],
        "registers": [
            {"pack": r.pack, "name": r.name, "as_of": r.as_of.text} for r in report.registers
        ],
        "headline": [
            {"label": h.label, "value": h.value, "because": h.because} for h in report.headline
        ],
        "findings": [_finding(finding, traces) for finding in report.findings],
        "questions": [question_data(question) for question in report.questions],
        "still_to_happen": [
            {"fact": u.fact, "title": u.title, "at": u.at, "counts": u.counts}
            for u in report.still_to_happen
        ],
        "earliest_go": report.earliest_go,
        "verdicts": dict(report.verdicts),
        "counts": dict(report.counts),
        "evidence": [
            {
                "id": e.id,
                "kind": e.kind,
                "path": e.path,
                "sha256": e.sha256,
                "state": e.state.value,
                "found": e.found or None,
            }
            for e in report.evidence
        ],
        "waivers": [
            {
                "rule": w.rule,
                "subject": {"developer": w.developer, "model": w.model, "version": w.version},
                "state": w.state,
                "from": w.start,
                "until": w.until,
                "days_left": w.days_left,
                "ticket": w.ticket,
                "reason": w.reason,
                "requested_by": w.requested_by,
                "approved_by": w.approved_by,
            }
            for w in report.waivers
        ],
        "warnings": [problem_data(problem) for problem in report.warnings],
        "notices": [*report.notices, "Not legal advice."],
    }


def _finding(finding: Finding, traces: Traces | None) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "class": finding.rule_class,
        "effect": finding.effect,
        "outcome": finding.outcome,
        "reason": finding.reason,
        "fix": finding.fix,
        "missing": list(finding.missing),
        "assumed": list(finding.assumed),
        "facts": [
            {
                "path": fact.path,
                "value": fact.value,
                "origin": fact.origin,
                "file": fact.file or None,
                "line": fact.line or None,
                "column": fact.column or None,
            }
            for fact in finding.facts
        ],
        "cites": [
            {"id": c.id, "title": c.title, "url": c.url or None, "standing": c.standing}
            for c in finding.cites
        ],
        "trace": traces.of(finding.trace) if traces else {},
    }

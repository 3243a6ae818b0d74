"""The results of the workbench as JSON data, with field names of their own."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from gonogo.diagnostics import Problem, Span
from gonogo.workbench.comparison import Comparison, RuleChange
from gonogo.workbench.coverage import Coverage
from gonogo.workbench.diff_page import Difference
from gonogo.workbench.edits import Edit, edits
from gonogo.workbench.finding import Finding, LookedAt
from gonogo.workbench.lint_kinds import KINDS, LintKind
from gonogo.workbench.mutation import Mutation
from gonogo.workbench.suite import Suite
from gonogo.workbench.trials import Trial
from gonogo.workbench.written import manifest_yaml

FORMAT = "gonogo/1"


class Tested(NamedTuple):
    """All that one pack's tests came to.

    ``suggested`` are tests for what was not seen, ``remedies`` for the changes that survive.
    """

    suite: Suite
    trials: tuple[Trial, ...]
    coverage: Coverage
    suggested: tuple[str, ...]
    mutation: Mutation | None
    remedies: tuple[str | None, ...]


def refusal_data(problems: Sequence[Problem], form: str) -> dict[str, Any]:
    return {form: FORMAT, "errors": [_problem(problem) for problem in problems]}


def _problem(problem: Problem) -> dict[str, Any]:
    return {**place(problem.span), "message": problem.message, "help": problem.help}


def place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line or None, "column": span.column or None}


def lint_data(findings: Sequence[Finding], looked_at: Sequence[LookedAt]) -> dict[str, Any]:
    return {
        "policy_lint": FORMAT,
        "findings": [
            {
                "id": finding.kind,
                **place(finding.span),
                "message": finding.message,
                "hint": finding.hint,
                "explanation": KINDS[finding.kind].why,
            }
            for finding in findings
        ],
        "looked_at": [each._asdict() for each in looked_at],
    }


def kinds_data(kinds: Sequence[LintKind]) -> dict[str, Any]:
    return {
        "policy_lint": FORMAT,
        "kinds": [
            {"id": kind.id, "title": kind.title, "explanation": kind.why, "remedy": kind.remedy}
            for kind in kinds
        ],
    }


def test_data(tested: Sequence[Tested]) -> dict[str, Any]:
    """Shares over all packs first, then each pack by itself."""
    failed = sum(bool(trial.mismatches) for each in tested for trial in each.trials)
    total = sum(len(each.trials) for each in tested)
    return {
        "policy_test": FORMAT,
        "tests": {"passed": total - failed, "failed": failed},
        "coverage": _coverage([each.coverage for each in tested]),
        "mutation": _mutation(tested),
        "packs": [
            {
                "id": each.suite.pack.id,
                "version": each.suite.pack.identity.version,
                "tests": [_trial(trial) for trial in each.trials],
                "coverage": {
                    **_coverage([each.coverage]),
                    "unseen": [
                        {"in": leaf.owner, "never": truth.value, **place(leaf.condition.span)}
                        for leaf, truth in each.coverage.unseen
                    ],
                    "untested": [
                        {
                            "in": edge.owner,
                            "never": edge.side,
                            "shown": edge.shown,
                            **place(edge.span),
                        }
                        for edge in each.coverage.untested
                    ],
                    "tests": list(each.suggested),
                },
            }
            for each in tested
        ],
    }


def _coverage(found: Sequence[Coverage]) -> dict[str, float]:
    return {
        "leaf": share([each.leaves for each in found]),
        "edge": share([each.edges for each in found]),
    }


def share(counts: Sequence[tuple[int, int]]) -> float:
    """Seen of all, from 0 to 1; all of nothing is 1."""
    whole = sum(total for _, total in counts)
    return sum(seen for seen, _ in counts) / whole if whole else 1.0


def _mutation(tested: Sequence[Tested]) -> dict[str, Any] | None:
    found = [each for each in tested if each.mutation is not None]
    if not found:
        return None
    mutations = [each.mutation for each in found if each.mutation]
    noticed = [(each.total - len(each.survivors), each.total) for each in mutations]
    return {
        "score": share(noticed),
        "survivors": [
            {
                "pack": each.suite.pack.id,
                "change": mutant.change,
                "edits": [_edit(edit) for edit in edits(each.suite.pack, mutant.pack)],
                **place(mutant.span),
                "why": why,
                "test": test,
            }
            for each in found
            if each.mutation
            for (mutant, why), test in zip(each.mutation.survivors, each.remedies, strict=True)
        ],
        "stale": [
            {
                "pack": each.suite.pack.id,
                "change": survivor.change,
                **place(survivor.span),
                "why": survivor.why,
            }
            for each in found
            if each.mutation
            for survivor in each.mutation.stale
        ],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "name": trial.case.name,
        **place(trial.case.span),
        "passed": not trial.mismatches,
        "mismatches": [
            {"what": each.what, "expected": each.expected, "actual": each.actual}
            for each in trial.mismatches
        ],
    }


def diff_data(found: Difference) -> dict[str, Any]:
    return {
        "policy_diff": FORMAT,
        "old": found.old,
        "new": found.new,
        "as_of": found.as_of.text,
        "can_change_verdict": found.can_change_verdict,
        "profiles": list(found.profiles),
        "packs": [_comparison(each) for each in found.comparisons],
        "corpus": None
        if found.stored is None
        else {
            "checked": found.checked,
            "changed": [
                {"path": each.path, "profile": profile, "old": old, "new": new}
                for each in found.stored
                for profile, old, new in each.verdicts
            ],
            "unreadable": [
                {"path": each.path, "problem": str(each.problem).splitlines()[0]}
                for each in found.stored
                if each.problem
            ],
        },
    }


def _comparison(found: Comparison) -> dict[str, Any]:
    pack = found.new or found.old
    return {
        "id": pack.id if pack else None,
        "base": found.base,
        "old": found.old.identity.version if found.old else None,
        "new": found.new.identity.version if found.new else None,
        "looked_at": {
            "old": len(found.old.rules) if found.old else None,
            "new": len(found.new.rules) if found.new else None,
        },
        "rules": [_rule(change) for change in found.rules],
        "edits": [_edit(edit) for edit in found.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "what": edit.what,
        "name": edit.name,
        "how": edit.how,
        "before": list(edit.before),
        "after": list(edit.after),
    }


def _rule(change: RuleChange) -> dict[str, Any]:
    witness = change.answer.witness
    return {
        "rule": change.key,
        "title": change.title,
        "how": change.how,
        "can_change_outcome": change.can_change_outcome,
        "can_change_verdict": change.can_change_verdict,
        "shows_verdict": change.shows_verdict,
        "search_complete": change.answer.certain,
        "witness": witness
        and {
            "manifest": manifest_yaml(witness.facts),
            "as_of": witness.as_of.text,
            "old": witness.old and witness.old.value,
            "new": witness.new and witness.new.value,
            "verdicts": {
                name: {"old": old.value, "new": new.value} for name, old, new in witness.verdicts
            },
        },
    }

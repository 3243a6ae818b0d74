"""Lint: what is odd in a pack that loads. Each finding has a kind, a place and a hint."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.judge import Outcome
from gonogo.packs.policy import Pack, Parameter, Rule
from gonogo.values.times import Moment, local_date, parse_moment
from gonogo.workbench.coverage import Coverage, coverage
from gonogo.workbench.dependents import Dependents
from gonogo.workbench.finding import Finding
from gonogo.workbench.lint_logic import Logic
from gonogo.workbench.lint_names import unused
from gonogo.workbench.places import latest_day, own_rules
from gonogo.workbench.suite import Suite
from gonogo.workbench.trials import Trial

_A_YEAR = timedelta(days=365)


class Subject(NamedTuple):
    """What is linted: a pack, what it extends, its tests if it has any, and what they saw."""

    pack: Pack
    parent: Pack | None
    suite: Suite | None
    trials: Sequence[Trial]
    folder: str  # how the pack's folder is named in messages


def lint(subject: Subject, today: date) -> list[Finding]:
    """Every finding, by file and line. ``today`` tells how old sources are."""
    pack, parent = subject.pack, subject.parent
    seen = coverage(pack, parent, subject.trials)
    found = [
        *unused(pack, parent, subject.folder),
        *_gaps(pack),
        *_old_sources(pack, parent, today),
        *Logic(pack, parent, seen, latest_day([pack])).findings(),
        *_tests(subject, seen),
    ]
    return sorted(found, key=lambda finding: (finding.span, finding.kind, finding.message))


def _gaps(pack: Pack) -> Iterator[Finding]:
    """Rules in force while a parameter that they read has no value."""
    dependents = Dependents(pack)
    for parameter in pack.parameters.values():
        keys = dependents.of_parameter(parameter.name)
        rules = [rule for rule in pack.rules if rule.key in keys]
        for rule in rules:
            if pack.id not in (rule.pack, parameter.pack):
                continue
            if gap := _gap(rule, parameter):
                text = f"`{parameter.name}` has no value {gap}, where `{rule.id}` is in force"
                hint = "add a dated value, or `unknown:` with the reason, or move `in_force`"
                yield Finding("parameter-gap", parameter.values[0].span, text, hint)


def _gap(rule: Rule, parameter: Parameter) -> str:
    first, last = parameter.values[0], parameter.values[-1]
    if rule.start is None or rule.start < first.start:
        return f"before {first.day}"
    ends: datetime | None = last.start if last.ended else None
    if ends is not None and (rule.until is None or rule.until >= ends):
        return f"from {last.day} on"
    return ""


def _old_sources(pack: Pack, parent: Pack | None, today: date) -> Iterator[Finding]:
    for id, source in pack.sources.items():
        if parent is not None and id in parent.sources:
            continue
        read = parse_moment(source.retrieved)
        if not isinstance(read, Moment):
            text = f"nobody says when the source `{id}` was last read"
            yield Finding("source-not-read", source.span, text, "add `retrieved:` with the day")
        elif local_date(read.period(pack.zone).high, pack.zone) + _A_YEAR < today:
            text = f"the source `{id}` was last read on {source.retrieved}, over a year ago"
            hint = "read it again and move `retrieved`"
            yield Finding("source-not-read", source.span, text, hint)


def _tests(subject: Subject, seen: Coverage) -> Iterator[Finding]:
    if subject.suite is None:
        text = f"the pack `{subject.pack.id}` has no tests"
        hint = "add tests/<topic>.yaml beside its rules"
        yield Finding("no-tests", Span(f"{subject.folder}/pack.yaml"), text, hint)
        return
    for trial in subject.trials:
        for mismatch in trial.mismatches:
            text = (
                f"`{trial.case.name}`: {mismatch.what}: expected {mismatch.expected}, "
                f"got {mismatch.actual}"
            )
            yield Finding("test-fails", mismatch.span, text, "gonogo policy test shows the trace")
    for rule in own_rules(subject.pack):
        if rule.require is not None and Outcome.FAIL not in seen.outcomes.get(rule.key, ()):
            text = f"no test sees `{rule.id}` fail"
            yield Finding("no-failing-test", rule.span, text, "add a test in which it fails")
    yield from _uncovered(seen)


def _uncovered(seen: Coverage) -> Iterator[Finding]:
    """One finding for each leaf and each edge, naming all that is missing there."""
    hint = "gonogo policy test --coverage lists all of them"
    leaves: dict[tuple[str, Span], list[str]] = {}
    for leaf, truth in seen.unseen:
        leaves.setdefault((leaf.owner, leaf.condition.span), []).append(truth.value)
    for (owner, span), words in leaves.items():
        text = f"a condition of `{owner}` was never seen {' or '.join(words)}"
        yield Finding("leaf-not-seen", span, text, hint)
    edges: dict[tuple[str, Span], list[str]] = {}
    for edge in seen.untested:
        edges.setdefault((edge.owner, edge.span), []).append(edge.side)
    for (owner, span), words in edges.items():
        text = f"an edge of `{owner}` was never tested: {', '.join(words)}"
        yield Finding("edge-not-tested", span, text, hint)

"""Lint: what is odd in a pack that loads. Each finding has a kind, a place and a hint."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.judge import Outcome
from gonogo.packs.language import All, AnyOf, Condition, NoneOf, leaves
from gonogo.packs.policy import Pack, Parameter, Rule
from gonogo.workbench.coverage import Coverage, coverage
from gonogo.workbench.dependents import Dependents, reads
from gonogo.workbench.finding import Finding, LookedAt
from gonogo.workbench.lint_logic import Logic
from gonogo.workbench.lint_names import unused
from gonogo.workbench.lint_sources import sources
from gonogo.workbench.places import latest_day, own_rules, roots
from gonogo.workbench.suite import Suite
from gonogo.workbench.trials import Trial


class Subject(NamedTuple):
    """What is linted: a pack, what it extends, its tests if it has any, and what they saw."""

    pack: Pack
    parent: Pack | None
    suite: Suite | None
    trials: Sequence[Trial]
    folder: str  # how the pack's folder is named in messages
    version_at: Span

    def looked_at(self) -> LookedAt:
        registers = [each for each in self.pack.registers.values() if each.pack == self.pack.id]
        rules = own_rules(self.pack)
        return LookedAt(self.pack.id, len(rules), len(self.trials), len(registers))


def lint(subject: Subject, today: date) -> list[Finding]:
    """Every finding, by file and line. ``today`` tells how old sources are."""
    pack, parent = subject.pack, subject.parent
    seen = coverage(pack, parent, subject.trials)
    found = [
        *unused(pack, parent, subject.folder),
        *_gaps(pack),
        *sources(pack, parent, today, subject.version_at),
        *_logic(pack, parent, seen),
        *_tests(subject, seen),
    ]
    return sorted(found, key=lambda finding: (finding.span, finding.kind, finding.message))


def _logic(pack: Pack, parent: Pack | None, seen: Coverage) -> Iterator[Finding]:
    """What can never be, except what only time can change.

    The search stands at one as-of time, where the age of a register is always the same.
    """
    reads_of = Dependents(pack).reads
    aging = {rule.span for rule in pack.rules if any(map(_is_age, reads_of[rule.key]))}
    for _, root in roots(pack, parent):
        aging.update(_that_age(root))
    for finding in Logic(pack, parent, seen, latest_day([pack])).findings():
        if finding.span not in aging:
            yield finding


def _is_age(name: str) -> bool:
    return name.startswith("register.") and name.endswith(".as_of")


def _that_age(condition: Condition) -> Iterator[Span]:
    """The condition and all inside it, as far as they read when a register was searched."""
    if any(_is_age(name) for leaf in leaves(condition) for name in reads(leaf)):
        yield condition.span
        match condition:
            case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
                for part in parts:
                    yield from _that_age(part)
            case _:
                pass


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


def _tests(subject: Subject, seen: Coverage) -> Iterator[Finding]:
    if subject.suite is None:
        text = f"the pack `{subject.pack.id}` has no tests"
        hint = "add tests/<topic>.yaml beside its rules"
        yield Finding("no-tests", Span(f"{subject.folder}/pack.yaml"), text, hint)
        return
    for trial in subject.trials:
        said = [f"{m.what}: expected {m.expected}, got {m.actual}" for m in trial.mismatches]
        if said:
            text = f"the test `{trial.case.name}` fails: {'; '.join(said)}"
            yield Finding("test-fails", trial.case.span, text, "gonogo policy test shows why")
    for rule in own_rules(subject.pack):
        if rule.require is not None and Outcome.FAIL not in seen.outcomes.get(rule.key, ()):
            text = f"no test sees `{rule.id}` fail"
            yield Finding("no-failing-test", rule.span, text, "add a test in which it fails")
    yield from _uncovered(seen)


def _uncovered(seen: Coverage) -> Iterator[Finding]:
    """One finding for each condition and each number or date, naming all that is missing there."""
    hint = "add a test; gonogo policy test --coverage prints one where it finds one"
    conditions: dict[tuple[str, Span], list[str]] = {}
    for leaf, truth in seen.unseen:
        conditions.setdefault((leaf.owner, leaf.condition.span), []).append(truth.value)
    for (owner, span), words in conditions.items():
        text = f"a condition of `{owner}` was never seen {' or '.join(words)}"
        yield Finding("leaf-not-seen", span, text, hint)
    edges: dict[tuple[str, Span], list[str]] = {}
    for edge in seen.untested:
        edges.setdefault((edge.owner, edge.span), []).append(edge.shown)
    for (owner, span), words in edges.items():
        text = f"a boundary of `{owner}` was never tested: {', '.join(words)}"
        yield Finding("edge-not-tested", span, text, hint)

"""From rules to outcomes, and from outcomes to the verdict: the one place that decides either."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from gonogo.engine.evaluate import evaluate
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step
from gonogo.packs.policy import Effect, Profile, Rule, RuleClass, Waiver
from gonogo.values.times import FIRST_INSTANT, LAST_INSTANT, Period
from gonogo.values.truth import Truth, any_of, implies


class Outcome(Enum):
    """What came of one rule."""

    NOT_IN_FORCE = "not_in_force"
    NOT_APPLICABLE = "not_applicable"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    WAIVED = "waived"  # failed or unknown, and a waiver covers it; never a pass


class Verdict(Enum):
    """What the release manager came for."""

    GO = "GO"
    NO_GO = "NO-GO"
    UNDETERMINED = "UNDETERMINED"


class RuleResult(NamedTuple):
    """A rule's outcome with the trace behind it. Out of force, nothing was evaluated."""

    rule: Rule
    outcome: Outcome
    situation: Situation
    when: Step | None = None
    require: Step | None = None
    partly: bool = False  # in force on some, not all, of the possible first-release dates
    waiver: Waiver | None = None
    beneath: Outcome | None = None  # what a waiver covers: FAIL or UNKNOWN


class Decision(NamedTuple):
    """The verdict under one profile, and the class that decided it."""

    verdict: Verdict
    basis: RuleClass | None


def apply_rule(rule: Rule, situation: Situation) -> RuleResult:
    """The outcome of one rule.

    `pass` and `fail` are Kleene's `not when or require`. A rule that is in force on only some of
    the possible dates cannot fail for certain. A note (no `require`) passes when it applies.
    """
    force = _in_force(rule, situation)
    if force is Truth.FALSE:
        return RuleResult(rule, Outcome.NOT_IN_FORCE, situation)
    when = evaluate(rule.when, situation)
    require = evaluate(rule.require, situation) if rule.require else None
    if force is None:
        outcome = Outcome.UNKNOWN
    elif when.truth is Truth.FALSE:
        outcome = Outcome.NOT_APPLICABLE
    else:
        match implies(when.truth, require.truth) if require else when.truth:
            case Truth.TRUE:
                outcome = Outcome.PASS
            case Truth.FALSE if force is Truth.TRUE:
                outcome = Outcome.FAIL
            case _:
                outcome = Outcome.UNKNOWN
    waiver = None
    if situation.pack.waivers and outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        from gonogo.engine.waiving import waiver_for  # most runs have no waivers

        waiver = waiver_for(rule, situation)
    return RuleResult(
        rule,
        Outcome.WAIVED if waiver else outcome,
        situation,
        when,
        require,
        force is Truth.UNKNOWN,
        waiver,
        outcome if waiver else None,
    )


def apply_rules(situation: Situation, blocking: Profile | None = None) -> list[RuleResult]:
    """The rules of a pack in their order; with ``blocking``, those that block under it."""
    return [
        apply_rule(rule, situation)
        for rule in situation.pack.rules
        if blocking is None or blocking.effect_of(rule) is Effect.BLOCK
    ]


def _in_force(rule: Rule, situation: Situation) -> Truth | None:
    """Is the governing date, or any date of `at`, inside the rule's dates?

    None without a governing date, unless a date of `at` is certainly inside.
    """
    window = Period(rule.start or FIRST_INSTANT, rule.until or LAST_INSTANT, "")
    dates = [situation.facts.get(path).value for path in rule.force_at]
    if situation.governing is not None:
        dates.append(situation.governing)
    force = any_of([date.within(window) for date in dates if isinstance(date, Period)])
    return None if situation.governing is None and force is not Truth.TRUE else force


def decide(results: Iterable[RuleResult], profile: Profile) -> Decision:
    """NO-GO if a blocking rule failed; UNDETERMINED if one is unknown or none was in force; GO."""
    blocking = [r for r in results if profile.effect_of(r.rule) is Effect.BLOCK]
    failed = _classes(blocking, Outcome.FAIL)
    if failed:
        return Decision(Verdict.NO_GO, failed[0])
    unknown = _classes(blocking, Outcome.UNKNOWN)
    if unknown:
        return Decision(Verdict.UNDETERMINED, unknown[0])
    if all(result.partly or result.outcome is Outcome.NOT_IN_FORCE for result in blocking):
        return Decision(Verdict.UNDETERMINED, None)
    return Decision(Verdict.GO, None)


def _classes(results: Sequence[RuleResult], outcome: Outcome) -> list[RuleClass]:
    """The classes with that outcome, the strongest first."""
    seen = {result.rule.rule_class for result in results if result.outcome is outcome}
    return [each for each in RuleClass if each in seen]

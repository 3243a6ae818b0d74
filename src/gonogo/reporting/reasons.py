"""Why a rule came out as it did: the pack's own sentences with their slots filled, or defaults."""

from decimal import Decimal
from typing import NamedTuple

from gonogo.engine.evaluate import parameter_at
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import ParameterReading, Step, deciding, every_leaf
from gonogo.manifests.facts import Cause, Fact, Value, show
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.packs.language import All, AnyOf, Compare, DaysBetween, Holds, Slot, SlotKind, Template
from gonogo.packs.policy import OWN
from gonogo.reporting.gathered import open_words, sentences
from gonogo.reporting.wording import (
    WITHHELD,
    days_said,
    fact_said,
    is_hidden,
    not_known,
    set_by,
    show_subject,
    why_unknown,
)
from gonogo.values.amounts import Amount
from gonogo.values.truth import Truth


class Slots(NamedTuple):
    """What fills the slots of a pack's sentences. ``brief`` leaves units and notes out."""

    situation: Situation
    result: RuleResult | None
    earliest: str
    brief: bool = False


def fill(template: Template, slots: Slots) -> str:
    """A pack's sentence with its slots filled."""
    return "".join(part if isinstance(part, str) else _slot(part, slots) for part in template)


def _tells_hidden(template: Template, situation: Situation) -> bool:
    """Is a sentence about a fact that may not be shown? What it says of it may tell the value."""
    slots = [part for part in template if isinstance(part, Slot) and part.kind is SlotKind.FACT]
    return any(is_hidden([situation.facts.get(slot.name)], situation) for slot in slots)


def _slot(slot: Slot, slots: Slots) -> str:
    situation = slots.situation
    match slot.kind:
        case SlotKind.FACT:
            return fact_words(situation.facts.get(slot.name), situation)
        case SlotKind.PARAMETER:
            reading = parameter_at(slot.name, situation)
            if reading.value is None:
                return f"unknown ({reading.why})"
            shown = show(reading.value, situation.pack.parameters[slot.name].spec)
            note = _note(reading, situation)
            return f"{shown} ({note})" if note and not slots.brief else shown
        case SlotKind.EARLIEST:
            return slots.earliest
        case SlotKind.DAYS | SlotKind.REQUIRED:
            step = measured(slots.result) if slots.result else None
            return _measure(slot.kind, step, slots) if step else "unknown"


def fact_words(fact: Fact, situation: Situation) -> str:
    spec = situation.pack.specs.get(fact.path)
    if is_hidden([fact], situation):
        return WITHHELD
    if fact.value is None:
        return "unknown" if fact.cause in (Cause.SAID, Cause.COMPUTED) else "not stated"
    filled = " (register)" if fact.filled else ""
    return show(fact.value, spec) + filled


def _measure(kind: SlotKind, step: Step, slots: Slots) -> str:
    leaf = step.condition
    value = step.actual if kind is SlotKind.DAYS else next(iter(step.required), None)
    if is_hidden(step.facts, slots.situation):
        return WITHHELD
    if value is None or not isinstance(leaf, Compare):
        return "unknown" if slots.brief else why_unknown(step, slots.situation)
    if slots.brief:
        return days_said(_at_least_none(value))
    if kind is SlotKind.DAYS:
        return show_subject(leaf.subject, value, leaf.spec)
    notes = [note for reading in step.parameters if (note := _note(reading, slots.situation))]
    return " ".join([str(value), *(f"({note})" for note in notes)])


def _at_least_none(days: Value) -> Value:
    """Days that somebody had: where they would begin after they end, none."""
    if not isinstance(days, Amount) or days.low < -MOST_DAYS:  # an end that nobody dated
        return days
    return Amount(max(days.low, Decimal(0)), max(days.high, Decimal(0)))


def _note(reading: ParameterReading, situation: Situation) -> str:
    """What the pack says of a value, and which other pack set it."""
    note = reading.dated.note if reading.dated else ""
    return "; ".join(filter(None, (note, set_by(reading, situation))))


def measured(result: RuleResult) -> Step | None:
    """The day count that a rule hangs on: of a branch that lacks nothing else, the hardest leaf.

    Of several such branches that do not hold it is the easiest: fewer days would do.
    """
    if result.require is None:
        return None
    found = _measured(result.require)
    return found or next((s for s in every_leaf(result.require) if _counts(s)), None)


def _measured(step: Step) -> Step | None:
    match step.condition:
        case Holds():
            return _measured(step.parts[0])
        case AnyOf():
            branches = [
                b for b in step.parts if step.truth is not Truth.TRUE or b.truth is Truth.TRUE
            ]
            only_days = [b for b in branches if all(_counts(s) for s in deciding(b))]
            enough = [m for branch in only_days if (m := _measured(branch)) is not None]
            if enough and step.truth is not Truth.TRUE:
                return min(enough, key=lambda leaf: (not leaf.required, _hardness(leaf)))
            others = (_measured(branch) for branch in branches)
            return next((m for m in (*enough, *others) if m is not None), None)
        case All():
            counted = [m for part in step.parts if (m := _measured(part)) is not None]
            open_ones = [m for m in counted if m.truth is not Truth.TRUE] or counted
            return max(open_ones, key=_hardness, default=None)
        case _:
            return step if _counts(step) else None


def _hardness(step: Step) -> tuple[bool, object]:
    bound = step.required[0] if step.required else None
    return (isinstance(bound, Amount), bound.high if isinstance(bound, Amount) else 0)


def _counts(step: Step) -> bool:
    return isinstance(step.condition, Compare) and isinstance(step.condition.subject, DaysBetween)


def reason(result: RuleResult, earliest: str) -> str:
    """Why a rule came out as it did."""
    rule, situation = result.rule, result.situation
    if result.waiver is not None and result.beneath is not None:
        said = reason(result._replace(outcome=result.beneath, waiver=None), earliest)
        is_open = "; open:" if result.beneath is Outcome.UNKNOWN else "; it fails:"
        waiver = result.waiver
        return f"waived until {waiver.until.text} (ticket {waiver.ticket}){is_open} {said}"
    match result.outcome:
        case Outcome.NOT_IN_FORCE:
            release = fact_said(situation.facts.get(situation.pack.governing), situation)
            return f"{_force(result)}; the first release is {release}"
        case Outcome.NOT_APPLICABLE:
            return _join(result.when, situation) or "it does not apply"
        case Outcome.PASS:
            if rule.require is None and rule.reason and not _tells_hidden(rule.reason, situation):
                return fill(rule.reason, Slots(situation, result, earliest))
            met = result.require is not None and result.require.truth is Truth.TRUE
            return _join(result.require if met else result.when, situation)
        case Outcome.FAIL:
            if rule.reason and not _tells_hidden(rule.reason, situation):
                said = fill(rule.reason, Slots(situation, result, earliest))
                return "; not counted: ".join([said, *_not_counted(result)])
            return _join(result.require, situation)
        case Outcome.UNKNOWN | Outcome.WAIVED:
            if rule.pack == OWN and rule.reason:  # it has no date and no facts to ask for
                return fill(rule.reason, Slots(situation, result, earliest))
            return _unknown(result)


def _not_counted(result: RuleResult) -> list[str]:
    """Why what is stated did not help, where a rule's own reason does not speak of it."""
    from gonogo.reporting.uncounted import uncounted  # most rules do not fail

    said = uncounted(result)
    return ["; ".join(said)] if said else []


def _unknown(result: RuleResult) -> str:
    situation = result.situation
    if situation.governing is None:
        return not_known(situation.facts.get(situation.pack.governing), situation)
    if result.partly:
        return f"{_force(result)}, within the possible dates of the first release"
    parts = [step for step in (result.when, result.require) if step and step.truth is Truth.UNKNOWN]
    return open_words([leaf for step in parts for leaf in deciding(step)], situation)


def _force(result: RuleResult) -> str:
    rule = result.rule
    until = f" until {rule.until_day}" if rule.until_day else ""
    return f"holds from {rule.start_day or 'the beginning'}{until}"


def _join(step: Step | None, situation: Situation) -> str:
    if step is None:
        return ""
    return "; ".join(sentences(deciding(step), situation))

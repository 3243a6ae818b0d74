"""The lines a reader sees first, in the words that the pack gives for each state."""

from collections.abc import Sequence

from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import deciding
from gonogo.packs.language import (
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    Stated,
    leaves,
)
from gonogo.packs.policy import HeadlineItem
from gonogo.reporting.gathered import not_known_briefly
from gonogo.reporting.reasons import Slots, fill, reason
from gonogo.reporting.report import Headline
from gonogo.reporting.wording import WITHHELD, sentence
from gonogo.values.truth import Truth


def headlines(
    situations: Sequence[Situation],
    results: Sequence[RuleResult],
    earliest: str,
    *,
    leave_out: bool = False,
) -> tuple[Headline, ...]:
    """The headline lines of every pack, in order. ``earliest`` is the earliest GO date, if any.

    A line about a fact that may not be shown says so, or with ``leave_out`` is not there at all.
    """
    found = []
    for situation in situations:
        own = [result for result in results if result.situation is situation]
        for item in situation.pack.headline:
            named = next((r for r in own if item.rule in (r.rule.id, r.rule.key)), None)
            if _is_hidden(item, situation, named):
                found += [] if leave_out else [Headline(item.label, WITHHELD, "")]
                continue
            found.append(_headline(item, situation, named, earliest))
    return tuple(found)


def _is_hidden(item: HeadlineItem, situation: Situation, result: RuleResult | None) -> bool:
    """Do the line's words hang on something hidden?

    Of a line about a rule, what the rule itself asks is told by its outcome, which is never hidden.
    """
    if not situation.hidden:
        return False
    asked = (result.rule.when, result.rule.require) if result else ()
    told = {leaf.name for part in asked if part for leaf in leaves(part) if isinstance(leaf, Holds)}
    named = {path for case in item.cases for path in _named(case.when, situation, told)}
    if item.holds is not None:
        named |= _named(situation.pack.definitions[item.holds], situation, told)
    return bool(named & situation.hidden)


def _named(condition: Condition, situation: Situation, told: set[str]) -> set[str]:
    """The facts that a condition rests on, but for the definitions whose truth is told anyway."""
    found: set[str] = set()
    for leaf in leaves(condition):
        match leaf:
            case Holds(name=name) if name not in told:
                found |= _named(situation.pack.definitions[name], situation, told)
            case Compare(subject=subject, operands=operands):
                parts = (subject, *operands)
                found |= {part.path for part in parts if isinstance(part, FactRef)}
                if isinstance(subject, DaysBetween):
                    found |= {subject.start, subject.end}
            case Stated(path=path) | Evidenced(path=path):
                found.add(path)
            case _:
                pass
    return _rooted(found, situation)


def _rooted(paths: set[str], situation: Situation) -> set[str]:
    """The facts, and those that computed ones among them rest on."""
    facts = [situation.facts.get(path) for path in paths]
    return paths | {root.path for fact in facts for root in fact.roots()}


def _headline(
    item: HeadlineItem, situation: Situation, result: RuleResult | None, earliest: str
) -> Headline:
    """The first case that certainly holds, else yes, no or unknown with what decides it."""
    for case in item.cases:
        if evaluate(case.when, situation).truth is Truth.TRUE:
            say = fill(case.say, Slots(situation, result, earliest, brief=True))
            because = fill(case.because or (), Slots(situation, result, earliest))
            return Headline(item.label, say, because)
    if result is not None:
        said = {Outcome.PASS: "yes", Outcome.FAIL: "no"}
        word = said.get(result.outcome, result.outcome.value.replace("_", " "))
        if result.outcome is Outcome.UNKNOWN and situation.governing is not None:
            steps = [s for s in (result.when, result.require) if s and s.truth is Truth.UNKNOWN]
            leaves = [leaf for step in steps for leaf in deciding(step)]
            return Headline(item.label, word, not_known_briefly(leaves, situation))
        return Headline(item.label, word, reason(result, earliest))
    if item.holds is None:
        return Headline(item.label, "unknown", "")
    step = evaluate(situation.pack.definitions[item.holds], situation)
    words = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}
    if step.truth is Truth.UNKNOWN:
        return Headline(item.label, "unknown", not_known_briefly(deciding(step), situation))
    return Headline(item.label, words[step.truth], sentence(step, situation))

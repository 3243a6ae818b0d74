"""The lines a reader sees first, in the words that the pack gives for each state."""

from collections.abc import Sequence

from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import deciding
from gonogo.packs.policy import HeadlineItem
from gonogo.reporting.gathered import not_known_briefly
from gonogo.reporting.reasons import Slots, fill, reason
from gonogo.reporting.report import Headline
from gonogo.reporting.wording import sentence
from gonogo.values.truth import Truth


def headlines(
    situations: Sequence[Situation], results: Sequence[RuleResult], earliest: str
) -> tuple[Headline, ...]:
    """The headline lines of every pack, in order. ``earliest`` is the earliest GO date, if any."""
    found = []
    for situation in situations:
        own = [result for result in results if result.situation is situation]
        for item in situation.pack.headline:
            named = next((r for r in own if item.rule in (r.rule.id, r.rule.key)), None)
            found.append(_headline(item, situation, named, earliest))
    return tuple(found)


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

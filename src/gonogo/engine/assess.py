"""All rules of all packs over one set of facts, and the verdict alone for those who search."""

from collections.abc import Sequence
from typing import NamedTuple

from gonogo.engine.judge import RuleResult, Verdict, apply_rules, decide
from gonogo.engine.situation import situate
from gonogo.manifests.facts import Facts
from gonogo.packs.policy import Pack, Profile
from gonogo.values.times import Moment


class Frame(NamedTuple):
    """What a check holds fixed while facts vary."""

    packs: tuple[Pack, ...]
    profile: Profile
    as_of: Moment


def assess(
    facts: Facts, packs: Sequence[Pack], as_of: Moment, *, blocking: Profile | None = None
) -> list[RuleResult]:
    """Every rule's outcome, in the order of packs and of rules in them.

    With ``blocking``, only the rules that block under that profile: those that make its verdict.
    """
    results: list[RuleResult] = []
    for number, pack in enumerate(packs):
        situation = situate(facts, pack, as_of)
        if number == 0 and any(item.is_in_doubt for item in facts.evidence):
            from gonogo.engine.intact import evidence_result  # elsewhere it says nothing

            results.append(evidence_result(situation))
        results += apply_rules(situation, blocking)
    return results


def verdict_of(facts: Facts, frame: Frame) -> Verdict:
    """The verdict that the same check would give on other facts."""
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    return decide(results, frame.profile).verdict

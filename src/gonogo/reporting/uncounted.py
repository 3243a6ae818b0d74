"""Why what a manifest states did not help a rule that failed."""

from collections.abc import Iterator

from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step, deciding, every_leaf
from gonogo.manifests.facts import Cause, Fact
from gonogo.packs.language import All, AnyOf, Compare, Evidenced, FactRef, Holds, Stated
from gonogo.reporting.gathered import sentences
from gonogo.values.truth import Truth


def uncounted(result: RuleResult) -> list[str]:
    """A sentence for each alternative that asks for a fact to be stated, which is, and that fails
    on this fact alone: it is dated after the as-of time, not evidenced, too early or too late.
    """
    if result.require is None:
        return []
    return [
        " and ".join(found)
        for step in _alternatives(result.require)
        if (found := _on_one_fact(step, result.situation))
    ]


def _alternatives(step: Step) -> Iterator[Step]:
    """The parts of each `any` that failed, any one of which would have done."""
    if step.truth is not Truth.FALSE:
        return
    match step.condition:
        case AnyOf():
            yield from step.parts
        case All() | Holds():
            for part in step.parts:
                yield from _alternatives(part)
        case _:
            pass


def _on_one_fact(alternative: Step, situation: Situation) -> list[str]:
    asked_for = {
        leaf.facts[0].path: leaf.facts[0]
        for leaf in every_leaf(alternative)
        if isinstance(leaf.condition, Stated | Evidenced)
    }
    failed = list(deciding(alternative))
    for path, fact in asked_for.items():
        if _is_given(fact) and all(_subject(leaf) == path for leaf in failed):
            return sentences(failed, situation)
    return []


def _is_given(fact: Fact) -> bool:
    """Does the manifest give it, though perhaps for a day still to come?"""
    return fact.value is not None or fact.cause is Cause.NOT_YET


def _subject(leaf: Step) -> str:
    """The fact that a leaf is about; empty for what is about more than one."""
    match leaf.condition:
        case Stated(path=path) | Evidenced(path=path) | Compare(subject=FactRef(path=path)):
            return path
        case _:
            return ""

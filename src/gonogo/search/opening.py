"""What is still open in a search: the facts that may yet change an answer or an outcome.

Conditions treat an open fact as unknown in every respect, so an answer that is not unknown stays
what it is, whatever is chosen later. An outcome stays once nothing that it hangs on is open.
"""

from collections.abc import Iterator

from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step, deciding, every_step
from gonogo.manifests.facts import Cause
from gonogo.packs.language import AnyRow, Holds
from gonogo.values.truth import Truth


def open_roots(path: str, situation: Situation) -> Iterator[str]:
    """The open facts that a fact hangs on."""
    for root in situation.facts.get(path).roots():
        if root.cause is Cause.OPEN:
            yield root.path


def open_dates(situation: Situation) -> Iterator[str]:
    """The open facts on which the governing date hangs."""
    yield from open_roots(situation.pack.governing, situation)


def open_paths(step: Step, situation: Situation) -> Iterator[str]:
    """The open facts that may still change a step's answer, those of undecided leaves only."""
    for inner in every_step(step):
        if inner.truth is not Truth.UNKNOWN:
            continue
        for row in inner.rows:
            yield from open_paths(row.where, situation)
        undated = any(reading.value is None for reading in inner.parameters)
        if undated or isinstance(inner.condition, AnyRow):  # how long a register is trusted varies
            yield from open_dates(situation)
        for fact in inner.facts:
            for root in fact.roots():
                if root.cause is Cause.OPEN:
                    yield root.path


def open_in(result: RuleResult) -> Iterator[str]:
    """The open facts that may still change a rule's outcome."""
    situation = result.situation
    if not is_in_force(result):
        for path in (situation.pack.governing, *result.rule.force_at):
            yield from open_roots(path, situation)
    if result.when is None or result.when.truth is Truth.FALSE:
        return
    for step in (result.when, result.require):
        if step is not None:
            yield from open_paths(step, situation)


def is_settled(result: RuleResult) -> bool:
    """Is the outcome final, whatever is chosen for the facts that are open?"""
    return not any(True for _ in open_in(result))


def is_in_force(result: RuleResult) -> bool:
    """Is the rule in force for certain, whatever else is chosen?"""
    if result.outcome is Outcome.NOT_IN_FORCE or result.partly:
        return False
    return result.situation.governing is not None or result.outcome is not Outcome.UNKNOWN


def settling(step: Step) -> Iterator[Step]:
    """The leaves that keep a step at its answer.

    Of an unknown step they are all: whichever of them changes may decide it.
    """
    if step.truth is Truth.UNKNOWN:
        yield from _leaves(step)
    else:
        yield from deciding(step)


def _leaves(step: Step) -> Iterator[Step]:
    if isinstance(step.condition, Holds) or (step.parts and not isinstance(step.condition, AnyRow)):
        for part in step.parts:
            yield from _leaves(part)
    else:
        yield step

"""What leaves a rule open: the facts that nobody states, or states only roughly."""

from collections.abc import Iterator

from gonogo.engine.judge import RuleResult
from gonogo.engine.trace import deciding, every_leaf
from gonogo.manifests.facts import Fact, Origin
from gonogo.packs.language import Evidenced
from gonogo.values.amounts import Amount
from gonogo.values.times import Period
from gonogo.values.truth import Truth


def open_facts(result: RuleResult) -> Iterator[Fact]:
    """The facts whose being unknown, or known only roughly, leaves a rule open."""
    situation = result.situation
    governing = situation.facts.get(situation.pack.governing)
    if situation.governing is None:
        yield from governing.roots()
        return
    if result.partly:
        yield from governing.roots()
    for step in (result.when, result.require):
        if step is None or step.truth is not Truth.UNKNOWN:
            continue
        for decided in deciding(step):
            rows = [leaf for row in decided.rows for leaf in every_leaf(row.where)]
            for leaf in (decided, *rows):
                if leaf.truth is Truth.UNKNOWN:
                    # What is stated and may be evidenced lacks a file, not an answer.
                    known = isinstance(leaf.condition, Evidenced)
                    for fact in leaf.facts if not known else ():
                        yield from (root for root in fact.roots() if _is_open(root))


def unstated_facts(result: RuleResult) -> Iterator[Fact]:
    """Every fact of an open rule of which more could be said, also where that decides nothing yet.

    A rule that is open for want of a parameter may still be taken out of scope.
    """
    for step in (result.when, result.require):
        for leaf in every_leaf(step) if step is not None else ():
            for fact in leaf.facts:
                yield from (root for root in fact.roots() if _is_open(root))


def _is_open(fact: Fact) -> bool:
    """Could the manifest say more about this fact?"""
    if fact.path.startswith(("row.", "register.", "on_record.")):
        return False
    match fact.value:
        case None:
            return fact.origin is not Origin.ASSUMED
        case Amount(low=low, high=high):
            return low != high
        case Period(low=low, high=high):
            return low != high
        case _:
            return False


def missing_paths(result: RuleResult) -> tuple[str, ...]:
    """The facts without a value that leave a rule open."""
    missing = [fact.path for fact in open_facts(result) if fact.value is None]
    return tuple(dict.fromkeys(missing))

"""Two traces of one rule side by side: the open steps in which two packs may still differ."""

from collections.abc import Iterator
from typing import NamedTuple

from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step, deciding, every_leaf
from gonogo.manifests.facts import Cause, Fact
from gonogo.packs.language import All, AnyOf, Holds, NoneOf
from gonogo.search.changes import Changes, bare
from gonogo.values.truth import Truth

_NEUTRAL = {All: Truth.TRUE, AnyOf: Truth.FALSE, NoneOf: Truth.FALSE}


class Pair(NamedTuple):
    """The outcomes of one rule under two packs; None where a pack has no such rule."""

    old: RuleResult | None
    new: RuleResult | None


class Apart:
    """Walks two traces side by side to the open steps in which they may still differ.

    ``blame`` gathers the facts by which other steps were settled alike.
    """

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.blame: set[str] = set()

    def of(self, pair: Pair) -> Iterator[tuple[Step, Situation]]:
        if pair.old is None or pair.new is None:
            return
        for old, new in ((pair.old.when, pair.new.when), (pair.old.require, pair.new.require)):
            if old is not None and new is not None:
                for one, other in self._steps(old, new):
                    yield one, pair.old.situation
                    yield other, pair.new.situation
            elif old is not None:
                yield old, pair.old.situation
            elif new is not None:
                yield new, pair.new.situation

    def _steps(self, old: Step, new: Step) -> Iterator[tuple[Step, Step]]:
        if Truth.UNKNOWN not in (old.truth, new.truth) and old.truth is new.truth:
            self._settled(old, new)
            return
        kind = type(old.condition)
        if kind is not type(new.condition):
            yield old, new
        elif isinstance(old.condition, Holds):
            yield from self._steps(old.parts[0], new.parts[0])
        elif kind in _NEUTRAL:
            yield from self._parts(old, new, _NEUTRAL[kind])
        elif not self.changes.same(old, new) or self._reads_otherwise(old, new):
            yield old, new

    def _settled(self, *steps: Step) -> None:
        for step in steps:
            for leaf in deciding(step):
                self.blame |= self.changes.blamed(leaf)

    def _parts(self, old: Step, new: Step, neutral: Truth) -> Iterator[tuple[Step, Step]]:
        """Parts that one side has alone matter unless they are neutral; others are compared."""
        if len(old.parts) == len(new.parts):
            for one, other in zip(old.parts, new.parts, strict=True):
                yield from self._steps(one, other)
            return
        rest = list(new.parts)
        for part in old.parts:
            twin = next((other for other in rest if self.changes.same(part, other)), None)
            if twin is None:
                yield from self._alone(part, neutral)
                continue
            rest.remove(twin)
            yield from self._steps(part, twin)
        for part in rest:
            yield from self._alone(part, neutral)

    def _alone(self, part: Step, neutral: Truth) -> Iterator[tuple[Step, Step]]:
        if part.truth is neutral:
            self._settled(part)
        else:
            yield part, part

    def _reads_otherwise(self, old: Step, new: Step) -> bool:
        """Does a leaf read something that the packs may disagree on, and is that still open?"""
        if not self.changes.concern(old):
            return False
        facts = [fact for step in (old, new) for fact in _facts_below(step)]
        roots = [root for fact in facts for root in fact.roots()]
        readings = [[reading.value for reading in step.parameters] for step in (old, new)]
        is_open = any(root.cause is Cause.OPEN for root in roots)
        undated = any(value is None for values in readings for value in values)
        values = [[fact.value for fact in _facts_below(step)] for step in (old, new)]
        timings = [[(bare(r.row.fields), r.timing) for r in step.rows] for step in (old, new)]
        if is_open or undated or readings[0] != readings[1] or values[0] != values[1]:
            return True
        if timings[0] != timings[1]:
            return True
        self._settled(old, new)
        return False


def _facts_below(step: Step) -> list[Fact]:
    return [*step.facts, *(fact for row in step.rows for f in [row.where] for fact in _all(f))]


def _all(step: Step) -> Iterator[Fact]:
    for leaf in every_leaf(step):
        yield from leaf.facts

"""Two traces of one rule side by side: the open steps in which two packs may still differ."""

from collections.abc import Iterator
from typing import NamedTuple

from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step
from gonogo.packs.language import All, AnyOf, Holds, NoneOf
from gonogo.search.changes import Changes
from gonogo.search.opening import open_paths, settling
from gonogo.values.truth import Truth

_NEUTRAL = {All: Truth.TRUE, AnyOf: Truth.FALSE, NoneOf: Truth.FALSE}


class Pair(NamedTuple):
    """The outcomes of one rule under two packs; None where a pack has no such rule."""

    old: RuleResult | None
    new: RuleResult | None


class Apart:
    """Walks two traces side by side to the steps in which they differ, or may still come to.

    While ``alike`` is true there are none; ``blame`` are the facts by which that is so.
    """

    def __init__(self, changes: Changes, old: Situation, new: Situation) -> None:
        self.changes = changes
        self.situations = (old, new)
        self.alike = True
        self.blame: set[str] = set()

    def compare(self, old: Step, new: Step) -> Iterator[str]:
        """The open facts on which it hangs whether two steps differ, the best first."""
        if self.changes.untouched(old.condition, new.condition):
            return
        if Truth.UNKNOWN not in (old.truth, new.truth) and old.truth is new.truth:
            self.settled(old, new)
            return
        old, new = _core(old), _core(new)
        kind = type(old.condition)
        if kind is type(new.condition) and kind in _NEUTRAL:
            yield from self._parts(old, new, _NEUTRAL[kind])
        elif self._read_alike(old, new):
            self.blame |= self.changes.roots[0].governing | self.changes.roots[1].governing
        else:
            paths = [*open_paths(old, self.situations[0]), *open_paths(new, self.situations[1])]
            yield from paths
            if paths or old.truth is not new.truth:
                self.alike = False
            else:
                self.settled(old, new)

    def _parts(self, old: Step, new: Step, neutral: Truth) -> Iterator[str]:
        """Parts that say the same are compared with each other, then the others in their order.

        A part that one side has alone matters unless it is neutral.
        """
        say_the_same = self.changes.say_the_same
        rest = list(new.parts)
        alone = []
        for part in old.parts:
            twin = next((p for p in new.parts if say_the_same(part.condition, p.condition)), None)
            if twin is None:
                alone.append(part)
                continue
            yield from self.compare(part, twin)
            rest = [other for other in rest if not say_the_same(part.condition, other.condition)]
        if len(alone) == len(rest):
            for one, other in zip(alone, rest, strict=True):
                yield from self.compare(one, other)
            return
        for side, parts in enumerate((alone, rest)):
            for part in parts:
                if part.truth is neutral:
                    self._blame(part, side)
                else:
                    self.alike = False
                    yield from open_paths(part, self.situations[side])

    def settled(self, old: Step, new: Step) -> None:
        """Two steps are alike because of the answers that they have come to."""
        self._blame(old, 0)
        self._blame(new, 1)

    def _blame(self, step: Step, side: int) -> None:
        for leaf in settling(step):
            self.blame |= self.changes.roots[side].of(leaf.condition)

    def _read_alike(self, old: Step, new: Step) -> bool:
        """Is one leaf the same but for parameters, and were these read as the same value?"""
        if self.changes.all_differs or not self.changes.say_the_same(old.condition, new.condition):
            return False
        if not all(name.startswith("$") for name in self.changes.concern(old.condition)):
            return False
        values = [[reading.value for reading in step.parameters] for step in (old, new)]
        return bool(values[0]) and None not in values[0] and values[0] == values[1]


def _core(step: Step) -> Step:
    """A step without definitions' names and lists of one around it."""
    while isinstance(step.condition, Holds | All | AnyOf) and len(step.parts) == 1:
        step = step.parts[0]
    return step

"""Two traces of one rule side by side: the open steps in which two packs may still differ."""

from collections.abc import Iterator
from typing import NamedTuple

from gonogo.engine.evaluate import parameter_at
from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step
from gonogo.manifests.facts import Cause
from gonogo.packs.language import All, AnyOf, AnyRow, Holds, NoneOf
from gonogo.packs.policy import EXPIRY
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
        elif self._fits_no_row(old, new):
            for side, step in enumerate((old, new)):
                where = step.condition.where if isinstance(step.condition, AnyRow) else None
                self.blame |= self.changes.roots[side].of(where) if where else set()
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
        """Is one leaf the same but for parameters, and have these the same values on this date?"""
        if self.changes.all_differs or not self.changes.say_the_same(old.condition, new.condition):
            return False
        names = self.changes.concern(old.condition)
        return all(name.startswith("$") and self._value_is_kept(name[1:]) for name in names)

    def _value_is_kept(self, parameter: str) -> bool:
        if any(parameter not in situation.pack.parameters for situation in self.situations):
            return False
        before, after = (parameter_at(parameter, each).value for each in self.situations)
        return before is not None and before == after

    def _fits_no_row(self, old: Step, new: Step) -> bool:
        """Does no row fit the release in either pack, whenever it is looked for?

        While the date of a release is open, only rows that do not fit are missing from the trace.
        Without one, packs that keep the register alike answer alike.
        """
        leaf = old.condition
        if not isinstance(leaf, AnyRow) or leaf.register is None or old.rows or new.rows:
            return False
        if not self.changes.say_the_same(leaf, new.condition) or self.changes.all_differs:
            return False
        kept = [pack.registers[leaf.register] for pack in self.changes.packs]
        if len({(register.as_of, register.complete) for register in kept}) > 1:
            return False
        undated = any(root.cause is Cause.OPEN for fact in old.facts for root in fact.roots())
        return undated and f"${EXPIRY}" not in self.changes.names


def _core(step: Step) -> Step:
    """A step without definitions' names and lists of one around it."""
    while isinstance(step.condition, Holds | All | AnyOf) and len(step.parts) == 1:
        step = step.parts[0]
    return step

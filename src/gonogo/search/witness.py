"""A search for a manifest that reaches a goal: choose facts one by one, give up dead ends early.

A goal is asked about situations in which some facts are open. TRUE and FALSE are final there,
whatever is chosen later. UNKNOWN names the open facts that may decide it; FALSE names the chosen
facts to blame, so that the search goes straight back to one of them (conflict-directed backjumping,
Prosser 1993) instead of trying other values of facts that have nothing to do with it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact
from gonogo.manifests.vocabulary import AS_OF
from gonogo.search.choosing import Choices, Ground, clash, least_fact, situations_of
from gonogo.values.amounts import Amount, exact
from gonogo.values.times import Moment, Precision, local_date, parse_moment
from gonogo.values.truth import Truth

MOST_STEPS = 1500


class Progress(NamedTuple):
    """How far a goal is reached.

    ``paths`` are the open facts to choose next, the best first; ``blame`` are facts without which
    the goal might still be reached.
    """

    truth: Truth
    paths: tuple[str, ...] = ()
    blame: frozenset[str] = frozenset()


Goal = Callable[[tuple[Situation, ...]], Progress]


class Domain(Protocol):
    """The values that a search tries for each fact. ``whole`` says that no other can matter."""

    whole: bool  # are these all the values that matter?
    blind: bool  # do conditions ask of something that is never chosen, such as evidence?

    def candidates(self, path: str, situations: tuple[Situation, ...]) -> list[Fact]: ...

    def shaped_by(self, path: str, situations: tuple[Situation, ...]) -> frozenset[str]: ...


class Search(NamedTuple):
    """What a search came to. Without choices, ``complete`` says that there are none at all, at
    whatever time.
    """

    choices: Choices | None
    complete: bool
    steps: int


def find(
    goal: Goal, on: Ground, domain: Domain, *, start: Choices | None = None, most: int = MOST_STEPS
) -> Search:
    """The first choices that reach the goal, made as few as possible, within ``most`` steps."""
    hunt = _Hunt(goal, on, domain, most)
    found = hunt.below(start or {})
    steps = most - hunt.left
    if isinstance(found, frozenset):
        at_once = steps == 1 and not domain.blind
        complete = hunt.left > 0 and AS_OF not in found and (domain.whole or at_once)
        return Search(None, complete, steps)
    return Search(fewest(found, goal, on), complete=True, steps=steps)


class _Hunt:
    """One depth-first search with a bounded number of steps."""

    def __init__(self, goal: Goal, on: Ground, domain: Domain, most: int) -> None:
        self.goal = goal
        self.on = on
        self.domain = domain
        self.left = most

    def below(self, choices: Choices) -> Choices | frozenset[str]:
        """Choices that reach the goal, or the chosen facts that stand in its way."""
        self.left -= 1
        clashing = clash(choices, self.on)
        if clashing:
            return clashing
        situations = situations_of(choices, self.on)
        progress = self.goal(situations)
        if progress.truth is Truth.TRUE:
            return choices
        if progress.truth is Truth.FALSE:
            return progress.blame
        path = progress.paths[0]
        conflict = self.domain.shaped_by(path, situations)
        for fact in self.domain.candidates(path, situations):
            if self.left <= 0:
                return conflict
            found = self.below({**choices, path: fact})
            if not isinstance(found, frozenset):
                return found
            if path not in found:
                return found
            conflict |= found
        return conflict - {path}


def fewest(choices: Choices, goal: Goal, on: Ground) -> Choices:
    """The choices without those that the goal does not need, and with nothing left open."""
    kept = {path: choices.get(path) or least_fact(path, on) for path in on.paths}
    before: Choices = {}
    while kept != before:
        before = dict(kept)
        for fact in before.values():
            for other in _plainer(fact, on):
                changed = {**kept, fact.path: other}
                if not clash(changed, on) and goal(situations_of(changed, on)).truth is Truth.TRUE:
                    kept = changed
                    break
    return kept


def _plainer(fact: Fact, on: Ground) -> Iterator[Fact]:
    """The same fact as any manifest may have it, without evidence, or in fewer words."""
    least = least_fact(fact.path, on)
    if (fact.value, fact.cause) != (least.value, least.cause):
        yield least
    if fact.evidence:
        yield fact._replace(evidence=())
    match fact.value:
        case Moment(precision=Precision.INSTANT) as moment:
            zone = on.packs[0].zone
            day = parse_moment(local_date(moment.period(zone).low, zone).isoformat())
            if isinstance(day, Moment):
                yield fact._replace(value=day)
        case Amount(low=low, high=high) if low != high:
            yield fact._replace(value=exact(low))
        case _:
            pass

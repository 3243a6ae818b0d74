"""A search for a manifest that reaches a goal: choose facts one by one, give up dead ends early.

A goal is asked about situations in which some facts are open. TRUE and FALSE are final there,
whatever is chosen later. UNKNOWN names the open facts that may decide it; FALSE names the chosen
facts to blame, so that the search goes straight back to one of them (conflict-directed backjumping,
Prosser 1993) instead of trying other values of facts that have nothing to do with it.
"""

from collections.abc import Callable
from typing import NamedTuple

from gonogo.engine.situation import Situation
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.choosing import Choices, Ground, absent, situations_of
from gonogo.search.domains import Aim, candidates, partners
from gonogo.values.truth import Truth

MOST_STEPS = 1500
ANYWHERE = Aim(named=frozenset(STAGES))


class Progress(NamedTuple):
    """How far a goal is reached.

    ``paths`` are the open facts to choose next, the best first; ``blame`` are facts without which
    the goal might still be reached.
    """

    truth: Truth
    paths: tuple[str, ...] = ()
    blame: frozenset[str] = frozenset()


Goal = Callable[[tuple[Situation, ...]], Progress]


class Search(NamedTuple):
    """What a search came to. Without choices, ``complete`` says that there are none at all."""

    choices: Choices | None
    complete: bool
    steps: int


def find(
    goal: Goal,
    on: Ground,
    *,
    start: Choices | None = None,
    aim: Aim = ANYWHERE,
    most: int = MOST_STEPS,
) -> Search:
    """The first choices that reach the goal, made as few as possible, within ``most`` steps."""
    hunt = _Hunt(goal, on, aim, most)
    found = hunt.below(start or {})
    steps = most - hunt.left
    if isinstance(found, frozenset):
        return Search(None, hunt.left > 0, steps)
    return Search(fewest(found, goal, on), complete=True, steps=steps)


class _Hunt:
    """One depth-first search with a bounded number of steps."""

    def __init__(self, goal: Goal, on: Ground, aim: Aim, most: int) -> None:
        self.goal = goal
        self.on = on
        self.aim = aim
        self.left = most

    def below(self, choices: Choices) -> Choices | frozenset[str]:
        """Choices that reach the goal, or the chosen facts that stand in its way."""
        self.left -= 1
        situations = situations_of(choices, self.on)
        progress = self.goal(situations)
        if progress.truth is Truth.TRUE:
            return choices
        if progress.truth is Truth.FALSE or not progress.paths:
            return progress.blame
        path = progress.paths[0]
        conflict: frozenset[str] = partners(path, situations)  # they shape what is tried for it
        for fact in candidates(path, situations, self.aim):
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
    """The choices without those that the goal does not need."""
    kept = dict(choices)
    for path, fact in choices.items():
        may_be_absent = all(
            pack.specs[path].may_be_unknown for pack in on.packs if path in pack.specs
        )
        simpler = [absent(path)] if may_be_absent and fact.value is not None else []
        simpler += [fact._replace(evidence=())] if fact.evidence else []
        for other in simpler:
            changed = {**kept, path: other}
            if goal(situations_of(changed, on)).truth is Truth.TRUE:
                kept = changed
                break
    return kept

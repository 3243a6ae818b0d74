"""Goals about one pack: that a rule comes to an outcome, or that conditions get certain answers."""

from collections.abc import Sequence

from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome, apply_rule
from gonogo.engine.situation import Situation
from gonogo.packs.language import Condition
from gonogo.packs.policy import Pack, Rule
from gonogo.search.differing import conditions_of
from gonogo.search.domains import Aim
from gonogo.search.marks import Scope
from gonogo.search.opening import open_dates, open_in, open_paths, settling
from gonogo.search.roots import Roots
from gonogo.search.witness import Progress
from gonogo.values.truth import Truth


class Reaching:
    """The goal that a rule comes to a given outcome."""

    def __init__(self, rule: Rule, outcome: Outcome, pack: Pack) -> None:
        self.rule = rule
        self.outcome = outcome
        self.roots = Roots(pack)

    def aim(self) -> Aim:
        named = {path for part in conditions_of(self.rule) for path in self.roots.named_in(part)}
        return Aim(named=frozenset(named | {*self.rule.force_at}))

    def scope(self) -> Scope:
        """What a proof has to take into account."""
        return Scope(self.roots.pack, tuple(conditions_of(self.rule)), (self.rule,))

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        result = apply_rule(self.rule, situations[0])
        paths = tuple(dict.fromkeys(open_in(result)))
        if paths:
            return Progress(Truth.UNKNOWN, paths)
        if result.outcome is self.outcome:
            return Progress(Truth.TRUE)
        blame = set(self.roots.governing)
        for path in self.rule.force_at:
            blame.update(self.roots.of_path(path))
        for step in (result.when, result.require):
            for leaf in settling(step) if step else ():
                blame |= self.roots.of(leaf.condition)
        return Progress(Truth.FALSE, blame=frozenset(blame))


class Answering:
    """The goal that conditions are true, all on one manifest."""

    def __init__(self, wanted: Sequence[Condition], pack: Pack) -> None:
        self.wanted = wanted
        self.roots = Roots(pack)

    def aim(self) -> Aim:
        named = {path for condition in self.wanted for path in self.roots.named_in(condition)}
        return Aim(named=frozenset(named))

    def scope(self) -> Scope:
        """What a proof has to take into account."""
        return Scope(self.roots.pack, tuple(self.wanted))

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        situation = situations[0]
        steps = [evaluate(condition, situation) for condition in self.wanted]
        false = next((step for step in steps if step.truth is Truth.FALSE), None)
        if false is not None:
            blamed = (self.roots.of(leaf.condition) for leaf in settling(false))
            return Progress(Truth.FALSE, blame=frozenset().union(*blamed))
        if all(step.truth is Truth.TRUE for step in steps):
            return Progress(Truth.TRUE)
        paths = [path for step in steps for path in open_paths(step, situation)]
        if paths:
            return Progress(Truth.UNKNOWN, tuple(dict.fromkeys((*open_dates(situation), *paths))))
        blamed = (self.roots.of(condition) for condition in self.wanted)
        return Progress(Truth.FALSE, blame=frozenset().union(*blamed))

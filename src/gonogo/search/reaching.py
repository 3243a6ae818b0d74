"""Goals about one pack: that a rule comes to an outcome, or that conditions get certain answers."""

from collections.abc import Sequence

from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome, apply_rule
from gonogo.engine.situation import Situation
from gonogo.engine.trace import deciding
from gonogo.packs.language import Condition
from gonogo.packs.policy import Pack, Rule
from gonogo.search.choosing import open_dates, open_paths
from gonogo.search.differing import is_settled, open_in
from gonogo.search.domains import Aim
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
        parts = [part for part in (self.rule.when, self.rule.require) if part is not None]
        named = {path for part in parts for path in self.roots.named_in(part)}
        return Aim(named=frozenset(named | {*self.rule.force_at}))

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        result = apply_rule(self.rule, situations[0])
        if not is_settled(result):
            return Progress(Truth.UNKNOWN, tuple(dict.fromkeys(open_in(result))))
        if result.outcome is self.outcome:
            return Progress(Truth.TRUE)
        blame = set(self.roots.governing)
        for path in self.rule.force_at:
            blame.update(self.roots.of_path(path))
        for step in (result.when, result.require):
            for leaf in deciding(step) if step else ():
                blame |= self.roots.of(leaf.condition)
        return Progress(Truth.FALSE, blame=frozenset(blame))


class Answering:
    """The goal that each of some conditions gets a wanted answer, all on one manifest."""

    def __init__(self, wanted: Sequence[tuple[Condition, Truth]], pack: Pack) -> None:
        self.wanted = wanted
        self.roots = Roots(pack)

    def aim(self) -> Aim:
        named = {path for condition, _ in self.wanted for path in self.roots.named_in(condition)}
        return Aim(named=frozenset(named))

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        situation = situations[0]
        paths: list[str] = []
        for condition, truth in self.wanted:
            step = evaluate(condition, situation)
            if step.truth is truth:
                continue
            if step.truth is not Truth.UNKNOWN:
                blamed = (self.roots.of(leaf.condition) for leaf in deciding(step))
                return Progress(Truth.FALSE, blame=frozenset().union(*blamed))
            paths += open_paths(step, situation)
        if not paths:
            settled = all(evaluate(c, situation).truth is truth for c, truth in self.wanted)
            blame = frozenset().union(*(self.roots.of(c) for c, _ in self.wanted))
            return Progress(Truth.TRUE if settled else Truth.FALSE, blame=blame)
        return Progress(Truth.UNKNOWN, (*dict.fromkeys(open_dates(situation)), *paths))

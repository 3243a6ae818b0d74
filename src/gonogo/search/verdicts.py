"""Goals about verdicts: that two packs come to different ones under a profile."""

from gonogo.engine.judge import Outcome, RuleResult, Verdict, apply_rules, decide
from gonogo.engine.situation import Situation
from gonogo.packs.policy import Profile
from gonogo.search.changes import Changes
from gonogo.search.differing import Difference
from gonogo.search.domains import Aim
from gonogo.search.opening import is_settled, open_in
from gonogo.search.reaching import Reaching
from gonogo.search.witness import Progress
from gonogo.values.truth import Truth


class VerdictsDiffer:
    """Asked of situations under an old and a new pack, each with its profile."""

    def __init__(self, old: Profile, new: Profile) -> None:
        self.profiles = (old, new)

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        both = [apply_rules(situations[side], self.profiles[side]) for side in (0, 1)]
        verdicts = [_settled(both[side], self.profiles[side]) for side in (0, 1)]
        if None not in verdicts:
            differ = verdicts[0] is not verdicts[1]
            return Progress(Truth.TRUE if differ else Truth.FALSE, blame=_chosen(situations))
        paths = [path for results in both for result in results for path in open_in(result)]
        return Progress(Truth.UNKNOWN, tuple(dict.fromkeys(paths)), _chosen(situations))


def _settled(results: list[RuleResult], profile: Profile) -> Verdict | None:
    """The verdict, if nothing that is still open can change it."""
    if any(result.outcome is Outcome.FAIL for result in results):
        return Verdict.NO_GO
    if not all(map(is_settled, results)):
        return None
    return decide(results, profile).verdict


def _chosen(situations: tuple[Situation, ...]) -> frozenset[str]:
    """Everything that is chosen is to blame: a verdict hangs on all rules that block."""
    return frozenset(path for situation in situations for path in situation.facts.stated)


class Failing:
    """The goal that a rule fails under the new pack, whatever the old one makes of it."""

    def __init__(self, key: str, changes: Changes) -> None:
        self.key = key
        rule = next(rule for rule in changes.packs[1].rules if rule.key == key)
        self.reaching = Reaching(rule, Outcome.FAIL, changes.packs[1])

    def aim(self) -> Aim:
        return self.reaching.aim()

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        return self.reaching.progress(situations[1:])


class AndThen:
    """The goal that one goal is reached and another too; the second is asked once the first is."""

    def __init__(self, first: Difference | Failing, second: VerdictsDiffer) -> None:
        self.first = first
        self.second = second

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        before = self.first.progress(situations)
        return self.second.progress(situations) if before.truth is Truth.TRUE else before

"""Mutation testing: does some test notice when one small thing in the pack is changed?"""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from typing import NamedTuple

from gonogo.engine.judge import RuleResult, apply_rule, decide
from gonogo.engine.situation import Situation, situate
from gonogo.packs.policy import Pack, Profile
from gonogo.workbench.mutants import Mutant, mutants
from gonogo.workbench.searched import as_searched
from gonogo.workbench.suite import Survivor
from gonogo.workbench.trials import Trial, run_case


class Mutation(NamedTuple):
    """What came of all mutants. ``survivors`` carry the reason that the pack gives, or none."""

    total: int
    survivors: tuple[tuple[Mutant, str | None], ...]
    stale: tuple[Survivor, ...]  # explanations of mutants that do not survive

    @property
    def score(self) -> float:
        """The share that some test noticed, from 0 to 1."""
        return 1 - len(self.survivors) / self.total if self.total else 1.0


def mutate(
    pack: Pack,
    parent: Pack | None,
    trials: Sequence[Trial],
    profiles: ReadOnly[str, Profile],
    explained: Sequence[Survivor],
) -> Mutation:
    """Run the tests against every mutant of the pack. All tests must have passed before."""
    reasons = {survivor.change: survivor.why for survivor in explained}
    total = 0
    survivors = []
    for mutant in mutants(pack, parent, profiles):
        total += 1
        noticed = any(_notices(trial, mutant, profiles) for trial in trials)
        if not noticed and not any(_asks_otherwise(trial, mutant, profiles) for trial in trials):
            survivors.append((mutant, reasons.get(mutant.change)))
    alive = {mutant.change for mutant, _ in survivors}
    stale = tuple(survivor for survivor in explained if survivor.change not in alive)
    return Mutation(total, tuple(survivors), stale)


def _notices(trial: Trial, mutant: Mutant, profiles: ReadOnly[str, Profile]) -> bool:
    """Does a test fail on the mutant? Only the rules that may differ are decided again."""
    expected = trial.case.expected
    wanted = {key: outcome for key, outcome, _ in expected.rules if key in mutant.rules}
    if not wanted and not expected.verdicts:
        return False
    situation = _situation(trial, mutant)
    rules = [rule for rule in mutant.pack.rules if rule.key in mutant.rules]
    changed = {rule.key: apply_rule(rule, situation) for rule in rules}
    if any(changed[key].outcome is not outcome for key, outcome in wanted.items()):
        return True
    results = [changed.get(result.rule.key, result) for result in trial.results]
    return _verdict_differs(results, trial, profiles)


def _asks_otherwise(trial: Trial, mutant: Mutant, profiles: ReadOnly[str, Profile]) -> bool:
    """Does a test on questions fail on the mutant? Slow, so it is asked last."""
    if trial.case.expected.asks is None:
        return False
    return bool(run_case(trial.case, mutant.pack, profiles).mismatches)


def _verdict_differs(
    results: list[RuleResult], trial: Trial, profiles: ReadOnly[str, Profile]
) -> bool:
    return any(
        decide(results, profiles[name]).verdict is not verdict
        for name, verdict, _ in trial.case.expected.verdicts
    )


def _situation(trial: Trial, mutant: Mutant) -> Situation:
    pack = as_searched(mutant.pack, trial.case.searched)
    if mutant.reads_anew or not trial.results:
        return situate(trial.case.manifest.facts, pack, trial.case.as_of)
    return trial.results[0].situation._replace(pack=pack, known={})

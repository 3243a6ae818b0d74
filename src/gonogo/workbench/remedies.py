"""For a mutant that no test noticed: a test that would."""

from collections.abc import Mapping

from gonogo.packs.policy import Pack, Profile, Rule
from gonogo.search.changes import Changes
from gonogo.values.times import Moment
from gonogo.workbench.mutants import Mutant
from gonogo.workbench.pasting import Moments, test_yaml
from gonogo.workbench.searched import days_of_search
from gonogo.workbench.witnesses import Sides, Witness, Witnesses


def remedy(
    mutant: Mutant, pack: Pack, profiles: Mapping[str, Profile], as_of: Moment
) -> str | None:
    """A test, ready to paste, that fails on the mutant; None if no manifest was found for one."""
    witnesses = Witnesses(Sides(Changes(pack, mutant.pack), (profiles, profiles)), (), as_of)
    for rule in (rule for rule in pack.rules if rule.key in mutant.rules):
        found = witnesses.of_rule(rule.key).witness
        if found is None and "/class: " in mutant.change:
            found = witnesses.of_class(rule).witness
        if found is not None:
            return _test(rule, mutant, pack, found)
    return None


def _test(rule: Rule, mutant: Mutant, pack: Pack, witness: Witness) -> str:
    name = rule.id if rule.pack == pack.id else rule.key
    rules = {name: witness.old} if witness.old else {}
    verdicts = {name: old for name, old, new in witness.verdicts if old is not new}
    keys = [each.key for each in pack.rules] if verdicts else [rule.key]
    moments = Moments(witness.as_of, days_of_search(pack, keys))
    return test_yaml(f"notices {mutant.change}", witness.facts, moments, rules, verdicts)

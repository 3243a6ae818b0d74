"""For a mutant that no test noticed: a test that would."""

from collections.abc import Mapping

from gonogo.packs.policy import Pack, Profile
from gonogo.search.changes import Changes
from gonogo.values.times import Moment
from gonogo.workbench.mutants import Mutant
from gonogo.workbench.pasting import test_yaml
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
            name = rule.id if rule.pack == pack.id else rule.key
            return _test(name, mutant, found)
    return None


def _test(rule: str, mutant: Mutant, witness: Witness) -> str:
    rules = {rule: witness.old} if witness.old else {}
    verdicts = {name: old for name, old, new in witness.verdicts if old is not new}
    return test_yaml(f"notices {mutant.change}", witness.facts, witness.as_of, rules, verdicts)

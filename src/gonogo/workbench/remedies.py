"""For a mutant that no test noticed: a test that would."""

from collections.abc import Sequence

from gonogo.packs.policy import Pack, Rule
from gonogo.search.changes import Changes
from gonogo.values.times import Moment
from gonogo.workbench.mutants import Mutant
from gonogo.workbench.pasting import Moments, test_yaml
from gonogo.workbench.searched import days_of_search
from gonogo.workbench.suite import Terms, read_suite
from gonogo.workbench.trials import run_case
from gonogo.workbench.witnesses import Sides, Witness, Witnesses


def remedy(mutant: Mutant, pack: Pack, terms: Terms, as_of: Moment) -> str | None:
    """A test, ready to paste, that passes on the pack and fails on the mutant; None if none was
    found.
    """
    profiles = (terms.profiles, terms.profiles)
    witnesses = Witnesses(Sides(Changes(pack, mutant.pack), profiles), (), as_of)
    for rule in (rule for rule in pack.rules if rule.key in mutant.rules):
        swaps = mutant.swaps_class
        found = witnesses.of_class(rule) if swaps else witnesses.of_rule(rule.key).witness
        if found is not None:
            text = _test(rule, mutant, pack, found)
            if _notices(text, mutant, pack, terms):
                return text
    return None


def noticing(mutant: Mutant, pack: Pack, terms: Terms, tests: Sequence[str]) -> str | None:
    """The first of some tests that would notice a mutant, where none was found for it alone."""
    return next((text for text in tests if _notices(text, mutant, pack, terms)), None)


def _test(rule: Rule, mutant: Mutant, pack: Pack, witness: Witness) -> str:
    name = rule.id if rule.pack == pack.id else rule.key
    rules = {name: witness.old} if witness.old else {}
    verdicts = {name: old for name, old, new in witness.verdicts if old is not new}
    keys = [each.key for each in pack.rules] if verdicts else [rule.key]
    moments = Moments(witness.as_of, days_of_search(pack, keys))
    return test_yaml(f"notices {mutant.change}", witness.facts, moments, rules, verdicts)


def _notices(text: str, mutant: Mutant, pack: Pack, terms: Terms) -> bool:
    """Read as a reader would paste it: does it pass on the pack, and fail on the mutant?"""
    (case,) = read_suite([("tests.yaml", f"tests:\n{text}".encode())], pack, terms).cases
    before, after = (run_case(case, each, terms.profiles) for each in (pack, mutant.pack))
    return not before.mismatches and bool(after.mismatches)

"""One run of `gonogo policy test`: tests beside the rules, what they cover, what they notice."""

from gonogo.authoring.desk import Desk, open_desk, suites
from gonogo.authoring.writing import refuse, write_found
from gonogo.diagnostics import InputError
from gonogo.documents.blocks import Block
from gonogo.exits import ExitCode
from gonogo.workbench.coverage import coverage
from gonogo.workbench.data import Tested, test_data
from gonogo.workbench.mutation import mutate
from gonogo.workbench.pages import coverage_page, failing_page, mutation_page, test_page
from gonogo.workbench.places import latest_day
from gonogo.workbench.remedies import noticing, remedy
from gonogo.workbench.suggesting import suggested
from gonogo.workbench.suite import Suite
from gonogo.workbench.trials import run_suite


def run_test(
    targets: tuple[str, ...],
    policies: tuple[str, ...],
    format: str,
    *,
    covers: bool,
    mutates: bool,
) -> ExitCode:
    """0 if every test passes, 1 if one fails, 2 if one is not understood or none ran.

    Also 1 for a survivor that is explained and does not survive: what the pack says is not true.
    """
    try:
        desk = open_desk(targets, policies)
        tested = [_tested(suite, desk, covers, mutates) for suite in suites(desk)]
    except InputError as error:
        return refuse(error, "policy_test", format)
    blocks: list[Block] = []
    for each in tested:
        blocks += test_page(each.suite, each.trials)
        if covers:
            blocks += coverage_page(each.suite, each.coverage, each.suggested)
        if each.mutation is not None:
            blocks += mutation_page(each.suite, each.mutation, each.remedies)
        elif mutates:
            blocks += failing_page(each.suite)
    write_found(tuple(blocks), test_data(tested), format)
    failed = any(trial.mismatches for each in tested for trial in each.trials)
    stale = any(each.mutation and each.mutation.stale for each in tested)
    return ExitCode.NO_GO if failed or stale else ExitCode.GO


def _tested(suite: Suite, desk: Desk, covers: bool, mutates: bool) -> Tested:
    parent = desk.parent(suite.pack)
    trials = run_suite(suite, desk.profiles)
    seen = coverage(suite.pack, parent, trials)
    tests = suggested(suite, parent, trials, seen, desk.terms) if covers else ()
    if not mutates or any(trial.mismatches for trial in trials):
        return Tested(suite, trials, seen, tests, None, ())
    mutation = mutate(suite.pack, parent, trials, desk.profiles, suite.survivors)
    remedies = [
        None if why else remedy(mutant, suite.pack, desk.terms, latest_day([suite.pack]))
        for mutant, why in mutation.survivors
    ]
    bare = [n for n, (_, why) in enumerate(mutation.survivors) if not why and not remedies[n]]
    others = tests
    if bare and not covers:  # what sees more may notice more
        others = suggested(suite, parent, trials, seen, desk.terms)
    for n in bare:
        remedies[n] = noticing(mutation.survivors[n][0], suite.pack, desk.terms, others)
    return Tested(suite, trials, seen, tests, mutation, tuple(remedies))

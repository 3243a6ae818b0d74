"""Running the tests of a pack: what came out, and where that is not what was expected."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import RuleResult, Verdict, decide
from gonogo.packs.policy import Pack, Profile
from gonogo.search.questions import overturning, questions
from gonogo.workbench.searched import as_searched
from gonogo.workbench.suite import Case, Suite


class Mismatch(NamedTuple):
    """Something that came out otherwise. ``result`` is the rule's, where it is about a rule."""

    what: str
    expected: str
    actual: str
    span: Span
    result: RuleResult | None = None


class Trial(NamedTuple):
    """One test that was run."""

    case: Case
    results: tuple[RuleResult, ...]
    mismatches: tuple[Mismatch, ...]


def run_suite(suite: Suite, profiles: ReadOnly[str, Profile]) -> tuple[Trial, ...]:
    return tuple(run_case(case, suite.pack, profiles) for case in suite.cases)


def run_case(case: Case, pack: Pack, profiles: ReadOnly[str, Profile]) -> Trial:
    pack = as_searched(pack, case.searched)
    results = tuple(assess(case.manifest.facts, (pack,), case.as_of))
    return Trial(case, results, tuple(_mismatches(case, results, pack, profiles)))


def _mismatches(
    case: Case, results: tuple[RuleResult, ...], pack: Pack, profiles: ReadOnly[str, Profile]
) -> Iterator[Mismatch]:
    by_key = {result.rule.key: result for result in results}
    for key, outcome, span in case.expected.rules:
        result = by_key[key]
        if result.outcome is not outcome:
            name = result.rule.id if result.rule.pack == pack.id else key
            yield Mismatch(name, outcome.value, result.outcome.value, span, result)
    for profile, verdict, span in case.expected.verdicts:
        actual = decide(results, profiles[profile]).verdict
        if actual is not verdict:
            yield Mismatch(f"verdict under {profile}", verdict.value, actual.value, span)
    if case.expected.asks is not None:
        asked = _asked(case, results, Frame((pack,), profiles[case.profile], case.as_of))
        if asked != case.expected.asks:
            expected, span = case.expected.asks, case.expected.asks_span
            yield Mismatch("asks", _listed(expected), _listed(asked), span)


def _asked(case: Case, results: tuple[RuleResult, ...], frame: Frame) -> tuple[str, ...]:
    """The facts that the report would ask for, in its order."""
    match decide(results, frame.profile).verdict:
        case Verdict.GO:
            return ()
        case Verdict.UNDETERMINED:
            found = questions(case.manifest.facts, frame)
        case Verdict.NO_GO:
            found = overturning(case.manifest.facts, frame, list(results))
    return tuple(question.fact for question in found)


def _listed(paths: tuple[str, ...]) -> str:
    return ", ".join(paths) or "nothing"

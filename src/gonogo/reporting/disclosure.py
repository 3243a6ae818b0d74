"""How much an output may say: full, reasons without sensitive values, or outcomes alone.

What is sensitive the vocabulary says (`x-sensitivity`). A manifest whose `coverage.disclosable` is
false keeps all of its coverage out of everything but a full report. The verdict and each outcome
are always told: they are what the report is for.
"""

from collections.abc import Sequence

from gonogo.diagnostics import Problem
from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Cause, Facts, FactSpec
from gonogo.manifests.vocabulary import COVERAGE
from gonogo.reporting.report import Disclosure


def hides_coverage(facts: Facts, disclosure: Disclosure) -> bool:
    """May nothing at all be said of coverage?"""
    return disclosure is not Disclosure.FULL and facts.get("coverage.disclosable").value is False


def withheld(
    results: Sequence[RuleResult], facts: Facts, disclosure: Disclosure
) -> list[RuleResult]:
    """The same results, seen from situations that know which values may not be shown."""
    if disclosure is Disclosure.FULL:
        return list(results)
    situations: dict[int, Situation] = {}
    for result in results:
        situation = result.situation
        if id(situation) not in situations:
            hidden = _hidden(situation, hides_coverage(facts, disclosure))
            situations[id(situation)] = situation._replace(hidden=hidden)
    return [result._replace(situation=situations[id(result.situation)]) for result in results]


def is_about(problem: Problem, facts: Facts, hidden: frozenset[str]) -> bool:
    """Is a warning about a fact that may not be shown? Its words may tell what is stated."""
    return any(problem.span == facts.get(path).span for path in hidden)


def _hidden(situation: Situation, coverage: bool) -> frozenset[str]:
    specs, facts = situation.pack.specs, situation.facts
    found = {path for path, spec in specs.items() if _is_sensitive(path, spec, coverage)}
    # `{unknown: why}` for a whole section is said of each fact in it, at one place.
    places = {facts.get(path).span for path in found if facts.get(path).cause is Cause.SAID}
    return frozenset(found).union(
        fact.path
        for fact in facts.stated.values()
        if fact.cause is Cause.SAID and fact.span in places
    )


def _is_sensitive(path: str, spec: FactSpec, coverage: bool) -> bool:
    return spec.sensitive or (coverage and path.startswith(COVERAGE))

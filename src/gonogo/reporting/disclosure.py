"""How much an output may say: full, reasons without sensitive values, or outcomes alone.

What is sensitive the vocabulary says (`x-sensitivity`). A manifest whose `coverage.disclosable` is
false keeps all of its coverage out of everything but a full report.
"""

from collections.abc import Sequence
from enum import Enum

from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Facts, FactSpec

_COVERAGE = "coverage."


class Disclosure(Enum):
    """From least to most."""

    NONE = "none"  # verdicts and outcomes
    REASONS = "reasons"  # also why, with sensitive values withheld
    FULL = "full"


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


def _hidden(situation: Situation, coverage: bool) -> frozenset[str]:
    return frozenset(
        path for path, spec in situation.pack.specs.items() if _is_sensitive(path, spec, coverage)
    )


def _is_sensitive(path: str, spec: FactSpec, coverage: bool) -> bool:
    return spec.sensitive or (coverage and path.startswith(_COVERAGE))

"""Each operator of the rule language: true, false, unknown and the edge. Design, section 5."""

from pathlib import Path

import pytest

from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from strategies import manifest, one_rule, outcome, small_pack

SHA = "a" * 64
HEAD = """\
parameters:
  exempt: {values: [{from: 2026-06-02, unknown: nobody says}, {from: 2026-08-04, value: true}]}
  licences: {values: [{from: 2026-06-02, value: [annex-a, annex-b]}]}
  none: {values: [{from: 2026-06-02, value: []}]}
  lost: {values: [{from: 2026-06-02, unknown: nobody says}, {from: 2027-01-01, value: [a]}]}
  word: {values: [{from: 2026-06-02, unknown: nobody says}, {from: 2026-12-01, value: pending}]}
definitions:
  designated: [{fact: coverage.determination, equals: designated}]
  early: [{holds: designated}, {fact: review.agreed_days, below: 30}]
"""
FLOP = "model.training_compute_flop"
N = "100000000000000000000000000"  # 10**26
JUST_BELOW, JUST_ABOVE = "99999999999999999999999999", "100000000000000000000000001"


@pytest.fixture
def packs(tmp_path: Path, vocabulary: Vocabulary) -> "Packs":
    return Packs(tmp_path, vocabulary)


class Packs:
    """Reads the pack whose one rule requires a condition."""

    def __init__(self, base: Path, vocabulary: Vocabulary) -> None:
        self.base = base
        self.vocabulary = vocabulary

    def requiring(self, condition: str) -> Pack:
        return small_pack(self.base, self.vocabulary, one_rule(f"[{condition}]"), HEAD)

    def check(self, condition: str, text: str) -> str:
        """What a condition is: `pass` for true, `fail` for false, or `unknown`."""
        return outcome(self.requiring(condition), text)


def flop(written: str) -> str:
    return manifest(f"training_compute_flop: {written}")


DETERMINED = "{fact: coverage.determination, equals: designated}"
NAMED = "{fact: model.name, equals: "
AT_1E26 = f"{{fact: {FLOP}, equals: 1e26}}"
DISCLOSABLE = "{fact: coverage.disclosable, equals: true}"
AWAITS, AWAITS_NOT = (
    f"{{fact: review.await_determination, equals: {b}}}" for b in ("true", "false")
)
EXEMPT = "{parameter: exempt, equals: true}"
SAME_HOUSE = "{fact: model.developer, equals: {fact: model.derived_from.developer}}"


def coverage(body: str) -> str:
    return manifest(coverage=body)


PROMISE_LOST = manifest(review="await_determination: {unknown: why}")
EQUALS = {
    "choice, the same": (DETERMINED, coverage("determination: designated"), "pass"),
    "choice, another": (DETERMINED, coverage("determination: pending"), "fail"),
    "choice, absent": (DETERMINED, manifest(), "unknown"),
    "choice, null": (DETERMINED, coverage("determination: null"), "unknown"),
    "choice, said unknown": (DETERMINED, coverage("determination: {unknown: why}"), "unknown"),
    "choice, long form": (DETERMINED, coverage("determination: {value: designated}"), "pass"),
    "number, below": (AT_1E26, flop(JUST_BELOW), "fail"),
    "number, at": (AT_1E26, flop(N), "pass"),
    "number, in quotes": (AT_1E26, flop('"1.0e26"'), "pass"),
    "number, above": (AT_1E26, flop(JUST_ABOVE), "fail"),
    "number, a range that touches": (AT_1E26, flop("{low: 1e26, high: 2e26}"), "unknown"),
    "flag, true": (DISCLOSABLE, coverage("disclosable: true"), "pass"),
    "flag, false": (DISCLOSABLE, coverage("disclosable: false"), "fail"),
    "flag, absent": (DISCLOSABLE, manifest(), "unknown"),
    "flag, assumed false": (AWAITS_NOT, manifest(), "pass"),
    "flag, said unknown": (AWAITS_NOT, PROMISE_LOST, "unknown"),
    "name, the same": (NAMED + "n 9}", manifest(), "pass"),
    "name, contained": (NAMED + "N-9 mini}", manifest(), "unknown"),
    "name, another": (NAMED + "M-8}", manifest(), "fail"),
    "parameter": (EXEMPT, manifest(), "pass"),
    "parameter, unknown": (EXEMPT, manifest(release="public_at: 2026-07-01"), "unknown"),
    "fact of another fact": (SAME_HOUSE, manifest("derived_from: {developer: northlight}"), "pass"),
    "fact of an absent fact": (SAME_HOUSE, manifest(), "unknown"),
}


@pytest.mark.parametrize(("condition", "text", "expected"), EQUALS.values(), ids=EQUALS)
def test_equals(condition: str, text: str, expected: str, packs: Packs) -> None:
    """The same value, in every kind; unknown is never false."""
    assert packs.check(condition, text) == expected


ONE_OF = "{fact: coverage.determination, one_of: [designated, not_designated]}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [("designated", "pass"), ("not_designated", "pass"), ("pending", "fail"), ("null", "unknown")],
)
def test_one_of(said: str, expected: str, packs: Packs) -> None:
    """Any of the listed words."""
    assert packs.check(ONE_OF, manifest(coverage=f"determination: {said}")) == expected


@pytest.mark.parametrize(
    ("said", "release", "expected"),
    [
        ("designated", "2026-11-25", "pass"),
        ("pending", "2026-11-25", "unknown"),
        ("pending", "2026-12-01", "pass"),
        ("not_designated", "2026-12-01", "fail"),
    ],
)
def test_one_of_words_not_all_known(said: str, release: str, expected: str, packs: Packs) -> None:
    """A word that is not known could be the one that is said."""
    text = manifest(coverage=f"determination: {said}", release=f"public_at: {release}")
    found = packs.check("{fact: coverage.determination, one_of: [designated, $word]}", text)
    assert found == expected


# value against 1e26: above, at_least, below, at_most
NUMBERS = {
    "below": (JUST_BELOW, "fail fail pass pass"),
    "at": (N, "fail pass fail pass"),
    "at, as a power": ("1e26", "fail pass fail pass"),
    "above": (JUST_ABOVE, "pass pass fail fail"),
    "range below": ("{low: 9e25, high: 9.9e25}", "fail fail pass pass"),
    "range up to it": ("{low: 9e25, high: 1e26}", "fail unknown unknown pass"),
    "range that straddles it": ("{low: 9e25, high: 1.1e26}", "unknown unknown unknown unknown"),
    "range from it": ("{low: 1e26, high: 2e26}", "unknown pass fail unknown"),
    "range above": ("{low: 1.1e26, high: 2e26}", "pass pass fail fail"),
    "unknown": ("{unknown: not measured}", "unknown unknown unknown unknown"),
    "null": ("null", "unknown unknown unknown unknown"),
}


@pytest.mark.parametrize(("written", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(written: str, expected: str, packs: Packs) -> None:
    """Exact at the threshold; a range that straddles it is unknown, not rounded."""
    found = [
        packs.check(f"{{fact: {FLOP}, {op}: 1e26}}", flop(written))
        for op in ("above", "at_least", "below", "at_most")
    ]
    assert " ".join(found) == expected


# level against high: above, at_least, below, at_most, equals
LEVELS = {
    "none": "fail fail pass pass fail",
    "medium": "fail fail pass pass fail",
    "high": "fail pass fail pass pass",
    "critical": "pass pass fail fail fail",
    "null": "unknown unknown unknown unknown unknown",
}


@pytest.mark.parametrize(("level", "expected"), LEVELS.items(), ids=LEVELS)
def test_levels(level: str, expected: str, packs: Packs) -> None:
    """none, low, medium, high and critical are ordered so."""
    found = [
        packs.check(
            f"{{fact: model.capability.cyber, {op}: high}}",
            manifest(f"capability: {{cyber: {level}}}"),
        )
        for op in ("above", "at_least", "below", "at_most", "equals")
    ]
    assert " ".join(found) == expected


# a date against 2026-09-01T09:00-04:00: before, not_after, after, not_before
INSTANTS = {
    "a microsecond before": ("2026-09-01T08:59:59.999999-04:00", "pass pass fail fail"),
    "at": ("2026-09-01T09:00-04:00", "fail pass fail pass"),
    "at, in another zone": ("2026-09-01T15:00+02:00", "fail pass fail pass"),
    "a microsecond after": ("2026-09-01T09:00:00.000001-04:00", "fail fail pass pass"),
    "the day before": ("2026-08-31", "pass pass fail fail"),
    "that day": ("2026-09-01", "unknown unknown unknown unknown"),
    "the day after": ("2026-09-02", "fail fail pass pass"),
    "that month": ("2026-09", "unknown unknown unknown unknown"),
    "the month before": ("2026-08", "pass pass fail fail"),
    "absent": ("null", "unknown unknown unknown unknown"),
}


@pytest.mark.parametrize(("written", "expected"), INSTANTS.values(), ids=INSTANTS)
def test_dates(written: str, expected: str, packs: Packs) -> None:
    """after is the opposite of not_after, and not_before of before."""
    found = [
        packs.check(
            f"{{fact: review.access_started_at, {op}: 2026-09-01T09:00-04:00}}",
            manifest(review=f"access_started_at: {written}"),
        )
        for op in ("before", "not_after", "after", "not_before")
    ]
    assert " ".join(found) == expected


# dates against the bare day 2026-09-01 in New York: before, not_after, after, not_before
AGAINST_A_DAY = {
    "its first instant": ("2026-09-01T00:00-04:00", "unknown pass fail unknown"),
    "a microsecond before it": ("2026-08-31T23:59:59.999999-04:00", "pass pass fail fail"),
    "its last microsecond": ("2026-09-01T23:59:59.999999-04:00", "fail unknown unknown pass"),
    "just after it": ("2026-09-02T00:00-04:00", "fail fail pass pass"),
    "itself": ("2026-09-01", "unknown unknown unknown unknown"),
}


@pytest.mark.parametrize(("written", "expected"), AGAINST_A_DAY.values(), ids=AGAINST_A_DAY)
def test_dates_against_a_day(written: str, expected: str, packs: Packs) -> None:
    """A bare date in a rule is that whole day in the pack's zone, too."""
    found = [
        packs.check(
            f"{{fact: review.access_started_at, {op}: 2026-09-01}}",
            manifest(review=f"access_started_at: {written}"),
        )
        for op in ("before", "not_after", "after", "not_before")
    ]
    assert " ".join(found) == expected


MARKETS = "{fact: release.markets, contains: us}"
LICENCE, ONE, PARAM, NONE, LOST = (
    f"{{fact: release.exemptions, overlaps: {operand}}}"
    for operand in ("[annex-a, x]", "[annex-a]", "$licences", "$none", "$lost")
)
ABSENT = "{fact: release.exemptions, overlaps: {fact: release.markets}}"
HOUSE_LISTED = "{fact: model.derived_from.developer, one_of: $none}"
NAMED_MARKET = "{fact: release.markets, contains: {fact: model.derived_from.developer}}"
LISTS = {
    "contains": (MARKETS, "markets: [eu, us]", "pass"),
    "contains not": (MARKETS, "markets: [eu]", "fail"),
    "contains no part of a word": (MARKETS, "markets: [usa]", "fail"),
    "contains, empty": (MARKETS, "markets: []", "fail"),
    "contains, absent": (MARKETS, "", "unknown"),
    "contains, unknown": (MARKETS, "markets: {unknown: why}", "unknown"),
    "overlaps": (LICENCE, "exemptions: [y, annex-a]", "pass"),
    "overlaps not": (LICENCE, "exemptions: [y]", "fail"),
    "overlaps, empty": (ONE, "exemptions: []", "fail"),
    "overlaps, assumed empty": (ONE, "", "fail"),
    "overlaps, unknown": (ONE, "exemptions: {unknown: why}", "unknown"),
    "overlaps a parameter": (PARAM, "exemptions: [annex-b]", "pass"),
    "overlaps a fact that is absent": (ABSENT, "exemptions: [us]", "unknown"),
    "none overlaps a fact that is absent": (ABSENT, "exemptions: []", "fail"),
    "overlaps no list": (NONE, "exemptions: [us]", "fail"),
    "overlaps no list, unknown": (NONE, "exemptions: {unknown: why}", "fail"),
    "overlaps an unknown list": (LOST, "exemptions: [us]", "unknown"),
    "none overlaps an unknown list": (LOST, "exemptions: []", "fail"),
    "unknown overlaps an unknown list": (LOST, "exemptions: {unknown: why}", "unknown"),
    "unknown, one of no list": (HOUSE_LISTED, "", "fail"),
    "contains what is absent": (NAMED_MARKET, "markets: [us]", "unknown"),
    "an empty list contains what is absent": (NAMED_MARKET, "markets: []", "fail"),
}


@pytest.mark.parametrize(("condition", "release", "expected"), LISTS.values(), ids=LISTS)
def test_lists(condition: str, release: str, expected: str, packs: Packs) -> None:
    """Whole ids are compared; an absent list of markets is unknown, one of exemptions is empty."""
    text = manifest(release=f"public_at: 2026-11-25, {release}".rstrip(", "))
    assert packs.check(condition, text) == expected


STATED = {
    "a value": ("agreed_days: 30", True),
    "nought": ("agreed_days: 0", True),
    "a long form": ("agreed_days: {value: 30, note: so}", True),
    "absent": ("", False),
    "null": ("agreed_days: null", False),
    "said unknown": ("agreed_days: {unknown: why}", False),
}


@pytest.mark.parametrize(("review", "stated"), STATED.values(), ids=STATED)
def test_stated(review: str, stated: bool, packs: Packs) -> None:
    """Two-valued: stated or not, never unknown."""
    text = manifest(review=review)
    yes = packs.check("{fact: review.agreed_days, stated: true}", text)
    no = packs.check("{fact: review.agreed_days, stated: false}", text)
    assert (yes, no) == (("pass", "fail") if stated else ("fail", "pass"))


@pytest.mark.parametrize("path", ["review.await_determination", "release.exemptions"])
def test_what_is_assumed_is_not_stated(path: str, packs: Packs) -> None:
    """Nobody said it."""
    assert packs.check(f"{{fact: {path}, stated: true}}", manifest()) == "fail"


ITEM = f"id: deal, kind: agreement, sha256: {SHA}"
FOR_DAYS, FOR_ACCESS = (
    f"evidence: [{{{ITEM}, supports: [review.{key}]}}]"
    for key in ("agreed_days", "access_started_at")
)
DEAL = f"evidence: [{{{ITEM}}}]"
EVIDENCED = {
    "named by the evidence": ("agreed_days: 20", FOR_DAYS, "pass"),
    "names the evidence": ("agreed_days: {value: 20, evidence: [deal]}", DEAL, "pass"),
    "evidence of something else": ("agreed_days: 20", FOR_ACCESS, "fail"),
    "no evidence": ("agreed_days: 20", "", "fail"),
    "evidence of nothing stated": ("", FOR_DAYS, "fail"),
    "evidence of what is unknown": ("agreed_days: {unknown: why}", FOR_DAYS, "fail"),
}


@pytest.mark.parametrize(("review", "more", "expected"), EVIDENCED.values(), ids=EVIDENCED)
def test_evidenced(review: str, more: str, expected: str, packs: Packs) -> None:
    """Two-valued: stated, and supported by an item of evidence."""
    text = manifest(review=review, more=more)
    assert packs.check("{evidenced: review.agreed_days}", text) == expected


DEFINED = {
    "both": ("designated", 29, "pass pass"),
    "the inner one only": ("designated", 30, "pass fail"),
    "neither": ("pending", 29, "fail fail"),
    "unknown": ("null", 29, "unknown unknown"),
    "unknown, but false anyway": ("null", 30, "unknown fail"),
}


@pytest.mark.parametrize(("determination", "days", "expected"), DEFINED.values(), ids=DEFINED)
def test_holds(determination: str, days: int, expected: str, packs: Packs) -> None:
    """A definition is its conditions, all of them, and may rest on another."""
    text = manifest(coverage=f"determination: {determination}", review=f"agreed_days: {days}")
    found = [packs.check(f"{{holds: {name}}}", text) for name in ("designated", "early")]
    assert " ".join(found) == expected


# disclosable, await_determination: all, any, not (none of them)
JOINS = {
    ("true", "true"): "pass pass fail",
    ("true", "false"): "fail pass fail",
    ("false", "false"): "fail fail pass",
    ("null", "true"): "unknown pass fail",
    ("null", "false"): "fail unknown unknown",
    ("null", "{unknown: why}"): "unknown unknown unknown",
}


@pytest.mark.parametrize(("said", "expected"), JOINS.items(), ids="-".join)
def test_joins(said: tuple[str, str], expected: str, packs: Packs) -> None:
    """Kleene's tables; `not` is none of its list; a plain list is all of it."""
    parts = f"[{DISCLOSABLE}, {AWAITS}]"
    text = manifest(coverage=f"disclosable: {said[0]}", review=f"await_determination: {said[1]}")
    found = [packs.check(f"{{{join}: {parts}}}", text) for join in ("all", "any", "not")]
    assert " ".join(found) == expected
    assert packs.check(parts, text) == found[0]


# days from access to release, at_least 30: calendar, elapsed, full_days
DAYS = {
    "29 dates": ("2026-10-26T23:59-04:00", "2026-11-24T23:59-05:00", "fail fail fail"),
    "30 dates, less than 30 x 24 h": (
        "2026-11-26T23:59-05:00",
        "2026-12-26T00:01-05:00",
        "pass fail fail",
    ),
    "30 x 24 h": ("2026-11-26T09:00-05:00", "2026-12-26T09:00-05:00", "pass pass fail"),
    "30 dates over the short day": (
        "2027-02-20T09:00-05:00",
        "2027-03-22T09:00-04:00",
        "pass fail fail",
    ),
    "31 dates": ("2026-11-26T09:00-05:00", "2026-12-27T08:00-05:00", "pass pass pass"),
    "bare dates": ("2026-11-26", "2026-12-26", "pass unknown fail"),
    "a month": ("2026-11", "2026-12-15", "unknown unknown unknown"),
    "backwards": ("2026-12-26", "2026-11-26", "fail fail fail"),
    "no start": ("null", "2026-12-26", "unknown unknown unknown"),
}


@pytest.mark.parametrize(("start", "end", "expected"), DAYS.values(), ids=DAYS)
def test_days_from(start: str, end: str, expected: str, packs: Packs) -> None:
    """calendar is the default; elapsed counts 24 hours; full_days is calendar less one."""
    text = manifest(release=f"public_at: {end}", review=f"access_started_at: {start}")
    subject = "days_from: review.access_started_at, to: release.first_at, at_least: 30"
    found = [
        packs.check(f"{{{subject}{count}}}", text)
        for count in ("", ", count: elapsed", ", count: full_days")
    ]
    assert " ".join(found) == expected
    assert packs.check(f"{{{subject}, count: calendar}}", text) == found[0]

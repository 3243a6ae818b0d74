"""any_row: rows of a register by date, and the manifest's own evidence. Design, section 5."""

from pathlib import Path

import pytest

from gonogo.manifests.vocabulary import Vocabulary
from strategies import manifest, one_rule, outcome, small_pack

SHA = "a" * 64
HEAD = """\
parameters:
  register_expires_days:
    unit: day
    values: [{from: 2026-01-01, value: 90}, {from: 2027-06-01, unknown: not yet decided}]
"""
STAGES = "release.trusted_partners_at, release.public_at"
MINE = "{fact: row.developer, equals: {fact: model.developer}}"
ROW = "developer: northlight, from: 2026-06-12T17:21:00-04:00, until: 2026-06-30"


class Listed:
    """A pack whose one rule asks whether a register has a row."""

    def __init__(self, base: Path, vocabulary: Vocabulary) -> None:
        self.base = base
        self.vocabulary = vocabulary

    def check(
        self,
        rows: str,
        release: str,
        where: str = MINE,
        at: str = "",
        complete: bool = True,
        as_of: str = "2026-07-15",
    ) -> str:
        register = (
            "register: listed\nas_of: 2026-07-15\n"
            f"complete: {str(complete).lower()}\n"
            "fields:\n"
            "  developer: {type: id}\n"
            "  model: {type: name}\n"
            "  kind: {type: choice, choices: [hard, soft]}\n"
            "  exemptions: {type: list}\n"
            f"rows: [{', '.join(f'{{{row}, source: memo}}' for row in rows.split(' | ') if row)}]\n"
        )
        looked = f", at: [{at}]" if at else ""
        rule = one_rule(f"[{{any_row: {{register: listed{looked}, where: [{where}]}}}}]")
        pack = small_pack(self.base, self.vocabulary, rule, HEAD, {"listed": register})
        return outcome(pack, manifest(release=release), as_of)


@pytest.fixture
def listed(tmp_path: Path, vocabulary: Vocabulary) -> Listed:
    return Listed(tmp_path, vocabulary)


# The row is in force from 2026-06-12 17:21 Eastern; its last day, June 30, counts whole.
DATES = {
    "a second before": ("2026-06-12T17:20:59-04:00", "fail"),
    "its first second": ("2026-06-12T17:21:00-04:00", "pass"),
    "between": ("2026-06-20", "pass"),
    "the day it begins": ("2026-06-12", "unknown"),
    "the day before it begins": ("2026-06-11", "fail"),
    "its last day": ("2026-06-30", "pass"),
    "its last microsecond": ("2026-06-30T23:59:59.999999-04:00", "pass"),
    "midnight after it": ("2026-07-01T00:00:00-04:00", "fail"),
    "the day after it": ("2026-07-01", "fail"),
    "the month it begins and ends in": ("2026-06", "unknown"),
    "no date": ("{unknown: not fixed}", "unknown"),
}


@pytest.mark.parametrize(("date", "expected"), DATES.values(), ids=DATES)
@pytest.mark.parametrize("at", ["", "release.public_at"], ids=["governing date", "at"])
def test_a_row_counts_on_its_dates(date: str, expected: str, at: str, listed: Listed) -> None:
    """From its first instant to the end of its last day, looked up at a date."""
    assert listed.check(ROW, f"public_at: {date}", at=at) == expected


STAGED = {
    "the first stage, later ones after it": ("2026-06-20", "2026-07-10", "pass"),
    "a later stage, the first before it": ("2026-06-01", "2026-06-20", "pass"),
    "both stages": ("2026-06-20", "2026-06-21", "pass"),
    "neither stage": ("2026-06-01", "2026-07-10", "fail"),
    "one perhaps": ("2026-06-12", "2026-07-10", "unknown"),
    "one perhaps, one surely": ("2026-06-12", "2026-06-20", "pass"),
    "one unknown": ("{unknown: not fixed}", "2026-07-10", "unknown"),
    # No governing date at all: nothing is determined, whatever the other stage says.
    "one unknown, one surely": ("{unknown: not fixed}", "2026-06-20", "unknown"),
    "one not planned": ("null", "2026-07-10", "fail"),
}


@pytest.mark.parametrize(("partners", "public", "expected"), STAGED.values(), ids=STAGED)
def test_any_stage_counts(partners: str, public: str, expected: str, listed: Listed) -> None:
    """`at` sees rows at any of the stages: an earlier stage never excuses a later one."""
    release = f"trusted_partners_at: {partners}, public_at: {public}"
    assert listed.check(ROW, release, at=STAGES) == expected


MODEL = f"{MINE}, {{fact: row.model, equals: {{fact: model.name}}}}"
HARD = f"{MINE}, {{fact: row.kind, equals: hard}}"
PARENT = "{fact: row.developer, equals: {fact: model.derived_from.developer}}"
ANNEX = "{fact: row.exemptions, contains: annex-a}"
OURS, JUNE = "developer: northlight", "from: 2026-06-01"
WHERE = {
    "another developer": (f"developer: openai, {JUNE}", MINE, "fail"),
    "any developer": (f"developer: any, {JUNE}", MINE, "pass"),
    "the same model": (f"{OURS}, model: n 9, {JUNE}", MODEL, "pass"),
    "a model also called so": (f"{OURS}, model: Aurora, also_called: [N-9], {JUNE}", MODEL, "pass"),
    "a model that contains the name": (f"{OURS}, model: N-9 mini, {JUNE}", MODEL, "unknown"),
    "that model, known to be another": (
        f"{OURS}, model: N-9 mini, not_called: [N-9], {JUNE}",
        MODEL,
        "fail",
    ),
    "another model": (f"{OURS}, model: M-8, {JUNE}", MODEL, "fail"),
    "a field that the row leaves out": (f"{OURS}, {JUNE}", HARD, "unknown"),
    "a fact that is not stated": (f"{OURS}, {JUNE}", PARENT, "unknown"),
    "unknown on a row, certain on another": (
        f"{OURS}, {JUNE} | {OURS}, kind: hard, {JUNE}",
        HARD,
        "pass",
    ),
    "unknown, but out of its dates": (f"{OURS}, from: 2026-01-01, until: 2026-01-31", HARD, "fail"),
    "no rows": ("", MINE, "fail"),
    "a list that is not written is empty": (f"{OURS}, {JUNE}", ANNEX, "fail"),
    "a list": (f"{OURS}, exemptions: [annex-a], {JUNE}", ANNEX, "pass"),
}


@pytest.mark.parametrize(("rows", "where", "expected"), WHERE.values(), ids=WHERE)
def test_a_row_fits_its_where(rows: str, where: str, expected: str, listed: Listed) -> None:
    """What a row says is compared with the manifest; `developer: any` fits all."""
    assert listed.check(rows, "public_at: 2026-06-20", where=where) == expected


# Searched on 2026-07-15 and trusted for 90 days: 16 of July, 31 + 30 in August and September,
# and 13 of October: up to and including 2026-10-13.
TRUST = {
    "on the day of the search": ("2026-07-15", "2026-07-15", True, "fail"),
    "release on the last day of trust": ("2026-10-13", "2026-07-15", True, "fail"),
    "release the day after": ("2026-10-14", "2026-07-15", True, "unknown"),
    "asked on the last day of trust": ("2026-07-20", "2026-10-13", True, "fail"),
    "asked the day after": ("2026-07-20", "2026-10-14", True, "unknown"),
    "trust itself is unknown": ("2027-06-01", "2026-07-15", True, "unknown"),
    "a register that is not complete": ("2026-07-15", "2026-07-15", False, "unknown"),
}


@pytest.mark.parametrize(("release", "as_of", "complete", "expected"), TRUST.values(), ids=TRUST)
def test_how_long_no_row_means_none(
    release: str, as_of: str, complete: bool, expected: str, listed: Listed
) -> None:
    """Only in a complete register, and only for `$register_expires_days` after its search."""
    rows = "developer: openai, from: 2026-06-01"
    found = listed.check(rows, f"public_at: {release}", complete=complete, as_of=as_of)
    assert found == expected


@pytest.mark.parametrize("as_of", ["2026-07-15", "2027-07-15"])
@pytest.mark.parametrize("complete", [True, False])
def test_a_row_that_is_there_counts_however_old_the_search(
    as_of: str, complete: bool, listed: Listed
) -> None:
    """Age and gaps take away the proof of absence, not what was found."""
    found = listed.check(ROW, "public_at: 2026-06-20", complete=complete, as_of=as_of)
    assert found == "pass"


def item(id: str, kind: str, more: str = "") -> str:
    return f"{{id: {id}, kind: {kind}, sha256: {SHA}{more}}}"


RECEIPT = "{fact: row.kind, equals: submission_receipt}"
SUPPORTS = "{fact: row.supports, contains: review.access_started_at}"
A_DEAL = item("a", "agreement")
A_RECEIPT = item("b", "submission_receipt", ", supports: [review.agreed_days]")
OF_ACCESS = item("c", "other", ", supports: [review.access_started_at]")
EVIDENCE = {
    "none": ("", RECEIPT, "fail"),
    "an empty list": ("evidence: []", RECEIPT, "fail"),
    "of another kind": (f"evidence: [{A_DEAL}]", RECEIPT, "fail"),
    "of the kind": (f"evidence: [{A_DEAL}, {A_RECEIPT}]", RECEIPT, "pass"),
    "supports it": (f"evidence: [{OF_ACCESS}]", SUPPORTS, "pass"),
    "one has the kind, another supports it": (
        f"evidence: [{A_RECEIPT}, {OF_ACCESS}]",
        f"{RECEIPT}, {SUPPORTS}",
        "fail",
    ),
}


@pytest.mark.parametrize(("more", "where", "expected"), EVIDENCE.values(), ids=EVIDENCE)
def test_evidence_is_complete_as_written(
    more: str, where: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A list in a manifest has no unknown members, and one item has to fit all of `where`."""
    rule = one_rule(f"[{{any_row: {{list: evidence, where: [{where}]}}}}]")
    assert outcome(small_pack(tmp_path, vocabulary, rule), manifest(more=more)) == expected

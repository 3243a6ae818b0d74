"""The earliest GO of a NO-GO: a date that is GO, none before it is, and none where moving is vain.

Expected dates are counted by hand; a scan of every day checks them and more.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import Checked, moment
from gonogo.check import check
from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.library import Library
from gonogo.manifests.facts import Manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from strategies import at, manifest, one_rule, read_for, small_pack

Read = Callable[[str], Manifest]
NEW_YORK = ZoneInfo("America/New_York")
SHA = "a" * 64
SAMPLE = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: openai, weights: closed, training_compute_flop: 3e26}
review: {access_started_at: 2026-11-15}
release: {public_at: <2026-11-25>}
"""
DIRECTIVE = """\
manifest: gonogo/1
model: {name: Fable 5, version: "1", developer: anthropic, weights: closed}
coverage: {determination: not_designated}
release: {public_at: <2026-06-20>, audience: unverified}
"""
REVIEWED = """\
manifest: gonogo/1
model: {name: Mythos 5, version: "1", developer: anthropic, weights: closed}
coverage: {determination: designated}
review: {access_started_at: 2026-06-15T09:00-04:00}
release:
  trusted_partners_at: <2026-06-18T09:00-04:00>
  public_at: <2026-07-05T09:00-04:00>
  audience: unverified
"""
DENIES = SAMPLE.replace("review:", "participation: {caisi_agreement: {status: declined}}\nreview:")
AWAITS = SAMPLE.replace("review: {", "review: {await_determination: true, ").replace(
    "review:", "coverage: {determination: designated, determined_at: 2026-12-20}\nreview:"
)


def planned(text: str, days: int = 0) -> str:
    """The manifest with each date in <> moved by so many local days."""
    while "<" in text:
        before, _, rest = text.partition("<")
        written, _, after = rest.partition(">")
        if "T" in written:
            local = datetime.fromisoformat(written).astimezone(NEW_YORK).replace(tzinfo=None)
            moved = (local + timedelta(days=days)).replace(tzinfo=NEW_YORK).isoformat()
        else:
            moved = (date.fromisoformat(written) + timedelta(days=days)).isoformat()
        text = before + moved + after
    return text


def sample(access: str, planned: str = "2026-11-25") -> str:
    """The sample with other dates, or more of its review section."""
    text = SAMPLE.replace("access_started_at: 2026-11-15", f"access_started_at: {access}")
    return text.replace("<2026-11-25>", f"<{planned}>")


DEAL = f"evidence: [{{id: deal, kind: agreement, sha256: {SHA}, supports: [review.agreed_days]}}]"
SAMPLE_DAY = "2026-11-23"
# text, as of, earliest GO
CASES = {
    # November 15 and 30 days: 15 to the 30th, and 15 more.
    "the sample": (SAMPLE, SAMPLE_DAY, "2026-12-15"),
    "the sample, asked on the planned day": (SAMPLE, "2026-11-25", "2026-12-15"),
    "access at a time of day": (sample("2026-11-15T23:59-05:00"), SAMPLE_DAY, "2026-12-15"),
    "access after midnight in UTC only": (sample("2026-11-16T01:00Z"), SAMPLE_DAY, "2026-12-15"),
    "a longer promise": (sample("2026-11-15, agreed_days: 45"), SAMPLE_DAY, "2026-12-30"),
    "a shorter agreement, no evidence": (
        sample("2026-11-15, agreed_days: 20"),
        SAMPLE_DAY,
        "2026-12-15",
    ),
    "a shorter agreement with evidence": (
        sample("2026-11-15, agreed_days: 20") + DEAL,
        SAMPLE_DAY,
        "2026-12-05",
    ),
    # October 31 is the last day on which access may have begun; 30 days later it is November 30.
    "a month of access": (sample("2026-10", "2026-10-25"), "2026-10-20", "2026-11-30"),
    # 30 days from October 10 are over on November 9; a date in the past helps nobody.
    "the day is past: today": (sample("2026-10-10", "2026-11-01"), SAMPLE_DAY, SAMPLE_DAY),
    # December 20 and 30 days: 11 to the 31st, and 19 more.
    "over a year's end": (sample("2026-12-20", "2026-12-28"), SAMPLE_DAY, "2027-01-19"),
    # The directive's last day, June 30, counts whole.
    "a directive's end": (DIRECTIVE, "2026-06-15", "2026-07-01"),
    "a directive's end, on its last day": (
        DIRECTIVE.replace("<2026-06-20>", "<2026-06-30>"),
        "2026-06-15",
        "2026-07-01",
    ),
    # Partners wait for 30 days from June 15: July 15. The public stage moves along.
    "a directive and a review": (REVIEWED, "2026-06-15", "2026-07-15"),
    "a determination to come": (AWAITS, "2026-12-24", "2026-12-24"),
    "access ended after 20 days": (
        sample("2026-11-15, access_ended_at: 2026-12-05"),
        SAMPLE_DAY,
        None,
    ),
    "the manifest denies what is on record": (DENIES, SAMPLE_DAY, None),
}


@pytest.mark.parametrize(("text", "as_of", "expected"), CASES.values(), ids=CASES)
def test_cases_counted_by_hand(
    text: str, as_of: str, expected: str | None, checked: Checked
) -> None:
    """The first later date that is GO, not before the as-of day; None where no date helps."""
    report = checked(planned(text), as_of)
    assert report.verdict == "NO-GO"
    assert report.earliest_go == expected


@pytest.mark.parametrize(("text", "as_of"), [case[:2] for case in CASES.values()], ids=CASES)
def test_a_scan_of_every_day_agrees(
    text: str, as_of: str, checked: Checked, read: Read, eo_pack: Pack, library: Library
) -> None:
    """Of 200 later days, the date found is the first that is GO; the manifest text is moved."""
    frame = Frame((eo_pack,), library.profiles()[0]["standard"], moment(as_of))
    first = min(
        datetime.fromisoformat(part.partition(">")[0]).date() for part in text.split("<")[1:]
    )
    scanned = None
    for days in range(1, 200):
        day = first + timedelta(days=days)
        if day < date.fromisoformat(as_of):
            continue
        if verdict_of(read(planned(text, days)).facts, frame) is Verdict.GO:
            scanned = day.isoformat()
            break
    assert checked(planned(text), as_of).earliest_go == scanned


@pytest.mark.parametrize(
    ("text", "as_of", "days"),
    [(SAMPLE, "2026-11-23", 20), (DIRECTIVE, "2026-06-15", 11), (REVIEWED, "2026-06-15", 27)],
    ids=["the sample", "a directive", "both"],
)
def test_the_day_before_is_not_go(text: str, as_of: str, days: int, checked: Checked) -> None:
    """Moved to the date found the manifest is GO; a day short of it is not."""
    assert checked(planned(text, days), as_of).verdict == "GO"
    assert checked(planned(text, days - 1), as_of).verdict == "NO-GO"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (SAMPLE.replace("<2026-11-25>", "2026-12-15"), "GO"),
        (SAMPLE.replace("<2026-11-25>", "{unknown: not fixed}"), "UNDETERMINED"),
    ],
)
def test_only_a_no_go_has_one(text: str, verdict: str, checked: Checked) -> None:
    """A GO needs no later date; what is undetermined needs an answer first."""
    report = checked(text)
    assert (report.verdict, report.earliest_go) == (verdict, None)


DAYS_HEAD = """\
parameters:
  days:
    unit: day
    values:
      - {from: 2026-06-02, value: 30}
      - {from: 2026-12-10, value: 45}
      - {from: 2026-12-20, value: 10}
"""
DAYS_RULE = one_rule(
    "[{days_from: review.access_started_at, to: release.first_at, at_least: $days}]"
)


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        # 30 days are over on December 9, a day before the change.
        ("2026-11-09", "2026-12-09"),
        # On December 10 it takes 45 days, which no date before the 20th has; then 10 are enough.
        ("2026-11-10", "2026-12-20"),
        ("2026-12-10", "2026-12-20"),
        ("2026-12-11", "2026-12-21"),
        ("2026-12-15", "2026-12-25"),
    ],
)
def test_a_parameter_that_changes_on_the_way(
    access: str, expected: str, tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    """Each later date is judged by the value that it has, also where that falls again."""
    pack = small_pack(tmp_path, vocabulary, DAYS_RULE, DAYS_HEAD)
    profiles, _ = library.profiles()
    text = manifest(release="public_at: 2026-11-25", review=f"access_started_at: {access}")
    report = check(read_for(text, pack), (pack,), profiles, "standard", at("2026-11-01"))
    assert (report.verdict, report.earliest_go) == ("NO-GO", expected)


RISING_HEAD = """\
parameters:
  days: {unit: day, values: [{from: 2026-06-02, value: 30}, {from: 2026-12-01, value: 45}]}
"""


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        # 30 days are over on November 30, the last day on which 30 are enough.
        ("2026-10-31", "2026-11-30"),
        # One day later they are over on December 1, when 45 are needed: November 1 and 45.
        ("2026-11-01", "2026-12-16"),
        ("2026-11-15", "2026-12-30"),
    ],
)
def test_a_parameter_that_rises_on_the_way(
    access: str, expected: str, tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    """As where a house adds days from December on: the new number of days is held in full."""
    pack = small_pack(tmp_path, vocabulary, DAYS_RULE, RISING_HEAD)
    profiles, _ = library.profiles()
    text = manifest(release="public_at: 2026-11-25", review=f"access_started_at: {access}")
    report = check(read_for(text, pack), (pack,), profiles, "standard", at("2026-11-01"))
    assert (report.verdict, report.earliest_go) == ("NO-GO", expected)


def test_a_rule_that_ends_is_waited_out(
    tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    """Out of force from January 1 on; another rule keeps the verdict from being empty."""
    rules = one_rule("[{fact: model.weights, equals: open}]", in_force="{until: 2026-12-31}")
    rules += (
        one_rule("[{fact: model.weights, equals: closed}]")
        .partition("\n")[2]
        .replace("id: only", "id: other")
    )
    pack = small_pack(tmp_path, vocabulary, rules)
    profiles, _ = library.profiles()
    report = check(read_for(manifest(), pack), (pack,), profiles, "standard", at("2026-11-01"))
    assert (report.verdict, report.earliest_go) == ("NO-GO", "2027-01-01")


def test_a_fix_names_the_earliest_date_of_all_rules(checked: Checked) -> None:
    """The wait ends on June 14, the directive on June 30: nothing is GO before July 1."""
    text = REVIEWED.replace("2026-06-15T09:00-04:00", "2026-05-15").replace(
        "<2026-06-18T09:00-04:00>", "2026-06-13"
    )
    report = checked(text.replace("<", "").replace(">", ""), "2026-06-10")
    assert report.earliest_go == "2026-07-01"
    fixes = [each.fix for each in report.findings if each.rule == "eo-14409/review-window-held"]
    assert str(fixes[0]).startswith("Move the first release to 2026-07-01 or later")

"""Facts as a pack sees them: built in, assumed, derived, filled, and what has not happened yet.

Design, sections 4 and 5.
"""

from pathlib import Path

import pytest

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Cause, Origin
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from gonogo.values.times import Period
from strategies import manifest, one_rule, outcome, seen_by, small_pack

RULE = one_rule("[{fact: model.weights, equals: closed}]")
HEAD = """\
derived:
  review.held_until: {earliest_of: [review.access_ended_at, release.first_at]}
  on_record.caisi_agreement:
    row_of: listed
    where: {developer: {fact: model.developer}}
  participation.caisi_agreement: {if_not_mentioned: on_record.caisi_agreement}
"""
LISTED = """\
register: listed
as_of: 2026-11-23
key: [developer]
fields:
  developer: {type: id}
  status: {type: choice, choices: [signed, negotiating, declined, not_signed, ended]}
  signed_on: {type: date}
  ended_on: {type: date}
rows:
  - {developer: northlight, status: negotiating, from: 2026-06-02, until: 2026-08-31, source: memo}
  - {developer: northlight, status: signed, signed_on: 2026-09, from: 2026-09-01, source: memo}
  - {developer: any, status: not_signed, from: 2026-05-01, until: 2026-05-31, source: memo}
"""


@pytest.fixture
def pack(tmp_path: Path, vocabulary: Vocabulary) -> Pack:
    return small_pack(tmp_path, vocabulary, RULE, HEAD, {"listed": LISTED})


def ends(situation: Situation, path: str) -> tuple[str, str] | str:
    """The two ends of a date in New York, or why it has none."""
    fact = situation.facts.get(path)
    if not isinstance(fact.value, Period):
        assert fact.value is None
        return "unknown"
    local = [end.astimezone(situation.pack.zone) for end in (fact.value.low, fact.value.high)]
    return (local[0].isoformat(), local[1].isoformat())


def day(text: str, offset: str = "-04:00") -> tuple[str, str]:
    return (f"{text}T00:00:00{offset}", f"{text}T23:59:59.999999{offset}")


NINE = "2026-10-08T09:00:00-04:00"
FIRST = {
    "one instant": (f"public_at: {NINE}", (NINE, NINE)),
    "one day": ("public_at: 2026-10-08", day("2026-10-08")),
    "the earlier of two days": (
        "trusted_partners_at: 2026-10-01, public_at: 2026-10-08",
        day("2026-10-01"),
    ),
    "in whatever order": (
        "limited_preview_at: 2026-10-20, api_at: 2026-10-01, public_at: 2026-10-08",
        day("2026-10-01"),
    ),
    "weights count": ("weights_at: 2026-10-01, public_at: 2026-10-08", day("2026-10-01")),
    # Both are somewhere on the 8th: the first is no later than nine o'clock.
    "a day and an instant in it": (
        f"trusted_partners_at: 2026-10-08, public_at: {NINE}",
        ("2026-10-08T00:00:00-04:00", NINE),
    ),
    "a month and a day in it": (
        "trusted_partners_at: 2026-10, public_at: 2026-10-08",
        ("2026-10-01T00:00:00-04:00", "2026-10-08T23:59:59.999999-04:00"),
    ),
    "a month and the day after": (
        "trusted_partners_at: 2026-10, public_at: 2026-11-01",
        ("2026-10-01T00:00:00-04:00", "2026-10-31T23:59:59.999999-04:00"),
    ),
    "a stage that is not planned": ("api_at: null, public_at: 2026-10-08", day("2026-10-08")),
    "a stage with an unknown date": (
        "api_at: {unknown: not fixed}, public_at: 2026-10-08",
        "unknown",
    ),
    "none": ("", "unknown"),
    "none planned": ("public_at: null", "unknown"),
}


@pytest.mark.parametrize(("release", "expected"), FIRST.values(), ids=FIRST)
def test_first_release(release: str, expected: tuple[str, str] | str, pack: Pack) -> None:
    """From the earliest low to the earliest high of the stated stages; unknown with none."""
    assert ends(seen_by(pack, manifest(release=release)), "release.first_at") == expected


# public_at against release.first_at: before, not_after, after, not_before
STAGE = {
    "the only stage": ("public_at: 2026-10-08", "fail pass fail pass"),
    "the first of two": (
        "public_at: 2026-10-08, api_at: 2026-10-09",
        "fail pass fail pass",
    ),
    "the second": ("public_at: 2026-10-08, api_at: 2026-10-07", "fail fail pass pass"),
    "on one day with another": (
        "public_at: 2026-10-08, api_at: 2026-10-08",
        "fail unknown unknown pass",
    ),
    "in the month of another": (
        "public_at: 2026-10-08, api_at: 2026-10",
        "fail unknown unknown pass",
    ),
    "not planned": ("api_at: 2026-10-08", "unknown unknown unknown unknown"),
}


@pytest.mark.parametrize(("release", "expected"), STAGE.values(), ids=STAGE)
def test_a_stage_against_the_first_release(
    release: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """No stage is before the first; two readings of one date cannot differ."""
    found: list[str] = []
    mirrored: list[str] = []
    operators = ("before", "not_after", "after", "not_before")
    for op, opposite in zip(operators, ("after", "not_before", "before", "not_after"), strict=True):
        for one, other, word, into in (
            ("release.public_at", "release.first_at", op, found),
            ("release.first_at", "release.public_at", opposite, mirrored),
        ):
            rule = one_rule(f"[{{fact: {one}, {word}: {{fact: {other}}}}}]")
            into.append(outcome(small_pack(tmp_path, vocabulary, rule), manifest(release=release)))
    assert " ".join(found) == expected
    assert mirrored == found


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-11-23", "2026-11-23T23:59:59-05:00"),
        ("2026-07-01", "2026-07-01T23:59:59-04:00"),
        ("2026-11-01", "2026-11-01T23:59:59-05:00"),
        ("2026-11-23T09:00:00Z", "2026-11-23T04:00:00-05:00"),
    ],
)
def test_as_of_is_an_instant(as_of: str, expected: str, pack: Pack) -> None:
    """A bare date is the end of that day in the pack's zone."""
    situation = seen_by(pack, manifest(), as_of)
    assert ends(situation, "as_of") == (expected, expected)


def test_a_register_has_its_date(pack: Pack) -> None:
    """`register.<name>.as_of` is the day it was last searched."""
    found = ends(seen_by(pack, manifest()), "register.listed.as_of")
    assert found == day("2026-11-23", "-05:00")


# As of 2026-11-23, that is 23:59:59 Eastern.
KNOWN_FROM = {
    "in the past": ("2026-11-22", True),
    "on the day": ("2026-11-23", True),
    "at that second": ("2026-11-23T23:59:59-05:00", True),
    "a second later": ("2026-11-24T00:00:00-05:00", False),
    "the day after": ("2026-11-24", False),
    "the month, perhaps past": ("2026-11", True),
    "the month after": ("2026-12", False),
    "undated": ("null", True),
}


@pytest.mark.parametrize(("date", "happened"), KNOWN_FROM.values(), ids=KNOWN_FROM)
def test_a_determination_of_the_future_has_not_happened(
    date: str, happened: bool, pack: Pack
) -> None:
    """What is dated certainly after the as-of time counts as not stated."""
    text = manifest(
        coverage=f"determination: designated, determined_by: nsa_director, determined_at: {date}"
    )
    facts = seen_by(pack, text).facts
    for path in ("coverage.determination", "coverage.determined_by"):
        assert (facts.get(path).value is not None) is happened
        assert facts.get(path).cause is (None if happened else Cause.NOT_YET)


def test_a_notice_of_the_future_has_not_happened(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Nor is it stated; but a developer's own plans count."""
    pack = small_pack(
        tmp_path, vocabulary, one_rule("[{fact: review.completion_notice_at, stated: true}]")
    )
    text = manifest(review="completion_notice_at: 2026-11-24, access_ended_at: 2026-12-24")
    assert outcome(pack, text, "2026-11-23") == "fail"
    assert outcome(pack, text, "2026-11-24") == "pass"
    assert ends(seen_by(pack, text), "review.access_ended_at") == day("2026-12-24", "-05:00")


ASSUMED = {
    "review.await_determination": False,
    "release.exemptions": (),
}


@pytest.mark.parametrize(("path", "value"), ASSUMED.items(), ids=ASSUMED)
@pytest.mark.parametrize("how", ["absent", "null", "section absent", "section null"])
def test_what_is_assumed(path: str, value: object, how: str, pack: Pack) -> None:
    """When absent or null, also when the whole section is; and it is marked as assumed."""
    section, key = path.split(".")
    bodies = {"absent": "{}", "null": f"{{{key}: null}}", "section null": "null"}
    body = f"{section}: {bodies[how]}" if how in bodies else ""
    fact = seen_by(pack, manifest(release="", more=body)).facts.get(path)
    assert (fact.value, fact.origin) == (value, Origin.ASSUMED)


@pytest.mark.parametrize("path", ASSUMED)
@pytest.mark.parametrize("whole", [True, False], ids=["section", "key"])
def test_unknown_is_not_assumed(path: str, whole: bool, pack: Pack) -> None:
    """`{unknown: why}` stays unknown."""
    section, key = path.split(".")
    body = "{unknown: why}" if whole else f"{{{key}: {{unknown: why}}}}"
    fact = seen_by(pack, manifest(release="", more=f"{section}: {body}")).facts.get(path)
    assert (fact.value, fact.cause) == (None, Cause.SAID)


@pytest.mark.parametrize(
    "path", ["release.markets", "coverage.determination", "review.agreed_days", "release.audience"]
)
def test_nothing_else_is_assumed(path: str, pack: Pack) -> None:
    """An absent fact is unknown, never false."""
    fact = seen_by(pack, manifest()).facts.get(path)
    assert (fact.value, fact.cause) == (None, Cause.ABSENT)


HELD = {
    "access ended first": ("access_ended_at: 2026-11-20", day("2026-11-20", "-05:00")),
    "released first": ("access_ended_at: 2026-11-30", day("2026-11-25", "-05:00")),
    "access not ended": ("agreed_days: 30", day("2026-11-25", "-05:00")),
    "left empty": ("access_ended_at: null", day("2026-11-25", "-05:00")),
    "some time in the month": (
        "access_ended_at: 2026-11",
        ("2026-11-01T00:00:00-04:00", "2026-11-25T23:59:59.999999-05:00"),
    ),
}


@pytest.mark.parametrize(("review", "expected"), HELD.values(), ids=HELD)
def test_earliest_of(review: str, expected: tuple[str, str] | str, pack: Pack) -> None:
    """The earliest of those stated, each known as exactly as it is written."""
    assert ends(seen_by(pack, manifest(review=review)), "review.held_until") == expected


@pytest.mark.parametrize(
    ("release", "expected"), [("2026-12-14", "fail"), ("2026-12-15", "unknown")]
)
def test_an_unknown_part_may_be_the_earliest(
    release: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Access from November 15 ended nobody knows when: at the latest with the release, so 30 days
    are never sure, and from December 14 back they are surely missed.
    """
    days = "{days_from: review.access_started_at, to: review.held_until, at_least: 30}"
    head = HEAD.partition("  on_record")[0]
    pack = small_pack(tmp_path, vocabulary, one_rule(f"[{days}]"), head)
    review = "access_started_at: 2026-11-15, access_ended_at: {unknown: why}"
    assert outcome(pack, manifest(release=f"public_at: {release}", review=review)) == expected


STATUS, SIGNED_ON = (f"participation.caisi_agreement.{key}" for key in ("status", "signed_on"))
FILLED = {
    "from the row in force": ("2026-08-31", "", "negotiating"),
    "on its first day": ("2026-09-01", "", "signed"),
    "across a change": ("2026-08-31T23:59:59-04:00", "", "negotiating"),
    "from a row for any developer": ("2026-05-31", "", "not_signed"),
    "no row yet": ("2026-04-30", "", None),
    "between two rows": ("2026-06-01", "", None),
    "the section is mentioned": ("2026-09-01", "caisi_agreement: {status: declined}", "declined"),
    "mentioned, but empty": ("2026-09-01", "caisi_agreement: {}", None),
    "mentioned by its date alone": ("2026-09-01", "caisi_agreement: {signed_on: 2026-09-01}", None),
    "said unknown": ("2026-09-01", "caisi_agreement: {unknown: why}", None),
    "another instrument is mentioned": ("2026-09-01", "accord_2026: {status: signed}", "signed"),
}


@pytest.mark.parametrize(("date", "section", "expected"), FILLED.values(), ids=FILLED)
def test_a_section_that_is_not_mentioned_is_filled(
    date: str, section: str, expected: str | None, pack: Pack
) -> None:
    """Whole from the register row in force; one that the manifest mentions is not."""
    text = manifest(release=f"public_at: {date}", participation=section)
    fact = seen_by(pack, text).facts.get(STATUS)
    assert fact.value == expected
    assert fact.filled is ("participation" not in text or "caisi" not in text)


def test_a_row_that_changes_within_the_possible_dates_is_unknown(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Signed from September 15 on: a release some time in September is neither."""
    listed = LISTED.replace("until: 2026-08-31", "until: 2026-09-14").replace(
        "from: 2026-09-01", "from: 2026-09-15"
    )
    pack = small_pack(tmp_path, vocabulary, RULE, HEAD, {"listed": listed})
    for release, expected in (
        ("2026-09", None),
        ("2026-09-14", "negotiating"),
        ("2026-10", "signed"),
    ):
        fact = seen_by(pack, manifest(release=f"public_at: {release}")).facts.get(STATUS)
        assert fact.value == expected


def test_a_filled_date_keeps_its_precision(pack: Pack) -> None:
    """`2026-09` in a row is the whole month."""
    situation = seen_by(pack, manifest(release="public_at: 2026-10-01"))
    month = ("2026-09-01T00:00:00-04:00", "2026-09-30T23:59:59.999999-04:00")
    assert ends(situation, SIGNED_ON) == month


def test_what_is_filled_is_not_stated_by_the_manifest(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """`stated` asks what the manifest says."""
    rule = one_rule(f"[{{fact: {STATUS}, stated: true}}]")
    pack = small_pack(tmp_path, vocabulary, rule, HEAD, {"listed": LISTED})
    mentioned = "caisi_agreement: {status: signed}"
    assert outcome(pack, manifest()) == "fail"
    assert outcome(pack, manifest(participation=mentioned)) == "pass"

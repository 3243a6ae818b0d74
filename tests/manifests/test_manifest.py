"""Every form in which a manifest may state a fact, and what is then known."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gonogo.manifests.facts import Cause, Fact, Manifest
from gonogo.values.amounts import Amount
from gonogo.values.names import Name
from gonogo.values.times import Moment, Precision

Read = Callable[[str], Manifest]

MODEL = (
    'manifest: gonogo/1\nmodel: {name: N-9, version: "1.0", developer: openai, weights: closed}\n'
)


def model(more: str) -> str:
    """A manifest whose model section says more; it ends on line 2."""
    return MODEL.replace("}\n", f", {more}}}\n")


def test_shortest(read: Read) -> None:
    """The shortest useful manifest: who and what, with exact numbers and places."""
    found = read(
        "manifest: gonogo/1\n"
        'model: {name: N-9, version: "1.0", developer: openai, weights: closed,'
        " training_compute_flop: 3e26}\n"
        "review: {access_started_at: 2026-11-15}\n"
        "release: {public_at: 2026-11-25}\n"
    )
    assert (found.name, found.version, found.developer) == ("N-9", "1.0", "openai")
    assert found.warnings == ()
    fact = found.facts.get("model.training_compute_flop")
    assert fact.value == Amount(Decimal("3e26"), Decimal("3e26"))
    assert str(found.facts.get("release.public_at").span) == "release.yaml:4:22"


@pytest.mark.parametrize("top", ["", "---\n", "\ufeff", "# a comment\n"])
def test_before_the_first_line(read: Read, top: str) -> None:
    """A document marker, a byte order mark or a comment may come first."""
    assert read(top + MODEL).name == "N-9"


AMOUNTS: list[tuple[str, str, str]] = [
    ("1e26", "1e26", "1e26"),
    ("1.0e26", "1e26", "1e26"),
    ("1e+26", "1e26", "1e26"),
    ("100000000000000000000000000", "1e26", "1e26"),
    ('"1e26"', "1e26", "1e26"),
    ("'3.8e25'", "3.8e25", "3.8e25"),
    ("{low: 2.1e26, high: 3.9e26}", "2.1e26", "3.9e26"),
    ('{low: "2.1e26", high: "3.9e26"}', "2.1e26", "3.9e26"),
    ("{high: 2e26, low: 2e26}", "2e26", "2e26"),
    ("{value: 1e26}", "1e26", "1e26"),
    ("{value: {low: 1e26, high: 2e26}, note: estimate}", "1e26", "2e26"),
]


@pytest.mark.parametrize(("written", "low", "high"), AMOUNTS, ids=[row[0] for row in AMOUNTS])
def test_amount(read: Read, written: str, low: str, high: str) -> None:
    """All spellings of a number are one exact Decimal; a range keeps both ends."""
    fact = read(model(f"training_compute_flop: {written}")).facts.get("model.training_compute_flop")
    assert fact.value == Amount(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("written", "days"),
    [("0", 0), ("30", 30), ('"30"', 30), ("30.0", 30), ("3e1", 30), ("36500", 36_500)],
)
def test_days(read: Read, written: str, days: int) -> None:
    """Days are whole and not negative, in any spelling of the number."""
    fact = read(f"{MODEL}review: {{agreed_days: {written}}}").facts.get("review.agreed_days")
    assert fact.value == Amount(Decimal(days), Decimal(days))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


NEW_YORK = ZoneInfo("America/New_York")
TICK, HALF = timedelta(microseconds=1), timedelta(milliseconds=500)
NINE = utc("2026-11-15T09:00:00")
MOMENTS: list[tuple[str, Precision, datetime, datetime]] = [
    # written, precision, first and last microsecond in UTC; New York is at -04:00 from March to
    # the first Sunday of November, else at -05:00
    ("2026-11-15T09:00Z", Precision.INSTANT, NINE, NINE),
    ("2026-11-15T09:00:00Z", Precision.INSTANT, NINE, NINE),
    ("2026-11-15T04:00:00-05:00", Precision.INSTANT, NINE, NINE),
    ("2026-11-15T14:30:00+05:30", Precision.INSTANT, NINE, NINE),
    ("2026-11-14T23:00-10:00", Precision.INSTANT, NINE, NINE),
    ("2026-11-15T09:00:00.5Z", Precision.INSTANT, NINE + HALF, NINE + HALF),
    ("2026-11-15T09:00:00.000001Z", Precision.INSTANT, NINE + TICK, NINE + TICK),
    ("2026-12-15", Precision.DAY, utc("2026-12-15T05:00:00"), utc("2026-12-16T04:59:59.999999")),
    ("2026-07-15", Precision.DAY, utc("2026-07-15T04:00:00"), utc("2026-07-16T03:59:59.999999")),
    ("2026-11-01", Precision.DAY, utc("2026-11-01T04:00:00"), utc("2026-11-02T04:59:59.999999")),
    ("2024-02-29", Precision.DAY, utc("2024-02-29T05:00:00"), utc("2024-03-01T04:59:59.999999")),
    ("2024-08", Precision.MONTH, utc("2024-08-01T04:00:00"), utc("2024-09-01T03:59:59.999999")),
    ("2026-12", Precision.MONTH, utc("2026-12-01T05:00:00"), utc("2027-01-01T04:59:59.999999")),
]


@pytest.mark.parametrize("quotes", ["", '"'], ids=["bare", "quoted"])
@pytest.mark.parametrize(
    ("written", "precision", "low", "high"), MOMENTS, ids=[row[0] for row in MOMENTS]
)
def test_moment(
    read: Read, written: str, precision: Precision, low: datetime, high: datetime, quotes: str
) -> None:
    """An instant is exact; a day or month is the whole local one, also where clocks change."""
    text = f"{MODEL}review: {{access_started_at: {quotes}{written}{quotes}}}"
    value = read(text).facts.get("review.access_started_at").value
    assert isinstance(value, Moment)
    assert value.precision is precision
    period = value.period(NEW_YORK)
    assert (period.low, period.high) == (low, high)
    assert str(value) == written


OTHERS: list[tuple[str, str, Any]] = [
    ("review: {await_determination: true}", "review.await_determination", True),
    (
        "review: {protections: {confidentiality: false}}",
        "review.protections.confidentiality",
        False,
    ),
    ("coverage: {determination: not_designated}", "coverage.determination", "not_designated"),
    ("release: {markets: [us, eu-27]}", "release.markets", ("us", "eu-27")),
    ("release: {markets: []}", "release.markets", ()),
    ("release: {audience: {value: unverified}}", "release.audience", "unverified"),
    ("extra: {}", "model.name", Name("N-9")),
]


@pytest.mark.parametrize(("text", "path", "value"), OTHERS, ids=[row[0] for row in OTHERS])
def test_other_kinds(read: Read, text: str, path: str, value: object) -> None:
    """Flags, choices and lists of ids, bare and in the long form."""
    assert read(MODEL + text).facts.get(path).value == value


@pytest.mark.parametrize("level", ["none", "low", "medium", "high", "critical"])
def test_levels(read: Read, level: str) -> None:
    """`none` is a level, not null."""
    found = read(model(f"capability: {{cyber: {level}}}")).facts.get("model.capability.cyber")
    assert (found.value, found.cause) == (level, None)


def test_long_form(read: Read) -> None:
    """The long form carries evidence and a note, and the value's own place."""
    found = read(
        f"{MODEL}review:\n  access_started_at:\n    value: 2026-09-01\n    evidence: [receipt]\n"
        "    stated_by: N. N., release manager\n    stated_on: 2026-09-02\n    note: by courier\n"
        "evidence:\n  - {id: receipt, kind: submission_receipt}\n"
    ).facts
    fact = found.get("review.access_started_at")
    assert (str(fact.value), fact.evidence, fact.note) == ("2026-09-01", ("receipt",), "by courier")
    assert str(fact.span) == "release.yaml:5:12"
    (item,) = found.evidence_for("review.access_started_at")
    assert (item.id, item.kind, str(item.span)) == (
        "receipt",
        "submission_receipt",
        "release.yaml:11:10",
    )


def test_evidence_by_supports(read: Read) -> None:
    """Evidence may name the fact instead of the fact naming it; nothing is opened."""
    found = read(
        f"{MODEL}evidence:\n  - {{id: r, kind: other, path: nowhere.pdf, sha256: {'a' * 64}, "
        "supports: [review.access_started_at]}\n"
    ).facts
    assert [item.path for item in found.evidence_for("review.access_started_at")] == ["nowhere.pdf"]
    assert found.evidence_for("review.access_ended_at") == ()


CAUSES: list[tuple[str, str, Cause, str]] = [
    ("absent key", "review: {}", Cause.ABSENT, ""),
    ("absent section", "", Cause.ABSENT, ""),
    ("null", "review: {access_started_at: null}", Cause.NULL, ""),
    ("tilde", "review: {access_started_at: ~}", Cause.NULL, ""),
    ("nothing", "review: {access_started_at: }", Cause.NULL, ""),
    ("said", "review: {access_started_at: {unknown: not told yet}}", Cause.SAID, "not told yet"),
    ("null section", "review: null", Cause.NULL, ""),
    ("section left empty", "review:", Cause.NULL, ""),
    ("section said", "review: {unknown: ask Ada}", Cause.SAID, "ask Ada"),
]


@pytest.mark.parametrize(
    ("text", "cause", "note"), [row[1:] for row in CAUSES], ids=[row[0] for row in CAUSES]
)
def test_unknown(read: Read, text: str, cause: Cause, note: str) -> None:
    """Absent, null and said are unknown, each with its own cause; unknown is never false."""
    fact = read(MODEL + text).facts.get("review.access_started_at")
    assert (fact.value, fact.cause, fact.note) == (None, cause, note)


def test_unknown_section_reaches_every_level(read: Read) -> None:
    """A section that is unknown makes all facts below it unknown, for the reason given."""
    facts = read(f"{MODEL}review: {{unknown: ask Ada}}").facts
    fact = facts.get("review.protections.insider_risk")
    assert (fact.cause, fact.note) == (Cause.SAID, "ask Ada")
    assert str(fact.span) == "release.yaml:3:9"


def test_weights_may_be_unknown(read: Read) -> None:
    """The model's weights are required, but may be said to be undecided."""
    text = MODEL.replace("weights: closed", 'weights: {unknown: "not decided"}')
    assert read(text).facts.get("model.weights").cause is Cause.SAID


MENTIONED: list[tuple[str, bool]] = [
    ("", False),
    ("participation: null", False),
    ("participation: {}", False),
    ("participation: {accord_2026: {status: signed, signed_on: 2026-09-29}}", False),
    ("participation: {caisi_agreement: null}", False),
    ("participation: {caisi_agreement: {}}", True),
    ("participation: {caisi_agreement: {status: negotiating}}", True),
    ("participation: {caisi_agreement: {unknown: being drafted}}", True),
    ("participation: {unknown: legal is asked}", True),
]


@pytest.mark.parametrize(("text", "mentioned"), MENTIONED, ids=[row[0] for row in MENTIONED])
def test_mentioned_instruments(read: Read, text: str, mentioned: bool) -> None:
    """An instrument that the manifest mentions is not filled from the register; null is absent."""
    found = "participation.caisi_agreement" in read(MODEL + text).facts.mentioned
    assert found is mentioned


def test_full_example(read: Read) -> None:
    """The manifest format's own full example is read whole."""
    facts = read(FULL).facts
    stated: dict[str, Fact] = {path: fact for path, fact in facts.stated.items() if fact.value}
    assert stated["model.derived_from.method"].value == "fine_tune"
    assert stated["participation.eo_14409_framework.status"].value == "signed"
    assert stated["review.agreed_days"].value == Amount(Decimal(30), Decimal(30))
    assert len(facts.evidence) == 1


FULL = f"""\
manifest: gonogo/1
model:
  name: N-9
  version: "1.0"
  developer: northlight
  weights: closed
  licence: proprietary
  derived_from: {{model: N-8, developer: northlight, method: fine_tune}}
  training_compute_flop: {{low: 2.1e26, high: 3.9e26}}
  capability: {{cyber: high, biological: low, chemical: low}}
participation:
  eo_14409_framework: {{status: signed, signed_on: 2026-08-10}}
review:
  access_started_at: 2026-09-01T09:00:00-04:00
  agreed_days: 30
release:
  api_at: 2026-10-08T09:00:00-04:00
  partners_selected_with_government: true
  exemptions: []
evidence:
  - {{id: receipt, path: evidence/receipt.pdf, sha256: {"0a" * 32}, kind: submission_receipt,
     supports: [review.access_started_at]}}
extra: {{}}
"""

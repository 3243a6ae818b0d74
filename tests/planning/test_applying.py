"""Changes are applied to a copy, which is read like any manifest: refused if it would be none."""

from decimal import Decimal

import pytest
from making_plans import example, read_copy

from gonogo.manifests.facts import Fact, Origin, Value
from gonogo.planning.applying import written
from gonogo.values.amounts import Amount
from strategies import at

SAMPLE = example("shortest/release.yaml")
PUBLIC = "release.public_at"


def fact(path: str, value: Value | None) -> Fact:
    return Fact(path, value, Origin.MANIFEST)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (PUBLIC, at("2026-12-15"), "2026-12-15"),
        (PUBLIC, at("2026-12-15T09:00:00-05:00"), "2026-12-15T09:00:00-05:00"),
        (PUBLIC, None, "null"),
        ("review.await_determination", True, "true"),
        ("review.await_determination", False, "false"),
        ("review.agreed_days", Amount(Decimal(30), Decimal(30)), "30"),
        ("release.audience", "us_persons_verified", "us_persons_verified"),
        ("release.exemptions", ("one", "two"), "[one, two]"),
        ("release.exemptions", (), "[]"),
    ],
)
def test_a_value_is_written_as_a_manifest_states_it(
    path: str, value: Value | None, said: str
) -> None:
    """And the copy reads it back as the same value."""
    changed = fact(path, value)
    assert written(changed) == said
    _, copy = read_copy(
        SAMPLE.replace("}\nrelease: {", "}\nrelease: {api_at: 2026-12-01, "), "2026-11-23"
    )
    facts = copy.with_settings({path: changed})
    assert facts is not None
    assert facts.get(path).value == value


def test_a_change_that_makes_no_manifest_is_none() -> None:
    """An end of access before its start is refused when it is read, so it is never GO."""
    _, copy = read_copy(SAMPLE, "2026-11-23")
    ended = fact("review.access_ended_at", at("2026-11-01"))
    assert copy.with_settings({ended.path: ended}) is None
    assert not copy.is_go({ended.path: ended, PUBLIC: fact(PUBLIC, at("2026-12-15"))})


def test_go_is_judged_on_the_copy() -> None:
    """December 15 is day 30; the manifest itself stays as it was."""
    manifest, copy = read_copy(SAMPLE, "2026-11-23")
    assert copy.is_go({PUBLIC: fact(PUBLIC, at("2026-12-15"))})
    assert not copy.is_go({PUBLIC: fact(PUBLIC, at("2026-12-14"))})
    assert not copy.is_go({})
    assert manifest.facts.get(PUBLIC).value == at("2026-11-25")


def test_what_the_long_form_says_beside_a_value_stays() -> None:
    text = SAMPLE.replace(
        "review: {", "evidence: [{id: deal, kind: agreement, sha256: " + "a" * 64 + "}]\nreview: {"
    ).replace("2026-11-15", "2026-11-15, agreed_days: {value: 20, evidence: [deal]}")
    _, copy = read_copy(text, "2026-11-23")
    days = fact("review.agreed_days", Amount(Decimal(10), Decimal(10)))
    facts = copy.with_settings({days.path: days})
    assert facts is not None
    assert facts.get(days.path).evidence == ("deal",)
    # So an agreement of 10 days counts, and November 25 is the tenth.
    assert copy.is_go({days.path: days})

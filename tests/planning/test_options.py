"""The changes worth trying: what the developer decides on, never measurements, never the past."""

import pytest
from making_plans import EO_PACK, example, examples, planned, read_copy

from conftest import moment
from gonogo.manifests.facts import Fact, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.options import (
    at_release,
    controllable,
    is_past,
    open_rules,
    seen,
    stages_left_out,
    stages_moved,
)
from strategies import at

SAMPLE = example("shortest/release.yaml")


def tried(text: str, as_of: str, profile: str = "standard") -> dict[str, set[str]]:
    """The values that are tried, by path."""
    manifest, copy = read_copy(text, as_of, profile)
    found: dict[str, set[str]] = {}
    for fact in controllable(manifest.facts, open_rules(manifest.facts, copy.frame)):
        found.setdefault(fact.path, set()).add(str(fact.value))
    return found


def test_what_is_tried_for_the_sample() -> None:
    """Access began in the past. What the government determines or notes is not the developer's."""
    paths = set(tried(SAMPLE, "2026-11-23"))
    assert "review.access_ended_at" in paths
    assert paths.isdisjoint(
        {
            *STAGES,
            "review.access_started_at",
            "review.completion_notice_at",
            "coverage.determination",
            "coverage.determined_at",
            "model.training_compute_flop",
            "model.capability.cyber",
        }
    )


@pytest.mark.parametrize("profile", ["standard", "strict"])
def test_only_what_may_be_decided_is_ever_tried(profile: str) -> None:
    for path in examples():
        if "house" in str(path):
            continue
        text = path.read_text("utf-8")
        manifest, copy = read_copy(text, "2026-06-15", profile)
        results = open_rules(manifest.facts, copy.frame)
        if not results:
            continue
        now = seen(manifest.facts, copy.frame)
        for fact in controllable(manifest.facts, results):
            spec = EO_PACK.specs[fact.path]
            assert spec.controllable
            assert not spec.known_from
            assert not is_past(fact, now)
            assert not is_past(manifest.facts.get(fact.path), now)
            assert fact.value != manifest.facts.get(fact.path).value


@pytest.mark.parametrize(
    ("date", "as_of", "expected"),
    [
        ("2026-11-23", "2026-11-23", False),  # judged at its end
        ("2026-11-23", "2026-11-23T12:00:00-05:00", False),
        ("2026-11-22", "2026-11-23", True),
        ("2026-11-23T09:00:00-05:00", "2026-11-23T09:00:00-05:00", False),
        ("2026-11-23T09:00:00-05:00", "2026-11-23T09:00:01-05:00", True),
        ("2026-11", "2026-11-30", False),
        ("2026-11", "2026-12-01", True),
    ],
)
def test_a_date_is_past_when_all_of_it_is(date: str, as_of: str, expected: bool) -> None:
    manifest, copy = read_copy(SAMPLE, as_of)
    fact = Fact("review.access_started_at", at(date), Origin.MANIFEST)
    assert is_past(fact, seen(manifest.facts, copy.frame)) is expected


def test_stages_are_left_out_where_another_remains() -> None:
    two = SAMPLE.replace("public_at", "api_at: 2026-11-20, public_at")
    for text, expected in ((SAMPLE, []), (two, ["release.api_at", "release.public_at"])):
        manifest, copy = read_copy(text, "2026-11-15")
        now = seen(manifest.facts, copy.frame)
        found = list(stages_left_out(manifest.facts, now))
        assert [(fact.path, fact.value) for fact in found] == [(path, None) for path in expected]


def test_a_stage_is_moved_only_to_where_the_verdict_turns() -> None:
    """December 15, when it is GO, and February 22, when the register is too old."""
    manifest, copy = read_copy(SAMPLE, "2026-11-23")
    found = [(fact.path, str(fact.value)) for fact in stages_moved(manifest.facts, copy.frame)]
    assert found == [("release.public_at", "2026-12-15"), ("release.public_at", "2027-02-22")]


def test_judged_as_of_the_release() -> None:
    """The end of November 25 in New York, unless that is past already."""
    manifest, copy = read_copy(SAMPLE, "2026-11-23")
    then = at_release(manifest.facts, copy.frame).as_of
    assert (
        then.start == moment("2026-11-26T04:59:59Z").start
        or then.start == moment("2026-11-26T05:00:00Z").start
    )
    manifest, copy = read_copy(SAMPLE, "2026-11-27")
    assert at_release(manifest.facts, copy.frame) == copy.frame


def test_no_plan_of_a_go_changes_anything() -> None:
    assert planned(SAMPLE.replace("2026-11-15", "2026-10-01")).changes == ()

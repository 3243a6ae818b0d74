"""`check` and `plan` name the same earliest GO, which is that of all rules together.

`check` speaks of a later date than the planned one, since its fixes say "or later"; a GO before the
planned date is only in the windows of `plan`.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from making_plans import EO_PACK, PROFILES, example, examples, planned, read_copy

from conftest import finding, moment
from gonogo.check import check
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.stretches import stretches
from gonogo.reporting.course import Stretch
from gonogo.reporting.report import Report
from gonogo.search.windows import movable, shown

SAMPLE = example("shortest/release.yaml")
# Whoever looks at one rule alone gets June 14 here, 30 days after May 15. The directive of June 12
# is in force until the end of June 30.
UNDER_DIRECTIVE = """\
manifest: gonogo/1
model: {name: Mythos 5, version: "1", developer: anthropic, weights: closed}
coverage: {determination: designated}
review: {access_started_at: 2026-05-15}
release: {trusted_partners_at: 2026-06-13, public_at: 2026-07-05, audience: unverified}
"""
# 30 days after November 15 it is December 15; the determination it promised to await comes later.
PROMISED = SAMPLE.replace("review: {", "review: {await_determination: true, ").replace(
    "review:", "coverage: {determination: designated, determined_at: 2026-12-20}\nreview:"
)

# text, as of, the date worked out by hand
CASES: dict[str, tuple[str, str, str]] = {
    "one rule": (SAMPLE, "2026-11-23", "2026-12-15"),
    "at an hour": (
        SAMPLE.replace("2026-11-25", "2026-11-25T09:00:00-05:00"),
        "2026-11-23",
        "2026-12-15",
    ),
    "the directive ends after the review": (UNDER_DIRECTIVE, "2026-06-10", "2026-07-01"),
    # June 15 and 30 days.
    "the review ends after the directive": (
        UNDER_DIRECTIVE.replace("2026-05-15", "2026-06-15"),
        "2026-06-10",
        "2026-07-15",
    ),
    # Judged on the 24th, the determination of the 20th has happened, and is before the release.
    "a promise is kept after the review": (PROMISED, "2026-12-24", "2026-12-24"),
    # The 30 days were over on October 31: today is the first day that is left.
    "already over": (
        SAMPLE.replace("2026-11-15", "2026-10-01").replace("2026-11-25", "2026-10-15"),
        "2026-11-23",
        "2026-11-23",
    ),
}


def reported(text: str, as_of: str, profile: str = "standard") -> Report:
    manifest, _ = read_copy(text, as_of, profile)
    return check(manifest, (EO_PACK,), PROFILES, profile, moment(as_of))


def first_go(windows: Sequence[Stretch]) -> str | None:
    return next((each.since for each in windows if each.verdict == "GO"), None)


@pytest.mark.parametrize(("text", "as_of", "expected"), CASES.values(), ids=CASES)
def test_both_name_the_day_worked_out_by_hand(text: str, as_of: str, expected: str) -> None:
    report, plan = reported(text, as_of), planned(text, as_of)
    assert report.verdict == "NO-GO"
    assert report.earliest_go == expected
    assert first_go(plan.windows) == expected
    assert plan.earliest_shown == expected
    assert plan.earliest_go.startswith(f"{expected}T00:00:00-")


@pytest.mark.parametrize(
    "name",
    ["one rule", "the directive ends after the review", "the review ends after the directive"],
)
def test_a_fix_names_the_first_go_of_the_windows(name: str) -> None:
    text, as_of, expected = CASES[name]
    fix = str(finding(reported(text, as_of), "review-window-held").fix)
    assert fix.startswith(f"Move the first release to {expected} or later")
    assert first_go(planned(text, as_of).windows) == expected


def test_a_go_before_the_planned_date_is_no_later_date() -> None:
    """June 10 is GO and before the directive; whoever plans June 20 is told of July 1."""
    text = """\
manifest: gonogo/1
model: {name: Fable 5, version: "1", developer: anthropic, weights: closed}
coverage: {determination: not_designated}
release: {public_at: 2026-06-20, audience: unverified}
"""
    plan = planned(text, "2026-06-10")
    assert [each.since for each in plan.windows if each.verdict == "GO"] == [
        "2026-06-10",
        "2026-07-01",
    ]
    assert plan.earliest_shown == "2026-06-10"
    assert reported(text, "2026-06-10").earliest_go == "2026-07-01"


@pytest.mark.parametrize("profile", ["standard", "strict"])
@pytest.mark.parametrize(
    "path",
    [path for path in examples() if "house" not in str(path)],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_the_examples_agree(path: Path, profile: str) -> None:
    """Of any NO-GO: the date is the start of the first GO that begins after the planned date."""
    text = path.read_text("utf-8")
    for as_of in ("2026-06-10", "2026-06-28T15:00:00-04:00", "2026-09-15"):
        report = reported(text, as_of, profile)
        if report.verdict != "NO-GO":
            continue
        manifest, copy = read_copy(text, as_of, profile)
        release = movable(manifest.facts, STAGES, copy.frame)
        assert release is not None
        after = shown(release.planned, release)
        later = [each for each in stretches(manifest.facts, copy.frame) if each.since >= after]
        assert report.earliest_go == first_go(later)

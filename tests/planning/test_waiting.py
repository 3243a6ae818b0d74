"""What to wait for: acts of the government that would do, and that are still possible."""

import pytest
from making_plans import example, planned

SAMPLE = example("shortest/release.yaml")
AWAITS = (
    SAMPLE.replace("2026-11-15", "2026-10-01")
    .replace("review: {", "review: {await_determination: true, ")
    .replace("review:", "coverage: {determination: pending}\nreview:")
)
DETERMINATION, NOTICE = "coverage.determination", "review.completion_notice_at"

# text, as of, what is awaited
CASES: dict[str, tuple[str, str, dict[str, str]]] = {
    # Neither is up to the developer. The notice has to be there before November 25 begins.
    "before the release": (
        SAMPLE,
        "2026-11-23",
        {DETERMINATION: "not_designated", NOTICE: "on 2026-11-24 or before with its evidence"},
    ),
    "to the second": (
        SAMPLE.replace("2026-11-25", "2026-11-25T09:00:00-05:00"),
        "2026-11-23",
        {
            DETERMINATION: "not_designated",
            NOTICE: "at 2026-11-25T09:00:00-05:00 or before with its evidence",
        },
    ),
    # No notice can come before the release any more.
    "after the release": (SAMPLE, "2026-11-26", {DETERMINATION: "not_designated"}),
    # Either answer keeps the promise, if it comes before the release.
    "a promise to wait": (
        AWAITS,
        "2026-11-23",
        {
            DETERMINATION: "designated on 2026-11-24 or before "
            "or not_designated on 2026-11-24 or before"
        },
    ),
    # The manifest says itself that it will be there in time.
    "already announced": (
        AWAITS.replace("pending", "designated, determined_at: 2026-11-24"),
        "2026-11-23",
        {DETERMINATION: "designated, as stated, 2026-11-24"},
    ),
    # What the government has determined already is not waited for.
    "already determined": (
        SAMPLE.replace(
            "review:", "coverage: {determination: designated, determined_at: 2026-11-01}\nreview:"
        ),
        "2026-11-23",
        {NOTICE: "on 2026-11-24 or before with its evidence"},
    ),
    # Nothing that the government does makes a denied agreement a signed one.
    "no act helps": (
        SAMPLE.replace("review:", "participation: {caisi_agreement: {status: declined}}\nreview:"),
        "2026-11-23",
        {},
    ),
    # Searched on November 23 and trusted for 90 days, to February 21; for June 1 from March 3 on.
    "a register that is too old by then": (
        SAMPLE.replace("2026-11-15", "2026-10-01").replace("2026-11-25", "2027-06-01"),
        "2026-11-23",
        {"register.directives.as_of": "searched again on 2027-03-03 or later"},
    ),
    "GO": (SAMPLE.replace("2026-11-15", "2026-10-01"), "2026-11-23", {}),
}


@pytest.mark.parametrize(("text", "as_of", "expected"), CASES.values(), ids=CASES)
def test_worked_out_by_hand(text: str, as_of: str, expected: dict[str, str]) -> None:
    plan = planned(text, as_of)
    assert {each.path: each.what for each in plan.waits} == expected


def test_what_is_awaited_is_never_suggested() -> None:
    """Not among the changes that the developer is told to make."""
    for text, as_of, expected in CASES.values():
        plan = planned(text, as_of)
        suggested = {path for change in plan.changes for path, _ in change.settings}
        assert suggested.isdisjoint({DETERMINATION, NOTICE, "coverage.determined_at", *expected})


@pytest.mark.parametrize(("day", "verdict"), [("2026-11-24", "GO"), ("2026-11-25", "UNDETERMINED")])
def test_the_day_that_is_named_is_the_last_that_will_do(day: str, verdict: str) -> None:
    """As it then stands in the manifest; on the release's own day nobody knows which was first."""
    answered = AWAITS.replace("pending", f"designated, determined_at: {day}")
    assert planned(answered, "2026-11-26").verdict == verdict

"""Windows of a release that a waiver covers, by hand and day by day."""

from datetime import date, timedelta

import pytest
from making_plans import EO_PACK, PROFILES, planned

from gonogo.check import check
from gonogo.diagnostics import Span
from gonogo.packs.policy import Waiver
from gonogo.values.names import Name
from gonogo.values.times import Moment, parse_moment
from strategies import read_for

# Access on November 5: thirty days are over on December 5, which is GO without a waiver.
STORY = """\
manifest: gonogo/1
model: {{name: N-9, version: "1.0", developer: northlight, weights: closed}}
coverage: {{determination: designated, determined_by: nsa_director, determined_at: 2026-08-28}}
participation: {{eo_14409_framework: {{status: signed, signed_on: 2026-08-10}}}}
review: {{access_started_at: 2026-11-05}}
release: {{public_at: {day}, audience: us_persons_verified}}
"""


def day(text: str) -> Moment:
    found = parse_moment(text)
    assert isinstance(found, Moment)
    return found


WAIVER = Waiver(
    "eo-14409/review-window-held",
    "northlight",
    Name("N-9"),
    "1.0",
    "the letter follows",
    "release manager",
    "general counsel",
    "NL-1",
    day("2026-11-26"),
    day("2026-11-30"),
    Span("waivers.yaml", 2, 5),
)
PACK = EO_PACK._replace(waivers=(WAIVER,))


def test_the_days_of_a_waiver_are_a_window_of_their_own() -> None:
    plan = planned(STORY.format(day="2026-11-25"), "2026-11-23", packs=[PACK])

    assert [(w.since, w.until, w.verdict) for w in plan.windows[:4]] == [
        ("2026-11-23", "2026-11-25", "NO-GO"),
        ("2026-11-26", "2026-11-30", "GO"),
        ("2026-12-01", "2026-12-04", "NO-GO"),
        ("2026-12-05", plan.windows[3].until, "GO"),
    ]
    assert plan.earliest_shown == "2026-11-26"


@pytest.mark.parametrize("as_of", ["2026-11-23", "2026-11-30", "2026-12-01"])
def test_day_by_day(as_of: str) -> None:
    """A check of each day agrees with the windows; once it has expired, no day is covered."""
    windows = planned(STORY.format(day="2026-11-25"), as_of, packs=[PACK]).windows
    first = date.fromisoformat(as_of)
    for number in range(20):
        text = (first + timedelta(days=number)).isoformat()
        manifest = read_for(STORY.format(day=text), PACK)
        report = check(manifest, (PACK,), PROFILES, "standard", day(as_of))
        found = [w.verdict for w in windows if w.since <= text and (not w.until or text <= w.until)]
        assert found == [report.verdict], text

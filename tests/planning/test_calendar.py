"""The .ics file, read back with a real iCalendar parser."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from making_plans import example, planned

from gonogo.planning.calendar import calendar
from gonogo.planning.plan import Plan

SAMPLE = example("shortest/release.yaml")
HOSTILE = "N;9,\\n\\r\\nEND:VEVENT\\r\\nBEGIN:VALARM \\u202e x"


def events(plan: Plan) -> list[Any]:
    read = Calendar.from_ical(calendar(plan))
    assert read["version"] == "2.0"
    found: list[Any] = read.walk("VEVENT")
    assert len(found) == len(read.subcomponents)
    return found


def test_one_entry_for_each_thing_of_the_timeline() -> None:
    found = events(planned(SAMPLE))
    assert [(str(each["summary"]), each.decoded("dtstart")) for each in found] == [
        ("N-9 1.0: last day: start of government access", date(2026, 10, 26)),
        ("N-9 1.0: start of government access", date(2026, 11, 15)),
        ("N-9 1.0: last day: completion notice", date(2026, 11, 24)),
        ("N-9 1.0: public release", date(2026, 11, 25)),
    ]
    assert [str(each["status"]) for each in found] == [
        "TENTATIVE",
        "CONFIRMED",
        "TENTATIVE",
        "TENTATIVE",
    ]
    assert "review.access_started_at, by 2026-10-26 (overdue)" in str(found[0]["description"])
    # The end of November 23 in New York.
    stamps = {each.decoded("dtstamp") for each in found}
    assert stamps == {datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2026-12-20", date(2026, 12, 20), None),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),  # an end is not included
        ("2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2027-02", date(2027, 2, 1), date(2027, 3, 1)),
        ("2026-12-20T09:00:00-05:00", datetime(2026, 12, 20, 14, tzinfo=UTC), None),
    ],
)
def test_days_months_and_instants(written: str, start: date, end: date | None) -> None:
    release = events(planned(SAMPLE.replace("2026-11-25", written)))
    found = next(each for each in release if "public release" in each["summary"])
    assert found.decoded("dtstart") == start
    assert (found.decoded("dtend") if "dtend" in found else None) == end


def test_a_later_plan_moves_its_entries() -> None:
    """The same things have the same ids, and no two things share one."""
    first = {str(each["summary"]): str(each["uid"]) for each in events(planned(SAMPLE))}
    later = planned(SAMPLE.replace("2026-11-25", "2026-12-01"), "2026-11-24")
    assert {str(each["summary"]): str(each["uid"]) for each in events(later)} == first
    assert len(set(first.values())) == len(first)
    other = planned(SAMPLE.replace("N-9", "N-8"))
    assert {str(each["uid"]) for each in events(other)}.isdisjoint(first.values())


def test_equal_plans_give_equal_bytes() -> None:
    assert calendar(planned(SAMPLE)) == calendar(planned(SAMPLE))


def test_a_manifest_writes_no_entry_of_its_own() -> None:
    """Text that would end an entry and begin another stays text."""
    plan = planned(SAMPLE.replace("name: N-9", f'name: "{HOSTILE}"'))
    found = events(plan)
    assert len(found) == len(plan.timeline)
    assert all("N;9," in each["summary"] for each in found)
    assert "\u202e" not in calendar(plan).decode()
    assert all(not each.subcomponents for each in found)


def test_without_the_library_the_error_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "icalendar.py").write_text("raise ImportError\n")
    (tmp_path / "release.yaml").write_text(SAMPLE)
    run = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    run += "from gonogo.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", run, "plan", "release.yaml", "--output", "plan.ics"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert "pip install '.[calendar]'" in done.stderr
    assert not (tmp_path / "plan.ics").exists()

"""The timeline as an iCalendar file: one whole-day entry for each thing that is due.

Written by the icalendar library, which is an extra. Equal plans give equal bytes: the time stamp is
that of the as-of time, and an entry's id comes from what it is about.
"""

from datetime import UTC, date, datetime

from icalendar import Calendar, Event

import gonogo
from gonogo.diagnostics import visible
from gonogo.planning.plan import Plan
from gonogo.reporting.course import Due


def calendar(plan: Plan) -> bytes:
    made = Calendar()
    made.add("prodid", f"-//gonogo {gonogo.__version__}//plan//EN")
    made.add("version", "2.0")
    stamp = datetime.fromisoformat(plan.as_of).astimezone(UTC)
    for due in plan.timeline:
        made.add_component(_event(due, plan, stamp))
    return bytes(made.to_ical())


def _day(text: str) -> date:
    """The day of a date or an instant; the first one of a month."""
    return date.fromisoformat(text[:10] if len(text) > len("2026-11") else f"{text}-01")


def _event(due: Due, plan: Plan, stamp: datetime) -> Event:
    subject = plan.subject
    event = Event()
    event.add("uid", f"{due.path}.{due.by[:10]}.{subject.digest!s:.16}@gonogo")
    event.add("dtstamp", stamp)
    event.add("dtstart", _day(due.by))
    event.add("summary", visible(f"{subject.model} {subject.version}: {due.what}"))
    event.add("description", visible(f"{due.path}, by {due.by} ({due.state}). Not legal advice."))
    event.add("status", "CONFIRMED" if due.state == "past" else "TENTATIVE")
    return event

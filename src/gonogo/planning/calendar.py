"""The timeline as an iCalendar file: one entry for each thing that is due.

Written by the icalendar library, which is an extra. Equal plans give equal bytes: the time stamp is
that of the as-of time, and an entry's id comes from the release and what it is about. So a later
plan of the same release moves its entries, instead of adding others beside them.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from gonogo.diagnostics import visible
from gonogo.planning.plan import Plan
from gonogo.reporting.course import Due
from gonogo.values.times import Moment, Precision, parse_moment


def calendar(plan: Plan) -> bytes:
    made = Calendar()
    made.add("prodid", "-//gonogo//plan//EN")
    made.add("version", "2.0")
    stamp = datetime.fromisoformat(plan.as_of).astimezone(UTC)
    for due in plan.timeline:
        made.add_component(_event(due, plan, stamp))
    return bytes(made.to_ical())


def _event(due: Due, plan: Plan, stamp: datetime) -> Event:
    subject = plan.subject
    event = Event()
    about = "\n".join((subject.developer, subject.model, subject.version, due.path, due.what))
    event.add("uid", f"{sha256(about.encode()).hexdigest()[:32]}@gonogo")
    event.add("dtstamp", stamp)
    moment = parse_moment(due.by)
    if isinstance(moment, Moment):
        _place(event, moment)
    event.add("summary", visible(f"{subject.model} {subject.version}: {due.what}"))
    event.add("description", visible(f"{due.path}, by {due.by} ({due.state}). Not legal advice."))
    event.add("status", "CONFIRMED" if due.state == "past" else "TENTATIVE")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def _place(event: Event, moment: Moment) -> None:
    """A whole day, all days of a month, or an instant."""
    match moment.precision:
        case Precision.INSTANT:
            event.add("dtstart", moment.start)
        case Precision.DAY:
            event.add("dtstart", moment.start.date())
        case Precision.MONTH:
            event.add("dtstart", moment.start.date())
            event.add("dtend", _next_month(moment.start.date()))


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)

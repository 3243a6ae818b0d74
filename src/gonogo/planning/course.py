"""The course of a release: what a report shows of its plan."""

from gonogo.engine.assess import Frame, assess
from gonogo.manifests.facts import Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.stretches import stretches
from gonogo.planning.timeline import timeline
from gonogo.reporting.course import Course, Stretch
from gonogo.reporting.disclosure import withheld
from gonogo.reporting.report import Disclosure
from gonogo.search.way_out import nudged
from gonogo.search.windows import movable, shown


def course_of(facts: Facts, frame: Frame, disclosure: Disclosure) -> Course | None:
    """Windows and timeline of a release as it stands, with as much as may be disclosed.

    Where values are hidden, windows have no words of why; and as with the earliest date, what
    moves when a hidden value moves is counted from it and stays out.
    """
    if disclosure is Disclosure.NONE:
        return None
    found = _course(facts, frame)
    seen = withheld(assess(facts, frame.packs, frame.as_of), facts, disclosure)
    hidden = frozenset().union(*(result.situation.hidden for result in seen))
    if not hidden:
        return found
    changed = nudged(facts, hidden, frame.packs[0].zone)
    other = found if changed is facts else _course(changed, frame)
    windows = _dates(found)
    due_dates = [due for due in found.timeline if due.path not in hidden and due in other.timeline]
    same = windows == _dates(other)
    return found._replace(windows=windows if same else (), timeline=tuple(due_dates))


def _course(facts: Facts, frame: Frame) -> Course:
    planned = movable(facts, STAGES, frame)
    return Course(
        shown(planned.planned, planned) if planned else "",
        stretches(facts, frame),
        tuple(timeline(facts, frame)),
    )


def _dates(course: Course) -> tuple[Stretch, ...]:
    return tuple(window._replace(because=()) for window in course.windows)

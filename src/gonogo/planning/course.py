"""The course of a release: what a report shows of its plan."""

from gonogo.engine.assess import Frame, assess
from gonogo.manifests.facts import Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.making import _stretch, _windows
from gonogo.planning.timeline import timeline
from gonogo.reporting.course import Course
from gonogo.search.moving import release_of
from gonogo.search.windows import shown


def course_of(facts: Facts, frame: Frame) -> Course:
    """Windows and timeline of a release as it stands."""
    planned = release_of(facts, STAGES, frame.packs[0].zone)
    situation = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)[0].situation
    found = _windows(planned, frame, situation)
    return Course(
        shown(planned.planned, planned) if planned else "",
        tuple(_stretch(each, planned, frame) for each in found if planned),
        tuple(timeline(facts, frame)),
    )

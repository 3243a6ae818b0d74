"""The plan: everything that any output of `gonogo plan` says, as plain values."""

from typing import NamedTuple

from gonogo.manifests.vocabulary import STAGES
from gonogo.reporting.course import Due, Stretch
from gonogo.reporting.question import Question
from gonogo.reporting.report import Subject

MISSING = "find out and state: "  # how the timeline begins what nobody has stated


class Change(NamedTuple):
    """A smallest set of changes that makes the release GO; each was applied and checked again."""

    settings: tuple[tuple[str, str], ...]  # path to the new value as written; `null` takes it out
    moved_to: str  # where the release as a whole is moved, which is one change; else empty
    first_release: str

    @property
    def decisions(self) -> int:
        """How many things have to be decided anew: moving the whole release is one."""
        stages = sum(path in STAGES for path, _ in self.settings)
        return len(self.settings) - (stages - 1 if self.moved_to else 0)


class Await(NamedTuple):
    """Something that only others can do, and that would make the release GO.

    The government, or whoever keeps the registers: then ``path`` is that of a register.
    """

    path: str
    title: str
    what: str


class Plan(NamedTuple):
    """When the release is GO, and how it gets there."""

    subject: Subject
    verdict: str
    profile: str
    as_of: str
    target: str  # the wanted date, if one was given
    planned: str
    moving: str  # the stages that move by themselves, if not all do; else empty
    is_staged: bool  # do several stages move, as far from each other as planned?
    past: tuple[tuple[str, str], ...]  # the stages dated before the as-of time: path and title
    earliest_go: str  # an instant, or empty
    earliest_shown: str  # the same as a person writes it
    windows: tuple[Stretch, ...]
    changes: tuple[Change, ...]
    waits: tuple[Await, ...]
    questions: tuple[Question, ...]
    timeline: tuple[Due, ...]
    hopeless: str  # why no date and no change makes it GO; empty otherwise

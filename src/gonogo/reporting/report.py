"""The report: everything that any output says, as plain values. Renderers add nothing to it."""

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from gonogo.diagnostics import Problem
from gonogo.manifests.facts import Evidence
from gonogo.packs.policy import PackIdentity, Register
from gonogo.reporting.findings import Finding
from gonogo.values.digest import FileDigest

if TYPE_CHECKING:
    from gonogo.reporting.course import Course
    from gonogo.reporting.question import Question
    from gonogo.reporting.waivers import WaiverShown


class Disclosure(Enum):
    """From least to most."""

    NONE = "none"  # verdicts and outcomes
    REASONS = "reasons"  # also why, with sensitive values withheld
    FULL = "full"


class Headline(NamedTuple):
    """One of the lines a reader sees first."""

    label: str
    value: str
    because: str


class Upcoming(NamedTuple):
    """Something dated after the as-of time. ``counts`` is False for what must first happen."""

    fact: str
    title: str
    at: str
    counts: bool


class Subject(NamedTuple):
    """The release that was checked."""

    path: str
    digest: FileDigest
    model: str
    version: str
    developer: str
    first_release: str
    stages: str
    in_days: int | None
    place: str = ""  # the path from the root of the repository, where that is not the path


class Report(NamedTuple):
    """A verdict with everything behind it. Equal inputs give an equal report."""

    verdict: str
    basis: str | None
    profile: str
    as_of: str
    as_of_given: bool
    disclosure: str  # none, reasons or full
    subject: Subject
    packs: tuple[PackIdentity, ...]  # whose rules or values took part
    registers: tuple[Register, ...]  # whose rows took part
    notices: tuple[str, ...]
    headline: tuple[Headline, ...]
    findings: tuple[Finding, ...]
    questions: "tuple[Question, ...]"
    still_to_happen: tuple[Upcoming, ...]
    earliest_go: str | None
    verdicts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    evidence: tuple[Evidence, ...]
    waivers: "tuple[WaiverShown, ...]"
    warnings: tuple[Problem, ...]
    course: "Course | None" = None  # worked out only for an output that shows it


class Refusal(NamedTuple):
    """An input that could not be read: no verdict, and every problem."""

    path: str
    problems: tuple[Problem, ...]
    place: str = ""  # as of a Subject

"""How the verdict moves with the release: windows of dates, and what must happen by when."""

from typing import NamedTuple


class Stretch(NamedTuple):
    """Dates with one verdict. Both ends are included; ``until`` is empty for an open end.

    An end is a date, or an instant where the verdict changes within a day.
    """

    since: str
    until: str
    verdict: str
    because: tuple[str, ...]  # the rules that stand in the way, with their reasons


class Due(NamedTuple):
    """One thing of the timeline. ``state`` is past, due or overdue."""

    what: str
    by: str
    state: str
    path: str


class Course(NamedTuple):
    """The windows of the first release from the as-of day on, and the timeline."""

    planned: str  # the first release as planned, or empty
    windows: tuple[Stretch, ...]
    timeline: tuple[Due, ...]

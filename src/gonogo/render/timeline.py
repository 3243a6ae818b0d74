"""The timeline as a picture: time runs down, a band beside it shows the verdict of each window.

Only places and words are worked out here; the page draws them.
"""

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from gonogo.reporting.course import Course, Stretch

WIDTH = 400
_CHARACTERS = 42  # of a label, on one line
_LINE = 17
_GAP = 13


class Row(NamedTuple):
    """One date: what it is in words, and where it stands in the picture."""

    date: str
    label: tuple[str, ...]
    state: str  # now, verdict, past, due or overdue
    top: int
    height: int
    verdict: str  # of a release from this date on; empty before the first window


class Picture(NamedTuple):
    """Rows from top to bottom."""

    rows: tuple[Row, ...]
    height: int


def picture(course: Course, as_of: str) -> Picture:
    """The dates of a course in order; those of one day in the order now, verdict, the rest."""
    entries = sorted(_entries(course, as_of), key=lambda entry: (entry[0][:10], entry[1]))
    rows: list[Row] = []
    top = _GAP
    verdict = ""
    for date, rank, state, text, starts in entries:
        del rank
        verdict = starts or verdict
        label = tuple(textwrap.wrap(text, _CHARACTERS)) or ("",)
        height = _LINE * len(label) + _GAP
        rows.append(Row(date, label, state, top, height, verdict))
        top += height
    return Picture(tuple(rows), top)


_Entry = tuple[str, int, str, str, str]


def _entries(course: Course, as_of: str) -> Iterator[_Entry]:
    yield as_of[:10], 0, "now", "as of this day", ""
    for window in course.windows:
        yield window.since, 1, "verdict", _starts(window), window.verdict
    for due in course.timeline:
        yield due.by, 2, due.state, due.what, ""


def _starts(window: Stretch) -> str:
    return f"a first release from here on is {window.verdict}"

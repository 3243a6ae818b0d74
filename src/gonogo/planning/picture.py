"""The windows as a picture of one line, which reads without colour at 80 columns."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gonogo.planning.plan import Plan
from gonogo.reporting.course import Stretch

WIDTH = 64
_MARKS = {"GO": "=", "NO-GO": "X", "UNDETERMINED": "?"}
_AHEAD = timedelta(days=60)  # how much of an open-ended window is drawn
_MOST = timedelta(days=1_100)  # a picture of more than three years shows nothing any more


def picture(plan: Plan) -> str:
    """The verdicts by day, below them the dates that matter, and what the marks mean."""
    if not plan.windows:
        return ""
    planned = plan.target or plan.planned
    first = day_of(plan.windows[0].since)
    last = max(day_of(plan.windows[-1].since), day_of(planned)) + _AHEAD
    scale = _Scale(first, min(last, first + _MOST))
    drawn = [window for window in plan.windows if day_of(window.since) in scale]
    lines = [_bar(drawn, scale), *_below(drawn, scale)]
    if day_of(planned) in scale:
        mark = "^ wanted" if plan.target else "^ planned"
        lines.append(" " * scale.column(day_of(planned)) + mark)
    used = dict.fromkeys(window.verdict for window in drawn)
    lines.append("  ".join(f"{_MARKS[word]} {word}" for word in _MARKS if word in used))
    return "\n".join(lines) + "\n"


def day_of(text: str) -> date:
    """The day of a date or an instant as it is shown."""
    return date.fromisoformat(text[:10])


class _Scale(NamedTuple):
    """The days that are drawn; the last is not."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.last

    def column(self, day: date) -> int:
        return (day - self.first).days * WIDTH // (self.last - self.first).days


def _bar(windows: Sequence[Stretch], scale: _Scale) -> str:
    """Each window from its column to the next one's; short ones last, so that each is seen."""
    starts = [scale.column(day_of(window.since)) for window in windows]
    spans = zip(starts, [*starts[1:], WIDTH], windows, strict=True)
    marks = [""] * WIDTH
    for start, end, window in sorted(spans, key=lambda span: span[0] - span[1]):
        for at in range(start, max(end, start + 1)):
            marks[at] = _MARKS[window.verdict]
    return "".join(marks)


def _below(windows: Sequence[Stretch], scale: _Scale) -> list[str]:
    """Their first days under the bar, on as many lines as it takes for them not to touch."""
    lines: list[str] = []
    for day in dict.fromkeys(day_of(window.since) for window in windows):
        at = scale.column(day)
        for number, line in enumerate(lines):
            if len(line) <= at:
                lines[number] = line.ljust(at) + f"|{day} "
                break
        else:
            lines.append(" " * at + f"|{day} ")
    return [line.rstrip() for line in lines]

"""The windows as a picture of one line, which reads without colour at 80 columns."""

from collections.abc import Sequence
from datetime import date, timedelta

from gonogo.planning.plan import Plan
from gonogo.reporting.course import Stretch

WIDTH = 64
_MARKS = {"GO": "=", "NO-GO": "X", "UNDETERMINED": "?"}
_AHEAD = timedelta(days=60)  # how much of an open-ended window is drawn


def picture(plan: Plan) -> str:
    """Three lines: the verdicts by day, the dates that matter below, and what the marks mean."""
    if not plan.windows:
        return ""
    first = _day(plan.windows[0].since)
    last = max(_day(plan.windows[-1].since) + _AHEAD, _day(plan.planned or plan.windows[0].since))
    bar = "".join(_mark(first + _step(first, last, at), plan.windows) for at in range(WIDTH))
    ticks = [(_day(window.since), window.since[:10]) for window in plan.windows]
    below = _below(ticks, first, last)
    lines = [bar, *below]
    if plan.planned and first <= _day(plan.planned) <= last:
        at = _column(_day(plan.planned), first, last)
        lines.append(" " * at + "^ " + ("wanted" if plan.target else "planned"))
    used = [word for word in _MARKS if any(w.verdict == word for w in plan.windows)]
    lines.append("  ".join(f"{_MARKS[word]} {word}" for word in used))
    return "\n".join(lines) + "\n"


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _step(first: date, last: date, at: int) -> timedelta:
    return timedelta(days=(last - first).days * at // WIDTH)


def _column(day: date, first: date, last: date) -> int:
    days = max(1, (last - first).days)
    return min(WIDTH - 1, (day - first).days * WIDTH // days)


def _mark(day: date, windows: Sequence[Stretch]) -> str:
    verdict = windows[0].verdict
    for window in windows:
        if _day(window.since) <= day:
            verdict = window.verdict
    return _MARKS[verdict]


def _below(ticks: Sequence[tuple[date, str]], first: date, last: date) -> list[str]:
    """The dates under the bar, on as many lines as it takes for them not to touch."""
    lines: list[str] = []
    for day, text in ticks:
        at = _column(day, first, last)
        for number, line in enumerate(lines):
            if len(line) <= at:
                lines[number] = line.ljust(at) + f"|{text} "
                break
        else:
            lines.append(" " * at + f"|{text} ")
    return [line.rstrip() for line in lines]

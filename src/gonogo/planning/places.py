"""Where in a window a release would be put, and how a person writes that down."""

from datetime import datetime, timedelta

from gonogo.engine.judge import Verdict
from gonogo.search.moving import Release
from gonogo.search.windows import Window

_MOST_MOVES = 4


def moves(release: Release | None, found: list[Window], now: datetime) -> list[Release]:
    """The release on the first date of each GO window; if there is none, of every window."""
    if release is None:
        return []
    chosen = [each for each in found if each.verdict is Verdict.GO] or found
    places = [first_place(each, release, now) for each in chosen[:_MOST_MOVES]]
    return [release._replace(facts=release.at(place)) for place in places]


def first_place(window: Window, release: Release, now: datetime) -> datetime:
    """The first position of a window that is not past, at the planned hour if it may be kept."""
    first = max(window.start, now) if release.is_exact else window.start
    for day in (release.day(first), release.day(first) + timedelta(days=1)):
        place = release.at_the_hour(day)
        if place >= first and (window.end is None or place <= window.end):
            return place
    return first if window.end is None or first <= window.end else window.start


def end_shown(end: datetime, release: Release) -> str:
    """The last position of a window: a whole day where it ends with the day."""
    day = release.day(end)
    if release.by_days or end == release.before(release.on(day + timedelta(days=1))):
        return day.isoformat()
    return end.astimezone(release.zone).isoformat(timespec="seconds")

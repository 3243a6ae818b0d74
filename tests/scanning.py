"""A release moved by hand and judged at many times: what the windows are compared with.

It moves the dates as texts and shares no code with what it checks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gonogo.engine.assess import Frame, assess, verdict_of
from gonogo.engine.judge import Verdict, decide
from gonogo.manifests.facts import Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.windows import Window
from gonogo.values.times import Moment, parse_moment

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
NEW_YORK = ZoneInfo("America/New_York")


def stages_of(facts: Facts, names: Sequence[str] = STAGES) -> dict[str, str]:
    """The dated stages as they are written."""
    values = {stage: facts.get(stage).value for stage in names}
    return {stage: value.text for stage, value in values.items() if isinstance(value, Moment)}


def clock(text: str, zone: ZoneInfo) -> datetime:
    """What clocks show when a date, a month or an instant begins."""
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(zone).replace(tzinfo=None)
    return datetime.fromisoformat(text if len(text) > 7 else f"{text}-01")


def begins(stages: Mapping[str, str], zone: ZoneInfo) -> tuple[datetime, bool]:
    """When the first stage begins by the clock, and whether it is a date without an hour."""
    return min((clock(text, zone), "T" not in text) for text in stages.values())


def moved(
    stages: Mapping[str, str], to: datetime | date, zone: ZoneInfo, *, by_days: bool
) -> dict[str, str]:
    """The stages as they are written once the first is on a day, or at an instant."""
    first, _ = begins(stages, zone)
    shown = to.astimezone(zone) if isinstance(to, datetime) else None
    local = shown.replace(tzinfo=None) if shown else datetime.combine(to, time())
    made = {}
    for stage, text in stages.items():
        was = clock(text, zone)
        if "T" not in text:
            made[stage] = (was.date() + (local.date() - first.date())).isoformat()
        elif by_days:
            made[stage] = _placed(was + (local.date() - first.date()), zone, 0)
        else:
            at = was + (local - first)
            fold = shown.fold if shown and at.date() == local.date() else 0
            made[stage] = _placed(at, zone, fold)
    return made


def _placed(local: datetime, zone: ZoneInfo, fold: int) -> str:
    """A time with its offset; one that clocks skip is read with the offset before."""
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone).isoformat()


def with_stages(facts: Facts, stages: Mapping[str, str]) -> Facts:
    placed = []
    for stage, text in stages.items():
        value = parse_moment(text)
        assert isinstance(value, Moment), value
        placed.append(facts.get(stage)._replace(value=value))
    return facts.with_facts(placed)


def days(start: date, count: int) -> Iterator[date]:
    return (start + timedelta(days=number) for number in range(count))


def hours(each: Iterable[date], shown: Iterable[time], zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which clocks show some times, on each of some days."""
    times = list(shown)
    for day in each:
        for at in times:
            for fold in (0, 1):
                yield datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC)


def around(found: Iterable[Window]) -> Iterator[datetime]:
    """Each end of each window, and the seconds next to it."""
    for window in found:
        for end in (window.start, window.end):
            if end is not None:
                yield from (end - SECOND, end, end + SECOND)


def said(found: Sequence[Window], at: datetime) -> Verdict:
    """The verdict of the window that an instant lies in; exactly one may hold it."""
    (verdict,) = [w.verdict for w in found if w.start <= at and (w.end is None or at <= w.end)]
    return verdict


def judged(
    facts: Facts, stages: Mapping[str, str], at: datetime | date, frame: Frame, *, by_days: bool
) -> Verdict:
    """The verdict with the first stage on a day, or at an instant."""
    made = moved(stages, at, frame.packs[0].zone, by_days=by_days)
    return verdict_of(with_stages(facts, made), frame)


def judged_by_all(
    facts: Facts,
    stages: Mapping[str, str],
    at: datetime | date,
    frames: Sequence[Frame],
    *,
    by_days: bool,
) -> list[Verdict]:
    """The same under several profiles that share everything else."""
    made = moved(stages, at, frames[0].packs[0].zone, by_days=by_days)
    results = assess(with_stages(facts, made), frames[0].packs, frames[0].as_of)
    return [decide(results, frame.profile).verdict for frame in frames]

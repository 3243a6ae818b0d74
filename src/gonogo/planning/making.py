"""Making a plan: windows, changes, waits, questions and the timeline of one manifest."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from gonogo.check import subject_of
from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Outcome, RuleResult, Verdict, decide
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Facts, Manifest
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.applying import Copy
from gonogo.planning.changes import changes
from gonogo.planning.plan import Plan, Stretch
from gonogo.planning.timeline import timeline
from gonogo.planning.waiting import waits
from gonogo.reporting.reasons import reason
from gonogo.reporting.report import Question
from gonogo.search.moving import Release
from gonogo.search.questions import overturning, questions
from gonogo.search.windows import Window, movable, shown, today, windows
from gonogo.values.times import Moment, Precision

_MOST_MOVES = 4


class Wish(NamedTuple):
    """What the plan is for: the stages that move (none named: all) and the wanted date."""

    stages: tuple[str, ...]
    target: Moment | None


def make_plan(manifest: Manifest, copy: Copy, profile: str, wish: Wish) -> Plan:
    """The plan of one manifest, under the packs, the profile and the as-of time of ``copy``."""
    frame = copy.frame
    zone = frame.packs[0].zone
    planned = movable(manifest.facts, wish.stages or STAGES, frame)
    facts = manifest.facts
    if wish.target is not None and planned is not None:
        facts = planned.at(_position(wish.target, planned))
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    situation = results[0].situation
    verdict = decide(results, frame.profile).verdict
    found = _windows(planned, frame, situation)
    earliest = next((each for each in found if each.verdict is Verdict.GO), None)
    moves = _moves(planned, found, situation.as_of.low)
    changed = [] if verdict is Verdict.GO else changes(copy, facts, moves)
    return Plan(
        subject=subject_of(manifest, situation),
        verdict=verdict.value,
        profile=profile,
        as_of=situation.as_of.low.astimezone(zone).isoformat(timespec="seconds"),
        target=wish.target.text if wish.target else "",
        planned=shown(planned.planned, planned) if planned else "",
        earliest_go=_instant(earliest.start, planned) if earliest and planned else "",
        earliest_shown=shown(earliest.start, planned) if earliest and planned else "",
        windows=tuple(_stretch(each, planned, frame) for each in found if planned),
        changes=tuple(changed),
        waits=() if verdict is Verdict.GO else tuple(waits(facts, frame)),
        questions=_questions(facts, frame, verdict, results),
        timeline=tuple(timeline(facts, frame)),
        hopeless=_hopeless(verdict, bool(earliest), bool(changed), results),
    )


def _position(target: Moment, release: Release) -> datetime:
    """The position of a wanted date; a bare date keeps the hour that is planned."""
    exact = target.precision is Precision.INSTANT
    day = release.day(target.start) if exact else target.start.date()
    if release.by_days:
        return release.on(day)
    return target.start if exact else release.at_the_hour(day)


def _windows(release: Release | None, frame: Frame, situation: Situation) -> list[Window]:
    """From the as-of day on: nothing can be released before."""
    return list(windows(release, frame, today(release, situation))) if release else []


def _moves(release: Release | None, found: list[Window], now: datetime) -> list[Release]:
    """The release on the first date of each GO window; if there is none, of every window."""
    if release is None:
        return []
    chosen = [each for each in found if each.verdict is Verdict.GO] or found
    places = [_first_place(each, release, now) for each in chosen[:_MOST_MOVES]]
    return [release._replace(facts=release.at(place)) for place in places]


def _first_place(window: Window, release: Release, now: datetime) -> datetime:
    """The first position of a window that is not past, at the planned hour if it may be kept."""
    if release.by_days:
        return window.start
    day = release.day(max(window.start, now))
    for each in (day, day + timedelta(days=1)):
        place = release.at_the_hour(each)
        if place >= max(window.start, now) and (window.end is None or place <= window.end):
            return place
    return window.start


def _stretch(window: Window, release: Release, frame: Frame) -> Stretch:
    end = window.end
    until = _end_shown(end, release) if end is not None else ""
    because = "; ".join(_because([release.at(turn) for turn in window.turns], frame))
    return Stretch(shown(window.start, release), until, window.verdict.value, because)


def _end_shown(end: datetime, release: Release) -> str:
    """The last position of a window: a whole day where it ends with the day."""
    day = release.day(end)
    if release.by_days or end == release.before(release.on(day + timedelta(days=1))):
        return day.isoformat()
    return end.astimezone(release.zone).isoformat(timespec="seconds")


def _because(turns: list[Facts], frame: Frame) -> Iterator[str]:
    """Why: the rules that fail, else those that are open, each as where it first stands so."""
    found: dict[str, str] = {}
    for facts in turns:
        results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
        barring = _barring(results)
        if not barring and decide(results, frame.profile).verdict is not Verdict.GO:
            yield "no rule that blocks is in force"
            return
        for result in barring:
            found.setdefault(result.rule.id, reason(result, ""))
    by_reason: dict[str, list[str]] = {}
    for rule, said in found.items():
        by_reason.setdefault(said, []).append(rule)
    yield from (f"{', '.join(rules)}: {said}" for said, rules in by_reason.items())


def _barring(results: list[RuleResult]) -> list[RuleResult]:
    """The rules that fail; if none does, those that are open."""
    failed = [result for result in results if result.outcome is Outcome.FAIL]
    return failed or [result for result in results if result.outcome is Outcome.UNKNOWN]


def _instant(position: datetime, release: Release) -> str:
    return position.astimezone(release.zone).isoformat(timespec="seconds")


def _questions(
    facts: Facts, frame: Frame, verdict: Verdict, results: list[RuleResult]
) -> tuple[Question, ...]:
    match verdict:
        case Verdict.GO:
            return ()
        case Verdict.UNDETERMINED:
            return questions(facts, frame)
        case Verdict.NO_GO:
            return overturning(facts, frame, results)


def _hopeless(verdict: Verdict, has_date: bool, has_change: bool, results: list[RuleResult]) -> str:
    if verdict is Verdict.GO or has_date or has_change:
        return ""
    reasons = "; ".join(f"{each.rule.id}: {reason(each, '')}" for each in _barring(results))
    return f"no later date and no change that the developer can make gives GO: {reasons}"

"""Making a plan: windows, changes, waits, questions and the timeline of one manifest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from gonogo.check import subject_of
from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Outcome, RuleResult, Verdict, decide
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Facts, Manifest
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.applying import Copy
from gonogo.planning.changes import changes
from gonogo.planning.plan import Plan
from gonogo.planning.timeline import timeline
from gonogo.planning.waiting import waits
from gonogo.reporting.course import Stretch
from gonogo.reporting.reasons import reason
from gonogo.reporting.report import Question
from gonogo.search.moving import Release, release_of, step_after
from gonogo.search.questions import overturning, questions
from gonogo.search.windows import Window, shown, today, windows

_MOST_MOVES = 4


class Wish(NamedTuple):
    """What the plan is for: the stages that move (none named: all) and the wanted local date."""

    stages: tuple[str, ...]
    target: datetime | None
    target_shown: str


def make_plan(manifest: Manifest, copy: Copy, profile: str, wish: Wish) -> Plan:
    """The plan of one manifest, under the packs, the profile and the as-of time of ``copy``."""
    frame = copy.frame
    zone = frame.packs[0].zone
    planned = release_of(manifest.facts, wish.stages or STAGES, zone)
    facts = manifest.facts
    if wish.target is not None and planned is not None:
        facts = planned.at(wish.target)
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    situation = results[0].situation
    verdict = decide(results, frame.profile).verdict
    found = _windows(planned, frame, situation)
    earliest = next((each for each in found if each.verdict is Verdict.GO), None)
    moves = _moves(planned, found)
    changed = [] if verdict is Verdict.GO else changes(copy, facts, moves)
    return Plan(
        subject=subject_of(manifest, situation),
        verdict=verdict.value,
        profile=profile,
        as_of=situation.as_of.low.astimezone(zone).isoformat(timespec="seconds"),
        target=wish.target_shown,
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


def _windows(release: Release | None, frame: Frame, situation: Situation) -> list[Window]:
    """From the as-of day on: nothing can be released before."""
    return list(windows(release, frame, today(situation))) if release else []


def _moves(release: Release | None, found: list[Window]) -> list[Release]:
    """The release on the first date of each GO window; if there is none, of every window."""
    if release is None:
        return []
    chosen = [each for each in found if each.verdict is Verdict.GO] or found
    places = [_at_the_hour(each, release) for each in chosen[:_MOST_MOVES]]
    return [release._replace(facts=release.at(place)) for place in places]


def _at_the_hour(window: Window, release: Release) -> datetime:
    """The first position of a window; at the planned hour, if that hour of that day is in it."""
    planned = datetime.combine(window.start.date(), release.planned.time())
    fits = planned >= window.start and (window.end is None or planned <= window.end)
    return planned if fits else window.start


def _stretch(window: Window, release: Release, frame: Frame) -> Stretch:
    end = window.end
    until = shown(_last_shown(end, release), release) if end is not None else ""
    because = "; ".join(_because(release.at(window.sample), frame))
    return Stretch(shown(window.start, release), until, window.verdict.value, because)


def _last_shown(end: datetime, release: Release) -> datetime:
    """The last position of a window to the second: a whole day where it ends with the day."""
    after = end + step_after(release)
    if release.by_days:
        return end
    midnight = after.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=1) if after == midnight else end.replace(microsecond=0)


def _because(facts: Facts, frame: Frame) -> Iterator[str]:
    """Why: the rules that fail, else those that are open."""
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        named = [result for result in results if result.outcome is outcome]
        if named:
            reasons: dict[str, list[str]] = {}
            for result in named:
                reasons.setdefault(reason(result, ""), []).append(result.rule.id)
            yield from (f"{', '.join(rules)}: {said}" for said, rules in reasons.items())
            return
    if not any(result.outcome is not Outcome.NOT_IN_FORCE for result in results):
        yield "no rule that blocks is in force"


def _instant(position: datetime, release: Release) -> str:
    instant = position.replace(tzinfo=release.zone).astimezone(UTC)
    return instant.astimezone(release.zone).isoformat(timespec="seconds")


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
    wanted = Outcome.FAIL if verdict is Verdict.NO_GO else Outcome.UNKNOWN
    named = [result for result in results if result.outcome is wanted]
    reasons = "; ".join(f"{result.rule.id}: {reason(result, '')}" for result in named)
    return f"no later date and no change that the developer can make gives GO: {reasons}"

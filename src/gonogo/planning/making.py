"""Making a plan: windows, changes, waits, questions and the timeline of one manifest."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from gonogo.check import subject_of
from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import RuleResult, Verdict, decide
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Facts, Manifest
from gonogo.manifests.vocabulary import STAGES
from gonogo.packs.policy import OWN
from gonogo.planning.applying import Copy
from gonogo.planning.changes import Wanted, changes, stage_settings
from gonogo.planning.options import is_past, seen
from gonogo.planning.places import moves
from gonogo.planning.plan import Plan
from gonogo.planning.stretches import NOTHING, as_stretches, barring
from gonogo.planning.timeline import timeline
from gonogo.planning.waiting import searches, waits
from gonogo.reporting.question import Question
from gonogo.reporting.reasons import reason
from gonogo.search.moving import Release
from gonogo.search.questions import overturning, questions
from gonogo.search.windows import movable, shown, today, windows
from gonogo.values.times import Moment, Precision


class Wish(NamedTuple):
    """What the plan is for: the stages that move (none named: all) and the wanted date."""

    stages: tuple[str, ...]
    target: Moment | None


def make_plan(manifest: Manifest, copy: Copy, profile: str, wish: Wish) -> Plan:
    """The plan of one manifest, under the packs, the profile and the as-of time of ``copy``."""
    frame = copy.frame
    facts, now = manifest.facts, seen(manifest.facts, frame)
    planned = movable(facts, wish.stages or STAGES, frame)
    found = list(windows(planned, frame, today(planned, now))) if planned else []
    earliest = next((each.start for each in found if each.verdict is Verdict.GO), None)
    places = moves(planned, found, now.as_of.low)
    wanted = Wanted(facts, planned, False, {}, places)
    if wish.target is not None and planned is not None:
        facts = planned.at(_position(wish.target, planned))
        wanted = Wanted(facts, planned, True, stage_settings(planned, facts), [])
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    verdict = decide(results, frame.profile).verdict
    changed = [] if verdict is Verdict.GO and not wanted.move else changes(copy, wanted)
    others = [*searches(facts, frame), *waits(facts, frame)] if verdict is not Verdict.GO else []
    plan = Plan(
        subject=subject_of(manifest, seen(facts, frame)),
        verdict=verdict.value,
        profile=profile,
        as_of=now.as_of.low.astimezone(now.pack.zone).isoformat(timespec="seconds"),
        target=_target_shown(wish.target, planned) if planned and wish.target else "",
        planned=shown(planned.planned, planned) if planned else "",
        moving=" and ".join(now.pack.specs[stage].title for stage in wish.stages),
        is_staged=planned is not None and len(planned.stages) > 1,
        past=tuple(_past(planned, now)),
        earliest_go=_instant(earliest, planned) if earliest and planned else "",
        earliest_shown=shown(earliest, planned) if earliest and planned else "",
        windows=as_stretches(found, planned, frame) if planned else (),
        changes=tuple(changed),
        waits=tuple(others),
        questions=_questions(facts, frame, verdict, results),
        timeline=tuple(timeline(facts, frame)),
        hopeless="",
    )
    return plan._replace(hopeless=_hopeless(plan, results))


def _past(release: Release | None, now: Situation) -> Iterator[tuple[str, str]]:
    """The stages that are past: to move them says that they have not happened."""
    for stage in release.stages if release else ():
        if release and is_past(release.facts.get(stage), now):
            yield stage, now.pack.specs[stage].title


def _position(target: Moment, release: Release) -> datetime:
    """The position of a wanted date; a bare date keeps the hour that is planned."""
    exact = target.precision is Precision.INSTANT
    day = release.day(target.start) if exact else target.start.date()
    if release.by_days:
        return release.on(day)
    return target.start if exact else release.at_the_hour(day)


def _target_shown(target: Moment, release: Release) -> str:
    """A date as it was typed, an instant by the pack's clock."""
    exact = target.precision is Precision.INSTANT
    return shown(_position(target, release), release) if exact else target.text


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


def _hopeless(plan: Plan, results: list[RuleResult]) -> str:
    """Why no date and no change helps; empty if one does, or if there is no date to move."""
    has_date = any(window.verdict == Verdict.GO.value for window in plan.windows)
    if plan.verdict == Verdict.GO.value or not plan.windows or has_date or plan.changes:
        return ""
    reasons = "; ".join(f"{each.rule.id}: {reason(each, '')}" for each in barring(results))
    reasons = reasons or NOTHING
    if any(each.rule.pack == OWN for each in barring(results)):
        return f"no date gives GO before its evidence is in order: {reasons}"
    return f"no date and no change that the developer can make gives GO: {reasons}"

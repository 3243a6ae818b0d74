"""The windows of a release as a person reads them: dates with one verdict, and why."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Outcome, RuleResult, Verdict, decide
from gonogo.manifests.facts import Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.options import seen
from gonogo.planning.places import end_shown
from gonogo.reporting.course import Stretch
from gonogo.reporting.reasons import reason
from gonogo.search.moving import Release
from gonogo.search.windows import Window, movable, shown, today, windows

NOTHING = "no rule that blocks is in force"


def stretches(facts: Facts, frame: Frame, stages: Sequence[str] = STAGES) -> tuple[Stretch, ...]:
    """Every stretch of dates with one verdict from the as-of day on, the last one open-ended.

    The dates are those of the first of ``stages``; they move together, and others stay where they
    are. There is no stretch if none of them is dated.
    """
    release = movable(facts, stages, frame)
    if release is None:
        return ()
    found = list(windows(release, frame, today(release, seen(facts, frame))))
    return as_stretches(found, release, frame)


def as_stretches(found: Sequence[Window], release: Release, frame: Frame) -> tuple[Stretch, ...]:
    """The windows of a release, in their order."""
    first = next((each.start for each in found if each.verdict is Verdict.GO), None)
    earliest = shown(first, release) if first else ""
    return tuple(_stretch(window, release, frame, earliest) for window in found)


def barring(results: Sequence[RuleResult]) -> list[RuleResult]:
    """The rules that stand in the way of GO: those that fail; if none does, those that are open."""
    failed = [result for result in results if result.outcome is Outcome.FAIL]
    return failed or [result for result in results if result.outcome is Outcome.UNKNOWN]


def _stretch(window: Window, release: Release, frame: Frame, earliest: str) -> Stretch:
    until = end_shown(window.end, release) if window.end is not None else ""
    because = tuple(_because(window, release, frame, earliest))
    return Stretch(shown(window.start, release), until, window.verdict.value, because)


def _because(window: Window, release: Release, frame: Frame, earliest: str) -> Iterator[str]:
    """Why it is not GO: each rule with its reason as it first stands in the way, and from when.

    Of a GO, the rules that are waived: without the waiver it would be none.
    """
    by_reason: dict[tuple[str, str], list[str]] = {}
    last = dict(_standing(window.end or window.turns[-1], release, frame, earliest))
    told: set[str] = set()
    for turn in window.turns:
        for rule, said in _standing(turn, release, frame, earliest):
            if rule in told:
                continue
            told.add(rule)
            when = ""
            if turn > window.start:
                when = f" (from {shown(turn, release)})"
            elif window.end is not None and last.get(rule, said) != said:
                when = f" (on {shown(turn, release)})"  # days are counted, and it has more later
            by_reason.setdefault((when, said), []).append(rule)
    for (when, said), rules in by_reason.items():
        yield ": ".join(filter(None, (", ".join(rules) + when, said)))


def _standing(
    position: datetime, release: Release, frame: Frame, earliest: str
) -> Iterator[tuple[str, str]]:
    """The rules that stand in the way at a position, or are waived there, each with its reason.

    One without a name where no rule that blocks is in force.
    """
    results = assess(release.at(position), frame.packs, frame.as_of, blocking=frame.profile)
    standing = barring(results)
    if not standing and decide(results, frame.profile).verdict is not Verdict.GO:
        yield "", NOTHING
    waived = [result for result in results if result.outcome is Outcome.WAIVED]
    for result in standing or waived:
        yield result.rule.id, reason(result, earliest)

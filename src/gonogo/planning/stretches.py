"""The windows of a release as a person reads them: dates with one verdict, and why."""

from collections.abc import Iterator, Sequence

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
    because = tuple(_because([release.at(turn) for turn in window.turns], frame, earliest))
    return Stretch(shown(window.start, release), until, window.verdict.value, because)


def _because(turns: list[Facts], frame: Frame, earliest: str) -> Iterator[str]:
    """Why it is not GO: each rule with its reason as it first stands in the way.

    Of a GO, the rules that are waived: without the waiver it would be none.
    """
    found: dict[str, str] = {}
    for facts in turns:
        results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
        standing = barring(results)
        if not standing and decide(results, frame.profile).verdict is not Verdict.GO:
            yield NOTHING
            return
        waived = [result for result in results if result.outcome is Outcome.WAIVED]
        for result in standing or waived:
            found.setdefault(result.rule.id, reason(result, earliest))
    by_reason: dict[str, list[str]] = {}
    for rule, said in found.items():
        by_reason.setdefault(said, []).append(rule)
    yield from (f"{', '.join(rules)}: {said}" for said, rules in by_reason.items())

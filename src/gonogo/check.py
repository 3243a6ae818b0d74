"""The pipeline: a manifest, packs, a profile and an as-of time to a report. No I/O, no clock."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from gonogo.diagnostics import Problem
from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Decision, Outcome, RuleResult, Verdict, decide
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Evidence, Manifest, Origin
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.packs.policy import Pack, PackIdentity, Profile, Register
from gonogo.reporting.findings import describe
from gonogo.reporting.headlines import headlines
from gonogo.reporting.report import (
    Disclosure,
    Report,
    Subject,
    Upcoming,
)
from gonogo.values.times import Moment, Period, local_date

if TYPE_CHECKING:
    from gonogo.reporting.question import Question
    from gonogo.reporting.waivers import WaiverShown
    from gonogo.search.way_out import WayOut

WITHHELD_DATE = "a date that is withheld"


class Examined(NamedTuple):
    """Everything that is known of one manifest once it is checked; reports are cut from it."""

    manifest: Manifest
    packs: tuple[Pack, ...]
    profiles: Mapping[str, Profile]
    frame: Frame
    as_of_given: bool
    results: list[RuleResult]
    decision: Decision
    way_out: "WayOut | None"  # of a verdict that is not GO


def check(
    manifest: Manifest,
    packs: Sequence[Pack],
    profiles: Mapping[str, Profile],
    profile: str,
    as_of: Moment,
    *,
    as_of_given: bool = True,
) -> Report:
    """The full report on one manifest. Equal arguments give an equal report."""
    return report_of(examine(manifest, packs, profiles, profile, as_of, as_of_given=as_of_given))


def examine(
    manifest: Manifest,
    packs: Sequence[Pack],
    profiles: Mapping[str, Profile],
    profile: str,
    as_of: Moment,
    *,
    as_of_given: bool = True,
) -> Examined:
    """Judge one manifest. ``packs`` is not empty and holds no pack beside one that extends it."""
    ordered = tuple(sorted(packs, key=lambda pack: pack.id))
    frame = Frame(ordered, profiles[profile], as_of)
    results = assess(manifest.facts, ordered, as_of)
    decision = decide(results, frame.profile)
    found = None
    if decision.verdict is not Verdict.GO:
        from gonogo.search.way_out import way_out  # a GO needs no search

        found = way_out(manifest.facts, frame, decision.verdict, results)
    return Examined(manifest, ordered, profiles, frame, as_of_given, results, decision, found)


def report_of(examined: Examined, disclosure: Disclosure = Disclosure.FULL) -> Report:
    """The report, with as much in it as may be disclosed. The verdict is always the same."""
    manifest, decision = examined.manifest, examined.decision
    results, evidence, warnings, no_coverage = _seen(examined, disclosure)
    situations = tuple({result.situation.pack.id: result.situation for result in results}.values())
    first = situations[0]
    hidden = frozenset().union(*(situation.hidden for situation in situations))
    day, day_said, asked = _told(examined, hidden)
    report = Report(
        verdict=decision.verdict.value,
        basis=decision.basis.value if decision.basis else None,
        profile=examined.frame.profile.name,
        as_of=first.as_of.low.astimezone(first.pack.zone).isoformat(timespec="seconds"),
        as_of_given=examined.as_of_given,
        disclosure=disclosure.value,
        subject=subject_of(manifest, first),
        packs=_packs(examined.packs),
        registers=_registers(examined.packs),
        notices=tuple(dict.fromkeys(pack.notice for pack in examined.packs if pack.notice)),
        headline=headlines(situations, results, day_said, leave_out=no_coverage),
        findings=tuple(
            describe(result, examined.frame.profile, day_said) for result in _sorted(results)
        ),
        questions=asked,
        still_to_happen=_upcoming(manifest, first),
        earliest_go=day or None,
        verdicts=tuple(
            (name, decide(results, p).verdict.value) for name, p in examined.profiles.items()
        ),
        counts=tuple((o.value, sum(r.outcome is o for r in results)) for o in Outcome),
        evidence=evidence,
        waivers=_waivers(results, situations, disclosure),
        warnings=warnings,
    )
    return _outcomes_alone(report) if disclosure is Disclosure.NONE else report


def _seen(
    examined: Examined, disclosure: Disclosure
) -> tuple[list[RuleResult], tuple[Evidence, ...], tuple[Problem, ...], bool]:
    """What may be told: results that know which values are hidden, evidence and warnings; and
    whether nothing at all may be said of coverage.
    """
    facts, warnings = examined.manifest.facts, examined.manifest.warnings
    if disclosure is Disclosure.FULL:
        return examined.results, facts.evidence, warnings, False
    from gonogo.reporting.disclosure import hides_coverage, is_about, withheld

    results = withheld(examined.results, facts, disclosure)
    hidden = frozenset().union(*(result.situation.hidden for result in results))
    evidence = tuple(item for item in facts.evidence if not facts.backs(item, hidden))
    said = tuple(warning for warning in warnings if not is_about(warning, facts, hidden))
    return results, evidence, said, hides_coverage(facts, disclosure)


def _outcomes_alone(report: Report) -> Report:
    """Verdicts and outcomes, and not a word of why."""
    return report._replace(
        subject=report.subject._replace(first_release="", stages="", in_days=None),
        headline=(),
        findings=tuple(finding._replace(silent=True) for finding in report.findings),
        questions=(),
        still_to_happen=(),
        earliest_go=None,
        evidence=(),
        waivers=(),
        warnings=(),
    )


def _told(examined: Examined, hidden: frozenset[str]) -> "tuple[str, str, tuple[Question, ...]]":
    """The earliest GO date, how the pack's sentences put it, and the questions."""
    if examined.way_out is None:
        return "", "", ()
    found = examined.way_out
    if hidden:
        from gonogo.search.way_out import disclosable

        found = disclosable(found, examined.manifest.facts, examined.frame, hidden)
    said = WITHHELD_DATE if found.withheld else found.earliest
    return found.earliest, said, found.questions


def _sorted(results: list[RuleResult]) -> list[RuleResult]:
    """By pack, then in the order of the pack (sorting is stable)."""
    return sorted(results, key=lambda result: result.rule.pack)


def subject_of(manifest: Manifest, situation: Situation) -> Subject:
    """The release as reports name it."""
    first = situation.facts.get(FIRST_RELEASE)
    stages, in_days, text = "", None, ""
    if isinstance(first.value, Period):
        zone = situation.pack.zone
        text = first.value.text
        titles = [
            situation.pack.specs[stage].title
            for stage in STAGES
            if situation.facts.get(stage).value == first.value
        ]
        stages = ", ".join(titles)
        if first.value.high - first.value.low < timedelta(days=2):
            today = local_date(situation.as_of.low, zone)
            in_days = (local_date(first.value.low, zone) - today).days
    return Subject(
        manifest.file,
        manifest.digest,
        manifest.name,
        manifest.version,
        manifest.developer,
        text,
        stages,
        in_days,
    )


def _packs(packs: Sequence[Pack]) -> tuple[PackIdentity, ...]:
    shown = {identity.id: identity for pack in packs for identity in pack.lineage}
    return tuple(shown[id] for id in sorted(shown))


def _registers(packs: Sequence[Pack]) -> tuple[Register, ...]:
    found = {(each.pack, each.name): each for pack in packs for each in pack.registers.values()}
    return tuple(found[key] for key in sorted(found))


def _waivers(
    results: Sequence[RuleResult], situations: Sequence[Situation], disclosure: Disclosure
) -> "tuple[WaiverShown, ...]":
    if not situations[0].pack.waivers:
        return ()
    from gonogo.reporting.waivers import waivers_shown  # most runs have none

    return waivers_shown(results, situations, full=disclosure is Disclosure.FULL)


def _upcoming(manifest: Manifest, situation: Situation) -> tuple[Upcoming, ...]:
    """What the manifest dates after the as-of time, soonest first."""
    found = []
    for fact in manifest.facts.stated.values():
        if not isinstance(fact.value, Moment) or fact.origin is not Origin.MANIFEST:
            continue
        if fact.path in situation.hidden:
            continue
        period = fact.value.period(situation.pack.zone)
        if period.low > situation.as_of.high:
            counts = situation.facts.get(fact.path).value is not None
            title = situation.pack.specs[fact.path].title
            found.append((period.low, Upcoming(fact.path, title, fact.value.text, counts)))
    return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].fact)))

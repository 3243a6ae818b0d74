"""The pipeline: a manifest, packs, a profile and an as-of time to a report. No I/O, no clock."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from gonogo.engine.assess import Frame, assess
from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome, RuleResult, Verdict, decide
from gonogo.engine.situation import Situation, situate
from gonogo.engine.trace import deciding
from gonogo.manifests.facts import Manifest, Origin
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.packs.policy import HeadlineItem, Pack, Profile
from gonogo.reporting.findings import describe
from gonogo.reporting.reasons import Slots, fill, reason
from gonogo.reporting.report import (
    Headline,
    PackShown,
    Question,
    RegisterShown,
    Report,
    Subject,
    Upcoming,
)
from gonogo.reporting.wording import open_words, sentence
from gonogo.search.earliest import earliest_go
from gonogo.search.questions import overturning, questions
from gonogo.values.times import Moment, Period, local_date
from gonogo.values.truth import Truth


def check(
    manifest: Manifest,
    packs: Sequence[Pack],
    profiles: Mapping[str, Profile],
    profile: str,
    as_of: Moment,
    *,
    as_of_given: bool = True,
) -> Report:
    """The report on one manifest. Equal arguments give an equal report.

    ``packs`` is not empty and holds no pack together with one that extends it.
    """
    ordered = tuple(sorted(packs, key=lambda pack: pack.id))
    frame = Frame(ordered, profiles[profile], as_of)
    results = assess(manifest.facts, ordered, as_of)
    situations = tuple(situate(manifest.facts, pack, as_of) for pack in ordered)
    decision = decide(results, frame.profile)
    earliest = None
    if decision.verdict is Verdict.NO_GO:
        earliest = earliest_go(manifest.facts, frame, situations)
    day = earliest.isoformat() if earliest else ""
    asked: tuple[Question, ...] = ()
    if decision.verdict is Verdict.UNDETERMINED:
        asked = questions(manifest.facts, frame)
    elif decision.verdict is Verdict.NO_GO:
        asked = overturning(manifest.facts, frame, results)
    first = situations[0]
    return Report(
        verdict=decision.verdict.value,
        basis=decision.basis.value if decision.basis else None,
        profile=profile,
        as_of=first.as_of.low.astimezone(first.pack.zone).isoformat(timespec="seconds"),
        as_of_given=as_of_given,
        subject=_subject(manifest, first),
        packs=_packs(ordered),
        registers=_registers(ordered),
        notices=tuple(dict.fromkeys(pack.notice for pack in ordered if pack.notice)),
        headline=_headlines(ordered, situations, results, day),
        findings=tuple(describe(result, frame.profile, day) for result in _sorted(results)),
        questions=asked,
        still_to_happen=_upcoming(manifest, first),
        earliest_go=earliest.isoformat() if earliest else None,
        verdicts=tuple((name, decide(results, p).verdict.value) for name, p in profiles.items()),
        counts=tuple((o.value, sum(r.outcome is o for r in results)) for o in Outcome),
        evidence_not_opened=tuple(e.id for e in manifest.facts.evidence if e.sha256),
        warnings=manifest.warnings,
    )


def _sorted(results: list[RuleResult]) -> list[RuleResult]:
    """By pack, then in the order of the pack (sorting is stable)."""
    return sorted(results, key=lambda result: result.rule.pack)


def _subject(manifest: Manifest, situation: Situation) -> Subject:
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
        manifest.sha256,
        manifest.name,
        manifest.version,
        manifest.developer,
        text,
        stages,
        in_days,
    )


def _packs(packs: Sequence[Pack]) -> tuple[PackShown, ...]:
    shown = {identity.id: identity for pack in packs for identity in pack.lineage}
    return tuple(
        PackShown(each.id, each.version, each.title, each.sha256)
        for _, each in sorted(shown.items())
    )


def _registers(packs: Sequence[Pack]) -> tuple[RegisterShown, ...]:
    found = {
        (register.pack, name): RegisterShown(
            register.pack, name, register.title, register.as_of.text
        )
        for pack in packs
        for name, register in pack.registers.items()
    }
    return tuple(found[key] for key in sorted(found))


def _headlines(
    packs: Sequence[Pack],
    situations: Sequence[Situation],
    results: list[RuleResult],
    earliest: str,
) -> tuple[Headline, ...]:
    found = []
    for pack, situation in zip(packs, situations, strict=True):
        own = [result for result in results if result.situation.pack is pack]
        for item in pack.headline:
            named = next((r for r in own if item.rule in (r.rule.id, r.rule.key)), None)
            found.append(_headline(item, situation, named, earliest))
    return tuple(found)


def _headline(
    item: HeadlineItem, situation: Situation, result: RuleResult | None, earliest: str
) -> Headline:
    """The first case that certainly holds, else yes, no or unknown with what decides it."""
    for case in item.cases:
        if evaluate(case.when, situation).truth is Truth.TRUE:
            say = fill(case.say, Slots(situation, result, earliest, brief=True))
            because = fill(case.because or (), Slots(situation, result, earliest))
            return Headline(item.label, say, because)
    if result is not None:
        said = {Outcome.PASS: "yes", Outcome.FAIL: "no"}
        word = said.get(result.outcome, result.outcome.value.replace("_", " "))
        return Headline(item.label, word, reason(result, earliest, most=1))
    if item.holds is None:
        return Headline(item.label, "unknown", "")
    step = evaluate(situation.pack.definitions[item.holds], situation)
    words = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}
    if step.truth is Truth.UNKNOWN:
        return Headline(item.label, "unknown", open_words(deciding(step), situation, most=1))
    return Headline(item.label, words[step.truth], sentence(step, situation))


def _upcoming(manifest: Manifest, situation: Situation) -> tuple[Upcoming, ...]:
    """What the manifest dates after the as-of time, soonest first."""
    found = []
    for fact in manifest.facts.stated.values():
        if not isinstance(fact.value, Moment) or fact.origin is not Origin.MANIFEST:
            continue
        period = fact.value.period(situation.pack.zone)
        if period.low > situation.as_of.high:
            counts = situation.facts.get(fact.path).value is not None
            title = situation.pack.specs[fact.path].title
            found.append((period.low, Upcoming(fact.path, title, fact.value.text, counts)))
    return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].fact)))

"""One rule's result as a finding: words, places, sources and the trace as plain data."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step, deciding, every_leaf
from gonogo.manifests.facts import Fact, Origin, show
from gonogo.packs.language import AnyRow, Slot, SlotKind, Template
from gonogo.packs.policy import OWN, Profile, Source
from gonogo.reporting.gathered import sentences
from gonogo.reporting.reasons import Slots, fill, reason
from gonogo.reporting.wording import WITHHELD, is_hidden, sentence

NO_DATE = "another date (see gonogo plan)"
_OR_LATER = " or later"


class FactShown(NamedTuple):
    """A fact that a finding rests on. ``line`` is 0 where no file states it."""

    path: str
    title: str
    value: str | bool | None
    origin: str
    file: str
    line: int
    column: int


class Finding(NamedTuple):
    """One rule's outcome. What explains it is read from the trace when it is asked for."""

    trace: RuleResult
    effect: str
    outcome: str
    earliest: str  # the earliest GO date of the whole report, or empty
    silent: bool = False  # nothing of why may be disclosed

    @property
    def rule(self) -> str:
        return self.trace.rule.key

    @property
    def title(self) -> str:
        return self.trace.rule.title

    @property
    def rule_class(self) -> str:
        return self.trace.rule.rule_class.value

    @property
    def is_note(self) -> bool:
        return self.trace.rule.require is None

    @property
    def reason(self) -> str:
        if self.silent:
            return ""
        if self._hides_evidence:
            return f"which file it is, is {WITHHELD}"
        return reason(self.trace, self.earliest)

    @property
    def _hides_evidence(self) -> bool:
        """Is it about files, one of which stands behind a fact that may not be shown?"""
        hidden, facts = self.trace.situation.hidden, self.trace.situation.facts
        about_files = self.trace.rule.pack == OWN
        return about_files and any(facts.backs(item, hidden) for item in facts.evidence)

    @property
    def fix(self) -> str:
        """What to do about a failure, in the pack's words. What is unknown has questions instead,
        except where only a file is missing.
        """
        rule = self.trace.rule
        to_do = (Outcome.FAIL, Outcome.UNKNOWN) if rule.pack == OWN else (Outcome.FAIL,)
        if self.silent or self.trace.outcome not in to_do or rule.fix is None:
            return ""
        template = rule.fix if self.earliest else tuple(_undated(rule.fix))
        return fill(template, Slots(self.trace.situation, self.trace, self.earliest))

    @property
    def relies_on(self) -> str:
        """The exception by which a rule passes, and what it passes in spite of; else empty."""
        passed = self.trace.outcome is Outcome.PASS
        if self.silent or not passed or self.trace.require is None:
            return ""
        return "; ".join(_exceptions(self.trace.require, self.trace.situation))

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts without which the rule is unknown."""
        if self.silent or self.trace.outcome is not Outcome.UNKNOWN or self._hides_evidence:
            return ()
        from gonogo.engine.gaps import missing_paths  # a rule that is decided lacks nothing

        return missing_paths(self.trace)

    @property
    def assumed(self) -> tuple[str, ...]:
        return () if self.silent else _assumed(self.trace)

    @property
    def facts(self) -> tuple[FactShown, ...]:
        return () if self.silent or self._hides_evidence else tuple(_facts(self.trace))

    @property
    def cites(self) -> tuple[Source, ...]:
        """The rule's sources, then those of the values that other packs set and that decided."""
        sources = self.trace.situation.pack.sources
        values = () if self.silent else _cites_of_values(self.trace)
        ids = (*self.trace.rule.cites, *values)
        return tuple(sources[id] for id in dict.fromkeys(ids))


def describe(result: RuleResult, profile: Profile, earliest: str) -> Finding:
    """The finding for one result. ``earliest`` is the earliest GO date, or empty."""
    effect = profile.effect_of(result.rule)
    return Finding(result, effect.value, result.outcome.value, earliest)


def _undated(template: Template) -> Iterator[str | Slot]:
    """The advice where no date of the release is enough, without saying "or later" of it."""
    earliest = Slot(SlotKind.EARLIEST)
    for before, part in pairwise(("", *template)):
        if part == earliest:
            yield NO_DATE
        elif before == earliest and isinstance(part, str):
            yield part.removeprefix(_OR_LATER)
        else:
            yield part


def _cites_of_values(result: RuleResult) -> Iterator[str]:
    for leaf in _deciding(result):
        for reading in leaf.parameters:
            if reading.dated is not None and reading.dated.pack != result.rule.pack:
                yield from reading.dated.cites


def _steps(result: RuleResult) -> list[Step]:
    return [step for step in (result.when, result.require) if step is not None]


def _exceptions(require: Step, situation: Situation) -> Iterator[str]:
    from gonogo.engine.exceptions import kept_out, stand_ins  # asked only of what binds

    for holding, first in stand_ins(require):
        said, instead = ("; ".join(sentences(deciding(s), situation)) for s in (holding, first))
        yield f"{said}, although {instead}"
    for leaf in deciding(require):
        if any(kept_out(leaf, situation)):
            yield sentence(leaf, situation)


def _assumed(result: RuleResult) -> tuple[str, ...]:
    """The facts and parameters that stood in for what nobody stated."""
    found: dict[str, None] = {}
    for step in _steps(result):
        for leaf in every_leaf(step):
            for fact in (*leaf.facts, *leaf.defaulted):
                if fact.origin is Origin.ASSUMED or fact in leaf.defaulted:
                    found[fact.path] = None
            if isinstance(leaf.condition, AnyRow):
                for path in leaf.condition.at:
                    if result.situation.facts.get(path).origin is Origin.ASSUMED:
                        found[path] = None
    return tuple(found)


def _facts(result: RuleResult) -> Iterator[FactShown]:
    """The facts behind the leaves that decided, each once."""
    seen: set[str] = set()
    for leaf in _deciding(result):
        for fact in leaf.facts:
            for root in fact.roots():
                if root.path not in seen and not root.path.startswith("row."):
                    seen.add(root.path)
                    yield _shown(root, result.situation)
        for row in leaf.rows:
            for fact in list(row.row.fields.values())[:1]:
                yield _shown(fact, result.situation)


def _deciding(result: RuleResult) -> Iterator[Step]:
    """The leaves that decided; of a failed or open rule also those that brought it into scope."""
    if result.outcome is Outcome.NOT_APPLICABLE and result.when:
        yield from deciding(result.when)
    elif result.require is not None:
        yield from deciding(result.require)
        if Outcome.UNKNOWN in (result.outcome, result.beneath) and result.when:
            yield from deciding(result.when)
    elif result.when is not None:
        yield from deciding(result.when)


def _shown(fact: Fact, situation: Situation) -> FactShown:
    spec = situation.pack.specs.get(fact.path)
    span = fact.span
    value: str | bool | None = None
    if is_hidden([fact], situation):
        value = WITHHELD
    elif fact.value is not None:
        value = fact.value if isinstance(fact.value, bool) else show(fact.value)
    return FactShown(
        fact.path,
        spec.title if spec else fact.path,
        value,
        fact.origin.value,
        span.file if span else "",
        span.line if span else 0,
        span.column if span else 0,
    )

"""Facts of which some are still to be chosen: what a search over manifests moves in.

A fact that is open may become any value or stay unstated. An act of the government is only chosen
on dates up to the as-of time: after it, it would count as not stated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.crosscheck import ORDERED
from gonogo.manifests.facts import (
    Cause,
    Evidence,
    EvidenceState,
    Fact,
    Facts,
    FactSpec,
    Origin,
    Value,
    unknown,
)
from gonogo.manifests.vocabulary import AS_OF, FIRST_RELEASE
from gonogo.packs.policy import EarliestOf, FilledFrom, Pack, RowOf
from gonogo.values.names import Name, normal_name
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

Choices = Mapping[str, Fact]  # the facts chosen so far, by path; ABSENT ones included

WITNESS = "witness"
PLAIN: Mapping[str, tuple[Value, ...]] = {  # each with another, where the first is taken
    "model.name": (Name("N-9"),),
    "model.version": ("1.0",),
    "model.developer": ("northlight", "somebody-else", "nobody-known"),
    "model.weights": ("closed",),
}
PROOF = Evidence(WITNESS, "other", WITNESS, "0" * 64, (), Span(WITNESS), EvidenceState.VERIFIED)


class Ground(NamedTuple):
    """What a search stands on: packs, the paths a manifest can state under them, a time."""

    packs: tuple[Pack, ...]
    paths: tuple[str, ...]
    sections: tuple[str, ...]  # filled from a register where nothing in them is stated
    as_of: Moment


def ground(packs: Sequence[Pack], as_of: Moment) -> Ground:
    paths = dict.fromkeys(path for pack in packs for path in _statable(pack))
    derived = [each for pack in packs for each in pack.derived]
    sections = dict.fromkeys(each.path for each in derived if isinstance(each, FilledFrom))
    return Ground(tuple(packs), tuple(paths), tuple(sections), as_of)


def _statable(pack: Pack) -> Iterator[str]:
    computed = {derived.path for derived in pack.derived if isinstance(derived, EarliestOf)}
    records = {derived.path for derived in pack.derived if isinstance(derived, RowOf)}
    for path in pack.specs:
        section = path.rpartition(".")[0]
        if path in (AS_OF, FIRST_RELEASE) or path in computed or section in records:
            continue
        if not path.startswith(("register.", "row.")):
            yield path


def silence(spec: FactSpec) -> Fact | None:
    """How a manifest leaves a fact open: without its key, or saying so where the key must be."""
    if not spec.may_be_unknown:
        return None
    return unknown(spec.path, Cause.ABSENT if spec.may_be_empty else Cause.SAID)


def facts_of(choices: Choices, on: Ground) -> Facts:
    """All facts: those chosen as they are, the others open."""
    stated = {path: choices.get(path) or unknown(path, Cause.OPEN) for path in on.paths}
    for section in on.sections:
        inside = [path for path in on.paths if path.startswith(f"{section}.")]
        still_open = tuple(stated[path] for path in inside if stated[path].cause is Cause.OPEN)
        if still_open and all(stated[path].value is None for path in inside):
            # Whether a register fills the section is open, and so is all of it.
            for path in inside:
                if stated[path] not in still_open:
                    stated[path] = unknown(path, Cause.OPEN)._replace(via=still_open)
    said = [path for path, fact in stated.items() if fact.cause is not Cause.ABSENT]
    return Facts(stated, _sections(said), (PROOF,))


def _sections(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path.rpartition(".")[0] for path in paths)


def situations_of(choices: Choices, on: Ground) -> tuple[Situation, ...]:
    facts = facts_of(choices, on)
    return tuple(situate(facts, pack, on.as_of) for pack in on.packs)


def clash(choices: Choices, on: Ground) -> frozenset[str]:
    """Two chosen dates of which no manifest may state both: the second is before the first."""
    for pair in ORDERED:
        dates = [choices[path].value for path in pair if path in choices]
        moments = [date for date in dates if isinstance(date, Moment)]
        for pack in on.packs if len(moments) == len(pair) else ():
            start, end = (moment.period(pack.zone) for moment in moments)
            if end.before(start) is Truth.TRUE:
                return frozenset(pair)
    return frozenset()


def is_alias(path: str, word: str, packs: Iterable[Pack]) -> bool:
    """Is a developer known to a register under another id? Then no manifest may say it so."""
    return path == "model.developer" and any(
        pack.developers().get(normal_name(word), word) != word for pack in packs
    )


def chosen(facts: Facts, on: Ground) -> Choices:
    """Facts as choices: everything is chosen, and what is not stated is chosen to be absent."""
    found = {}
    for path in on.paths:
        fact = facts.get(path)
        proved = any(item.state is EvidenceState.VERIFIED for item in facts.evidence_for(path))
        found[path] = fact._replace(evidence=(WITNESS,) if proved else ())
    return found


def least_fact(path: str, on: Ground) -> Fact:
    """The least that a manifest can say of a fact: nothing, or what any may say."""
    if path in PLAIN:
        value = next(each for each in PLAIN[path] if not is_alias(path, str(each), on.packs))
        return Fact(path, value, Origin.MANIFEST)
    quiet = silence(next(pack.specs[path] for pack in on.packs if path in pack.specs))
    return quiet or unknown(path, Cause.ABSENT)


def finished(choices: Choices, on: Ground) -> Facts:
    """The facts of a manifest, with the least of what is still open."""
    facts = [choices.get(path) or least_fact(path, on) for path in on.paths]
    stated = {fact.path: fact for fact in facts if fact.cause is not Cause.ABSENT}
    evidence = (PROOF,) if any(fact.evidence for fact in stated.values()) else ()
    return Facts(stated, _sections(stated), evidence)

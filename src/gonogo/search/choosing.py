"""Facts of which some are still to be chosen: what a search over manifests moves in.

A fact that is open may become any value or stay unstated. Conditions treat it as unknown in every
respect, so what is decided while facts are open stays decided whatever is chosen for them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.situation import Situation, situate
from gonogo.engine.trace import Step, every_step
from gonogo.manifests.facts import Cause, Evidence, EvidenceState, Fact, Facts, unknown
from gonogo.manifests.vocabulary import AS_OF, FIRST_RELEASE
from gonogo.packs.policy import EarliestOf, FilledFrom, Pack, RowOf
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

Choices = Mapping[str, Fact]  # the facts chosen so far, by path; ABSENT ones included

WITNESS = "witness"
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


def absent(path: str) -> Fact:
    return unknown(path, Cause.ABSENT)


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


def open_paths(step: Step, situation: Situation) -> Iterator[str]:
    """The open facts that may still change a step's answer, those of undecided leaves only."""
    for inner in every_step(step):
        if inner.truth is not Truth.UNKNOWN:
            continue
        for row in inner.rows:
            yield from open_paths(row.where, situation)
        if any(reading.value is None for reading in inner.parameters):
            yield from open_dates(situation)
        for fact in inner.facts:
            for root in fact.roots():
                if root.cause is Cause.OPEN:
                    yield root.path


def open_dates(situation: Situation) -> Iterator[str]:
    """The open facts on which the governing date hangs."""
    for root in situation.facts.get(situation.pack.governing).roots():
        if root.cause is Cause.OPEN:
            yield root.path


def chosen(facts: Facts, on: Ground) -> Choices:
    """Facts as choices: everything is chosen, and what is not stated is chosen to be absent."""
    found = {}
    for path in on.paths:
        fact = facts.get(path)
        proved = any(item.state is EvidenceState.VERIFIED for item in facts.evidence_for(path))
        found[path] = fact._replace(evidence=(WITNESS,) if proved else ())
    return found


def finished(choices: Choices, on: Ground) -> Facts:
    """The facts with everything that is open left unstated."""
    stated = {path: fact for path, fact in choices.items() if fact.cause is not Cause.ABSENT}
    evidence = (PROOF,) if any(fact.evidence for fact in stated.values()) else ()
    return Facts(stated, _sections(stated), evidence)

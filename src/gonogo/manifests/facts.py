"""Facts: typed values at dotted paths, each with where it came from, or why it is not known."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from gonogo.diagnostics import Problem, Span
from gonogo.values.amounts import Amount
from gonogo.values.digest import FileDigest
from gonogo.values.names import Name
from gonogo.values.times import Moment, Period

# Everything that a fact or a parameter can be.
Value = str | bool | Amount | Period | Moment | Name | tuple[str, ...]


class Kind(Enum):
    """What a fact's values are."""

    TEXT = "text"
    ID = "id"
    NAME = "name"
    CHOICE = "choice"
    LEVEL = "level"
    FLAG = "flag"
    AMOUNT = "amount"
    DAYS = "days"
    MOMENT = "moment"
    LIST = "list"


class Origin(Enum):
    """Who says so."""

    MANIFEST = "manifest"
    ASSUMED = "assumed"
    REGISTER = "register"
    COMPUTED = "computed"


class Cause(Enum):
    """Why a fact has no value. Each asks for something else of the reader."""

    ABSENT = "is not stated"
    NULL = "is left empty"
    SAID = "is stated as unknown"
    NOT_YET = "is dated after the as-of time, so it has not happened"
    NO_ROW = "has no row in the register"
    COMPUTED = "cannot be computed"
    OPEN = "is still to be chosen"  # only in a search: it may yet be stated, or not


class FactSpec(NamedTuple):
    """What the vocabulary says of one fact."""

    path: str
    kind: Kind
    title: str
    ask: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    controllable: bool = False
    known_from: str = ""
    sensitive: bool = False
    may_be_unknown: bool = True
    may_be_empty: bool = True
    assumed: str | bool | tuple[str, ...] | None = None
    positive: bool = False  # an amount that cannot be 0; none can be less


def show(value: Value | None, spec: FactSpec | None = None) -> str:
    """A value as a person would write it, with its unit."""
    match value:
        case None:
            return "unknown"
        case bool():
            return "true" if value else "false"
        case Amount():
            unit = spec.unit if spec else ""
            if unit.islower() and str(value) != "1":
                unit += "s"
            return f"{value} {unit}".rstrip()
        case Period() | Moment() | Name() | str():
            return str(value)
        case tuple():  # after the values that are named tuples themselves
            return ", ".join(map(str, value)) or "none"


class Fact(NamedTuple):
    """One fact as known. ``value`` is None exactly when ``cause`` says why.

    ``via`` are the facts a computed one was read from and ``earliest_of`` those it is the earliest
    of; ``filled`` marks a value that a register supplied because the manifest is silent.
    """

    path: str
    value: Value | None
    origin: Origin
    span: Span | None = None
    cause: Cause | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()
    via: tuple["Fact", ...] = ()
    earliest_of: tuple["Fact", ...] = ()
    filled: bool = False

    @property
    def is_silent(self) -> bool:
        """Nobody says anything: no key, or an empty one, or an act that has not happened yet."""
        return self.cause in (Cause.ABSENT, Cause.NULL, Cause.NOT_YET)

    def roots(self) -> Iterator["Fact"]:
        """The facts this one rests on: itself, unless it was computed from others."""
        if not self.via:
            yield self
        for part in self.via:
            yield from part.roots()


def unknown(path: str, cause: Cause, span: Span | None = None, note: str = "") -> Fact:
    return Fact(path, None, Origin.MANIFEST, span, cause, note)


class EvidenceState(Enum):
    """What is known of the file of an item of evidence."""

    DECLARED = "declared"  # nobody looked: the item names no file, or no digest to compare with
    VERIFIED = "verified"  # the file has the digest that the manifest states
    MISMATCH = "mismatch"  # the file has another
    MISSING = "missing"  # there is no such file, or it may not be read


class Evidence(NamedTuple):
    """A document that the manifest names as support for facts.

    ``found`` is the digest of a file that does not match, or why a file is missing.
    """

    id: str
    kind: str
    path: str | None
    sha256: str | None
    supports: tuple[str, ...]
    span: Span
    state: EvidenceState = EvidenceState.DECLARED
    found: str = ""

    @property
    def is_in_doubt(self) -> bool:
        """Was it looked for, and the file that was meant not found?"""
        return self.state in (EvidenceState.MISMATCH, EvidenceState.MISSING)


class Facts(NamedTuple):
    """All that is stated, by path. What is not here is unknown because it is absent."""

    stated: Mapping[str, Fact]
    mentioned: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()

    def get(self, path: str) -> Fact:
        return self.stated.get(path) or unknown(path, Cause.ABSENT)

    def with_facts(self, facts: Iterable[Fact]) -> "Facts":
        """A copy in which the given facts replace or join the others."""
        added = {fact.path: fact for fact in facts}
        sections = {path.rpartition(".")[0] for path in added}
        return Facts({**self.stated, **added}, self.mentioned | sections, self.evidence)

    def as_if_verified(self) -> "Facts":
        """A copy in which every file has the digest that is stated: for what is only imagined."""
        return self._replace(
            evidence=tuple(
                item._replace(state=EvidenceState.VERIFIED) if item.sha256 else item
                for item in self.evidence
            )
        )

    def backs(self, item: Evidence, paths: Iterable[str]) -> bool:
        """Does evidence stand behind one of these facts?"""
        return any(item.id in self.get(path).evidence or path in item.supports for path in paths)

    def evidence_for(self, path: str) -> tuple[Evidence, ...]:
        """The items that support a fact, named by the fact or naming it."""
        named = self.get(path).evidence
        return tuple(e for e in self.evidence if e.id in named or path in e.supports)


class Manifest(NamedTuple):
    """One readable manifest: who and what, the facts, and what looked odd."""

    file: str
    digest: FileDigest
    name: str
    version: str
    developer: str
    facts: Facts
    warnings: tuple[Problem, ...] = ()

"""What a pack is once read: types only, every name in them known."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum, StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.diagnostics import Span
from gonogo.manifests.facts import Fact, FactSpec, Value
from gonogo.packs.language import All, Condition, Operand, Template, leaves
from gonogo.values.digest import FolderDigest
from gonogo.values.names import Name, normal_name
from gonogo.values.times import Moment

OWN = "gonogo"  # the pack of rules that no pack writes, and so the id of none
ANY = "any"  # in a register row: every developer
EXPIRY = "register_expires_days"  # the parameter: how long a complete register is trusted


class Standing(StrEnum):
    """How good a source is."""

    PRIMARY = "primary"
    REPORTED = "reported"
    NEWS = "news"
    HOUSE = "house"


class RuleClass(Enum):
    """The legal force of a rule, strongest first."""

    BINDING = "binding"
    COMMITMENT = "commitment"
    HOUSE = "house"
    FRAMEWORK = "framework"
    REFERENCE = "reference"


class Effect(Enum):
    """What a profile makes of a class."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Profile(NamedTuple):
    """A named choice of effects, one for each class."""

    name: str
    effects: Mapping[RuleClass, Effect]

    def effect_of(self, rule: "Rule") -> Effect:
        """Of the class of a rule; what gonogo itself asks for blocks under every profile."""
        return Effect.BLOCK if rule.pack == OWN else self.effects[rule.rule_class]


class Source(NamedTuple):
    """Where a rule or a number comes from. ``retrieved`` is the day somebody last read it."""

    id: str
    title: str
    url: str
    retrieved: str
    standing: Standing
    span: Span


class DatedValue(NamedTuple):
    """A parameter's value from an instant on. ``value`` is None where it is unknown or ended."""

    start: datetime
    day: str
    value: Value | None
    ended: bool
    why: str
    note: str
    cites: tuple[str, ...]
    pack: str
    span: Span


class Parameter(NamedTuple):
    """A number or choice that changes by date; ``values`` are sorted by their start."""

    name: str
    spec: FactSpec
    values: tuple[DatedValue, ...]
    pack: str


class Row(NamedTuple):
    """A dated row of a register: in force from ``start`` to ``until``, both included."""

    fields: Mapping[str, Fact]
    start: datetime
    until: datetime
    source: str
    span: Span


class Register(NamedTuple):
    """Dated rows kept by policy staff. ``as_of`` is the day it was last searched."""

    name: str
    title: str
    as_of: Moment
    complete: bool
    fields: Mapping[str, FactSpec]
    rows: tuple[Row, ...]
    also_called: Mapping[str, tuple[str, ...]]  # developer's id to names people use
    pack: str
    span: Span


class EarliestOf(NamedTuple):
    """The earliest of those facts that are stated."""

    path: str
    parts: tuple[str, ...]


class RowOf(NamedTuple):
    """The fields of the register row in force that matches, as facts below ``path``."""

    path: str
    register: str
    match: Mapping[str, Operand]


class FilledFrom(NamedTuple):
    """A section of the manifest that takes its facts from another when it is not mentioned."""

    path: str
    source: str


Derived = EarliestOf | RowOf | FilledFrom


class Rule(NamedTuple):
    """One rule. ``require`` is None for a note, which only a reference rule may be."""

    id: str
    pack: str
    title: str
    rule_class: RuleClass
    start: datetime | None
    until: datetime | None
    start_day: str
    until_day: str
    force_at: tuple[str, ...]  # dates that bring it into force, beside the governing one
    cites: tuple[str, ...]
    when: All
    require: All | None
    reason: Template | None
    fix: Template | None
    span: Span

    @property
    def key(self) -> str:
        """The id that reports use: pack and rule."""
        return f"{self.pack}/{self.id}"


class Waiver(NamedTuple):
    """The house's written consent to release in spite of one rule, for one release and some days.

    ``start`` and ``until`` are days in the zone of the pack, both included.
    """

    rule: str  # its key
    developer: str
    model: Name
    version: str
    reason: str
    requested_by: str
    approved_by: str
    ticket: str
    start: Moment
    until: Moment
    span: Span


class Case(NamedTuple):
    """What a headline says when a condition holds."""

    when: All
    say: Template
    because: Template | None


class HeadlineItem(NamedTuple):
    """One of the lines a reader sees first: a definition or a rule, and words for its states."""

    label: str
    holds: str | None
    rule: str | None
    cases: tuple[Case, ...]


class PackIdentity(NamedTuple):
    """What a report says of a pack."""

    id: str
    version: str
    title: str
    digest: FolderDigest
    reviewed_on: str


class Pack(NamedTuple):
    """A whole pack; a house pack already holds what it inherits."""

    identity: PackIdentity
    lineage: tuple[PackIdentity, ...]  # this pack and the packs it extends, oldest first
    default: bool
    zone: ZoneInfo
    governing: str
    notice: str
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    registers: Mapping[str, Register]
    derived: tuple[Derived, ...]
    definitions: Mapping[str, All]
    rules: tuple[Rule, ...]
    headline: tuple[HeadlineItem, ...]
    specs: Mapping[str, FactSpec]  # facts of the manifest's vocabulary and of this pack's own
    most_waiver_days: int | None = None  # None: nothing in this pack may be waived
    waivers: tuple[Waiver, ...] = ()  # those of the run, also for other packs and releases

    @property
    def id(self) -> str:
        return self.identity.id

    def developers(self) -> dict[str, str]:
        """Names that people use for developers, reduced by normal_name, to the registers' ids."""
        found: dict[str, str] = {}
        for register in self.registers.values():
            for id, names in register.also_called.items():
                found.update({normal_name(name): id for name in (id, *names)})
        return found


def all_leaves(pack: Pack) -> Iterator[Condition]:
    """The leaves of every definition, then of every rule."""
    for definition in pack.definitions.values():
        yield from leaves(definition)
    for rule in pack.rules:
        for part in (rule.when, rule.require):
            if part is not None:
                yield from leaves(part)

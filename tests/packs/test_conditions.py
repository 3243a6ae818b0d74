"""Conditions read from YAML: what each form means, and which operator fits which kind of fact."""

from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from gonogo.manifests.facts import FactSpec, Kind
from gonogo.packs.conditions import read_conditions
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    Literal,
    NoneOf,
    Op,
    ParameterRef,
    Stated,
)
from gonogo.packs.operands import Names
from gonogo.packs.policy import Pack
from gonogo.packs.reading import Reading
from gonogo.trees.reader import read_tree
from gonogo.values.amounts import exact
from gonogo.values.times import DayCount, Moment

Read = Callable[[str], tuple[All, list[str]]]


@pytest.fixture
def read(eo_pack: Pack) -> Read:
    """Conditions with the names of the EO pack, and the messages about them."""
    amount = FactSpec("extra.hours", Kind.AMOUNT, "hours", unit="hour")
    specs = {**eo_pack.specs, "extra.hours": amount}
    names = Names(specs, eo_pack.parameters, eo_pack.registers, frozenset({"covered"}))

    def reader(text: str) -> tuple[All, list[str]]:
        reading = Reading(ZoneInfo("America/New_York"))
        found = read_conditions(read_tree(text.encode(), "rules.yaml"), names, reading)
        return found, [problem.message for problem in reading.problems]

    return reader


def only(found: tuple[All, list[str]]) -> Condition:
    conditions, messages = found
    assert messages == []
    assert len(conditions.parts) == 1
    return conditions.parts[0]


CLOSED = "{fact: model.weights, equals: closed}"
BIG = "{fact: model.training_compute_flop, at_least: 1e26}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"all: [{CLOSED}, {BIG}]", All),
        (f"any: [{CLOSED}, {BIG}]", AnyOf),
        (f"not: [{CLOSED}, {BIG}]", NoneOf),
        (f"[[{CLOSED}, {BIG}]]", All),
    ],
)
def test_joins_keep_their_parts(text: str, kind: type[All], read: Read) -> None:
    """`all`, `any`, `not` and a list inside a list, each with both parts in order."""
    joined = only(read(text))
    assert isinstance(joined, kind)
    facts = [part.subject for part in joined.parts if isinstance(part, Compare)]
    assert facts == [FactRef("model.weights"), FactRef("model.training_compute_flop")]


def test_a_plain_list_means_all(read: Read) -> None:
    """No word is needed for `all`; one condition may stand without a list."""
    listed, messages = read(f"[{CLOSED}, {BIG}]")
    assert (len(listed.parts), messages) == (2, [])
    single, messages = read(CLOSED)
    assert (len(single.parts), messages) == (1, [])


def test_leaves_that_are_not_comparisons(read: Read) -> None:
    """holds, stated (both ways) and evidenced."""
    held = only(read("holds: covered"))
    assert isinstance(held, Holds)
    assert held.name == "covered"
    for word, expected in (("true", True), ("false", False)):
        stated = only(read(f"[{{fact: release.weights_at, stated: {word}}}]"))
        assert isinstance(stated, Stated)
        assert (stated.path, stated.expected) == ("release.weights_at", expected)
    evidenced = only(read("evidenced: review.agreed_days"))
    assert isinstance(evidenced, Evidenced)
    assert evidenced.path == "review.agreed_days"


@pytest.mark.parametrize(
    ("text", "operand"),
    [
        ("{fact: model.training_compute_flop, below: 1e26}", Literal(exact(Decimal(10**26)))),
        ('{fact: model.training_compute_flop, below: "1e26"}', Literal(exact(Decimal(10**26)))),
        ("{fact: review.agreed_days, below: 30}", Literal(exact(Decimal(30)))),
        ("{fact: model.capability.cyber, below: high}", Literal("high")),
        ("{fact: review.await_determination, equals: true}", Literal(True)),
        ("{fact: release.exemptions, overlaps: [a, b]}", Literal(("a", "b"))),
        ("{fact: release.exemptions, contains: a}", Literal("a")),
        (
            "{fact: model.training_compute_flop, below: $screening_compute_flop}",
            ParameterRef("screening_compute_flop"),
        ),
        (
            "{fact: release.api_at, before: {fact: release.first_at}}",
            FactRef("release.first_at"),
        ),
        (
            "{days_from: review.access_started_at, to: release.first_at, at_least: "
            "{fact: review.agreed_days, if_not_stated: $assumed_review_days}}",
            FactRef("review.agreed_days", "assumed_review_days"),
        ),
    ],
)
def test_operands(text: str, operand: object, read: Read) -> None:
    """A literal of the subject's kind (exact, never a float), a parameter, or another fact."""
    leaf = only(read(text))
    assert isinstance(leaf, Compare)
    assert [(type(each), each) for each in leaf.operands] == [(type(operand), operand)]


def test_a_date_operand(read: Read) -> None:
    """A bare date is that day, to be placed in the pack's zone."""
    leaf = only(read("{fact: release.api_at, not_before: 2026-06-02}"))
    assert isinstance(leaf, Compare)
    operand = leaf.operands[0]
    assert isinstance(operand, Literal)
    assert isinstance(operand.value, Moment)
    assert operand.value.text == "2026-06-02"


def test_one_of_keeps_every_choice(read: Read) -> None:
    """Each of the list is an operand."""
    leaf = only(read("{fact: coverage.determination, one_of: [designated, not_designated]}"))
    assert isinstance(leaf, Compare)
    assert leaf.operands == (Literal("designated"), Literal("not_designated"))


@pytest.mark.parametrize("count", ["calendar", "elapsed", "full_days"])
def test_day_counts(count: str, read: Read) -> None:
    """The three methods by name; calendar where none is named."""
    ends = "days_from: review.access_started_at, to: release.first_at"
    leaf = only(read(f"{{{ends}, count: {count}, at_least: 30}}"))
    plain = only(read(f"{{{ends}, at_least: 30}}"))
    assert isinstance(leaf, Compare)
    assert isinstance(plain, Compare)
    paths = ("review.access_started_at", "release.first_at")
    assert leaf.subject == DaysBetween(*paths, DayCount(count))
    assert plain.subject == DaysBetween(*paths, DayCount.CALENDAR)


@pytest.mark.parametrize(
    ("text", "register", "at"),
    [
        ("register: directives, where: [{fact: row.developer, equals: a}]", "directives", ()),
        (
            "register: directives, at: release.api_at, where: {fact: row.model, equals: N-9}",
            "directives",
            ("release.api_at",),
        ),
        (
            "register: directives, at: [release.api_at, release.public_at], "
            "where: [{fact: row.model, equals: {fact: model.name}}]",
            "directives",
            ("release.api_at", "release.public_at"),
        ),
        ("list: evidence, where: [{fact: row.kind, equals: agreement}]", None, ()),
    ],
)
def test_any_row(text: str, register: str | None, at: tuple[str, ...], read: Read) -> None:
    """A register or the manifest's list of evidence, at one date, several or the governing one."""
    leaf = only(read(f"any_row: {{{text}}}"))
    assert isinstance(leaf, AnyRow)
    assert (leaf.register, leaf.at, len(leaf.where.parts)) == (register, at, 1)


SUBJECTS = {
    Kind.AMOUNT: ("model.training_compute_flop", "1"),
    Kind.DAYS: ("review.agreed_days", "1"),
    Kind.LEVEL: ("model.capability.cyber", "high"),
    Kind.CHOICE: ("model.weights", "open"),
    Kind.ID: ("model.developer", "openai"),
    Kind.NAME: ("model.name", "N-9"),
    Kind.TEXT: ("model.licence", "MIT"),
    Kind.FLAG: ("review.await_determination", "true"),
    Kind.MOMENT: ("release.api_at", "2026-06-02"),
    Kind.LIST: ("release.markets", "us"),
}
ORDERED = {Kind.AMOUNT, Kind.DAYS, Kind.LEVEL}
DATED = {Kind.MOMENT}
FITS = {
    "equals": set(SUBJECTS) - {Kind.MOMENT, Kind.LIST},
    **dict.fromkeys(("above", "at_least", "below", "at_most"), ORDERED),
    **dict.fromkeys(("before", "not_after", "after", "not_before"), DATED),
    "contains": {Kind.LIST},
    "overlaps": {Kind.LIST},
}


def test_the_table_has_every_operator() -> None:
    """one_of has a test of its own."""
    assert {*FITS, "one_of"} == {op.value for op in Op}


@pytest.mark.parametrize("operator", FITS)
@pytest.mark.parametrize("kind", SUBJECTS)
def test_operators_fit_kinds(operator: str, kind: Kind, read: Read) -> None:
    """Numbers and ordered levels have an order, instants before and after, lists members."""
    path, value = SUBJECTS[kind]
    operand = f"[{value}]" if operator == "overlaps" else value
    _, messages = read(f"{{fact: {path}, {operator}: {operand}}}")
    if kind in FITS[operator]:
        assert messages == []
    else:
        assert len(messages) == 1
        assert f"`{operator}` does not fit `{path}`" in messages[0]


@pytest.mark.parametrize("kind", SUBJECTS)
def test_stated_fits_every_kind(kind: Kind, read: Read) -> None:
    """Whether something is stated can be asked of every fact."""
    assert isinstance(only(read(f"{{fact: {SUBJECTS[kind][0]}, stated: true}}")), Stated)


@pytest.mark.parametrize(
    ("subject", "operand", "units"),
    [
        ("fact: model.training_compute_flop", "$assumed_review_days", ("day", "FLOP")),
        ("fact: model.training_compute_flop", "{fact: review.agreed_days}", ("day", "FLOP")),
        ("fact: extra.hours", "$screening_compute_flop", ("FLOP", "hour")),
        ("parameter: ceiling_days", "$screening_compute_flop", ("FLOP", "day")),
        ("parameter: ceiling_days", "{fact: extra.hours}", ("hour", "day")),
        (
            "days_from: review.access_started_at, to: as_of",
            "{fact: review.agreed_days, if_not_stated: $historic_compute_flop}",
            ("FLOP", "day"),
        ),
    ],
)
def test_units_must_agree(subject: str, operand: str, units: tuple[str, str], read: Read) -> None:
    """FLOP against days is no comparison, wherever the amounts come from."""
    _, messages = read(f"{{{subject}, at_least: {operand}}}")
    assert len(messages) == 1
    assert f"is in {units[0]};" in messages[0]
    assert messages[0].endswith(f"is in {units[1]}")


@pytest.mark.parametrize("number", ["high", "[30]", "true", "{low: 1, high: 2}", "1_000", "10^26"])
def test_a_number_operand_is_a_number(number: str, read: Read) -> None:
    """What only looks like a number is refused, not read as 0 or as text."""
    _, messages = read(f"{{fact: model.training_compute_flop, at_least: {number}}}")
    assert len(messages) == 1

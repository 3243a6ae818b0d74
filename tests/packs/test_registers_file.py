"""Registers read from YAML: dates of rows, their fields, and rows that agree or disagree."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gonogo.diagnostics import Span
from gonogo.packs.policy import Register, Source, Standing
from gonogo.packs.reading import Reading
from gonogo.packs.registers import read_register
from gonogo.trees.reader import read_tree
from gonogo.values.names import Name
from gonogo.values.times import Moment

SOURCES = {"memo": Source("memo", "A memo", "", "", Standing.HOUSE, Span("pack.yaml"))}
HEAD = """\
register: signed
as_of: 2026-11-23
key: [developer, instrument]
fields:
  developer: {type: id}
  instrument: {type: choice, choices: [pledge, treaty]}
  state: {type: text}
  model: {type: name}
  since: {type: date}
  weight: {type: number, unit: kg}
  again: {type: flag}
  terms: {type: list}
"""
FIRST = "{developer: openai, instrument: pledge, state: yes, "


def read(text: str) -> tuple[Register | None, list[str]]:
    reading = Reading(ZoneInfo("America/New_York"))
    tree = read_tree(text.encode(), "registers/signed.yaml")
    register = read_register(tree, "demo", SOURCES, reading)
    return register, [problem.message for problem in reading.problems]


def rows(*texts: str) -> tuple[Register | None, list[str]]:
    listed = "".join(f"  - {text}\n" for text in texts)
    return read(f"{HEAD}rows:\n{listed}" if texts else f"{HEAD}rows: []\n")


def sound(*texts: str) -> Register:
    register, messages = rows(*texts)
    assert messages == []
    assert register is not None
    return register


@pytest.mark.parametrize(
    ("dates", "start", "until"),
    [
        # New York is four hours behind UTC in June, so its days begin at 04:00 UTC.
        (
            "from: 2026-06-02, until: 2026-06-30",
            datetime(2026, 6, 2, 4, tzinfo=UTC),
            datetime(2026, 7, 1, 3, 59, 59, 999999, tzinfo=UTC),
        ),
        (
            "from: 2026-06-02, until: 2026-06-02",
            datetime(2026, 6, 2, 4, tzinfo=UTC),
            datetime(2026, 6, 3, 3, 59, 59, 999999, tzinfo=UTC),
        ),
        (
            "from: 2026-06, until: 2026-06",
            datetime(2026, 6, 1, 4, tzinfo=UTC),
            datetime(2026, 7, 1, 3, 59, 59, 999999, tzinfo=UTC),
        ),
        (
            "from: 2026-06-12T17:21:00-04:00, until: 2026-06-30T20:00:00-04:00",
            datetime(2026, 6, 12, 21, 21, tzinfo=UTC),
            datetime(2026, 7, 1, 0, 0, tzinfo=UTC),
        ),
    ],
    ids=["days", "one day", "a month", "instants"],
)
def test_from_and_until(dates: str, start: datetime, until: datetime) -> None:
    """A bare `until` is the last day, inclusive; an instant is itself."""
    row = sound(f"{FIRST}{dates}, source: memo}}").rows[0]
    assert (row.start, row.until) == (start, until)


def test_without_until_it_is_open_ended() -> None:
    """No date that can be written lies after it."""
    row = sound(f"{FIRST}from: 2026-06-02, source: memo}}").rows[0]
    assert row.until > datetime(2999, 12, 31, 23, 59, tzinfo=UTC)


def test_values_are_typed() -> None:
    """Each field is read as its type says; the place is that of the value."""
    row = sound(
        f"{FIRST}model: N-9, also_called: [N9 Max], not_called: [N-90], since: 2026-05-05, "
        "weight: {low: 1, high: 2}, again: true, terms: [a, b], from: 2026-06-02, source: memo}"
    ).rows[0]
    values = {name: fact.value for name, fact in row.fields.items()}
    assert (values["developer"], values["instrument"], values["state"]) == (
        "openai",
        "pledge",
        "yes",
    )
    assert values["model"] == Name("N-9", ("N9 Max",), ("N-90",))
    assert (values["again"], values["terms"]) == (True, ("a", "b"))
    assert isinstance(values["since"], Moment)
    assert str(values["weight"]) == "1 to 2"
    span = row.fields["developer"].span
    assert span is not None
    assert (span.line, span.column) == (14, 17)


@pytest.mark.parametrize("key", ["model", "also_called", "not_called"])
@pytest.mark.parametrize("name", ["---", "\u2014", "\uff0d\uff0d"], ids=ascii)
def test_hyphens_name_no_model(key: str, name: str) -> None:
    """Reduced to nothing they would be contained in every name."""
    names = {"model": "N-9", "also_called": "[N9]", "not_called": "[N-90]"}
    names[key] = f'"{name}"' if key == "model" else f'[N9 Max, "{name}"]'
    written = ", ".join(f"{field}: {value}" for field, value in names.items())
    _, messages = rows(f"{FIRST}{written}, from: 2026-06-02, source: memo}}")
    assert messages == [f"`{key}`: `{name}` names nothing"]


def test_hyphens_name_no_developer() -> None:
    """Nor is every name without letters another name of the developer."""
    _, messages = read(f'{HEAD}also_called: {{openai: [Open AI, "-"]}}\nrows: []\n')
    assert messages == ["also_called `openai`: `-` names nothing"]


def test_absent_fields() -> None:
    """An absent list is empty, as a list is complete as written; anything else is not known."""
    fields = sound(f"{FIRST}since: null, from: 2026-06-02, source: memo}}").rows[0].fields
    assert fields["terms"].value == ()
    assert not {"since", "model", "again"} & set(fields)


def test_complete_is_never_assumed() -> None:
    """Only `complete: true` lets a missing row mean that there is none."""
    assert sound().complete is False
    register, messages = read(f"{HEAD}complete: true\nrows: []\n")
    assert messages == []
    assert register is not None
    assert register.complete is True


def test_as_of_and_names() -> None:
    """The day of the last search, the title (by default the name), and what people say instead."""
    text = f"{HEAD}title: signatories\nalso_called: {{openai: [Open AI]}}\nrows: []\n"
    register, messages = read(text)
    assert messages == []
    assert register is not None
    assert (register.as_of.text, register.title) == ("2026-11-23", "signatories")
    assert register.also_called == {"openai": ("Open AI",)}
    assert sound().title == "signed"


OTHER = FIRST.replace("state: yes", "state: no")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{FIRST}from: 2026-06-02, until: 2026-06-30", f"{OTHER}from: 2026-07-01"),
        (f"{FIRST}from: 2026-07-01", f"{OTHER}from: 2026-06-02, until: 2026-06-30"),
        (
            f"{FIRST}from: 2026-06-02, until: 2026-06-12T17:20:59-04:00",
            f"{OTHER}from: 2026-06-12T17:21:00-04:00",
        ),
        (f"{FIRST}from: 2026-06-02", f"{FIRST}from: 2026-06-02"),
        (f"{FIRST}from: 2026-06-02", f"{FIRST}from: 2026-06-30"),
        (f"{FIRST}from: 2026-06-02", f"{OTHER.replace('openai', 'xai')}from: 2026-06-02"),
        (f"{FIRST}from: 2026-06-02", f"{OTHER.replace('pledge', 'treaty')}from: 2026-06-02"),
    ],
    ids=[
        "next day",
        "next day, written first",
        "next second",
        "same words at the same time",
        "same words, overlapping",
        "another developer",
        "another instrument",
    ],
)
def test_rows_that_agree(first: str, second: str) -> None:
    """Rows about other things, other times, or the same words."""
    assert len(sound(f"{first}, source: memo}}", f"{second}, source: memo}}").rows) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{FIRST}from: 2026-06-02, until: 2026-06-30", f"{OTHER}from: 2026-06-30"),
        (f"{FIRST}from: 2026-06-02", f"{OTHER}from: 2026-06-02"),
        (f"{FIRST}from: 2026-06-02, until: 2026-06-30", f"{OTHER}from: 2026-06"),
        (
            f"{FIRST}from: 2026-06-02, until: 2026-06-12T17:21:00-04:00",
            f"{OTHER}from: 2026-06-12T17:21:00-04:00",
        ),
        (f"{FIRST}from: 2026-06-02", f"{OTHER.replace('openai', 'any')}from: 2026-06-15"),
        (f"{FIRST.replace('openai', 'any')}from: 2026-06-02", f"{OTHER}from: 2026-06-15"),
    ],
    ids=["last day", "same day", "month", "same instant", "any after one", "one after any"],
)
def test_rows_that_disagree(first: str, second: str) -> None:
    """Two rows about the same thing that share a moment must say the same; `any` is everybody."""
    _, messages = rows(f"{first}, source: memo}}", f"{second}, source: memo}}")
    assert messages == ["this row and the one on line 14 disagree about the same time"]


@pytest.mark.parametrize(
    ("until", "ends_well"),
    [("2026-06-01", False), ("2026-06-02", True), ("2026-06-03", True)],
)
def test_a_row_ends_after_it_begins(until: str, ends_well: bool) -> None:
    """A row of one day is in order; one that ends the day before is not."""
    _, messages = rows(f"{FIRST}from: 2026-06-02, until: {until}, source: memo}}")
    assert (messages == []) is ends_well


def test_a_row_of_one_instant() -> None:
    """Both ends are included, so it ends when it begins, not before."""
    moment = "2026-06-12T17:21:00-04:00"
    assert len(sound(f"{FIRST}from: {moment}, until: {moment}, source: memo}}").rows) == 1


@pytest.mark.parametrize("missing", ["register", "as_of", "fields", "rows"])
def test_what_a_register_needs(missing: str) -> None:
    """Without its name, its search date, its fields or its rows it is no register."""
    parts = {
        "register": "register: signed\n",
        "as_of": "as_of: 2026-11-23\n",
        "fields": "fields: {developer: {type: id}}\n",
        "rows": "rows: []\n",
    }
    _, messages = read("".join(text for key, text in parts.items() if key != missing))
    assert messages == [f"a register has no `{missing}`"]

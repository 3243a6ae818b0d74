"""Parameters: values that hold from a date until the next, and a house pack's changes to them."""

import re
from collections.abc import Mapping as ReadOnly
from datetime import datetime

from gonogo.diagnostics import quote
from gonogo.manifests.facts import FactSpec, Kind, Value
from gonogo.manifests.leaf import ID, MOST_DAYS, shown
from gonogo.packs.operands import DAY, a_kind
from gonogo.packs.policy import DatedValue, Parameter, Source
from gonogo.packs.reading import Reading
from gonogo.packs.sources import read_cites
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence
from gonogo.values.amounts import Amount, exact, parse_number
from gonogo.values.times import Moment, Period, parse_moment

_VALUE_KEYS = ("from", "value", "unknown", "ended", "cites", "note")


def read_parameter(
    name: str, node: Node, pack: str, sources: ReadOnly[str, Source], reading: Reading
) -> Parameter | None:
    """One parameter with all its dated values."""
    body = reading.mapping(node, f"`{name}`", ("unit", "title", "values"), ("values",))
    if body is None:
        return None
    listed = body.entries.get("values")
    before = len(reading.problems)
    values = read_dated(name, listed, pack, sources, reading) if listed else []
    if not values:
        if listed and len(reading.problems) == before:
            help = "add `values: [{from: ..., value: ...}]`"
            reading.say(body.span, f"`{name}` has no values", help)
        return None
    unit = reading.text(body, "unit")
    kinds = [_kind(dated.value) for dated in values if dated.value is not None]
    kind = Kind.AMOUNT if unit else next(iter(kinds), Kind.TEXT)
    if unit:
        _check_kind(name, kind, values, reading)
    elif len(set(kinds)) > 1:
        words = ", ".join(sorted({a_kind(each) for each in kinds}))
        reading.say(
            body.span,
            f"`{name}` mixes kinds of values: {words}",
            "write all of them as numbers, or all as words",
        )
    _check_amounts(name, unit, values, reading)
    title = reading.text(body, "title", name.replace("_", " "))
    spec = FactSpec(f"${name}", kind, title, unit=unit)
    return Parameter(name, spec, tuple(values), pack)


def change_parameter(
    parameter: Parameter,
    node: Node,
    pack: str,
    sources: ReadOnly[str, Source],
    reading: Reading,
) -> Parameter:
    """The parameter with a house pack's values: they hold from their dates, earlier ones stay."""
    values = read_dated(parameter.name, node, pack, sources, reading)
    if not values:
        return parameter
    _check_amounts(parameter.name, parameter.spec.unit, values, reading)
    _check_kind(parameter.name, parameter.spec.kind, values, reading)
    kept = [dated for dated in parameter.values if dated.start < values[0].start]
    return parameter._replace(values=(*kept, *values))


def _check_kind(name: str, kind: Kind, values: list[DatedValue], reading: Reading) -> None:
    for dated in values:
        found = _kind(dated.value)
        if dated.value is None or found is kind:
            continue
        said = f", {quote(dated.value)}" if isinstance(dated.value, str) else ""
        number = re.match("[0-9]+", dated.value) if isinstance(dated.value, str) else None
        help = "write a value of the kind it has"
        if kind is Kind.AMOUNT:
            help = f"write {number.group()} alone" if number else "write a number such as 45"
        text = f"`{name}` is {a_kind(kind)}, not {a_kind(found)}{said}"
        reading.say(dated.span, text, help)


def _check_amounts(name: str, unit: str, values: list[DatedValue], reading: Reading) -> None:
    for dated in values:
        if not isinstance(dated.value, Amount):
            continue
        number = dated.value.low
        if number < 0:
            help = "write a number that is not negative"
            reading.say(dated.span, f"`{name}`: {dated.value} is less than nothing", help)
        elif unit == DAY and number > MOST_DAYS:
            help = f"write at most {MOST_DAYS:,}"
            reading.say(dated.span, f"`{name}`: {dated.value} are too many days", help)


def read_dated(
    name: str, node: Node, pack: str, sources: ReadOnly[str, Source], reading: Reading
) -> list[DatedValue]:
    """Dated values in order, without overlaps and without gaps."""
    found: list[DatedValue] = []
    if not isinstance(node, Sequence):
        value = node.text if isinstance(node, Scalar) and parse_number(node.text) else "45"
        text = f"`{name}`: {shown(node)} where a list of dated values is expected"
        example = f"[{{from: 2026-12-01, value: {value}, cites: [a-source]}}]"
        reading.say(
            node.span, text, f"write {example}: the day from which it holds, and its source"
        )
    for item in node.items if isinstance(node, Sequence) else ():
        dated = _dated(name, item, pack, sources, reading)
        if dated is None:
            continue
        if found and dated.start <= found[-1].start:
            reading.say(
                dated.span,
                f"`{name}`: values overlap: {dated.day} does not come after {found[-1].day}",
                "write each `from` once, oldest first",
            )
        elif found and found[-1].ended:
            reading.say(
                dated.span,
                f"`{name}`: a gap: it ended on {found[-1].day} and has a value again",
                "nothing may follow `ended: true`; for a time without an answer use `unknown:`",
            )
        else:
            found.append(dated)
    return found


def _dated(
    name: str, node: Node, pack: str, sources: ReadOnly[str, Source], reading: Reading
) -> DatedValue | None:
    body = reading.mapping(node, f"a value of `{name}`", _VALUE_KEYS, ("from",))
    if body is None:
        return None
    start: datetime | None = reading.start_of(body, "from")
    said = [key for key in ("value", "unknown", "ended") if key in body.entries]
    if len(said) != 1:
        reading.say(
            body.span,
            f"a value of `{name}` needs one of value, unknown, ended",
            "write {from: 2026-12-01, value: 45}, for example",
        )
        return None
    cites = tuple(read_cites(body, sources, reading))
    value = _value(name, body.entries["value"], reading) if said == ["value"] else None
    ended = reading.flag(body, "ended")
    if said == ["ended"] and not ended:
        reading.say(
            body.span, f"`{name}`: `ended` can only be true", "write `ended: true`, or a `value`"
        )
    if start is None or (value is None and said == ["value"]):
        return None
    why, note = reading.text(body, "unknown"), reading.text(body, "note")
    day = reading.text(body, "from")
    return DatedValue(start, day, value, ended, why, note, cites, pack, body.span)


def _value(name: str, node: Node, reading: Reading) -> Value | None:
    """A number, true or false, a date, a word, or a list of ids."""
    if isinstance(node, Sequence):
        words = [text for text, _ in reading.texts(node, f"`{name}`")]
        if all(ID.fullmatch(word) for word in words):
            return tuple(words)
        reading.say(
            node.span,
            f"`{name}`: a list holds ids (a-z, 0-9 and hyphens)",
            "write a list such as [us, eu]",
        )
        return None
    if isinstance(node, Mapping) or node.value is None:
        reading.say(
            node.span,
            f"`{name}`: {shown(node)} is not a value",
            "write a number, a word, true, false or a date",
        )
        return None
    if isinstance(node.value, bool):
        return node.value
    number = parse_number(node.text)
    if number is not None:
        return exact(number)
    moment = parse_moment(node.text)
    return moment.period(reading.zone) if isinstance(moment, Moment) else node.text


def _kind(value: Value | None) -> Kind:
    match value:
        case bool():
            return Kind.FLAG
        case Amount():
            return Kind.AMOUNT
        case Period():
            return Kind.MOMENT
        case tuple():
            return Kind.LIST
        case _:
            return Kind.TEXT

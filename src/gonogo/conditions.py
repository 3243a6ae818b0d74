"""Nodes to typed conditions: every name known, every operator fitting its type and unit."""

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass

from gonogo.diagnostics import Span, quote
from gonogo.facts import FactSpec, Kind
from gonogo.leaf import WrongValue, read_number, read_value, shown
from gonogo.policy import (
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
    Operand,
    Parameter,
    ParameterRef,
    Register,
    Stated,
    Subject,
)
from gonogo.reading import Reading
from gonogo.tree import Mapping, Node, Scalar, Sequence
from gonogo.values import DayCount, exact

_NUMERIC = (Kind.AMOUNT, Kind.DAYS)
_WORDS = (Kind.TEXT, Kind.ID, Kind.CHOICE, Kind.LEVEL)
_ORDERED = (*_NUMERIC, Kind.LEVEL)
_FITS: ReadOnly[Op, tuple[Kind, ...]] = {
    Op.EQUALS: (*_WORDS, *_NUMERIC, Kind.NAME, Kind.FLAG),
    Op.ONE_OF: (*_WORDS, Kind.NAME),
    Op.ABOVE: _ORDERED,
    Op.AT_LEAST: _ORDERED,
    Op.BELOW: _ORDERED,
    Op.AT_MOST: _ORDERED,
    Op.BEFORE: (Kind.MOMENT,),
    Op.NOT_AFTER: (Kind.MOMENT,),
    Op.AFTER: (Kind.MOMENT,),
    Op.NOT_BEFORE: (Kind.MOMENT,),
    Op.CONTAINS: (Kind.LIST,),
    Op.OVERLAPS: (Kind.LIST,),
}
_OPERATORS = {op.value: op for op in Op}
_JOINS = {"all": All, "any": AnyOf, "not": NoneOf}
_HEADS = (*_JOINS, "holds", "any_row", "evidenced", "fact", "parameter", "days_from")
_DAYS = FactSpec("days", Kind.DAYS, "days", unit="day")

EVIDENCE_ROW = {
    "id": FactSpec("row.id", Kind.ID, "evidence id"),
    "kind": FactSpec("row.kind", Kind.TEXT, "evidence kind"),
    "path": FactSpec("row.path", Kind.TEXT, "evidence path"),
    "sha256": FactSpec("row.sha256", Kind.TEXT, "evidence digest"),
    "supports": FactSpec("row.supports", Kind.LIST, "supported facts"),
}


@dataclass(frozen=True)
class Names:
    """What a condition may name. ``row`` holds the fields of the row inside an any_row."""

    specs: ReadOnly[str, FactSpec]
    parameters: ReadOnly[str, Parameter]
    registers: ReadOnly[str, Register]
    definitions: frozenset[str]
    row: ReadOnly[str, FactSpec] | None = None


def read_conditions(node: Node, names: Names, reading: Reading) -> All:
    """A plain list (all must hold) or a single condition."""
    if isinstance(node, Sequence):
        return All(_parts(node, names, reading), node.span)
    part = _condition(node, names, reading)
    return All((part,) if part else (), node.span)


def _parts(node: Node, names: Names, reading: Reading) -> tuple[Condition, ...]:
    if not isinstance(node, Sequence):
        reading.say(node.span, f"{shown(node)} where a list of conditions is expected")
        return ()
    if not node.items:
        reading.say(node.span, "an empty list of conditions", "name at least one condition")
    parts = [_condition(item, names, reading) for item in node.items]
    return tuple(part for part in parts if part is not None)


def _condition(node: Node, names: Names, reading: Reading) -> Condition | None:
    if isinstance(node, Sequence):
        return All(_parts(node, names, reading), node.span)
    if not isinstance(node, Mapping):
        reading.say(node.span, f"{shown(node)} where a condition is expected", _CONDITION_HELP)
        return None
    head = next((key for key in _HEADS if key in node.entries), None)
    if head is None:
        word = next(iter(node.keys), "")
        reading.unknown(node.span, "a condition that begins with no known word:", word, _HEADS)
        return None
    if head in _JOINS:
        reading.mapping(node, "a condition", (head,))
        return _JOINS[head](_parts(node.entries[head], names, reading), node.span)
    match head:
        case "holds":
            return _holds(node, names, reading)
        case "any_row":
            return _any_row(node, names, reading)
        case "evidenced":
            reading.mapping(node, "a condition", ("evidenced",))
            path = _path(node, "evidenced", names, reading)
            return Evidenced(path.path, node.span) if path else None
        case _:
            return _leaf(node, head, names, reading)


_CONDITION_HELP = "write {fact: path, operator: value}, {holds: definition}, all, any or not"


def _holds(node: Mapping, names: Names, reading: Reading) -> Holds | None:
    reading.mapping(node, "a condition", ("holds",))
    name = reading.text(node, "holds")
    if name and name not in names.definitions:
        span = node.entries["holds"].span
        reading.unknown(span, "there is no definition", name, sorted(names.definitions))
        return None
    return Holds(name, node.span)


def _any_row(node: Mapping, names: Names, reading: Reading) -> AnyRow | None:
    reading.mapping(node, "a condition", ("any_row",))
    body = reading.mapping(
        node.entries["any_row"], "any_row", ("register", "list", "at", "where"), ("where",)
    )
    if body is None:
        return None
    register: str | None = None
    fields: ReadOnly[str, FactSpec] = EVIDENCE_ROW
    if "list" in body.entries:
        if reading.text(body, "list") != "evidence" or "register" in body.entries:
            reading.say(body.span, "any_row reads one `register`, or `list: evidence`")
    else:
        register = reading.text(body, "register")
        if register not in names.registers:
            reading.unknown(body.span, "there is no register", register, names.registers)
            return None
        fields = names.registers[register].fields
    at = body.entries.get("at")
    listed = at if at is None or isinstance(at, Sequence) else Sequence([at], at.span)
    paths = []
    for path, span in reading.texts(listed, "at"):
        spec = names.specs.get(path)
        if spec is None:
            reading.unknown(span, "there is no fact", path, names.specs)
        elif spec.kind is not Kind.MOMENT:
            reading.say(span, f"`{path}` is not a date")
        else:
            paths.append(path)
    inner = Names(names.specs, names.parameters, names.registers, names.definitions, fields)
    if "where" not in body.entries:
        return None
    where = read_conditions(body.entries["where"], inner, reading)
    return AnyRow(register, tuple(paths), where, node.span)


def _leaf(node: Mapping, head: str, names: Names, reading: Reading) -> Condition | None:
    """One subject, one operator."""
    subject_keys = ("days_from", "to", "count") if head == "days_from" else (head,)
    reading.mapping(node, "a condition", (*subject_keys, *_OPERATORS, "stated"))
    operators = [key for key in node.entries if key in _OPERATORS or key == "stated"]
    if len(operators) != 1:
        said = "no operator" if not operators else f"{len(operators)} operators"
        reading.say(
            node.span,
            f"a condition with {said}; it needs one",
            f"one of {', '.join(_OPERATORS)}, stated",
        )
        return None
    if operators[0] == "stated":
        return _stated(node, head, names, reading)
    found = _subject(node, head, names, reading)
    if found is None:
        return None
    subject, spec = found
    op = _OPERATORS[operators[0]]
    operand = node.entries[op.value]
    if spec.kind not in _FITS[op]:
        fitting = [o.value for o, kinds in _FITS.items() if spec.kind in kinds]
        reading.say(
            node.keys[op.value],
            f"`{op.value}` does not fit `{spec.path}`, which is {_a(spec.kind)}",
            f"operators that fit: {', '.join(fitting)}, stated",
        )
        return None
    operands = _operands(operand, op, spec, names, reading)
    return Compare(subject, op, operands, spec, node.span) if operands else None


def _a(kind: Kind) -> str:
    words = {
        Kind.AMOUNT: "a number", Kind.DAYS: "a number of days", Kind.MOMENT: "a date",
        Kind.FLAG: "true or false", Kind.LIST: "a list", Kind.LEVEL: "an ordered level",
        Kind.CHOICE: "a choice", Kind.NAME: "a model's name",
    }  # fmt: skip
    return words.get(kind, "a text")


def _stated(node: Mapping, head: str, names: Names, reading: Reading) -> Condition | None:
    if head != "fact":
        reading.say(node.span, "`stated` goes with `fact`")
        return None
    expected = reading.flag(node, "stated")
    path = _path(node, "fact", names, reading)
    return Stated(path.path, expected, node.span) if path else None


def _subject(
    node: Mapping, head: str, names: Names, reading: Reading
) -> tuple[Subject, FactSpec] | None:
    match head:
        case "fact":
            spec = _path(node, "fact", names, reading)
            return (FactRef(spec.path), spec) if spec else None
        case "parameter":
            name = reading.text(node, "parameter").removeprefix("$")
            parameter = _parameter(name, node.entries["parameter"].span, names, reading)
            return (ParameterRef(name), parameter.spec) if parameter else None
        case _:
            return _days(node, names, reading)


def _days(node: Mapping, names: Names, reading: Reading) -> tuple[Subject, FactSpec] | None:
    if "to" not in node.entries:
        reading.say(
            node.span, "days_from without `to`", "write {days_from: a, to: b, at_least: 30}"
        )
        return None
    ends = [_path(node, key, names, reading) for key in ("days_from", "to")]
    for spec, key in zip(ends, ("days_from", "to"), strict=True):
        if spec and spec.kind is not Kind.MOMENT:
            reading.say(node.entries[key].span, f"`{spec.path}` is {_a(spec.kind)}, not a date")
            return None
    count = reading.text(node, "count", "calendar")
    if count not in [known.value for known in DayCount]:
        known = [each.value for each in DayCount]
        reading.unknown(node.entries["count"].span, "there is no day count", count, known)
        return None
    start, end = ends
    if start is None or end is None:
        return None
    return DaysBetween(start.path, end.path, DayCount(count)), _DAYS


def _path(node: Mapping, key: str, names: Names, reading: Reading) -> FactSpec | None:
    """The fact that a key names; inside any_row also a field of the row."""
    path = reading.text(node, key)
    return _fact(path, node.entries[key].span, names, reading) if path else None


def _fact(path: str, span: Span, names: Names, reading: Reading) -> FactSpec | None:
    if path.startswith("row."):
        if names.row is None:
            reading.say(span, f"`{path}`: a row exists only inside any_row")
            return None
        field = path.removeprefix("row.")
        if field not in names.row:
            reading.unknown(span, "the row has no field", field, names.row)
            return None
        spec = names.row[field]
        return FactSpec(path, spec.kind, spec.title, unit=spec.unit, choices=spec.choices)
    if path not in names.specs:
        reading.unknown(span, "there is no fact", path, names.specs)
        return None
    return names.specs[path]


def _parameter(name: str, span: Span, names: Names, reading: Reading) -> Parameter | None:
    if name not in names.parameters:
        reading.unknown(span, "there is no parameter", name, names.parameters)
        return None
    return names.parameters[name]


def _operands(
    node: Node, op: Op, spec: FactSpec, names: Names, reading: Reading
) -> tuple[Operand, ...]:
    if op is Op.ONE_OF and isinstance(node, Sequence):
        found = [read_operand(item, spec, names, reading) for item in node.items]
        if not found:
            reading.say(node.span, "one_of an empty list is never true")
    elif op is Op.ONE_OF or op is Op.OVERLAPS:
        found = [read_operand(node, _as_list(spec), names, reading)]
    elif op is Op.CONTAINS:
        found = [read_operand(node, _as_item(spec), names, reading)]
    else:
        found = [read_operand(node, spec, names, reading)]
    return tuple(part for part in found if part is not None) if None not in found else ()


def _as_list(spec: FactSpec) -> FactSpec:
    return FactSpec(spec.path, Kind.LIST, spec.title)


def _as_item(spec: FactSpec) -> FactSpec:
    return FactSpec(spec.path, Kind.TEXT, spec.title)


def read_operand(node: Node, spec: FactSpec, names: Names, reading: Reading) -> Operand | None:
    """A literal, `$parameter` or `{fact: path}` that fits what it is compared with."""
    if isinstance(node, Mapping) and "fact" in node.entries:
        return _fact_operand(node, spec, names, reading)
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.text.startswith("$"):
        name = node.text.removeprefix("$")
        parameter = _parameter(name, node.span, names, reading)
        if parameter is None or not _same_type(
            node.span, f"${name}", parameter.spec, spec, reading
        ):
            return None
        if not _choices_fit(parameter, spec, node.span, reading):
            return None
        return ParameterRef(name)
    try:
        if spec.kind in _NUMERIC:
            return Literal(exact(read_number(node)))
        return Literal(read_value(node, spec, reading.zone))
    except WrongValue as wrong:
        reading.say((wrong.node or node).span, f"`{spec.path}`: {wrong.message}", wrong.help)
        return None


def _fact_operand(node: Mapping, spec: FactSpec, names: Names, reading: Reading) -> FactRef | None:
    reading.mapping(node, "a fact", ("fact", "if_not_stated"))
    other = _path(node, "fact", names, reading)
    if other is None or not _same_type(node.span, other.path, other, spec, reading):
        return None
    fallback: str | None = None
    if "if_not_stated" in node.entries:
        fallback = reading.text(node, "if_not_stated").removeprefix("$")
        span = node.entries["if_not_stated"].span
        parameter = _parameter(fallback, span, names, reading)
        if parameter is None or not _same_type(span, f"${fallback}", parameter.spec, spec, reading):
            return None
    return FactRef(other.path, fallback)


def _same_type(span: Span, name: str, found: FactSpec, wanted: FactSpec, reading: Reading) -> bool:
    """May a value of the one be compared with the other? Kinds, units and levels must agree."""
    families = (_NUMERIC, _WORDS, (Kind.MOMENT,), (Kind.FLAG,), (Kind.LIST,), (Kind.NAME,))
    if not any(found.kind in family and wanted.kind in family for family in families):
        reading.say(
            span,
            f"{quote(name)} is {_a(found.kind)}; `{wanted.path}` is {_a(wanted.kind)}",
            "compare things of one kind",
        )
        return False
    if wanted.kind is Kind.LEVEL and found.choices and found.choices != wanted.choices:
        reading.say(span, f"{quote(name)} and `{wanted.path}` have different levels")
        return False
    if found.kind in _NUMERIC and found.unit != wanted.unit:
        units = (found.unit or "no unit", wanted.unit or "no unit")
        reading.say(
            span,
            f"{quote(name)} is in {units[0]}; `{wanted.path}` is in {units[1]}",
            "compare amounts of one unit",
        )
        return False
    return True


def _choices_fit(parameter: Parameter, spec: FactSpec, span: Span, reading: Reading) -> bool:
    """A parameter compared with a choice holds only words that the choice knows."""
    if spec.kind not in (Kind.CHOICE, Kind.LEVEL):
        return True
    fits = True
    for dated in parameter.values:
        if isinstance(dated.value, str) and dated.value not in spec.choices:
            what = f"`${parameter.name}` is {quote(dated.value)}, which `{spec.path}` never is:"
            reading.unknown(span, what, dated.value, spec.choices)
            fits = False
    return fits

"""Nodes to typed conditions: every name known, every operator fitting its type and unit."""

from collections.abc import Mapping as ReadOnly

from gonogo.diagnostics import Span, quote
from gonogo.manifests.facts import EvidenceState, FactSpec, Kind
from gonogo.manifests.leaf import shown
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
    NoneOf,
    Op,
    ParameterRef,
    Stated,
    Subject,
)
from gonogo.packs.operands import (
    NUMERIC,
    WORDS,
    Names,
    a_kind,
    find_parameter,
    read_operands,
    read_path,
    unknown_fact,
    unknown_register,
)
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node, Sequence
from gonogo.values.times import DayCount

_ORDERED = (*NUMERIC, Kind.LEVEL)
_FITS: ReadOnly[Op, tuple[Kind, ...]] = {
    Op.EQUALS: (*WORDS, *NUMERIC, Kind.NAME, Kind.FLAG),
    Op.ONE_OF: (*WORDS, Kind.NAME),
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
_MEANT: ReadOnly[str, str] = {  # what other tools call them
    **dict.fromkeys(("is", "eq", "==", "="), "`equals`"),
    **dict.fromkeys(("in", "any_of"), "`one_of`"),
    **dict.fromkeys(("gt", ">", "more_than", "greater_than"), "`above`"),
    **dict.fromkeys(("gte", ">=", "min", "minimum"), "`at_least`"),
    **dict.fromkeys(("lt", "<", "less_than", "under"), "`below`"),
    **dict.fromkeys(("lte", "<=", "max", "maximum"), "`at_most`"),
    **dict.fromkeys(("includes", "has"), "`contains`"),
    **dict.fromkeys(("exists", "present", "is_stated"), "`stated: true`"),
    **dict.fromkeys(("ne", "!=", "not_equals", "is_not"), "{not: [{fact: path, equals: value}]}"),
}
_JOINS: ReadOnly[str, type[All] | type[AnyOf] | type[NoneOf]] = {
    "all": All,
    "any": AnyOf,
    "not": NoneOf,
}
_HEADS = (*_JOINS, "holds", "any_row", "evidenced", "fact", "parameter", "days_from")
_DAYS = FactSpec("days", Kind.DAYS, "days", unit="day")

EVIDENCE_ROW = {
    "id": FactSpec("row.id", Kind.ID, "evidence id"),
    "kind": FactSpec("row.kind", Kind.TEXT, "evidence kind"),
    "path": FactSpec("row.path", Kind.TEXT, "evidence path"),
    "sha256": FactSpec("row.sha256", Kind.TEXT, "evidence digest"),
    "supports": FactSpec("row.supports", Kind.LIST, "supported facts"),
    "state": FactSpec(
        "row.state",
        Kind.CHOICE,
        "evidence state",
        choices=tuple(s.value for s in EvidenceState if s is not EvidenceState.MISSING),
    ),
}


def read_conditions(node: Node, names: Names, reading: Reading) -> All:
    """A plain list (all must hold) or a single condition."""
    if isinstance(node, Sequence):
        return All(_parts(node, names, reading), node.span)
    part = _condition(node, names, reading)
    return All((part,) if part else (), node.span)


def _parts(node: Node, names: Names, reading: Reading) -> tuple[Condition, ...]:
    if not isinstance(node, Sequence):
        reading.say(
            node.span,
            f"{shown(node)} where a list of conditions is expected",
            "write a list: `- {fact: path, operator: value}` on lines of their own",
        )
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
        others = [key for key in node.keys if key in _HEADS and key != head]
        for key in others:
            text = f"`{head}` and `{key}` beside each other in one condition"
            help = f"put one inside the other: {{{head}: [..., {{{key}: ...}}]}}"
            reading.say(node.keys[key], text, help)
            if key in _JOINS:
                _parts(node.entries[key], names, reading)  # for what else is wrong there
        reading.mapping(node, "a condition", (head, *others))
        return _JOINS[head](_parts(node.entries[head], names, reading), node.span)
    match head:
        case "holds":
            return _holds(node, names, reading)
        case "any_row":
            return _any_row(node, names, reading)
        case "evidenced":
            reading.mapping(node, "a condition", ("evidenced",))
            path = read_path(node, "evidenced", names, reading)
            return Evidenced(path.path, node.span) if path else None
        case _:
            return _leaf(node, head, names, reading)


_CONDITION_HELP = "write {fact: path, operator: value}, {holds: definition}, all, any or not"


def _holds(node: Mapping, names: Names, reading: Reading) -> Holds | None:
    reading.mapping(node, "a condition", ("holds",))
    name = reading.text(node, "holds")
    if name and name not in names.definitions:
        unknown_definition(node.entries["holds"].span, name, names, reading)
        return None
    return Holds(name, node.span)


def unknown_definition(span: Span, name: str, names: Names, reading: Reading) -> None:
    none = "the pack has no definitions: add one under `definitions:` in pack.yaml"
    reading.unknown(span, "there is no definition", name, sorted(names.definitions), none=none)


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
        text, help = "any_row reads one `register`, or `list: evidence`", "keep one of the two"
        name = reading.text(body, "list")
        if name != "evidence" and (spec := names.specs.get(name)) and spec.kind is Kind.LIST:
            help = f"write {{fact: {name}, contains: ...}} or {{fact: {name}, overlaps: [...]}}"
        if name != "evidence" or "register" in body.entries:
            reading.say(body.span, text, help)
        if "at" in body.entries:
            help = "delete `at`: a list in a manifest has no dates"
            reading.say(body.keys["at"], "`at` beside `list`", help)
    else:
        register = reading.text(body, "register")
        if register not in names.registers:
            span = body.entries["register"].span if "register" in body.entries else body.span
            unknown_register(span, register, names, reading)
            return None
        fields = names.registers[register].fields
    paths = read_dates(body.entries.get("at"), names, reading)
    inner = Names(names.specs, names.parameters, names.registers, names.definitions, fields)
    if "where" not in body.entries:
        return None
    where = read_conditions(body.entries["where"], inner, reading)
    return AnyRow(register, paths, where, node.span)


def read_dates(node: Node | None, names: Names, reading: Reading) -> tuple[str, ...]:
    """The paths of dates under `at`: one, or a list."""
    listed = node if node is None or isinstance(node, Sequence) else Sequence([node], node.span)
    paths = []
    for path, span in reading.texts(listed, "at"):
        spec = names.specs.get(path)
        if spec is None:
            unknown_fact(span, "there is no fact", path, names.specs, reading)
        elif spec.kind is not Kind.MOMENT:
            reading.say(span, f"`{path}` is {a_kind(spec.kind)}, not a date", "name a date here")
        else:
            paths.append(path)
    return tuple(paths)


def _leaf(node: Mapping, head: str, names: Names, reading: Reading) -> Condition | None:
    """One subject, one operator."""
    subject_keys = ("days_from", "to", "count") if head == "days_from" else (head,)
    before = len(reading.problems)
    meant = [key for key in node.keys if key in _MEANT]
    for key in meant:
        reading.say(node.keys[key], f"there is no operator {quote(key)}", f"write {_MEANT[key]}")
    reading.mapping(node, "a condition", (*subject_keys, *_OPERATORS, "stated", *meant))
    operators = [key for key in node.entries if key in _OPERATORS or key == "stated"]
    if not operators and len(reading.problems) > before:
        return None  # it was misspelt
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
            f"`{op.value}` does not fit `{spec.path}`, which is {a_kind(spec.kind)}",
            f"operators that fit: {', '.join(fitting)}, stated",
        )
        return None
    operands = read_operands(operand, op, spec, names, reading)
    return Compare(subject, op, operands, spec, node.span) if operands else None


def _stated(node: Mapping, head: str, names: Names, reading: Reading) -> Condition | None:
    if head != "fact":
        reading.say(node.span, "`stated` goes with `fact`", "write {fact: path, stated: true}")
        return None
    expected = reading.flag(node, "stated")
    path = read_path(node, "fact", names, reading)
    return Stated(path.path, expected, node.span) if path else None


def _subject(
    node: Mapping, head: str, names: Names, reading: Reading
) -> tuple[Subject, FactSpec] | None:
    match head:
        case "fact":
            spec = read_path(node, "fact", names, reading)
            return (FactRef(spec.path), spec) if spec else None
        case "parameter":
            name = reading.text(node, "parameter").removeprefix("$")
            parameter = find_parameter(name, node.entries["parameter"].span, names, reading)
            return (ParameterRef(name), parameter.spec) if parameter else None
        case _:
            return _days(node, names, reading)


def _days(node: Mapping, names: Names, reading: Reading) -> tuple[Subject, FactSpec] | None:
    if "to" not in node.entries:
        reading.say(
            node.span, "days_from without `to`", "write {days_from: a, to: b, at_least: 30}"
        )
        return None
    ends = [read_path(node, key, names, reading) for key in ("days_from", "to")]
    for spec, key in zip(ends, ("days_from", "to"), strict=True):
        if spec and spec.kind is not Kind.MOMENT:
            reading.say(
                node.entries[key].span,
                f"`{spec.path}` is {a_kind(spec.kind)}, not a date",
                "count days between dates",
            )
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

"""Nodes to operands: literals, parameters and facts, each fitting what it is compared with."""

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnly
from typing import NamedTuple

from gonogo.diagnostics import Span, nearest, quote
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.leaf import WrongValueError, read_number, read_value
from gonogo.packs.language import FactRef, Literal, Op, Operand, ParameterRef
from gonogo.packs.policy import Parameter, Register
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence
from gonogo.values.amounts import exact

NUMERIC = (Kind.AMOUNT, Kind.DAYS)
DAY = "day"  # the unit of what is counted in days
WORDS = (Kind.TEXT, Kind.ID, Kind.CHOICE, Kind.LEVEL)


class Names(NamedTuple):
    """What a condition may name. ``row`` holds the fields of the row inside an any_row."""

    specs: ReadOnly[str, FactSpec]
    parameters: ReadOnly[str, Parameter]
    registers: ReadOnly[str, Register]
    definitions: frozenset[str]
    row: ReadOnly[str, FactSpec] | None = None


def a_kind(kind: Kind) -> str:
    words = {
        Kind.AMOUNT: "a number", Kind.DAYS: "a number of days", Kind.MOMENT: "a date",
        Kind.FLAG: "true or false", Kind.LIST: "a list", Kind.LEVEL: "an ordered level",
        Kind.CHOICE: "a choice", Kind.NAME: "a model's name",
    }  # fmt: skip
    return words.get(kind, "a text")


def read_path(node: Mapping, key: str, names: Names, reading: Reading) -> FactSpec | None:
    """The fact that a key names; inside any_row also a field of the row."""
    path = reading.text(node, key)
    return read_fact(path, node.entries[key].span, names, reading) if path else None


def read_fact(path: str, span: Span, names: Names, reading: Reading) -> FactSpec | None:
    if path.startswith("row."):
        if names.row is None:
            reading.say(
                span,
                f"`{path}`: a row exists only inside any_row",
                "move the condition under `where:` of an any_row",
            )
            return None
        field = path.removeprefix("row.")
        if field not in names.row:
            reading.unknown(span, "the row has no field", field, names.row)
            return None
        spec = names.row[field]
        return FactSpec(path, spec.kind, spec.title, unit=spec.unit, choices=spec.choices)
    if path not in names.specs:
        unknown_fact(span, "there is no fact", path, names.specs, reading)
        return None
    return names.specs[path]


def unknown_fact(span: Span, what: str, path: str, known: Iterable[str], reading: Reading) -> None:
    """A fact that nobody declared; one of the pack's own is declared in pack.yaml."""
    if not path.startswith("extra."):
        reading.unknown(span, what, path, known, lost=path)
    elif not reading.is_lost(path):
        own = [each for each in known if each.startswith("extra.")]
        help = "declare it under `facts:` in pack.yaml"
        near = nearest(path, own)
        reading.say(span, f"{what} {quote(path)}", f"did you mean `{near}`?" if near else help)


def unknown_register(span: Span, name: str, names: Names, reading: Reading) -> None:
    none = "the pack has no registers: add a file under registers/"
    what, lost = "there is no register", f"register.{name}"
    reading.unknown(span, what, name, names.registers, lost=lost, none=none)


def unknown_parameter(span: Span, what: str, name: str, names: Names, reading: Reading) -> None:
    none = "the pack has no parameters: add one under `parameters:` in pack.yaml"
    reading.unknown(span, what, name, names.parameters, lost=f"${name}", none=none)


def find_parameter(name: str, span: Span, names: Names, reading: Reading) -> Parameter | None:
    if name not in names.parameters:
        unknown_parameter(span, "there is no parameter", name, names, reading)
        return None
    return names.parameters[name]


def read_operands(
    node: Node, op: Op, spec: FactSpec, names: Names, reading: Reading
) -> tuple[Operand, ...]:
    if op is Op.ONE_OF and isinstance(node, Sequence):
        found = [read_operand(item, spec, names, reading) for item in node.items]
        if not found:
            reading.say(node.span, "one_of an empty list is never true", "name at least one value")
    elif op is Op.ONE_OF or op is Op.OVERLAPS:
        found = [read_operand(node, _as_list(spec), names, reading)]
    elif op is Op.CONTAINS:
        # What evidence supports are facts, by their paths.
        found = [read_operand(node, _as_item(spec), names, reading, is_item=True)]
    else:
        found = [read_operand(node, spec, names, reading)]
    return tuple(part for part in found if part is not None) if None not in found else ()


def _as_list(spec: FactSpec) -> FactSpec:
    return FactSpec(spec.path, Kind.LIST, spec.title)


def _as_item(spec: FactSpec) -> FactSpec:
    return FactSpec(spec.path, Kind.TEXT, spec.title)


def read_operand(
    node: Node, spec: FactSpec, names: Names, reading: Reading, *, is_item: bool = False
) -> Operand | None:
    """A literal, `$parameter` or `{fact: path}` that fits what it is compared with."""
    if isinstance(node, Mapping) and "fact" in node.entries:
        return _fact_operand(node, spec, names, reading)
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.text.startswith("$"):
        name = node.text.removeprefix("$")
        parameter = find_parameter(name, node.span, names, reading)
        if parameter is None or not _same_type(
            node.span, f"${name}", parameter.spec, spec, reading
        ):
            return None
        if not _choices_fit(parameter, spec, node.span, reading):
            return None
        return ParameterRef(name)
    is_bare = isinstance(node, Scalar) and not node.quoted and not is_item
    if isinstance(node, Scalar) and is_bare and (meant := _meant(node.text, names)):
        text = f"`{spec.path}`: {quote(node.text)} is a name, not a value"
        other = ", or put it in quotes" if spec.kind in (Kind.TEXT, Kind.NAME) else ""
        reading.say(node.span, text, f"write {meant}{other}")
        return None
    try:
        if spec.kind in NUMERIC:
            return Literal(exact(read_number(node)))
        return Literal(read_value(node, spec, reading.zone))
    except WrongValueError as wrong:
        other = "write a number of days such as 30" if spec.unit == DAY else "write another value"
        span = (wrong.node or node).span
        reading.say(span, f"`{spec.path}`: {wrong.message}", wrong.help or other)
        return None


def _meant(text: str, names: Names) -> str:
    """What to write for the bare name of a fact or parameter; nothing for a value."""
    field = text.removeprefix("row.")
    if (field != text and field in (names.row or ())) or ("." in text and text in names.specs):
        return f"{{fact: {text}}}"
    return f"${text}" if "_" in text and text in names.parameters else ""


def _fact_operand(node: Mapping, spec: FactSpec, names: Names, reading: Reading) -> FactRef | None:
    reading.mapping(node, "a fact", ("fact", "if_not_stated"))
    other = read_path(node, "fact", names, reading)
    if other is None or not _same_type(node.span, other.path, other, spec, reading):
        return None
    fallback: str | None = None
    if "if_not_stated" in node.entries:
        fallback = reading.text(node, "if_not_stated").removeprefix("$")
        span = node.entries["if_not_stated"].span
        parameter = find_parameter(fallback, span, names, reading)
        if parameter is None or not _same_type(span, f"${fallback}", parameter.spec, spec, reading):
            return None
    return FactRef(other.path, fallback)


def _same_type(span: Span, name: str, found: FactSpec, wanted: FactSpec, reading: Reading) -> bool:
    """May a value of the one be compared with the other? Kinds, units and levels must agree."""
    families = (NUMERIC, WORDS, (Kind.MOMENT,), (Kind.FLAG,), (Kind.LIST,), (Kind.NAME,))
    if not any(found.kind in family and wanted.kind in family for family in families):
        reading.say(
            span,
            f"{quote(name)} is {a_kind(found.kind)}; `{wanted.path}` is {a_kind(wanted.kind)}",
            "compare things of one kind",
        )
        return False
    if wanted.kind is Kind.LEVEL and found.choices and found.choices != wanted.choices:
        reading.say(
            span,
            f"{quote(name)} and `{wanted.path}` have different levels",
            "compare levels of one scale",
        )
        return False
    if found.kind in NUMERIC and found.unit != wanted.unit:
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

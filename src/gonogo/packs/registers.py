"""A register's file to its rows: dated, each with a source, no two of which disagree."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly

from gonogo.diagnostics import quote
from gonogo.manifests.facts import Fact, FactSpec, Kind, Origin, Value
from gonogo.manifests.leaf import WrongValueError, read_value
from gonogo.packs.policy import ANY, Register, Row, Source
from gonogo.packs.reading import Reading
from gonogo.packs.sources import unknown_source
from gonogo.trees.nodes import Mapping, Node, Scalar
from gonogo.values.names import Name, normal_name
from gonogo.values.times import FIRST_INSTANT, LAST_INSTANT, Moment

_KEYS = ("register", "title", "as_of", "complete", "key", "fields", "also_called", "rows")
_ROW_KEYS = ("from", "until", "source", "also_called", "not_called", "note")
_FIELD_KEYS = ("type", "title", "choices", "unit")


def is_taken(tree: Node, registers: ReadOnly[str, Register], pack: str, reading: Reading) -> bool:
    """Is there a register of that name? Then this one need not be read: it would not count."""
    node = tree.entries.get("register") if isinstance(tree, Mapping) else None
    taken = registers.get(node.text) if isinstance(node, Scalar) else None
    if node is None or taken is None:
        return False
    text, help = f"the register `{taken.name}` exists already", "give this one another name"
    if taken.pack != pack:
        text += f" in `{taken.pack}`: a house pack cannot add rows to it"
        states = "or state in the manifest what the row would say"
        help = f"edit the register of `{taken.pack}`, {states}; {help} if it is one of your own"
    reading.say(node.span, text, help)
    return True


def read_register(
    tree: Node, pack: str, sources: ReadOnly[str, Source], reading: Reading
) -> Register | None:
    """The register in a file, or None with the problems said and its name lost."""
    body = reading.mapping(tree, "a register", _KEYS, ("register", "as_of", "fields", "rows"))
    if body is None:
        reading.lost.add("register")
        return None
    name = reading.id(body, "register", underscores=True)
    fields = read_fields(body.entries.get("fields"), reading)
    as_of = reading.moment(body, "as_of")
    rows = []
    for node in reading.items(body.entries.get("rows"), "rows"):
        row = _row(node, name, fields, sources, reading)
        if row is not None:
            rows.append(row)
    key = []
    for word, span in reading.texts(body.entries.get("key"), "key"):
        if word in fields:
            key.append(word)
        else:
            none = "the register has no fields: add them under `fields:`"
            reading.unknown(span, "the key names no field:", word, fields, none=none)
    _disagreements(rows, key, reading)
    if as_of is None:
        reading.lost.add(f"register.{name}")
        return None
    return Register(
        name,
        reading.text(body, "title", name),
        as_of,
        reading.flag(body, "complete"),
        fields,
        tuple(rows),
        _also_called(body.entries.get("also_called"), reading),
        pack,
        body.entries["as_of"].span,
    )


def read_fields(node: Node | None, reading: Reading, prefix: str = "") -> dict[str, FactSpec]:
    """Declared fields, `name: {type: ...}`, as specs by name."""
    body = reading.mapping(node, "fields", None)
    found: dict[str, FactSpec] = {}
    for name, child in body.entries.items() if body else ():
        field = reading.mapping(child, f"the field `{name}`", (*_FIELD_KEYS, "ask"), ("type",))
        if field is not None:
            found[name] = _spec(prefix + name, field, reading)
    return found


def _spec(path: str, field: Mapping, reading: Reading) -> FactSpec:
    word = reading.text(field, "type")
    kinds = {"number": Kind.AMOUNT, "date": Kind.MOMENT, **{kind.value: kind for kind in Kind}}
    if word not in kinds:
        if word:
            reading.unknown(field.entries["type"].span, "there is no type", word, kinds)
        return FactSpec(path, Kind.TEXT, path)  # so that naming it is not a second mistake
    choices = tuple(word for word, _ in reading.texts(field.entries.get("choices"), "choices"))
    kind = kinds[word]
    if kind in (Kind.CHOICE, Kind.LEVEL) and not choices:
        reading.say(field.span, f"a {word} without `choices`", "add `choices: [a, b]`")
    title = reading.text(field, "title", path.rpartition(".")[2].replace("_", " "))
    unit = "day" if kind is Kind.DAYS else reading.text(field, "unit")
    ask = reading.text(field, "ask", f"What is the {title}?")
    return FactSpec(path, kind, title, ask=ask, unit=unit, choices=choices)


def _row(
    node: Node,
    register: str,
    fields: ReadOnly[str, FactSpec],
    sources: ReadOnly[str, Source],
    reading: Reading,
) -> Row | None:
    body = reading.mapping(node, "a row", (*fields, *_ROW_KEYS), ("from", "source"))
    if body is None:
        return None
    source = reading.text(body, "source")
    if source and source not in sources:
        unknown_source(body.entries["source"].span, source, sources, reading)
    facts: dict[str, Fact] = {}
    for name, spec in fields.items():
        child = body.entries.get(name)
        if child is None or (isinstance(child, Scalar) and child.value is None):
            if spec.kind is Kind.LIST:  # a list is complete as written: none written is none
                facts[name] = Fact(f"row.{name}", (), Origin.REGISTER, body.span, note=register)
            continue
        try:
            value = _value(child, spec, body, reading)
        except WrongValueError as wrong:
            reading.say(
                (wrong.node or child).span,
                f"`{name}`: {wrong.message}",
                wrong.help or "see the register's fields",
            )
            continue
        facts[name] = Fact(f"row.{name}", value, Origin.REGISTER, child.span, note=register)
    if all(spec.kind is not Kind.NAME for spec in fields.values()):
        for key in ("also_called", "not_called"):
            if key in body.entries:
                help = "give the register a field of type name"
                reading.say(body.entries[key].span, f"`{key}` in a row without a name", help)
    reading.text(body, "note")
    start = reading.start_of(body, "from") or FIRST_INSTANT
    until = reading.end_of(body, "until") or LAST_INSTANT
    if until < start:
        reading.say(body.span, "a row that ends before it begins", "check `from` and `until`")
    return Row(facts, start, until, source, body.span)


def _value(child: Node, spec: FactSpec, row: Mapping, reading: Reading) -> Value | Moment:
    value = read_value(child, spec, reading.zone)
    if isinstance(value, Name):
        return Name(
            value.text, _names(row, "also_called", reading), _names(row, "not_called", reading)
        )
    return value


def _names(row: Mapping, key: str, reading: Reading) -> tuple[str, ...]:
    return tuple(_read_names(row.entries.get(key), f"`{key}`", reading))


def _read_names(node: Node | None, what: str, reading: Reading) -> Iterator[str]:
    """Names with something in them: a hyphen alone would be contained in every name."""
    for text, span in reading.texts(node, what):
        if normal_name(text):
            yield text
        else:
            reading.say(span, f"{what}: {quote(text)} names nothing", "write a name, or delete it")


def _disagreements(rows: list[Row], key: list[str], reading: Reading) -> None:
    """Two rows about the same thing at the same time must say the same."""
    for index, row in enumerate(rows):
        for other in rows[:index]:
            apart = row.start > other.until or other.start > row.until
            if apart or not all(_same(row, other, name) for name in key) or not key:
                continue
            if {n: f.value for n, f in row.fields.items() if n not in key} != {
                n: f.value for n, f in other.fields.items() if n not in key
            }:
                reading.say(
                    row.span,
                    f"this row and the one on line {other.span.line} disagree about the same time",
                    "end one before the other begins, with `until` and `from`",
                )


def _same(row: Row, other: Row, name: str) -> bool:
    mine, theirs = row.fields.get(name), other.fields.get(name)
    values = (mine.value if mine else None, theirs.value if theirs else None)
    return values[0] == values[1] or (name == "developer" and ANY in values)


def _also_called(node: Node | None, reading: Reading) -> dict[str, tuple[str, ...]]:
    body = reading.mapping(node, "also_called", None)
    found = {}
    for id, child in body.entries.items() if body else ():
        found[id] = tuple(_read_names(child, f"also_called `{id}`", reading))
    return found

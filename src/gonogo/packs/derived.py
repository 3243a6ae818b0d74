"""Derived facts: nodes to types, and the facts that each adds to the pack's vocabulary."""

from gonogo.diagnostics import Span
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.packs.language import Operand
from gonogo.packs.operands import Names, a_kind, read_operand, unknown_fact, unknown_register
from gonogo.packs.policy import Derived, EarliestOf, FilledFrom, RowOf
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node

_FORMS = ("earliest_of", "row_of", "if_not_mentioned")


def read_derived(
    path: str, node: Node, span: Span, names: Names, reading: Reading
) -> tuple[Derived, dict[str, FactSpec]] | None:
    """A derived fact or section at ``path``, with the specs of the facts it adds."""
    before = len(reading.problems)
    body = reading.mapping(node, f"the derived fact `{path}`", (*_FORMS, "where", "title"))
    if body is None or len(reading.problems) > before:
        return None
    forms = [form for form in _FORMS if form in body.entries]
    if len(forms) != 1:
        reading.say(
            body.span,
            f"the derived fact `{path}` needs one of {', '.join(_FORMS)}",
            "write {earliest_of: [path, path]}, for example",
        )
        return None
    match forms[0]:
        case "earliest_of":
            return _earliest(path, body, names, reading)
        case "row_of":
            return _row_of(path, body, names, reading)
        case _:
            return _filled(path, body, span, names, reading)


def _earliest(
    path: str, body: Mapping, names: Names, reading: Reading
) -> tuple[Derived, dict[str, FactSpec]]:
    parts = []
    for part, span in reading.texts(body.entries["earliest_of"], "earliest_of"):
        spec = names.specs.get(part)
        if spec is None:
            unknown_fact(span, "there is no fact", part, names.specs, reading)
        elif spec.kind is not Kind.MOMENT:
            reading.say(span, f"`{part}` is not a date", "name dates only")
        else:
            parts.append(part)
    title = reading.text(body, "title", path.rpartition(".")[2].replace("_", " "))
    return EarliestOf(path, tuple(parts)), {path: FactSpec(path, Kind.MOMENT, title)}


def _row_of(
    path: str, body: Mapping, names: Names, reading: Reading
) -> tuple[Derived, dict[str, FactSpec]] | None:
    name = reading.text(body, "row_of")
    if name not in names.registers:
        unknown_register(body.entries["row_of"].span, name, names, reading)
        return None
    register = names.registers[name]
    where = reading.mapping(body.entries.get("where"), "where", register.fields)
    match: dict[str, Operand] = {}
    for field, child in where.entries.items() if where else ():
        if field in register.fields:
            operand = read_operand(child, register.fields[field], names, reading)
            if operand:
                match[field] = operand
    specs = {
        f"{path}.{field}": spec._replace(path=f"{path}.{field}", title=f"{spec.title} on record")
        for field, spec in register.fields.items()
        if field not in match
    }
    return RowOf(path, name, match), specs


def _filled(
    path: str, body: Mapping, span: Span, names: Names, reading: Reading
) -> tuple[Derived, dict[str, FactSpec]] | None:
    source = reading.text(body, "if_not_mentioned")
    for section in (path, source):
        if reading.is_lost(section):
            return None
        if not any(spec.startswith(f"{section}.") for spec in names.specs):
            reading.say(
                span,
                f"`{section}` is not a section of facts",
                "name a section such as participation.caisi_agreement",
            )
            return None
    for fact, spec in names.specs.items():
        if not fact.startswith(f"{source}."):
            continue
        target = names.specs.get(path + fact.removeprefix(source))
        if target and target.kind is not spec.kind:
            kinds = f"`{fact}` is {a_kind(spec.kind)}; `{target.path}` is {a_kind(target.kind)}"
            reading.say(span, kinds, "give the register's field the type of the manifest's fact")
    return FilledFrom(path, source), {}

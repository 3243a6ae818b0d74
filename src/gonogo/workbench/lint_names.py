"""Names that a pack declares and nothing uses."""

from collections.abc import Iterator

from gonogo.diagnostics import Span
from gonogo.packs.language import FactRef, Slot, SlotKind, Template, leaves
from gonogo.packs.policy import EXPIRY, EarliestOf, FilledFrom, Pack, RowOf, all_leaves
from gonogo.workbench.dependents import reads
from gonogo.workbench.finding import Finding
from gonogo.workbench.places import registers_used


def unused(pack: Pack, parent: Pack | None, folder: str) -> Iterator[Finding]:
    """A finding for every name that the pack itself declares and nothing uses."""
    used = set(_used(pack))
    for name, condition in pack.definitions.items():
        if (parent is None or name not in parent.definitions) and f"holds {name}" not in used:
            text = f"no rule, definition or headline uses the definition `{name}`"
            yield Finding("unused-definition", condition.span, text, f"write {{holds: {name}}}")
    for name, parameter in pack.parameters.items():
        if parameter.pack == pack.id and f"${name}" not in used:
            span = parameter.values[0].span
            text = f"nothing uses the parameter `{name}`"
            yield Finding("unused-parameter", span, text, f"use it as ${name}, or delete it")
    cited = set(_cited(pack))
    for id, source in pack.sources.items():
        if (parent is None or id not in parent.sources) and id not in cited:
            text = f"nothing cites the source `{id}`"
            yield Finding("unused-source", source.span, text, "cite it, or delete it")
    read = {register.name for register in registers_used(pack)}
    for name, register in pack.registers.items():
        if register.pack == pack.id and name not in read:
            text = f"nothing reads the register `{name}`"
            hint = "read it with any_row or row_of, or delete it"
            yield Finding("unused-register", register.span, text, hint)
    for path in pack.specs:
        declared = path.startswith("extra.") and (parent is None or path not in parent.specs)
        if declared and path not in used:
            span = Span(f"{folder}/pack.yaml")
            text = f"nothing reads the fact `{path}`"
            yield Finding("unused-fact", span, text, "read it in a rule, or delete it")


def _used(pack: Pack) -> Iterator[str]:
    """Everything that conditions, sentences, headlines and derived facts name."""
    for leaf in all_leaves(pack):
        yield from reads(leaf)
    if any(register.complete for register in pack.registers.values()):
        yield f"${EXPIRY}"
    yield pack.governing
    for rule in pack.rules:
        yield from rule.force_at
        yield from _slots(rule.reason)
        yield from _slots(rule.fix)
    for item in pack.headline:
        yield f"holds {item.holds}"
        for case in item.cases:
            for leaf in leaves(case.when):
                yield from reads(leaf)
            yield from _slots(case.say)
            yield from _slots(case.because)
    for derived in pack.derived:
        match derived:
            case EarliestOf(parts=parts):
                yield from parts
            case RowOf(match=match):
                for operand in match.values():
                    if isinstance(operand, FactRef):
                        yield operand.path
            case FilledFrom():
                pass


def _slots(template: Template | None) -> Iterator[str]:
    for part in template or ():
        if isinstance(part, Slot):
            yield f"${part.name}" if part.kind is SlotKind.PARAMETER else part.name


def _cited(pack: Pack) -> Iterator[str]:
    for rule in pack.rules:
        yield from rule.cites
    for parameter in pack.parameters.values():
        for dated in parameter.values:
            yield from dated.cites
    for register in pack.registers.values():
        for row in register.rows:
            yield row.source

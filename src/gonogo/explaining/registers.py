"""Registers on a page: when each was searched, what it says, and what its silence means."""

from collections.abc import Iterable
from datetime import datetime, time

from gonogo.documents.blocks import Item, Prose, Ref, joined
from gonogo.explaining.titles import listed, parameter, the
from gonogo.manifests.facts import FactSpec, Value, show
from gonogo.packs.language import FactRef, Literal, Operand
from gonogo.packs.policy import EXPIRY, FilledFrom, Pack, Register, Row, RowOf
from gonogo.values.names import Name
from gonogo.values.times import LAST_INSTANT


def register(name: str, pack: Pack, read: Iterable[RowOf], *, rows: bool) -> Item:
    """A register: when it was last searched, what no row means, and the facts read from it.

    ``rows`` also lists its rows.
    """
    found = pack.registers[name]
    count = "1 row" if len(found.rows) == 1 else f"{len(found.rows)} rows"
    said = f"{found.title}, last searched on {found.as_of}, {count}. "
    where = joined(" Kept by ", Ref(found.pack), " in ", Ref(found.span.file), ".")
    below = [_row_of(each, pack) for each in read if each.register == name]
    if rows and found.rows:
        below.append(Item("its rows:", tuple(row_words(row, found, pack) for row in found.rows)))
    return Item(joined(said, _silence(found, pack), where), tuple(below))


def row_words(row: Row, register: Register, pack: Pack) -> Item:
    """A row: what it says, since when and until when, and on whose word."""
    said = [
        f"{spec.title} {_shown(row.fields[name].value, spec)}"
        for name, spec in register.fields.items()
        if name in row.fields and row.fields[name].value != ()
    ]
    until = "" if row.until == LAST_INSTANT else f" until {_local(row.until, pack)}"
    dates = f"; from {_local(row.start, pack)}{until}"
    standing = pack.sources[row.source].standing.value
    source = joined("; source: ", Ref(row.source), f" ({standing})")
    return Item(joined(", ".join(said), dates, source))


def _shown(value: Value | None, spec: FactSpec) -> str:
    if isinstance(value, Name) and value.also:
        return f"{value} (also called {', '.join(value.also)})"
    return show(value, spec)


def _local(instant: datetime, pack: Pack) -> str:
    """A day where it begins or ends with one, else the minute."""
    local = instant.astimezone(pack.zone)
    if local.time() in (time.min, time.max):
        return local.date().isoformat()
    return local.isoformat(timespec="minutes")


def _row_of(derived: RowOf, pack: Pack) -> Item:
    """The row of a register that facts are read from."""
    fields = pack.registers[derived.register].fields
    match = [
        joined(f"whose {fields[name].title} is ", _matched(operand))
        for name, operand in derived.match.items()
    ]
    filled = [
        joined(", and for ", Ref(each.path), " if the manifest has nothing there")
        for each in pack.derived
        if isinstance(each, FilledFrom) and each.source == derived.path
    ]
    found = joined("the row in force at ", the(pack.governing, pack), " ", listed(match, "and"))
    return Item(joined("for ", Ref(derived.path), *filled, ": ", found))


def _matched(operand: Operand) -> Prose:
    match operand:
        case Literal(value=value):
            return Ref(str(value))
        case FactRef(path=path):
            return joined("that of ", Ref(path))
        case _:
            return Ref(f"${operand.name}")


def _silence(found: Register, pack: Pack) -> Prose:
    if not found.complete:
        return "It does not claim to be complete: where it has no row, the answer is not known."
    return joined(
        "It is complete: where it has no row, there is none, until ",
        parameter(EXPIRY, pack),
        " after the last search; later the answer is not known.",
    )

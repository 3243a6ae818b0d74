"""Entries of lists that pages share: definitions, numbers by date, facts, registers, sources."""

from collections.abc import Iterable, Iterator

from gonogo.diagnostics import Span
from gonogo.documents.blocks import Item, Prose, Ref, joined
from gonogo.explaining.meanings import STANDINGS
from gonogo.explaining.phrases import told
from gonogo.explaining.titles import listed, quoted, register_name, the
from gonogo.manifests.facts import FactSpec, Kind, show
from gonogo.manifests.vocabulary import AS_OF
from gonogo.packs.language import Condition
from gonogo.packs.policy import (
    DatedValue,
    EarliestOf,
    FilledFrom,
    Pack,
    Parameter,
    RowOf,
    Source,
)


def sentence(before: Prose, item: Item) -> Item:
    """`before` and a condition as one entry: a whole sentence, or the head of a list."""
    return Item(joined(before, item.text, "" if item.items else "."), item.items)


def when(before: Prose, condition: Condition, pack: Pack) -> Item:
    """`before`, the word when, and a condition."""
    return sentence(joined(before, " when "), told(condition, pack, after_when=True))


def definition(name: str, pack: Pack) -> Item:
    return when(f"{quoted(name)} is met", pack.definitions[name], pack)


def definitions(names: Iterable[str], pack: Pack) -> tuple[Item, ...]:
    return tuple(definition(name, pack) for name in names)


def place(span: Span) -> Ref:
    return Ref(f"{span.file}:{span.line}" if span.line else span.file)


def source(cited: Source, *, standing: bool = True) -> Item:
    """A source with its standing, its address and the day somebody last read it."""
    stands = f", {cited.standing.value} ({STANDINGS[cited.standing]})" if standing else ""
    end = "" if cited.title.endswith((".", "!", "?")) else "."
    read = f"read on {cited.retrieved}" if cited.retrieved else ""
    where = joined(f"{read}: " if read else "", Ref(cited.url)) if cited.url else read
    said = joined(Ref(cited.id), f"{stands}: {cited.title}{end}")
    return Item(said, (Item(where),) if where else ())


def sources(ids: Iterable[str], pack: Pack, *, standing: bool = True) -> tuple[Item, ...]:
    return tuple(source(pack.sources[id], standing=standing) for id in dict.fromkeys(ids))


def numbers(name: str, pack: Pack, *, placed: bool = True) -> Item:
    """A parameter with each of its values: from when, on whose word, and where it is written."""
    found = pack.parameters[name]
    title = f", {found.spec.title}" if found.spec.title != name.replace("_", " ") else ""
    values = tuple(_dated(dated, found, pack, placed) for dated in found.values)
    return Item(joined(Ref(f"${name}"), f"{title}:"), values)


def _dated(dated: DatedValue, found: Parameter, pack: Pack, placed: bool) -> Item:
    if dated.ended:
        said = "no value any more"
    elif dated.value is None:
        said = f"unknown ({dated.why})" if dated.why else "unknown"
    else:
        said = show(dated.value, found.spec)
    note = f" ({dated.note})" if dated.note else ""
    cited = [joined(Ref(id), f" ({pack.sources[id].standing.value})") for id in dated.cites]
    by = joined("; source: ", listed(cited, "and")) if cited else ""
    where = joined("; set by ", Ref(dated.pack), " in ", place(dated.span))
    return Item(joined(f"from {dated.day}: {said}{note}", by, where if placed else ""))


def fact(path: str, pack: Pack) -> Item:
    """A fact by its title and path, with what it says or how it is found."""
    spec = pack.specs[path]
    of_rows = [d for d in pack.derived if isinstance(d, RowOf) and path.startswith(f"{d.path}.")]
    said = [*_asked(spec), *_found(path, pack)]
    if of_rows:  # nobody is asked
        said = [f"Read from {register_name(pack.registers[of_rows[0].register])}."]
    return Item(joined(spec.title, " (", Ref(path), ")", ": " if said else "", *_spaced(said)))


def _spaced(sentences: Iterable[Prose]) -> Iterator[Prose]:
    for number, said in enumerate(sentences):
        yield joined(" " if number else "", said)


def _asked(spec: FactSpec) -> Iterator[Prose]:
    """The question that a fact answers, what the answers may be, and what silence means."""
    if spec.path == AS_OF:
        yield "The time that is judged: the one given to the check, else the time it is run."
    if spec.ask:
        yield spec.ask
    if spec.choices:
        scale = spec.kind is Kind.LEVEL
        order = "From the lowest to the highest: " if scale else "One of "
        yield joined(order, listed(map(Ref, spec.choices), "" if scale else "or"), ".")
    match spec.assumed:
        case None:
            pass
        case str():
            yield f"Not stated, it counts as {spec.assumed}."
        case _:
            yield f"Not stated, {show(spec.assumed)} is assumed."


def _found(path: str, pack: Pack) -> Iterator[Prose]:
    """How a derived or filled fact is found, and until when one does not count."""
    known_from = pack.specs[path].known_from
    if known_from and known_from != path:
        yield joined("While ", the(known_from, pack), " is still to come, it counts as not stated.")
    elif known_from:
        yield "A date that is still to come counts as not stated."
    for derived in pack.derived:
        match derived:
            case EarliestOf(parts=parts) if derived.path == path:
                dates = listed([the(part, pack) for part in parts], "and")
                yield joined("The earliest of ", dates, ", of those that are stated.")
            case FilledFrom(source=section) if path.startswith(f"{derived.path}."):
                from_ = [row for row in pack.derived if row.path == section]
                answers: Prose = (Ref(section), " answers.")
                if from_ and isinstance(from_[0], RowOf):
                    answers = f"{register_name(pack.registers[from_[0].register])} answers."
                silent = ("If the manifest has nothing under ", Ref(derived.path), ", ")
                yield joined(silent, answers)
            case _:
                pass

"""The changes between two versions of a pack, in words: what was added, removed or written anew."""

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from gonogo.documents.blocks import Item, Ref, words
from gonogo.explaining.entries import definition, fact, numbers, source
from gonogo.explaining.phrases import told
from gonogo.explaining.registers import row_words
from gonogo.explaining.rule_page import in_force
from gonogo.manifests.facts import FactSpec
from gonogo.packs.language import All, Condition, Slot, SlotKind, Template
from gonogo.packs.policy import Pack, Register, Rule
from gonogo.search.changes import bare

Thing = TypeVar("Thing")


class Edit(NamedTuple):
    """One thing that was changed: what it is, what is new about it, what it said before."""

    what: str  # a rule, a definition, a parameter, ...
    name: str
    how: str  # added, removed, changed
    before: tuple[str, ...]
    after: tuple[str, ...]


def edit_item(edit: Edit) -> Item:
    """An edit in words, with the lines that it takes out and puts in."""
    lines = [Item(f"before: {line}") for line in edit.before]
    lines += [Item(f"after: {line}") for line in edit.after]
    return Item((f"{edit.what} ", Ref(edit.name), f" {edit.how}"), tuple(lines))


def edits(old: Pack, new: Pack) -> Iterator[Edit]:
    """Every edit, in the order in which a pack is written."""
    yield from _head(old, new)
    yield from _each("source", old.sources, new.sources, old, new, _source)
    yield from _each("parameter", old.parameters, new.parameters, old, new, _parameter)
    yield from _each("definition", old.definitions, new.definitions, old, new, _definition)
    yield from _each("derived fact", _derived(old), _derived(new), old, new, _plain)
    yield from _each("fact", _facts(old), _facts(new), old, new, _fact)
    yield from _each("register", old.registers, new.registers, old, new, _register)
    yield from _each("rule", _rules(old), _rules(new), old, new, _rule)
    if bare(old.headline) != bare(new.headline):
        yield Edit("headline", "headline", "changed", (), ())


def _head(old: Pack, new: Pack) -> Iterator[Edit]:
    pairs = (
        ("version", old.identity.version, new.identity.version),
        ("title", old.identity.title, new.identity.title),
        ("time zone", old.zone.key, new.zone.key),
        ("governing date", old.governing, new.governing),
        ("default", str(old.default).lower(), str(new.default).lower()),
        ("reviewed on", old.identity.reviewed_on, new.identity.reviewed_on),
        ("notice", old.notice, new.notice),
        ("longest waiver", _days(old.most_waiver_days), _days(new.most_waiver_days)),
    )
    for name, before, after in pairs:
        own = name in ("version", "title", "reviewed on")  # these tell one pack from another
        if before != after and (old.id == new.id or not own):
            yield Edit("pack", name, "changed", (before or "nothing",), (after or "nothing",))


def _days(most: int | None) -> str:
    return "none is allowed" if most is None else f"{most} days"


def _each(
    what: str,
    olds: Mapping[str, Thing],
    news: Mapping[str, Thing],
    old: Pack,
    new: Pack,
    lines: Callable[[str, Thing, Pack], list[str]],
) -> Iterator[Edit]:
    for name in dict.fromkeys((*olds, *news)):
        if name not in olds:
            yield Edit(what, name, "added", (), tuple(lines(name, news[name], new)))
        elif name not in news:
            yield Edit(what, name, "removed", tuple(lines(name, olds[name], old)), ())
        elif bare(olds[name]) != bare(news[name]):
            before, after = lines(name, olds[name], old), lines(name, news[name], new)
            yield Edit(what, name, "changed", *_apart(before, after))


def _apart(before: list[str], after: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that only one of two texts has."""
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            come += after[c:d]
    return tuple(gone), tuple(come)


def _lines(item: Item) -> list[str]:
    return [words(item.text), *(line for below in item.items for line in _lines(below))]


def _source(id: str, thing: object, pack: Pack) -> list[str]:
    return _lines(source(pack.sources[id]))


def _parameter(name: str, thing: object, pack: Pack) -> list[str]:
    return _lines(numbers(name, pack, placed=False))


def _definition(name: str, thing: object, pack: Pack) -> list[str]:
    return _lines(definition(name, pack))


def _plain(name: str, thing: object, pack: Pack) -> list[str]:
    return [name]


def _facts(pack: Pack) -> dict[str, FactSpec]:
    """The facts that packs declare; the others are the same everywhere."""
    return {path: spec for path, spec in pack.specs.items() if path.startswith("extra.")}


def _fact(path: str, spec: FactSpec, pack: Pack) -> list[str]:
    unit = f", in {spec.unit}" if spec.unit else ""
    return [f"type: {spec.kind.value}{unit}", *_lines(fact(path, pack))]


def _derived(pack: Pack) -> dict[str, object]:
    return {derived.path: derived for derived in pack.derived}


def _rules(pack: Pack) -> dict[str, Rule]:
    return {rule.key: rule for rule in pack.rules}


def _rule(key: str, rule: Rule, pack: Pack) -> list[str]:
    cites = ", ".join(rule.cites)
    found = [f"title: {rule.title}", f"class: {rule.rule_class.value}", f"sources: {cites}"]
    found.append(words(in_force(rule, pack)))
    for word, empty, part in (
        ("applies when", "applies always", rule.when),
        ("requires that", "requires nothing", rule.require),
    ):
        is_empty = isinstance(part, All) and not part.parts
        found += [empty] if is_empty else _condition(word, part, pack) if part else []
    for word, sentence in (("reason", rule.reason), ("fix", rule.fix)):
        found += [f"{word}: {_template(sentence)}"] if sentence else []
    return found


def _template(sentence: Template) -> str:
    """A sentence as it was written, with its slots in braces."""
    parts = [part if isinstance(part, str) else f"{{{_slot(part)}}}" for part in sentence]
    return "".join(parts)


def _slot(slot: Slot) -> str:
    match slot.kind:
        case SlotKind.FACT:
            return slot.name
        case SlotKind.PARAMETER:
            return f"${slot.name}"
        case _:
            return str(slot.kind.value)


def _condition(word: str, condition: Condition, pack: Pack) -> list[str]:
    first, *rest = _lines(told(condition, pack))
    return [f"{word} {first}", *rest]


def _register(name: str, register: Register, pack: Pack) -> list[str]:
    fields = [f"field {key}: {spec.title}, {_type(spec)}" for key, spec in register.fields.items()]
    also = [f"{id} is also called {', '.join(names)}" for id, names in register.also_called.items()]
    rows = [words(row_words(row, register, pack).text) for row in register.rows]
    complete = "complete" if register.complete else "not complete"
    return [f"{register.title}, searched {register.as_of}, {complete}", *fields, *also, *rows]


def _type(spec: FactSpec) -> str:
    choices = f" of {', '.join(spec.choices)}" if spec.choices else ""
    return f"{spec.kind.value}{choices}{f' in {spec.unit}' if spec.unit else ''}"

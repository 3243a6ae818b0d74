"""One rule as a document: whom it binds, when it applies, what it asks, and on whose word."""

from collections.abc import Iterable, Iterator, Mapping

from gonogo.documents.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    Paragraph,
    Prose,
    Ref,
    joined,
)
from gonogo.explaining import entries
from gonogo.explaining.entries import place, sentence
from gonogo.explaining.meanings import CLASSES, COUNTS, NOT_KNOWN, effect_on
from gonogo.explaining.phrases import template, told
from gonogo.explaining.reach import Reach, reach
from gonogo.explaining.registers import register
from gonogo.explaining.titles import listed, quoted, the
from gonogo.explaining.unknowns import unknowns
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Condition,
    Holds,
    NoneOf,
)
from gonogo.packs.policy import Pack, Profile, Rule


def rule_page(rule: Rule, pack: Pack, profiles: Mapping[str, Profile], default: str) -> Document:
    """The page of one rule, as it stands in a pack: a house pack may have changed its numbers."""
    reads = reach(rule, pack)
    return (
        Heading(1, joined(Ref(rule.key), f": {rule.title}")),
        *_identity(rule, pack),
        Heading(2, "When it applies"),
        *_scope(rule, pack),
        *_requirement(rule, pack, reads),
        *_section("Words used", entries.definitions(reads.definitions, pack)),
        *_section("Numbers and choices by date", _numbers(reads, pack), _governed(pack)),
        *_section("What each profile makes of it", _profiles(rule, profiles, default)),
        Heading(2, "When something is not known"),
        Paragraph(NOT_KNOWN),
        *_list(unknowns(rule, reads)),
        *_failure(rule),
        *_sources(rule, pack, reads),
        *_section("Facts it reads", tuple(entries.fact(path, pack) for path in reads.facts)),
        *_section("Registers it reads", _registers(reads, pack)),
        *_closing(rule, pack),
    )


def _section(title: str, items: tuple[Item, ...], before: Prose = "") -> Iterator[Block]:
    if items:
        yield Heading(2, title)
        if before:
            yield Paragraph(before)
        yield Bullets(items)


def _list(items: Iterable[Item]) -> Iterator[Block]:
    found = tuple(items)
    if found:
        yield Bullets(found)


def _identity(rule: Rule, pack: Pack) -> Iterator[Block]:
    kind = "a note of class" if rule.require is None else "a rule of class"
    owner = next((each for each in pack.lineage if each.id == rule.pack), pack.identity)
    name = rule.rule_class.value
    said = joined(f"This is {kind} {name}, of the pack ", Ref(owner.id), f" {owner.version}. ")
    yield Paragraph(joined(said, f"{name.capitalize()} means: {CLASSES[rule.rule_class]}."))
    if owner is not pack.identity:
        house = joined(Ref(pack.id), f" {pack.identity.version}")
        yield Paragraph(
            joined("It is inherited by the pack ", house, ", whose numbers count here.")
        )
    yield Paragraph(joined(in_force(rule, pack), "."))


def in_force(rule: Rule, pack: Pack) -> Prose:
    """Since when a rule holds, until when, and which dates decide that."""
    dates = [f"from {rule.start_day}"] if rule.start_day else []
    dates += [f"until {rule.until_day}, that day included"] if rule.until_day else []
    if not dates:
        return "In force without limit of time"
    times = [the(path, pack) for path in (pack.governing, *rule.force_at)]
    of = listed(dict.fromkeys(times))
    which = joined("any of these falls in that time: ", of)
    if len(times) == 1:
        which = joined(of, " falls in that time")
    return joined(f"In force {' '.join(dates)}: it counts if ", which)


def _scope(rule: Rule, pack: Pack) -> Iterator[Block]:
    """When it applies; then what takes a release out again."""
    wanted = tuple(part for part in rule.when.parts if not isinstance(part, NoneOf))
    verb = "It is shown for" if rule.require is None else "It applies to"
    if not wanted:
        yield Paragraph(f"{verb} every release.")
    else:
        verb = "It is shown when " if rule.require is None else "It applies when "
        yield from _said(verb, told(All(wanted, rule.when.span), pack, after_when=True))
    exceptions = tuple(_exceptions(rule.when, pack, ""))
    if len(exceptions) == 1:
        yield from _said("Except when ", exceptions[0])
    elif exceptions:
        yield Paragraph("Except when at least one of these holds:")
        yield Bullets(exceptions)


def _said(before: Prose, item: Item) -> Iterator[Block]:
    whole = sentence(before, item)
    yield Paragraph(_capital(whole.text))
    if whole.items:
        yield Bullets(whole.items)


def _capital(prose: Prose) -> Prose:
    first, *others = joined(prose)
    if isinstance(first, str):
        first = first[:1].upper() + first[1:]
    return (first, *others)


def _exceptions(condition: Condition, pack: Pack, within: str) -> Iterator[Item]:
    """What must not be so, wherever a `not` stands as a condition of its own."""
    match condition:
        case All(parts=parts):
            for part in parts:
                yield from _exceptions(part, pack, within)
        case AnyOf(parts=(part,)):
            yield from _exceptions(part, pack, within)
        case Holds(name=name):
            yield from _exceptions(pack.definitions[name], pack, name)
        case NoneOf(parts=parts):
            for part in parts:
                item = told(part, pack, after_when=True)
                origin = f" (as {quoted(within)} says)" if within and not item.items else ""
                yield Item(joined(item.text, origin), item.items)
        case _:
            pass


def _requirement(rule: Rule, pack: Pack, reads: Reach) -> Iterator[Block]:
    if rule.require is None:
        yield Heading(2, "What it says")
        yield Paragraph("It is a note: it requires nothing. The report then says:")
        yield Bullets((Item(template(rule.reason or ())),))
    else:
        yield Heading(2, "What it requires")
        yield from _said("", told(rule.require, pack))
    for count in reads.counts:
        yield Paragraph(COUNTS[count].format(zone=pack.zone.key))


def _numbers(reads: Reach, pack: Pack) -> tuple[Item, ...]:
    return tuple(entries.numbers(name, pack) for name in reads.parameters)


def _registers(reads: Reach, pack: Pack) -> tuple[Item, ...]:
    """The registers, with their rows where the rule itself looks for one."""
    searched = {leaf.register for leaf in reads.leaves if isinstance(leaf, AnyRow)}
    return tuple(
        register(name, pack, reads.rows, rows=name in searched) for name in reads.registers
    )


def _governed(pack: Pack) -> Prose:
    decides = joined("The date of ", the(pack.governing, pack), " decides which value counts. ")
    return joined(decides, "Each holds until the next; before the first it is not known.")


def _profiles(rule: Rule, profiles: Mapping[str, Profile], default: str) -> tuple[Item, ...]:
    """The effect of each profile; those that agree are one entry."""
    by_effect: dict[str, list[Prose]] = {}
    for name, each in profiles.items():
        marked = joined(Ref(name), " (the default)" if name == default else "")
        by_effect.setdefault(effect_on(rule, each), []).append(marked)
    return tuple(
        Item(joined(listed(names, "and"), f": {effect}.")) for effect, names in by_effect.items()
    )


def _failure(rule: Rule) -> Iterator[Block]:
    if rule.require is None:
        return
    said = [Item(joined("The report says: ", template(rule.reason)))] if rule.reason else []
    said += [Item(joined("What to do: ", template(rule.fix)))] if rule.fix else []
    yield from _section("If it fails", tuple(said))


def _sources(rule: Rule, pack: Pack, reads: Reach) -> Iterator[Block]:
    """The sources of the rule, then those that only its numbers have."""
    yield Heading(2, "Sources")
    yield Bullets(entries.sources(rule.cites, pack))
    dated = [value for name in reads.parameters for value in pack.parameters[name].values]
    others = [id for value in dated for id in value.cites if id not in rule.cites]
    if others:
        yield Paragraph("Its numbers also rest on:")
        yield Bullets(entries.sources(others, pack))


def _closing(rule: Rule, pack: Pack) -> Iterator[Block]:
    yield Heading(2, "Where it is written")
    yield Paragraph(place(rule.span))
    yield Paragraph(f"{pack.notice} Not legal advice.".lstrip())

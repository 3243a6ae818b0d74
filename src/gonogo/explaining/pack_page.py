"""A whole pack as a document: what it is, its rules by class, its numbers, words and sources."""

from collections.abc import Iterator, Mapping

from gonogo.documents.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    Paragraph,
    Prose,
    Ref,
    Table,
    joined,
)
from gonogo.explaining import entries
from gonogo.explaining.entries import when
from gonogo.explaining.meanings import CLASSES, NOT_KNOWN, STANDINGS, effect_word
from gonogo.explaining.phrases import template
from gonogo.explaining.registers import register
from gonogo.explaining.titles import quoted, the
from gonogo.packs.policy import (
    Case,
    EarliestOf,
    HeadlineItem,
    Pack,
    Profile,
    RowOf,
    Rule,
    RuleClass,
    Standing,
)


def pack_page(pack: Pack, profiles: Mapping[str, Profile], default: str) -> Document:
    """The page of one pack. A house pack's holds what it inherits, with where that is from."""
    return (
        Heading(1, joined(Ref(pack.id), f" {pack.identity.version}: {pack.identity.title}")),
        *_identity(pack),
        Heading(2, "Rules"),
        *_rules(pack),
        Heading(2, "What each profile makes of a class"),
        *_profiles(profiles, default),
        _waivers(pack),
        *_section("What a reader sees first", tuple(_headline(i, pack) for i in pack.headline)),
        *_section("Words used", entries.definitions(pack.definitions, pack)),
        *_numbers(pack),
        *_section("Registers", _registers(pack)),
        *_section("Facts that are found, not asked", tuple(_derived(pack))),
        *_section("Facts that it adds", tuple(_added(pack))),
        Heading(2, "Sources"),
        *_sources(pack),
        Heading(2, "More"),
        *_more(pack),
    )


def _section(title: str, items: tuple[Item, ...]) -> Iterator[Block]:
    if items:
        yield Heading(2, title)
        yield Bullets(items)


def _identity(pack: Pack) -> Iterator[Block]:
    said: list[Prose] = []
    if pack.notice:
        said.append(f"{pack.notice} ")
    for parent in reversed(pack.lineage[:-1]):
        said.append(joined("It extends ", Ref(parent.id), f" {parent.version} ({parent.title}). "))
    if pack.identity.reviewed_on:
        said.append(f"Last reviewed on {pack.identity.reviewed_on}. ")
    used = "when no pack is named" if pack.default else "only when it is named"
    yield Paragraph(joined(*said, f"A check uses it {used}."))
    governing = joined("The date of ", the(pack.governing, pack))
    zone = pack.zone.key
    yield Paragraph(
        joined(
            governing,
            " decides which rules, numbers and rows of registers count. "
            f"A date without a time is that whole day in {zone}.",
        )
    )


def _rules(pack: Pack) -> Iterator[Block]:
    """The rules by class, the strongest class first."""
    for rule_class in RuleClass:
        rules = [rule for rule in pack.rules if rule.rule_class is rule_class]
        if rules:
            yield Heading(3, f"{rule_class.value}: {CLASSES[rule_class]}")
            yield Bullets(tuple(_rule(rule) for rule in rules))


def _rule(rule: Rule) -> Item:
    dates = [f"from {rule.start_day}"] if rule.start_day else []
    dates += [f"until {rule.until_day}"] if rule.until_day else []
    note = ["a note"] if rule.require is None else []
    remark = ", ".join([*note, *dates])
    return Item(joined(Ref(rule.key), f": {rule.title}", f" ({remark})" if remark else ""))


def _profiles(profiles: Mapping[str, Profile], default: str) -> Iterator[Block]:
    names = [f"{name} (default)" if name == default else name for name in profiles]
    yield Table(
        ("class", *names),
        tuple(
            (each.value, *(effect_word(profile, each) for profile in profiles.values()))
            for each in RuleClass
        ),
    )
    yield Paragraph(
        "A rule that blocks makes the verdict NO-GO if it fails, and UNDETERMINED if it cannot be "
        "decided. One that warns or is only noted never changes the verdict. If no rule that "
        f"blocks is in force, the verdict is UNDETERMINED. {NOT_KNOWN}"
    )


def _waivers(pack: Pack) -> Paragraph:
    """What a house may waive; the file of waivers is given with each check."""
    if pack.most_waiver_days is None:
        return Paragraph("Nothing in this pack can be waived.")
    return Paragraph(
        f"A waiver may last {pack.most_waiver_days} days at most, for one rule and one release; "
        "a binding rule can never be waived."
    )


def _headline(item: HeadlineItem, pack: Pack) -> Item:
    """A line of the report's head: what it is about, and what it says when."""
    about = f"whether {quoted(item.holds)} is met" if item.holds else ""
    named: Prose = ("how ", Ref(item.rule), " came out") if item.rule else about
    cases = tuple(_case(case, pack) for case in item.cases)
    else_ = (Item("otherwise: yes, no or unknown, with what decides it"),) if cases else ()
    return Item(joined(f"{item.label}: ", named), (*cases, *else_))


def _case(case: Case, pack: Pack) -> Item:
    because = joined(" (", template(case.because), ")") if case.because else ""
    return when(joined('"', template(case.say), '"', because), case.when, pack)


def _numbers(pack: Pack) -> Iterator[Block]:
    if pack.parameters:
        yield Heading(2, "Numbers and choices by date")
        yield Paragraph("Each value holds from its date until the next; before the first it is "
                        "not known.")  # fmt: skip
        yield Bullets(tuple(entries.numbers(name, pack) for name in pack.parameters))


def _registers(pack: Pack) -> tuple[Item, ...]:
    read = [each for each in pack.derived if isinstance(each, RowOf)]
    return tuple(register(name, pack, read, rows=True) for name in pack.registers)


def _derived(pack: Pack) -> Iterator[Item]:
    for each in pack.derived:
        if isinstance(each, EarliestOf):
            yield entries.fact(each.path, pack)


def _added(pack: Pack) -> Iterator[Item]:
    for path in pack.specs:
        if path.startswith("extra."):
            yield entries.fact(path, pack)


def _sources(pack: Pack) -> Iterator[Block]:
    """By standing, the best first."""
    for standing in Standing:
        ids = [each.id for each in pack.sources.values() if each.standing is standing]
        if ids:
            yield Heading(3, f"{standing.value}: {STANDINGS[standing]}")
            yield Bullets(entries.sources(ids, pack, standing=False))


def _more(pack: Pack) -> Iterator[Block]:
    example = pack.rules[0].key if pack.rules else f"{pack.id}/RULE"
    command = Ref(f"gonogo explain {example}")
    yield Paragraph(joined(command, " says what one rule asks, of whom, and on whose word."))
    yield Paragraph("Not legal advice.")

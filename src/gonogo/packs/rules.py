"""Rules, definitions and headline lines: nodes to types, with every name checked."""

import re
from collections.abc import Mapping as ReadOnly

from gonogo.diagnostics import Span
from gonogo.packs.conditions import read_conditions, read_dates, unknown_definition
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Holds,
    NoneOf,
    Slot,
    SlotKind,
    Template,
    leaves,
)
from gonogo.packs.operands import Names, unknown_fact, unknown_parameter
from gonogo.packs.policy import Case, HeadlineItem, Rule, RuleClass, Source
from gonogo.packs.reading import Reading
from gonogo.packs.sources import read_cites
from gonogo.trees.nodes import Mapping, Node, Sequence

_RULE_KEYS = ("id", "title", "class", "in_force", "cites", "when", "require", "reason", "fix")
MOST_DEEP = 64  # levels of conditions, through all the definitions that they name
_SLOT = re.compile(r"\{([^{}]*)\}")
_PLAIN_SLOTS = {"days": SlotKind.DAYS, "required": SlotKind.REQUIRED, "earliest": SlotKind.EARLIEST}


def read_rule(
    node: Node, pack: str, names: Names, sources: ReadOnly[str, Source], reading: Reading
) -> Rule | None:
    body = reading.mapping(node, "a rule", _RULE_KEYS, ("id", "title", "class", "cites"))
    if body is None:
        return None
    word = reading.text(body, "class")
    classes = {each.value: each for each in RuleClass}
    if word and word not in classes:
        reading.unknown(body.entries["class"].span, "there is no class", word, classes)
    rule_class = classes.get(word, RuleClass.HOUSE)
    cites = tuple(read_cites(body, sources, reading))
    listed = body.entries.get("cites")
    if isinstance(listed, Sequence) and not listed.items:
        reading.say(listed.span, "a rule without a source", "name one in `cites`")
    when = _optional(body, "when", names, reading) or All((), body.span)
    require = _optional(body, "require", names, reading)
    if "require" not in body.entries:
        if rule_class is not RuleClass.REFERENCE:
            reading.say(body.span, "a rule without `require`", "only a reference rule is a note")
        elif "reason" not in body.entries:
            reading.say(body.span, "a note without a `reason`", "say what the note says")
    window = reading.mapping(body.entries.get("in_force"), "in_force", ("from", "until", "at"))
    start = reading.start_of(window, "from") if window else None
    until = reading.end_of(window, "until") if window else None
    if window and start and until and until < start:
        reading.say(window.span, "a rule that ends before it begins", "check `from` and `until`")
    parts = [when] if require is None else [when, require]
    reason = _template(body, "reason", names, parts, reading)
    fix = _template(body, "fix", names, parts, reading)
    return Rule(
        reading.id(body, "id"),
        pack,
        reading.text(body, "title"),
        rule_class,
        start,
        until,
        reading.text(window, "from") if window else "",
        reading.text(window, "until") if window else "",
        read_dates(window.entries.get("at"), names, reading) if window else (),
        cites,
        when,
        require,
        reason,
        fix,
        body.span,
    )


def _optional(body: Mapping, key: str, names: Names, reading: Reading) -> All | None:
    node = body.entries.get(key)
    return read_conditions(node, names, reading) if node else None


def read_headline(
    node: Node, names: Names, rules: ReadOnly[str, Rule], reading: Reading
) -> HeadlineItem | None:
    body = reading.mapping(node, "a headline line", ("label", "holds", "rule", "says"), ("label",))
    if body is None:
        return None
    holds = reading.text(body, "holds") or None
    rule = reading.text(body, "rule") or None
    if (holds is None) == (rule is None):
        reading.say(
            body.span,
            "a headline line names one definition (`holds`) or one `rule`",
            "keep one of the two",
        )
        return None
    if holds and holds not in names.definitions:
        unknown_definition(body.entries["holds"].span, holds, names, reading)
    if rule and rule not in rules:
        span, none = body.entries["rule"].span, "the pack has no rules: add a file under rules/"
        reading.unknown(span, "there is no rule", rule, rules, lost=f"rule.{rule}", none=none)
        return None  # its slots would be measured by a rule that is not here
    parts = [rules[rule].when, rules[rule].require] if rule else []
    conditions = [part for part in parts if part is not None]
    cases = []
    for item in reading.items(body.entries.get("says"), "says"):
        case = reading.mapping(item, "a case", ("when", "say", "because"), ("when", "say"))
        if case is None or "when" not in case.entries:
            continue
        when = read_conditions(case.entries["when"], names, reading)
        say = _template(case, "say", names, conditions, reading)
        because = _template(case, "because", names, conditions, reading)
        cases.append(Case(when, say or (), because))
    return HeadlineItem(reading.text(body, "label"), holds, rule, tuple(cases))


def _template(
    body: Mapping, key: str, names: Names, conditions: list[All], reading: Reading
) -> Template | None:
    """A sentence with slots. A slot that nothing can fill is a problem."""
    text = reading.text(body, key)
    if not text:
        return None
    span = body.entries[key].span
    parts: list[str | Slot] = []
    end = 0
    for found in _SLOT.finditer(text):
        parts.append(text[end : found.start()])
        slot = _slot(found.group(1), names, conditions, span, reading)
        if slot:
            parts.append(slot)
        end = found.end()
    parts.append(text[end:])
    if "{" in "".join(part for part in parts if isinstance(part, str)):
        reading.say(span, f"`{key}`: a brace that is not closed", "write {path}, {$parameter}")
    return tuple(part for part in parts if part)


def _slot(
    name: str, names: Names, conditions: list[All], span: Span, reading: Reading
) -> Slot | None:
    if name in ("days", "required"):
        if not any(_measures(condition) for condition in conditions):
            reading.say(
                span,
                f"the slot {{{name}}} needs a rule that counts days",
                "use it in a rule with `days_from`, or delete it",
            )
        return Slot(_PLAIN_SLOTS[name])
    if name in _PLAIN_SLOTS:
        return Slot(_PLAIN_SLOTS[name])
    if name.startswith("$"):
        if name[1:] in names.parameters:
            return Slot(SlotKind.PARAMETER, name[1:])
        unknown_parameter(span, "the slot names no parameter:", name[1:], names, reading)
        return None
    if name in names.specs:
        return Slot(SlotKind.FACT, name)
    unknown_fact(span, "the slot names no fact:", name, (*names.specs, *_PLAIN_SLOTS), reading)
    return None


def _measures(condition: All) -> bool:
    return any(
        isinstance(leaf, Compare) and isinstance(leaf.subject, DaysBetween)
        for leaf in leaves(condition)
    )


def check_cycles(definitions: ReadOnly[str, All], reading: Reading) -> None:
    """A definition that rests on itself has no value, and one that goes too deep no reader."""
    heights: dict[str, int] = {}
    too_deep: list[Span] = []

    def height(condition: Condition, depth: int, trail: tuple[str, ...]) -> int:
        """How many levels lie in a condition that is so many levels deep itself."""
        if depth > MOST_DEEP:
            too_deep.append(condition.span)
            return 0
        match condition:
            case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
                return 1 + max((height(part, depth + 1, trail) for part in parts), default=0)
            case AnyRow(where=where):
                return 1 + height(where, depth + 1, trail)
            case Holds(name=name):
                return height_of(name, depth, trail)
            case _:
                return 0

    def height_of(name: str, depth: int, trail: tuple[str, ...]) -> int:
        if name in trail:
            loop = " -> ".join((*trail[trail.index(name) :], name))
            reading.say(
                definitions[name].span,
                f"definitions go in a circle: {loop}",
                "let one of them stand on facts alone",
            )
            return 0
        if name not in definitions:
            return 0
        if name not in heights:
            heights[name] = height(definitions[name], depth, (*trail, name))
        elif depth + heights[name] > MOST_DEEP:
            too_deep.append(definitions[name].span)
        return heights[name]

    for name in definitions:
        height_of(name, 1, ())
    if too_deep:
        said = f"definitions go more than {MOST_DEEP} levels deep here"
        reading.say(too_deep[0], said, "let this one stand on facts alone")

"""Conditions as English, without any facts: one sentence for each operator, one list for each join.

A sentence says what must be so. Its negation is said with `not`, so that a reader never has to
undo a double one. The meaning is the engine's: what is not known makes a sentence neither.
"""

from gonogo.documents.blocks import Item, Prose, Ref, joined
from gonogo.explaining.titles import is_several, listed, parameter, quoted, register_name, the
from gonogo.manifests.facts import FactSpec, Kind, show
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    Literal,
    NoneOf,
    Op,
    Operand,
    ParameterRef,
    Slot,
    SlotKind,
    Stated,
    Template,
)
from gonogo.packs.policy import Pack, RowOf
from gonogo.values.amounts import Amount

_ALL = "all of these hold:"
_ANY = "at least one of these holds:"
_NONE = "none of these holds:"
_NOT_ALL = "not all of these hold together:"

# `no later than`, not `on or before`: a day and an instant within it have no certain order.
_WORDS = {
    Op.EQUALS: "",
    Op.ONE_OF: "",
    Op.ABOVE: "above ",
    Op.AT_LEAST: "at least ",
    Op.BELOW: "below ",
    Op.AT_MOST: "at most ",
    Op.BEFORE: "before ",
    Op.NOT_AFTER: "no later than ",
    Op.AFTER: "after ",
    Op.NOT_BEFORE: "no earlier than ",
    Op.CONTAINS: "",
    Op.OVERLAPS: "",
}
# The engine answers each of a pair with the negation of the other, also where dates or amounts are
# known only roughly: so no sentence needs a `not at least`.
OPPOSITES = {
    Op.ABOVE: Op.AT_MOST,
    Op.AT_MOST: Op.ABOVE,
    Op.BELOW: Op.AT_LEAST,
    Op.AT_LEAST: Op.BELOW,
    Op.BEFORE: Op.NOT_BEFORE,
    Op.NOT_BEFORE: Op.BEFORE,
    Op.AFTER: Op.NOT_AFTER,
    Op.NOT_AFTER: Op.AFTER,
}
_DAY_WORDS = {
    Op.EQUALS: "exactly ",
    Op.ABOVE: "more than ",
    Op.BELOW: "fewer than ",
}


def told(condition: Condition, pack: Pack, *, so: bool = True, after_when: bool = False) -> Item:
    """A condition as one entry of a list: a sentence, or a join with its parts below it.

    With ``so`` False the opposite is said. ``after_when`` is for a sentence that goes on after
    `when`, where no `if` can follow.
    """
    match condition:
        case All(parts=(part,)) | AnyOf(parts=(part,)):
            return told(part, pack, so=so, after_when=after_when)
        case NoneOf(parts=(part,)):
            return told(part, pack, so=not so, after_when=after_when)
        case AnyOf(parts=(NoneOf(parts=(scope,)), then)) if so and not after_when:
            return _implication(scope, then, pack)
        case All(parts=parts):
            return _joined(_ALL if so else _NOT_ALL, parts, pack)
        case AnyOf(parts=parts):
            return _joined(_ANY if so else _NONE, parts, pack)
        case NoneOf(parts=parts):
            return _joined(_NONE if so else _ANY, parts, pack)
        case AnyRow():
            return _row(condition, pack, so)
        case Compare():
            return Item(_comparison(condition, pack, so))
        case Holds(name=name):
            return Item(f"{quoted(name)} is {'met' if so else 'not met'}")
        case Stated(path=path, expected=expected):
            return Item(_stated(path, pack, expected is so))
        case Evidenced(path=path):
            said = f"{'' if so else 'not both '}stated and backed by evidence with a digest"
            return Item(joined(the(path, pack), f" {_be(path, pack)} {said}"))


def _implication(scope: Condition, then: Condition, pack: Pack) -> Item:
    """`not this, or that` is how rules write `if this, then that`; a list cannot stand after if."""
    given, wanted = told(scope, pack, after_when=True), told(then, pack, after_when=True)
    if given.items:
        return Item(_ANY, (told(scope, pack, so=False), told(then, pack)))
    return Item(joined("if ", given.text, ": ", wanted.text), wanted.items)


def _joined(words: str, parts: tuple[Condition, ...], pack: Pack) -> Item:
    return Item(words, tuple(told(part, pack) for part in parts))


def _not(so: bool) -> str:
    return "" if so else "not "


def _be(path: str, pack: Pack) -> str:
    return "are" if is_several(path, pack) else "is"


def _stated(path: str, pack: Pack, stated: bool) -> Prose:
    """What a manifest states; or, of a fact read from a register, what that says."""
    from_register = any(
        isinstance(each, RowOf) and path.startswith(f"{each.path}.") for each in pack.derived
    )
    word = "given by the register" if from_register else "stated"
    return joined(the(path, pack), f" {_be(path, pack)} {_not(stated)}{word}")


def _comparison(leaf: Compare, pack: Pack, so: bool) -> Prose:
    if not so and leaf.op in OPPOSITES:
        return _comparison(leaf._replace(op=OPPOSITES[leaf.op]), pack, so=True)
    match leaf.subject:
        case DaysBetween(start=start, end=end, method=method):
            ends = joined("from ", the(start, pack), " to ", the(end, pack))
            few = _DAY_WORDS.get(leaf.op, _WORDS[leaf.op])
            days = _days(leaf.operands[0], method.words, pack)
            return joined(ends, f" there are {_not(so)}{few}", days)
        case ParameterRef(name=name):
            subject: Prose = ("the parameter ", Ref(f"${name}"))
            several = False
        case FactRef(path=path):
            subject, several = the(path, pack), is_several(path, pack)
    verb = _verb(leaf.op, so, several)
    return joined(subject, f" {verb} {_WORDS[leaf.op]}", _required(leaf, pack))


def _verb(op: Op, so: bool, several: bool) -> str:
    includes = "include" if several else "includes"
    match op:
        case Op.CONTAINS if not so:
            return f"{'do' if several else 'does'} not include"
        case Op.CONTAINS:
            return includes
        case Op.OVERLAPS:
            return f"{includes} {'at least one' if so else 'none'} of"
        case _:
            return f"{'are' if several else 'is'} {_not(so)}".rstrip()


def _required(leaf: Compare, pack: Pack) -> Prose:
    said = listed(_operand(operand, leaf.spec, pack) for operand in leaf.operands)
    match leaf.op, leaf.operands:
        case Op.EQUALS, (FactRef(),):
            return joined("the same as ", said)
        case Op.ONE_OF, (FactRef() | ParameterRef(),):
            return joined("one of ", said)
        case _:
            return said


def _operand(operand: Operand, spec: FactSpec, pack: Pack) -> Prose:
    match operand:
        case Literal(value=tuple() as values) if type(values) is tuple:
            return listed(Ref(str(each)) for each in values)
        case Literal(value=str() as word):
            return f'"{word}"' if spec.kind is Kind.TEXT else Ref(word)
        case Literal(value=value):
            return f'"{value}"' if spec.kind is Kind.NAME else show(value, spec)
        case ParameterRef(name=name):
            return parameter(name, pack)
        case FactRef(path=path, if_not_stated=fallback):
            other = (
                joined(", or, where not stated, ", parameter(fallback, pack)) if fallback else ""
            )
            return joined(the(path, pack), other)


def _days(operand: Operand, method: str, pack: Pack) -> Prose:
    """A number of days with the way they are counted: `30 calendar days`."""
    match operand:
        case Literal(value=value):
            one = isinstance(value, Amount) and str(value) == "1"
            return f"{value} {method.replace('days', 'day', 1) if one else method}"
        case ParameterRef(name=name):
            return parameter(name, pack, method)
        case FactRef(path=path, if_not_stated=fallback):
            either = (
                joined(", or, where not stated, ", parameter(fallback, pack)) if fallback else ""
            )
            return joined("as many ", method, " as ", the(path, pack), either)


def _row(condition: AnyRow, pack: Pack, so: bool) -> Item:
    """A row that is looked for, with what must be so of it."""
    if condition.register is None:
        where = "the evidence of the manifest has "
        said: Prose = joined(where, "an item" if so else "no item")
    else:
        has = f"{register_name(pack.registers[condition.register])} has {'a' if so else 'no'} row"
        times = [the(path, pack) for path in condition.at or (pack.governing,)]
        at = "any of these that is planned: " if len(times) > 1 else ""
        said = joined(has, f" in force at {at}", listed(times), "," if at else "")
    where_told = told(condition.where, pack, after_when=True)
    if not where_told.items:
        return Item(joined(said, " for which ", where_told.text))
    return Item(joined(said, " for which ", where_told.text), where_told.items)


def template(written: Template) -> Prose:
    """A sentence of a report, its slots in brackets."""
    return joined(*(part if isinstance(part, str) else _slot(part) for part in written))


def _slot(slot: Slot) -> Prose:
    match slot.kind:
        case SlotKind.FACT:
            return ("[", Ref(slot.name), "]")
        case SlotKind.PARAMETER:
            return ("[", Ref(f"${slot.name}"), "]")
        case SlotKind.DAYS:
            return "[the days counted]"
        case SlotKind.REQUIRED:
            return "[the days required]"
        case SlotKind.EARLIEST:
            return "[the earliest date that is GO]"

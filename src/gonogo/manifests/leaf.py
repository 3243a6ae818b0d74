"""One value of a known kind, read from a node: a fact, a literal in a rule, a field of a register.

Messages say what was found and what is expected; the caller adds the place and the field.
"""

import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from gonogo.diagnostics import nearest, quote
from gonogo.manifests.facts import FactSpec, Kind, Value
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence
from gonogo.values.amounts import Amount, exact, parse_number
from gonogo.values.names import Name, normal_name
from gonogo.values.times import Moment, parse_moment

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_DAYS = 36_500
_QUOTED_DAYS = "[0-9]{1,5}"
_DAYS_HELP = "write whole days, such as 30"
_MOST_ITEMS = 200
LONG_FORM = ("value", "evidence", "stated_by", "stated_on", "note")
_OWN_KEYS = frozenset((*LONG_FORM, "unknown", "low", "high"))


class WrongValueError(Exception):
    """A value that does not fit: what is wrong, and what to write instead."""

    def __init__(self, message: str, help: str | None = None, node: Node | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.node = node


def read_value(node: Node, spec: FactSpec, zone: ZoneInfo) -> Value | Moment:
    """The value of a node as the fact's kind says. Raises WrongValueError.

    ``zone`` serves only to suggest an offset for a time without one.
    """
    match spec.kind:
        case Kind.TEXT:
            return _text(node, most=None)
        case Kind.ID:
            return read_id(node)
        case Kind.NAME:
            return _name(node)
        case Kind.CHOICE | Kind.LEVEL:
            return _choice(node, spec.choices)
        case Kind.FLAG:
            return _flag(node)
        case Kind.AMOUNT:
            return _amount(node, spec)
        case Kind.DAYS:
            return _days(node)
        case Kind.MOMENT:
            return read_moment(node, spec.path.rpartition(".")[2], zone)
        case Kind.LIST:
            return _ids(node)


def shown(node: Node) -> str:
    """What was found, as a person would say it: the only way in which messages quote a value."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=None):
            return "nothing"
        case Scalar(text=text):
            return quote(text)


NOT_SHOWN = "(not shown)"


def concealed(node: Node) -> Node:
    """The same values without their words, so that no message about them can quote one.

    What is read comes from ``value``, what a message quotes from ``text``: only texts, and keys
    that are not our own, are replaced.
    """
    match node:
        case Scalar():
            return node._replace(text=NOT_SHOWN)
        case Sequence(items=items, span=span):
            return Sequence([concealed(item) for item in items], span)
        case Mapping(entries=entries, keys=keys, span=span):
            others = [key for key in keys if key not in _OWN_KEYS]
            names = {key: f"{NOT_SHOWN}{' ' * n}" for n, key in enumerate(others)}  # each once
            return Mapping(
                {names.get(key, key): concealed(child) for key, child in entries.items()},
                {names.get(key, key): place for key, place in keys.items()},
                span,
            )


def _text(node: Node, most: int | None = 200) -> str:
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.value:
        if most and len(node.value) > most:
            raise WrongValueError(f"has {len(node.value):,} characters; at most {most}")
        return node.value
    if isinstance(node, Scalar) and isinstance(node.value, Decimal | bool):
        raise WrongValueError(f"{shown(node)} must be quoted, it is a text", f'write "{node.text}"')
    raise WrongValueError(f"{shown(node)} where a text is expected")


def _name(node: Node) -> Name:
    text = _text(node)
    if not normal_name(text):
        raise WrongValueError(f"{shown(node)} names nothing", "write the exact public name")
    return Name(text)


def read_id(node: Node) -> str:
    """An id: lower-case words joined by hyphens."""
    text = _text(node, most=100)
    if not ID.fullmatch(text):
        raise WrongValueError(
            f"{shown(node)} is not an id (a-z, 0-9 and single hyphens)",
            _id_help(text) if text == node_text(node) else None,
        )
    return text


def _id_help(text: str) -> str | None:
    if " - " in text:  # YAML reads an item that stands deeper as more of the one above
        return "one id for each item; check that the items of the list stand in one column"
    near = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return f"did you mean `{near}`?" if near else None


def _choice(node: Node, choices: tuple[str, ...]) -> str:
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.value in choices:
        return node.value
    from gonogo.manifests.hints import choice_help

    help = choice_help(*_value_and_text(node), choices)
    raise WrongValueError(f"{shown(node)} is not a choice here", help)


def _flag(node: Node) -> bool:
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    raise WrongValueError(
        f"{shown(node)} is not true or false", "write true or false, without quotes"
    )


def _amount(node: Node, spec: FactSpec) -> Amount:
    if not isinstance(node, Mapping):
        return exact(_quantity(node, spec))
    for key in node.entries:
        if key not in ("low", "high"):
            near = nearest(key, ("low", "high", "value", "unknown"))
            hint = f"did you mean `{near}`? " if near else ""
            raise WrongValueError(
                f"unknown key {quote(key)} in a range",
                f"{hint}a range is {{low: 2e26, high: 4e26}}",
                node.entries[key],
            )
    for key in ("low", "high"):
        if key not in node.entries:
            raise WrongValueError(f"a range without `{key}`", "a range is {low: 2e26, high: 4e26}")
    low, high = (_quantity(node.entries[key], spec) for key in ("low", "high"))
    if low > high:
        raise WrongValueError(
            f"the range is reversed: low {node_text(node.entries['low'])} is more than "
            f"high {node_text(node.entries['high'])}",
            "swap low and high",
        )
    return Amount(low, high)


def node_text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else shown(node)


def read_number(node: Node) -> Decimal:
    """An exact number, bare or in quotes."""
    if isinstance(node, Scalar):
        if isinstance(node.value, Decimal):
            return node.value
        if isinstance(node.value, str) and (number := parse_number(node.value)) is not None:
            return number
        from gonogo.manifests.hints import number_help

        help = number_help(*_value_and_text(node))
        raise WrongValueError(f"{shown(node)} is not a number", help)
    raise WrongValueError(
        f"{shown(node)} where a number is expected", "write a number such as 1e26"
    )


def _value_and_text(node: Node) -> tuple[str, str]:
    """What is read and what may be quoted: they differ where the value is concealed."""
    if not isinstance(node, Scalar) or (node.text == NOT_SHOWN and not isinstance(node.value, str)):
        return "", ""
    return (node.value if isinstance(node.value, str) else node.text), node.text


def _quantity(node: Node, spec: FactSpec) -> Decimal:
    """A number of something: what a pack counts for itself may be 0, compute may not."""
    number = read_number(node)
    if spec.positive and number <= 0:
        help = f"write the {spec.unit or 'number'} as 3e26"
        raise WrongValueError(f"{node_text(node)} is not more than 0", help)
    if number < 0:
        raise WrongValueError(f"{node_text(node)} is less than 0", "write 0 or more")
    return number


def _days(node: Node) -> Amount:
    if isinstance(node, Mapping) and {"low", "high"} & set(node.entries):
        raise WrongValueError("a range is not possible here", _DAYS_HELP)
    try:
        number = read_number(node)
    except WrongValueError as wrong:
        raise WrongValueError(wrong.message, _DAYS_HELP) from None
    quoted = isinstance(node, Scalar) and node.quoted and str(node.value)
    if number != int(number) or (quoted and not re.fullmatch(_QUOTED_DAYS, quoted)):
        raise WrongValueError(f"{shown(node)} is not a whole number of days", _DAYS_HELP)
    if not 0 <= number <= MOST_DAYS:
        what = "is not a number of days" if number < 0 else "is more days than can be meant"
        raise WrongValueError(f"{shown(node)} {what}", f"from 0 to {MOST_DAYS:,}")
    return exact(number)


def read_moment(node: Node, key: str, zone: ZoneInfo) -> Moment:
    """A day, a month or an instant with its offset."""
    found: Moment | str = "is not a date"
    if isinstance(node, Scalar) and isinstance(node.value, str):
        found = parse_moment(node.value)
        if isinstance(found, Moment):
            return found
    from gonogo.manifests.hints import moment_help

    text = node.text if isinstance(node, Scalar) else ""
    raise WrongValueError(f"{shown(node)} {found}", moment_help(key, text, zone))


def _ids(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        raise WrongValueError(
            f"{shown(node)} where a list is expected", "write a list such as [a, b]"
        )
    if len(node.items) > _MOST_ITEMS:
        raise WrongValueError(f"a list of {len(node.items)}; at most {_MOST_ITEMS}")
    found = []
    for item in node.items:
        try:
            found.append(read_id(item))
        except WrongValueError as wrong:
            raise WrongValueError(wrong.message, wrong.help, wrong.node or item) from None
    return tuple(found)

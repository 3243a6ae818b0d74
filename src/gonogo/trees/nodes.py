"""Located nodes: what every input file becomes, and the limits that every file keeps.

No message of the readers quotes a value: which values are sensitive is not known yet here.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.values.amounts import MOST_DIGITS, parse_number

MOST_BYTES = 1 << 20
MOST_LEVELS = 32
MOST_NODES = 100_000
MOST_SCALAR = 1 << 16
Plain = str | bool | Decimal | None


class Scalar(NamedTuple):
    """A single value. ``text`` is what was written; ``quoted`` says whether in quotes."""

    value: Plain
    text: str
    quoted: bool
    span: Span


class Sequence(NamedTuple):
    """A list of nodes."""

    items: "list[Node]"
    span: Span


class Mapping(NamedTuple):
    """Text keys to nodes, in file order; ``keys`` holds where each key was written."""

    entries: "dict[str, Node]"
    keys: dict[str, Span]
    span: Span


Node = Scalar | Sequence | Mapping


def refuse(span: Span, message: str, help: str | None = None) -> InputError:
    return InputError([Problem(span, message, help)])


def place(text: str, index: int, file: str) -> Span:
    """The line and column of a character."""
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    lines = len(re.findall(r"\r\n|\n|\r", text[:start]))
    return Span(file, lines + 1, index - start + 1)


NO_CHARACTER = (
    "an escape for no character, such as half of a surrogate pair",
    "write the character itself",
)


def check_text(value: str, span: Span, longest: int = MOST_SCALAR) -> str:
    """A string that every output can carry: no lone surrogates, at most 64 KiB as a rule."""
    if len(value) > longest:
        raise refuse(span, f"a value of {len(value):,} characters; at most {longest:,}")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise refuse(span, *NO_CHARACTER)
    return value


def check_number(text: str, span: Span) -> Decimal:
    """The exact number, or an error for one too large to be meant."""
    number = parse_number(text)
    if number is None:
        raise refuse(
            span,
            f"a number of more than {MOST_DIGITS} digits or with an extreme exponent",
            "write it as 1e26 is written, or put it in quotes if it is a name",
        )
    return number

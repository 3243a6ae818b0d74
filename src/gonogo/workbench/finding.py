"""One lint finding, and what lint has looked at."""

from typing import NamedTuple

from gonogo.diagnostics import Span


class Finding(NamedTuple):
    """Something odd at one place. ``kind`` is an id of lint_kinds."""

    kind: str
    span: Span
    message: str
    hint: str


class LookedAt(NamedTuple):
    """How much of its own a pack has. Without it, nothing odd might mean that nothing was seen."""

    pack: str
    rules: int
    tests: int
    registers: int


def counted(number: int, word: str) -> str:
    """Such as: 3 rules, 1 test, no registers."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"

"""Places in files, problems found there, and the one exception that carries them.

Every message is lower case and says the place first, then what is wrong, then what to do.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST_PROBLEMS = 20
MOST_CHARACTERS = 3_900
MOST_QUOTED = 60


class Span(NamedTuple):
    """Where something begins in a file. Lines and columns count from 1, in code points.

    Line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One thing that is wrong at one place, with what to do about it."""

    span: Span
    message: str
    help: str | None = None

    def __str__(self) -> str:
        said = f"{visible(str(self.span))}: {visible(self.message)}"
        return f"{said}\n  help: {visible(self.help)}" if self.help else said


class InputError(Exception):
    """A file the user gave cannot be used. Carries every problem found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        self.problems = tuple(problems)
        super().__init__(listing(self.problems))


def listing(problems: Sequence[Problem]) -> str:
    """The problems as lines of text: at most 20 of them and under 4,000 characters."""
    lines: list[str] = []
    size = 0
    for shown, problem in enumerate(problems):
        line = str(problem)
        if len(line) > MOST_CHARACTERS:
            line = line[: MOST_CHARACTERS - 3] + "..."
        size += len(line) + 1
        if shown == MOST_PROBLEMS or (shown and size > MOST_CHARACTERS):
            lines.append(f"and {len(problems) - shown} more")
            break
        lines.append(line)
    return "\n".join(lines)


def quote(text: str) -> str:
    """A user's text in backticks, cut at 60 characters."""
    return f"`{text[: MOST_QUOTED - 3]}...`" if len(text) > MOST_QUOTED else f"`{text}`"


def visible(text: str) -> str:
    """Text that may go to a terminal or a CI log: nothing in it acts, nothing is hidden.

    Control, format (bidirectional, zero-width), surrogate and line-separator characters and those
    that are drawn as nothing become escapes such as ``\\x1b``. So do the second colon of ``::`` and
    the second ``#`` of ``##``: they begin workflow commands in the logs of GitHub and Azure.
    """
    if text.isascii() and text.isprintable():
        shown = text
    else:
        shown = "".join(_visible_character(character) for character in text)
    return shown.replace("::", ":\\x3a").replace("##", "#\\x23")


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Drawn as nothing, though Unicode counts them as letters, marks or symbols: first and last.
_UNDRAWN = (
    ("\u034f", "\u034f"),  # combining grapheme joiner
    ("\u115f", "\u1160"),  # Hangul fillers
    ("\u17b4", "\u17b5"),  # Khmer inherent vowels
    ("\u180b", "\u180f"),  # Mongolian variation selectors
    ("\u2800", "\u2800"),  # the empty braille pattern
    ("\u3164", "\u3164"),
    ("\ufe00", "\ufe0f"),  # variation selectors, which can carry a whole hidden message
    ("\uffa0", "\uffa0"),
    ("\U000e0100", "\U000e01ef"),
)


def _visible_character(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    import unicodedata  # a megabyte of tables, which plain text never needs

    drawn = not any(first <= character <= last for first, last in _UNDRAWN)
    if drawn and unicodedata.category(character) not in _HIDDEN:
        return character
    return character.encode("unicode_escape").decode("ascii")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice a person most likely meant by a misspelt word, if one is close."""
    import difflib  # only a mistake pays for it

    folded = {choice.casefold().replace("-", "_"): choice for choice in choices}
    near = difflib.get_close_matches(
        word.casefold().replace("-", "_").replace(" ", "_"), folded, n=1, cutoff=0.6
    )
    return folded[near[0]] if near else None

"""The parts of a document: headings, paragraphs, nested lists, tables, code.

Texts are plain: what a terminal or Markdown would act on is escaped where a document is written
(text.py, markdown.py), in one place each. A Ref is a stretch that names something, such as
a rule or a fact; Markdown sets it as code.
"""

import re
from typing import NamedTuple

from gonogo.diagnostics import Problem

EMPTY = "(empty)"  # how an entry without a text is shown
_BLANKS = re.compile("[ \\n]+")


class Ref(NamedTuple):
    """A name inside a sentence: of a rule, a fact, a parameter, a file or a command."""

    name: str


Prose = str | Ref | tuple[str | Ref, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the title of the document."""

    level: int
    text: Prose


class Paragraph(NamedTuple):
    """A paragraph. `lead` is a word set in front and marked, such as FAIL.

    `below` stands on a line of its own, such as the place where something failed.
    """

    text: Prose
    lead: str = ""
    below: Prose = ""


class Item(NamedTuple):
    """One entry of a list, with the entries below it."""

    text: Prose
    items: "tuple[Item, ...]" = ()
    checked: bool | None = None  # a checkbox, if not None


class Bullets(NamedTuple):
    """A list."""

    items: tuple[Item, ...]


class Problems(NamedTuple):
    """Things to mend, each laid out as every error is: never wrapped, so that a place is whole."""

    items: tuple[Problem, ...]


class Table(NamedTuple):
    """Columns with a heading each. A terminal shows rows as lines of aligned columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[Prose, ...], ...]


class Code(NamedTuple):
    """Lines to be shown exactly, in a language such as yaml."""

    text: str
    language: str = ""


Block = Heading | Paragraph | Bullets | Problems | Table | Code
Document = tuple[Block, ...]


def joined(*proses: Prose) -> tuple[str | Ref, ...]:
    """Several stretches as one."""
    found: list[str | Ref] = []
    for prose in proses:
        found += (prose,) if isinstance(prose, str | Ref) else prose
    return tuple(part for part in found if part != "")


def words(prose: Prose) -> str:
    """The prose without its marks, on one line: a document is wrapped where it is read."""
    said = [part if isinstance(part, str) else named(part) for part in joined(prose)]
    return single_spaced("".join(said)).strip(" ")


def named(ref: Ref) -> str:
    """The name of a Ref, on one line."""
    return single_spaced(ref.name).strip(" ")


def single_spaced(text: str) -> str:
    """Line breaks and repeated spaces as one space each."""
    return _BLANKS.sub(" ", text)

"""A document as lines for a terminal or a log: wrapped, indented, readable without colour.

All that comes from elsewhere passes `visible` here. Only a word that is too long by itself, a line
of code or a problem makes a line longer than the width.
"""

import textwrap
from collections.abc import Iterator

from gonogo.diagnostics import visible
from gonogo.documents.blocks import (
    EMPTY,
    Block,
    Bullets,
    Code,
    Document,
    Heading,
    Item,
    Paragraph,
    Problems,
    Prose,
    Table,
    words,
)
from gonogo.lines import Line, Role

WIDTH = 80
_NARROW = 14  # a column of a table is not wrapped to less, unless it is
_GAP = "  "
_BOXES = {None: "- ", False: "- [ ] ", True: "- [x] "}


def render(document: Document, width: int = WIDTH) -> str:
    """The document as plain text."""
    return "".join(line.text + "\n" for line in lines(document, width))


def lines(document: Document, width: int = WIDTH) -> list[Line]:
    """The document as lines of at most ``width`` characters."""
    found: list[Line] = []
    before: Block | None = None
    indent = 0
    for block in document:
        if before is not None and _apart(before, block):
            found.append(Line(""))
        if isinstance(block, Heading):
            indent = 2 * (block.level - 1)
        found += _block(block, indent, width)
        before = block
    return found


def _apart(before: Block, block: Block) -> bool:
    """Does an empty line stand between the two?"""
    match before, block:
        case _, Heading():
            return True
        case Heading(level=level), _:
            return level == 1
        case Paragraph() | Problems(), Bullets():
            return False
        case Paragraph(lead=str(one)), Paragraph(lead=str(other)):
            return not (one and other)  # a run of marked lines is a list
        case _:
            return True


def _block(block: Block, indent: int, width: int) -> Iterator[Line]:
    match block:
        case Heading(level=level, text=text):
            yield from _wrap(text, width, 2 * max(0, level - 2), role=Role.STRONG)
        case Paragraph(text=text, lead=lead, below=below):
            marked = _plain(lead)
            hang = 2 if marked else 0
            yield from _wrap(text, width, indent, hang, f"{marked}{_GAP}" if marked else "")
            yield from _wrap(below, width, indent + 2)
        case Bullets(items=items):
            for item in items:
                yield from _item(item, indent, width)
        case Problems(items=problems):
            for problem in problems:
                for line in str(problem).split("\n"):
                    yield Line(" " * indent + line)
        case Table():
            yield from _table(block, indent, width)
        case Code(text=text):
            for line in text.removesuffix("\n").split("\n"):
                yield Line(f"{' ' * (indent + 2)}{visible(line)}".rstrip())


def _plain(prose: Prose) -> str:
    return visible(words(prose))


def _wrap(
    prose: Prose,
    width: int,
    indent: int,
    hang: int = 0,
    lead: str = "",
    role: Role = Role.PLAIN,
) -> Iterator[Line]:
    """Prose as lines; the lead stands on the first, and the others hang."""
    indent = _shallow(indent, width)
    text = lead + _plain(prose)
    for number, line in enumerate(_filled(text, width, " " * indent, " " * (indent + hang))):
        marked = indent + len(lead.rstrip()) if lead and not number else 0
        yield Line(line, marked, Role.STRONG if marked else Role.PLAIN, role)


def _item(item: Item, indent: int, width: int) -> Iterator[Line]:
    first = " " * _shallow(indent, width) + _BOXES[item.checked]
    for line in _filled(_plain(item.text) or EMPTY, width, first, " " * len(first)):
        yield Line(line)
    for below in item.items:
        yield from _item(below, indent + 2, width)


def _shallow(indent: int, width: int) -> int:
    """However deep a list goes, there is room for words."""
    return min(indent, width // 2)


def _filled(text: str, width: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _table(table: Table, indent: int, width: int) -> Iterator[Line]:
    """Aligned columns, wrapped; where they would be too narrow, one entry for each row."""
    count = max(1, *map(len, (table.head, *table.rows)))
    head, *rows = [
        [_plain(cell) for cell in row] + [""] * (count - len(row))
        for row in (table.head, *table.rows)
    ]
    widths = _widths([head, *rows], width - indent)
    if widths is None:
        yield from _entries(head, rows, indent, width)
        return
    left = " " * indent
    for text in _row(head, widths):
        yield Line(left + text, role=Role.STRONG)
    yield Line(left + _GAP.join("-" * each for each in widths), role=Role.MUTED)
    for row in rows:
        for text in _row(row, widths):
            yield Line(left + text)


def _widths(rows: list[list[str]], room: int) -> list[int] | None:
    """A width for each column, so that a row fits in the room; None if words would not."""
    columns = list(zip(*rows, strict=True))
    natural = [max(1, *map(len, column)) for column in columns]
    longest = [max(map(len, " ".join(column).split(" "))) for column in columns]
    least = [min(full, max(word, _NARROW)) for full, word in zip(natural, longest, strict=True)]
    room -= len(_GAP) * (len(columns) - 1)
    if sum(least) > room:
        return None
    widths = [min(each, room) for each in natural]
    while sum(widths) > room:
        free = [width if width > few else 0 for width, few in zip(widths, least, strict=True)]
        widths[free.index(max(free))] -= 1
    return widths


def _row(cells: list[str], widths: list[int]) -> Iterator[str]:
    """The lines of one row, each cell wrapped in its column."""
    stacks = [_filled(cell, width, "", "") for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, stacks))):
        parts = [stack[number] if number < len(stack) else "" for stack in stacks]
        padded = [f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)]
        yield _GAP.join(padded).rstrip()


def _entries(head: list[str], rows: list[list[str]], indent: int, width: int) -> Iterator[Line]:
    for number, row in enumerate(rows):
        if number:
            yield Line("")
        for label, cell in zip(head, row, strict=True):
            if cell:
                yield from _wrap(cell, width, indent, 2, f"{label}: " if label else "")

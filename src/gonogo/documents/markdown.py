"""A document as GitHub Markdown. What comes from elsewhere stays text: no markup, no links.

Every character that Markdown may act on is escaped, and so is what would begin a list or a
heading. What GitHub turns into links without any markup (addresses, mentions, issue numbers) is
set as code, which it leaves alone.
"""

import re
from collections.abc import Iterator

from gonogo.diagnostics import Problem, visible
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
    Ref,
    Table,
    joined,
    named,
    single_spaced,
)

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~&$]")
_BEGINS_BLOCK = re.compile(r"\d+(?=[.)])|(?=[-+])")
_ACTS_ALONE = re.compile(r"@|://|www\.|#\d|GH-\d|:[\w+-]+:", re.IGNORECASE)
_BOXES = {None: "", False: "[ ] ", True: "[x] "}


def render(document: Document) -> str:
    """The document as Markdown."""
    parts: list[str] = []
    before: Block | None = None
    for block in document:
        # Two lists in a row would be read as one: the mark tells them apart.
        listed = isinstance(before, Bullets | Problems)
        mark = "*" if listed and not parts[-1].startswith("*") else "-"
        text = _block(block, mark)
        if text:
            parts.append(text)
            before = block
    return "\n\n".join(parts) + "\n" if parts else ""


def _block(block: Block, mark: str) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * min(level, 6)} {_inline(text)}"
        case Paragraph(text=text, lead=lead, below=below):
            marked = f"**{_inline(lead)}** " if lead.strip() else ""
            both = (marked + _inline(text), _inline(below))
            return "\n\n".join(_at_start(line) for line in both if line)
        case Bullets(items=items):
            return "\n".join(line for item in items for line in _item(item, mark, ""))
        case Problems(items=problems):
            return _block(Bullets(tuple(map(_entry, problems))), mark)
        case Table():
            return "\n".join(_table(block))
        case Code(text=text, language=language):
            return _code(text, language)


def _entry(problem: Problem) -> Item:
    help = (Item(f"help: {problem.help}"),) if problem.help else ()
    return Item((Ref(str(problem.span)), f": {problem.message}"), help)


def _item(item: Item, mark: str, indent: str) -> Iterator[str]:
    text = _at_start(_inline(item.text)) or EMPTY  # a bare mark would make the line above a heading
    yield f"{indent}{mark} {_BOXES[item.checked]}{text}"
    for below in item.items:
        yield from _item(below, mark, indent + "  ")


def _table(table: Table) -> Iterator[str]:
    count = max(1, *map(len, (table.head, *table.rows)))
    for number, row in enumerate((table.head, *table.rows)):
        cells = [_inline(cell, in_table=True) for cell in row] + [""] * (count - len(row))
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{' --- |' * count}"


def _code(text: str, language: str) -> str:
    body = "\n".join(visible(line) for line in text.removesuffix("\n").split("\n"))
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{re.sub(r'[^A-Za-z0-9+-]', '', language)}\n{body}\n{fence}"


def _inline(prose: Prose, *, in_table: bool = False) -> str:
    """Prose on one line. Parts that touch are joined first, as they might act only together."""
    stretches: list[tuple[bool, str]] = []
    for is_code, said in _stretches(prose):
        if not said:
            continue
        if stretches and stretches[-1][0] is is_code:
            stretches[-1] = (is_code, stretches[-1][1] + said)
        else:
            stretches.append((is_code, said))
    written = [
        _code_span(visible(said), in_table=in_table) if is_code else _escaped(visible(said))
        for is_code, said in stretches
    ]
    return "".join(written).strip(" ")


def _stretches(prose: Prose) -> Iterator[tuple[bool, str]]:
    """The parts of a prose, each with whether it is code; of a text word by word."""
    texts: list[str] = []
    for part in (*joined(prose), Ref("")):
        if isinstance(part, str):
            texts.append(part)
            continue
        for word in re.split("( )", single_spaced("".join(texts))):
            yield bool(_ACTS_ALONE.search(word)), word
        texts = []
        yield True, named(part)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _code_span(name: str, *, in_table: bool) -> str:
    """A code span whose fence is longer than any inside.

    A table splits even code at bars that are not escaped, and cannot escape one behind a backslash.
    """
    if in_table:
        name = name.replace("\\|", "\\\\x7c").replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", name)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if name.startswith("`") or name.endswith("`") else ""
    return f"{fence}{padding}{name}{padding}{fence}"


def _at_start(line: str) -> str:
    """A line that does not begin a list or a rule."""
    found = _BEGINS_BLOCK.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line

"""Markdown is read back with a real parser: the structure is the document's, the rest is text."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from drawn import HOSTILE, blocks, documents
from hypothesis import example, given

from gonogo.diagnostics import visible
from gonogo.documents import markdown
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
    words,
)
from markdown_shape import Shape, shape_of, sight_undone
from strategies import LAWS


def _plain(prose: Prose) -> str:
    return sight_undone(visible(words(prose)).strip())


def _expected(document: Document) -> Shape:
    """What a reader of the Markdown must find: each stretch of text with what it stands in."""
    return [part for block in document for part in _of(block)]


def _of(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Heading(level=level, text=text):
            yield f"h{level}", _plain(text)
        case Paragraph(text=text, lead=lead, below=below):
            said = " ".join(filter(None, (_plain(lead), _plain(text))))
            yield from (("p", line) for line in (said, _plain(below)) if line)
        case Bullets(items=items):
            yield from _items(items, 1)
        case Problems(items=problems):
            for span, message, help in problems:
                yield "li1", _plain((Ref(str(span)), f": {message}"))
                yield from [("li2", _plain(f"help: {help}"))] if help else []
        case Table(head=head, rows=rows):
            yield from (("th", _plain(cell)) for cell in head)
            yield from (("td", _plain(cell)) for row in rows for cell in row)
        case Code(text=text):
            yield "code", "\n".join(map(visible, text.removesuffix("\n").split("\n")))


def _items(items: tuple[Item, ...], depth: int) -> Iterator[tuple[str, str]]:
    for item in items:
        box = {None: "", True: "[x] ", False: "[ ] "}[item.checked]
        yield f"li{depth}", _plain(joined(box, item.text if words(item.text) else EMPTY))
        yield from _items(item.items, depth + 1)


@LAWS
@given(documents)
@example((Bullets((Item("a"),)), Bullets((Item("b"),)), Bullets((Item("c"),))))
@example((Table(("a|b",), (((Ref("c|d"), "\\"),), (Ref("e\\|f"),))),))
def test_the_parser_reads_the_document_back(document: Document) -> None:
    assert shape_of(markdown.render(document)) == _expected(document)


@LAWS
@given(blocks)
def test_nothing_hides_or_acts_in_a_log(block: Block) -> None:
    source = markdown.render((block,))

    odd = [c for c in source if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    assert odd == []
    assert "::" not in source
    assert not re.search(r"##(?!#* )", source)  # a heading's own marks begin its line


@pytest.mark.parametrize("words_", HOSTILE)
def test_hostile_words_stay_words(words_: str) -> None:
    """Each in every place of a document."""
    document: Document = (
        Heading(2, (words_, Ref(words_), words_)),
        Paragraph(words_, lead=words_),
        Bullets((Item(words_, (Item((Ref(words_), words_)),)),)),
        Table((words_, "x"), (((words_, Ref(words_)), Ref(words_)),)),
        Code(words_, words_),
    )

    assert shape_of(markdown.render(document)) == _expected(document)


def test_a_whole_document() -> None:
    document: Document = (
        Heading(1, ("Rule ", Ref("eo-14409/a-rule"))),
        Paragraph(("At least ", Ref("$days"), " of *30*\ndays."), lead="FAIL"),
        Bullets((Item("one", (Item("two_three"),)), Item("done", checked=True))),
        Bullets((Item("1. not a number"), Item("to do", checked=False))),
        Table(("name", "a | b"), ((Ref("x|y"), "<b>"), ("short",))),
        Code("a: `x`\n```\n", "yaml"),
        Paragraph(("See https://a.example and ", Ref("tick`ed"), ".")),
    )

    assert (
        markdown.render(document)
        == """\
# Rule `eo-14409/a-rule`

**FAIL** At least `$days` of \\*30\\* days.

- one
  - two\\_three
- [x] done

* 1\\. not a number
* [ ] to do

| name | a \\| b |
| --- | --- |
| `x\\|y` | \\<b\\> |
| short |  |

````yaml
a: `x`
```
````

See `https://a.example` and ``tick`ed``.
"""
    )


@pytest.mark.parametrize("character", "\\`*_{}[]<>#!|~&$")
def test_what_markdown_may_act_on_is_escaped(character: str) -> None:
    """Also where the parser above would not mind: GitHub reads more than CommonMark."""
    assert markdown.render((Paragraph(f"a {character} b"),)) == f"a \\{character} b\n"


def test_a_bar_behind_a_backslash_is_spelled_out_in_a_table() -> None:
    """GitHub would split the row there, even within code."""
    table = Table(("a",), ((Ref("e\\|f"),),))

    assert markdown.render((table,)) == "| a |\n| --- |\n| `e\\\\x7cf` |\n"
    assert markdown.render((Paragraph(Ref("e\\|f")),)) == "`e\\|f`\n"

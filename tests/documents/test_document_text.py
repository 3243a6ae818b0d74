"""Documents in a terminal and in a log: wrapped, indented, aligned; nothing acts or is lost."""

import re
import unicodedata

import pytest
from drawn import HOSTILE, blocks, documents
from hypothesis import given
from hypothesis import strategies as st

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.documents import text
from gonogo.documents.blocks import (
    Block,
    Bullets,
    Code,
    Document,
    Heading,
    Item,
    Paragraph,
    Problems,
    Ref,
    Table,
)
from gonogo.lines import Line, Role
from strategies import LAWS

_LONG = "one two three four five six seven eight nine ten"
DOCUMENT: Document = (
    Heading(1, ("Rule ", Ref("eo-14409/a-rule"))),
    Paragraph("An introduction that is longer than one line of this narrow terminal."),
    Heading(2, "When it applies"),
    Paragraph("It applies when all of these hold:"),
    Bullets(
        (
            Item(_LONG, (Item(_LONG, (Item("deep"),)), Item("also"))),
            Item(f"done {_LONG}", checked=True),
            Item("to do", checked=False),
        )
    ),
    Paragraph("Afterwards."),
    Heading(3, "Below"),
    Paragraph(_LONG, lead="FAIL"),
    Bullets((Item("why"),)),
    Paragraph("quick", lead="PASS"),
    Paragraph("slow", lead="PASS"),
    Code("a: 1\n  b: 2\n", "yaml"),
)
AT_40 = """\
Rule eo-14409/a-rule

An introduction that is longer than one
line of this narrow terminal.

When it applies
  It applies when all of these hold:
  - one two three four five six seven
    eight nine ten
    - one two three four five six seven
      eight nine ten
      - deep
    - also
  - [x] done one two three four five six
        seven eight nine ten
  - [ ] to do

  Afterwards.

  Below
    FAIL  one two three four five six
      seven eight nine ten
    - why

    PASS  quick
    PASS  slow

      a: 1
        b: 2
"""


def test_a_whole_document() -> None:
    assert text.render(DOCUMENT, 40) == AT_40


def test_a_wide_terminal_wraps_later() -> None:
    assert (
        text.render(DOCUMENT[:2], 120)
        == "Rule eo-14409/a-rule\n\nAn introduction that is longer than one line of this "
        "narrow terminal.\n"
    )


def test_roles_mark_headings_leads_and_the_head_of_a_table() -> None:
    document = (
        Heading(2, "Title"),
        Paragraph("words", lead="FAIL"),
        Table(("a",), (("b",),)),
    )

    assert text.lines(document) == [
        Line("Title", role=Role.STRONG),
        Line("  FAIL  words", 6, Role.STRONG),
        Line(""),
        Line("  a", role=Role.STRONG),
        Line("  -", role=Role.MUTED),
        Line("  b"),
    ]


TABLE = Table(
    ("class", "what it is", "effect"),
    (("binding", "law in force", Ref("blocks")), ("framework", "what the order describes", "")),
)


def test_columns_are_aligned() -> None:
    assert (
        text.render((TABLE,))
        == """\
class      what it is                effect
---------  ------------------------  ------
binding    law in force              blocks
framework  what the order describes
"""
    )


def test_columns_wrap_where_they_do_not_fit() -> None:
    assert (
        text.render((TABLE,), 36)
        == """\
class      what it is         effect
---------  -----------------  ------
binding    law in force       blocks
framework  what the order
           describes
"""
    )


def test_rows_become_entries_where_columns_would_be_too_narrow() -> None:
    assert (
        text.render((Heading(2, "Classes"), TABLE), 24)
        == """\
Classes
  class: binding
  what it is: law in
    force
  effect: blocks

  class: framework
  what it is: what the
    order describes
"""
    )


def test_a_table_without_rows_keeps_its_head() -> None:
    assert text.render((Table(("a", "b"), ()),)) == "a  b\n-  -\n"


def test_a_short_row_is_filled_up() -> None:
    assert text.render((Table(("a",), (("b", "c"), ("d",))),)) == "a\n-  -\nb  c\nd\n"


def test_a_long_word_is_kept_whole_on_its_own_line() -> None:
    """An address must be copied in one piece."""
    url = "https://example.org/" + "x" * 60
    document = (Bullets((Item(("read on 2026-11-23: ", Ref(url))), Item(Ref(url)))),)

    assert text.render(document, 40) == f"- read on 2026-11-23:\n  {url}\n- {url}\n"


def test_a_name_is_not_broken_at_its_hyphens() -> None:
    assert text.render((Paragraph("a rule is review-window-held"),), 25) == (
        "a rule is\nreview-window-held\n"
    )


def test_a_deep_list_keeps_room_for_words() -> None:
    item = Item("three words here")
    for _ in range(30):
        item = Item("down", (item,))

    lines = text.render((Bullets((item,)),), 40).splitlines()

    assert lines[-1] == f"{' ' * 20}- three words here"
    assert len(lines) == 31


def test_a_column_is_not_wrapped_to_a_sliver() -> None:
    table = Table(("a", "b"), (("one two three four", "five six seven eight"),))

    assert text.render((table,), 30).splitlines()[2:] == [
        "one two three   five six seven",
        "four            eight",
    ]
    assert text.render((table,), 29) == "a: one two three four\nb: five six seven eight\n"


def test_a_table_of_nothing_is_no_crash() -> None:
    assert text.render((Table((), ()),)) == "-\n"


def test_an_empty_entry_is_seen() -> None:
    assert text.render((Bullets((Item(""), Item("", checked=True))),)) == (
        "- (empty)\n- [x] (empty)\n"
    )


def test_a_lead_has_no_spaces_of_its_own() -> None:
    assert text.render((Paragraph("words", lead=" FAIL\n"),)) == "FAIL  words\n"


def test_a_place_stands_below_its_paragraph_at_any_width() -> None:
    """Run into the words it could not be told from them, nor copied."""
    document = (Paragraph("a name", lead="FAIL", below=Ref("tests/a.yaml:3:5")), TABLE)

    for width in (60, 1000):
        assert text.render(document, width).startswith("FAIL  a name\n  tests/a.yaml:3:5\n\nclass ")


def test_problems_are_laid_out_as_errors_are() -> None:
    problems = (
        Problem(Span("tests/a.yaml", 3, 5), f"it is wrong: {_LONG}", "mend it"),
        Problem(Span("b.yaml"), "so is this"),
    )

    printed = text.render((Paragraph("before"), Problems(problems), Paragraph("after")), 20)

    assert printed == f"before\n\n{InputError(problems)}\n\nafter\n"


def test_what_is_said_of_a_problem_stands_right_below_it() -> None:
    document = (Problems((Problem(Span("b.yaml", 2, 1), "odd"),)), Bullets((Item("because"),)))

    assert text.render(document) == "b.yaml:2:1: odd\n- because\n"


def test_an_empty_document_is_empty() -> None:
    assert text.render(()) == ""


_MARK = re.compile(r" *(- (\[[x ]\] )?)?")


@LAWS
@given(documents, st.sampled_from([40, 80, 120]))
def test_only_one_word_alone_makes_a_line_too_long(document: Document, width: int) -> None:
    prose = tuple(block for block in document if not isinstance(block, Code | Problems))

    for line in text.render(prose, width).splitlines():
        assert len(line) <= width or len(_MARK.sub("", line, count=1).split(" ")) == 1


@LAWS
@given(documents)
def test_no_word_is_lost_however_it_is_wrapped(document: Document) -> None:
    """Only tables change their order: they are columns or entries."""
    prose = tuple(block for block in document if not isinstance(block, Table))

    narrow, wide = (text.render(prose, width).split() for width in (40, 100_000))

    assert narrow == wide


@LAWS
@given(blocks)
def test_nothing_hides_or_acts_in_a_log(block: Block) -> None:
    printed = text.render((block,))

    odd = [c for c in printed if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    assert odd == []
    assert "::" not in printed
    assert "##" not in printed


@pytest.mark.parametrize("hostile", [words for words in HOSTILE if words])
def test_no_text_begins_a_line_of_its_own(hostile: str) -> None:
    document: Document = (
        Heading(1, hostile),
        Paragraph((hostile, Ref(hostile))),
        Bullets((Item(hostile), Item((Ref(hostile), hostile)))),
    )

    heading, gap, paragraph, *items = text.render(document, 1000).splitlines()

    assert bool(heading) and not gap and bool(paragraph)
    assert [line[:2] for line in items] == ["- ", "- "]

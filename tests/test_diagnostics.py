"""Messages: safe to print, never too long, and with the word that was probably meant."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.diagnostics import InputError, Problem, Span, listing, nearest, quote, visible
from strategies import LAWS

ACTING = {
    "ESC": ("\x1b[31mGO", "\\x1b[31mGO"),
    "NUL": ("a\x00b", "a\\x00b"),
    "bell": ("\x07", "\\x07"),
    "backspace": ("\x08", "\\x08"),
    "delete": ("\x7f", "\\x7f"),
    "one-byte CSI": ("\x9b31m", "\\x9b31m"),
    "line break": ("a\nb", "a\\nb"),
    "return": ("a\rb", "a\\rb"),
    "next line": ("a\x85b", "a\\x85b"),
    "line separator": ("a\u2028b", "a\\u2028b"),
    "paragraph separator": ("a\u2029b", "a\\u2029b"),
    "right to left": ("a\u202eb", "a\\u202eb"),
    "isolate": ("a\u2066b", "a\\u2066b"),
    "zero-width space": ("a\u200bb", "a\\u200bb"),
    "zero-width joiner": ("a\u200db", "a\\u200db"),
    "byte order mark": ("a\ufeffb", "a\\ufeffb"),
    "soft hyphen": ("a\xadb", "a\\xadb"),
    "tag character": ("a\U000e0041b", "a\\U000e0041b"),
    "lone surrogate": ("a\ud800b", "a\\ud800b"),
    "GitHub command": ("::error::x", ":\\x3aerror:\\x3ax"),
    "Azure command": ("##[section]x", "#\\x23[section]x"),
    "Azure command, old": ("##vso[task.complete]", "#\\x23vso[task.complete]"),
}
HARMLESS = [
    "",
    "plain, with spaces!",
    "a: b: c",
    "# one",
    "Müller",
    "北光",
    "naïve — “quoted”",
    "é",
]


@pytest.mark.parametrize(("text", "shown"), ACTING.values(), ids=ACTING)
def test_nothing_in_a_text_acts(text: str, shown: str) -> None:
    """What would act on a terminal or a CI log, or hide, is written as an escape."""
    assert visible(text) == shown


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_stays(text: str) -> None:
    """Also in other scripts."""
    assert visible(text) == text


@LAWS
@given(
    st.text(st.one_of(st.characters(), st.sampled_from(":#[\x1b\u202e\u200b\n\ud800")), max_size=30)
)
def test_visible_text_is_always_safe(text: str) -> None:
    """For every text: no control, format or separator character, and no workflow command."""
    shown = visible(text)
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in shown if unicodedata.category(c) in bad]
    assert "::" not in shown
    assert "##" not in shown
    assert visible(shown) == shown


@pytest.mark.parametrize(
    "character", "\u034f\u115f\u1160\u17b4\u180b\u180f\u2800\u3164\ufe00\ufe0f\uffa0"
)
def test_what_is_drawn_as_nothing_is_shown(character: str) -> None:
    """Unicode's default-ignorable code points are letters or marks, and yet nobody sees them."""
    assert visible(f"N{character}-9") == f"N\\u{ord(character):04x}-9"
    assert visible("\U000e0100\U000e01ef") == "\\U000e0100\\U000e01ef"
    assert (
        visible("\u034e\u1161\u2801\ufe10\u3163") == "\u034e\u1161\u2801\ufe10\u3163"
    )  # their neighbours


@pytest.mark.parametrize(("length", "shown"), [(59, 59), (60, 60), (61, 60), (10_000, 60)], ids=str)
def test_values_are_cut_at_60_characters(length: int, shown: int) -> None:
    """At 60 it is whole; above, the cut is marked and the length with it stays 60."""
    text = quote("x" * length)
    assert len(text) == shown + 2
    assert text.endswith("...`") is (length > 60)


def problems(count: int, size: int = 10) -> list[Problem]:
    return [Problem(Span("a.yaml", n + 1, 1), "x" * size) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "lines", "last"),
    [(1, 1, "a.yaml:1:1"), (19, 19, "a.yaml:19:1"), (20, 20, "a.yaml:20:1"), (21, 21, "and 1 more"),
     (500, 21, "and 480 more")],
    ids=str,
)  # fmt: skip
def test_up_to_20_problems_are_listed(count: int, lines: int, last: str) -> None:
    """Then how many more there are."""
    said = listing(problems(count)).split("\n")
    assert len(said) == lines
    assert said[-1].startswith(last)


@pytest.mark.parametrize("size", [10, 190, 1_300, 1_950, 3_880, 3_889, 3_900, 4_000, 100_000])
@pytest.mark.parametrize("count", [1, 2, 5, 30])
def test_a_message_stays_under_4000_characters(count: int, size: int) -> None:
    """However many problems there are and however long each is; the first always shows."""
    said = listing(problems(count, size))
    assert len(said) < 4_000
    assert said.startswith("a.yaml:1:1: xxx")
    shown = said.count("a.yaml:")
    assert said.endswith(f"and {count - shown} more") is (shown < count)


def test_place_message_and_help() -> None:
    """`file:line:column: what is wrong`, then `help: ...` on its own line."""
    problem = Problem(Span("release.yaml", 3, 10), "is odd", "mend it")
    assert str(problem) == "release.yaml:3:10: is odd\n  help: mend it"
    assert str(Problem(Span("release.yaml"), "is odd")) == "release.yaml: is odd"


def test_every_part_of_a_problem_is_made_visible() -> None:
    """File names are a user's text, too."""
    problem = Problem(Span("::a\x1b.yaml", 1, 1), "b\x1b", "c\n::d")
    assert str(problem) == ":\\x3aa\\x1b.yaml:1:1: b\\x1b\n  help: c\\n:\\x3ad"


def test_an_input_error_has_a_problem() -> None:
    """An error without a reason helps nobody."""
    with pytest.raises(ValueError, match="at least one"):
        InputError([])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("signd", "signed"),
        ("SIGNED", "signed"),
        ("not-signed", "not_signed"),
        ("not signed", "not_signed"),
        ("negotiate", "negotiating"),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_word_that_was_meant(word: str, expected: str | None) -> None:
    """Close in spelling, whatever the case and the joints; nothing if nothing is close."""
    assert nearest(word, ["signed", "not_signed", "negotiating"]) == expected


def test_the_nearest_word_is_given_as_it_is_written() -> None:
    """Not in the folded form in which it was compared; and from no choices comes none."""
    assert nearest("us bis", ["US-BIS"]) == "US-BIS"
    assert nearest("anything", []) is None

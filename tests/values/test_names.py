"""Names of models: what people mean by the same name. Design, section 9."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.values.names import Name, normal_name
from gonogo.values.truth import Truth
from strategies import LAWS

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

NAMES = {
    "the same": ("Fable 5", "Fable 5", T),
    "case": ("Fable 5", "FABLE 5", T),
    "no space": ("Fable 5", "Fable5", T),
    "a hyphen": ("Fable 5", "fable-5", T),
    "a non-breaking hyphen": ("Fable 5", "Fable\u20115", T),
    "a dash": ("Fable 5", "Fable\u20135", T),
    "a non-breaking space": ("Fable 5", "Fable\xa05", T),
    "a zero-width space": ("Fable 5", "Fable\u200b 5", T),
    "fullwidth letters": ("Fable 5", "\uff26\uff41\uff42\uff4c\uff45\u3000\uff15", T),
    "fullwidth capitals and a hyphen": ("Fable 5", "\uff26\uff21\uff22\uff2c\uff25\uff0d\uff15", T),
    "one fullwidth letter": ("N-9", "\uff2e-9", T),
    "another fullwidth number": ("Fable 5", "Fable \uff14", F),
    "a fullwidth name in a longer one": ("\uff26able 5 mini", "Fable 5", U),
    "a ligature": ("Fireﬂy 2", "Firefly 2", T),
    "a tab and a line end": ("Fable 5", "Fable\t5\n", T),
    "a delete character": ("Fable 5", "Fable\x7f 5", T),
    "an underscore": ("Fable 5", "Fable_5", U),
    "a point": ("Fable 5", "Fable.5", U),
    "a point in a number": ("GPT-5.6", "GPT-56", U),
    "punctuation inside a longer name": ("Claude_Fable_5", "Fable 5", U),
    "punctuation and another number": ("Fable_5", "Fable 4", F),
    "nothing but punctuation": ("_", "Fable 5", F),
    "other punctuation": ("_", ".", F),
    "composed and decomposed": ("Caf\xe9 1", "Cafe\u0301 1", T),
    "one contains the other": ("Fable 5", "Fable 5 mini", U),
    "one is contained": ("Claude Fable 5", "Fable 5", U),
    "a longer number contains it": ("Fable 5", "Fable 51", U),
    "another number": ("Fable 5", "Fable 4", F),
    "another name": ("Fable 5", "Mythos 5", F),
    "an accent": ("Caf\xe9 1", "Cafe 1", U),
    "a letter less": ("Fable 5", "Fabl 5", U),
    "a letter more": ("Fable 5", "Fable v5", U),
    "another letter": ("Fable 5", "Fablo 5", U),
    "two letters swapped": ("Fable 5", "Fabel 5", U),
    "a digit for a letter": ("Fable 5", "Fab1e 5", U),
    "a Cyrillic letter": ("Fable 5", "F\u0430ble 5", U),
    "a digit more": ("Fable 5", "Fable 15", F),
    "two digits swapped": ("Fable 15", "Fable 51", F),
    "two other letters": ("Fable 5", "Fabric 5", F),
    "a letter of three characters": ("N-9", "M-9", F),
}


@pytest.mark.parametrize(("mine", "theirs", "expected"), NAMES.values(), ids=NAMES)
def test_two_names(mine: str, theirs: str, expected: Truth) -> None:
    """Normalised they are the same, or one contains the other and nobody knows."""
    assert Name(mine).same_as(Name(theirs)) is expected
    assert Name(theirs).same_as(Name(mine)) is expected


HYPHENS = [
    "-",
    "---",
    " - - ",
    "\u2010\u2011\u2012\u2013\u2014\u2015",
    "\uff0d",
    "\ufe63-",
    "-\u00ad\u200b",
]


@pytest.mark.parametrize("text", HYPHENS, ids=ascii)
def test_hyphens_alone_name_nothing(text: str) -> None:
    """Nothing is left of them, in ASCII and beyond; a minus sign is no hyphen."""
    assert normal_name(text) == ""
    assert normal_name("\u2212") == "\u2212"


ROW = Name("Fable 5", also=("Claude Fable 5",), never=("Fable 5 mini",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fable 5", T),
        ("claude-fable-5", T),
        ("Fable 5 mini", F),
        ("FABLE-5-MINI", F),
        ("Fable 5 nano", U),
        ("Mythos 5", F),
    ],
)
def test_names_that_a_row_lists(name: str, expected: Truth) -> None:
    """`also_called` is the same model; `not_called` is known to be another."""
    assert ROW.same_as(Name(name)) is expected
    assert Name(name).same_as(ROW) is expected


_words = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=8)


@LAWS
@given(st.lists(_words, min_size=1, max_size=4), st.sampled_from(["", " ", "-", " - ", "\u200d"]))
def test_case_spaces_and_hyphens_never_matter(words: list[str], between: str) -> None:
    """Every way to write it is the same name."""
    plain = "".join(words).lower()
    assert normal_name(between.join(words).upper()) == plain
    assert normal_name(between.join(words).lower()) == plain


def _by_category(text: str) -> str:
    """A plain name as the whole of Unicode would have it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    dropped = ("Cc", "Cf", "Pd", "Zs", "Zl", "Zp")
    return "".join(
        character for character in folded if unicodedata.category(character) not in dropped
    )


@LAWS
@given(st.text(st.characters(codec="ascii"), max_size=12))
def test_the_short_way_for_ascii_is_the_long_way(text: str) -> None:
    """Plain text is normalised without Unicode's tables, and comes to the same."""
    assert normal_name(text) == _by_category(text)


@LAWS
@given(st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126), max_size=12))
def test_a_fullwidth_name_is_its_plain_name(text: str) -> None:
    """Each of the 94 visible characters of ASCII has a wide twin."""
    wide = "".join(chr(ord(character) + 0xFEE0) for character in text)
    assert normal_name(wide) == normal_name(text)


@LAWS
@given(st.text(max_size=12))
def test_a_normal_name_is_its_own_normal_name(text: str) -> None:
    """Otherwise two spellings of one name could differ after all."""
    assert normal_name(normal_name(text)) == normal_name(text)

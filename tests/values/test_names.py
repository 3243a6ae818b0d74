"""Names of models: what people mean by the same name. Design, section 9."""

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
    "composed and decomposed": ("Caf\xe9 1", "Cafe\u0301 1", T),
    "one contains the other": ("Fable 5", "Fable 5 mini", U),
    "one is contained": ("Claude Fable 5", "Fable 5", U),
    "a longer number contains it": ("Fable 5", "Fable 51", U),
    "another number": ("Fable 5", "Fable 4", F),
    "another name": ("Fable 5", "Mythos 5", F),
    "accents count": ("Caf\xe9 1", "Cafe 1", F),
}


@pytest.mark.parametrize(("mine", "theirs", "expected"), NAMES.values(), ids=NAMES)
def test_two_names(mine: str, theirs: str, expected: Truth) -> None:
    """Normalised they are the same, or one contains the other and nobody knows."""
    assert Name(mine).same_as(Name(theirs)) is expected
    assert Name(theirs).same_as(Name(mine)) is expected


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


@LAWS
@given(st.text(max_size=12))
def test_a_normal_name_is_its_own_normal_name(text: str) -> None:
    """Otherwise two spellings of one name could differ after all."""
    assert normal_name(normal_name(text)) == normal_name(text)

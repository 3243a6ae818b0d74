"""Three-valued logic against an oracle: fill in each unknown with both answers and look."""

from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.values.truth import Truth, all_of, any_of, implies, negate, truth_of
from strategies import LAWS, truths

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def fillings(items: Sequence[Truth]) -> list[tuple[bool, ...]]:
    """Every way in which the unknown items may turn out."""
    return list(product(*[[True, False] if item is U else [item is T] for item in items]))


def oracle(items: Sequence[Truth], law: Callable[[tuple[bool, ...]], bool]) -> Truth:
    """The answer that all fillings share, else unknown."""
    answers = {law(filled) for filled in fillings(items)}
    return truth_of(answers.pop()) if len(answers) == 1 else U


LISTS = [items for size in range(5) for items in product(Truth, repeat=size)]


@pytest.mark.parametrize("items", LISTS, ids=lambda items: "".join(t.value[0] for t in items))
def test_lists_agree_with_every_filling(items: tuple[Truth, ...]) -> None:
    """`all` and `any` say true or false exactly when every filling does."""
    assert all_of(items) is oracle(items, all)
    assert any_of(items) is oracle(items, any)


@pytest.mark.parametrize(("item", "expected"), [(T, F), (F, T), (U, U)])
def test_negation(item: Truth, expected: Truth) -> None:
    """What is unknown stays unknown."""
    assert negate(item) is expected


@pytest.mark.parametrize(
    ("when", "require", "expected"),
    [
        (T, T, T), (T, F, F), (T, U, U),
        (F, T, T), (F, F, T), (F, U, T),
        (U, T, T), (U, F, U), (U, U, U),
    ],
    ids=lambda truth: truth.value,
)  # fmt: skip
def test_implication(when: Truth, require: Truth, expected: Truth) -> None:
    """A rule's value is Kleene's `not when or require`."""
    assert implies(when, require) is expected


Formula = tuple[object, ...]
_formulas: st.SearchStrategy[Formula] = st.recursive(
    st.tuples(st.just("var"), st.integers(0, 3)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all", "any"]), inner, inner),
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("implies"), inner, inner),
    ),
    max_leaves=12,
)


def kleene(formula: Formula, values: Sequence[Truth]) -> Truth:
    match formula:
        case ("var", int(index)):
            return values[index]
        case ("not", tuple(inner)):
            return negate(kleene(inner, values))
        case ("implies", tuple(when), tuple(require)):
            return implies(kleene(when, values), kleene(require, values))
        case (join, tuple(left), tuple(right)):
            parts = (kleene(left, values), kleene(right, values))
            return all_of(parts) if join == "all" else any_of(parts)
        case _:
            raise AssertionError(formula)


def boolean(formula: Formula, values: Sequence[bool]) -> bool:
    match formula:
        case ("var", int(index)):
            return values[index]
        case ("not", tuple(inner)):
            return not boolean(inner, values)
        case ("implies", tuple(when), tuple(require)):
            return not boolean(when, values) or boolean(require, values)
        case (join, tuple(left), tuple(right)):
            parts = (boolean(left, values), boolean(right, values))
            return all(parts) if join == "all" else any(parts)
        case _:
            raise AssertionError(formula)


@LAWS
@given(_formulas, st.tuples(truths, truths, truths, truths))
def test_kleene_never_contradicts_a_filling(
    formula: Formula, values: tuple[Truth, Truth, Truth, Truth]
) -> None:
    """What a formula says for certain is so however the unknowns turn out."""
    said = kleene(formula, values)
    answers = {boolean(formula, filled) for filled in fillings(values)}
    assert said is U or answers == {said is T}


@LAWS
@given(_formulas, st.tuples(*[st.booleans()] * 4))
def test_without_unknowns_it_is_ordinary_logic(formula: Formula, values: tuple[bool, ...]) -> None:
    """Nothing known both ways comes out unknown."""
    assert kleene(formula, [truth_of(value) for value in values]) is truth_of(
        boolean(formula, values)
    )


@pytest.mark.parametrize("truth", Truth, ids=lambda truth: truth.value)
def test_a_truth_is_not_a_bool(truth: Truth) -> None:
    """`if truth:` would read unknown as true, so it raises."""
    with pytest.raises(TypeError, match="is not a bool"):
        bool(truth)

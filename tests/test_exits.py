"""Exit codes: the contract with CI. Design, section 6."""

from itertools import chain, combinations, permutations

import pytest

from gonogo.exits import ExitCode, exit_code, worst

WORST_FIRST = [4, 2, 1, 3, 0]


@pytest.mark.parametrize(
    ("verdict", "code"), [("GO", 0), ("NO-GO", 1), (None, 2), ("UNDETERMINED", 3)]
)
def test_code_of_a_verdict(verdict: str | None, code: int) -> None:
    """Only GO is 0; an input without a verdict is 2."""
    assert exit_code(verdict) == code


def test_a_crash_is_never_a_verdict() -> None:
    """4 is no verdict's code, and Python's own 1 for a crash is not used for it."""
    assert ExitCode.INTERNAL.value == 4
    assert 4 not in {exit_code(verdict) for verdict in ("GO", "NO-GO", "UNDETERMINED", None)}


def test_the_worst_of_several() -> None:
    """In the order 4, 2, 1, 3, 0, however many there are and whichever comes first."""
    subsets = chain.from_iterable(combinations(WORST_FIRST, size) for size in range(1, 6))
    for subset in subsets:
        for codes in permutations(subset):
            assert worst(ExitCode(code) for code in codes) == subset[0], codes


def test_several_of_one_kind() -> None:
    """Ten GOs and one UNDETERMINED are UNDETERMINED."""
    assert worst([ExitCode.GO] * 10 + [ExitCode.UNDETERMINED]) is ExitCode.UNDETERMINED


def test_nothing_checked_is_not_go() -> None:
    """No manifest, no verdict."""
    assert worst([]) is ExitCode.INTERNAL


def test_an_unknown_verdict_is_not_go() -> None:
    """A word that is no verdict raises rather than becoming a code."""
    with pytest.raises(KeyError):
        exit_code("go")

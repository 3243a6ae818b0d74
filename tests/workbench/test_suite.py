"""A file of tests that is not understood is an error at its place; no test is skipped."""

from pathlib import Path

import pytest

from benches import NAMED, desk_of, suite_of
from gonogo.diagnostics import InputError

TEST = "  - {name: closed, manifest: n-9, as_of: 2026-11-23, expect: {rules: {only: pass}}}\n"
LINE = len(NAMED.splitlines()) + 2  # of the first test


def _tests(*changes: tuple[str, str]) -> str:
    text = TEST
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return f"{NAMED}tests:\n{text}"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (_tests(("as_of", "as-of")), LINE, "as-of"),
        (_tests(("only: pass", "onyl: pass")), LINE, "there is no rule `onyl`"),
        (_tests(("only: pass", "only: passed")), LINE, "there is no outcome `passed`"),
        (_tests(("n-9", "n-8")), LINE, "there is no manifest `n-8`"),
        (_tests(("{rules: {only: pass}}", "{}")), LINE, "a test that expects nothing"),
        (_tests(("rules: {only: pass}", "verdict: GONE")), LINE, "there is no verdict `GONE`"),
        (_tests(("rules: {only: pass}", "asks: [model.wieghts]")), LINE, "there is no fact"),
        (_tests(("expect", "profile: lax, expect")), LINE, "there is no profile `lax`"),
        (_tests(("2026-11-23", "2026-11")), LINE, "`as_of` is a month"),
        (_tests(("expect", "unset: [model.licence], expect")), LINE, "no `model.licence`"),
        (_tests(("expect", "set: {model.name.first: N}, expect")), LINE, "leads through a value"),
        (_tests(("expect", "set: {model.wieghts: open}, expect")), LINE, "wieghts"),
        (f"{_tests()}{TEST}", LINE + 1, "the test `closed` exists already"),
        (f"{NAMED}tests: []\n", LINE - 1, "a file of tests without a test"),
        (f"{_tests()}tets: []\n", LINE + 1, "tets"),
        (f"{_tests()}survivors: [{{change: a}}]\n", LINE + 1, "why"),
    ],
)
def test_what_is_not_understood_is_an_error_at_its_place(
    text: str, line: int, message: str, tmp_path: Path
) -> None:
    desk = desk_of(tmp_path, {})

    with pytest.raises(InputError) as refused:
        suite_of(desk, text)

    said = {problem.span.line: str(problem) for problem in refused.value.problems}
    assert message in said[line]


def test_every_mistake_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, {})
    texts = _tests(("only: pass", "onyl: passed")), _tests(("n-9", "n-8"))

    with pytest.raises(InputError) as refused:
        suite_of(desk, *texts)

    files = [problem.span.file for problem in refused.value.problems]
    assert "tests-1.yaml" in files and "tests-2.yaml" in files


def test_a_case_that_is_understood_is_run(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, {})

    [case] = suite_of(desk, _tests()).cases

    assert case.name == "closed"
    assert case.span.line == LINE

"""Tests of a pack hold on whatever day its registers were last searched."""

import re
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from benches import HEAD, NAMED, desk_of, suite_of, trials_of
from conftest import ROOT
from gonogo.authoring.desk import Desk
from gonogo.diagnostics import InputError
from gonogo.workbench.mutation import mutate
from schema_files import errors
from test_cli import gonogo

REGISTERS = ("directives", "participants")


@pytest.mark.parametrize("days", [-10, 10])
@pytest.mark.parametrize("register", REGISTERS)
def test_another_day_of_search_breaks_no_shipped_test(
    register: str, days: int, tmp_path: Path
) -> None:
    """Moving `as_of` is what policy staff do every week."""
    copytree(ROOT / "policies", tmp_path / "policies")
    path = tmp_path / "policies/eo-14409/registers" / f"{register}.yaml"
    text = path.read_text("utf-8")
    [found] = re.findall(r"^as_of: (\S+)", text, re.M)
    moved = date.fromisoformat(found) + timedelta(days=days)
    path.write_text(text.replace(f"\nas_of: {found}", f"\nas_of: {moved}"), "utf-8")

    run = gonogo("policy", "test", tmp_path / "policies")

    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    assert re.fullmatch(r"eo-14409 \S+: (\d+) of \1 tests pass\n", run.stdout)


REGISTER = """\
register: letters
as_of: 2026-11-23
complete: true
fields: {model: {type: name}}
rows: []
"""
EXPIRES = (
    "parameters: {register_expires_days: "
    "{unit: day, values: [{from: 2026-06-02, value: 90, cites: [memo]}]}}\n"
)
RULES = """\
rules:
  - id: none
    title: No letter
    class: house
    cites: [memo]
    require:
      - not:
          - any_row: {register: letters, where: [{fact: row.model, equals: {fact: model.name}}]}
"""
CASE = (
    "  - {{name: {name}, manifest: n-9, as_of: {as_of}{more}, "
    "expect: {{rules: {{none: {outcome}}}}}}}\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    files = {
        "pack.yaml": HEAD + EXPIRES,
        "rules/main.yaml": RULES,
        "registers/letters.yaml": REGISTER,
    }
    return desk_of(tmp_path, files)


def _failing(desk: Desk, text: str) -> list[str]:
    return [trial.case.name for trial in trials_of(desk, text) if trial.mismatches]


def _cases(*cases: tuple[str, str, str, str], head: str = "") -> str:
    lines = [CASE.format(name=n, as_of=a, more=m, outcome=o) for n, a, m, o in cases]
    return f"{head}{NAMED}tests:\n{''.join(lines)}"


def test_without_the_key_the_day_is_the_registers_own(desk: Desk) -> None:
    """From November 23 ninety days are February 21."""
    text = _cases(("last", "2027-02-21", "", "pass"), ("next", "2027-02-22", "", "unknown"))

    assert _failing(desk, text) == []


def test_a_test_says_when_a_register_counts_as_searched(desk: Desk) -> None:
    """From December 3 ninety days are March 3."""
    more = ", searched: {letters: 2026-12-03}"
    text = _cases(("last", "2027-03-03", more, "pass"), ("next", "2027-03-04", more, "unknown"))

    assert _failing(desk, text) == []


def test_a_file_says_it_for_all_its_tests_and_a_test_comes_first(desk: Desk) -> None:
    own = ", searched: {letters: 2026-12-04}"
    text = _cases(
        ("last", "2027-03-03", "", "pass"),
        ("next", "2027-03-04", "", "unknown"),
        ("own", "2027-03-04", own, "pass"),
        head="searched: {letters: 2026-12-03}\n",
    )

    assert _failing(desk, text) == []


def test_a_file_says_it_for_itself_alone(desk: Desk) -> None:
    other = f"searched: {{letters: 2026-12-03}}\n{NAMED}tests:\n" + CASE.format(
        name="other", as_of="2027-03-03", more="", outcome="pass"
    )
    text = "tests:\n" + CASE.format(name="own", as_of="2027-03-03", more="", outcome="unknown")

    trials = trials_of(desk, other, text)

    assert [trial.case.name for trial in trials if trial.mismatches] == []


def test_a_register_that_nobody_has_is_a_mistake(desk: Desk) -> None:
    text = _cases(
        ("a", "2026-12-01", ", searched: {leters: 2026-12-03}", "pass"),
        head="searched: {lettres: 2026-12-03}\n",
    )

    with pytest.raises(InputError) as refused:
        suite_of(desk, text)

    assert str(refused.value).splitlines() == [
        "tests-1.yaml:1:12: there is no register `lettres`",
        "  help: did you mean `letters`?",
        "tests-1.yaml:8:60: there is no register `leters`",
        "  help: did you mean `letters`?",
    ]


def test_what_is_no_day_is_a_mistake(desk: Desk) -> None:
    text = _cases(("a", "2026-12-01", "", "pass"), head="searched: {letters: last week}\n")

    with pytest.raises(InputError) as refused:
        suite_of(desk, text)

    assert "tests-1.yaml:1:21: `letters`: `last week` is not a date" in str(refused.value)


def test_changes_made_on_purpose_keep_the_day(desk: Desk) -> None:
    """On the register's own day both tests would fail without any change, and notice each."""
    more = ", searched: {letters: 2026-12-03}"
    text = _cases(("last", "2027-03-03", more, "pass"), ("next", "2027-03-04", more, "unknown"))
    trials = trials_of(desk, text)

    found = mutate(desk.packs[0], None, trials, desk.profiles, ())

    assert [mutant.change for mutant, _ in found.survivors] == [
        "none/require/all.1/not.1/where/all.1: dropped",
        "none/class: house becomes framework",
        "none/class: house becomes binding",
        "$register_expires_days from 2026-06-02: one day earlier",
        "$register_expires_days from 2026-06-02: one day later",
    ]


@pytest.mark.parametrize(
    ("searched", "fits"),
    [
        ("{letters: 2026-11-23}", True),
        ("{a_b-c: 2026-11-23T09:00:00-05:00}", True),
        ("{}", True),
        ("{letters: soon}", False),
        ("[letters]", False),
        ("{Letters: 2026-11-23}", False),
    ],
)
def test_an_editor_knows_the_key(searched: str, fits: bool) -> None:
    case = "{name: a, manifest: m, as_of: 2026-11-23, expect: {asks: []}"
    for text in (
        f"searched: {searched}\ntests: [{case}}}]\n",
        f"tests: [{case}, searched: {searched}}}]\n",
    ):
        assert (errors("tests", text) == []) is fits

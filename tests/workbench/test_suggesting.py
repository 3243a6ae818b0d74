"""Tests that `--coverage` prints for what no test has seen: pasted, they pass and see it."""

import json
from pathlib import Path

import pytest

from benches import HEAD, NAMED, RULES, desk_of, suite_of, written
from gonogo.authoring.desk import Desk
from gonogo.workbench.coverage import Coverage, coverage
from gonogo.workbench.suggesting import suggested
from gonogo.workbench.trials import run_suite
from test_cli import gonogo

PARAMETERS = {
    "limit": "{unit: day, values: [{from: 2026-06-02, value: 30, cites: [memo]}, "
    "{from: 2027-01-01, value: 14, cites: [memo]}]}",
    "size": "{unit: FLOP, values: [{from: 2026-06-02, value: 1e26, cites: [memo]}]}",
    "level": "{values: [{from: 2026-06-02, value: high, cites: [memo]}]}",
}
ONE = f"""\
{NAMED}tests:
  - {{name: one, manifest: n-9, as_of: 2026-11-23, expect: {{asks: []}}}}
"""


def _rule(require: str) -> str:
    head, _, _ = RULES.partition("    require:")
    return f"{head}    in_force: {{from: 2026-06-02}}\n    require: [{require}]\n"


def _desk(base: Path, require: str, **more: str) -> Desk:
    used = [f"  {name}: {text}\n" for name, text in PARAMETERS.items() if f"${name}" in require]
    head = HEAD + ("parameters:\n" + "".join(used) if used else "")
    files = {"pack.yaml": head, "rules/main.yaml": _rule(require)}
    return desk_of(base, {**files, **{f"registers/{n}.yaml": text for n, text in more.items()}})


def _made(desk: Desk, *files: str) -> tuple[str, ...]:
    suite = suite_of(desk, *files)
    trials = run_suite(suite, desk.profiles)
    found = coverage(desk.packs[0], None, trials)
    return suggested(suite, None, trials, found, desk.terms)


def _after(desk: Desk, *files: str) -> Coverage:
    """What is covered with the printed tests pasted; each of them must pass."""
    pasted = "tests:\n" + "\n".join(_made(desk, *files))
    trials = run_suite(suite_of(desk, *files, pasted), desk.profiles)
    assert [t.case.name for t in trials if t.mismatches and t.case.name != "one"] == []
    return coverage(desk.packs[0], None, trials)


@pytest.mark.parametrize(
    "require",
    [
        "{fact: coverage.determination, equals: designated}",
        "{fact: coverage.determined_by, one_of: [caisi, other]}",
        "{fact: model.training_compute_flop, below: $size}",
        "{fact: model.capability.cyber, below: $level}",
        "{fact: review.agreed_days, at_least: $limit}",
        "{fact: review.agreed_days, stated: true}",
        "{fact: review.access_started_at, before: {fact: release.first_at}}",
        "{fact: review.access_started_at, not_after: {fact: release.first_at}}",
        "{days_from: review.access_started_at, to: release.first_at, at_least: 30}",
        "{fact: release.partners_selected_with_government, equals: true}",
        "{any: [{fact: coverage.determination, stated: true}, "
        "{fact: model.licence, stated: false}]}",
    ],
)
def test_pasted_they_see_all(require: str, tmp_path: Path) -> None:
    """Of what a change of one fact can bring about."""
    found = _after(_desk(tmp_path, require), ONE)

    assert ([leaf.condition.span for leaf, _ in found.unseen], found.untested) == ([], ())


def test_one_for_each_side_of_a_date(tmp_path: Path) -> None:
    text = "\n".join(_made(_desk(tmp_path, "{fact: model.weights, equals: closed}"), ONE))

    assert (
        '  - name: "only: 2026-06-01 (the day before `from`)"\n'
        "    manifest:\n"
        "      manifest: gonogo/1\n"
        '      model: {name: "N-9", version: "1.0", developer: northlight, weights: closed}\n'
        "      release: {public_at: 2026-06-01}\n"
        "    as_of: 2026-11-23\n"
        "    expect:\n"
        "      rules: {only: not_in_force}\n"
    ) in text
    assert "release: {public_at: 2026-06-02}\n" in text


REGISTER = """\
register: letters
as_of: 2026-11-23
fields: {model: {type: name}}
rows:
  - {model: N-9, from: 2026-06-12T17:21:00-04:00, until: 2026-06-30, source: memo}
"""


def test_the_dates_of_a_row_too(tmp_path: Path) -> None:
    """Within an instant's day and the whole days around the last one."""
    looked = (
        "{any_row: {register: letters, where: [{fact: row.model, equals: {fact: model.name}}]}}"
    )
    desk = _desk(tmp_path, looked, letters=REGISTER)

    found = _after(desk, ONE)

    assert [edge for edge in found.untested if edge.owner == "register letters"] == []


def test_the_day_of_search_is_written_where_it_matters(tmp_path: Path) -> None:
    """So that a pasted test holds when the register is searched again."""
    age = "{days_from: register.letters.as_of, to: as_of, at_most: 30}"
    desk = _desk(
        tmp_path, f"{{any: [{age}, {{fact: model.weights, equals: open}}]}}", letters=REGISTER
    )

    made = _made(desk, ONE)

    assert made
    assert all("    searched: {letters: 2026-11-23}\n" in text for text in made)


def test_without_any_test_the_first_ones_are_made(tmp_path: Path) -> None:
    desk = _desk(tmp_path, "{fact: model.weights, equals: closed}")
    trials = run_suite(suite_of(desk, ONE), desk.profiles)[:0]
    suite = suite_of(desk, ONE)._replace(cases=())

    made = suggested(suite, None, trials, coverage(desk.packs[0], None, trials), desk.terms)

    pasted = run_suite(suite_of(desk, "tests:\n" + "\n".join(made)), desk.profiles)
    assert [trial.case.name for trial in pasted if trial.mismatches] == []
    outcomes = {trial.results[0].outcome.value for trial in pasted}
    assert {"pass", "fail", "not_in_force"} <= outcomes


def test_the_command_prints_them_once_all_is_seen_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, {"tests/own.yaml": ONE.replace("asks: []", "rules: {only: pass}")})

    run = gonogo("policy", "test", folder, "--coverage")

    place = f"{folder}/demo/rules/main.yaml:6:15"
    assert run.returncode == 0
    assert run.stdout == (
        "demo 1: 1 of 1 tests pass\n"
        "\n"
        "Coverage of demo\n"
        "  conditions 33.3 % (each seen true, false and unknown), boundaries 100.0 %\n"
        "  (each number and date from both sides)\n"
        "\n"
        f"  {place}: a condition of `only` was never false\n"
        f"  {place}: a condition of `only` was never unknown\n"
        "\n"
        "  this test sees more; it expects what the rules say now, so check it:\n"
        "\n"
        '      - name: "only: the weights are closed: false"\n'
        "        manifest:\n"
        "          manifest: gonogo/1\n"
        '          model: {name: "N-9", version: "1.0", developer: northlight, weights: staged}\n'
        "          release: {public_at: 2026-12-01}\n"
        "        as_of: 2026-11-23\n"
        "        expect:\n"
        "          rules: {only: fail}\n"
    )


def test_programs_get_them_too(tmp_path: Path) -> None:
    folder = written(tmp_path, {"tests/own.yaml": ONE.replace("asks: []", "rules: {only: pass}")})

    data = json.loads(gonogo("policy", "test", folder, "--coverage", "--format", "json").stdout)

    [pack] = data["packs"]
    assert [each["never"] for each in pack["coverage"]["unseen"]] == ["false", "unknown"]
    assert len(pack["coverage"]["tests"]) == 1
    assert pack["coverage"]["tests"][0].startswith(
        '  - name: "only: the weights are closed: false"\n'
    )

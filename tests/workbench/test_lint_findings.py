"""Each kind of finding: a pack that has it, and one at the edge that has not."""

import json
from pathlib import Path
from typing import Any

import pytest

from benches import HEAD, NAMED, written
from gonogo.authoring.linting import run_explain_lint, run_lint
from gonogo.exits import ExitCode
from gonogo.workbench.lint_kinds import KINDS

TODAY = "2026-11-24"
_CLOSED, _OPEN = ("{fact: model.weights, equals: %s}" % word for word in ("closed", "open"))  # noqa: UP031
_DAYS = "fact: review.agreed_days"


def _rule(require: str, when: str = "", id: str = "only", more: str = "") -> str:
    lines = [f"  - id: {id}", "    title: A rule", "    class: house", "    cites: [memo]"]
    lines += [f"    {more}"] if more else []
    lines += [f"    when: [{when}]"] if when else []
    return "\n".join([*lines, f"    require: [{require}]", ""])


def _rules(*rules: str) -> dict[str, str]:
    return {"rules/main.yaml": "rules:\n" + "".join(rules)}


def _head(more: str, *rules: str) -> dict[str, str]:
    return {"pack.yaml": f"{HEAD}{more}\n", **(_rules(*rules) if rules else {})}


def _read_on(day: str) -> dict[str, str]:
    return {"pack.yaml": HEAD.replace("2026-11-23", day)}


def _register(more: str = "") -> dict[str, str]:
    rows = "rows: [{model: Fable 5, from: 2026-06-12, source: memo}]"
    fields = "fields: {model: {type: name}}"
    text = f"register: listed\nas_of: 2026-11-23\n{fields}\n{rows}\n"
    return {"registers/listed.yaml": text, **(_rules(_rule(more)) if more else {})}


def _tests(*tests: str) -> dict[str, str]:
    return {"tests/all.yaml": f"{NAMED}tests:\n" + "".join(f"  - {test}\n" for test in tests)}


def _test(outcome: str, weights: str = "") -> str:
    change = f"set: {{model.weights: {weights}}}, " if weights else ""
    expect = f"expect: {{rules: {{only: {outcome}}}}}"
    name = weights.strip("{}").replace(":", "").replace('"', "") or "as is"
    return f"{{name: {name}, manifest: n-9, {change}as_of: {TODAY}, {expect}}}"


def _either(most: str) -> str:
    return f"{{any: [{_CLOSED}, {{all: [{{{_DAYS}, above: 1}}, {{{_DAYS}, {most}}}]}}]}}"


_OTHER = "{other: {title: A, retrieved: 2026-11-23, standing: house}, memo:"
_LISTED = "{any_row: {register: listed, where: [{fact: row.model, equals: {fact: model.name}}]}}"
_COMPUTE = "{fact: model.training_compute_flop, at_least: 1}"
_LIMIT = "parameters: {limit: {unit: day, values: [{from: 2026-06-02, value: 3, cites: [memo]}]}}"
_WITHIN = f"{{{_DAYS}, at_most: $limit}}"
CASES: dict[str, tuple[str, dict[str, str], int, dict[str, str]]] = {
    # the kind, files that have it, the line of the finding, files at the edge that have not
    "no weights are closed and open": (
        "rule-never-applies",
        _rules(_rule(_CLOSED, f"{_CLOSED}, {_OPEN}")),
        2,
        _rules(_rule(_CLOSED, f"{{any: [{_CLOSED}, {_OPEN}]}}")),
    ),
    "closed weights are never open": (
        "rule-never-passes",
        _rules(_rule(_OPEN, _CLOSED)),
        2,
        _rules(_rule(_OPEN, f"{{not: [{_CLOSED}]}}")),
    ),
    "days are never fewer than none": (
        "rule-never-fails",
        _rules(_rule(f"{{any: [{{{_DAYS}, at_least: 0}}, {{{_DAYS}, stated: false}}]}}")),
        2,
        _rules(_rule(f"{{any: [{{{_DAYS}, at_least: 1}}, {{{_DAYS}, stated: false}}]}}")),
    ),
    "no whole number lies between 1 and 2": (
        "branch-never-true",
        _rules(_rule(_either("below: 2"))),
        6,
        _rules(_rule(_either("at_most: 2"))),
    ),
    "one asks for closed, one for open": (
        "rules-exclude-each-other",
        _rules(_rule(_CLOSED, id="one"), _rule(_OPEN, id="other")),
        7,
        _rules(_rule(_CLOSED, id="one"), _rule(_OPEN, _OPEN, id="other")),
    ),
    "closed already says that it is not open": (
        "exception-never-matters",
        _rules(_rule(_COMPUTE, f"{_CLOSED}, {{not: [{_OPEN}]}}")),
        6,
        _rules(_rule(_COMPUTE, f"{{not: [{_OPEN}]}}")),
    ),
    "the rule begins a day before the number": (
        "parameter-gap",
        _head(_LIMIT, _rule(_WITHIN, more="in_force: {from: 2026-06-01}")),
        7,
        _head(_LIMIT, _rule(_WITHIN, more="in_force: {from: 2026-06-02}")),
    ),
    "a definition": (
        "unused-definition",
        _head(f"definitions: {{shut: [{_CLOSED}]}}"),
        7,
        _head(f"definitions: {{shut: [{_CLOSED}]}}", _rule("{holds: shut}")),
    ),
    "a parameter": (
        "unused-parameter",
        _head(_LIMIT),
        7,
        _head(_LIMIT, _rule(_WITHIN, more="in_force: {from: 2026-06-02}")),
    ),
    "a source": (
        "unused-source",
        {"pack.yaml": HEAD.replace("{memo:", _OTHER)},
        6,
        {},
    ),
    "a register": ("unused-register", _register(), 2, _register(_LISTED)),
    "a fact": (
        "unused-fact",
        _head("facts: {extra.size: {type: number}}"),
        0,
        _head("facts: {extra.size: {type: number}}", _rule("{fact: extra.size, above: 1}")),
    ),
    "366 days": ("source-not-read", _read_on("2025-11-23"), 6, _read_on("2025-11-24")),
    "no file of tests": ("no-tests", {}, 0, _tests(_test("pass"))),
    "another outcome": ("test-fails", _tests(_test("fail")), 7, _tests(_test("pass"))),
    "never seen to fail": (
        "no-failing-test",
        _tests(_test("pass")),
        2,
        _tests(_test("pass"), _test("fail", "open")),
    ),
    "never seen false": (
        "leaf-not-seen",
        _tests(_test("pass"), _test("unknown", '{unknown: "not yet"}')),
        6,
        _tests(_test("pass"), _test("unknown", '{unknown: "not yet"}'), _test("fail", "open")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "files", "line", "edge"), CASES.values(), ids=CASES)
def test_a_finding_stands_at_its_place_and_not_at_the_edge(
    kind: str,
    files: dict[str, str],
    line: int,
    edge: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = _lint(tmp_path / "has", files, capsys)
    without = _lint(tmp_path / "has not", edge, capsys)

    assert line in [each["line"] or 0 for each in found if each["id"] == kind], found
    assert kind not in [each["id"] for each in without], without


def _lint(base: Path, files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> list[Any]:
    code = run_lint((str(written(base, files)),), (), TODAY, "json")
    found: list[Any] = json.loads(capsys.readouterr().out)["findings"]
    assert code is (ExitCode.NO_GO if found else ExitCode.GO)
    for each in found:
        assert each["file"].startswith(str(base))
        assert each["message"] and each["hint"]
        assert each["explanation"] == KINDS[each["id"]].why
    return found


def _edge_tests(*days: int) -> dict[str, str]:
    tests = [
        f"{{name: {n} days, manifest: n-9, set: {{review.agreed_days: {n}}}, as_of: {TODAY}, "
        f"expect: {{rules: {{only: {'pass' if n >= 2 else 'fail'}}}}}}}"
        for n in days
    ]
    return {**_rules(_rule(f"{{{_DAYS}, at_least: 2}}")), **_tests(*tests)}


@pytest.mark.parametrize("days", [(1, 2), (2, 3), (1, 3)])
def test_below_at_and_above_a_number_are_three_edges(
    days: tuple[int, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "edge-not-tested" in [f["id"] for f in _lint(tmp_path, _edge_tests(*days), capsys)]


def test_a_number_that_is_tested_on_all_sides_has_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [f["id"] for f in _lint(tmp_path, _edge_tests(1, 2, 3), capsys)]

    assert "edge-not-tested" not in ids


def test_every_kind_that_this_search_and_these_names_find_is_in_the_table() -> None:
    tried = {kind for kind, *_ in CASES.values()} | {"edge-not-tested"}

    families = ("rule", "branch", "exception", "unused")
    assert {kind for kind in KINDS if kind.startswith(families)} <= tried


@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_a_kind_explains_itself_in_each_format(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for format in ("text", "markdown", "json"):
        assert run_explain_lint(kind, format) is ExitCode.GO
        said[format] = capsys.readouterr().out
    kinds = json.loads(said["json"])["kinds"]

    assert [each["id"] for each in kinds] == (list(KINDS) if kind == "all" else [kind])
    for each in kinds:
        start = each["explanation"].split("`")[0].split()[:4]
        for page in (said["text"], said["markdown"]):
            assert each["id"] in page
            assert " ".join(start) in " ".join(page.split())

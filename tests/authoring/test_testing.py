"""What `policy test` ends with."""

import json
from pathlib import Path

import pytest

from benches import NAMED, written
from test_cli import gonogo

TESTS = (
    NAMED
    + """\
tests:
  - {name: closed, manifest: n-9, as_of: 2026-11-23, expect: {rules: {only: pass}}}
  - {name: open, manifest: n-9, as_of: 2026-11-23, set: {model.weights: open},
     expect: {rules: {only: fail}, verdict: NO-GO}}
"""
)
STALE = """\
survivors:
  - {change: "only/require/all.1: dropped", why: A reason that was true once}
"""


def pack(base: Path, tests: str | None) -> Path:
    written(base / "packs", {} if tests is None else {"tests/a.yaml": tests})
    return base


def test_a_failure_and_a_survivor_are_laid_out_as_errors_are(tmp_path: Path) -> None:
    """The place first, whole and at the start of a line, then what came out."""
    wrong = TESTS.replace("rules: {only: fail}, verdict: NO-GO", "rules: {only: pass}")
    blind = TESTS[: TESTS.index("  - {name: open")]  # a rule that never fails passes it too

    failing = gonogo("policy", "test", pack(tmp_path, wrong) / "packs", cwd=tmp_path)
    unseen = gonogo("policy", "test", pack(tmp_path, blind) / "packs", "--mutate", cwd=tmp_path)

    assert (
        "1 of 2 tests pass\n\n"
        f"{tmp_path}/packs/demo/tests/a.yaml:8:5: fails: open\n"
        "- only: expected pass, got fail\n" in failing.stdout
    )
    assert (
        f"\n  {tmp_path}/packs/demo/rules/main.yaml:6:15: survives: only/require/all.1: dropped\n"
        "  - rule demo/only changed\n"
        "    - before: requires that the weights are closed\n"
        "    - after: requires nothing\n\n"
        "  no test noticed; this one would: paste it below `tests:` in a file of tests/\n"
    ) in unseen.stdout


def test_an_explanation_of_what_does_not_survive_is_not_fine(tmp_path: Path) -> None:
    """It stands in the pack and is not true. Without --mutate nobody knows."""
    pack(tmp_path, TESTS + STALE)

    assert gonogo("policy", "test", "packs", cwd=tmp_path).returncode == 0
    run = gonogo("policy", "test", "packs", "--mutate", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (1, "")
    assert (
        "\n  packs/demo/tests/a.yaml:11:5: stale: only/require/all.1: dropped\n"
        "    help: this mutant is noticed now, or does not exist: delete the line\n"
    ) in run.stdout


def test_it_is_in_the_json_too(tmp_path: Path) -> None:
    pack(tmp_path, TESTS + STALE)

    run = gonogo("policy", "test", "packs", "--mutate", "--format", "json", cwd=tmp_path)

    assert run.returncode == 1
    assert json.loads(run.stdout)["mutation"]["stale"] == [
        {
            "pack": "demo",
            "change": "only/require/all.1: dropped",
            "file": "packs/demo/tests/a.yaml",
            "line": 11,
            "column": 5,
            "why": "A reason that was true once",
        }
    ]


def test_nothing_stale_is_an_empty_list_and_fine(tmp_path: Path) -> None:
    pack(tmp_path, TESTS)

    run = gonogo("policy", "test", "packs", "--mutate", "--format", "json", cwd=tmp_path)

    assert run.returncode == 0
    assert json.loads(run.stdout)["mutation"]["stale"] == []


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        (None, "packs/demo: the pack `demo` has no tests\n  help: add tests/<topic>.yaml "),
        ("", "packs/demo/tests/a.yaml: is empty\n"),
        ("tests: []\n", "packs/demo/tests/a.yaml:1:8: a file of tests without a test\n"),
        ("manifests: {}\n", "packs/demo/tests/a.yaml:1:1: a file of tests has no `tests`\n"),
    ],
)
@pytest.mark.parametrize("beside", [(), ("eo-14409",)])
def test_where_no_test_is_none_has_passed(
    tests: str | None, said: str, beside: tuple[str, ...], tmp_path: Path
) -> None:
    """Also beside a pack that has some."""
    pack(tmp_path, tests)

    run = gonogo("policy", "test", "packs", *beside, cwd=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(said)


TRACED = """\
rules:
  - id: only
    title: The only rule
    class: house
    cites: [memo]
    when: [{fact: model.weights, stated: true}]
    require:
      - any:
          - {fact: model.weights, equals: WORD}
          - all:
              - {fact: model.licence, stated: false}
              - {fact: model.name, equals: N-9}
"""
TRACES = {
    # Of `all`, the part that is false; of `any` that is false, every part.
    "fail": (
        "staged",
        "{model.name: N-8}",
        [
            "true: when all of",
            "false: require all of",
            "false: any of",
            "false (decides): weights is closed, not staged",
            "false: all of",
            "true: licence is not stated",
            "false (decides): model name is N-8, not N-9",
        ],
    ),
    # Of `any` that is true, the first that is.
    "pass": (
        "closed",
        "{}",
        [
            "true: when all of",
            "true: require all of",
            "true: any of",
            "true (decides): weights is closed",
            "true: all of",
            "true: licence is not stated",
            "true: model name is N-9",
        ],
    ),
}


@pytest.mark.parametrize(("word", "change", "said"), TRACES.values(), ids=TRACES)
def test_a_trace_marks_what_decides(
    word: str, change: str, said: list[str], tmp_path: Path
) -> None:
    """The lines that would have to change first, at any depth."""
    [got] = [name for name, case in TRACES.items() if case[0] == word]
    wanted = {"fail": "pass", "pass": "fail"}[got]
    case = (
        f"  - {{name: one, manifest: n-9, as_of: 2026-11-23, set: {change},\n"
        f"     expect: {{rules: {{only: {wanted}}}}}}}\n"
    )
    head = TESTS.partition("tests:\n")
    pack(tmp_path, head[0] + head[1] + case)
    (tmp_path / "packs/demo/rules/main.yaml").write_text(TRACED.replace("WORD", word), "utf-8")

    run = gonogo("policy", "test", "packs", cwd=tmp_path)

    lines = [line.strip().removeprefix("- ") for line in run.stdout.splitlines()[3:]]
    assert lines == [f"only: expected {wanted}, got {got}", *said]


CARD = {
    "pack.yaml": """\
pack: acme
version: "1"
title: A
extends: eo-14409
sources: {memo: {title: A memo, retrieved: 2026-11-23, standing: house}}
facts: {extra.card_at: {type: date, title: card, ask: When is the card published?}}
""",
    "rules/main.yaml": """\
rules:
  - id: card-first
    title: The card comes before the model
    class: house
    in_force: {from: 2027-01-01}
    cites: [memo]
    when: [{holds: presumed_covered}]
    require: [{fact: extra.card_at, before: {fact: release.first_at}}]
""",
    "tests/all.yaml": """\
manifests:
  n-9:
    manifest: gonogo/1
    model:
      {name: N-9, version: "1.0", developer: acme, weights: closed, capability: {cyber: high}}
    release: {public_at: 2027-10-01}
    extra: {card_at: 2027-09-30}
tests:
  - {name: before, manifest: n-9, as_of: 2026-11-23, expect: {rules: {card-first: pass}}}
""",
}


def test_a_test_that_coverage_would_suggest_may_notice_a_survivor(tmp_path: Path) -> None:
    """Both at one instant tell `before` from `not_after`; only a search for sides stands there."""
    written(tmp_path / "packs", CARD)

    run = gonogo("policy", "test", "packs", "--mutate", cwd=tmp_path)

    survivor = run.stdout.partition("survives: card-first/require/all.1: before becomes not_after")
    said = survivor[2].partition("survives:")[0]
    assert "no test noticed; this one would" in said
    assert "at the same time as the first release" in said

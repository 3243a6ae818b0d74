"""What lint says of sources, days and tests, and how it is printed."""

import json
from datetime import date
from pathlib import Path

import pytest

from benches import HEAD, NAMED, RULES, desk_of, suite_of, written
from gonogo.diagnostics import Span
from gonogo.library import Library, load_vocabulary
from gonogo.workbench.finding import Finding
from gonogo.workbench.lint import Subject, lint
from gonogo.workbench.lint_kinds import KINDS
from gonogo.workbench.lint_sources import sources
from gonogo.workbench.trials import run_suite
from test_cli import gonogo

TODAY = date(2026, 11, 24)
TESTS = f"""\
{NAMED}tests:
  - {{name: closed, manifest: n-9, as_of: 2026-11-23, expect: {{rules: {{only: pass}}}}}}
  - name: open
    manifest: n-9
    set: {{model.weights: open}}
    as_of: 2026-11-23
    expect: {{rules: {{only: fail}}}}
"""


def findings(base: Path, files: dict[str, str], *tests: str) -> list[Finding]:
    desk = desk_of(base, files)
    [pack] = desk.packs
    suite = suite_of(desk, *tests) if tests else None
    trials = run_suite(suite, desk.profiles) if suite else ()
    at = Span("pack.yaml", 2, 10)
    return lint(Subject(pack, None, suite, trials, "demo", at), TODAY)


def said(base: Path, files: dict[str, str], kind: str, *tests: str) -> list[tuple[int, str]]:
    """The findings of one kind, each with its line."""
    assert kind in KINDS
    found = findings(base, files, *tests)
    return [(each.span.line, each.message) for each in found if each.kind == kind]


def _values(values: str) -> str:
    return f"{HEAD}parameters: {{limit: {{unit: day, values: [{values}]}}}}\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("{from: 2026-06-02, value: 30, cites: [memo]}", []),
        ("{from: 2026-06-02, unknown: nobody says}", []),
        (
            "{from: 2026-06-02, value: 30}",
            ["the value of `limit` from 2026-06-02 names no source"],
        ),
        (
            "{from: 2026-06-02, value: 30, cites: []}",
            ["the value of `limit` from 2026-06-02 names no source"],
        ),
        (
            "{from: 2026-06-02, value: 30, cites: [memo]}, {from: 2026-07-01, ended: true}",
            ["the value of `limit` from 2026-07-01 names no source"],
        ),
    ],
    ids=["cited", "unknown", "no cites", "empty cites", "ended"],
)
def test_a_number_rests_on_a_source(values: str, expected: list[str], tmp_path: Path) -> None:
    found = said(tmp_path, {"pack.yaml": _values(values)}, "value-without-source")

    assert found == [(7, text) for text in expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{title: A, url: "https://a.example", retrieved: 2026-11-23, standing: primary}', []),
        ("{title: A, retrieved: 2026-11-23, standing: reported}", []),
        (
            "{title: A, retrieved: 2026-11-23, standing: primary}",
            [(7, "nobody can look up the primary source `text`: it has no `url`")],
        ),
    ],
)
def test_a_primary_source_can_be_looked_up(
    source: str, expected: list[tuple[int, str]], tmp_path: Path
) -> None:
    head = HEAD.replace("{memo:", "\n  memo:").replace("house}}", "house}") + f"  text: {source}\n"

    assert said(tmp_path, {"pack.yaml": head}, "source-without-url") == [
        (line + 1, text) for line, text in expected
    ]


@pytest.mark.parametrize(
    ("url", "odd"),
    [
        ("https://a.example/law", False),
        ("http://a.example/law", False),
        ("javascript:alert(1)", True),
        ("a.example/law", True),
        ("file:///etc/passwd", True),
    ],
)
def test_the_address_of_a_source_is_one_of_the_web(url: str, odd: bool, tmp_path: Path) -> None:
    head = HEAD.replace("{memo: {", f'{{memo: {{url: "{url}", ')
    expected = [(6, f"the `url` of the source `memo` is no web address: `{url}`")] if odd else []

    assert said(tmp_path, {"pack.yaml": head}, "odd-url") == expected


@pytest.mark.parametrize(
    ("rule_class", "standing", "odd"),
    [
        ("binding", "primary", False),
        ("binding", "reported", False),
        ("binding", "news", True),
        ("binding", "house", True),
        ("house", "house", False),
    ],
)
def test_a_binding_rule_rests_on_law(
    rule_class: str, standing: str, odd: bool, tmp_path: Path
) -> None:
    """The word of the house, or of the press, is not the law."""
    files = {
        "pack.yaml": HEAD.replace("standing: house", f"standing: {standing}"),
        "rules/main.yaml": RULES.replace("class: house", f"class: {rule_class}"),
    }
    text = f"`only` is binding, and no law is cited for it: sources of standing {standing}"

    assert said(tmp_path, files, "binding-without-law") == ([(2, text)] if odd else [])


def test_a_rule_that_a_house_pack_makes_binding_rests_on_law_too(tmp_path: Path) -> None:
    """`review-window-held` cites the order; `directive-register-fresh` only the house's reading."""
    head = (
        "pack: acme\nversion: '1'\ntitle: A\nextends: eo-14409\n"
        "reclass: {review-window-held: binding, directive-register-fresh: binding}\n"
    )
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "pack.yaml").write_text(head, "utf-8")
    library = Library([str(tmp_path)], load_vocabulary())
    pack, parent = library.load("acme"), library.load("eo-14409")
    found = sources(pack, parent, TODAY, Span("pack.yaml", 2, 10))

    assert [(f.span, f.message) for f in found if f.kind == "binding-without-law"] == [
        (
            Span("pack.yaml"),
            "`directive-register-fresh` is binding, and no law is cited for it: "
            "sources of standing house",
        )
    ]


@pytest.mark.parametrize("version", ["1", "2026.11.1", "0.1"])
def test_numbers_make_a_version(version: str, tmp_path: Path) -> None:
    head = HEAD.replace('version: "1"', f'version: "{version}"')

    assert said(tmp_path, {"pack.yaml": head}, "odd-version") == []


@pytest.mark.parametrize("version", ["banana", "v1", "2026.11.", "1-2", "2026..1", "\uff11"])
def test_other_words_make_none(version: str, tmp_path: Path) -> None:
    head = HEAD.replace('version: "1"', f'version: "{version}"')

    assert said(tmp_path, {"pack.yaml": head}, "odd-version") == [
        (2, f"the version `{version}` is not made of numbers")
    ]


REGISTER = """\
register: letters
as_of: {day}
complete: false
fields: {{model: {{type: name}}}}
rows: []
"""
FRESH = """\
rules:
  - id: fresh
    title: Letters were looked for within 30 days
    class: house
    cites: [memo]
    require: [{days_from: register.letters.as_of, to: as_of, at_most: 30}]
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-24", []),
        ("2026-11", []),
        (
            "2026-11-25",
            [(2, "the register `letters` was last searched on 2026-11-25, which is not yet")],
        ),
        (
            "2028-01-01",
            [(2, "the register `letters` was last searched on 2028-01-01, which is not yet")],
        ),
    ],
    ids=["today", "this month", "tomorrow", "years ahead"],
)
def test_nobody_has_searched_tomorrow(
    day: str, expected: list[tuple[int, str]], tmp_path: Path
) -> None:
    files = {"rules/main.yaml": FRESH, "registers/letters.yaml": REGISTER.format(day=day)}

    assert said(tmp_path, files, "day-not-yet") == expected


def test_what_only_time_can_make_fail_is_not_said_never_to_fail(tmp_path: Path) -> None:
    """A register grows old; at the one time of a search its age is always the same."""
    files = {"rules/main.yaml": FRESH, "registers/letters.yaml": REGISTER.format(day="2028-01-01")}

    kinds = {each.kind for each in findings(tmp_path, files)}

    assert "day-not-yet" in kinds
    assert not [kind for kind in kinds if kind.startswith(("rule-never", "branch-never"))]


def test_what_nothing_can_make_fail_still_is(tmp_path: Path) -> None:
    require = "require: [{any: [{fact: as_of, stated: true}, {fact: as_of, stated: false}]}]"
    rules = RULES.replace("require: [{fact: model.weights, equals: closed}]", require)

    assert said(tmp_path, {"rules/main.yaml": rules}, "rule-never-fails") == [
        (2, "`only` can never fail")
    ]


def test_nobody_has_read_a_source_tomorrow(tmp_path: Path) -> None:
    head = HEAD.replace("retrieved: 2026-11-23", "retrieved: 2026-12-01")

    assert said(tmp_path, {"pack.yaml": head}, "day-not-yet") == [
        (6, "the source `memo` was last read on 2026-12-01, which is not yet")
    ]


def test_a_test_that_fails_is_one_finding(tmp_path: Path) -> None:
    """However many profiles and rules come out otherwise."""
    tests = TESTS.replace(
        "{rules: {only: pass}}",
        "{rules: {only: fail}, verdict: {standard: NO-GO, strict: NO-GO, legal: GO}}",
    )

    assert said(tmp_path, {}, "test-fails", tests) == [
        (
            7,
            "the test `closed` fails: only: expected fail, got pass; "
            "verdict under standard: expected NO-GO, got GO; "
            "verdict under strict: expected NO-GO, got GO; "
            "verdict under legal: expected GO, got UNDETERMINED",
        )
    ]


def _without_unknown(base: Path) -> tuple[Path, str]:
    """A pack of which no test sees what is unknown, and how lint and errors are laid out."""
    folder = written(base, {"tests/own.yaml": TESTS})
    expected = (
        f"{folder}/demo/rules/main.yaml:6:15: a condition of `only` was never seen unknown "
        "[leaf-not-seen]\n"
        "  help: add a test; gonogo policy test --coverage prints one where it finds one\n"
    )
    return folder, expected


def test_findings_are_laid_out_as_errors_are_piped_or_not(tmp_path: Path) -> None:
    """A place is whole and on the line of what it is about, however narrow the terminal."""
    folder, expected = _without_unknown(tmp_path)

    run = gonogo("policy", "lint", folder, "--as-of", "2026-11-24", COLUMNS="60")

    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == (
        f"{expected}\n1 finding in demo: 1 rule, 2 tests, no registers\n"
        "  gonogo policy lint --explain KIND says why\n"
    )


def test_nothing_odd_says_what_was_looked_at(tmp_path: Path) -> None:
    unknown = (
        "  - {name: open, manifest: n-9, as_of: 2026-11-23, set: {model.weights: {unknown: no}},\n"
        "     expect: {rules: {only: unknown}}}\n"
    )
    folder = written(tmp_path, {"tests/own.yaml": TESTS + unknown.replace("open", "not said")})

    text = gonogo("policy", "lint", folder, "--as-of", "2026-11-24")
    data = gonogo("policy", "lint", folder, "--as-of", "2026-11-24", "--format", "json")

    assert (text.returncode, text.stdout) == (
        0,
        "nothing odd in demo: 1 rule, 3 tests, no registers\n",
    )
    assert json.loads(data.stdout) == {
        "policy_lint": "gonogo/1",
        "findings": [],
        "looked_at": [{"pack": "demo", "rules": 1, "tests": 3, "registers": 0}],
    }


def test_the_shipped_packs_have_nothing_odd() -> None:
    run = gonogo("policy", "lint", "policies", "--as-of", "2026-11-24")

    assert (run.returncode, run.stderr) == (0, "")

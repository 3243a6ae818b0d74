"""No search chooses files of evidence, so it proves nothing about rules that list them."""

import json
from pathlib import Path

import pytest

from gonogo.authoring.linting import run_lint
from gonogo.library import Library, load_vocabulary
from gonogo.packs.policy import Pack
from gonogo.workbench.comparison import compare_packs
from gonogo.workbench.places import latest_day

RULE = """\
rules:
  - id: receipt
    title: A receipt is there
    class: house
    cites: [memo]
    require: [{{any_row: {{list: evidence, where: [{where}]}}}}]
"""
HEAD = """\
pack: receipts
version: "1"
title: Receipts
timezone: America/New_York
governing_date: release.first_at
sources: {{memo: {{title: A memo, retrieved: 2026-11-23, standing: house}}}}
{more}
"""


def pack(base: Path, where: str, more: str = "") -> Pack:
    folder = base / "receipts"
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text(HEAD.format(more=more), "utf-8")
    (folder / "rules/all.yaml").write_text(RULE.format(where=where), "utf-8")
    return Library([str(base)], load_vocabulary()).load("receipts")


VERIFIED = "{fact: row.state, equals: verified}"
OTHERS = (
    "{fact: row.state, equals: declared}",
    "{fact: row.state, one_of: [verified, declared]}",
    "{fact: row.kind, equals: agreement}",
)


@pytest.mark.parametrize("other", OTHERS)
def test_an_edit_of_what_evidence_must_be_is_never_called_harmless(
    other: str, tmp_path: Path, library: Library
) -> None:
    old, new = pack(tmp_path / "old", VERIFIED), pack(tmp_path / "new", other)
    profiles = library.profiles()[0]
    found = compare_packs(old, new, (profiles, profiles), (), latest_day([old, new]))

    assert found.can_change_verdict


def test_the_same_rule_is_the_same(tmp_path: Path, library: Library) -> None:
    """What was not touched cannot change anything, whatever it asks for."""
    old, new = pack(tmp_path / "old", VERIFIED), pack(tmp_path / "new", VERIFIED)
    profiles = library.profiles()[0]
    found = compare_packs(old, new, (profiles, profiles), (), latest_day([old, new]))

    assert not found.can_change_verdict


def test_how_long_a_waiver_may_last_can_change_a_verdict(tmp_path: Path, library: Library) -> None:
    sides = [
        pack(tmp_path / days, VERIFIED, f"waivers: {{most_days: {days}}}") for days in ("30", "31")
    ]
    profiles = library.profiles()[0]
    found = compare_packs(sides[0], sides[1], (profiles, profiles), (), latest_day(sides))

    assert found.can_change_verdict
    (edit,) = found.edits
    assert (edit.name, edit.before, edit.after) == ("longest waiver", ("30 days",), ("31 days",))


@pytest.mark.parametrize("where", [VERIFIED, *OTHERS])
def test_lint_does_not_call_it_impossible(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(tmp_path, where)
    run_lint((str(tmp_path),), (), "2026-11-23", "json")
    kinds = {each["id"] for each in json.loads(capsys.readouterr().out)["findings"]}

    assert not kinds & {"rule-never-passes", "rules-exclude-each-other", "branch-never-true"}

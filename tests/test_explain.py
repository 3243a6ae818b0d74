"""`gonogo explain` as people use it, in real processes: names, errors, formats, widths."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, whenever_searched
from test_cli import _in_a_terminal, gonogo

HOUSE = ROOT / "examples/house-pack/policies"
GOLDEN = ROOT / "tests/explaining/golden"
OWN = """\
pack: {id}
version: "1"
title: Another house
default: {default}
extends: eo-14409
"""


@pytest.mark.parametrize(
    ("arguments", "golden"),
    [
        (["eo-14409/review-window-held"], "review-window-held.txt"),
        (["eo-14409/review-window-held", "--format", "markdown"], "review-window-held.md"),
        (["eo-14409"], "eo-14409.txt"),
        (["eo-14409", "--format", "markdown"], "eo-14409.md"),
    ],
)
def test_golden(arguments: list[str], golden: str) -> None:
    """The whole page. After a wanted change: gonogo explain ARGUMENTS > the golden, and read it.

    The line on which something is written may move, and the day of a search.
    """
    run = gonogo("explain", *arguments, LC_ALL="C", COLUMNS="200", FORCE_COLOR="1", TZ="Asia/Tokyo")

    assert (run.returncode, run.stderr) == (0, "")
    assert _unplaced(run.stdout) == _unplaced((GOLDEN / golden).read_text("utf-8"))


def _unplaced(page: str) -> str:
    return whenever_searched(re.sub(r"(\.yaml):\d+", r"\1:LINE", page))


def test_without_a_name_every_default_pack_is_explained(tmp_path: Path) -> None:
    (tmp_path / "other" / "rules").mkdir(parents=True)
    (tmp_path / "other" / "pack.yaml").write_text(
        'pack: other\nversion: "1"\ntitle: Another\ndefault: true\ntimezone: UTC\n'
        "governing_date: release.first_at\nsources: {memo: {title: A memo, standing: house}}\n"
    )
    (tmp_path / "other" / "rules" / "own.yaml").write_text(
        "rules:\n  - {id: own, title: Own, class: house, cites: [memo], "
        "require: [{fact: model.licence, stated: true}]}\n"
    )

    run = gonogo("explain", "--policies", tmp_path)

    assert run.returncode == 0
    heads = [
        line for line in run.stdout.splitlines() if re.match(r"(eo-14409|other) [\d.]+:", line)
    ]
    assert [line.partition(" ")[0] for line in heads] == ["eo-14409", "other"]
    assert gonogo("explain").stdout == gonogo("explain", "eo-14409").stdout


def test_a_house_pack_stands_for_the_pack_it_extends() -> None:
    run = gonogo("explain", "--policies", HOUSE)

    assert run.stdout.startswith("northlight 2026.11.1: ")
    assert "\neo-14409 2026.11.1: " not in run.stdout


@pytest.mark.parametrize(
    ("name", "policies", "head"),
    [
        ("review-window-held", None, "eo-14409/review-window-held: "),
        ("eo-14409/", None, "eo-14409 2026.11.1: "),
        ("red-team-done", HOUSE, "northlight/red-team-done: "),
        ("northlight/red-team-done", HOUSE, "northlight/red-team-done: "),
        ("northlight/review-window-held", HOUSE, "eo-14409/review-window-held: "),
        ("northlight/eo-14409/review-window-held", HOUSE, "eo-14409/review-window-held: "),
        ("eo-14409", HOUSE, "eo-14409 2026.11.1: "),
        ("gonogo/evidence-matches", None, "gonogo/evidence-matches: "),
        ("gonogo/evidence-matches", HOUSE, "gonogo/evidence-matches: "),
        ("gonogo/", None, "gonogo/evidence-matches: "),
    ],
)
def test_names(name: str, policies: Path | None, head: str) -> None:
    run = gonogo("explain", name, *(("--policies", policies) if policies else ()))

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(head)


def test_gonogo_s_own_rule_is_explained_as_a_check_carries_it_out() -> None:
    """By its name in a report: what is missing and what does not match, under every profile."""
    said = " ".join(gonogo("explain", "gonogo/evidence-matches").stdout.split())

    assert "It has another: the rule fails, and the verdict is NO-GO." in said
    assert "It is missing or may not be read: the rule is unknown, and" in said
    assert "the verdict is UNDETERMINED unless something else makes it NO-GO." in said
    assert "under every profile" in said and "no waiver covers them" in said
    assert "What to do Put the file that was meant there, or correct what the manifest says" in said


def test_an_inherited_rule_is_explained_as_a_check_would_read_it() -> None:
    alone = gonogo("explain", "eo-14409/review-window-held").stdout
    inherited = gonogo("explain", "eo-14409/review-window-held", "--policies", HOUSE).stdout

    assert "45 from 2026-12-01" not in alone
    assert "45 from" in inherited
    assert "inherited by the pack northlight" in inherited


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "eo-14408",
            "explain: there is no pack or rule `eo-14408`\n  help: did you mean `eo-14409`?",
        ),
        (
            "review-windw-held",
            "explain: there is no pack or rule `review-windw-held`\n"
            "  help: did you mean `eo-14409/review-window-held`?",
        ),
        ("eo-14408/x", "explain: there is no pack `eo-14408`\n  help: did you mean `eo-14409`?"),
        (
            "eo-14409/acess-protected",
            "explain: `eo-14409` has no rule `acess-protected`\n"
            "  help: did you mean `eo-14409/access-protected`?",
        ),
        ("zzz", "explain: there is no pack or rule `zzz`\n  help: known here: access-protected, "),
        ("", "explain: there is no pack or rule ``\n  help: known here: "),
        ("a\x1b[2J::error", "explain: there is no pack or rule `a\\x1b[2J:\\x3aerror`\n"),
        (
            "heron/card-first",
            "explain: there is no pack `heron`\n"
            "  help: known here: eo-14409; --policies names a folder of other packs\n",
        ),
        ("/", "explain: there is no pack"),
        (
            "evidence-match",
            "explain: there is no pack or rule `evidence-match`\n"
            "  help: did you mean `gonogo/evidence-matches`?",
        ),
        (
            "gonogo/evidence",
            "explain: gonogo has no rule of its own `evidence`\n"
            "  help: did you mean `gonogo/evidence-matches`?",
        ),
        ("///", "explain: there is no pack"),
    ],
)
def test_an_unknown_name_is_exit_2_with_a_way_out(name: str, words: str) -> None:
    run = gonogo("explain", name)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--policies", "nowhere"], "nowhere: is no folder of packs"),
        (["--policies", "src"], "src: holds no pack"),
        (["--format", "pdf"], "pdf"),
        (["--frobnicate"], "frobnicate"),
        (["eo-14409", "eo-14409"], "eo-14409"),
    ],
)
def test_a_wrong_option_is_exit_2(arguments: list[str], words: str) -> None:
    run = gonogo("explain", *arguments)

    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_a_pack_that_does_not_load_names_its_problems(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(OWN.format(id="acme", default="true") + "wrong: 1\n")

    run = gonogo("explain", "acme", "--policies", tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert "pack.yaml:6:1: unknown key in pack.yaml: `wrong`" in run.stderr


def test_a_bare_rule_id_of_two_packs_asks_which(tmp_path: Path) -> None:
    for id in ("acme", "bell"):
        (tmp_path / id).mkdir()
        (tmp_path / id / "pack.yaml").write_text(OWN.format(id=id, default="true"))

    run = gonogo("explain", "review-window-held", "--policies", tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "explain: 2 rules are called `review-window-held`\n"
        "  help: write acme/review-window-held or bell/review-window-held\n"
    )
    assert gonogo("explain", "acme/review-window-held", "--policies", tmp_path).returncode == 0


def test_no_default_pack_asks_for_a_name(tmp_path: Path) -> None:
    text = (ROOT / "policies/eo-14409/pack.yaml").read_text("utf-8")
    (tmp_path / "eo-14409" / "rules").mkdir(parents=True)
    (tmp_path / "eo-14409" / "pack.yaml").write_text(
        text.replace("default: true", "default: false").partition("headline:")[0]
    )
    for part in ("rules", "registers"):
        for file in (ROOT / "policies/eo-14409" / part).iterdir():
            (tmp_path / "eo-14409" / part).mkdir(exist_ok=True)
            (tmp_path / "eo-14409" / part / file.name).write_bytes(file.read_bytes())

    nameless = gonogo("explain", "--policies", tmp_path)
    named = gonogo("explain", "eo-14409/access-protected", "--policies", tmp_path)

    assert (nameless.returncode, nameless.stdout) == (2, "")
    assert nameless.stderr == ("explain: no pack is the default one\n  help: name one: eo-14409\n")
    assert named.returncode == 0


def test_policies_have_an_environment_variable() -> None:
    run = gonogo("explain", GONOGO_POLICIES=str(HOUSE))

    assert run.stdout.startswith("northlight ")


@pytest.mark.parametrize("width", [80, 110])
def test_a_terminal_gets_its_own_width_in_colour(width: int) -> None:
    printed = _in_a_terminal("explain", "review-window-held", COLUMNS=str(width))

    assert "\x1b[1meo-14409/review-window-held: " in printed
    lines = re.sub(r"\x1b\[[0-9;]*m", "", printed).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) in range(width - 4, width + 1)


def test_a_terminal_gets_the_same_words() -> None:
    coloured = _in_a_terminal("explain", "eo-14409")

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == gonogo("explain", "eo-14409").stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = f"{sys.executable} -m gonogo explain | head -1; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )

    assert run.stdout.splitlines()[-1] == "0"
    assert run.stderr == ""

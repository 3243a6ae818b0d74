"""Variables in the environment that stand in for options, and values that are empty."""

import json
import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from conftest import ROOT
from test_cli import GO, NO_GO, SHORTEST, gonogo
from test_library import pack

AS_OF = ("--as-of", "2026-09-30")
NOUNS = {
    "pack": "pack",
    "policies": "folder",
    "profile": "profile",
    "pack-digest": "digest",
    "pack-key": "key",
    "evidence-root": "folder",
    "waivers": "file",
}


def with_variable(name: str, value: str, *arguments: str | Path) -> CompletedProcess[str]:
    variables = {f"GONOGO_{name.replace('-', '_').upper()}": value}
    return gonogo(*arguments, cwd=ROOT, **variables)


@pytest.mark.parametrize("option", NOUNS)
def test_an_empty_value_is_not_the_default(option: str) -> None:
    """As of a job whose variable was never set: without profile, key or digest it checks less."""
    by_option = gonogo("check", GO, *AS_OF, f"--{option}", "", "--format", "jsonl")
    by_variable = with_variable(option, "", "check", GO, *AS_OF, "--format", "jsonl")

    for run in (by_option, by_variable):
        assert run.returncode == 2
        assert json.loads(run.stdout)["verdict"] is None
        said = f"--{option}: names no {NOUNS[option]}\n  help: check that the variable is set\n"
        assert run.stderr == said


def test_all_that_is_empty_at_once() -> None:
    run = gonogo("check", GO, "--profile", "", GONOGO_PACK_KEY="", GONOGO_WAIVERS=" ")

    assert run.returncode == 2
    assert run.stderr.count("check that the variable is set") == 3


@pytest.mark.parametrize("name", ["AS_OF", "RELEASE_NOW", "EXPECT", "OUTPUT"])
def test_nor_is_any_other(name: str) -> None:
    assert with_variable(name, "", "check", GO).returncode == 2


@pytest.mark.parametrize("name", ["DISCLOSE", "FORMAT", "VERBOSE"])
def test_an_empty_choice_is_none(name: str) -> None:
    run = with_variable(name, "", "check", GO, *AS_OF)

    assert (run.returncode, run.stdout) == (2, "")
    assert f"GONOGO_{name} is empty" in run.stderr


def test_what_is_typed_counts_and_not_an_empty_variable() -> None:
    run = gonogo("check", GO, *AS_OF, "--profile", "legal", "--format", "json", GONOGO_PROFILE="")

    assert (run.returncode, json.loads(run.stdout)["profile"]) == (0, "legal")


@pytest.mark.parametrize(
    "arguments", [("explain",), ("policy", "list"), ("policy", "lint"), ("policy", "test")]
)
def test_folders_of_policies_that_are_empty_for_the_rule_author(arguments: tuple[str, ...]) -> None:
    for run in (gonogo(*arguments, "--policies", ""), gonogo(*arguments, GONOGO_POLICIES="")):
        assert run.returncode == 2
        assert run.stderr == (
            "--policies: names no folder\n  help: check that the variable is set\n"
        )


@pytest.mark.parametrize("command", ["check", "plan", "attest", "verify"])
def test_an_empty_manifest_is_none(command: str) -> None:
    run = gonogo(command, "")

    assert run.returncode == 2
    assert '"": names no file\n  help: check that the variable is set\n' in run.stderr


def test_folders_of_policies_are_separated_as_in_path(tmp_path: Path) -> None:
    """Not at the spaces in their names."""
    first, second = tmp_path / "our rules", tmp_path / "more"
    pack(first, "one")
    pack(second, "two")

    run = gonogo(
        "policy", "list", "--format", "json", GONOGO_POLICIES=f"{first}{os.pathsep}{second}"
    )
    assert {"one", "two"} <= {each["id"] for each in json.loads(run.stdout)["packs"]}

    run = gonogo("check", NO_GO, GONOGO_POLICIES=f"{first}{os.pathsep}", GONOGO_PACK="one")
    assert (run.returncode, run.stderr.split("\n")[0]) == (2, "--policies: names no folder")


def test_the_variables_of_a_check(tmp_path: Path) -> None:
    """Lists are separated by spaces."""
    (tmp_path / "release.yaml").write_text(SHORTEST)
    run = gonogo(
        "check", "release.yaml", "--as-of", "2026-11-23", cwd=tmp_path,
        GONOGO_OUTPUT="r.json r.md", GONOGO_VERBOSE="1", GONOGO_RELEASE_NOW="public",
        GONOGO_EXPECT="model.version=1.0 model.name=N-9",
    )  # fmt: skip

    assert run.returncode == 1
    assert "first release 2026-11-23" in run.stdout  # not the 25th, as the manifest says
    assert "PASSED" in run.stdout.upper()
    assert json.loads((tmp_path / "r.json").read_text())["verdict"] == "NO-GO"
    assert (tmp_path / "r.md").exists()
    other = gonogo("check", "release.yaml", cwd=tmp_path, GONOGO_EXPECT="model.version=1.1")
    assert other.returncode == 2
    assert "--expect says `1.1`" in other.stderr


def test_waivers_are_not_read_from_standard_input() -> None:
    run = gonogo("check", GO, *AS_OF, "--waivers", "-", stdin="waivers: []\n")

    assert run.returncode == 2
    assert run.stderr == "--waivers: are read from a file alone\n  help: name the file\n"

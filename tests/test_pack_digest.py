"""The digest of a pack: what it is of, where it is printed, and pins that fail closed."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import GO, NO_GO, gonogo

AS_OF = ("--as-of", "2026-09-30")
HOUSE = ROOT / "examples/house-pack"
COMMANDS = ("check", "plan", "attest")


def digest_of(folder: Path) -> str:
    """By the command that the README gives; a pack without registers has no such folder."""
    found = re.search(r"`(sha256sum pack.yaml .* sha256sum)`", (ROOT / "README.md").read_text())
    assert found is not None
    command = f"shopt -s nullglob; {found[1]}"
    run = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=True)
    return run.stdout.decode().split()[0]


EO = digest_of(ROOT / "policies/eo-14409")
NORTHLIGHT = digest_of(HOUSE / "policies/northlight")
PROFILES = hashlib.sha256((ROOT / "policies/profiles.yaml").read_bytes()).hexdigest()
PIN = f"eo-14409=sha256:{EO}"


@pytest.mark.parametrize(
    "output_format", ["json", "jsonl", "sarif", "junit", "markdown", "html", "github"]
)
def test_every_report_has_it(output_format: str) -> None:
    """But GitLab's code quality, which is a list of problems and nothing else."""
    run = gonogo("check", NO_GO, *AS_OF, "--format", output_format)

    assert EO in run.stdout


def test_text_has_it_where_it_is_asked_for(tmp_path: Path) -> None:
    """With -v, and in a file; a line of its own that fits 80 columns."""
    out = tmp_path / "report.txt"
    verbose = gonogo("check", NO_GO, *AS_OF, "-v", "--output", out).stdout

    for said in (verbose, out.read_text()):
        line = next(line for line in said.splitlines() if EO in line)
        assert line == f"  sha256:{EO}"
    assert EO not in gonogo("check", NO_GO, *AS_OF).stdout


def test_the_list_of_packs_has_it() -> None:
    packs = json.loads(gonogo("policy", "list", "--format", "json").stdout)["packs"]

    assert [pack["sha256"] for pack in packs if pack["id"] == "eo-14409"] == [EO]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pin_that_is_kept_changes_nothing(command: str) -> None:
    pinned = gonogo(command, GO, *AS_OF, "--pack-digest", PIN)

    assert pinned.returncode == 0
    assert pinned.stdout == gonogo(command, GO, *AS_OF).stdout


def test_verify_keeps_pins_too(tmp_path: Path) -> None:
    statement = tmp_path / "s.json"
    gonogo("attest", GO, *AS_OF, "--output", statement)
    arguments = ("verify", statement, "--manifest", GO, "--pack-digest")

    assert gonogo(*arguments, PIN).returncode == 0
    run = gonogo(*arguments, f"eo-14409=sha256:{NORTHLIGHT}")
    assert (run.returncode, run.stdout) == (2, "")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("pin", "words"),
    [
        (f"eo-14409=sha256:{NORTHLIGHT}", f"`eo-14409` is sha256:{EO}, not sha256:{NORTHLIGHT}"),
        (f"eo-14408=sha256:{EO}", "did you mean `eo-14409`?"),
        (f"northlight=sha256:{NORTHLIGHT}", "no pack `northlight` is used"),
        (f"=sha256:{EO}", "no pack `` is used"),
        ("eo-14409", "is not ID=sha256:DIGEST"),
        ("", "names no digest"),
        (f"eo-14409={EO}", "is not ID=sha256:DIGEST"),
        (f"eo-14409=sha512:{EO}", "is not ID=sha256:DIGEST"),
        (f"eo-14409=sha256:{EO[:-1]}", "is not ID=sha256:DIGEST"),
        (f"eo-14409=sha256:{EO}0", "is not ID=sha256:DIGEST"),
        (f"eo-14409=sha256:{EO}\n", "is not ID=sha256:DIGEST"),
        (f"eo-14409=sha256:{EO.upper()}", "is not ID=sha256:DIGEST"),
    ],
)
def test_any_other_pin_fails_closed(command: str, pin: str, words: str) -> None:
    """Also beside one that is kept."""
    run = gonogo(command, GO, *AS_OF, "--pack-digest", PIN, "--pack-digest", pin)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("--pack-digest: ")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_every_wrong_pin_is_said() -> None:
    run = gonogo("check", GO, "--pack-digest", "eo-14409", "--pack-digest", f"x=sha256:{EO}")

    assert run.stderr.count("--pack-digest: ") == 2


def test_a_house_pack_and_what_it_extends_are_pinned_each() -> None:
    arguments = ("check", HOUSE / "release.yaml", *AS_OF, "--policies", HOUSE / "policies")
    house = f"northlight=sha256:{NORTHLIGHT}"

    for pins in ([PIN], [house], [PIN, house]):
        options = [word for pin in pins for word in ("--pack-digest", pin)]
        assert gonogo(*arguments, *options).returncode in (0, 1, 3), pins
    for wrong in (f"northlight=sha256:{EO}", f"eo-14409=sha256:{NORTHLIGHT}"):
        assert gonogo(*arguments, "--pack-digest", wrong).returncode == 2


@pytest.mark.parametrize(
    "name", ["pack.yaml", "rules/review-window.yaml", "registers/directives.yaml"]
)
def test_a_comment_added_to_a_pack_breaks_the_pin(tmp_path: Path, name: str) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(ROOT / "policies", policies)
    arguments = ("check", GO, *AS_OF, "--policies", policies, "--pack-digest", PIN)
    assert gonogo(*arguments).returncode == 0
    changed = policies / "eo-14409" / name
    changed.write_text(changed.read_text() + "# just a comment\n")

    assert gonogo(*arguments).returncode == 2


def test_the_tests_of_a_pack_are_no_part_of_it(tmp_path: Path) -> None:
    """They decide nothing."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "policies/eo-14409/tests/more.yaml").write_text("tests: []\n")
    arguments = ("--policies", tmp_path / "policies", "--pack-digest", PIN)

    assert gonogo("check", GO, *AS_OF, *arguments).returncode == 0


def test_the_profiles_can_be_pinned(tmp_path: Path) -> None:
    """What blocks is decided there, outside of every pack."""
    shutil.copy(ROOT / "policies/profiles.yaml", tmp_path)
    pin = f"profiles.yaml=sha256:{PROFILES}"
    arguments = ("check", NO_GO, *AS_OF, "--policies", tmp_path, "--pack-digest", pin)
    assert gonogo(*arguments).returncode == 1
    changed = tmp_path / "profiles.yaml"
    changed.write_text(changed.read_text().replace("commitment: block", "commitment: note"))

    run = gonogo(*arguments)

    assert (run.returncode, run.stdout) == (2, "")
    assert "`profiles.yaml` is sha256:" in run.stderr


def test_the_environment_pins_too() -> None:
    wrong = f"eo-14409=sha256:{NORTHLIGHT}"

    assert gonogo("check", GO, *AS_OF, GONOGO_PACK_DIGEST=PIN).returncode == 0
    assert gonogo("check", GO, *AS_OF, GONOGO_PACK_DIGEST=f"{PIN} {wrong}").returncode == 2

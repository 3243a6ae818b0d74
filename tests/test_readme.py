"""The README is true: its output, its help texts and its example manifest."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, whenever_searched
from test_cli import gonogo

README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^```console\n\$ gonogo (.*?)\n(.*?)\n```$", README, re.M | re.S)
FOLDERS = {"policy diff policies/before policies/after": "policy-edit"}


def test_the_readme_shows_help_for_every_command() -> None:
    """Above them two commands with what they print."""
    commands = [command for command, _ in SHOWN]

    assert commands == [
        "check release.yaml --as-of 2026-11-23",
        "policy diff policies/before policies/after",
        "--help",
        "check --help",
        "plan --help",
        "explain --help",
        "policy --help",
        "policy list --help",
        "policy lint --help",
        "policy test --help",
        "policy diff --help",
        "policy sign --help",
        "attest --help",
        "verify --help",
        "schema --help",
    ]


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_the_readme_shows_is_what_is_printed(command: str, shown: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "gonogo", *command.split()],
        cwd=ROOT / "examples" / FOLDERS.get(command, "shortest"),
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    )

    if command.endswith("--help"):
        assert _words(run.stdout) == _words(shown)
    else:
        assert whenever_searched(run.stdout.rstrip()) == whenever_searched(shown)


def _words(help: str) -> list[str]:
    """Without what Typer's versions write differently: the usage line, line breaks and types."""
    said = help.partition("\n")[2].replace("python -m gonogo", "gonogo")
    return re.sub(r":?<[^>]*>|\.\.\.", " ", said).split()


@pytest.mark.parametrize("command", [(), ("policy",)])
def test_no_description_of_a_command_is_cut(command: tuple[str, ...]) -> None:
    """At 80 columns; what is cut says least where it matters most."""
    run = subprocess.run(
        [sys.executable, "-m", "gonogo", *command, "--help"],
        env={**os.environ, "COLUMNS": "80"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    listed = run.stdout.partition("Commands:\n")[2].splitlines()

    assert len(listed) >= 5
    assert not [line for line in listed if line.endswith("...")]


def test_the_manifest_in_the_readme_is_the_shortest_example() -> None:
    manifest = re.search(r"^```yaml\n(manifest: .*?)^```$", README, re.M | re.S)

    assert manifest is not None
    assert manifest[1] == (ROOT / "examples/shortest/release.yaml").read_text("utf-8")


def test_the_manifest_with_evidence_in_the_readme_is_go(tmp_path: Path) -> None:
    """With the receipt of an example beside it; by another or by none it is not, under no profile.

    On day 37 of government access, and a commitment needs 30: GO, with notes of what is unknown.
    """
    manifest = re.findall(r"^```yaml\n(manifest: .*?)^```$", README, re.M | re.S)[1]
    (tmp_path / "release.yaml").write_text(manifest, "utf-8")
    receipt = tmp_path / "evidence/receipt.txt"
    receipt.parent.mkdir()
    receipt.write_bytes((ROOT / "examples/northlight-go/evidence/receipt.txt").read_bytes())

    def verdict(profile: str) -> tuple[int, str]:
        arguments = ("check", "release.yaml", "--as-of", "2026-09-30", "--profile", profile)
        run = gonogo(*arguments, cwd=tmp_path)
        return run.returncode, run.stdout.partition("  ")[0]

    assert verdict("standard") == (0, "GO with notes")
    receipt.write_text("another", "utf-8")
    assert verdict("legal") == verdict("standard") == (1, "NO-GO")
    receipt.unlink()
    assert verdict("legal") == verdict("standard") == (3, "UNDETERMINED")


def test_the_first_command_puts_gonogo_on_the_path() -> None:
    """As the lines above and below it need; `.ci/run` carries it out on a fresh clone."""
    first, _ = re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S)

    assert ". .venv/bin/activate && pip install -q . && gonogo check " in first


def test_help_fits_a_screen() -> None:
    """Twenty-four lines of eighty columns."""
    for command, shown in SHOWN:
        if command.endswith("--help"):
            lines = shown.splitlines()
            assert len(lines) <= 24, command
            assert max(map(len, lines)) <= 80, command

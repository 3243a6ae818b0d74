"""The README is true: its output, its help texts and its example manifest."""

import os
import re
import subprocess
import sys

import pytest

from conftest import ROOT, whenever_searched

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


def test_help_fits_a_screen() -> None:
    """Twenty-four lines of eighty columns."""
    for command, shown in SHOWN:
        if command.endswith("--help"):
            lines = shown.splitlines()
            assert len(lines) <= 24, command
            assert max(map(len, lines)) <= 80, command

"""Streams that are closed or full: no exception chooses the exit code, least of all 1 or 0."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import GO, NO_GO

CLOSED, FULL = "bad file descriptor", "no space left on device"
PRINTING = {
    "check": f"check {GO} --as-of 2026-09-30",
    "jsonl": f"check {GO} --as-of 2026-09-30 --format jsonl",
    "plan": f"plan {GO} --as-of 2026-09-30",
    "attest": f"attest {GO} --as-of 2026-09-30",
    "explain": "explain eo-14409",
    "list": "policy list",
    "schema": "schema manifest",
    "help": "--help",
    "help of a command": "check --help",
    "version": "--version",
}
COMPLAINING = {
    "bad manifest": f"check {ROOT / 'pyproject.toml'}",
    "no pack": "explain no-such-pack",
    "unknown option": "check --nope",
    "nothing": "",
}


def run(
    command: str, streams: str, after: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """`gonogo` as a shell starts it, with some of its streams led elsewhere."""
    script = f"{shlex.quote(sys.executable)} -m gonogo {command} {streams}\n{after}"
    return subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("streams", "why"), [(">&-", CLOSED), (">/dev/full", FULL)])
@pytest.mark.parametrize("command", PRINTING.values(), ids=list(PRINTING))
def test_what_cannot_be_printed_is_no_verdict(command: str, streams: str, why: str) -> None:
    """Standard output that is closed takes no more than a full one: the report was not given."""
    done = run(command, streams)

    assert done.returncode == 4
    assert done.stderr == f"standard output cannot be written: {why}\n"


@pytest.mark.parametrize("streams", [">/dev/full 2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["check", "help"])
def test_nor_where_nobody_can_be_told(command: str, streams: str) -> None:
    assert run(PRINTING[command], streams).returncode == 4


@pytest.mark.parametrize("command", ["help", "explain", "version"])
def test_a_reader_that_has_gone_away_changes_no_code(command: str) -> None:
    """Whatever is printed, and by whom: Typer would leave with 1."""
    done = run(f"{PRINTING[command]}", "| true", "echo ${PIPESTATUS[0]}")

    assert (done.stdout, done.stderr) == ("0\n", "")


def test_nor_does_one_of_what_is_wrong() -> None:
    script = f"{{ sleep 0.2; {shlex.quote(sys.executable)} -m gonogo --nope; echo $? >&3; }} 3>&2"
    done = subprocess.run(
        ["bash", "-c", f"{script} 2>&1 | true"], capture_output=True, text=True, check=False
    )

    assert done.stderr == "2\n"


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize(("manifest", "code"), [(GO, 0), (NO_GO, 1)])
def test_a_verdict_needs_no_standard_error(manifest: Path, code: int, streams: str) -> None:
    done = run(f"check {manifest} --as-of 2026-09-30", streams)

    assert done.returncode == code
    assert "Not legal advice." in done.stdout


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", ">&-", ">&- 2>&-"])
@pytest.mark.parametrize("command", COMPLAINING.values(), ids=list(COMPLAINING))
def test_bad_input_is_bad_input_whoever_hears_of_it(command: str, streams: str) -> None:
    """The exit code says it, and nothing of it comes to standard output."""
    done = run(command, streams)

    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("streams", ["", "2>&-", "2>/dev/full"])
@pytest.mark.parametrize("module", ["gonogo.engine.judge", "typer"])
def test_a_crash_is_one_whoever_hears_of_it(module: str, streams: str, tmp_path: Path) -> None:
    """A fault in the program or a library that is missing; its last words cannot be said either."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nclass Broken:\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}: raise ImportError('seeded')\n"
        "sys.meta_path.insert(0, Broken())\n"
    )
    paths = f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"

    done = run(PRINTING["check"], streams, PYTHONPATH=paths)
    assert done.returncode == 4
    assert ("ImportError: seeded" in done.stderr) == (streams == "")


@pytest.mark.parametrize("flag", ["", "-u"])
def test_both_streams_keep_their_order(flag: str) -> None:
    """In one file, as a CI log is: what is wrong with the first stands before the second."""
    done = run(f"check missing.yaml {GO} --as-of 2026-09-30", "2>&1", PYTHONUNBUFFERED=flag)

    assert done.stdout.startswith("missing.yaml: there is no such file\n")
    assert "Not legal advice." in done.stdout

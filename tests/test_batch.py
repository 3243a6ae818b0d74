"""Many manifests and folders: what counts, what is said of all of them, and what hides nothing."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from test_cli import GO, NO_GO, OPEN, SHORTEST, gonogo

AS_OF = ("--as-of", "2026-10-05")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two manifests, one of them deeper, beside files that are something else."""
    (tmp_path / "b.yaml").write_text(GO.read_text())
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/a.yml").write_text(NO_GO.read_text())
    (tmp_path / "notes.yaml").write_text("title: not a manifest\n")
    (tmp_path / "package.json").write_text('{"name": "something", "version": "1.0"}\n')
    (tmp_path / "report.json").write_text(gonogo("check", GO, *AS_OF, "--format", "json").stdout)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/c.yaml").write_text(GO.read_text())
    (tmp_path / "pack/tests").mkdir(parents=True)
    (tmp_path / "pack/pack.yaml").write_text("pack: mine\n")
    (tmp_path / "pack/tests/t.yaml").write_text(GO.read_text())
    return tmp_path


def paths_of(run: subprocess.CompletedProcess[str]) -> list[str]:
    return [json.loads(line)["manifest"]["path"] for line in run.stdout.splitlines()]


def test_a_folder_is_its_manifests_by_name(folder: Path) -> None:
    run = gonogo("check", folder, *AS_OF, "--format", "jsonl")

    assert paths_of(run) == [f"{folder}/b.yaml", f"{folder}/deep/a.yml"]
    assert run.returncode == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("typo.yaml", SHORTEST.replace("manifest:", "manifst:")),
        ("typo.json", '{"manifst": "gonogo/1", "model": {"name": "N"}}'),
        ("flow.yaml", "{manifest: gonogo/1, model: {name: N}}"),
        ("utf16.yaml", SHORTEST.encode("utf-16")),
        ("latin.yaml", SHORTEST.replace("N-9", "Nü").encode("latin-1")),
    ],
)
def test_what_might_be_a_manifest_is_refused_rather_than_left_out(
    folder: Path, name: str, text: str | bytes
) -> None:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    run = gonogo("check", folder, *AS_OF, "--format", "jsonl")

    assert f"{folder}/{name}" in paths_of(run)
    assert run.returncode == 2


def test_a_folder_without_manifests_is_no_success(tmp_path: Path) -> None:
    run = gonogo("check", tmp_path, GO, *AS_OF)

    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr == (
        f"{tmp_path}: is a folder without manifests\n"
        "  help: a manifest is a .yaml or .json file that begins with `manifest: gonogo/1`\n"
    )


def test_the_summary_has_every_manifest_with_its_first_reason(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SHORTEST.replace("closed", "closd"))

    run = gonogo("check", GO, bad, OPEN, NO_GO, *AS_OF)

    head, _, table = run.stdout.rpartition("4 manifests: ")
    assert head.count("Not legal advice.") == 3
    lines = table.splitlines()
    assert lines[0] == "1 NO-GO, 1 UNDETERMINED, 1 no verdict, 1 GO."
    assert lines[1] == f"GO            N-9 1.0  {GO}"
    assert lines[2] == f"no verdict    {bad}"
    assert lines[3] == "  `model.weights`: `closd` is not a choice here"
    assert lines[4].startswith("UNDETERMINED  N-9 mini 0.9  ")
    assert lines[5].startswith("  review-window-held: not stated: covered-model determination; ")
    assert lines[6].startswith("NO-GO         N-9 1.0  ")
    assert lines[7] == (
        "  review-window-held: has 9 calendar days, needs 30 (assumed: the ceiling, he..."
    )
    assert len(lines) == 8
    assert f"{bad}:2:" in run.stderr
    assert run.returncode == 2


def test_one_manifest_has_no_summary() -> None:
    assert "manifests:" not in gonogo("check", GO, *AS_OF).stdout


def test_the_summary_of_outcomes_alone_gives_no_reason() -> None:
    table = gonogo("check", GO, NO_GO, *AS_OF, "--disclose", "none").stdout.rpartition("2 mani")[2]

    assert [line.split()[0] for line in table.splitlines()[1:]] == ["GO", "NO-GO"]


def _errors_on_a_terminal(*arguments: str | Path) -> str:
    """What a terminal at standard error receives, while standard output goes to a pipe."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "gonogo", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"},
    ):
        os.close(follower)
        received = b""
        try:
            while chunk := os.read(leader, 65536):
                received += chunk
        except OSError:  # the other end has closed
            pass
    os.close(leader)
    return received.decode()


def test_a_bar_is_drawn_on_a_terminal_and_nowhere_else(tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    arguments = ("check", GO, missing, NO_GO, *AS_OF, "--format", "junit")

    seen = _errors_on_a_terminal(*arguments)

    assert "checking" in seen
    complaint = f"{missing}: there is no such file\r\n  help: check the path\r\n"
    assert seen.endswith(complaint)  # after the bar, not through it
    assert "checking" not in gonogo(*arguments).stderr
    assert "checking" not in _errors_on_a_terminal("check", GO, *AS_OF)

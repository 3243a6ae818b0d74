"""Many manifests and folders: what counts, what is said of all of them, and what hides nothing."""

import ctypes
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


def test_a_folder_without_manifests_is_no_success_and_hides_no_other(tmp_path: Path) -> None:
    """It is refused in its place, as a file that is missing is, in every report."""
    (tmp_path / "empty").mkdir()

    run = gonogo(
        "check", "empty", GO, *AS_OF, "--format", "jsonl", "--output", "r.xml", cwd=tmp_path
    )

    assert run.returncode == 2
    refused, go = map(json.loads, run.stdout.splitlines())
    help = "a manifest is a .yaml or .json file that begins with `manifest: gonogo/1`"
    assert refused["manifest"] == {"path": "empty"}
    assert refused["errors"][0]["message"] == "is a folder without manifests"
    assert go["verdict"] == "GO"
    assert run.stderr == f"empty: is a folder without manifests\n  help: {help}\n"
    assert "is a folder without manifests" in (tmp_path / "r.xml").read_text()


def test_one_folder_without_manifests_has_a_report_too(tmp_path: Path) -> None:
    run = gonogo("check", tmp_path, "--format", "json")

    assert run.returncode == 2
    assert json.loads(run.stdout)["verdict"] is None


def _without_privilege() -> None:
    """Root may read everything; without these capabilities it is like anybody else."""
    prctl_capbset_drop, cap_dac_override, cap_dac_read_search = 24, 1, 2
    if os.geteuid() == 0:
        for capability in (cap_dac_override, cap_dac_read_search):
            ctypes.CDLL(None, use_errno=True).prctl(prctl_capbset_drop, capability, 0, 0, 0)


@pytest.mark.parametrize("mode", [0o000, 0o311], ids=["nothing", "no list"])
@pytest.mark.parametrize("closed", ["", "deep"])
def test_a_folder_that_may_not_be_read_is_refused(closed: str, mode: int, folder: Path) -> None:
    place = folder / closed
    place.chmod(mode)
    command = [sys.executable, "-m", "gonogo", "check", str(folder), str(GO), *AS_OF]
    try:
        run = subprocess.run(
            [*command, "--format", "jsonl"],
            capture_output=True, text=True, check=False, preexec_fn=_without_privilege,
        )  # fmt: skip
    finally:
        place.chmod(0o755)

    assert run.returncode == 2
    assert paths_of(run) == ([f"{folder}/b.yaml"] if closed else []) + [str(place), str(GO)]
    assert run.stderr.startswith(f"{place}: may not be read\n")


def test_a_suffix_in_capitals_and_a_link_to_a_file_count(folder: Path) -> None:
    (folder / "A.YAML").write_text(NO_GO.read_text())
    (folder / "B.Json").write_text('{"manifest": "gonogo/1"}')
    (folder / "c.yaml").symlink_to("b.yaml")

    run = gonogo("check", folder, *AS_OF, "--format", "jsonl")

    names = [path.removeprefix(f"{folder}/") for path in paths_of(run)]
    assert names == ["A.YAML", "B.Json", "b.yaml", "c.yaml", "deep/a.yml"]


def test_what_is_no_file_but_named_like_one_is_refused(folder: Path) -> None:
    (folder / "dangling.yaml").symlink_to("nowhere")
    (folder / "loop.json").symlink_to("loop.json")
    os.mkfifo(folder / "pipe.yml")

    run = gonogo("check", folder, *AS_OF)

    assert run.returncode == 2
    assert f"{folder}/dangling.yaml: there is no such file" in run.stderr
    assert f"{folder}/loop.json: cannot be read: too many levels of symbolic links" in run.stderr
    assert f"{folder}/pipe.yml: is not a regular file" in run.stderr


def test_a_link_to_a_folder_is_not_followed_in_silence(folder: Path, tmp_path: Path) -> None:
    """It could lead anywhere, also in a circle; where it leads may hold the one that is NO-GO."""
    (folder / "inside").symlink_to("deep")
    (folder / "circle").symlink_to(".")
    run = gonogo("check", folder, *AS_OF, "--format", "jsonl")
    assert (run.returncode, len(paths_of(run))) == (1, 2)

    (folder / "outside").symlink_to(NO_GO.parent)
    run = gonogo("check", folder, *AS_OF)
    assert run.returncode == 2
    assert run.stderr == (
        f"{folder}/outside: is a link to a folder, and is not followed\n"
        "  help: name that folder as well, or remove the link\n"
    )
    run = gonogo("check", folder, NO_GO.parent, *AS_OF)
    assert (run.returncode, run.stderr) == (1, "")


def test_a_folder_does_not_repeat_what_is_named_besides(folder: Path) -> None:
    """However it is written, before or after; a link is a name of its own. What somebody types
    twice is checked twice.
    """
    (folder / "link.yaml").symlink_to("b.yaml")
    run = gonogo(
        "check", "deep/../b.yaml", folder, "deep", "./b.yaml",
        *AS_OF, "--format", "jsonl", cwd=folder,
    )  # fmt: skip

    assert paths_of(run) == [
        "deep/../b.yaml", f"{folder}/deep/a.yml", f"{folder}/link.yaml", "./b.yaml",
    ]  # fmt: skip
    assert len(paths_of(gonogo("check", GO, GO, *AS_OF, "--format", "jsonl"))) == 2


def test_standard_input_cannot_be_read_twice() -> None:
    run = gonogo("check", "-", "-", "--as-of", "2026-11-23", "--format", "jsonl", stdin=SHORTEST)

    assert run.returncode == 2
    assert [json.loads(line)["verdict"] for line in run.stdout.splitlines()] == ["NO-GO", None]
    assert run.stderr == "-: standard input is named twice\n  help: it can be read once\n"


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

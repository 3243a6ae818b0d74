"""What goes wrong around a run: never half a file, never a verdict from mixed inputs."""

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import GO, NO_GO, SHORTEST, gonogo

AS_OF = ("--as-of", "2026-09-30")
OLD = b"the old report, whole\n"
COMMAND = [sys.executable, "-m", "gonogo"]
# Each way in which gonogo writes a file, by the options that make it do so.
WRITES: dict[str, tuple[str | Path, ...]] = {
    "check": ("check", GO, *AS_OF, "--output"),
    "html": ("check", GO, *AS_OF, "--format", "jsonl", "--output"),
    "plan": ("plan", GO, *AS_OF, "--output"),
    "attest": ("attest", GO, *AS_OF, "--output"),
}


def name_of(way: str) -> str:
    return "report.html" if way == "html" else "report.json"


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("moment", ["write", "fsync", "replace"])
@pytest.mark.parametrize("way", WRITES)
def test_killed_while_writing_the_old_file_is_whole(tmp_path: Path, way: str, moment: str) -> None:
    """SIGKILL, which no program can catch: in the middle of a write, before and after it is safe.

    The process kills itself at that system call, so that it happens at that moment each time.
    """
    out = tmp_path / name_of(way)
    out.write_bytes(OLD)
    patched = {
        "write": (
            "real = os.fdopen\n"
            "def half(handle, *mode):\n"
            "    os.write(handle, b'half')\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
            "os.fdopen = half\n"
        ),
        "fsync": "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n",
        "replace": (
            "import pathlib\n"
            "pathlib.Path.replace = lambda *paths: os.kill(os.getpid(), signal.SIGKILL)\n"
        ),
    }[moment]
    # `fdopen` also reads files, so the traps are set when the output is about to be written.
    script = (
        "import os, signal, sys\n"
        "import gonogo.output as output\n"
        "write_file = output.write_file\n"
        "def trapped(*arguments, **options):\n"
        + "".join(f"    {line}\n" for line in patched.splitlines())
        + "    write_file(*arguments, **options)\n"
        "output.write_file = trapped\n"
        f"sys.argv = ['gonogo', *{[str(each) for each in (*WRITES[way], out)]!r}]\n"
        "from gonogo.cli import main\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert run.returncode == -signal.SIGKILL
    assert out.read_bytes() == OLD
    drafts = left_in(tmp_path) - {out.name}
    assert all(name.startswith(".gonogo-") for name in drafts)


@pytest.mark.parametrize("way", WRITES)
def test_a_limit_on_file_size_leaves_the_old_file_whole(tmp_path: Path, way: str) -> None:
    """RLIMIT_FSIZE of 64 bytes: the kernel refuses the rest of the write."""
    out = tmp_path / name_of(way)
    out.write_bytes(OLD)

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that the write fails with EFBIG
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    run = subprocess.run(
        [*COMMAND, *map(str, WRITES[way]), str(out)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,  # noqa: PLW1509 - pytest runs this in one thread
    )

    assert run.returncode == 2
    assert f"{out}: cannot be written: file too large" in run.stderr
    assert "Traceback" not in run.stderr
    assert out.read_bytes() == OLD
    assert left_in(tmp_path) == {out.name}

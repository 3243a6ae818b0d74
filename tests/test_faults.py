"""What goes wrong around a run: never half a file, never a verdict from mixed inputs."""

import ctypes
import hashlib
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import ROOT
from keys import key_pair
from test_cli import GO, NO_GO, gonogo

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
        preexec_fn=limited,
    )

    assert run.returncode == 2
    assert f"{out}: cannot be written: file too large" in run.stderr
    assert "Traceback" not in run.stderr
    assert out.read_bytes() == OLD
    assert left_in(tmp_path) == {out.name}


def test_killed_at_any_time_the_file_is_old_or_new(tmp_path: Path) -> None:
    """Kills spread over the whole run, from before it reads to after it has written."""
    out = tmp_path / "report.json"
    command = [*COMMAND, *map(str, WRITES["check"]), str(out)]
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    whole, took = out.read_bytes(), time.monotonic() - began
    for part in range(1, 13):
        out.write_bytes(OLD)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
            time.sleep(took * part / 12)
            run.kill()
        assert out.read_bytes() in (OLD, whole)


def test_an_interrupt_leaves_no_draft(tmp_path: Path) -> None:
    """Ctrl-C while the bytes are on their way to the disk."""
    out = tmp_path / "report.json"
    out.write_bytes(OLD)
    script = (
        "import os, signal, sys\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGINT)\n"
        f"sys.argv = ['gonogo', *{[str(each) for each in (*WRITES['check'], out)]!r}]\n"
        "from gonogo.cli import main\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert run.returncode == 130
    assert out.read_bytes() == OLD
    assert left_in(tmp_path) == {out.name}


class Disk(NamedTuple):
    """A folder that takes two pages and no more, and what the system says then."""

    folder: Path
    before: Callable[[], None] | None
    said: str

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=self.before,
        )


def _no_second_page() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that the write fails with EFBIG
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    """A file system of 8 KiB of its own; whoever may mount none has a limit on files of 4 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "none", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield Disk(place, _no_second_page, "file too large")
        return
    yield Disk(place, None, "no space left on device")
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("way", WRITES)
def test_a_full_disk_leaves_the_old_file_whole(small_disk: Disk, way: str) -> None:
    """Two pages, both taken by other files: not a byte more fits."""
    out = small_disk.folder / name_of(way)
    out.write_bytes(OLD)
    shutil.copyfile(out, small_disk.folder / "other")

    run = small_disk.run(*WRITES[way], out)

    assert run.returncode == 2
    assert f"{out}: cannot be written: {small_disk.said}" in run.stderr
    assert "Traceback" not in run.stderr
    assert out.read_bytes() == OLD
    assert left_in(small_disk.folder) == {out.name, "other"}


def test_a_summary_on_a_full_disk_is_not_half_appended(small_disk: Disk) -> None:
    """The kernel takes the 96 bytes that fit into the summary's page, and no more."""
    summary = small_disk.folder / "summary.md"
    summary.write_bytes(b"x" * 4000)
    (small_disk.folder / "other").write_bytes(b"x" * 4096)
    wanted = f"markdown:{summary}"

    run = small_disk.run(
        "check", NO_GO, *AS_OF, "--output", wanted, GITHUB_STEP_SUMMARY=str(summary)
    )

    assert run.returncode == 2
    assert f"{summary}: cannot be written: {small_disk.said}" in run.stderr
    assert summary.read_bytes() == b"x" * 4000


@pytest.mark.parametrize("command", ["check", "plan", "attest"])
def test_standard_output_on_a_full_disk_is_no_verdict(command: str) -> None:
    """One line that says so, and the code that is no verdict's."""
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [*COMMAND, command, str(GO), *AS_OF],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert run.returncode == 4
    assert run.stderr == "standard output cannot be written: no space left on device\n"


def _without_override() -> None:
    """Root may write everywhere; without this capability it is like anybody else."""
    prctl_capbset_drop, cap_dac_override = 24, 1
    if os.geteuid() == 0:
        ctypes.CDLL(None, use_errno=True).prctl(prctl_capbset_drop, cap_dac_override, 0, 0, 0)


@pytest.mark.parametrize("way", WRITES)
def test_a_folder_that_may_not_be_written_to(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    out = folder / name_of(way)
    out.write_bytes(OLD)
    folder.chmod(0o555)
    try:
        run = subprocess.run(
            [*COMMAND, *map(str, WRITES[way]), str(out)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_without_override,
        )
    finally:
        folder.chmod(0o755)

    assert run.returncode == 2
    assert f"{out}: cannot be written: permission denied" in run.stderr
    assert "Traceback" not in run.stderr
    assert out.read_bytes() == OLD
    assert left_in(folder) == {out.name}


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As root, a file put in the place of /dev/null would break the machine."""
    run = gonogo("check", GO, *AS_OF, "--format", "jsonl", "--output", "json:/dev/null")
    shown = gonogo("check", GO, *AS_OF, "--format", "jsonl", "--output", "json:/dev/stderr")
    full = gonogo("check", GO, *AS_OF, "--output", "json:/dev/full")

    assert run.returncode == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
    assert json.loads(shown.stderr) == json.loads(shown.stdout)
    assert full.returncode == 2
    assert "/dev/full: cannot be written: no space left on device" in full.stderr


def test_standard_output_in_a_file_is_added_to(tmp_path: Path) -> None:
    """`> all.txt` with `--output json:/dev/stdout`: nothing that was printed is lost."""
    everything = tmp_path / "all.txt"
    with everything.open("w") as file:
        subprocess.run(
            [
                *COMMAND,
                "check",
                str(GO),
                *AS_OF,
                "--format",
                "jsonl",
                "--output",
                "json:/dev/stdout",
            ],
            stdout=file,
            check=True,
        )

    line, _, rest = everything.read_text().partition("\n")
    assert json.loads(line) == json.loads(rest)


def test_shared_memory_is_a_folder_like_any_other() -> None:
    out = Path(f"/dev/shm/gonogo-test-{os.getpid()}.json")  # noqa: S108 - the name is the test
    try:
        assert gonogo("check", GO, *AS_OF, "--output", out).returncode == 0
        assert json.loads(out.read_text())["verdict"] == "GO"
    finally:
        out.unlink(missing_ok=True)


def test_a_pipe_is_written_to_and_never_waited_for(tmp_path: Path) -> None:
    """The text of a report fits into what a pipe holds, so nobody has to read meanwhile."""
    fifo = tmp_path / "report.txt"
    os.mkfifo(fifo)
    alone = gonogo("check", GO, *AS_OF, "--output", fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run = gonogo("check", GO, *AS_OF, "--output", fifo)
        received = os.read(reader, 65536).decode()
    finally:
        os.close(reader)

    assert (alone.returncode, run.returncode) == (2, 0)
    assert "cannot be written: no such device or address" in alone.stderr
    assert received.startswith("GO  N-9 1.0")
    assert stat.S_ISFIFO(fifo.stat().st_mode)


@pytest.mark.parametrize("target", ["real/other.json", "real", "nowhere", "pipe"])
def test_a_link_is_replaced_and_never_followed(target: str, tmp_path: Path) -> None:
    """A branch under check may hold a link by the name of the report, to any file of the runner."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real/other.json").write_text("mine")
    os.mkfifo(tmp_path / "pipe")
    link = tmp_path / "report.json"
    link.symlink_to(tmp_path / target)

    assert gonogo("check", GO, *AS_OF, "--output", link).returncode == 0
    assert not link.is_symlink()
    assert json.loads(link.read_text())["verdict"] == "GO"
    assert (tmp_path / "real/other.json").read_text() == "mine"
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["other.json"]


def test_two_runs_at_once_leave_one_whole_report(tmp_path: Path) -> None:
    """Whoever reads meanwhile sees a whole one too, of either manifest."""
    out = tmp_path / "report.json"
    commands = [[*COMMAND, "check", str(m), *AS_OF, "--output", str(out)] for m in (GO, NO_GO)]
    subprocess.run(commands[0], stdout=subprocess.DEVNULL, check=False)
    runs = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for command in commands
        for _ in range(4)
    ]
    seen: Counter[str] = Counter()
    while any(run.poll() is None for run in runs):
        seen[json.loads(out.read_text())["verdict"]] += 1

    assert {run.returncode for run in runs} == {0, 1}
    assert set(seen) <= {"GO", "NO-GO"}
    assert json.loads(out.read_text())["verdict"] in ("GO", "NO-GO")
    assert left_in(tmp_path) == {out.name}


@pytest.mark.parametrize("command", ["check", "plan", "attest", "verify"])
def test_each_input_is_read_once(tmp_path: Path, command: str) -> None:
    """So digest and verdict are of the same bytes, whatever happens to the file between.

    Python's own audit events say what is opened.
    """
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copy(GO, tmp_path / "release.yaml")
    shutil.copytree(GO.parent / "evidence", tmp_path / "evidence")
    private, public = key_pair(tmp_path)
    given = ("--policies", str(tmp_path / "policies"))
    statement = tmp_path / "s.json"
    manifest = str(tmp_path / "release.yaml")
    gonogo("attest", manifest, *AS_OF, *given, "--output", statement, "--sign-key", private)
    arguments = {
        "check": ("check", manifest, *AS_OF, *given, "--format", "json"),
        "plan": ("plan", manifest, *AS_OF, *given),
        "attest": ("attest", manifest, *AS_OF, *given, "--sign-key", str(private)),
        "verify": ("verify", str(statement), *given, "--key", str(public)),
    }[command]
    script = (
        "import sys\n"
        "opened = []\n"
        "def hook(event, arguments):\n"
        "    if event == 'open' and isinstance(arguments[0], str):\n"
        "        opened.append(arguments[0])\n"
        "sys.addaudithook(hook)\n"
        f"sys.argv = ['gonogo', *{list(arguments)!r}]\n"
        "from gonogo.commands.root import app\n"
        "try:\n    app()\nexcept SystemExit as ended:\n    assert not ended.code, ended.code\n"
        "sys.stderr.write('\\n'.join(opened))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    times = Counter(path for path in run.stderr.split("\n") if path.startswith(str(tmp_path)))
    assert times[manifest] == 1
    assert times[str(tmp_path / "policies/eo-14409/pack.yaml")] == 1
    assert times[str(tmp_path / "policies/profiles.yaml")] == 1
    assert set(times.values()) == {1}


def test_a_manifest_that_changes_all_the_time_has_the_verdict_of_its_digest(
    tmp_path: Path,
) -> None:
    """Written over in place, too, so that a read may see half of it: then it has no verdict."""
    path = tmp_path / "release.yaml"
    versions = [GO.read_bytes(), NO_GO.read_bytes()]
    path.write_bytes(versions[0])
    shutil.copytree(GO.parent / "evidence", tmp_path / "evidence")
    verdicts = {
        hashlib.sha256(data).hexdigest(): v
        for data, v in zip(versions, ("GO", "NO-GO"), strict=True)
    }
    stop = threading.Event()

    def change() -> None:
        while not stop.is_set():
            for data in versions:
                path.write_bytes(data)
                time.sleep(0.002)
                (tmp_path / "draft").write_bytes(data)
                (tmp_path / "draft").replace(path)

    changing = threading.Thread(target=change)
    changing.start()
    seen = set()
    try:
        for _ in range(20):
            run = gonogo("check", *[path] * 100, "--as-of", "2026-10-05", "--format", "jsonl")
            reports = [json.loads(line) for line in run.stdout.splitlines()]
            assert len(reports) == 100
            for report in reports:
                digest = report["manifest"].get("sha256")
                if digest in verdicts:
                    assert report["verdict"] == verdicts[digest]
                    seen.add(report["verdict"])
            if len(seen) == 2:
                break
    finally:
        stop.set()
        changing.join()
    assert seen == {"GO", "NO-GO"}

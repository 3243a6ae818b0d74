"""Files and streams that no honest person would name, through the real command line."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# The participant rows know openai. Ten days of access fail; 30 pass; without compute nobody knows.
NO_GO = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: openai, weights: closed, training_compute_flop: 3e26}
review: {access_started_at: 2026-11-15}
release: {public_at: 2026-11-25}
"""
GO = NO_GO.replace("2026-11-15", "2026-10-26")
UNDETERMINED = NO_GO.replace(", training_compute_flop: 3e26", "")
BAD = NO_GO.replace("closed", "shut")
AS_JSON = (
    '{"manifest": "gonogo/1", "model": {"name": "N-9", "version": "1.0", "developer": "openai",'
    ' "weights": "closed", "training_compute_flop": 3e26},\n'
    ' "review": {"access_started_at": "2026-11-15"}, "release": {"public_at": "2026-11-25"}}'
)


def run(
    *arguments: str | bytes,
    cwd: Path,
    stdin: bytes = b"",
    start: tuple[str, ...] = ("-m", "gonogo"),
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """`gonogo check` on some files. A hang is a failure."""
    return subprocess.run(
        [sys.executable, *start, "check", *arguments, "--as-of", "2026-11-23"],
        cwd=cwd,
        input=stdin,
        env={**os.environ, **(env or {})},
        capture_output=True,
        timeout=30,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    """What was said when no verdict was given."""
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert (done.returncode, done.stdout) == (2, b"")
    assert 0 < len(said) < 4_000
    return said


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can enter; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


# Root may read everything, so root becomes somebody else before it reads. The interpreter and the
# packs may be in a folder that is root's own, so only the reading of the named file is tried.
AS_NOBODY = """
import difflib, os, sys
from gonogo.diagnostics import InputError
from gonogo.library import read_file
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    read_file(sys.argv[2])
except InputError as error:
    sys.stderr.write(f"{error}\\n")
    sys.exit(2)
"""


def test_fifo(tmp_path: Path) -> None:
    """A pipe without a writer is refused at once."""
    os.mkfifo(tmp_path / "release.yaml")
    assert refused(run("release.yaml", cwd=tmp_path)).startswith("release.yaml: is not a regular")


def test_folder(tmp_path: Path) -> None:
    """A folder is named as one."""
    (tmp_path / "release.yaml").mkdir()
    assert "release.yaml: is a folder" in refused(run("release.yaml", cwd=tmp_path))


def test_socket(tmp_path: Path) -> None:
    """A socket is no file."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(tmp_path / "s"))
        assert refused(run("s", cwd=tmp_path)).startswith("s: ")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_device(device: str, tmp_path: Path) -> None:
    """A device is no file, and an endless one does not hang."""
    assert f"{device}: is not a regular file" in refused(run(device, cwd=tmp_path))


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is answered with one that is."""
    (tmp_path / "release.yaml").write_text(GO)
    said = refused(run("relase.yaml", cwd=tmp_path))
    assert "relase.yaml: there is no such file" in said
    assert "`release.yaml`" in said


@pytest.mark.parametrize(
    "path",
    [
        "none/release.yaml",
        "release.yaml/x.yaml",
        "release.yaml/",
        "n" * 5_000,
        "n" * 300,
        "",
        "loop",
    ],
    ids=["no folder", "file as folder", "slash", "5,000 letters", "300 letters", "empty", "loop"],
)
def test_no_such_path(path: str, tmp_path: Path) -> None:
    """Every way a path can fail is a message, not a crash."""
    (tmp_path / "release.yaml").write_text(GO)
    (tmp_path / "loop").symlink_to("loop")
    refused(run(path, cwd=tmp_path))


def test_unreadable_file(open_folder: Path) -> None:
    """A file without permission says so."""
    closed = open_folder / "release.yaml"
    closed.write_text(GO)
    closed.chmod(0o000)
    assert "may not be read" in refused(
        run("release.yaml", cwd=open_folder, start=("-c", AS_NOBODY))
    )


@pytest.mark.parametrize("mode", [0o311, 0o644, 0o000], ids=["no list", "no enter", "nothing"])
def test_closed_folder(mode: int, open_folder: Path) -> None:
    """Nor does a folder that may not be listed or entered crash the search for a better name."""
    folder = open_folder / "closed"
    folder.mkdir()
    (folder / "release.yaml").write_text(GO)
    folder.chmod(mode)
    try:
        refused(run("closed/relase.yaml", cwd=open_folder, start=("-c", AS_NOBODY)))
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"# later\n", "is empty", id="comment"),
        pytest.param(b"---\n", "mapping is expected", id="null document"),
        pytest.param(b"release", "mapping is expected", id="word"),
        pytest.param(b"- a\n", "mapping is expected", id="list"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "byte 1 is 0x89", id="PNG"),
        pytest.param(b"PK\x03\x04\x14\0", "U+0003", id="ZIP"),
        pytest.param(bytes(range(256)), "not UTF-8", id="all bytes"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not UTF-8", id="PDF"),
    ],
)
def test_what_is_no_manifest(data: bytes, said: str, tmp_path: Path) -> None:
    """An empty or binary file is refused in one line."""
    (tmp_path / "release.yaml").write_bytes(data)
    assert said in refused(run("release.yaml", cwd=tmp_path))


ODD_NAMES = {
    "newline": b"a\n::error title=x::boom.yaml",
    "carriage return": b"a\r::error::boom.yaml",
    "command": b"::error::boom.yaml",
    "command after spaces": b"  ::stop-commands::x.yaml",
    "azure command": b"##vso[task.complete result=Succeeded;].yaml",
    "azure command inside": b"a ##[error]x.yaml",
    "escape": b"\x1b[2J\x1b]0;GO\x07.yaml",
    "bidirectional": "\u202eyaml.og".encode(),
    "line separator": "a\u2028::error::b.yaml".encode(),
    "not UTF-8": b"caf\xe9.yaml",
    "markup": b"[bold red]GO.yaml",
}
ACTING = [b"\x1b", b"\r", b"\x07", "\u202e".encode(), "\u2028".encode(), b"##[", b"##vso["]


@pytest.mark.parametrize("kind", ["missing", "bad", "good", "json"])
@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=list(ODD_NAMES))
def test_odd_name(name: bytes, kind: str, tmp_path: Path) -> None:
    """Nothing in a file's name acts on a terminal or a CI log, and it forges no line."""
    if kind != "missing":
        path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 - a name of bytes
        Path(os.fsdecode(path)).write_text(BAD if kind == "bad" else NO_GO)
    format = ("--format", "json") if kind == "json" else ()
    done = run(name, *format, cwd=tmp_path)
    assert done.returncode == (2 if kind in ("missing", "bad") else 1)
    said = done.stdout + done.stderr
    said.decode("utf-8")
    assert [mark for mark in ACTING if mark in said] == []
    for line in said.splitlines():
        assert not line.lstrip().startswith(b"::")


FORMATS = ["text", "json", "jsonl", "sarif", "junit", "markdown", "html", "github", "gitlab"]


@pytest.mark.parametrize("format", FORMATS)
def test_a_name_that_is_not_utf8_in_every_format(format: str, tmp_path: Path) -> None:
    """A byte that is no character is written as one, and the code stays that of the verdict."""
    name = b"caf\xe9.yaml"
    for text, code in ((NO_GO, 1), (BAD, 2), (None, 2)):
        path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118 - bytes
        path.write_text(text) if text else path.unlink()
        done = run(name, "--format", format, "--output", f"{format}:copy", cwd=tmp_path)

        assert done.returncode == code
        said = done.stdout.decode("utf-8")
        assert (tmp_path / "copy").read_text("utf-8")
        if format == "sarif":
            [run_of_tool] = json.loads(said)["runs"]
            [place, *_] = run_of_tool["results"][0]["locations"]
            assert place["physicalLocation"]["artifactLocation"]["uri"] == "caf%E9.yaml"


@pytest.mark.parametrize("text", [NO_GO, AS_JSON], ids=["YAML", "JSON"])
def test_standard_input(text: str, tmp_path: Path) -> None:
    """`-` reads YAML and JSON; both give the same reasons."""
    done = run("-", cwd=tmp_path, stdin=text.encode())
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"review-window-held" in done.stdout


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "-: is empty"),
        (b"\xff", "byte 1"),
        (b"{\"manifest\": 'x'}", "-:1:14"),
        (b"#" * 1_048_577, "1,048,576 bytes"),
    ],
    ids=["empty", "binary", "not JSON", "too large"],
)
def test_bad_standard_input(data: bytes, said: str, tmp_path: Path) -> None:
    """Standard input has the limits of files."""
    assert said in refused(run("-", cwd=tmp_path, stdin=data))


def test_closed_standard_input(tmp_path: Path) -> None:
    """With no standard input at all, `-` cannot be read: that is bad input, not a crash."""
    command = f'exec "{sys.executable}" -m gonogo check - --as-of 2026-11-23 <&-'
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, timeout=30, check=False
    )
    refused(done)


CODES = {
    "go": (GO, 0),
    "again": (GO, 0),
    "no-go": (NO_GO, 1),
    "bad": (BAD, 2),
    "open": (UNDETERMINED, 3),
}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["go"], 0),
        (["no-go"], 1),
        (["bad"], 2),
        (["open"], 3),
        (["go", "again"], 0),
        (["go", "open"], 3),
        (["open", "no-go", "go"], 1),
        (["no-go", "open"], 1),
        (["bad", "no-go", "open", "go"], 2),
        (["go", "open", "no-go", "bad"], 2),
        (["go", "missing"], 2),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else str(value),
)
def test_several(names: list[str], code: int, tmp_path: Path) -> None:
    """The worst code of all, in the order 2, 1, 3, 0; a bad file hides no other."""
    for name, (text, _) in CODES.items():
        (tmp_path / f"{name}.yaml").write_text(text.replace("N-9", f"Model {name}"))
    done = run(*[f"{name}.yaml" for name in names], cwd=tmp_path)
    assert done.returncode == code
    for name in names:
        if name in ("bad", "missing"):
            assert f"{name}.yaml:".encode() in done.stderr
        else:
            assert f"Model {name}".encode() in done.stdout


LOCALES = [
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "utf-16"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C.UTF-8"},
]


@pytest.mark.parametrize("manifest", [NO_GO, BAD], ids=["report", "errors"])
@pytest.mark.parametrize("format", ["text", "json", "jsonl"])
def test_same_bytes_in_every_locale(manifest: str, format: str, tmp_path: Path) -> None:
    """A name that ASCII cannot write neither crashes nor changes with the locale."""
    text = manifest.replace("N-9", "Ñandú 模型").replace("shut", "gèschlossen")
    (tmp_path / "release.yaml").write_text(text, "utf-8")
    runs = [run("release.yaml", "--format", format, cwd=tmp_path, env=env) for env in LOCALES]
    results = {(done.returncode, done.stdout, done.stderr) for done in runs}
    assert len(results) == 1
    ((code, out, err),) = results
    assert code == (2 if manifest is BAD else 1)
    if manifest is BAD:
        assert "`gèschlossen`" in err.decode()
    elif format == "text":
        assert "Ñandú 模型" in out.decode()
    else:
        assert json.loads(out)["manifest"]["model"] == "Ñandú 模型"

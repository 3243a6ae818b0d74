"""Files of evidence: opened below a folder, never through a link, hashed as they were looked at."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo import evidence_files
from gonogo.diagnostics import Span
from gonogo.evidence_files import opened
from gonogo.manifests.facts import Evidence, EvidenceState, Facts, Manifest
from gonogo.values.digest import FileDigest

LETTER = b"The evaluators have finished.\n"
DIGEST = "0" * 64
RIGHT = hashlib.sha256(LETTER).hexdigest()


def item(path: str | None, sha256: str | None = RIGHT, id: str = "letter") -> Evidence:
    return Evidence(id, "other", path, sha256, (), Span("release.yaml", 5, 5))


def looked_at(root: Path | None, *items: Evidence, file: str = "-") -> tuple[Evidence, ...]:
    manifest = Manifest(file, FileDigest(b""), "N-9", "1", "northlight", Facts({}, evidence=items))
    return opened(manifest, str(root) if root else None).facts.evidence


def state(root: Path, path: str, sha256: str = RIGHT) -> tuple[EvidenceState, str]:
    (found,) = looked_at(root, item(path, sha256))
    return found.state, found.found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "release" / "evidence"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_bytes(LETTER)
    (tmp_path / "outside.txt").write_bytes(LETTER)
    return folder.parent


def test_verified_and_mismatch(root: Path) -> None:
    assert state(root, "evidence/letter.txt") == (EvidenceState.VERIFIED, RIGHT)
    assert state(root, "evidence/letter.txt", DIGEST) == (EvidenceState.MISMATCH, RIGHT)


def test_an_empty_file_is_a_file(root: Path) -> None:
    (root / "empty").touch()
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert state(root, "empty", nothing) == (EvidenceState.VERIFIED, nothing)


@pytest.mark.parametrize(("path", "sha256"), [(None, RIGHT), ("evidence/letter.txt", None)])
def test_without_path_or_digest_nobody_looks(
    path: str | None, sha256: str | None, root: Path
) -> None:
    (found,) = looked_at(root, item(path, sha256))
    assert found.state is EvidenceState.DECLARED


def _link_to_file(root: Path) -> str:
    (root / "link").symlink_to(root.parent / "outside.txt")
    return "link"


def _link_to_folder(root: Path) -> str:
    (root / "away").symlink_to(root.parent, target_is_directory=True)
    return "away/outside.txt"


def _link_inside(root: Path) -> str:
    (root / "same").symlink_to("evidence", target_is_directory=True)
    return "same/letter.txt"


def _fifo(root: Path) -> str:
    os.mkfifo(root / "pipe")
    return "pipe"


def _socket(root: Path) -> str:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(root / "s"))
    return "s"


def _folder(root: Path) -> str:
    return "evidence"


def _below_a_file(root: Path) -> str:
    return "evidence/letter.txt/more"


def _nothing(root: Path) -> str:
    return "evidence/other.txt"


def _too_long(root: Path) -> str:
    return "x" * 300


REFUSED: dict[str, tuple[Callable[[Path], str], str]] = {
    "a link to a file": (_link_to_file, "is a link, which is never followed"),
    "a link to a folder": (_link_to_folder, "goes through a file or a link"),
    "a link that stays inside": (_link_inside, "goes through a file or a link"),
    "a pipe": (_fifo, "is not a regular file"),
    "a socket": (_socket, "cannot be read: no such device or address"),
    "a folder": (_folder, "is a folder"),
    "below a file": (_below_a_file, "goes through a file or a link"),
    "nothing": (_nothing, "does not exist"),
    "a name that is too long": (_too_long, "cannot be read: file name too long"),
}


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_file_below_the_folder_is_missing(
    make: Callable[[Path], str], why: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a pipe is not waited for."""
    monkeypatch.chdir(root)
    found, said = state(root, make(root))
    assert found is EvidenceState.MISSING
    assert said.startswith(why)


def test_an_unreadable_file_is_missing(root: Path) -> None:
    """Root may read everything, so another user looks."""
    (root / "evidence" / "letter.txt").chmod(0)
    code = (
        "import os, sys; import test_evidence_files as t; from pathlib import Path\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "print(*t.state(Path(sys.argv[1]), 'evidence/letter.txt'))"
    )
    if os.getuid() != 0:
        assert state(root, "evidence/letter.txt") == (EvidenceState.MISSING, "may not be read")
        return
    for folder in (root, *root.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    paths = os.pathsep.join(filter(None, sys.path))
    run = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == "EvidenceState.MISSING may not be read\n", run.stderr


def test_the_limit_of_one_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit it is read, one byte above it is not. The real limit is 50 MiB."""
    assert evidence_files.MOST_BYTES == 50 * 1024 * 1024
    monkeypatch.setattr(evidence_files, "MOST_BYTES", len(LETTER))
    assert state(root, "evidence/letter.txt")[0] is EvidenceState.VERIFIED
    monkeypatch.setattr(evidence_files, "MOST_BYTES", len(LETTER) - 1)
    assert state(root, "evidence/letter.txt")[0] is EvidenceState.MISSING


def test_the_limit_of_all_together(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second letter still fits into twice its size, and no longer into one byte less."""
    items = [item("evidence/letter.txt", id=id) for id in ("one", "two")]
    for most, second in (
        (2 * len(LETTER), EvidenceState.VERIFIED),
        (2 * len(LETTER) - 1, EvidenceState.MISSING),
    ):
        monkeypatch.setattr(evidence_files, "MOST_BYTES_TOGETHER", most)
        states = [each.state for each in looked_at(root, *items)]
        assert states == [EvidenceState.VERIFIED, second]


def test_a_sparse_file_over_the_limit_is_not_read(root: Path) -> None:
    with (root / "big").open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    assert state(root, "big") == (EvidenceState.MISSING, "is larger than 50 MiB")


def test_a_file_that_grows_while_it_is_read_is_missing(root: Path) -> None:
    """A writer appends without pause; what was read never passes as the file that was meant."""
    path = root / "growing"
    path.write_bytes(b"x" * (8 << 20))
    meant = hashlib.sha256(path.read_bytes()).hexdigest()
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"y")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        while path.stat().st_size == 8 << 20:
            pass
        found, _ = state(root, "growing", meant)
    finally:
        stop.set()
        writer.join()
    assert found is not EvidenceState.VERIFIED


def test_a_swap_for_a_link_never_gets_out(root: Path) -> None:
    """A folder is swapped for a link to the outside again and again: only what is inside is read.

    Outside lies another letter, under the same name; its digest must never be seen.
    """
    outside = root.parent / "elsewhere"
    outside.mkdir()
    (outside / "letter.txt").write_bytes(b"secret")
    secret = hashlib.sha256(b"secret").hexdigest()
    stop = threading.Event()

    def swap() -> None:
        inside, aside = root / "evidence", root / "aside"
        while not stop.is_set():
            inside.rename(aside)
            inside.symlink_to(outside, target_is_directory=True)
            inside.unlink()
            aside.rename(inside)

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        seen = {state(root, "evidence/letter.txt") for _ in range(2000)}
    finally:
        stop.set()
        swapper.join()
    assert secret not in {found for _, found in seen}
    assert {found for found, _ in seen} <= {EvidenceState.VERIFIED, EvidenceState.MISSING}


def test_no_descriptor_is_left_open(root: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for make, _ in REFUSED.values():
        if make is not _socket:
            state(root, make(root))
    state(root, "evidence/letter.txt")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", "check", *arguments, "--as-of", "2026-09-12"],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
    )


def manifest(digest: str = RIGHT, path: str = "evidence/letter.txt") -> str:
    """Access from September 1; a notice that the evaluators have finished, on day 9."""
    return (
        "manifest: gonogo/1\n"
        'model: {name: N-9, version: "1.0", developer: northlight, weights: closed}\n'
        "coverage: {determination: designated, determined_by: nsa_director,"
        " determined_at: 2026-08-28}\n"
        "participation: {eo_14409_framework: {status: signed, signed_on: 2026-08-10}}\n"
        "review: {access_started_at: 2026-09-01, completion_notice_at: 2026-09-10}\n"
        "release: {public_at: 2026-09-11, audience: us_persons_verified}\n"
        f"evidence: [{{id: letter, kind: completion_notice, path: {path}, sha256: {digest},"
        " supports: [review.completion_notice_at]}]\n"
    )


# What the file is, the verdict and its exit code: only the right file ends the review early.
STATES = {
    "right": (LETTER, "GO", 0),
    "other": (b"x", "NO-GO", 1),
    "none": (None, "UNDETERMINED", 3),
}


@pytest.mark.parametrize(("content", "verdict", "code"), STATES.values(), ids=STATES)
def test_the_verdict_hangs_on_the_file(
    content: bytes | None, verdict: str, code: int, tmp_path: Path
) -> None:
    (tmp_path / "release.yaml").write_text(manifest())
    (tmp_path / "evidence").mkdir()
    if content is not None:
        (tmp_path / "evidence" / "letter.txt").write_bytes(content)

    done = run(tmp_path, "release.yaml", "--format", "json")

    report = json.loads(done.stdout)
    assert (report["verdict"], done.returncode, done.stderr) == (verdict, code, b"")
    own = [f for f in report["findings"] if f["rule"] == "gonogo/evidence-matches"]
    if content is None:
        assert own[0]["outcome"] == "unknown"
        assert (
            "evidence/letter.txt of letter (release.yaml:7:17) does not exist" in own[0]["reason"]
        )
    elif content == LETTER:
        assert own == []
    else:
        said = own[0]["reason"]
        assert RIGHT in said
        assert hashlib.sha256(b"x").hexdigest() in said
    if content != LETTER:
        assert set(report["verdicts"].values()) == {verdict}


def test_from_another_folder_and_with_a_root(tmp_path: Path, root: Path) -> None:
    """Paths are relative to the manifest, not to where one stands; --evidence-root changes that."""
    (root / "release.yaml").write_text(manifest())
    assert run(tmp_path, "release/release.yaml").returncode == 0
    (tmp_path / "release.yaml").write_text(manifest())
    assert run(tmp_path, "release.yaml").returncode == 3
    assert run(tmp_path, "release.yaml", "--evidence-root", "release").returncode == 0


def test_standard_input_has_no_folder(root: Path) -> None:
    """Unless one is named, nothing is looked for: what is missing is never evidence."""
    data = manifest().encode()
    done = run(root, "-", stdin=data)
    assert done.returncode == 3
    assert b"--evidence-root" in done.stdout
    assert run(root, "-", "--evidence-root", ".", stdin=data).returncode == 0


BAD_PATHS = (
    "../x",
    "/etc/passwd",
    "a/../b",
    "./a",
    "a//b",
    "a/",
    "~/x",
    "C:/x",
    "'a\\b'",
    '"a\\0b"',
)


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_leaves_the_folder_is_bad_input(path: str, tmp_path: Path) -> None:
    (tmp_path / "release.yaml").write_text(manifest(path=path))
    done = run(tmp_path, "release.yaml")
    assert done.returncode == 2
    assert done.stderr.startswith(b"release.yaml:7:")


FORMATS = ("text", "json", "jsonl", "sarif", "junit", "markdown", "html", "github", "gitlab")


@pytest.mark.parametrize("level", ["reasons", "none"])
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("digest", [RIGHT, "a" * 64], ids=["missing", "mismatch"])
def test_evidence_behind_what_is_withheld_is_withheld(
    level: str, format: str, digest: str, tmp_path: Path
) -> None:
    """Neither its id nor its path: a name such as `designation` says it all."""
    text = manifest(digest).replace(
        "supports: [review.completion_notice_at]", "supports: [coverage.determination]"
    )
    text = text.replace("letter", "telling").replace(
        "determination: designated", "determination: designated, disclosable: false"
    )
    (tmp_path / "release.yaml").write_text(text)
    if digest != RIGHT:
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "telling.txt").write_bytes(LETTER)

    done = run(tmp_path, "release.yaml", "--disclose", level, "--format", format)

    assert done.returncode in (1, 3)
    assert b"telling" not in done.stdout + done.stderr

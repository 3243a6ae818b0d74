"""Opening the files that a manifest names as evidence, and comparing their digests.

A path in a manifest comes from somebody else. Each part of it is opened below the part before it,
never following a link, and what is opened is looked at, read and hashed through one descriptor: so
nothing can be swapped between the look and the read. Nothing in a file is interpreted.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gonogo.manifests.facts import Evidence, EvidenceState, Manifest
from gonogo.values.digest import new_sha256

MOST_BYTES = 50 * 2**20  # of one file
MOST_BYTES_TOGETHER = 500 * 2**20
_CHUNK = 2**20
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
# O_NONBLOCK: opening a FIFO must not wait for a writer.
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class _UnusableError(Exception):
    """Why a file cannot be taken as evidence, as what is said after its path."""


def opened(manifest: Manifest, root: str | None) -> Manifest:
    """The manifest with what is known of each file of evidence.

    ``root`` is the folder that paths are relative to; None is the manifest's own, which standard
    input does not have.
    """
    if not manifest.facts.evidence:
        return manifest
    folder = root if root is not None else _folder_of(manifest.file)
    left = MOST_BYTES_TOGETHER
    found = []
    for item in manifest.facts.evidence:
        looked_at, size = _look(item, folder, left)
        left -= size
        found.append(looked_at)
    return manifest._replace(facts=manifest.facts._replace(evidence=tuple(found)))


def _folder_of(file: str) -> str | None:
    return None if file == "-" else str(Path(file).parent)


def _look(item: Evidence, root: str | None, left: int) -> tuple[Evidence, int]:
    """The item with its state, and how many bytes were read for it."""
    if item.path is None or item.sha256 is None:
        return item, 0
    try:
        if root is None:
            raise _UnusableError("was not looked for: name its folder with --evidence-root")
        digest, size = _digest(root, item.path, left)
    except _UnusableError as why:
        return item._replace(state=EvidenceState.MISSING, found=str(why)), 0
    if digest == item.sha256:
        return item._replace(state=EvidenceState.VERIFIED, found=digest), size
    return item._replace(state=EvidenceState.MISMATCH, found=digest), size


def _digest(root: str, path: str, left: int) -> tuple[str, int]:
    """The SHA-256 of a file below a folder, and its size."""
    try:
        with _below(root, path) as handle:
            before = os.fstat(handle)
            _check(before, left)
            sha256 = new_sha256()
            size = 0
            while chunk := os.read(handle, min(_CHUNK, before.st_size - size + 1)):
                size += len(chunk)
                if size > before.st_size:
                    break
                sha256.update(chunk)
            if size != before.st_size or os.fstat(handle).st_mtime_ns != before.st_mtime_ns:
                raise _UnusableError("was written to while it was read")
            return sha256.hexdigest(), size
    except (OSError, ValueError) as error:
        raise _UnusableError(_why(error)) from None


def _check(found: os.stat_result, left: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise _UnusableError("is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise _UnusableError("is not a regular file")
    if found.st_size > MOST_BYTES:
        raise _UnusableError(f"is larger than {MOST_BYTES // 2**20} MiB")
    if found.st_size > left:
        most = MOST_BYTES_TOGETHER // 2**20
        raise _UnusableError(f"was not opened: all evidence together is larger than {most} MiB")


@contextmanager
def _below(root: str, path: str) -> Iterator[int]:
    """A descriptor of the file at a relative path, each part opened below the one before."""
    if os.open not in os.supports_dir_fd:
        raise _UnusableError("was not opened: this system cannot open a file safely below a folder")
    *folders, name = path.split("/")
    handles = [os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))]
    try:
        for part in folders:
            handles.append(os.open(part, _FOLDER, dir_fd=handles[-1]))
        handles.append(os.open(name, _FILE, dir_fd=handles[-1]))
        yield handles[-1]
    finally:
        for handle in reversed(handles):
            os.close(handle)


def _why(error: OSError | ValueError) -> str:
    import errno

    match error:
        case FileNotFoundError():
            return "does not exist"
        case PermissionError():
            return "may not be read"
        case OSError(errno=errno.ELOOP):
            return "is a link, which is never followed"
        case NotADirectoryError():  # Linux says so of a link where a folder is expected, too
            return "goes through a file or a link, which is never followed"
        case OSError():
            return f"cannot be read: {(error.strerror or 'unknown').lower()}"
        case _:
            return "is not a path"

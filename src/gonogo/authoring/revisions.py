"""Folders of packs as they are, or as git kept them: `main:policies/eo-14409`."""

import io
import os
import posixpath
import subprocess
import tarfile
from pathlib import Path, PurePosixPath
from typing import NoReturn

from gonogo.diagnostics import InputError, Problem, Span, quote
from gonogo.library import Folder, as_folder
from gonogo.unread import is_folder

_HELP = "name a revision and a folder in it, from the top of the repository, as main:policies"


def folder_of(text: str, room: Path) -> Folder:
    """A folder on disk, or REVISION:PATH unpacked into ``room``. Raises InputError."""
    if is_folder(text):
        return as_folder(text)
    revision, colon, path = text.partition(":")
    if not colon:
        help = "name a folder of packs, or a git revision and a path as main:policies"
        _refuse(text, "is no folder", help)
    if not revision or revision.startswith("-"):
        help = "write a branch, a tag or a commit before the colon"
        _refuse(text, f"{quote(revision)} is no git revision", help)
    top, inside = _in_repository(text, path)
    # From the top of the repository: further down, git would archive only what lies there.
    archive = _git(text, "-C", top, "archive", "--format=tar", f"{revision}:{inside}")
    _unpack(archive, room, text)
    return Folder(room, text.rstrip("/"))


def working_folder(text: str) -> str:
    """Where the working tree has what REVISION:PATH names. Raises InputError."""
    _, colon, path = text.partition(":")
    if not colon or is_folder(text):
        help = "name NEW too; only a git revision such as main:policies can stand alone"
        _refuse(text, "is compared with nothing", help)
    top, inside = _in_repository(text, path)
    return os.path.relpath(os.path.join(top, inside))  # noqa: PTH118 it is read as it is shown


def _in_repository(text: str, path: str) -> tuple[str, str]:
    """The way up to the top of the repository, and a path from there.

    As git reads REVISION:PATH: from the top, unless the path begins with a dot.
    """
    said = _git(text, "rev-parse", "--show-prefix", "--show-cdup").decode("utf-8", "replace")
    below, up = (*said.splitlines(), "", "")[:2]
    inside = posixpath.normpath(posixpath.join(below, path) if path.startswith(".") else path)
    return up or ".", "" if inside == "." else inside


def _unpack(archive: bytes, room: Path, text: str) -> None:
    """Plain files and folders. A link could lead out of the room, and is not just left out."""
    room.mkdir()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if name.is_absolute() or ".." in name.parts:
                _refuse(text, f"{quote(member.name)} leads out of the folder", "name another")
            if member.isdir():
                (room / name).mkdir(parents=True, exist_ok=True)
            elif member.isfile() and (file := tar.extractfile(member)) is not None:
                (room / name).parent.mkdir(parents=True, exist_ok=True)
                (room / name).write_bytes(file.read())
            elif name.suffix in ("", ".yaml", ".yml"):
                help = "put the file itself there, or compare folders on disk"
                _refuse(text, f"{quote(member.name)} is a link, and links are not followed", help)


def _git(text: str, *arguments: str) -> bytes:
    try:
        # The user's own git on the user's own words; none of them can be an option.
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except (OSError, ValueError):  # a null byte is no argument
        _refuse(text, "cannot be read: git is not installed, or takes no such name", _HELP)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1].removeprefix("fatal: ") if said else "git failed"
        _refuse(text, f"git cannot read it: {reason}", _HELP)
    return done.stdout


def _refuse(text: str, message: str, help: str) -> NoReturn:
    raise InputError([Problem(Span(text), message, help)]) from None

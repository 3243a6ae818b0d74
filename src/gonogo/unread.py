"""What lies in a folder of packs: what is read of it, and what would be left out in silence.

A rule or a row that nobody reads can turn a NO-GO into a GO. So whatever may be meant for a pack is
either read or a problem; README.md, hidden files and the backups of editors may lie anywhere.
"""

import errno
import os
from pathlib import Path

from gonogo.diagnostics import InputError, Problem, Span

PARTS = ("rules", "registers", "tests")
_HEAD, _PROFILES = "pack.yaml", "profiles.yaml"
_READ = (".yaml", ".yml")


def is_folder(path: str) -> bool:
    """An empty path is none: an unset variable must not mean the folder that one is in."""
    try:
        return path != "" and Path(path).is_dir()
    except OSError:  # as of a name that is too long; reading it will say so
        return False


def listed(folder: Path, shown: str) -> dict[str, bool]:
    """The names in a folder, sorted, and whether each is a folder itself. Raises InputError."""
    try:
        with os.scandir(folder) as entries:
            return dict(sorted((entry.name, _is_dir(entry)) for entry in entries))
    except OSError as error:
        said, help = f"cannot be read: {(error.strerror or 'unknown').lower()}", None
        if isinstance(error, PermissionError):
            said, help = "may not be read", "check the folder's permissions"
        raise InputError([Problem(Span(shown or folder.name), said, help)]) from None


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return False  # a link that leads to itself


def packs_in(base: Path, shown: str, problems: list[Problem]) -> list[str]:
    """The folders of packs directly below a folder; an empty name if it is one itself.

    Raises InputError where a folder may not be read.
    """
    names = listed(base, shown)
    problems += _misspelt(names, shown, _PROFILES)
    if _HEAD in names:
        return [""]
    if problem := _headless(names, shown):
        problems.append(problem)
    found = []
    for name in [name for name, is_dir in names.items() if is_dir]:
        label = join(shown, name)
        inside = listed(base / name, label)
        if _HEAD in inside:
            found.append(name)
        elif not name.startswith(".") and (problem := _headless(inside, label)):
            problems.append(problem)
    return found


def _headless(names: dict[str, bool], shown: str) -> Problem | None:
    """The problem of a folder that looks like a pack and is none."""
    for misspelt in _misspelt(names, shown, _HEAD):
        return misspelt
    if not names.get("rules"):
        return None
    said = f"has rules/ but no {_HEAD}, so that nothing in it is read"
    return Problem(Span(shown), said, f"add {_HEAD}, or move it elsewhere")


def _misspelt(names: dict[str, bool], shown: str, name: str) -> list[Problem]:
    """Names that are almost the one which is read, as pack.yml."""
    return [
        Problem(Span(join(shown, each)), "is not read", f"rename it to {name}")
        for each in names
        if each != name and each.lower() in (name, name.replace(".yaml", ".yml"))
    ]


def beside_head(folder: Path, shown: str) -> list[Problem]:
    """What lies beside a pack.yaml as if it were read: pack.yml, rules.yaml, Rules/, rule/."""
    names = listed(folder, shown)
    problems = _misspelt(names, shown, _HEAD)
    for name, is_dir in names.items():
        lower = Path(name.lower())
        part = lower.stem.removesuffix("s") + "s"
        if part in PARTS and name not in PARTS and (is_dir or lower.suffix in _READ):
            help = f"{part} are read from {part}/<topic>.yaml"
            problems.append(Problem(Span(join(shown, name)), "is not read", help))
    return problems


def files_in(folder: Path, shown: str, part: str, problems: list[Problem]) -> list[str]:
    """The names of the files that are read in one part of a pack. Raises InputError."""
    if not os.path.lexists(folder / part):
        return []
    found = []
    for name, is_dir in listed(folder / part, join(shown, part)).items():
        if name.endswith(_READ) and not name.startswith("."):
            found.append(name)
        elif not _may_lie_there(name):
            problems.append(_stray(name, join(shown, part), part, is_dir=is_dir))
    return found


def _may_lie_there(name: str) -> bool:
    """Notes, and what editors and systems leave behind: .DS_Store, rules.yaml~, #rules.yaml#."""
    return name == "README.md" or name.startswith((".", "#")) or name.endswith("~")


def _stray(name: str, shown: str, part: str, *, is_dir: bool) -> Problem:
    span = Span(join(shown, name))
    if is_dir:
        return Problem(span, "is a folder, and nothing in it is read", f"move its files to {part}/")
    return Problem(span, "is not read", f"rename it to <topic>.yaml, or move it out of {part}/")


def join(shown: str, name: str) -> str:
    """A path as it is shown; of the shipped packs, what they are in is not."""
    return f"{shown.rstrip('/')}/{name}" if shown else name

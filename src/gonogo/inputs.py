"""Which manifests a command line names: files as they are, folders by what is in them."""

import re
from pathlib import Path

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.unread import PARTS, is_folder

_SUFFIXES = (".yaml", ".yml", ".json")
# Any key of a manifest counts: a misspelt `manifest:` must be refused, not left out in silence.
_KEYS = "manifest|model|coverage|participation|review|release|evidence"
_BLOCK = rf"^['\"]?(?:{_KEYS})['\"]?\s*:"
_FLOW = rf"['\"]?\b(?:{_KEYS})['\"]?\s*:"
_OUTPUT = r"^\s*\{\s*\"(?:report|plan)\"\s*:"  # what gonogo itself wrote there


def manifests_of(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The manifests in order. A folder stands for every manifest below it, by name.

    Raises InputError for a folder without any: nothing checked must not look like a success.
    """
    found: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        if path == "-" or not is_folder(path):
            found.append(path)
            continue
        inside = sorted(str(each) for each in Path(path).rglob("*") if _is_manifest(each, path))
        if not inside:
            help = "a manifest is a .yaml or .json file that begins with `manifest: gonogo/1`"
            problems.append(Problem(Span(path), "is a folder without manifests", help))
        found += inside
    if problems:
        raise InputError(problems)
    return tuple(found)


def _is_manifest(file: Path, folder: str) -> bool:
    """Does a file look like a manifest? One that cannot be read counts: its problem must show."""
    if file.suffix not in _SUFFIXES or not file.is_file() or _is_aside(file, Path(folder)):
        return False
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return True
    if text.lstrip().startswith("{"):
        return bool(re.search(_FLOW, text)) and not re.match(_OUTPUT, text)
    return bool(re.search(_BLOCK, text, re.MULTILINE))


def _is_aside(file: Path, folder: Path) -> bool:
    """Is it in a hidden folder, or part of a pack?"""
    between = [each for each in file.parents if each != folder and each.is_relative_to(folder)]
    hidden = any(each.name.startswith(".") for each in between)
    parts = [each for each in (*between, folder) if each.name in PARTS]
    return hidden or any((each.parent / "pack.yaml").is_file() for each in parts)

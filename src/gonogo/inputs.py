"""Which manifests a command line names: files as they are, folders by what is in them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.reporting.report import Refusal
from gonogo.unread import PARTS, is_folder, listed

_SUFFIXES = (".yaml", ".yml", ".json")
# Any key of a manifest counts: a misspelt `manifest:` must be refused, not left out in silence.
_KEYS = "manifest|model|coverage|participation|review|release|evidence"
_BLOCK = rf"^['\"]?(?:{_KEYS})['\"]?\s*:"
_FLOW = rf"['\"]?\b(?:{_KEYS})['\"]?\s*:"
_OUTPUT = r"^\s*\{\s*\"(?:report|plan)\"\s*:"  # what gonogo itself wrote there


def manifests_of(paths: tuple[str, ...]) -> tuple[str | Refusal, ...]:
    """The manifests in order. A folder stands for every manifest below it, by name, that is not
    named besides or found before.

    What is passed over might be the one that is NO-GO, so a folder that has none or may not be
    read, and a link to a folder that nobody names, are refused in its place.
    """
    found: list[str | Refusal] = []
    entered: set[str] = set()
    seen = {_place(path) for path in paths if path != "-" and not is_folder(path)}
    for path in paths:
        if path == "-" and path in found:
            problem = Problem(Span(path), "standard input is named twice", "it can be read once")
            found.append(Refusal(path, (problem,)))
        elif path == "-" or not is_folder(path):
            found.append(path)
        else:
            for each in _in_folder(path, entered):
                place = _place(each.path if isinstance(each, Refusal) else each)
                found += [] if place in seen else [each]
                seen.add(place)
    return tuple(each for each in found if not isinstance(each, _Link) or each.leads not in entered)


class _Link(Refusal):
    """A link to a folder: no problem if that folder is among those that are named or entered."""

    @property
    def leads(self) -> str:
        return os.path.realpath(self.path)


def _place(path: str) -> str:
    """Where a name is, however it was written. A link to a file is a name of its own."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)  # noqa: PTH118 - `..` goes before links


def _in_folder(folder: str, entered: set[str]) -> Iterator[str | Refusal]:
    inside = sorted(_below(Path(folder), entered), key=lambda each: each[0])
    yield from (each for _, each in inside)
    if not inside:
        help = "a manifest is a .yaml or .json file that begins with `manifest: gonogo/1`"
        problem = Problem(Span(folder), "is a folder without manifests", help)
        yield Refusal(folder, (problem,))


def _below(top: Path, entered: set[str]) -> Iterator[tuple[str, str | Refusal]]:
    """The manifests in a folder and in those below it, by their paths. No link is entered."""
    waiting = [] if top.name in PARTS and (top.parent / "pack.yaml").is_file() else [top]
    while waiting:
        folder = waiting.pop()
        entered.add(os.path.realpath(folder))
        try:
            names = listed(folder, str(folder))
        except InputError as error:
            yield str(folder), Refusal(str(folder), error.problems)
            continue
        for name, is_dir in names.items():
            path = folder / name
            if not is_dir:
                if _is_manifest(path):
                    yield str(path), str(path)
            elif name.startswith(".") or (name in PARTS and "pack.yaml" in names):
                pass  # hidden, or part of a pack
            elif path.is_symlink():
                yield str(path), _link(str(path))
            else:
                waiting.append(path)


def _link(path: str) -> _Link:
    said = "is a link to a folder, and is not followed"
    return _Link(path, (Problem(Span(path), said, "name that folder as well, or remove the link"),))


def _is_manifest(file: Path) -> bool:
    """Does a file look like a manifest? One that cannot be read counts: its problem must show."""
    if file.suffix.lower() not in _SUFFIXES:
        return False
    try:
        if not file.is_file():
            return True  # a pipe, or a link to nothing
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return True
    if text.lstrip().startswith("{"):
        return bool(re.search(_FLOW, text)) and not re.match(_OUTPUT, text)
    return bool(re.search(_BLOCK, text, re.MULTILINE))

"""Which manifests a command line names: files as they are, folders by what is in them."""

import os
from pathlib import Path

from gonogo.diagnostics import InputError, Problem, Span

_SUFFIXES = (".yaml", ".yml", ".json")


def manifests_of(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The manifests in order. A folder stands for every manifest below it, by name.

    Raises InputError for a folder without any: nothing checked must not look like a success.
    """
    found: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        if path in ("-", "") or not os.path.isdir(path):  # noqa: PTH112 - never raises, as Path does
            found.append(path)
            continue
        inside = sorted(str(each) for each in Path(path).rglob("*") if _is_manifest(each))
        if not inside:
            help = "a manifest is a .yaml or .json file that begins with `manifest: gonogo/1`"
            problems.append(Problem(Span(path), "is a folder without manifests", help))
        found += inside
    if problems:
        raise InputError(problems)
    return tuple(found)


def _is_manifest(path: Path) -> bool:
    """Does a file look like a manifest? One that cannot be read counts: its problem must show."""
    if path.suffix not in _SUFFIXES or not path.is_file():
        return False
    try:
        head = path.read_bytes()
    except OSError:
        return True
    return any(line.lstrip(b'{" ').startswith(b"manifest") for line in head.splitlines())

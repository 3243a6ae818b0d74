"""Where a manifest lies in the repository: CI servers mark lines of files by that path alone."""

import os
from collections.abc import Sequence
from pathlib import Path

from gonogo.reporting.report import Refusal, Report
from gonogo.targets import STDOUT

_MARKING = ("sarif", "junit", "github", "gitlab")  # the formats whose readers want that path
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def placed(results: Sequence[Report | Refusal], format: str) -> Sequence[Report | Refusal]:
    """The results as a format wants them: with the places of their manifests, or as they are."""
    return list(map(_placed, results)) if format in _MARKING else results


def _placed(result: Report | Refusal) -> Report | Refusal:
    match result:
        case Report(subject=subject):
            return result._replace(subject=subject._replace(place=_place(subject.path)))
        case Refusal():
            return result._replace(place=_place(result.path))


def _place(path: str) -> str:
    """The path, links resolved, from the first root that it is below; empty if there is none."""
    if path == STDOUT:  # the same `-` is standard input
        return ""
    roots = [found for found in map(os.environ.get, _ROOTS) if found]
    try:
        whole = Path(os.path.realpath(path))
        for root in map(os.path.realpath, [*roots, os.curdir]):
            if whole.is_relative_to(root):
                return whole.relative_to(root).as_posix()
    except (OSError, ValueError):  # such as a name with a null byte, which is refused anyway
        pass
    return ""

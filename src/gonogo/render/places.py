"""Where a finding points to in the manifest, for outputs that mark lines of files."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote as percent

from gonogo.diagnostics import Problem
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Report

STDIN = "standard-input"


class Place(NamedTuple):
    """A line and column of the manifest, counted from 1, and the fact that stands there."""

    line: int
    column: int
    fact: str


def place_of(finding: Finding, report: Report) -> Place:
    """The first fact that the finding rests on and the manifest states; else the first line.

    A fact that is missing has no place; what stands nearest to it is its section, which other
    facts of the same rule usually name.
    """
    for fact in finding.facts:
        if fact.line and fact.file == report.subject.path:
            return Place(fact.line, fact.column, fact.path)
    missing = next(iter(finding.missing), "")
    return Place(1, 1, missing)


def shown_path(path: str) -> str:
    """The manifest's path as other tools take it: with forward slashes, a word for `-`."""
    return STDIN if path == "-" else path.replace("\\", "/").removeprefix("./")


def uri(path: str) -> str:
    """The manifest's path as a relative URI; an absolute path as a file URI."""
    shown = percent(shown_path(path), errors="surrogateescape")  # a name need not be UTF-8
    return f"file://{shown}" if shown.startswith("/") else shown


def fingerprint(name: str, path: str, about: str) -> str:
    """What stays the same while lines move and words change: rule, manifest, fact or problem."""
    parts = (name, shown_path(path), about)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


def numbered(problems: Sequence[Problem]) -> Iterator[tuple[Problem, int]]:
    """Each problem, and the how many-th with its words it is: readers drop what is not unique."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.message] += 1
        yield problem, seen[problem.message]

"""Where a finding points to in the manifest, for outputs that mark lines of files."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote as percent

from gonogo.diagnostics import Problem
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report

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


def said_at(problem: Problem, refusal: Refusal) -> tuple[Place, str]:
    """Where a problem is marked in the manifest, and its words.

    What is about an option or another file says so: it must not look like the manifest's fault.
    """
    span = problem.span
    if is_elsewhere(problem, refusal):
        return Place(1, 1, ""), f"{span}: {problem.message}"
    return Place(span.line or 1, span.column or 1, ""), problem.message


def is_elsewhere(problem: Problem, refusal: Refusal) -> bool:
    return problem.span.file != refusal.path


def path_of(result: Report | Refusal) -> str:
    """The manifest's path from the root of the repository, as other tools take it."""
    match result:
        case Report(subject=named):
            return shown_path(named.place or named.path)
        case Refusal():
            return shown_path(result.place or result.path)


def shown_path(path: str) -> str:
    """A path with forward slashes, and a word for `-`."""
    return STDIN if path == "-" else path.replace("\\", "/").removeprefix("./")


def uri(path: str) -> str:
    """A path of `path_of` as a relative URI; an absolute path as a file URI."""
    shown = percent(path, errors="surrogateescape")  # a name need not be UTF-8
    return f"file://{shown}" if shown.startswith("/") else shown


def fingerprint(name: str, path: str, about: str) -> str:
    """What stays the same while lines move and words change: rule, manifest, fact or problem."""
    parts = (name, path, about)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


def numbered(problems: Sequence[Problem]) -> Iterator[tuple[Problem, int]]:
    """Each problem, and the how many-th with its words it is: readers drop what is not unique."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.message] += 1
        yield problem, seen[problem.message]

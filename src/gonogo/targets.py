"""Where reports go: each format with how much it discloses, standard output and files."""

import os
from pathlib import Path
from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote

# What people read at their own desk is full by default; what others may see gives reasons.
DISCLOSED = {
    "text": "full",
    "json": "full",
    "jsonl": "full",
    "html": "full",
    "sarif": "reasons",
    "junit": "reasons",
    "markdown": "reasons",
    "github": "reasons",
    "gitlab": "reasons",
}
_SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
}
STDOUT = "-"


class Target(NamedTuple):
    """One output of a run."""

    format: str
    path: str
    disclosure: str

    @property
    def appends(self) -> bool:
        """GitHub's step summary is one file for all steps: nothing in it may be overwritten."""
        return self.path == os.environ.get("GITHUB_STEP_SUMMARY")

    @property
    def is_private(self) -> bool:
        return self.disclosure == "full"


def targets(format: str, outputs: tuple[str, ...], disclose: str | None) -> list[Target]:
    """Standard output first, then each `[FORMAT:]PATH`. Raises InputError with every problem."""
    found = [Target(format, STDOUT, disclose or DISCLOSED[format])]
    problems: list[Problem] = []
    for text in outputs:
        try:
            found.append(_target(text, disclose))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def keep_apart(wanted: list[Target], manifests: tuple[str, ...]) -> None:
    """Raises InputError where a report would be written over a manifest or another report."""
    if all(target.path == STDOUT for target in wanted):
        return
    taken = {os.path.realpath(path): "a manifest" for path in manifests if path != STDOUT}
    problems: list[Problem] = []
    for target in wanted:
        if target.path == STDOUT:
            continue
        place = os.path.realpath(target.path)
        if place in taken:
            said = f"is {taken[place]} of the same run; the {target.format} report would replace it"
            problems.append(Problem(Span(target.path), said, "write it to another file"))
        taken.setdefault(place, f"the {target.format} report")
    if problems:
        raise InputError(problems)


def _target(text: str, disclose: str | None) -> Target:
    word, colon, rest = text.partition(":")
    format, path = (word, rest) if colon and word in DISCLOSED else ("", text)
    if not format:
        format = _SUFFIXES.get(Path(path).suffix.lower(), "")
    if not format:
        near = nearest(word, DISCLOSED) if colon else None
        known = f"one of {', '.join(DISCLOSED)}"
        help = f"did you mean `{near}:`? " if near else "write FORMAT:PATH, with "
        raise InputError([Problem(Span("--output"), f"{quote(text)} has no format", help + known)])
    if not path:
        raise InputError([Problem(Span("--output"), f"{quote(text)} has no path", "name a file")])
    folder = Path(path).parent
    if path != STDOUT and not folder.is_dir():
        text = f"there is no folder {quote(str(folder))}"
        raise InputError([Problem(Span(path), text, "make it first")])
    return Target(format, path, disclose or DISCLOSED[format])

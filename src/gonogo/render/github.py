"""GitHub annotations: workflow commands, one a line, the most serious first.

GitHub shows ten errors and ten warnings of a step and drops the rest without a word, so the order
matters and the last line says how many there are.
"""

from collections.abc import Iterator, Sequence

from gonogo.diagnostics import Problem, visible
from gonogo.render.places import place_of, shown_path
from gonogo.render.severity import Level, level_of, problems, word_of
from gonogo.render.words import pack_words
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(results: Sequence[Report | Refusal]) -> str:
    return "".join(f"{line}\n" for result in results for line in _lines(result))


def _lines(result: Report | Refusal) -> Iterator[str]:
    match result:
        case Report():
            found = problems(result.findings)
            yield from (_finding(finding, result) for finding in found)
            subject = result.subject
            release = f"{subject.model} {subject.version} by {subject.developer}"
            count = f"{len(found)} finding{'' if len(found) == 1 else 's'}"
            said = f"{release}: {count}; {', '.join(map(pack_words, result.packs))}"
            command = {"GO": "notice", "NO-GO": "error"}.get(result.verdict, "error")
            yield _command(command, subject.path, 1, 1, result.verdict, said)
        case Refusal(path=path):
            yield from (_problem(problem, path) for problem in result.problems)


def _finding(finding: Finding, report: Report) -> str:
    place = place_of(finding, report)
    title = f"{report.verdict}: {finding.rule} {word_of(finding)}"
    fix = f" -> {finding.fix}" if finding.fix else ""
    message = f"{finding.reason or finding.title}{fix}"
    path = report.subject.path
    command = _COMMANDS[level_of(finding)]
    return _command(command, path, place.line, place.column, title, message)


def _problem(problem: Problem, path: str) -> str:
    help = f" ({problem.help})" if problem.help else ""
    span = problem.span
    place = (span.line or 1, span.column or 1)
    return _command("error", path, *place, "no verdict", f"{problem.message}{help}")


def _command(command: str, path: str, line: int, column: int, title: str, message: str) -> str:
    where = f"file={_property(shown_path(path))},line={line},col={column},title={_property(title)}"
    return f"::{command} {where}::{_data(message)}"


def _data(text: str) -> str:
    """A message: one line, in which nothing can begin another command."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""GitHub annotations: workflow commands, one a line, the most serious first.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word,
so no more are written, and the last line says how many were left out.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gonogo.diagnostics import Problem, visible
from gonogo.render.places import is_elsewhere, path_of, place_of, said_at
from gonogo.render.severity import Level, level_of, problems, word_of
from gonogo.render.words import pack_words
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_MOST = 10  # of each command


class _Annotation(NamedTuple):
    level: Level
    line: str


def render(results: Sequence[Report | Refusal]) -> str:
    """What blocks in any manifest, then what warns, then notices."""
    found = _in_turn([list(_annotations(result)) for result in results])
    by_level = {level: [each for each in found if each.level is level] for level in _COMMANDS}
    shown = [each for level in _COMMANDS for each in by_level[level][:_MOST]]
    if left_out := len(found) - len(shown):
        if len(by_level[Level.NOTE]) >= _MOST:  # the closing line is a notice too
            shown.pop()
            left_out += 1
        said = f"{left_out} more in the summary"
        shown.append(_annotation(Level.NOTE, "", "gonogo", said))
    return "".join(f"{each.line}\n" for each in shown)


def _in_turn(lists: Sequence[list[_Annotation]]) -> list[_Annotation]:
    """The first of each manifest before the second of any: none hides what is wrong in another."""
    placed = [(number, each) for found in lists for number, each in enumerate(found)]
    return [each for _, each in sorted(placed, key=lambda pair: pair[0])]


def _annotations(result: Report | Refusal) -> Iterator[_Annotation]:
    match result:
        case Report(verdict="GO"):
            yield _verdict(result)
            yield from (_finding(each, result) for each in _worth_saying(result))
        case Report():
            yield from (_finding(each, result) for each in _worth_saying(result))
            yield _verdict(result)
        case Refusal():
            yield from (_problem(problem, result) for problem in result.problems)


def _worth_saying(report: Report) -> list[Finding]:
    """Of a GO, what nobody recorded is no news."""
    found = problems(report.findings)
    return [f for f in found if report.verdict != "GO" or f.outcome != "unknown"]


def _verdict(report: Report) -> _Annotation:
    subject = report.subject
    release = f"{subject.model} {subject.version} by {subject.developer}"
    shown = len(_worth_saying(report))
    count = f"{shown} finding{'' if shown == 1 else 's'}"
    if unsaid := len(problems(report.findings)) - shown:
        count += f", {unsaid} not recorded"
    said = f"{release}: {count}; {', '.join(map(pack_words, report.packs))}"
    level = Level.NOTE if report.verdict == "GO" else Level.ERROR
    return _annotation(level, _where(path_of(report), 1, 1), report.verdict, said)


def _finding(finding: Finding, report: Report) -> _Annotation:
    place = place_of(finding, report)
    title = f"{report.verdict}: {finding.rule} {word_of(finding)}"
    fix = f" -> {finding.fix}" if finding.fix else ""
    message = f"{finding.reason or finding.title}{fix}"
    where = _where(path_of(report), place.line, place.column)
    return _annotation(level_of(finding), where, title, message)


def _problem(problem: Problem, refusal: Refusal) -> _Annotation:
    help = f" ({problem.help})" if problem.help else ""
    place, message = said_at(problem, refusal)
    where = _where(path_of(refusal), place.line, place.column)
    if is_elsewhere(problem, refusal):
        where = ""
    return _annotation(Level.ERROR, where, "no verdict", f"{message}{help}")


def _where(path: str, line: int, column: int) -> str:
    return f"file={_property(path)},line={line},col={column},"


def _annotation(level: Level, where: str, title: str, message: str) -> _Annotation:
    line = f"::{_COMMANDS[level]} {where}title={_property(title)}::{_data(message)}"
    return _Annotation(level, line)


def _data(text: str) -> str:
    """A message: one line, in which nothing can begin another command."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

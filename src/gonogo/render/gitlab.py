"""GitLab Code Quality: a list of problems, each with its place, severity and fingerprint."""

from collections.abc import Iterator, Sequence
from typing import Any

from gonogo.diagnostics import visible
from gonogo.render.json_text import json_text
from gonogo.render.places import fingerprint, numbered, path_of, place_of, said_at
from gonogo.render.severity import Level, level_of, problems, word_of
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report


def render(results: Sequence[Report | Refusal]) -> str:
    """The list; empty where nothing is wrong, as GitLab wants it."""
    found = [entry for result in results for entry in _entries(result)]
    return json_text(found)


def _entries(result: Report | Refusal) -> Iterator[dict[str, Any]]:
    match result:
        case Report():
            yield from (_finding(finding, result) for finding in problems(result.findings))
        case Refusal():
            for problem, count in numbered(result.problems):
                place, message = said_at(problem, result)
                help = f" ({problem.help})" if problem.help else ""
                said = f"no verdict: {message}{help}"
                name = "gonogo/unreadable-manifest"
                about = problem.message if count == 1 else f"{problem.message}\x00{count}"
                yield _entry(name, said, "blocker", (path_of(result), place.line), about)


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    place = place_of(finding, report)
    fix = f" -> {finding.fix}" if finding.fix else ""
    said = f"{report.verdict}, {word_of(finding)}: {finding.reason or finding.title}{fix}"
    where = (path_of(report), place.line)
    return _entry(finding.rule, said, _severity(finding), where, place.fact)


def _severity(finding: Finding) -> str:
    if level_of(finding) is Level.ERROR:
        return "blocker" if finding.outcome == "fail" else "critical"
    return "minor" if level_of(finding) is Level.WARNING else "info"


def _entry(
    name: str, said: str, severity: str, where: tuple[str, int], about: str
) -> dict[str, Any]:
    path, line = where
    return {
        "description": visible(said),
        "check_name": name,
        "fingerprint": fingerprint(name, path, about),
        "severity": severity,
        "location": {"path": visible(path), "lines": {"begin": line}},
    }

"""SARIF 2.1.0, as GitHub code scanning reads it.

Only problems become results, each with a place: GitHub refuses results without one. A rule that is
unknown is an error with the word undetermined, because GitHub does not read SARIF's `kind`. The
fingerprint is made of rule, manifest and fact, so rewording or moving a line keeps the alert.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import gonogo
from gonogo.diagnostics import visible
from gonogo.render.json_text import json_text
from gonogo.render.places import fingerprint, numbered, path_of, place_of, said_at, uri
from gonogo.render.severity import level_of, problems, word_of
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
INPUT_ERROR = "gonogo/unreadable-manifest"
_INPUT_HELP = "Correct what the message names; gonogo schema manifest describes the format."
_ADDRESS = r"https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]+"
_MOST_TEXT = 1000  # GitHub takes descriptions of up to 1,024 characters


def render(results: Sequence[Report | Refusal]) -> str:
    """One run with the problems of every manifest."""
    reports = [result for result in results if isinstance(result, Report)]
    refusals = [result for result in results if isinstance(result, Refusal)]
    rules = _rules(reports, refusals)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    found = [
        _result(finding, report, index)
        for report in reports
        for finding in problems(report.findings)
    ]
    found += [result for refusal in refusals for result in _refused(refusal, index)]
    run = {
        "tool": {
            "driver": {
                "name": "gonogo",
                "version": gonogo.__version__,
                "semanticVersion": gonogo.__version__,
                "rules": rules,
            }
        },
        "automationDetails": {"id": "gonogo/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not refusals}],
        "properties": {
            "verdicts": [_verdict(result) for result in results],
            "packs": _packs(reports),
        },
        "results": found,
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(data)


def _verdict(result: Report | Refusal) -> dict[str, Any]:
    match result:
        case Report():
            return {"manifest": uri(path_of(result)), "verdict": result.verdict}
        case Refusal():
            return {"manifest": uri(path_of(result)), "verdict": None}


def _packs(reports: Sequence[Report]) -> list[dict[str, str]]:
    packs = {pack.id: pack for report in reports for pack in report.packs}
    return [
        {"id": p.id, "version": visible(p.version), "sha256": str(p.digest)} for p in packs.values()
    ]


def _rules(reports: Sequence[Report], refusals: Sequence[Refusal]) -> list[dict[str, Any]]:
    """Every rule of the packs, whether it has a result or not: ids stay stable."""
    findings = {finding.rule: finding for report in reports for finding in report.findings}
    rules = [_rule(finding) for _, finding in sorted(findings.items())]
    if refusals:
        text = "The manifest cannot be read, so it has no verdict."
        rules.append(
            {
                "id": INPUT_ERROR,
                "name": "UnreadableManifest",
                "shortDescription": {"text": text},
                "fullDescription": {"text": text},
                "help": {"text": _INPUT_HELP},
                "defaultConfiguration": {"level": "error"},
            }
        )
    return rules


def _rule(finding: Finding) -> dict[str, Any]:
    title = visible(finding.title)
    sources = [f"{cite.title} ({cite.standing}) {cite.url}".strip() for cite in finding.cites]
    full = f"{title}. Class: {finding.rule_class}."
    text = _cut(f"{full} Sources: {visible('; '.join(sources))}. Not legal advice.")
    address = next((c.url for c in finding.cites if re.fullmatch(_ADDRESS, c.url)), "")
    rule = {
        "id": finding.rule,
        "name": "".join(word.capitalize() for word in finding.rule.partition("/")[2].split("-")),
        "shortDescription": {"text": _cut(title)},
        "fullDescription": {"text": _cut(full)},
        "help": {"text": text},
        "defaultConfiguration": {"level": _default_level(finding)},
        "properties": {"tags": ["policy", finding.rule_class]},
    }
    return {**rule, "helpUri": address} if address else rule


def _default_level(finding: Finding) -> str:
    return {"block": "error", "warn": "warning"}.get(finding.effect, "note")


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 3] + "..."


def _result(finding: Finding, report: Report, index: dict[str, int]) -> dict[str, Any]:
    place = place_of(finding, report)
    path = path_of(report)
    said = f"{word_of(finding)}: {finding.reason or finding.title}"
    fix = f" -> {finding.fix}" if finding.fix else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": level_of(finding).value,
        "message": {"text": visible(f"{report.verdict}, {said}{fix}")},
        "locations": [_location(path, place.line, place.column)],
        "partialFingerprints": {"primaryLocationLineHash": _print(finding.rule, path, place.fact)},
    }
    related = list(_related(finding, report, place.fact))
    return {**result, "relatedLocations": related} if related else result


def _related(finding: Finding, report: Report, first: str) -> Iterator[dict[str, Any]]:
    for fact in finding.facts:
        if fact.line and fact.file == report.subject.path and fact.path != first:
            where = _location(path_of(report), fact.line, fact.column)
            yield {**where, "message": {"text": visible(fact.path)}}


def _location(path: str, line: int, column: int) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(path)},
            "region": {
                "startLine": line,
                "startColumn": column,
                "endLine": line,
                "endColumn": column + 1,
            },
        }
    }


def _refused(refusal: Refusal, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    for problem, count in numbered(refusal.problems):
        place, message = said_at(problem, refusal)
        help = f" ({problem.help})" if problem.help else ""
        path = path_of(refusal)
        mark = _print(INPUT_ERROR, path, problem.message, count=count)
        yield {
            "ruleId": INPUT_ERROR,
            "ruleIndex": index[INPUT_ERROR],
            "level": "error",
            "message": {"text": visible(f"no verdict: {message}{help}")},
            "locations": [_location(path, place.line, place.column)],
            "partialFingerprints": {"primaryLocationLineHash": mark},
        }


def _print(name: str, path: str, about: str, *, count: int = 1) -> str:
    """A fingerprint as GitHub takes it: 16 digits and a count of equal ones."""
    return f"{fingerprint(name, path, about)[:16]}:{count}"

"""HTML: one file that needs no other and no network, for a screen of any width and for paper.

Jinja2 escapes everything that is put into the page. The Content-Security-Policy allows the page's
own style and script by their hashes and nothing else, so text that got through would not run.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gonogo.diagnostics import visible
from gonogo.packs.policy import Source
from gonogo.render.severity import Level, level_of, problems, word_of
from gonogo.render.summary import counts, row
from gonogo.render.timeline import Picture, picture
from gonogo.render.words import counted, evidence_words, in_days, verdict_words, why
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report
from gonogo.reporting.traces import Traces

_LOADER = PackageLoader("gonogo.render")


class View(NamedTuple):
    """A report with what the page needs worked out."""

    number: int
    report: Report
    blocking: list[Finding]
    warning: list[Finding]
    unrecorded: list[str]
    traces: dict[str, dict[str, Any]]
    cites: list[Source]
    picture: Picture | None


def render(results: Sequence[Report | Refusal]) -> str:
    """The page on all results of a run; several begin with a table of all."""
    environment = _environment()
    rows = list(map(row, results))
    style, script = _part("style.css"), _part("script.js")
    return environment.get_template("report.html").render(
        views=[_view(result, number) for number, result in enumerate(results, 1)],
        counts=counts(rows),
        rows=rows,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_said,
    )
    environment.filters |= {
        "counted": counted,
        "evidence": evidence_words,
        "in_days": in_days,
        "level": lambda finding: level_of(finding).value,
        "linked": _linked,
        "verdict": verdict_words,
        "why": why,
        "word": word_of,
    }
    return environment


def _part(name: str) -> str:
    return _LOADER.get_source(_environment(), name)[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _said(value: Any) -> Any:
    """What an expression of the page prints: hidden characters become visible."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return visible(value) if isinstance(value, str) else value


def _linked(url: str) -> bool:
    """May an address become a link? Only what a browser opens as a page."""
    return url.startswith(("https://", "http://"))


def _view(result: Report | Refusal, number: int) -> View | Refusal:
    if isinstance(result, Refusal):
        return result
    found = problems(result.findings)
    silent = [f for f in found if level_of(f) is Level.NOTE and f.outcome == "unknown"]
    traces = Traces()
    is_full = result.disclosure == "full"
    return View(
        number,
        result,
        [finding for finding in found if level_of(finding) is Level.ERROR],
        [finding for finding in found if level_of(finding) is Level.WARNING],
        list(dict.fromkeys(path for finding in silent for path in finding.missing)),
        {f.rule: _trace(f, traces) for f in result.findings} if is_full else {},
        list({cite.id: cite for f in result.findings for cite in f.cites}.values()),
        picture(result.course, result.as_of) if result.course else None,
    )


def _trace(finding: Finding, traces: Traces) -> dict[str, Any]:
    return {part: _flat(node) for part, node in traces.of(finding.trace).items()}


def _flat(node: dict[str, Any]) -> dict[str, Any]:
    """The same tree without levels that say nothing: an `all` of one, an `all` in a definition."""
    parts = [_flat(part) for part in node.get("parts", ())]
    if len(parts) == 1 and node["condition"] in ("all", "any"):
        return parts[0]
    if len(parts) == 1 and parts[0]["condition"] == "all":
        parts = parts[0]["parts"]
    return {**node, "parts": parts} if parts else node

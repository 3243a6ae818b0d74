"""Several results at a glance: a row for each, and how many there are of each verdict."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gonogo.diagnostics import visible
from gonogo.documents.blocks import Document, Paragraph, Ref, Table
from gonogo.lines import Line, Role
from gonogo.render.severity import Level, level_of, problems
from gonogo.render.words import rule_name, verdict_words, why
from gonogo.reporting.report import Refusal, Report

_ROLES = {"GO": Role.GO, "NO-GO": Role.NO_GO, "UNDETERMINED": Role.OPEN}
_ORDER = ("NO-GO", "UNDETERMINED", "no verdict", "GO")


class Row(NamedTuple):
    """One result. ``model`` is empty for what could not be read."""

    path: str
    model: str
    verdict: str  # as printed: also `GO with notes`, or `no verdict`
    kind: str  # the same without notes, for counting
    first_reason: str


def row(result: Report | Refusal) -> Row:
    match result:
        case Refusal():
            first = result.problems[0]
            more = len(result.problems) - 1
            said = f"{first.message}" + (f", and {more} more" if more else "")
            return Row(result.path, "", "no verdict", "no verdict", said)
        case Report():
            subject = result.subject
            model = f"{subject.model} {subject.version}"
            words = verdict_words(result)
            return Row(subject.path, model, words, result.verdict, _first_reason(result))


def _first_reason(report: Report) -> str:
    if report.disclosure == "none":
        return ""
    first = next(iter(problems(report.findings)), None)
    if first is None or level_of(first) is not Level.ERROR:
        return "" if report.verdict == "GO" else why(report)
    return f"{rule_name(first, report)}: {first.reason}"


def counts(rows: Sequence[Row]) -> str:
    """`3 manifests: 1 NO-GO, 1 no verdict, 1 GO`."""
    found = Counter(each.kind for each in rows)
    said = ", ".join(f"{found[verdict]} {verdict}" for verdict in _ORDER if found[verdict])
    return f"{len(rows)} manifests: {said}"


def summary(results: Sequence[Report | Refusal]) -> Document:
    """The table of several results; nothing of one."""
    if len(results) < 2:
        return ()
    rows = [row(result) for result in results]
    cells = tuple((Ref(each.path), each.model, each.verdict, each.first_reason) for each in rows)
    return (
        Paragraph(counts(rows) + "."),
        Table(("manifest", "model", "verdict", "first reason"), cells),
    )


def lines(rows: Sequence[Row], width: int) -> list[Line]:
    """The same as lines for a terminal: two for each result, cut to the width."""
    if len(rows) < 2:
        return []
    widest = max(len(each.verdict) for each in rows)
    found = [Line(""), Line(counts(rows) + ".", role=Role.STRONG)]
    for each in rows:
        lead = each.verdict.ljust(widest)
        said = "  ".join(part for part in (lead, visible(each.model), visible(each.path)) if part)
        role = _ROLES.get(each.verdict.partition(" ")[0], Role.STRONG)
        found.append(Line(said, len(each.verdict), role))
        if each.first_reason:
            found.append(Line(_cut(f"  {visible(each.first_reason)}", width), role=Role.MUTED))
    return found


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."

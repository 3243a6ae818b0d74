"""Lint findings for people: as a document, and each kind explained."""

from collections.abc import Sequence

from gonogo.diagnostics import Problem
from gonogo.documents.blocks import Block, Document, Heading, Paragraph, Problems, Ref
from gonogo.workbench.finding import Finding, LookedAt, counted
from gonogo.workbench.lint_kinds import KINDS, LintKind


def lint_page(findings: Sequence[Finding], looked_at: Sequence[LookedAt]) -> Document:
    """Each finding with its place, kind and hint, then what was looked at."""
    where = "; ".join(map(_looked, looked_at))
    if not findings:
        return (Paragraph(f"nothing odd in {where}"),)
    problems = [Problem(each.span, f"{each.message} [{each.kind}]", each.hint) for each in findings]
    said = f"{counted(len(findings), 'finding')} in {where}"
    why = (Ref("gonogo policy lint --explain KIND"), " says why")
    return (Problems(tuple(problems)), Paragraph(said, below=why))


def _looked(at: LookedAt) -> str:
    parts = [
        counted(at.rules, "rule"),
        counted(at.tests, "test"),
        counted(at.registers, "register"),
    ]
    return f"{at.pack}: {', '.join(parts)}"


def kind_page(kind: LintKind) -> Document:
    return (
        Heading(1, (Ref(kind.id), f": {kind.title}")),
        Paragraph(kind.why),
        Paragraph(kind.remedy, lead="What to do:"),
    )


def kinds_page() -> Document:
    """All kinds, for a reader who wants to know what lint looks for."""
    blocks: list[Block] = [Heading(1, "What gonogo policy lint looks for")]
    for kind in KINDS.values():
        blocks += [Heading(2, (Ref(kind.id), f": {kind.title}")), Paragraph(kind.why)]
        blocks.append(Paragraph(kind.remedy, lead="What to do:"))
    return tuple(blocks)

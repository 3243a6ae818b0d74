"""Lint findings for people: as a document, and each kind explained."""

from collections.abc import Sequence

from gonogo.documents.blocks import Block, Document, Heading, Paragraph, Ref
from gonogo.workbench.finding import Finding
from gonogo.workbench.lint_kinds import KINDS, LintKind


def lint_page(findings: Sequence[Finding], packs: Sequence[str]) -> Document:
    """Each finding with its place, kind and hint; one line where there is none."""
    blocks: list[Block] = []
    for finding in findings:
        place = Ref(str(finding.span))
        blocks.append(Paragraph((place, f": {finding.message} [{finding.kind}]")))
        blocks.append(Paragraph(finding.hint, lead="  help:"))
    names = ", ".join(packs)
    count = len(findings)
    if count:
        said = f"{count} finding{'' if count == 1 else 's'} in {names}"
        blocks.append(
            Paragraph((f"{said}; ", Ref("gonogo policy lint --explain KIND"), " says why"))
        )
    else:
        blocks.append(Paragraph(f"nothing odd in {names}"))
    return tuple(blocks)


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

"""How serious a finding is, said once for every output that has levels."""

from enum import Enum

from gonogo.reporting.findings import Finding


class Level(Enum):
    """From what decides the verdict down to what is only said."""

    ERROR = "error"  # it blocks: failed or unknown
    WARNING = "warning"  # it fails, and the profile only warns or a waiver covers it
    NOTE = "note"  # it is not recorded, or the profile only notes it
    NONE = "none"  # passed, not applicable, not in force, or a note


def level_of(finding: Finding) -> Level:
    if finding.outcome == "waived":
        return Level.WARNING if finding.effect == "block" else Level.NONE
    if finding.is_note or finding.outcome not in ("fail", "unknown"):
        return Level.NONE
    if finding.effect == "block":
        return Level.ERROR
    return Level.WARNING if (finding.effect, finding.outcome) == ("warn", "fail") else Level.NOTE


def word_of(finding: Finding) -> str:
    """What happened, in one word that is never `pass` for something unknown."""
    if finding.outcome == "waived":
        return "waived"
    if finding.outcome == "unknown":
        return "undetermined" if finding.effect == "block" else "not recorded"
    return {"block": "blocks", "warn": "warns"}.get(finding.effect, "notes")


def problems(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings that are worth a line of their own, the most serious first."""
    order = [Level.ERROR, Level.WARNING, Level.NOTE]
    found = [finding for finding in findings if level_of(finding) is not Level.NONE]
    return sorted(found, key=lambda finding: order.index(level_of(finding)))

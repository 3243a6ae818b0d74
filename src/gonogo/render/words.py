"""Phrases that every rendering for people shares."""

from collections.abc import Iterator

from gonogo.packs.policy import OWN, PackIdentity
from gonogo.reporting.findings import FactShown, Finding
from gonogo.reporting.report import Report

_STATES = {
    "mismatch": "not what was meant",
    "declared": "only declared (no file was opened)",
    "verified": "verified by digest",
}
_IDLE = {
    "not needed": "the rule neither failed nor is unknown",
    "other pack": "no pack in use has that rule",
    "other release": "it is for another release",
    "other days": "the first release is not on its days",
}
_ARTICLES = {"binding": "A binding rule", "commitment": "A commitment", "house": "A house rule"}


def verdict_words(report: Report) -> str:
    """The verdict as printed: a GO with warnings standing says so."""
    if report.verdict == "GO" and any(
        (finding.effect == "warn" and finding.outcome in ("fail", "unknown"))
        or (finding.effect == "block" and finding.outcome == "waived")
        for finding in report.findings
    ):
        return "GO with notes"
    return report.verdict


def why(report: Report) -> str:
    """The sentence below the verdict, with the waivers that it hangs on or misses."""
    if not report.waivers:
        return _why(report)
    return " ".join([_why(report), *_on_waivers(report)])


def _on_waivers(report: Report) -> Iterator[str]:
    used = [w for w in report.waivers if w.is_used]
    if used and report.verdict != "GO":
        rules = ", ".join(dict.fromkeys(waiver.rule for waiver in used))
        yield f"Waived: {rules}."
    elif used:
        many = f"{len(used)} waivers" if len(used) > 1 else "a waiver"
        soon = min((w for w in used if w.ends_soon), key=lambda w: w.until, default=None)
        ends = f", which ends {in_days(soon.days_left or 0)} ({soon.until})" if soon else ""
        yield f"It rests on {many}{ends}."
    for waiver in report.waivers:
        if waiver.has_expired:
            yield f"The waiver of {waiver.rule} expired: its last day was {waiver.until}."


def _why(report: Report) -> str:
    match report.verdict, report.basis:
        case "GO", _:
            return "Nothing that blocks under this profile stands against it."
        case "UNDETERMINED", None:
            return _none_in_force(report)
        case "UNDETERMINED", _:
            open_ones = len(findings_of(report, "block", "unknown"))
            rules = (
                "1 rule that blocks is" if open_ones == 1 else f"{open_ones} rules that block are"
            )
            return f"{rules} still open: what is missing is never read as GO."
        case _, basis:
            failed = findings_of(report, "block", "fail")
            if any(finding.rule.startswith(f"{OWN}/") for finding in failed):
                return "Evidence that is not what was meant blocks it."
            who = (
                _ARTICLES.get(basis or "", f"A {basis} rule")
                if len(failed) == 1
                else (f"{len(failed)} rules")
            )
            block = "blocks" if len(failed) == 1 else "block"
            earliest = f" Earliest GO: {report.earliest_go}." if report.earliest_go else ""
            return f"{who} {block} it.{earliest}"


def _none_in_force(report: Report) -> str:
    blocking = [finding for finding in report.findings if finding.effect == "block"]
    said = dict.fromkeys(finding.reason for finding in blocking)
    if not said:
        return "No rule of these packs blocks under this profile."
    return f"No rule that blocks was in force; each {'; '.join(said)}."


def evidence_words(report: Report) -> str:
    """What is known of the files of evidence, each state once; empty without any."""
    said = []
    for state in ("mismatch", "missing", "declared", "verified"):
        items = [item for item in report.evidence if item.state.value == state]
        if state == "missing":
            said += [f"{item.id} missing ({item.path} {item.found})" for item in items]
        elif items:
            said.append(f"{', '.join(item.id for item in items)} {_STATES[state]}")
    return f"Evidence: {'; '.join(said)}." if said else ""


def unused_words(report: Report) -> str:
    """The waivers that did nothing, and why; expired ones stand beside the verdict."""
    idle = [w for w in report.waivers if not (w.is_used or w.has_expired)]
    said = "; ".join(f"{w.rule} for {w.model} {w.version} ({_IDLE[w.state]})" for w in idle)
    return f"Waivers not used: {said}." if said else ""


def pack_words(pack: PackIdentity) -> str:
    """A pack with the digest that `--pack-digest` pins."""
    return f"{pack.id} {pack.version} sha256:{pack.digest}"


def in_days(days: int) -> str:
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {count}" if days > 0 else f"{count} ago"


def findings_of(report: Report, effect: str, outcome: str) -> list[Finding]:
    """Findings of one effect and outcome, the strongest class first."""
    order = ("binding", "commitment", "house", "framework", "reference")
    found = [f for f in report.findings if f.effect == effect and f.outcome == outcome]
    return sorted(found, key=lambda finding: order.index(finding.rule_class))


def for_reference(finding: Finding) -> bool:
    """A note that applies, or a failed rule that this profile only notes; neither is a warning."""
    if finding.is_note:
        return finding.outcome == "pass"
    return finding.effect == "note" and finding.outcome == "fail"


def passed(finding: Finding) -> bool:
    return finding.outcome == "pass" and not finding.is_note


def unrecorded(finding: Finding) -> bool:
    return finding.outcome == "unknown" and finding.effect != "block"


def counted(report: Report) -> str:
    met = sum(map(passed, report.findings))
    reference = sum(map(for_reference, report.findings))
    silent = sum(map(unrecorded, report.findings))
    outside = sum(finding.outcome == "not_in_force" for finding in report.findings)
    parts = [f"{met} passed"]
    parts += [f"{reference} for reference"] if reference else []
    parts += [f"{silent} not recorded"] if silent else []
    parts += [f"{outside} not in force"] if outside else []
    waived = sum(finding.outcome == "waived" for finding in report.findings)
    parts += [f"{waived} waived"] if waived else []
    return ", ".join(parts)


def rule_name(finding: Finding, report: Report) -> str:
    """The rule's name; its pack is left out where there is only one."""
    pack, _, name = finding.rule.partition("/")
    return name if [each.id for each in report.packs] == [pack] else finding.rule


def place_words(fact: FactShown) -> str:
    place = f"{fact.file}:{fact.line}:{fact.column} {fact.path}"
    if fact.value is None:
        return place
    return f"{place} {str(fact.value).lower() if isinstance(fact.value, bool) else fact.value}"

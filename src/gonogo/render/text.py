"""The report for a person: the verdict first, then every reason, then what to do.

Plain lines, wrapped; a terminal may colour them by role. Words carry the meaning, never colour.
"""

import textwrap
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from gonogo.diagnostics import listing, visible
from gonogo.lines import Line, Role
from gonogo.packs.policy import Source
from gonogo.render.words import (
    counted,
    evidence_words,
    findings_of,
    for_reference,
    in_days,
    pack_words,
    passed,
    place_words,
    rule_name,
    unrecorded,
    unused_words,
    verdict_words,
    why,
)
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Headline, Refusal, Report

if TYPE_CHECKING:
    from gonogo.reporting.question import Question  # a GO has none

WIDTH = 80
_WIDEST_LABEL = 30  # of a headline: longer ones, and longer values, push the rest to the right
_WIDEST_VALUE = 22
_VERDICT_ROLES = {"GO": Role.GO, "NO-GO": Role.NO_GO, "UNDETERMINED": Role.OPEN}


def render(report: Report, *, verbose: bool = False, width: int = WIDTH) -> str:
    """The report as plain text."""
    return "".join(line.text + "\n" for line in lines(report, verbose=verbose, width=width))


def render_all(results: Sequence[Report | Refusal]) -> str:
    """Every result, one after the other; of what cannot be read, every problem. Then the table."""
    from gonogo.render import summary  # of no use for one manifest, which is the usual run

    parts = [
        render(result, verbose=True)
        if isinstance(result, Report)
        else listing(result.problems) + "\n"
        for result in results
    ]
    table = "".join(line.text + "\n" for line in summary.lines([*map(summary.row, results)], WIDTH))
    return "\n".join(parts) + table


def lines(report: Report, *, verbose: bool = False, width: int = WIDTH) -> list[Line]:
    """The report as lines of at most ``width`` characters."""
    page = _Page(width)
    page.first(report)
    page.headline(report.headline)
    page.exceptions(report)
    page.blocks(report)
    page.questions(report)
    page.open_rules(report)
    if report.waivers:
        page.waived(report)
    page.warnings(report, verbose)
    page.upcoming(report)
    if verbose:
        page.others(report)
    page.closing(report, verbose)
    return page.lines


@lru_cache(maxsize=64)  # many reports of one run close with the same lines
def _wrapped(text: str, width: int, first: str, rest: str) -> tuple[str, ...]:
    return tuple(
        textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )
    )


class _Page:
    """Collects lines. Everything that comes from a file passes `visible` here."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[Line] = []

    def say(
        self,
        text: str,
        *,
        indent: int = 0,
        hang: int | None = None,
        lead: str = "",
        lead_role: Role = Role.STRONG,
        role: Role = Role.PLAIN,
    ) -> None:
        """A paragraph: wrapped, with the lead on its first line and a hanging indent."""
        first, rest = " " * indent, " " * (indent if hang is None else hang)
        body = lead + visible(text)
        if len(first) + len(body) <= self.width and body == body.strip() != "":
            lines: tuple[str, ...] = (first + body,)  # as most are: nothing to take apart
        else:
            lines = _wrapped(body, self.width, first, rest)
        for index, line in enumerate(lines):
            marked = indent + len(lead.rstrip()) if not index and lead else 0
            self.lines.append(Line(line, marked, lead_role, role))

    def gap(self) -> None:
        self.lines.append(Line(""))

    def first(self, report: Report) -> None:
        subject = report.subject
        when = "" if report.disclosure == "none" else "; no release is dated"
        if subject.first_release:
            when = f"; first release {subject.first_release}"
            when += f" ({subject.stages})" if subject.stages else ""
            when += f", {in_days(subject.in_days)}" if subject.in_days is not None else ""
        verdict = verdict_words(report)
        self.say(
            f"{subject.model} {subject.version} by {subject.developer}{when}",
            lead=f"{verdict}  ",
            lead_role=_VERDICT_ROLES[report.verdict],
            hang=2,
        )
        self.say(why(report))

    def headline(self, items: tuple[Headline, ...]) -> None:
        if not items:
            return
        labels = min(_WIDEST_LABEL, max(len(visible(item.label)) for item in items)) + 2
        values = min(_WIDEST_VALUE, max(len(item.value) for item in items)) + 2
        for item in items:
            value = visible(item.value)
            lead = f"{visible(item.label):<{labels - 2}}  "
            body = f"{value:<{values - 2}}  " if item.because else value
            self.say(
                body + item.because, indent=2, hang=2 + labels, lead=lead, lead_role=Role.MUTED
            )

    def exceptions(self, report: Report) -> None:
        """Under a GO: the binding rules that pass only by an exception."""
        for finding in findings_of(report, "block", "pass") if report.verdict == "GO" else ():
            if finding.rule_class == "binding" and (said := finding.relies_on):
                self.gap()
                self.named("RELIES ON", Role.OPEN, finding, report)
                self.say(said, indent=2)

    def blocks(self, report: Report) -> None:
        for finding in findings_of(report, "block", "fail"):
            self.gap()
            self.named("BLOCKS", Role.NO_GO, finding, report)
            self.say(finding.title, indent=2)
            self.say(finding.reason, indent=2)
            places = [place_words(f) for f in finding.facts if f.line and f.value is not None]
            for place in places:
                self.say(place, indent=2, hang=4, role=Role.MUTED)
            self.sources(finding.cites)
            if finding.fix:
                self.say(finding.fix, indent=2, hang=5, lead="-> ")

    def open_rules(self, report: Report) -> None:
        """Beside a failure the open rules are only named; those open for one reason are one."""
        found = findings_of(report, "block", "unknown")
        if found and report.verdict == "NO-GO":
            self.gap()
            names = ", ".join(f"{rule_name(f, report)} ({f.rule_class})" for f in found)
            self.say(names, lead="Also open:  ", hang=2)
            return
        for reason in dict.fromkeys(finding.reason for finding in found):
            same = [finding for finding in found if finding.reason == reason]
            self.gap()
            names = ", ".join(f"{rule_name(f, report)} ({f.rule_class})" for f in same)
            self.say(names, lead="OPEN  ", lead_role=Role.OPEN, hang=2)
            self.say(reason, indent=2)
            if report.subject.first_release:
                self.sources(tuple(dict.fromkeys(cite for f in same for cite in f.cites)))
            for fix in dict.fromkeys(finding.fix for finding in same if finding.fix):
                self.say(fix, indent=2, hang=5, lead="-> ")

    def waived(self, report: Report) -> None:
        for finding in findings_of(report, "block", "waived"):
            self.gap()
            self.named("WAIVED", Role.OPEN, finding, report)
            self.say(finding.reason, indent=2)
            for waiver in report.waivers:
                if waiver.is_used and waiver.rule == finding.rule:
                    self.say(
                        f"{waiver.reason} (asked by {waiver.requested_by}, agreed by "
                        f"{waiver.approved_by}; {waiver.span})",
                        indent=2,
                        hang=4,
                        role=Role.MUTED,
                    )

    def named(self, word: str, role: Role, finding: Finding, report: Report) -> None:
        said = f"{rule_name(finding, report)}  ({finding.rule_class})"
        self.say(said, lead=f"{word}  ", lead_role=role)

    def sources(self, cites: tuple[Source, ...]) -> None:
        for cite in cites:
            self.say(f"{cite.title} ({cite.standing})", indent=2, hang=4, role=Role.MUTED)

    def questions(self, report: Report) -> None:
        if not report.questions:
            return
        self.gap()
        if report.verdict == "UNDETERMINED":
            self.say(_questions_lead(report.questions), role=Role.STRONG)
        else:
            self.say("What is not stated could change this:", role=Role.STRONG)
        numbers = {question.fact: str(n) for n, question in enumerate(report.questions, 1)}
        for question in report.questions:
            self.question(question, numbers)

    def question(self, question: "Question", numbers: dict[str, str]) -> None:
        given = " and ".join(f"{numbers.get(f, f)} is {answer}" for f, answer in question.given)
        condition = f"if {given}: " if given else ""
        lead = f"{numbers[question.fact]}. "
        self.say(f"{condition}{question.ask}", indent=2, hang=5, lead=lead)
        by_verdict: dict[str, list[str]] = {}
        for answer, verdict in question.answers:
            by_verdict.setdefault(verdict, []).append(answer)
        said = [
            f"{', '.join(answers)}: {'still open' if verdict == 'UNDETERMINED' else verdict}"
            for verdict, answers in by_verdict.items()
        ]
        if question.key:
            self.say(question.key, indent=5, role=Role.MUTED)
        for line in said if len(by_verdict) > 1 else ():
            self.say(line, indent=7, hang=9)

    def warnings(self, report: Report, verbose: bool) -> None:
        failed = findings_of(report, "warn", "fail")
        if failed or report.warnings:
            self.gap()
        for finding in failed:
            self.say(
                f"{rule_name(finding, report)}  ({finding.rule_class})  {finding.reason}",
                lead="WARNS  ",
                hang=2,
                lead_role=Role.OPEN,
            )
            if finding.fix:
                self.say(finding.fix, indent=2, hang=5, lead="-> ")
        for problem in report.warnings:
            self.say(str(problem.span) + ": " + problem.message, lead="ODD  ", hang=2)
            if problem.help:
                self.say(problem.help, indent=2, hang=5, lead="-> ")
        missing = dict.fromkeys(
            path for finding in findings_of(report, "warn", "unknown") for path in finding.missing
        )
        asked = {
            path for finding in findings_of(report, "block", "unknown") for path in finding.missing
        }
        silent = [path for path in missing if path not in asked]
        if silent and not verbose:
            self.gap()
            self.say(", ".join(silent), lead="Not recorded:  ", hang=2)

    def upcoming(self, report: Report) -> None:
        if not report.still_to_happen:
            return
        self.gap()
        said = [
            f"{item.at} {item.title}" + ("" if item.counts else " (not counted until then)")
            for item in report.still_to_happen
        ]
        self.say("; ".join(said), lead="Still to happen:  ", hang=2)

    def others(self, report: Report) -> None:
        """With -v: every rule that was not shown above."""
        groups: tuple[tuple[str, Callable[[Finding], bool]], ...] = (
            ("passed", passed),
            ("for reference", for_reference),
            ("not recorded", unrecorded),
            ("not applicable", lambda finding: finding.outcome == "not_applicable"),
            ("not in force", lambda finding: finding.outcome == "not_in_force"),
        )
        for label, belongs in groups:
            found = [finding for finding in report.findings if belongs(finding)]
            if found:
                self.gap()
                self.say(label, role=Role.STRONG)
            for finding in found:
                self.say(f"{rule_name(finding, report)}  ({finding.rule_class})", indent=2)
                self.say(finding.reason, indent=4, role=Role.MUTED)

    def closing(self, report: Report, verbose: bool) -> None:
        self.gap()
        hint = "" if verbose else " (-v lists them)"
        others = [
            f"under {name}: {verdict}"
            for name, verdict in report.verdicts
            if name != report.profile
        ]
        others_said = "; ".join(others)
        self.say(
            f"{counted(report)}{hint}. {others_said[:1].upper()}{others_said[1:]}."
            if others_said
            else f"{counted(report)}{hint}."
        )
        given = "given" if report.as_of_given else "now"
        searched = ", ".join(f"{r.title} searched {r.as_of}" for r in report.registers)
        if said := evidence_words(report):
            self.say(said, role=Role.MUTED)
        if said := unused_words(report):
            self.say(said, role=Role.MUTED)
        packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
        self.say(
            f"As of {report.as_of} ({given}); {packs}, profile {report.profile}"
            + (f"; {searched}." if searched else "."),
            role=Role.MUTED,
        )
        for pack in report.packs if verbose else ():
            self.say(pack_words(pack), hang=2, role=Role.MUTED)
        self.say(" ".join([*report.notices, "Not legal advice."]), role=Role.MUTED)


def _questions_lead(questions: "tuple[Question, ...]") -> str:
    if len(questions) > 1:
        return "What to find out, in this order:"
    verdicts = {verdict for _, verdict in questions[0].answers}
    if not verdicts:
        return "This may settle it:"  # what each answer leads to is withheld
    if verdicts <= {"UNDETERMINED"}:
        return "Nothing can be said before this is known:"
    return "This answer may settle it:" if "UNDETERMINED" in verdicts else "This answer settles it:"

"""The report as a document: for a pull request comment, a step summary, or a mail."""

from collections.abc import Iterator, Sequence

from gonogo.documents.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    Paragraph,
    Ref,
    Table,
)
from gonogo.documents.markdown import render as as_markdown
from gonogo.render.questions import question_item
from gonogo.render.severity import Level, level_of, problems, word_of
from gonogo.render.summary import summary
from gonogo.render.words import (
    counted,
    evidence_words,
    in_days,
    pack_words,
    passed,
    unused_words,
    verdict_words,
    why,
)
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report


def render(results: Sequence[Report | Refusal]) -> str:
    """Every report as Markdown; several begin with a table of all."""
    return as_markdown(pages(results))


def pages(results: Sequence[Report | Refusal]) -> Document:
    blocks: list[Block] = [*summary(results)]
    for result in results:
        blocks += _report(result) if isinstance(result, Report) else _refusal(result)
    return tuple(blocks)


def _refusal(refusal: Refusal) -> Iterator[Block]:
    yield Heading(2, ("No verdict on ", Ref(refusal.path)))
    yield Bullets(
        tuple(
            Item((Ref(str(problem.span)), f": {problem.message}"), _help(problem.help))
            for problem in refusal.problems
        )
    )


def _help(text: str | None) -> tuple[Item, ...]:
    return (Item(text),) if text else ()


def _report(report: Report) -> Iterator[Block]:
    subject = report.subject
    name = f"{subject.model} {subject.version} by {subject.developer}"
    yield Heading(2, f"{verdict_words(report)}: {name}")
    yield Paragraph(_when(report) + why(report))
    if report.headline:
        rows = tuple((line.label, line.value, line.because) for line in report.headline)
        yield Table(("", "", "because"), rows)
    for finding in problems(report.findings):
        if level_of(finding) is not Level.NOTE:
            yield from _finding(finding)
    if report.questions:
        yield Heading(3, "What to find out")
        yield Bullets(tuple(question_item(question) for question in report.questions))
    silent = [f for f in report.findings if level_of(f) is Level.NOTE and f.outcome == "unknown"]
    missing = list(dict.fromkeys(path for finding in silent for path in finding.missing))
    if missing:
        parts: list[str | Ref] = ["Not recorded: "]
        for number, path in enumerate(missing):
            parts += [", " if number else "", Ref(path)]
        yield Paragraph(tuple(parts))
    if report.still_to_happen:
        said = "; ".join(f"{item.at} {item.title}" for item in report.still_to_happen)
        yield Paragraph(f"Still to happen: {said}")
    yield from _closing(report)


def _when(report: Report) -> str:
    subject = report.subject
    if not subject.first_release:
        return "" if report.disclosure == "none" else "No release is dated. "
    stages = f" ({subject.stages})" if subject.stages else ""
    days = f", {in_days(subject.in_days)}" if subject.in_days is not None else ""
    return f"First release {subject.first_release}{stages}{days}. "


def _finding(finding: Finding) -> Iterator[Block]:
    word = word_of(finding).capitalize()
    yield Heading(3, (f"{word}: ", Ref(finding.rule), f" ({finding.rule_class})"))
    yield Paragraph(finding.title)
    yield Paragraph(finding.reason)
    items = [
        Item((Ref(f"{fact.file}:{fact.line}:{fact.column} {fact.path}"), f": {_value(fact.value)}"))
        for fact in finding.facts
        if fact.line and fact.value is not None
    ]
    for cite in finding.cites:
        where: list[str | Ref] = [f"{cite.title} ({cite.standing})"]
        items.append(Item((*where, " ", Ref(cite.url)) if cite.url else tuple(where)))
    if items:
        yield Bullets(tuple(items))
    if finding.fix:
        yield Paragraph(finding.fix, lead="What to do:")


def _value(value: str | bool | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _closing(report: Report) -> Iterator[Block]:
    others = "; under ".join(f"{n}: {v}" for n, v in report.verdicts if n != report.profile)
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
    passed_rules = ", ".join(f.rule for f in report.findings if passed(f))
    yield Paragraph(f"{counted(report)}" + (f". Under {others}." if others else "."))
    if passed_rules:
        yield Paragraph(f"Passed: {passed_rules}.")
    for words in (evidence_words(report), unused_words(report)):
        if words:
            yield Paragraph(words)
    yield Bullets(tuple(Item(pack_words(pack)) for pack in report.packs))
    said = f"As of {report.as_of} with {packs}, profile {report.profile}."
    yield Paragraph(" ".join([said, *report.notices, "Not legal advice."]))

"""JUnit XML: a suite for each manifest, a case for each rule, in report order.

A blocking rule that fails is a <failure>, one that is unknown an <error>: readers treat both as
red. Whatever else did not pass is <skipped> with its words, so that nothing waived, failed or not
recorded counts as passed. Suites and classes are named by the manifest's path, because readers keep
the first of equal names only.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from gonogo.diagnostics import visible
from gonogo.render.places import is_elsewhere, path_of
from gonogo.render.severity import Level, level_of, word_of
from gonogo.render.words import place_words
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Refusal, Report


def render(results: Sequence[Report | Refusal]) -> str:
    root = ET.Element("testsuites", name="gonogo")
    for result in results:
        match result:
            case Report():
                _suite(root, result)
            case Refusal():
                _refused(root, result)
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ET.Element, report: Report) -> None:
    subject = report.subject
    said = f"{subject.model} {subject.version} by {subject.developer}: {report.verdict}"
    path = visible(path_of(report))
    suite = ET.SubElement(root, "testsuite", name=f"{path}: {visible(said)}", file=path)
    properties = ET.SubElement(suite, "properties")
    for pack in report.packs:
        value = f"{pack.version} sha256:{pack.digest}"
        ET.SubElement(properties, "property", name=f"pack {pack.id}", value=visible(value))
    for finding in report.findings:
        _case(suite, finding, report)
    suite.set("tests", str(len(report.findings)))
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(len(suite.findall(f"testcase/{tag}"))))


def _case(suite: ET.Element, finding: Finding, report: Report) -> None:
    pack, _, rule = finding.rule.partition("/")
    path = visible(path_of(report))
    case = ET.SubElement(suite, "testcase", classname=f"{path}: {pack}", name=rule, file=path)
    said = visible(f"{_word(finding)}: {finding.reason or finding.title}")
    if level_of(finding) is Level.ERROR:
        tag = "failure" if finding.outcome == "fail" else "error"
        message = visible(f"{word_of(finding)} ({finding.rule_class}): {finding.title}")
        ET.SubElement(case, tag, message=message).text = visible_lines(finding)
    elif finding.outcome in ("not_applicable", "not_in_force"):
        ET.SubElement(case, "skipped", message=said)
    elif finding.outcome != "pass":
        ET.SubElement(case, "skipped", message=said).text = visible_lines(finding)
    elif finding.is_note:
        ET.SubElement(case, "system-out").text = said


def _word(finding: Finding) -> str:
    if finding.outcome in ("not_applicable", "not_in_force"):
        return finding.outcome.replace("_", " ")
    return word_of(finding)


def visible_lines(finding: Finding) -> str:
    """Everything there is to say of a finding, a line each: GitLab shows only this text."""
    lines = [finding.title, finding.reason]
    lines += [place_words(fact) for fact in finding.facts if fact.line]
    lines += [f"{cite.title} ({cite.standing})" for cite in finding.cites]
    lines += [f"-> {finding.fix}"] if finding.fix else []
    return "\n".join(visible(line) for line in lines if line)


def _refused(root: ET.Element, refusal: Refusal) -> None:
    path = visible(path_of(refusal))
    suite = ET.SubElement(root, "testsuite", name=f"{path}: no verdict", file=path)
    for count, number in (("tests", "1"), ("failures", "0"), ("errors", "1"), ("skipped", "0")):
        suite.set(count, number)
    case = ET.SubElement(suite, "testcase", classname=f"{path}: gonogo", name="readable", file=path)
    text = "\n".join(map(str, refusal.problems))
    elsewhere = all(is_elsewhere(problem, refusal) for problem in refusal.problems)
    said = "gonogo cannot be run as asked" if elsewhere else "the manifest cannot be read"
    ET.SubElement(case, "error", message=said).text = text

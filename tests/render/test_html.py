"""The HTML report as a file: it stands alone, allows nothing but itself, and hides nothing."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from conftest import ROOT, Checked
from gonogo.render import html
from gonogo.reporting.course import Course, Due, Stretch
from gonogo.reporting.report import Report

VOID = ("meta", "input", "rect", "circle", "br")


@pytest.fixture(params=["northlight-go", "northlight-no-go", "northlight-undetermined"])
def report(request: pytest.FixtureRequest, checked: Checked) -> Report:
    text = (ROOT / "examples" / request.param / "release.yaml").read_text()
    made = checked(text, as_of="2026-10-05")
    windows = (
        Stretch("2026-10-05", "2026-10-09", "NO-GO", ("review-window-held: <too> short",)),
        Stretch("2026-10-10", "", "GO", ()),
    )
    due = (Due("first <b>access</b>", "2026-09-01", "past", "review.access_started_at"),)
    return made._replace(course=Course("2026-10-07", windows, due))


class Elements(HTMLParser):
    """All elements, and whether each is closed where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)


def test_every_element_is_closed_where_it_was_opened(report: Report) -> None:
    assert Elements(html.render([report])).open == []


def test_nothing_is_loaded_and_nothing_is_styled_or_scripted_in_place(report: Report) -> None:
    for tag, attributes in Elements(html.render([report])).found:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        assert not set(attributes) & {"src", "style", "srcset", "action"}
        assert not any(name.startswith("on") for name in attributes)
        assert re.match(r"#|https?://", attributes.get("href") or "#")


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(report: Report) -> None:
    page = html.render([report])
    policy = next(a["content"] for _, a in Elements(page).found if "http-equiv" in a)
    own = {}
    for tag in ("style", "script"):
        body = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.S)
        assert len(body) == 1
        digest = hashlib.sha256(body[0].encode()).digest()
        own[tag] = f"'sha256-{base64.b64encode(digest).decode()}'"

    assert policy == (
        f"default-src 'none'; style-src {own['style']}; script-src {own['script']}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_ids_are_unique_and_links_lead_somewhere(report: Report) -> None:
    found = Elements(html.render([report, report])).found
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    targets = [a["href"] for _, a in found if (a.get("href") or "").startswith("#")]

    assert len(ids) == len(set(ids))
    assert {target[1:] for target in targets if target} <= set(ids)


def test_every_rule_has_its_reason_outcome_and_sources(report: Report) -> None:
    text = " ".join(" ".join(Elements(html.render([report])).text).split())

    for finding in report.findings:
        assert finding.rule in text
        assert " ".join(finding.reason.split()) in text
        assert all(cite.title in text for cite in finding.cites)
    for line in report.headline:
        assert line.value in text
    assert "<too> short" in text
    assert "first <b>access</b>" in text
    assert "Not legal advice." in text


def test_equal_reports_give_equal_bytes(report: Report) -> None:
    assert html.render([report]) == html.render([report])


def test_an_address_that_is_no_page_is_not_a_link(report: Report) -> None:
    pack = report.findings[0].trace.situation.pack
    bad = {name: s._replace(url="javascript:alert(1)") for name, s in pack.sources.items()}
    findings = tuple(
        finding._replace(
            trace=finding.trace._replace(
                situation=finding.trace.situation._replace(pack=pack._replace(sources=bad))
            )
        )
        for finding in report.findings
    )

    page = html.render([report._replace(findings=findings)])

    assert "javascript:" not in page

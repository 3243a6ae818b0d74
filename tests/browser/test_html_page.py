"""The HTML report in a real browser: what it shows, how keys work it, and what it lets in.

The browser is the system's own: `apt-get install chromium`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import ROOT
from gonogo.ready import Wanted
from gonogo.running import Settings, run_check

AS_OF = "2026-11-23"
SHORTEST = """manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: openai, weights: closed, training_compute_flop: 3e26}
review: {access_started_at: 2026-11-15}
release: {public_at: 2026-11-25}
"""
HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror=window.hit=1>\"'><svg onload=window.hit=1>"
)
STORIES = ("northlight-go", "northlight-no-go", "northlight-undetermined")

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("GONOGO_TEST_CHROMIUM") or shutil.which("chromium")
    assert path, "these tests need a Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        # Root has no sandbox of its own; the pages under test load nothing from anywhere.
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def html_of(*manifests: Path, to: Path, disclose: str | None = None) -> Path:
    settings = Settings(
        tuple(map(str, manifests)),
        Wanted((), (), None, AS_OF),
        "text",
        False,
        (str(to),),
        disclose,
    )
    run_check(settings)
    return to


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The report on the README's manifest: NO-GO until 2026-12-14, GO from 2026-12-15."""
    manifest = tmp_path / "release.yaml"
    manifest.write_text(SHORTEST)
    return html_of(manifest, to=tmp_path / "report.html")


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Opens a file; the page may ask for nothing else and must not complain."""
    contexts = []
    complaints: list[str] = []
    asked: list[str] = []

    def open_(path: Path, **options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
    assert all(url.startswith("file://") and url.endswith(".html") for url in asked)


def test_the_verdict_is_what_one_sees_first(report: Path, open_page: Open) -> None:
    page = open_page(report, viewport={"width": 390, "height": 600})

    verdict = page.locator("h1 strong")
    box = verdict.bounding_box()
    assert verdict.inner_text() == "NO-GO"
    assert box and box["y"] + box["height"] < 200 and box["height"] > 30
    assert page.title() == "NO-GO: N-9 1.0"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(report: Path, open_page: Open, width: int) -> None:
    page = open_page(report, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_slider_shows_each_window_by_keyboard(report: Path, open_page: Open) -> None:
    page = open_page(report)
    slider = page.get_by_role("slider", name="First release on")
    said = page.locator("output")
    slider.focus()

    assert said.inner_text().startswith("2026-11-25: NO-GO (")
    for _ in range(19):
        page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith("2026-12-14: NO-GO (")
    page.keyboard.press("ArrowRight")
    assert said.inner_text() == "2026-12-15: GO"
    assert slider.get_attribute("aria-valuetext") == "2026-12-15: GO"
    assert page.locator("[aria-current]").inner_text() == "GO from 2026-12-15 to 2027-02-21"
    page.keyboard.press("Home")
    assert said.inner_text().startswith("2026-11-23: NO-GO")
    page.keyboard.press("End")
    assert ": UNDETERMINED (" in said.inner_text()


def test_without_scripts_the_windows_are_a_list(report: Path, open_page: Open) -> None:
    page = open_page(report, java_script_enabled=False)

    assert page.locator(".slider").is_hidden()
    assert [each.split("\n")[0] for each in page.locator(".windows li").all_inner_texts()] == [
        "NO-GO from 2026-11-23 to 2026-12-14",
        "GO from 2026-12-15 to 2027-02-21",
        "UNDETERMINED from 2027-02-22 on",
    ]
    rule = page.locator("details.rule").filter(has_text="review-window-held")
    assert rule.locator(".trace").is_hidden()
    rule.locator("summary").first.click()
    assert rule.locator(".trace").is_visible()


def test_a_rule_opens_by_keyboard_down_to_actual_and_required(
    report: Path, open_page: Open
) -> None:
    page = open_page(report)
    rule = page.locator("details.rule").filter(has_text="review-window-held")
    rule.locator("summary").first.focus()

    page.keyboard.press("Enter")

    step = rule.locator(".trace li:not(:has(li))").filter(has_text="days counted").first
    assert "actual\n10" in step.locator(".values").inner_text()
    assert "required\n30 days" in step.locator(".values").inner_text()
    page.keyboard.press("Enter")
    assert rule.locator(".trace").is_hidden()


def test_a_link_to_a_rule_opens_it(report: Path, open_page: Open) -> None:
    page = open_page(report)

    page.locator(".finding a").first.click()

    assert page.locator("details.rule[open]").count() == 1
    assert "review-window-held" in page.locator("details.rule[open] summary").first.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("story", STORIES)
def test_axe_finds_nothing(
    tmp_path: Path, open_page: Open, story: str, width: int, scheme: str
) -> None:
    path = html_of(ROOT / "examples" / story / "release.yaml", to=tmp_path / "report.html")
    page = open_page(path, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_a_page_on_several(tmp_path: Path, open_page: Open) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("manifest: gonogo/1\n")
    stories = [ROOT / "examples" / story / "release.yaml" for story in STORIES]
    page = open_page(html_of(*stories, bad, to=tmp_path / "report.html"))

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.locator("tbody .badge").all_inner_texts() == [
        "GO",
        "NO-GO",
        "UNDETERMINED",
        "no verdict",
    ]
    page.locator("tbody a").nth(3).click()
    assert page.locator("article:target").inner_text().startswith("no verdict")


def test_hostile_text_stays_text(tmp_path: Path, open_page: Open) -> None:
    manifest = tmp_path / "release.yaml"
    name = HOSTILE.replace('"', '\\"')
    manifest.write_text(SHORTEST.replace("N-9", f'"{name}"').replace("1.0", "1.0 </title></style>"))
    page = open_page(html_of(manifest, to=tmp_path / "report.html"))

    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert HOSTILE in page.locator("h1").inner_text()


def test_a_script_that_got_in_would_not_run(
    report: Path, tmp_path: Path, chromium: Browser
) -> None:
    """The policy of the page is a second wall: it holds even if the escaping had failed."""
    broken = tmp_path / "broken.html"
    evil = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"
    broken.write_text(report.read_text().replace("<main>", f"<main>{evil}"))
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(broken.as_uri())

    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in text for text in complaints)
    page.close()


def test_paper_has_every_reason_and_no_slider(report: Path, open_page: Open) -> None:
    page = open_page(report)
    reasons = page.locator("details.rule .reason")
    assert not any(each.is_visible() for each in reasons.all())

    page.emulate_media(media="print")

    assert page.locator(".slider").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert all(each.is_visible() for each in reasons.all())
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.rule[open]").count() == 0
    assert len(page.pdf(format="A4")) > 10_000


def test_a_page_that_discloses_reasons_has_no_trace_and_no_sensitive_value(
    tmp_path: Path, open_page: Open
) -> None:
    manifest = tmp_path / "release.yaml"
    manifest.write_text(SHORTEST)
    page = open_page(html_of(manifest, to=tmp_path / "report.html", disclose="reasons"))

    assert page.locator("h1 strong").inner_text() == "NO-GO"
    assert page.locator(".trace").count() == 0
    assert "3e26" not in page.content()

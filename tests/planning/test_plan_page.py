"""The plan as a person reads it: in a terminal at 80 columns, and as Markdown with checkboxes."""

from datetime import date, timedelta

import pytest
from making_plans import example, examples, house_pack, planned

from gonogo.documents import markdown, text
from gonogo.planning.page import plan_page
from gonogo.planning.picture import WIDTH, picture
from gonogo.planning.plan import Plan
from markdown_shape import shape_of

SAMPLE = example("shortest/release.yaml")


def bar(plan: Plan) -> str:
    return picture(plan).splitlines()[0]


def test_the_picture_of_the_sample() -> None:
    """From November 23 to 60 days after February 22: 151 days on 64 columns.

    December 15 is 22 days later, and 22 * 64 / 151 is 9.3; February 22 is 91 days later: 38.6.
    November 25 is 2 days later: 0.8.
    """
    assert picture(planned(SAMPLE)).splitlines() == [
        "X" * 9 + "=" * 29 + "?" * 26,
        "|2026-11-23" + " " * 27 + "|2027-02-22",
        " " * 9 + "|2026-12-15",
        "^ planned",
        "= GO  X NO-GO  ? UNDETERMINED",
    ]


def test_a_short_window_is_seen() -> None:
    """A GO of one day among months."""
    plan = planned(SAMPLE)
    first, go, last = plan.windows
    day = go._replace(until=go.since)
    after = last._replace(since=str(date.fromisoformat(go.since) + timedelta(days=1)))
    far = last._replace(since="2028-06-01", verdict="NO-GO")
    drawn = bar(plan._replace(windows=(first, day, after._replace(until="2028-05-31"), far)))
    assert drawn.count("=") == 1
    assert [drawn.index(mark) for mark in "X=?"] == sorted(drawn.index(mark) for mark in "X=?")


@pytest.mark.parametrize("as_of", ["2026-06-10", "2026-11-23"])
@pytest.mark.parametrize("path", examples(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_picture_fits(path: object, as_of: str) -> None:
    """64 columns of plain characters, and beside four of indent no line past 80."""
    packs = {"packs": [house_pack()]} if "house-pack" in str(path) else {}
    plan = planned(path.read_text("utf-8"), as_of, **packs)  # type: ignore[attr-defined,arg-type]
    drawn = picture(plan)
    assert drawn.isascii()
    if plan.windows:
        assert len(bar(plan)) == WIDTH
        assert set(bar(plan)) <= set("=X?")
    assert all(len(line) <= WIDTH + len("|2026-11-23") for line in drawn.splitlines())
    page = text.render(plan_page(plan))
    assert "\x1b" not in page
    assert [line for line in page.splitlines() if len(line) > 80] == []


def test_no_date_has_no_picture() -> None:
    plan = planned(SAMPLE.replace("release: {public_at: 2026-11-25}\n", ""))
    assert picture(plan) == ""
    assert "No stage of the release is dated" in text.render(plan_page(plan))


def test_the_wanted_date_is_marked() -> None:
    plan = planned(SAMPLE, target="2026-12-15")
    assert picture(plan).splitlines()[3] == " " * 9 + "^ wanted"


def test_markdown_has_a_checkbox_for_each_thing_of_the_timeline() -> None:
    """Ticked is what has happened, and only that."""
    plan = planned(SAMPLE)
    shape = shape_of(markdown.render(plan_page(plan)))
    start = next(at for at, (kind, said) in enumerate(shape) if said.startswith("Timeline"))
    boxes = [said for kind, said in shape[start:] if kind == "li1"]
    assert [box[:3] for box in boxes] == ["[ ]", "[x]", "[ ]", "[ ]"]
    assert boxes[0] == "[ ] 2026-10-26 last day: start of government access (overdue)"
    assert [due.state == "past" for due in plan.timeline] == [box[:3] == "[x]" for box in boxes]


def test_first_the_verdict_and_the_date() -> None:
    lines = text.render(plan_page(planned(SAMPLE))).splitlines()
    assert lines[0].startswith("NO-GO  N-9 1.0 by openai; first release 2026-11-25")
    assert lines[2] == "Earliest GO: 2026-12-15, 20 days later than planned; GO until 2027-02-21."


def test_a_release_that_is_go_is_not_called_late() -> None:
    """It was in October. What is asked now is when it could be, were it still to come."""
    page = text.render(plan_page(planned(example("northlight-go/release.yaml"))))
    assert page.startswith("GO  ")
    assert "later than planned" not in page


def test_what_a_manifest_says_stays_text() -> None:
    plan = planned(
        SAMPLE.replace("name: N-9", 'name: "a|b `c` <script> [x](http://y) # @z \\e[31m"')
    )
    page = plan_page(plan)
    shape_of(markdown.render(page))  # raises on markup that we never write
    assert "\x1b" not in text.render(page)

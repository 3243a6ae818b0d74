"""The command: exit codes, outputs, what nothing can save, and mistakes of whoever types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from making_plans import example, planned, read_copy

from gonogo.documents import text as page_text
from gonogo.planning.page import plan_page
from gonogo.planning.stretches import stretches

SAMPLE = example("shortest/release.yaml")
DENIES = SAMPLE.replace("review:", "participation: {caisi_agreement: {status: declined}}\nreview:")
NO_DATE = SAMPLE.replace("release: {public_at: 2026-11-25}\n", "")


def run(
    *arguments: str, given: str = SAMPLE, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", "plan", "-", "--as-of", "2026-11-23", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),  # the manifest as it stands
        (["--target", "2026-12-15"], 0),
        (["--target", "2026-12-14"], 1),
        (["--target", "2026-12-15T00:00:00-05:00"], 0),
        (["--target", "2026-12-14T23:59:59-05:00"], 1),
        (["--target", "2026-12-15", "--stage", "public_at"], 0),
        (["--target", "2026-12-14", "--profile", "legal"], 0),
        (["--target", "2026-12-15", "--profile", "strict"], 3),
    ],
)
def test_exit_codes_are_those_of_the_verdict(options: list[str], code: int) -> None:
    """Day 30 is December 15; a commitment blocks nothing under legal; under strict the
    framework's facts are missing."""
    done = run(*options)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "ics"])
@pytest.mark.parametrize(("target", "code"), [("2026-12-14", 1), ("2026-12-15", 0)])
def test_the_format_changes_no_exit_code(form: str, target: str, code: int) -> None:
    done = run("--target", target, "--format", form)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize(
    ("options", "given", "said"),
    [
        (["--target", "2026-12"], SAMPLE, ["--target: `2026-12` is a month", "2026-12-15"]),
        (["--target", "soon"], SAMPLE, ["--target: `soon` is not a date or an instant\n"]),
        (
            ["--as-of", "2026-11-23T14:00:00Z", "--target", "2026-11-22"],
            SAMPLE,
            ["is before the as-of time, 2026-11-23T09:00:00-05:00"],
        ),
        (["--target", "2026-12-15T09:00"], SAMPLE, ["--target: `2026-12-15T09:00`"]),
        (["--target", "2026-12-15"], NO_DATE, ["--target: the release has no date to move"]),
        (["--stage", "publc_at"], SAMPLE, ["--stage: there is no stage `publc_at`", "`public_at`"]),
        (["--stage", "api_at"], SAMPLE, ["--stage: `release.api_at` is not planned"]),
        (["--output", "plan.pdf"], SAMPLE, ["--output: `plan.pdf` has no known format", ".ics"]),
        ([], SAMPLE.replace("closed", "closd"), ["-:2:64: ", "`closd`"]),
        ([], "a: [\n", ["-:1:5: "]),
    ],
)
def test_mistakes_are_explained(
    options: list[str], given: str, said: list[str], tmp_path: Path
) -> None:
    """Exit 2, no output, no file, no traceback."""
    done = run(*options, "--output", "plan.md", given=given, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_output_is_written(tmp_path: Path) -> None:
    """Each as the same format on standard output has it."""
    names = {"p.json": "json", "p.md": "markdown", "p.txt": "text", "p.ics": "ics"}
    options = [word for name in names for word in ("--output", name)]
    assert run(*options, cwd=tmp_path).returncode == 1
    for name, form in names.items():
        written = (tmp_path / name).read_bytes()
        assert written.decode().replace("\r\n", "\n") == run("--format", form).stdout


def test_equal_inputs_give_equal_bytes() -> None:
    """Whatever the hash seed, the time zone, the locale and the terminal."""
    said = [
        run("--format", form, PYTHONHASHSEED=seed, TZ=zone, LC_ALL="C", COLUMNS=columns).stdout
        for form in ("text", "json")
        for seed, zone, columns in (("1", "UTC", "40"), ("2", "Asia/Tokyo", "200"))
    ]
    assert said[0] == said[1]
    assert said[2] == said[3]
    assert "\x1b" not in said[0]


def test_what_nothing_can_save_says_why() -> None:
    """No date, no change, no act of the government: the register says signed."""
    data = json.loads(run("--format", "json", given=DENIES).stdout)
    assert {window["verdict"] for window in data["windows"]}.isdisjoint({"GO"})
    assert (data["earliest_go"], data["changes"], data["wait_for"]) == (None, [], [])
    assert data["hopeless"].startswith(
        "no date and no change that the developer can make gives GO: register-agrees: "
    )
    shown = run(given=DENIES)
    assert shown.returncode == 1
    assert "No date from now on, and no change that the developer can make" in shown.stdout
    assert "Nothing that the developer can change makes it GO." in shown.stdout
    assert "register-agrees: " in shown.stdout


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,  # a later date is GO
        SAMPLE.replace("2026-11-15", "2026-11-15, access_ended_at: 2026-12-05"),  # two changes are
        SAMPLE.replace("2026-11-15", "2026-10-01"),  # it is GO
        NO_DATE,  # nobody knows yet
    ],
)
def test_what_can_be_saved_is_not_hopeless(text: str) -> None:
    assert planned(text).hopeless == ""


def test_the_page_of_a_hopeless_one_names_what_only_the_government_can_do() -> None:
    """Access ended after 10 days, in the past; only a determination helps."""
    text = SAMPLE.replace("2026-11-15", "2026-11-01, access_ended_at: 2026-11-11")
    plan = planned(text)
    assert plan.hopeless
    assert [each.path for each in plan.waits] == [
        "coverage.determination",
        "review.completion_notice_at",
    ]
    page = " ".join(page_text.render(plan_page(plan)).split())
    assert "It takes what only the government can do or answers to what is asked below." in page


def test_the_page_of_a_hopeless_one_says_that_other_dates_are_open() -> None:
    """Under the directive nothing helps; on later dates it hangs on what nobody stated."""
    plan = planned(example("article/under-directive.yaml"))
    assert (plan.verdict, plan.windows[0].verdict) == ("NO-GO", "UNDETERMINED")
    page = " ".join(page_text.render(plan_page(plan)).split())
    assert "gives GO. It takes another date, and the facts that are not stated." in page
    denied = page_text.render(plan_page(planned(DENIES)))
    assert "It takes" not in denied


def test_stretches_are_the_windows_of_the_plan() -> None:
    """What others draw is what the plan says."""
    for text in (SAMPLE, DENIES, example("plan/release.yaml")):
        manifest, copy = read_copy(text, "2026-11-23")
        assert stretches(manifest.facts, copy.frame) == planned(text).windows
    manifest, copy = read_copy(NO_DATE, "2026-11-23")
    assert stretches(manifest.facts, copy.frame) == ()

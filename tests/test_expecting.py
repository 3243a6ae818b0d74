"""`--release-now` and `--expect`: what a deploy job says of a manifest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from gonogo.diagnostics import InputError
from gonogo.expecting import carried_out, order_of
from gonogo.library import load_vocabulary
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import read_manifest
from gonogo.ready import Ready, Wanted, make_ready

GO = ROOT / "examples/northlight-go/release.yaml"  # first release October 1, public October 8
UNDETERMINED = ROOT / "examples/northlight-undetermined/release.yaml"
DAY = "2026-10-05"
LEAVES = sorted(load_vocabulary().leaves)
END_OF_DAY = "2026-10-05T23:59:59-04:00"


@pytest.fixture(scope="module")
def ready() -> Ready:
    return make_ready(Wanted((), (), None, DAY))


def _manifest(ready: Ready, change: tuple[str, str] = ("", "")) -> Manifest:
    old, new = change
    text = GO.read_text("utf-8")
    assert old in text
    data = text.replace(old, new).encode() if old else text.encode()
    zone = ready.packs[0].zone
    return read_manifest(data, "release.yaml", ready.vocabulary, zone, ready.developers)


def _order(ready: Ready, *expect: str, stage: str | None = None) -> list[str]:
    """What is wrong with a command line."""
    try:
        order_of(stage, expect, ready)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def _check(
    ready: Ready, *expect: str, stage: str | None = None, change: tuple[str, str] = ("", "")
) -> list[str]:
    """What is wrong with a manifest by a command line."""
    try:
        carried_out(order_of(stage, expect, ready), _manifest(ready, change), ready)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def _gonogo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", "check", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


STAGES = "one of limited_preview, trusted_partners, api, weights, public"
ORDERS = {
    "no-equals": (
        ["model.version"],
        "--expect: `model.version` has no `=`\n  help: write --expect model.version=1.0",
    ),
    "empty": (["".strip()], "--expect: `` has no `=`\n  help: write --expect model.version=1.0"),
    "variable-not-set": (
        ["model.version="],
        "--expect: nothing stands after `model.version=`\n"
        "  help: check that the variable is set; write --expect model.version=VALUE",
    ),
    "near-fact": (
        ["modle.version=1.0"],
        "--expect: there is no fact `modle.version`\n  help: did you mean `model.version`?",
    ),
    "other-word-for-a-fact": (
        ["submitted_at=2026-09-01"],
        "--expect: there is no fact `submitted_at`\n"
        "  help: did you mean `review.access_started_at`?",
    ),
    "unknown-fact": (
        ["qqq=1"],
        "--expect: there is no fact `qqq`\n"
        "  help: name a fact that a manifest states, as model.version",
    ),
    "no-fact": (
        ["=1"],
        "--expect: there is no fact ``\n"
        "  help: name a fact that a manifest states, as model.version",
    ),
    "computed-fact": (
        ["release.first_at=2026-10-01"],
        "--expect: `release.first_at` is computed; no manifest states it\n"
        "  help: name a fact that a manifest states, as model.version",
    ),
    "not-a-choice": (
        ["model.weights=opne"],
        "--expect: `model.weights`: `opne` is not a choice here\n"
        "  help: did you mean `open`? one of closed, staged, open",
    ),
    "not-a-flag": (
        ["review.await_determination=yes"],
        "--expect: `review.await_determination`: `yes` is not true or false\n"
        "  help: write true or false, without quotes",
    ),
    "not-an-id": (
        ["model.developer=North Light"],
        "--expect: `model.developer`: `North Light` is not an id (a-z, 0-9 and single hyphens)\n"
        "  help: did you mean `north-light`?",
    ),
    "not-days": (
        ["review.agreed_days=30.5"],
        "--expect: `review.agreed_days`: `30.5` is not a whole number of days\n"
        "  help: write whole days, such as 30",
    ),
    "no-time-zone": (
        ["release.public_at=2026-10-08T09:00"],
        "--expect: `release.public_at`: `2026-10-08T09:00` has no time zone\n"
        "  help: write `--expect release.public_at=2026-10-08T09:00:00-04:00` "
        "if that is America/New_York time, else with your own offset",
    ),
    "sensitive-number-is-not-quoted": (
        ["model.training_compute_flop=3.9e26 or so"],
        "--expect: `model.training_compute_flop` can never be what is written after `=`\n"
        "  help: write it as a manifest does",
    ),
    "sensitive-choice-is-not-quoted": (
        ["coverage.determination=designed"],
        "--expect: `coverage.determination` can never be what is written after `=`\n"
        "  help: one of designated, not_designated, pending, not_requested",
    ),
}


@pytest.mark.parametrize(("expect", "said"), ORDERS.values(), ids=ORDERS)
def test_what_can_never_be_expected(ready: Ready, expect: list[str], said: str) -> None:
    assert _order(ready, *expect) == [said]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("pubic", f"there is no stage `pubic`\n  help: did you mean `public`? {STAGES}"),
        (
            "release.pubic_at",
            "there is no stage `release.pubic_at`\n  help: did you mean `public`?",
        ),
        ("tomorrow", f"there is no stage `tomorrow`\n  help: {STAGES}"),
        ("PUBLIC", "there is no stage `PUBLIC`\n  help: did you mean `public`?"),
        ("release", "there is no stage `release`"),
        ("", f"names no stage\n  help: check that the variable is set; {STAGES}"),
    ],
)
def test_an_unknown_stage(ready: Ready, stage: str, said: str) -> None:
    [problem] = _order(ready, stage=stage)

    assert problem.startswith(f"--release-now: {said}")


@pytest.mark.parametrize("stage", ["api", "api_at", "release.api", "release.api_at"])
def test_a_stage_by_any_of_its_names(ready: Ready, stage: str) -> None:
    assert order_of(stage, (), ready).stage == "release.api_at"


def test_every_problem_of_a_command_line_at_once(ready: Ready) -> None:
    problems = _order(ready, "x", "model.version=", stage="pubic")

    places = [problem.partition(":")[0] for problem in problems]
    assert places == ["--release-now", "--expect", "--expect"]


SAME = {
    "text": "model.version=1.0",
    "spaces-around": " model.version = 1.0 ",
    "name-as-people-mean-it": "model.name=n 9",
    "choice": "model.weights=closed",
    "id": "model.developer=northlight",
    "flag": "review.await_determination=true",
    "days": "review.agreed_days=30",
    "level": "model.capability.cyber=high",
    "sensitive-choice": "coverage.determination=designated",
    "list": "release.markets=us",
    "instant": "release.public_at=2026-10-08T09:00:00-04:00",
    "same-instant-elsewhere": "release.public_at=2026-10-08T13:00:00Z",
    "its-day": "release.public_at=2026-10-08",
    "its-month": "release.public_at=2026-10",
    "day": "participation.caisi_agreement.signed_on=2026-05-05",
}


@pytest.mark.parametrize("expect", SAME.values(), ids=SAME)
def test_a_manifest_of_what_is_expected(ready: Ready, expect: str) -> None:
    assert _check(ready, expect) == []


def test_numbers_are_the_same_however_they_are_written(ready: Ready) -> None:
    exact = ("{value: {low: 2.1e26, high: 3.9e26}, ", "{value: 3e26, ")

    for written in ("3e26", "3.0e+26", "300000000000000000000000000"):
        assert _check(ready, f"model.training_compute_flop={written}", change=exact) == []
    assert len(_check(ready, "model.training_compute_flop=3.1e26", change=exact)) == 1


def test_a_list_in_any_order_but_whole(ready: Ready) -> None:
    two = ("markets: [us]", "markets: [us, eu]")

    assert _check(ready, "release.markets=eu, us", change=two) == []
    assert len(_check(ready, "release.markets=us", change=two)) == 1
    assert len(_check(ready, "release.markets=us,eu,uk", change=two)) == 1


RIGHT = "\n  help: check that this is the manifest of what is being released"
OTHER = {
    "text": (
        "model.version=v1.0",
        "release.yaml:5:12: `model.version` is `1.0`; --expect says `v1.0`",
    ),
    "name": ("model.name=N-9 mini", "release.yaml:4:9: `model.name` is `N-9`; --expect says "),
    "flag": (
        "review.await_determination=false",
        "release.yaml:25:24: `review.await_determination` is `true`; --expect says `false`",
    ),
    "days": (
        "review.agreed_days=29",
        "release.yaml:24:16: `review.agreed_days` is `30`; --expect says `29`",
    ),
    "day-before": (
        "release.public_at=2026-10-07",
        "release.yaml:32:14: `release.public_at` is `2026-10-08T09:00:00-04:00`; --expect says ",
    ),
    "not-stated": (
        "release.weights_at=2026-10-08",
        "release.yaml: `release.weights_at` is not stated; --expect says `2026-10-08`",
    ),
    "sensitive": (
        "coverage.determination=pending",
        "release.yaml:12:18: `coverage.determination` is not what --expect says",
    ),
    "sensitive-and-not-exact": (
        "model.training_compute_flop=2.1e26",
        "release.yaml:9:34: `model.training_compute_flop` is not what --expect says",
    ),
}


@pytest.mark.parametrize(("expect", "said"), OTHER.values(), ids=OTHER)
def test_a_manifest_of_something_else(ready: Ready, expect: str, said: str) -> None:
    [problem] = _check(ready, expect)

    assert problem.startswith(said)
    assert problem.endswith(RIGHT)


def test_a_day_is_never_known_to_be_an_instant(ready: Ready) -> None:
    """The manifest says less than what is expected."""
    day = ("public_at: 2026-10-08T09:00:00-04:00", "public_at: 2026-10-08")

    assert len(_check(ready, "release.public_at=2026-10-08T09:00:00-04:00", change=day)) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("licence: null", "release.yaml:8:12: `model.licence` is left empty; "),
        (
            'licence: {unknown: "asked"}',
            "release.yaml:8:12: `model.licence` is stated as unknown; ",
        ),
    ],
)
def test_what_is_not_known_is_not_what_is_expected(ready: Ready, written: str, said: str) -> None:
    change = ("licence: proprietary", written)

    [problem] = _check(ready, "model.licence=proprietary", change=change)

    assert problem.startswith(f"{said}--expect says `proprietary`")


def test_sensitive_values_are_never_quoted(ready: Ready) -> None:
    """Neither what the manifest says nor what the command line says, stated or not."""
    expect = ("coverage.determination=pending", "model.training_compute_flop=7.7e26")
    for change in [("", ""), ("  determination: designated\n", "")]:
        said = "\n".join(_check(ready, *expect, change=change))
        assert said.count("is not what --expect says") == 2
        for value in ("designated", "pending", "e26", "not stated"):
            assert value not in said


def test_coverage_that_may_not_be_disclosed_is_not_quoted(ready: Ready) -> None:
    expect = "coverage.government_engaged_at=2026-07-02"
    assert "`2026-07-01`" in _check(ready, expect)[0]

    [problem] = _check(ready, expect, change=("disclosable: true", "disclosable: false"))

    assert "2026-07" not in problem
    assert "is not what --expect says" in problem


def test_no_format_quotes_a_sensitive_value() -> None:
    for format in ("json", "sarif", "junit", "github", "gitlab", "markdown", "jsonl"):
        run = _gonogo(
            GO, "--expect", "coverage.determination=pending", "--format", format, "--as-of", DAY
        )
        assert run.returncode == 2
        assert "is not what --expect says" in run.stdout + run.stderr
        assert "pending" not in run.stdout + run.stderr
        assert "designated" not in run.stdout + run.stderr


def test_what_is_expected_is_compared_before_the_stage_is_moved(ready: Ready) -> None:
    assert _check(ready, "release.public_at=2026-10-08", stage="public") == []
    assert len(_check(ready, f"release.public_at={DAY}", stage="public")) == 1


def test_a_stage_happens_at_the_as_of_time(ready: Ready) -> None:
    """A bare date is its last second, as everywhere."""
    manifest = carried_out(order_of("public", (), ready), _manifest(ready), ready)

    fact = manifest.facts.get("release.public_at")
    assert str(fact.value) == END_OF_DAY
    assert manifest.facts.get("release.api_at") == _manifest(ready).facts.get("release.api_at")
    # The file is what was read; the digest says which bytes.
    assert manifest.digest == _manifest(ready).digest


def _warned(ready: Ready, stage: str, change: tuple[str, str] = ("", "")) -> list[str]:
    manifest = carried_out(order_of(stage, (), ready), _manifest(ready, change), ready)
    return [str(problem) for problem in manifest.warnings]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        pytest.param("2026-10-04T23:59:59-04:00", "past", id="a-second-before-the-day"),
        pytest.param("2026-10-05T00:00:00-04:00", "", id="first-second-of-the-day"),
        pytest.param("2026-10-05T23:59:59-04:00", "", id="the-as-of-time"),
        pytest.param("2026-10-06T00:00:00-04:00", "future", id="a-second-after"),
        pytest.param("2026-10-04", "past", id="the-day-before"),
        pytest.param("2026-10-05", "", id="the-day"),
        pytest.param("2026-10-06", "future", id="the-day-after"),
        pytest.param("2026-09", "past", id="the-month-before"),
        pytest.param("2026-10", "", id="the-month"),
    ],
)
def test_a_stage_that_the_manifest_dates_otherwise(ready: Ready, date: str, said: str) -> None:
    change = ("  public_at: 2026-10-08T09:00:00-04:00", f"  public_at: {date}")
    begins = f"release.yaml:32:14: `release.public_at` is `{date}`; --release-now checks "
    helps = {
        "past": "if it has happened as dated, check without --release-now; else correct the date",
        "future": "if the plan has changed, correct the date in the manifest",
    }

    wanted = [f"{begins}{END_OF_DAY} instead\n  help: {helps[said]}"] if said else []
    warned = _warned(ready, "public", change)  # also that public is before trusted partners
    assert [each for each in warned if "--release-now" in each] == wanted


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "release.yaml: `release.public_at` is not stated"),
        ("  public_at: null\n", "release.yaml:32:14: `release.public_at` is left empty"),
        (
            '  public_at: {unknown: "soon"}\n',
            "release.yaml:32:14: `release.public_at` is stated as unknown",
        ),
    ],
)
def test_a_stage_that_the_manifest_does_not_date(ready: Ready, written: str, said: str) -> None:
    change = ("  public_at: 2026-10-08T09:00:00-04:00\n", written)

    wanted = f"{said}; --release-now checks {END_OF_DAY}\n  help: date it in the manifest"
    assert _warned(ready, "public", change) == [wanted]


def test_the_manifests_own_warnings_stay(ready: Ready) -> None:
    change = ("status: not_signed", "status: ended")

    assert len(_warned(ready, "public", change)) == 2


def test_closed_weights_are_not_published(ready: Ready) -> None:
    """Else the verdict would be about a release that is not the one that happens."""
    [problem] = _check(ready, stage="weights")

    assert problem == (
        "release.yaml:7:12: `model.weights` is closed; --release-now says that they are published\n"
        "  help: write `weights: open` or `staged`, or name another stage"
    )
    for weights in ("open", "staged"):
        opened = ("weights: closed", f"weights: {weights}")
        assert _check(ready, stage="weights", change=opened) == []


@pytest.mark.parametrize(
    ("day", "stage", "code", "said"),
    [
        pytest.param("2026-09-30", "public", 1, "29 of 30 days", id="a-day-early"),
        pytest.param("2026-10-01", "public", 0, "30 of 30 days", id="the-day"),
        pytest.param("2026-09-30", "limited_preview", 1, "29 of 30 days", id="of-an-early-stage"),
        # An earlier stage governs: moving the last one changes nothing.
        pytest.param("2026-11-23", "public", 0, "30 of 30 days", id="long-after"),
    ],
)
def test_the_verdict_is_of_the_release_now(day: str, stage: str, code: int, said: str) -> None:
    run = _gonogo(GO, "--as-of", day, "--release-now", stage)

    assert run.returncode == code
    assert said in run.stdout


def test_without_the_option_the_plan_is_checked() -> None:
    run = _gonogo(GO, "--as-of", "2026-09-30")

    assert run.returncode == 0
    assert "ODD" not in run.stdout


def test_an_empty_option_is_not_an_absent_one() -> None:
    """`--release-now "$STAGE"` with no STAGE must not check the plan instead."""
    run = _gonogo(GO, "--as-of", "2026-09-30", "--release-now", "")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("--release-now: names no stage\n")


def test_a_wrong_command_line_is_said_once_and_gives_no_manifest_a_verdict() -> None:
    run = _gonogo(GO, UNDETERMINED, "--release-now", "pubic", "--format", "jsonl")
    reports = [json.loads(line) for line in run.stdout.splitlines()]

    assert run.returncode == 2
    assert run.stderr.count("there is no stage") == 1
    assert [report["verdict"] for report in reports] == [None, None]
    assert [report["errors"][0]["file"] for report in reports] == ["--release-now"] * 2


def test_of_several_manifests_each_must_be_what_is_expected(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(GO.read_text("utf-8").replace('"1.0"', '"1.1"'), "utf-8")

    run = _gonogo(GO, other, "--as-of", DAY, "--expect", "model.version=1.0", "--format", "jsonl")

    verdicts = [json.loads(line)["verdict"] for line in run.stdout.splitlines()]
    assert verdicts == ["GO", None]
    assert run.returncode == 2
    assert run.stderr.startswith(f"{other}:5:12: `model.version` is `1.1`; --expect says `1.0`\n")


def test_the_refusal_as_json() -> None:
    run = _gonogo(GO, "--expect", "model.version=2.0", "--format", "json")

    assert run.returncode == 2
    assert json.loads(run.stdout) == {
        "report": "gonogo/1",
        "verdict": None,
        "manifest": {"path": str(GO)},
        "errors": [
            {
                "file": str(GO),
                "line": 5,
                "column": 12,
                "message": "`model.version` is `1.0`; --expect says `2.0`",
                "help": "check that this is the manifest of what is being released",
            }
        ],
    }


@pytest.mark.parametrize(("hours", "code"), [("380", 1), ("381", 2)])
def test_a_house_fact_can_be_expected(hours: str, code: int) -> None:
    house = ROOT / "examples/house-pack"
    expect = f"extra.red_team_hours={hours}"

    run = _gonogo(house / "release.yaml", "--policies", house / "policies", "--expect", expect)

    assert run.returncode == code


@settings(max_examples=50, deadline=None)
@given(
    path=st.sampled_from(["model.version", "model.name", "release.markets", *LEAVES]),
    text=st.text(),
)
@example(path="model.training_compute_flop", text="1e999999999")
@example(path="review.agreed_days", text="1" * 5000)
@example(path="review.agreed_days", text="NaN")
@example(path="release.markets", text=",")
@example(path="release.public_at", text="9999-12-31")
def test_any_text_is_read_or_refused(ready: Ready, path: str, text: str) -> None:
    """Never a traceback, and never a line that is not a problem."""
    for problem in _check(ready, f"{path}={text}", stage=text):
        assert 1 <= len(problem.splitlines()) <= 2


def test_a_hostile_value_stays_text() -> None:
    run = _gonogo(GO, "--expect", "model.version=1\n::error::x\x1b[31m")

    assert run.returncode == 2
    assert "\x1b" not in run.stderr
    assert "::error" not in run.stderr
    assert len(run.stderr.splitlines()) == 2

"""Plans of all kinds, as the command prints them, fit the published schema; other words do not."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from making_plans import EO_PACK, EXAMPLES, example, examples, house_pack, planned

from gonogo.library import published_schema
from gonogo.planning.data import plan_data

Data = dict[str, Any]

SCHEMA = Draft202012Validator(json.loads(published_schema("plan")))
SAMPLE = example("shortest/release.yaml")
DENIES = SAMPLE.replace("review:", "participation: {caisi_agreement: {status: declined}}\nreview:")
NO_DATE = SAMPLE.replace("release: {public_at: 2026-11-25}\n", "")
STRADDLES = SAMPLE.replace("3e26", "{low: 5e25, high: 3e26}")


def run(*arguments: str, given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", "plan", "-", "--as-of", "2026-11-23", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


# text, options, verdict, exit code, parts that have something to say
RUNS: dict[str, tuple[str, list[str], str | None, int, set[str]]] = {
    "GO": (SAMPLE.replace("11-25", "12-20"), [], "GO", 0, {"windows", "timeline"}),
    "NO-GO": (SAMPLE, [], "NO-GO", 1, {"windows", "changes", "wait_for", "questions", "timeline"}),
    "UNDETERMINED": (STRADDLES, [], "UNDETERMINED", 3, {"windows", "questions", "timeline"}),
    "wanted on a GO date": (SAMPLE, ["--target", "2026-12-15"], "GO", 0, {"changes", "target"}),
    "wanted a day too early": (SAMPLE, ["--target", "2026-12-14"], "NO-GO", 1, {"target"}),
    "wanted too early for a model that may be covered": (
        STRADDLES,
        ["--target", "2026-12-14"],
        "UNDETERMINED",
        3,
        {"target"},
    ),
    "hopeless": (DENIES, [], "NO-GO", 1, {"hopeless"}),
    "no date": (NO_DATE, [], "UNDETERMINED", 3, {"questions"}),
    "refused": (SAMPLE.replace("closed", "closd"), [], None, 2, {"errors"}),
    "no target to move to": (NO_DATE, ["--target", "2026-12-15"], None, 2, {"errors"}),
}


@pytest.mark.parametrize(
    ("text", "options", "verdict", "code", "filled"), RUNS.values(), ids=list(RUNS)
)
def test_what_is_printed_fits(
    text: str, options: list[str], verdict: str | None, code: int, filled: set[str]
) -> None:
    """The verdict, and with it the exit code, is that of the wanted date where there is one."""
    done = run("--format", "json", *options, given=text)
    data: Data = json.loads(done.stdout)
    assert [error.message for error in SCHEMA.iter_errors(data)] == []
    assert (data["verdict"], done.returncode) == (verdict, code)
    assert {key for key in filled if not data[key]} == set()
    assert (done.stderr == "") is (code != 2)


@pytest.mark.parametrize(
    "path", examples(), ids=lambda path: str(path.relative_to(EXAMPLES)).replace("/", "-")
)
def test_the_plans_of_the_examples_fit(path: Path) -> None:
    packs = [house_pack()] if path.parent.name == "house-pack" else [EO_PACK]
    for as_of in ("2026-06-15", "2026-11-23"):
        data = plan_data(planned(path.read_text("utf-8"), as_of, "strict", packs=packs))
        assert [error.message for error in SCHEMA.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("path", "value", "allowed"),
    [
        (("verdict",), "CLEARED", False),
        (("verdict",), None, False),
        (("plan",), "gonogo/2", False),
        (("as_of",), "yesterday", False),
        (("earliest_go",), "2026-12-15", False),  # an instant
        (("earliest_go",), None, True),
        (("target",), "2026-12-15", True),
        (("target",), "December", False),
        (("windows", 0, "from"), "2026-12-15T09:00:00-05:00", True),
        (("windows", 0, "from"), "2026-12-15T09:00", False),
        (("windows", 0, "until"), None, True),
        (("windows", 0, "verdict"), "MAYBE", False),
        (("changes", 0, "set"), {}, False),
        (("changes", 0, "set"), {"release.api_at": None}, True),
        (("changes", 0, "set"), {"release.api_at": 3}, False),
        (("changes", 0, "set"), {"not a path": "2026-12-15"}, False),
        (("changes", 0, "verified"), False, False),
        (("timeline", 0, "state"), "overdue", True),
        (("timeline", 0, "state"), "late", False),
        (("questions", 0, "answers"), {"yes": "GO"}, True),
        (("questions", 0, "answers"), {"yes": "perhaps"}, False),
        (("errors",), [], False),
    ],
)
def test_the_schema_says_no(path: tuple[str | int, ...], value: Any, allowed: bool) -> None:
    data: Data = json.loads(json.dumps(plan_data(planned(SAMPLE))))
    assert SCHEMA.is_valid(data)
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert SCHEMA.is_valid(data) is allowed

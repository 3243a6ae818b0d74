"""The JSON reports of all verdicts, and refusals, fit the published schema of reports."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gonogo.library import read_schema

Data = dict[str, Any]

SCHEMA = Draft202012Validator(json.loads(read_schema("report")))


def run(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", "check", *arguments, "--as-of", "2026-11-23"],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


MANIFEST = (
    "manifest: gonogo/1\n"
    'model: {name: N-9, version: "1.0", developer: openai, weights: closed, '
    "training_compute_flop: %s}\n"
    "review: {access_started_at: %s}\n"
    "release: {public_at: %s}\n"
)
# 3e26 is at least 1e26, so the model is presumed covered, and its developer is on the register: the
# review window is 30 days, or unknown where the range straddles 1e26 and days are missing.
REPORTS = {
    "GO": (MANIFEST % ("3e26", "2026-10-01", "2026-12-01"), "GO", 0),
    "NO-GO": (MANIFEST % ("3e26", "2026-11-15", "2026-11-25"), "NO-GO", 1),
    "UNDETERMINED": (
        MANIFEST % ("{low: 5e25, high: 3e26}", "2026-11-15", "2026-11-25"),
        "UNDETERMINED",
        3,
    ),
    "no release planned": (
        (MANIFEST % ("3e26", "2026-11-15", "x")).replace("release: {public_at: x}\n", ""),
        "UNDETERMINED",
        3,
    ),
    "before the order": (MANIFEST % ("3e26", "2026-01-01", "2026-06-01"), "UNDETERMINED", 3),
    "under a directive": (
        (MANIFEST % ("3e26", "2026-05-01", "2026-06-20"))
        .replace("openai", "anthropic")
        .replace("N-9", "Mythos 5"),
        "NO-GO",
        1,
    ),
    "evidence and warnings": (
        MANIFEST
        % ("3e26", "{value: 2026-10-01, evidence: [receipt]}", "2026-12-01")
        + f"evidence: [{{id: receipt, kind: submission_receipt, sha256: {'a' * 64}}}]\n"
        "extra: {nobody: 1}\n",
        "GO",
        0,
    ),
    "refusal": ("manifest: gonogo/1\nmodel: {name: N-9}\n", None, 2),
    "refusal of a file that is no YAML": ("a: [\n", None, 2),
}


@pytest.mark.parametrize(("text", "verdict", "code"), list(REPORTS.values()), ids=list(REPORTS))
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_reports_fit(text: str, verdict: str | None, code: int, form: str) -> None:
    """Every report fits report.json, also the one without a verdict, and its exit code agrees."""
    done = run("-", "--format", form, given=text)
    assert done.returncode == code, done.stderr
    written = done.stdout if form == "json" else done.stdout.removesuffix("\n")
    assert form == "json" or "\n" not in written
    data = json.loads(written)
    errors = [error.message for error in SCHEMA.iter_errors(data)]
    assert errors == []
    assert data["verdict"] == verdict
    assert ("errors" in data) is (verdict is None)


@pytest.mark.parametrize("disclose", ["full", "reasons", "none"])
def test_every_line_of_several_fits(disclose: str, tmp_path: Path) -> None:
    """jsonl: one report a line, in the order typed; a refused one does not hide the others.

    The same schema holds at every level of disclosure.
    """
    paths = []
    for number, (text, _, _) in enumerate(REPORTS.values()):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, "utf-8")
        paths.append(str(path))
    done = run(*paths, "--format", "jsonl", "--disclose", disclose)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["manifest"]["path"] for line in lines] == paths
    assert [line["verdict"] for line in lines] == [verdict for _, verdict, _ in REPORTS.values()]
    assert all(SCHEMA.is_valid(line) for line in lines)
    assert done.returncode == 2  # the worst of all: 2 comes before 1, 3 and 0


def sound_report() -> Data:
    text = REPORTS["NO-GO"][0]
    done = run("-", "--format", "json", given=text)
    data: Data = json.loads(done.stdout)
    return data


@pytest.mark.parametrize(
    ("path", "value", "allowed"),
    [
        (("findings", 0, "outcome"), "waived", True),
        (("findings", 0, "outcome"), "approved", False),
        (("findings", 0, "class"), "law", False),
        (("findings", 0, "effect"), "stop", False),
        (("findings", 0, "cites", 0, "standing"), "official", False),
        (("counts", "waived"), 1, True),
        (("counts", "skipped"), 1, False),
        (("verdict",), "CLEARED", False),
        (("verdict",), None, False),
        (("basis",), None, True),
        (("basis",), "law", False),
        (("verdicts", "legal"), "MAYBE", False),
        (("manifest", "sha256"), "A" * 64, False),
        (("report",), "gonogo/2", False),
        (("errors",), [], False),
    ],
)
def test_the_report_schema_says_no(path: tuple[str | int, ...], value: Any, allowed: bool) -> None:
    """Words outside the contract do not fit; `waived`, which is to come, does."""
    data = sound_report()
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert SCHEMA.is_valid(data) is allowed

"""The GitLab job: it fits the schema, and its lines run in one bash, as GitLab runs them."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any, NamedTuple

import pytest
from runner import Texts, clean_environment, read_yaml

from conftest import ROOT, copy_story

FILE = ROOT / "examples" / "ci" / "gitlab" / ".gitlab-ci.yml"
JOBS: dict[str, Any] = read_yaml(FILE)
JOB = JOBS["gonogo"]
INSTALL = 3  # the lines that make a folder and install gonogo into it


class Ended(NamedTuple):
    code: int
    log: str
    reports: Texts  # those of the job's artifacts that were written
    variables: Texts  # of its dotenv report


def _bash(lines: list[str], folder: Path, variables: Texts) -> tuple[int, str]:
    run = subprocess.run(
        ["bash", "-c", "\n".join(["set -eo pipefail", *lines])],
        cwd=folder, env={**clean_environment(), **variables}, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return run.returncode, run.stdout


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=northlight", "-c", "user.email=northlight@example.com")
    environment = {**clean_environment(), "GIT_CONFIG_GLOBAL": "/dev/null"}
    subprocess.run(["git", *who, *arguments], cwd=folder, env=environment, check=True)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the job's own first lines have installed gonogo from its sources."""
    room = tmp_path_factory.mktemp("build")
    lines = [*JOB["before_script"][:INSTALL], 'echo "$tools" > tools']
    assert "pip install" in lines[INSTALL - 1]
    variables = {"GONOGO_SOURCE": str(ROOT), "TMPDIR": str(room)}
    code, log = _bash(lines, room, variables)
    assert code == 0, log
    return Path((room / "tools").read_text("utf-8").strip())


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A merge request's branch, cloned from a repository whose target branch has the house pack."""
    origin = tmp_path / "origin"
    copytree(ROOT / "examples/house-pack/policies", origin / "policies")
    _git(origin, "init", "-qb", "main")
    _git(origin, "add", ".")
    _git(origin, "commit", "-qm", "Rules")
    _git(tmp_path, "clone", "-q", str(origin), "checkout")
    return tmp_path / "checkout"


def run_job(
    checkout: Path, tools: Path, as_of: str, *, own_rules: bool = True, **variables: str
) -> Ended:
    """``own_rules=False`` drops the lines that the file says to drop."""
    rmtree(tools / "target", ignore_errors=True)
    own = JOB["before_script"][INSTALL:] if own_rules else []
    lines = [f'tools="{tools}"', *own, *JOB["script"]]
    given = {**JOB["variables"], "GONOGO_AS_OF": as_of, "CI_DEFAULT_BRANCH": "main", **variables}
    code, log = _bash(lines, checkout, given)
    files = {kind: checkout / name for kind, name in JOB["artifacts"]["reports"].items()}
    reports = {kind: path.read_text("utf-8") for kind, path in files.items() if path.exists()}
    dotenv = reports.get("dotenv", "").splitlines()
    return Ended(code, log, reports, dict(line.split("=") for line in dotenv))


def release(checkout: Path, name: str, path: str = "release.yaml") -> None:
    copy_story(name, checkout, path)


def is_published(ended: Ended, checkout: Path) -> bool:
    """Does the next job do its work? It starts unless the first job failed for good."""
    allowed = [int(code) for code in JOB["allow_failure"]["exit_codes"]]
    if ended.code not in (0, *allowed):
        return False
    return _bash(JOBS["publish"]["script"], checkout, ended.variables)[0] == 0


def test_the_file_fits_the_schema_of_gitlab() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci",
         str(FILE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("name", "as_of", "code", "verdict", "published"),
    [
        ("go", "2026-09-30", 0, "GO", True),
        ("no-go", "2026-09-05", 1, "NO-GO", False),
        ("undetermined", "2026-10-10", 3, "UNDETERMINED", False),
    ],
)
def test_the_job_ends_as_the_verdict_says(
    name: str, as_of: str, code: int, verdict: str, published: bool, checkout: Path, tools: Path
) -> None:
    """With all reports, which GitLab keeps also where the job fails."""
    release(checkout, name)

    ended = run_job(checkout, tools, as_of)

    assert ended.code == code, ended.log
    assert ended.variables == {"GONOGO_VERDICT": verdict, "GONOGO_EXIT_CODE": str(code)}
    assert is_published(ended, checkout) is published
    assert JOB["artifacts"]["when"] == "always"
    suite = ET.fromstring(ended.reports["junit"])  # noqa: S314
    assert (suite.find(".//failure") is not None) is (verdict == "NO-GO")
    found = [each["severity"] for each in json.loads(ended.reports["codequality"])]
    assert bool({"blocker", "critical"} & {*found}) is (verdict != "GO")


@pytest.mark.parametrize("path", ["lost.yaml", "--help", "$(touch owned)", "a; touch owned"])
def test_what_cannot_be_read_stops_the_pipeline(path: str, checkout: Path, tools: Path) -> None:
    """Also where an older report lies about, and whatever the file's name says."""
    (checkout / "gonogo.xml").write_text("<testsuites/>", "utf-8")
    (checkout / "gonogo.env").write_text("GONOGO_VERDICT=GO\n", "utf-8")

    ended = run_job(checkout, tools, "2026-09-30", MANIFEST=path)

    assert (ended.code, ended.variables["GONOGO_VERDICT"]) == (2, "none"), ended.log
    assert not is_published(ended, checkout)
    assert not (checkout / "owned").exists()


def test_what_gave_no_report_gave_no_verdict(checkout: Path, tmp_path: Path) -> None:
    """A Python that cannot start ends with 1, and that is not NO-GO."""
    release(checkout, "go")
    python = tmp_path / "tools" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    python.chmod(0o755)

    ended = run_job(checkout, tmp_path / "tools", "2026-09-30")

    assert (ended.code, ended.variables["GONOGO_VERDICT"]) == (4, "none")


def test_a_repository_with_a_manifest_alone(tools: Path, tmp_path: Path) -> None:
    """No rules of its own: with the lines dropped that are for those, the shipped ones judge.

    With the lines kept it stops and does not fall back to them: a folder may be gone by mistake.
    """
    origin = tmp_path / "origin"
    origin.mkdir()
    release(origin, "go")
    _git(origin, "init", "-qb", "main")
    _git(origin, "add", ".")
    _git(origin, "commit", "-qm", "A manifest")
    _git(tmp_path, "clone", "-q", str(origin), "checkout")
    checkout = tmp_path / "checkout"

    dropped = run_job(checkout, tools, "2026-09-30", own_rules=False)
    assert (dropped.code, dropped.variables["GONOGO_VERDICT"]) == (0, "GO"), dropped.log
    kept = run_job(checkout, tools, "2026-09-30")
    assert kept.code not in (0, 3) and "pathspec 'policies'" in kept.log


def test_a_branch_cannot_relax_its_own_gate(checkout: Path, tools: Path) -> None:
    """The house pack's release is NO-GO by the target branch; the branch takes the pack away."""
    text = (ROOT / "examples/house-pack/release.yaml").read_text("utf-8")
    (checkout / "release.yaml").write_text(text, "utf-8")
    rmtree(checkout / "policies")

    ended = run_job(checkout, tools, "2026-11-23", CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")

    assert (ended.code, ended.variables["GONOGO_VERDICT"]) == (1, "NO-GO"), ended.log


def test_a_sensitive_fact_is_not_shown(checkout: Path, tools: Path) -> None:
    release(checkout, "no-go")
    path = checkout / "release.yaml"
    path.write_text(path.read_text("utf-8").replace("3.9e26", "3.87654e26"), "utf-8")

    ended = run_job(checkout, tools, "2026-09-05")

    assert ended.code == 1, ended.log
    assert "3.87654" not in ended.log + "".join(ended.reports.values())

"""The example workflows: valid, pinned, and run step by step on a repository with branches."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, rmtree
from typing import NamedTuple

import pytest
from runner import Place, Ran, Texts, clean_environment, filled, read_yaml, run_action

from conftest import ROOT, copy_story

ACTION = ROOT / ".github" / "actions" / "check"
WORKFLOWS = ROOT / "examples" / "ci" / "github"
HOUSE = ROOT / "examples" / "house-pack"
NOW = {"GONOGO_AS_OF": "2026-11-23"}  # on which the house pack's release is NO-GO


class Hub(NamedTuple):
    """A repository with the house pack and its release, where branches and tags are pushed to."""

    folder: Path

    def git(self, *arguments: str, cwd: Path | None = None) -> None:
        who = ("-c", "user.name=northlight", "-c", "user.email=northlight@example.com")
        command = ("git", *who, *arguments)
        environment = {**clean_environment(), "GIT_CONFIG_GLOBAL": "/dev/null"}
        subprocess.run(command, cwd=cwd or self.folder, env=environment, check=True)

    def commit(self, *names: str) -> None:
        """All that has changed, as a commit with these names beside its branch's."""
        self.git("add", ".")
        self.git("commit", "-qm", "A change")
        for name in names:
            self.git("tag", name)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    made = Hub(tmp_path / "hub")
    made.folder.mkdir()
    made.git("init", "-qb", "main")
    copytree(HOUSE / "policies", made.folder / "policies")
    (made.folder / "release.yaml").write_text((HOUSE / "release.yaml").read_text("utf-8"), "utf-8")
    made.commit()
    return made


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder, in which the action has installed gonogo."""
    temp = tmp_path_factory.mktemp("temp")
    run_action(ACTION, {"manifests": ""}, Place(tmp_path_factory.mktemp("empty"), temp))
    return temp


def run_workflow(name: str, hub: Hub, github: Texts, head: str, temp: Path) -> tuple[Ran, bool]:
    """What the action came to in the workflow's only job, and whether the last step then runs."""
    [job] = read_yaml(WORKFLOWS / name)["jobs"].values()
    workspace = hub.folder.parent / "workspace"
    values = {f"github.{key}": value for key, value in github.items()}
    ran = None
    for step in job["steps"]:
        given = {key: filled(text, values) for key, text in step.get("with", {}).items()}
        if step.get("uses", "").startswith("actions/checkout@"):
            place = workspace / given.get("path", "")
            rmtree(place, ignore_errors=True)  # as that action does
            hub.git("clone", "-q", "-b", given.get("ref", head), str(hub.folder), str(place))
        elif "/.github/actions/check@" in step.get("uses", ""):
            job_place = Place(workspace, temp, NOW)
            ran = run_action(ACTION, given, job_place, without="Install gonogo")
    assert ran
    last = job["steps"][-1]
    goes_on = last.get("if") != "${{ steps.gonogo.outputs.verdict == 'GO' }}"
    return ran, ran.succeeded and (goes_on or ran.outputs["verdict"] == "GO")


@pytest.mark.parametrize("name", ["pull-request.yml", "release.yml"])
def test_an_example_is_a_workflow_whose_actions_are_pinned(name: str) -> None:
    path = WORKFLOWS / name
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
         str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout
    used = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert used
    assert all(re.search(r"uses: \S+@[0-9a-f]{40} # ", line) for line in used)


def test_a_branch_cannot_relax_its_own_gate(hub: Hub, temp: Path) -> None:
    """It takes the house's rules away, and puts a copy where the target branch will be."""
    hub.git("switch", "-qc", "relaxed")
    pack = hub.folder / "policies" / "northlight" / "pack.yaml"
    text = pack.read_text("utf-8")
    assert "value: 45" in text
    pack.write_text(text.replace("value: 45", "value: 3"), "utf-8")
    copytree(hub.folder / "policies", hub.folder / "target-branch" / "policies")
    hub.commit()

    ran, _ = run_workflow("pull-request.yml", hub, {"base_ref": "main"}, "relaxed", temp)
    own, _ = run_workflow("pull-request.yml", hub, {"base_ref": "relaxed"}, "relaxed", temp)

    assert (ran.succeeded, ran.outputs["verdict"]) == (False, "NO-GO"), ran.log
    assert "needs 45" in ran.summary
    assert "needs 45" not in own.summary  # with the branch's own rules the reason would be gone


@pytest.mark.parametrize(
    ("tag", "verdict"),
    [
        pytest.param("1.0", "NO-GO", id="too-early"),
        pytest.param("2.0", "", id="a-tag-of-something-else"),
    ],
)
def test_a_tag_is_not_released_before_it_is_go(
    tag: str, verdict: str, hub: Hub, temp: Path
) -> None:
    hub.git("tag", tag)

    ran, published = run_workflow("release.yml", hub, {"ref_name": tag}, tag, temp)

    assert (ran.outputs["verdict"], published) == (verdict, False), ran.log


def test_a_tag_that_is_go_is_released(hub: Hub, temp: Path) -> None:
    """Judged as if it were public today, whatever date the manifest has."""
    copy_story("go", hub.folder)
    hub.commit("1.0")

    ran, published = run_workflow("release.yml", hub, {"ref_name": "1.0"}, "1.0", temp)

    assert (ran.outputs["verdict"], published) == ("GO", True), ran.log
    assert "--release-now checks 2026-11-23" in ran.log

"""The hooks, run by the real pre-commit in a real git repository, as a user would have them.

pre-commit clones the project, builds it and installs it, so what is tested is what is released.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns
from typing import NamedTuple

import pytest
from runner import Texts, clean_environment

from conftest import ROOT, copy_story

CONFIG = ROOT / "examples" / "ci" / "pre-commit" / ".pre-commit-config.yaml"
RELEASED = ("src", "policies", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


class Repository(NamedTuple):
    """A repository of a user's, and the environment in which git and pre-commit run there."""

    folder: Path
    environment: Texts

    def run(self, *command: str) -> tuple[int, str]:
        ran = subprocess.run(
            command, cwd=self.folder, env=self.environment, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return ran.returncode, ran.stdout

    def done(self, *command: str) -> str:
        code, said = self.run(*command)
        assert code == 0, said
        return said

    def pre_commit(self, *arguments: str) -> tuple[int, str]:
        return self.run(sys.executable, "-m", "pre_commit", *arguments)


def _repository(folder: Path, environment: Texts) -> Repository:
    folder.mkdir()
    made = Repository(folder, environment)
    made.done("git", "init", "-qb", "main")
    return made


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """Of somebody with no settings of their own, and with a fixed today."""
    who = {f"GIT_{role}_{what}": "northlight" for role in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    return {
        **clean_environment(),
        **who,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "GONOGO_AS_OF": "2026-12-05",
    }


@pytest.fixture(scope="module")
def hooks(environment: Texts, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The project as it is now, as a repository with the tag that the example names."""
    released = _repository(tmp_path_factory.mktemp("project") / "gonogo", environment)
    for name in RELEASED:
        if (ROOT / name).is_dir():
            copytree(ROOT / name, released.folder / name, ignore=ignore_patterns("__pycache__"))
        else:
            copy(ROOT / name, released.folder / name)
    released.done("git", "add", ".")
    released.done("git", "commit", "-qm", "As it is now")
    released.done("git", "tag", "v0.1.0")
    return str(released.folder)


@pytest.fixture
def repository(hooks: str, environment: Texts, tmp_path: Path) -> Repository:
    """A repository with the example's configuration, a house pack and a manifest that is GO."""
    made = _repository(tmp_path / "theirs", environment)
    config, changed = re.subn(r"https://\S+/gonogo\b", hooks, CONFIG.read_text("utf-8"))
    assert changed == 1
    (made.folder / CONFIG.name).write_text(config, "utf-8")
    copytree(ROOT / "examples/house-pack/policies", made.folder / "policies")
    write_release(made, "go")
    made.done("git", "add", ".")
    made.done("git", "commit", "-qm", "The first")
    return made


def write_release(repository: Repository, name: str) -> None:
    copy_story(name, repository.folder)


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("validate-manifest", ROOT / ".pre-commit-hooks.yaml"),
        ("validate-config", CONFIG),
    ],
)
def test_the_files_are_what_pre_commit_reads(command: str, file: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (0, "")


def test_a_push_is_refused_unless_the_release_is_go(repository: Repository) -> None:
    """Committing it was not: a manifest is written long before it is GO.

    A plain install is enough, since the file says for which stages.
    """
    repository.done("git", "init", "-q", "--bare", "../hub")
    repository.done(sys.executable, "-m", "pre_commit", "install")
    repository.done("git", "push", "-q", "../hub", "main")
    for name, verdict in (("no-go", "NO-GO"), ("undetermined", "UNDETERMINED")):
        write_release(repository, name)
        repository.done("git", "commit", "-qam", name)

        code, said = repository.run("git", "push", "-q", "../hub", "main")

        assert code != 0
        assert re.search(rf"^{verdict} ", said, re.M), said
    pushed = repository.done("git", "--git-dir", "../hub", "log", "-1", "--format=%s", "main")
    assert pushed == "The first\n"


@pytest.mark.parametrize(
    ("path", "text", "hook", "said"),
    [
        pytest.param("release.yaml", "manifest: gonogo/1\nmodel: [\n", "gonogo-check",
                     "release.yaml:2:", id="a-manifest-that-cannot-be-read"),
        pytest.param(".github/workflows/release.yml", "on: push\n", "gonogo-check",
                     "no files to check", id="a-workflow-is-no-manifest"),
        pytest.param("policies/northlight/rules/typo.yaml", "rules:\n  - {id: x, titel: y}\n",
                     "gonogo-policy-lint", "titel", id="a-rule-that-does-not-load"),
        pytest.param("policies/northlight/tests/house.yaml", "tests: []\n", "gonogo-policy-test",
                     "house.yaml", id="tests-that-test-nothing"),
    ],
)  # fmt: skip
def test_what_a_hook_says_of_an_edit(
    path: str, text: str, hook: str, said: str, repository: Repository
) -> None:
    edited = repository.folder / path
    edited.parent.mkdir(parents=True, exist_ok=True)
    edited.write_text(text, "utf-8")
    repository.done("git", "add", ".")

    code, shown = repository.pre_commit("run", hook, "--hook-stage=pre-push", "--files", path)

    assert said in shown
    assert (code == 0) is (said == "no files to check")


def test_manifests_of_other_names_are_checked_with_the_line_that_is_shown(
    repository: Repository,
) -> None:
    config = repository.folder / CONFIG.name
    text = config.read_text("utf-8")
    assert text.count("# files: ") == 1
    config.write_text(text.replace("# files: ", "files: "), "utf-8")
    (repository.folder / "releases").mkdir()
    copy_story("no-go", repository.folder / "releases", "n-9.yaml")
    repository.done("git", "add", ".")

    code, shown = repository.pre_commit(
        "run", "gonogo-check", "--hook-stage=pre-push", "--all-files"
    )

    assert code != 0
    assert "releases/n-9.yaml" in shown and re.search("^NO-GO ", shown, re.M), shown


def test_sound_packs_pass(repository: Repository) -> None:
    code, shown = repository.pre_commit("run", "--all-files")

    assert code == 0, shown
    assert shown.count("Passed") == 2
    assert re.search(r"gonogo policy test\.+Passed", shown)


def test_a_newcomer_tries_the_hooks(hooks: str, repository: Repository) -> None:
    """With no configuration at all."""
    code, shown = repository.pre_commit("try-repo", hooks, "gonogo-check", "--all-files")

    assert code == 0, shown
    assert re.search(r"gonogo check\.+Passed", shown)

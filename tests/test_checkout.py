"""Outputs that mark lines of files name them from the root of the repository, wherever one stands.

That is what GitHub and GitLab ask for (a path relative to the root, symbolic links resolved).
"""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from test_cli import SHORTEST, gonogo

MARKING = ("sarif", "junit", "github", "gitlab")
CHECK = ("check", "--as-of", "2026-11-23")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with a manifest in a folder, a link to it, and a folder to stand in."""
    root = tmp_path / "repository"
    (root / "models").mkdir(parents=True)
    (root / "work").mkdir()
    (root / "models/n-9.yaml").write_text(SHORTEST, "utf-8")
    (root / "work/release.yaml").symlink_to("../models/n-9.yaml")
    (tmp_path / "checkout").symlink_to(root)
    return root


def files_in(format: str, output: str) -> set[str]:
    """Every path by which a report names its manifest."""
    match format:
        case "sarif":
            return set(re.findall(r'"(?:uri|manifest)": "([^"]*)"', output))
        case "junit":
            return {each.get("file", "") for each in ET.fromstring(output)}  # noqa: S314 - ours
        case "github":
            return set(re.findall(r"file=([^,]*),", output))
        case _:
            return {entry["location"]["path"] for entry in json.loads(output)}


def reports(folder: Path, path: str | Path, **variables: str) -> dict[str, str]:
    """A manifest in each of those formats, by one run in a folder."""
    places = {format: folder / f"report.{format}" for format in MARKING}
    wanted = [f"--output={format}:{place}" for format, place in places.items()]
    run = gonogo(*CHECK, path, *wanted, cwd=folder, **variables)
    assert run.returncode in (1, 2), run.stderr
    return {format: place.read_text("utf-8") for format, place in places.items()}


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", ""])
def test_a_path_is_that_from_the_root(variable: str, repository: Path) -> None:
    """From a folder, absolute, through links; the root that a server names may be a link too.

    Without such a server the folder that one stands in is the root.
    """
    linked = str(repository.parent / "checkout")
    variables = {variable: linked} if variable else {}
    ways: list[tuple[Path, str | Path]] = [
        (repository, "models/n-9.yaml"),
        (repository, repository / "models/n-9.yaml"),
        (repository, "work/release.yaml"),
    ]
    if variable:
        ways += [(repository / "work", "../models/n-9.yaml"), (repository / "work", "release.yaml")]
    found = [reports(folder, path, **variables) for folder, path in ways]

    for format in MARKING:
        outputs = {each[format] for each in found}
        assert {path for each in outputs for path in files_in(format, each)} == {"models/n-9.yaml"}
        if format != "junit":  # whose failures say what a person would read, as typed
            assert len(outputs) == 1


def test_what_lies_in_no_checkout_keeps_its_path(repository: Path) -> None:
    elsewhere = str(repository.parent / "elsewhere")
    run = gonogo(
        *CHECK, "../models/n-9.yaml", "--format", "gitlab", cwd=repository / "work",
        CI_PROJECT_DIR=elsewhere,
    )  # fmt: skip
    assert files_in("gitlab", run.stdout) == {"../models/n-9.yaml"}
    piped = gonogo(*CHECK, "-", "--format", "gitlab", stdin=SHORTEST)
    assert files_in("gitlab", piped.stdout) == {"standard-input"}


def test_a_report_for_people_and_programs_names_what_was_typed(repository: Path) -> None:
    workspace = {"GITHUB_WORKSPACE": str(repository)}
    where = repository / "work"
    shown = gonogo(*CHECK, "../models/n-9.yaml", "--format", "json", cwd=where, **workspace)
    assert json.loads(shown.stdout)["manifest"]["path"] == "../models/n-9.yaml"
    for format in ("text", "markdown", "html"):
        run = gonogo(*CHECK, "../models/n-9.yaml", "--format", format, cwd=where, **workspace)
        assert "../models/n-9.yaml" in run.stdout


def test_a_manifest_that_cannot_be_read_is_marked_there_too(repository: Path) -> None:
    """It is the manifest that is at fault, by whatever path it was named."""
    (repository / "models/n-9.yaml").write_text("manifest: gonogo/1\nmodel: [\n", "utf-8")
    workspace = {"GITHUB_WORKSPACE": str(repository)}
    found = reports(repository / "work", "../models/n-9.yaml", **workspace)

    for format in MARKING:
        assert files_in(format, found[format]) == {"models/n-9.yaml"}

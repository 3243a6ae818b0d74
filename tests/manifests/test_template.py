"""A manifest to start from: it asks for everything, and answers nothing."""

import re
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from conftest import Checked
from gonogo.diagnostics import InputError
from gonogo.library import load_vocabulary
from gonogo.manifests.facts import Kind, Manifest
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.template import template
from gonogo.manifests.vocabulary import Vocabulary
from test_cli import gonogo

ANSWERS = {
    Kind.TEXT: '"1.0"',
    Kind.NAME: "N-9",
    Kind.ID: "northlight",
    Kind.FLAG: "true",
    Kind.AMOUNT: "3e26",
    Kind.DAYS: "30",
    Kind.MOMENT: "2026-09-01",
    Kind.LIST: "[us]",
}


@pytest.fixture(scope="module")
def text(vocabulary: Vocabulary) -> str:
    return template(vocabulary)


def _uncommented(text: str) -> str:
    return re.sub("^# ", "", text.partition("manifest:")[2], flags=re.M)


def test_every_fact_can_be_uncommented(text: str, vocabulary: Vocabulary) -> None:
    """With each comment mark taken away, what is left names each fact once, all of them empty."""
    data = yaml.safe_load(f"manifest:{_uncommented(text)}")
    found = set()

    def walk(node: dict[str, object], path: str) -> None:
        for key, value in node.items():
            if isinstance(value, dict):
                walk(value, f"{path}{key}.")
            else:
                found.add(f"{path}{key}")
                assert value is None

    walk({key: part for key, part in data.items() if key not in ("manifest", "evidence")}, "")
    assert found == vocabulary.leaves
    assert list(data["evidence"][0]) == ["id", "kind", "path", "sha256", "supports"]


def test_filled_in_it_is_a_manifest(text: str, vocabulary: Vocabulary, checked: Checked) -> None:
    """Each fact with a value of its kind, and no evidence."""
    filled = f"manifest:{_uncommented(text)}".partition("evidence:")[0]
    for path, spec in vocabulary.specs.items():
        if path in vocabulary.leaves:
            key, indent = path.rpartition(".")[2], "  " * path.count(".")
            answer = spec.choices[0] if spec.choices else ANSWERS[spec.kind]
            filled, count = re.subn(
                rf"^{indent}{key}:( .*)?$", f"{indent}{key}: {answer}", filled, flags=re.M
            )
            assert count, path
    assert checked(filled).verdict in ("GO", "NO-GO", "UNDETERMINED")


def test_as_it_is_it_asks_for_what_must_be_there(text: str) -> None:
    with pytest.raises(InputError) as refused:
        _read(text)
    assert [problem.message.partition(":")[0] for problem in refused.value.problems] == [
        "`model.name`", "`model.version`", "`model.developer`", "`model.weights`",
    ]  # fmt: skip


def test_no_line_is_too_long(text: str) -> None:
    assert max(map(len, text.splitlines())) <= 100


def _read(text: str) -> Manifest:
    zone = ZoneInfo("America/New_York")
    return read_manifest(text.encode(), "release.yaml", load_vocabulary(), zone, {})


def _init(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return gonogo("init", *arguments, cwd=folder)


def test_a_new_file_is_written(text: str, tmp_path: Path) -> None:
    run = _init(tmp_path, "release.yaml")

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert (tmp_path / "release.yaml").read_text("utf-8") == text
    assert _init(tmp_path).stdout == text


def test_what_exists_is_never_replaced(tmp_path: Path) -> None:
    """Nor is a link, wherever it leads."""
    (tmp_path / "release.yaml").write_text("mine", "utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")

    for name in ("release.yaml", "link.yaml"):
        run = _init(tmp_path, name)
        assert run.returncode == 2
        assert run.stderr == f"{name}: exists already\n  help: name a new file\n"
    assert (tmp_path / "release.yaml").read_text("utf-8") == "mine"
    assert not (tmp_path / "nowhere.yaml").exists()


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    run = _init(tmp_path, "no/such/release.yaml")

    assert run.returncode == 2
    assert run.stderr.startswith("no/such/release.yaml: cannot be written")

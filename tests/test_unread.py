"""Folders of packs: what lies there is read or refused, so that no rule is lost in silence."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from test_cli import SHORTEST, gonogo
from test_library import PACK, RULES, messages, pack

TESTS = "tests: []\n"


def _as_anybody() -> None:
    """Root may read everything; without these capabilities it is like anybody else."""
    prctl_capbset_drop, cap_dac_override, cap_dac_read_search = 24, 1, 2
    if os.geteuid() == 0:
        for capability in (cap_dac_override, cap_dac_read_search):
            ctypes.CDLL(None, use_errno=True).prctl(prctl_capbset_drop, capability, 0, 0, 0)


def loading(base: Path, vocabulary: Vocabulary, id: str = "demo") -> list[str]:
    """What is wrong with a pack, without the folder that it is in."""
    said = messages(lambda: Library([str(base)], vocabulary).load(id))
    return [each.replace(f"{base}/", "").replace(str(base), "BASE") for each in said]


@pytest.mark.parametrize("part", ["rules", "registers"])
@pytest.mark.parametrize(
    "name", ["Extra.YAML", "extra.Yml", "extra.txt", "extra.json", "own.yaml.bak", "extra"]
)
def test_a_file_that_is_not_read_is_an_error(
    part: str, name: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """By another suffix a binding rule would be no rule at all."""
    folder = pack(tmp_path, "demo")
    (folder / part).mkdir(exist_ok=True)
    (folder / part / name).write_text("rules: []\n")

    assert loading(tmp_path, vocabulary) == [
        f"demo/{part}/{name}: is not read\n"
        f"  help: rename it to <topic>.yaml, or move it out of {part}/"
    ]


@pytest.mark.parametrize("part", ["rules", "registers"])
def test_a_folder_in_a_part_is_an_error(part: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    (pack(tmp_path, "demo") / part / "x").mkdir(parents=True)
    (tmp_path / "demo" / part / "x/extra.yaml").write_text("rules: []\n")

    assert loading(tmp_path, vocabulary) == [
        f"demo/{part}/x: is a folder, and nothing in it is read\n  help: move its files to {part}/"
    ]


def test_a_part_that_is_a_file_or_leads_nowhere_is_an_error(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    folder = pack(tmp_path, "demo")
    (folder / "registers").write_text("")
    assert loading(tmp_path, vocabulary) == ["demo/registers: cannot be read: not a directory"]
    (folder / "registers").unlink()
    (folder / "registers").symlink_to("nowhere")
    assert loading(tmp_path, vocabulary) == [
        "demo/registers: cannot be read: no such file or directory"
    ]


@pytest.mark.parametrize(
    "name", ["README.md", ".DS_Store", ".own.yaml.swp", "own.yaml~", "#own.yaml#", ".#own.yaml"]
)
def test_notes_and_leftovers_may_lie_there(
    name: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """They are not read, and nobody could think that they are."""
    folder = pack(tmp_path, "demo")
    (folder / "rules" / name).write_text("rules: [")

    assert len(Library([str(tmp_path)], vocabulary).load("demo").rules) == 1


@pytest.mark.parametrize(
    ("name", "part"),
    [("Rules", "rules"), ("rule", "rules"), ("rules.yaml", "rules"), ("Register", "registers")],
)
def test_a_part_by_another_name_is_an_error(
    name: str, part: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    place = pack(tmp_path, "demo") / name
    place.write_text("rules: []\n") if place.suffix else place.mkdir()

    assert loading(tmp_path, vocabulary) == [
        f"demo/{name}: is not read\n  help: {part} are read from {part}/<topic>.yaml"
    ]


@pytest.mark.parametrize("name", ["README.md", "packs.intoto.json", "test-plan.md", "notes"])
def test_other_things_beside_a_pack_are_its_own(
    name: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (pack(tmp_path, "demo") / name).write_text("mine")

    assert len(Library([str(tmp_path / "demo")], vocabulary).load("demo").rules) == 1


@pytest.mark.parametrize("name", ["pack.yml", "Pack.yaml", "PACK.YML"])
@pytest.mark.parametrize("given", ["", "/demo"])
def test_a_pack_by_another_name_is_an_error(
    name: str, given: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Its folder would be passed over, and the shipped pack of the same id be used instead."""
    (pack(tmp_path, "demo") / "pack.yaml").rename(tmp_path / "demo" / name)

    said = messages(lambda: Library([f"{tmp_path}{given}"], vocabulary))
    assert said == [f"{tmp_path}/demo/{name}: is not read\n  help: rename it to pack.yaml"]


def test_two_heads_are_an_error(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (pack(tmp_path, "demo") / "pack.yml").write_text(PACK.format(id="demo"))

    assert loading(tmp_path, vocabulary) == [
        "demo/pack.yml: is not read\n  help: rename it to pack.yaml"
    ]


@pytest.mark.parametrize("given", ["", "/demo"])
def test_rules_without_a_pack_are_an_error(
    given: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (pack(tmp_path, "demo") / "pack.yaml").unlink()
    pack(tmp_path, "other")

    said = messages(lambda: Library([f"{tmp_path}{given}"], vocabulary))
    assert said == [
        f"{tmp_path}/demo: has rules/ but no pack.yaml, so that nothing in it is read\n"
        "  help: add pack.yaml, or move it elsewhere"
    ]


@pytest.mark.parametrize("name", ["profiles.yml", "Profiles.yaml"])
def test_profiles_by_another_name_are_an_error(
    name: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Else the shipped ones would say what blocks."""
    pack(tmp_path, "demo")
    (tmp_path / name).write_text("profiles: {}\n")

    said = messages(lambda: Library([str(tmp_path)], vocabulary))
    assert said == [f"{tmp_path}/{name}: is not read\n  help: rename it to profiles.yaml"]


@pytest.mark.parametrize("name", ["dates.YAML", "q/coverage.yaml"])
def test_tests_that_are_not_read_are_an_error(
    name: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Of the one who runs them: a check reads none."""
    (pack(tmp_path, "demo") / "tests" / name).parent.mkdir(parents=True)
    (tmp_path / "demo/tests/own.yaml").write_text(TESTS)
    (tmp_path / "demo/tests" / name).write_text(TESTS)
    library = Library([str(tmp_path)], vocabulary)
    library.load("demo")

    [said] = messages(lambda: library.tests_of("demo"))
    assert said.startswith(f"{tmp_path}/demo/tests/{Path(name).parts[0]}: is ")


def test_everything_at_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = pack(tmp_path, "demo")
    (folder / "rules/a.txt").write_text("")
    (folder / "registers").mkdir()
    (folder / "registers/b.YAML").write_text("")
    (folder / "rules.yaml").write_text("")

    assert [each.split(":")[0] for each in loading(tmp_path, vocabulary)] == [
        "demo/rules.yaml", "demo/rules/a.txt", "demo/registers/b.YAML",
    ]  # fmt: skip


def test_a_binding_rule_that_is_not_read_is_no_verdict(tmp_path: Path) -> None:
    """What made a NO-GO a GO: exit 2, and the place."""
    folder = pack(tmp_path, "demo", rules=RULES.replace("house", "binding"))
    (folder / "rules/own.yaml").rename(folder / "rules/own.YAML")
    open_weights = SHORTEST.replace("closed", "open")

    run = gonogo("check", "-", "--policies", tmp_path, "--pack", "demo", stdin=open_weights)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"{tmp_path}/demo/rules/own.YAML: is not read\n")


@pytest.mark.parametrize("mode", [0o000, 0o311, 0o644], ids=["nothing", "no list", "no enter"])
@pytest.mark.parametrize("closed", ["", "demo", "demo/rules"])
def test_a_folder_that_may_not_be_read(closed: str, mode: int, tmp_path: Path) -> None:
    """Wherever in the packs it is: bad input that names it, not a crash."""
    pack(tmp_path / "packs", "demo")
    place = tmp_path / "packs" / closed
    place.chmod(mode)
    try:
        run = subprocess.run(
            [sys.executable, "-m", "gonogo", "check", "-", "--pack", "demo", "--policies", "packs"],
            cwd=tmp_path, input=SHORTEST, capture_output=True, text=True, check=False,
            preexec_fn=_as_anybody,
        )  # fmt: skip
    finally:
        place.chmod(0o755)

    assert (run.returncode, run.stdout) == (2, "")
    assert os.path.join("packs", closed).rstrip("/") in run.stderr  # noqa: PTH118 - as it is shown
    assert "may not be read" in run.stderr

"""What `policy diff` compares: the working tree where NEW is left out, and stored manifests."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import gonogo

PACK = """\
pack: demo
version: "{version}"
title: A pack for tests
timezone: America/New_York
governing_date: release.first_at
sources: {{memo: {{title: A memo, retrieved: 2026-11-23, standing: house}}}}
facts: {facts}
"""
RULES = """\
rules:
  - id: only
    title: The only rule
    class: house
    cites: [memo]
    require: [{{fact: model.weights, equals: {weights}}}]
"""
MANIFEST = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
release: {public_at: 2026-12-01}
"""


def write_pack(
    base: Path, *, version: str = "1", weights: str = "closed", facts: str = "{}"
) -> str:
    (base / "demo" / "rules").mkdir(parents=True, exist_ok=True)
    text = PACK.format(version=version, facts=facts)
    (base / "demo" / "pack.yaml").write_text(text, "utf-8")
    (base / "demo" / "rules" / "all.yaml").write_text(RULES.format(weights=weights), "utf-8")
    return str(base)


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return gonogo("policy", "diff", *arguments, cwd=folder)


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=northlight", "-c", "user.email=staff@northlight.example"]
    subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository whose pack was committed as version 1 and is version 2 in the working tree."""
    write_pack(tmp_path / "packs")
    git(tmp_path, "init", "-qb", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "One")
    write_pack(tmp_path / "packs", version="2", weights="open")
    return tmp_path


@pytest.mark.parametrize(
    ("below", "old", "new"),
    [
        (".", "main:packs", "packs"),
        (".", "HEAD:./packs/demo/", "packs/demo"),
        ("packs", "main:packs", "."),  # git reads a path from the top of the repository
        ("packs", "main:./demo", "demo"),
        ("packs/demo", "main:packs/demo", "."),
    ],
)
def test_without_new_a_revision_is_compared_with_the_working_tree(
    below: str, old: str, new: str, clone: Path
) -> None:
    run = diff(clone / below, old)

    assert run.stderr == ""
    assert run.returncode == 1
    assert run.stdout.startswith(
        f"From {old} to {new}\n\nVerdicts can change, through demo/only.\n\n"
        "Looked at demo 1 and 2: 1 rule.\n"
    )


def test_a_folder_alone_is_compared_with_nothing(clone: Path) -> None:
    run = diff(clone, "packs")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "packs: is compared with nothing\n"
        "  help: name NEW too; only a git revision such as main:policies can stand alone\n"
    )


def test_a_revision_whose_folder_is_gone_from_the_working_tree(clone: Path) -> None:
    git(clone, "mv", "packs", "policies")

    run = diff(clone, "main:packs")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("packs: is no folder\n  help: ")


def test_what_was_looked_at_is_said_of_equal_packs_too(clone: Path) -> None:
    run = diff(clone, "packs", "packs")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == (
        "From packs to packs\n\nNo verdict can change. The packs say the same.\n\n"
        "Looked at demo 2: 1 rule.\n"
    )
    data = json.loads(diff(clone, "packs", "packs", "--format", "json").stdout)
    assert data["packs"][0]["looked_at"] == {"old": 1, "new": 1}


def test_files_of_packs_are_no_stored_manifests(clone: Path) -> None:
    """A manifest beside them is one, also in a folder that is called as a part of a pack is."""
    (clone / "packs" / "profiles.yaml").write_bytes((ROOT / "policies/profiles.yaml").read_bytes())
    for name in ("packs/demo/n-9.yaml", "rules/n-9.yaml"):
        path = clone / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(MANIFEST, "utf-8")

    run = diff(clone, "main:packs", "packs", "--corpus", ".", "--format", "json")

    corpus = json.loads(run.stdout)["corpus"]
    assert (corpus["checked"], corpus["unreadable"]) == (2, [])
    assert [
        (each["path"], each["old"], each["new"])
        for each in corpus["changed"]
        if each["profile"] == "standard"
    ] == [("packs/demo/n-9.yaml", "GO", "NO-GO"), ("rules/n-9.yaml", "GO", "NO-GO")]


def test_a_corpus_without_a_manifest_is_no_corpus(clone: Path) -> None:
    """Nothing was checked, so nothing may be said to stay."""
    run = diff(clone, "main:packs", "main:packs", "--corpus", "packs")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "packs: is a folder without manifests\n"
        "  help: a manifest is a .yaml or .json file that begins with `manifest: gonogo/1`\n"
    )


def test_a_stored_manifest_that_only_one_side_reads_loses_its_verdict(clone: Path) -> None:
    for side, type in (("old", "date"), ("new", "number")):
        fact = f"{{extra.card_at: {{type: {type}, title: card, ask: When?}}}}"
        write_pack(clone / side, facts=fact)
    (clone / "kept").mkdir()
    path = clone / "kept" / "n-9.yaml"
    path.write_text(MANIFEST + "extra: {card_at: 2026-11-01}\n", "utf-8")

    run = diff(clone, "old", "new", "--corpus", "kept")

    assert (run.returncode, run.stderr) == (1, "")
    assert re.search(r"^  kept/n-9.yaml +standard +GO +refused$", run.stdout, re.M)
    assert "\n  1 cannot be read, at least on one side:\n\n  kept/n-9.yaml:4:18: " in run.stdout
    data = json.loads(diff(clone, "old", "new", "--corpus", "kept", "--format", "json").stdout)
    assert {"path": "kept/n-9.yaml", "profile": "standard", "old": "GO", "new": None} in data[
        "corpus"
    ]["changed"]
    assert data["can_change_verdict"] is True


def test_stored_manifests_are_judged_with_waivers(tmp_path: Path) -> None:
    """A weight that the new rule refuses, and a waiver that covers this release."""
    old = write_pack(tmp_path / "old")
    new = write_pack(tmp_path / "new", version="2", weights="open")
    for folder in (old, new):
        head = Path(folder) / "demo/pack.yaml"
        head.write_text(head.read_text("utf-8") + "waivers: {most_days: 30}\n", "utf-8")
    (tmp_path / "stored").mkdir()
    (tmp_path / "stored/release.yaml").write_text(MANIFEST, "utf-8")
    waivers = tmp_path / "stored/waivers.yaml"
    waivers.write_text(
        "waivers:\n"
        '  - {rule: demo/only, subject: {developer: northlight, model: N-9, version: "1.0"},\n'
        "     reason: once, requested_by: anna, approved_by: bert, ticket: NL-1,\n"
        "     from: 2026-11-20, until: 2026-12-10}\n",
        "utf-8",
    )

    def changed(*arguments: str) -> list[tuple[str, str]]:
        run = diff(tmp_path, old, new, "--corpus", "stored", "--format", "json", *arguments)
        corpus = json.loads(run.stdout)["corpus"]
        assert corpus["checked"] == 1
        return [(each["old"], each["new"]) for each in corpus["changed"]]

    assert set(changed()) == {("GO", "NO-GO")}
    assert changed("--waivers", str(waivers), "--as-of", "2026-12-10") == []
    assert set(changed("--waivers", str(waivers), "--as-of", "2026-12-11")) == {("GO", "NO-GO")}
    alone = diff(tmp_path, old, new, "--waivers", str(waivers))
    assert (alone.returncode, "add --corpus DIR" in alone.stderr) == (2, True)


HOUSE = """\
pack: acme
version: "1"
title: What Acme adds
default: true
extends: demo
sources: {own: {title: Our own, retrieved: 2026-11-23, standing: house}}
"""
OWN_RULE = """\
rules:
  - id: named
    title: The model is called N-9
    class: house
    cites: [own]
    require: [{fact: model.name, equals: N-9}]
"""


def write_house(base: Path, head: str = HOUSE) -> str:
    (base / "acme" / "rules").mkdir(parents=True)
    (base / "acme" / "pack.yaml").write_text(head, "utf-8")
    (base / "acme" / "rules" / "own.yaml").write_text(OWN_RULE, "utf-8")
    return str(base)


@pytest.mark.parametrize("is_default", [True, False])
def test_a_new_house_pack_is_compared_with_the_pack_it_extends(
    is_default: bool, tmp_path: Path
) -> None:
    """Rule by rule, as one edited pack: `is new` and `is gone` would tell nobody anything."""
    write_pack(tmp_path / "packs")
    head = HOUSE if is_default else HOUSE.replace("default: true\n", "")
    write_house(Path(write_pack(tmp_path / "house")), head)

    run = diff(tmp_path, "packs", "house")

    assert (run.returncode, run.stderr) == (1, "")
    assert "Verdicts can change, through acme/named." in run.stdout
    assert "Looked at demo 1: 1 rule; demo 1 and acme 1: 2 rules." in run.stdout
    assert "The pack acme beside demo, which it extends" in run.stdout
    assert "acme/named was added" in run.stdout
    assert "outcome: no such rule before, fail after" in run.stdout
    for wrong in ("is new", "is gone", "title changed", "Its version is still"):
        assert wrong not in run.stdout


def test_the_data_name_the_pack_that_a_new_one_stands_beside(tmp_path: Path) -> None:
    write_pack(tmp_path / "packs")
    write_house(Path(write_pack(tmp_path / "house")))

    same, found = json.loads(diff(tmp_path, "packs", "house", "--format", "json").stdout)["packs"]

    assert (same["id"], same["base"], same["rules"]) == ("demo", None, [])
    assert (found["id"], found["base"], found["looked_at"]) == (
        "acme",
        "demo",
        {"old": 1, "new": 2},
    )
    assert [rule["rule"] for rule in found["rules"]] == ["acme/named"]


def test_a_house_pack_in_a_folder_of_its_own_takes_the_place_of_the_shipped_one() -> None:
    """The first `policy diff` that a house runs: the shipped pack is not `gone`, it is changed."""
    run = diff(ROOT, "policies", "examples/house-pack/policies")

    assert (run.returncode, run.stderr) == (1, "")
    assert "The pack northlight beside eo-14409, which it extends" in run.stdout
    for changed in (
        "eo-14409/review-window-held rests on what was changed",
        "northlight/red-team-done was added",
    ):
        assert changed in run.stdout
    assert "is gone" not in run.stdout


def test_a_house_pack_that_replaces_nothing_is_new(tmp_path: Path) -> None:
    """Beside a default pack that stays in use, one that is used when named changes no verdict."""
    write_pack(tmp_path / "old")
    write_pack(tmp_path / "new")
    pack = tmp_path / "new" / "demo" / "pack.yaml"
    for each in (pack, tmp_path / "old" / "demo" / "pack.yaml"):
        each.write_text(each.read_text("utf-8") + "default: true\n", "utf-8")
    write_house(tmp_path / "new", HOUSE.replace("default: true\n", ""))

    assert "The pack acme is new" in diff(tmp_path, "old", "new").stdout

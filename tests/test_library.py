"""Where packs and profiles are found, what shadows what, and the digest of a pack."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.diagnostics import InputError
from gonogo.library import Library, embedded_policies
from gonogo.manifests.vocabulary import Vocabulary

PACK = """\
pack: {id}
version: "1"
title: A pack for tests
timezone: America/New_York
governing_date: release.first_at
sources: {{memo: {{title: A memo, standing: house}}}}
"""
CHILD = 'pack: {id}\nversion: "1"\ntitle: A child\nextends: {parent}\n'
RULES = """\
rules:
  - id: closed
    title: The weights stay closed
    class: house
    cites: [memo]
    require: [{fact: model.weights, equals: closed}]
"""
MANIFEST = (
    "manifest: gonogo/1\n"
    'model: {name: N-9, version: "1.0", developer: northlight, weights: closed}\n'
    "release: {public_at: 2026-12-01}\n"
)

Load = Callable[[], object]


def pack(base: Path, name: str, head: str = "", rules: str = RULES) -> Path:
    folder = base / name
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text(head or PACK.format(id=name), "utf-8")
    (folder / "rules" / "own.yaml").write_text(rules, "utf-8")
    return folder


def messages(act: Load) -> list[str]:
    with pytest.raises(InputError) as error:
        act()
    return [str(problem) for problem in error.value.problems]


def copied(base: Path) -> Path:
    """The embedded EO pack in a folder of its own."""
    shutil.copytree(embedded_policies() / "eo-14409", base / "eo-14409")
    return base / "eo-14409"


def test_the_embedded_copy_is_the_default(library: Library) -> None:
    """Without --policies and --pack it is the EO pack."""
    assert [each.id for each in library.select(())] == ["eo-14409"]


def test_a_given_folder_adds_its_packs(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Packs below the folder are found, files beside them are not packs; the EO pack stays."""
    pack(tmp_path, "demo")
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("not a pack", "utf-8")
    library = Library([str(tmp_path)], vocabulary)
    assert set(library.found) >= {"demo", "eo-14409"}
    assert [rule.key for rule in library.load("demo").rules] == ["demo/closed"]


def test_a_given_folder_may_be_the_pack_itself(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """--policies policies/demo names one pack."""
    folder = pack(tmp_path, "demo")
    pack(tmp_path, "other")
    library = Library([str(folder)], vocabulary)
    assert "demo" in library.found
    assert "other" not in library.found


def test_a_given_folder_shadows_the_embedded_copy(
    tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    """The same id in a given folder stands in for the embedded one, and the digest says so."""
    folder = copied(tmp_path)
    text = (folder / "pack.yaml").read_text("utf-8")
    (folder / "pack.yaml").write_text(text.replace("version: 2026.11.1", "version: ours"), "utf-8")
    ours = Library([str(tmp_path)], vocabulary).load("eo-14409").identity
    assert ours.version == "ours"
    assert str(ours.digest) != str(library.load("eo-14409").identity.digest)


def test_extends_finds_the_shadowing_parent(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Lookup is one for packs and for what they extend."""
    pack(tmp_path / "a", "eo-14409", PACK.format(id="eo-14409"))
    pack(tmp_path / "b", "child", CHILD.format(id="child", parent="eo-14409"), "rules: []\n")
    library = Library([str(tmp_path / "a"), str(tmp_path / "b")], vocabulary)
    assert [rule.key for rule in library.load("child").rules] == ["eo-14409/closed"]


def test_the_same_id_twice_is_an_error(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Two given folders with one id: neither wins."""
    pack(tmp_path / "a", "demo")
    pack(tmp_path / "b", "demo")
    said = messages(lambda: Library([str(tmp_path / "a"), str(tmp_path / "b")], vocabulary))
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path}/b/demo/pack.yaml:1:")
    assert f"`demo` is also in {tmp_path}/a/demo" in said[0]
    assert "\n  help: " in said[0]


def test_the_same_id_twice_in_one_folder_is_an_error(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A folder that was copied for safe keeping is not a second pack."""
    pack(tmp_path, "demo")
    pack(tmp_path, "demo-old", PACK.format(id="demo"))
    said = messages(lambda: Library([str(tmp_path)], vocabulary))
    assert len(said) == 1
    assert f"`demo` is also in {tmp_path}/demo" in said[0]


@pytest.mark.parametrize("name", ["missing", "file"])
def test_policies_that_are_no_folder(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A mistyped --policies must not fall back to the embedded packs in silence."""
    (tmp_path / "file").write_text("pack: demo\n", "utf-8")
    said = messages(lambda: Library([str(tmp_path / name)], vocabulary))
    help = "check --policies, or GONOGO_POLICIES"
    assert said == [f"{tmp_path / name}: is no folder of packs\n  help: {help}"]


def test_policies_without_a_pack(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """An empty folder of packs is a mistake too: nothing of it would be used."""
    said = messages(lambda: Library([str(tmp_path)], vocabulary))
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path}: ")


def test_a_folder_with_profiles_only(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """profiles.yaml alone is a use of --policies: it shadows the embedded one."""
    line = "{binding: block, commitment: note, house: note, framework: note, reference: note}"
    text = f"default: quiet\nprofiles:\n  quiet: {line}\n"
    (tmp_path / "profiles.yaml").write_text(text, "utf-8")
    found, default = Library([str(tmp_path)], vocabulary).profiles()
    assert (list(found), default) == (["quiet"], "quiet")


def test_unknown_pack(library: Library) -> None:
    """The name that was probably meant, else the known ones."""
    assert "did you mean `eo-14409`?" in messages(lambda: library.select(["eo-14408"]))[0]
    assert "known packs: eo-14409" in messages(lambda: library.select(["zzz"]))[0]


def test_extends_an_unknown_pack(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The place of `extends`, and the pack that was meant."""
    pack(tmp_path, "child", CHILD.format(id="child", parent="eo-14408"), "rules: []\n")
    said = messages(lambda: Library([str(tmp_path)], vocabulary).load("child"))
    assert said == [
        f"{tmp_path}/child/pack.yaml:4:10: `extends`: there is no pack `eo-14408`"
        "\n  help: did you mean `eo-14409`?"
    ]


def test_extends_a_pack_that_is_nowhere(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The packs there are, and how to name a folder of others."""
    pack(tmp_path, "child", CHILD.format(id="child", parent="zzz"), "rules: []\n")
    [said] = messages(lambda: Library([str(tmp_path)], vocabulary).load("child"))
    assert said.endswith("help: known packs: child, eo-14409; --policies names a folder of others")


@pytest.mark.parametrize("ids", [("one",), ("one", "two"), ("one", "two", "three")])
def test_extends_in_a_circle(ids: tuple[str, ...], tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Each extends the next and the last the first: no pack of the circle loads."""
    for id, parent in zip(ids, (*ids[1:], ids[0]), strict=True):
        pack(tmp_path, id, CHILD.format(id=id, parent=parent), "rules: []\n")
    said = messages(lambda: Library([str(tmp_path)], vocabulary).load("one"))
    assert len(said) == 1
    assert " -> ".join((*ids, "one")) in said[0]
    assert said[0].startswith(f"{tmp_path}/one/pack.yaml:")
    assert said[0].endswith("help: delete `extends` in one of them")


def test_no_pack_is_the_default(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A shadowing pack without `default: true` leaves none: say so, never check nothing."""
    folder = copied(tmp_path)
    text = (folder / "pack.yaml").read_text("utf-8")
    (folder / "pack.yaml").write_text(text.replace("default: true\n", ""), "utf-8")
    said = messages(lambda: Library([str(tmp_path)], vocabulary).select(()))
    assert "no pack is the default one" in said[0]
    assert "--pack" in said[0]


def digest(folder: Path) -> str:
    """sha256 over the sorted lines `<sha256>  <relative path>`, as `sha256sum` writes them."""
    lines = sorted(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in folder.rglob("*.yaml")
        if "tests" not in path.relative_to(folder).parts
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_digest_of_the_shipped_pack(library: Library) -> None:
    """It covers pack.yaml, every rules file and every register."""
    assert str(library.load("eo-14409").identity.digest) == digest(embedded_policies() / "eo-14409")


def test_digest_does_not_depend_on_the_folder(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The same files elsewhere, also named with a slash or as the pack itself, are the same."""
    folder = copied(tmp_path / "x")
    wanted = digest(folder)
    for given in (str(tmp_path / "x"), f"{tmp_path}/x/", str(folder), f"{folder}/"):
        assert str(Library([given], vocabulary).load("eo-14409").identity.digest) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "pack.yaml",
        "rules/review-window.yaml",
        "rules/reference.yaml",
        "registers/directives.yaml",
        "registers/participants.yaml",
    ],
)
def test_digest_changes_with_a_byte(
    name: str, tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    """Even a comment's byte: what is pinned is the file."""
    path = copied(tmp_path) / name
    path.write_bytes(path.read_bytes() + b"#")
    changed = str(Library([str(tmp_path)], vocabulary).load("eo-14409").identity.digest)
    assert changed != str(library.load("eo-14409").identity.digest)
    assert changed == digest(tmp_path / "eo-14409")


def test_digest_changes_with_a_name(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The same bytes under another name are another pack: the name is in the line."""
    folder = copied(tmp_path)
    before = str(Library([str(tmp_path)], vocabulary).load("eo-14409").identity.digest)
    (folder / "rules" / "reference.yaml").rename(folder / "rules" / "references.yaml")
    assert str(Library([str(tmp_path)], vocabulary).load("eo-14409").identity.digest) != before


@pytest.mark.parametrize("given", [".", "./", "policies", "policies/demo", "policies/demo/"])
def test_a_folder_named_from_where_one_stands(given: str, tmp_path: Path) -> None:
    """Relative folders work, and name their files as they were typed."""
    pack(tmp_path / "policies", "demo", rules=RULES.replace("closed}", "closd}"))
    start = tmp_path / "policies" if given.startswith(".") else tmp_path
    (tmp_path / "release.yaml").write_text(MANIFEST, "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "gonogo", "check", str(tmp_path / "release.yaml")),
            *("--policies", given, "--pack", "demo"),
        ],
        cwd=start,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "demo/rules/own.yaml:6:45: " in done.stderr
    assert "//" not in done.stderr

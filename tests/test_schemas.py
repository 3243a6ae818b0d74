"""The published JSON Schemas: they are sound, and what the tool reads and writes fits them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from gonogo.library import embedded_policies, read_schema
from gonogo.manifests.validity import plain, validator
from gonogo.packs.language import Op
from gonogo.packs.policy import Effect, RuleClass, Standing
from gonogo.trees.reader import read_tree
from gonogo.values.times import DayCount

Data = dict[str, Any]

POLICIES = [
    path
    for path in sorted(embedded_policies().rglob("*.yaml"))
    if "tests" not in path.relative_to(embedded_policies()).parts
]
TABLES = Path(__file__).resolve().parent / "inputs" / "bad" / "packs"
SOUND = sorted((TABLES / "sound").rglob("*.yaml"))


def schema(name: str) -> Data:
    found: Data = json.loads(read_schema(name))
    return found


def fits(name: str, text: str) -> bool:
    tree = read_tree(text.encode(), "file.yaml")
    return validator(schema(name)).is_valid(plain(tree))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["manifest", "pack", "report"])
def test_the_command_prints_each_schema(name: str) -> None:
    """`gonogo schema NAME` prints a valid schema of draft 2020-12 under a name of its own."""
    done = run("gonogo", "schema", name)
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["$id"] == f"https://gonogo.invalid/schema/{name}-1.json"


def test_no_other_schema() -> None:
    """An unknown name is a bad command line."""
    assert run("gonogo", "schema", "verdict").returncode == 2


def properties(node: Any, path: str = "") -> Iterator[tuple[str, Data]]:
    """Every described property of a schema, except inside `if`, which only asks."""
    if isinstance(node, list):
        for item in node:
            yield from properties(item, path)
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        if key == "properties" and (node.get("type") == "object"):
            for name, part in child.items():
                yield f"{path}.{name}", part
        if key not in ("if", "then", "else", "examples", "oneOf"):
            yield from properties(child, f"{path}.{key}")


@pytest.mark.parametrize("name", ["pack", "report"])
def test_every_key_is_described(name: str) -> None:
    """An editor shows a title and a description at every key, its own or those of its type."""
    whole = schema(name)
    bare = []
    for path, part in properties(whole):
        target = whole["$defs"].get(part.get("$ref", "").removeprefix("#/$defs/"), {})
        if not all(part.get(word) or target.get(word) for word in ("title", "description")):
            bare.append(path)
    assert bare == []


@pytest.mark.parametrize("name", ["pack", "report"])
def test_every_definition_is_used(name: str) -> None:
    """Nothing is left over, and nothing refers to what is not there."""
    text = read_schema(name)
    defined = set(schema(name)["$defs"])
    used = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert used == defined


def test_the_pack_schema_knows_the_language() -> None:
    """Operators, day counts, classes, effects and standings are those of the code."""
    defs = schema("pack")["$defs"]
    operators = set(defs["fact_leaf"]["properties"]) - {"fact"}
    assert operators == {*(op.value for op in Op), "stated"}
    enums = {
        "class": {each.value for each in RuleClass},
        "effect": {each.value for each in Effect},
    }
    for name, words in enums.items():
        assert {each["const"] for each in defs[name]["oneOf"]} == words
    counts = defs["days_leaf"]["properties"]["count"]["oneOf"]
    assert {each["const"] for each in counts} == {each.value for each in DayCount}
    standings = defs["source"]["properties"]["standing"]["oneOf"]
    assert {each["const"] for each in standings} == {each.value for each in Standing}


@pytest.mark.parametrize(
    "path", [*POLICIES, *SOUND], ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_every_shipped_file_fits(path: Path) -> None:
    """What the loader reads, the schema for editors takes."""
    tree = read_tree(path.read_bytes(), path.name)
    errors = [error.message for error in validator(schema("pack")).iter_errors(plain(tree))]
    assert errors == []


def test_every_shipped_file_fits_with_another_reader() -> None:
    """check-jsonschema reads with another YAML parser, as an editor would."""
    path = Path(__file__).resolve().parents[1] / "src" / "gonogo" / "schemas" / "pack.json"
    files = [str(file) for file in (*POLICIES, *SOUND)]
    done = run("check_jsonschema", "--schemafile", str(path), *files)
    assert done.returncode == 0, done.stdout + done.stderr


# Mistakes of shape, which an editor can show; the rest needs the names in the other files.
SHAPE = {
    "unknown key in a rule",
    "unknown key in pack.yaml",
    "unknown key in a register",
    "two operators",
    "no operator",
    "no known subject",
    "operator that nobody knows",
    "date compared with a number",
    "unknown day count",
    "unknown class",
    "unknown standing",
    "unknown type of a field",
    "rule without cites",
    "empty cites",
    "no require",
    "note without a reason",
    "empty list of conditions",
    "empty list inside any",
    "any_row of a register and a list",
    "any_row without where",
    "days_from without to",
    "stated on a parameter",
    "holds beside an operator",
    "condition that is a word",
    "rule id that is no id",
    "rule in force from no date",
    "brace not closed",
    "dated value that says nothing",
    "dated value that says two things",
    "parameter without values",
    "ended that is false",
    "value that is a mapping",
    "row without a source",
    "other names that are no list",
    "register searched on no date",
    "derived fact of unknown form",
    "fact outside extra",
    "fact that no manifest can state",
    "derived fact of two forms",
    "review of the pack on no date",
    "choice without choices",
    "change without extends",
    "remove without extends",
    "reclass without extends",
    "default that is a word",
    "headline of nothing",
}
BAD = [
    case
    for table in sorted(TABLES.glob("*.yaml"))
    for case in yaml.safe_load(table.read_text("utf-8"))
    if case["mistake"] in SHAPE
]


def test_the_shape_errors_are_in_the_tables() -> None:
    """A mistake that is renamed there must be renamed here."""
    assert {case["mistake"] for case in BAD} == SHAPE


@pytest.mark.parametrize("case", BAD, ids=[case["mistake"] for case in BAD])
def test_mistakes_of_shape_do_not_fit(case: Data) -> None:
    """An editor marks them while they are typed."""
    sound = (TABLES / "sound" / case["file"]).read_text("utf-8")
    text = sound.replace(case["old"], case["new"].replace("»", ""))
    assert fits("pack", sound)
    assert not fits("pack", text)


ODD = {
    "house pack": "pack: a\nversion: x\ntitle: T\nextends: eo-14409\nchange: {}\nremove: []\n",
    "version that is a number": "pack: a\nversion: 1.10\ntitle: 7\nextends: eo-14409\n",
    "empty file of rules": "rules: []\n",
    "condition without a list": "rules: [{id: a, title: T, class: house, cites: [m], "
    "require: {fact: a.b, equals: c}}]\n",
    "lists in lists": "rules: [{id: a, title: T, class: house, cites: [m], "
    "require: [[{holds: a}], {any: [[{holds: b}]]}]}]\n",
    "note": "rules: [{id: a, title: T, class: reference, cites: [m], reason: 'Because } it is'}]\n",
    "numbers in quotes": "rules: [{id: a, title: T, class: house, cites: [m], "
    "require: [{fact: a.b, above: '1e26'}, {fact: a.b, equals: 1e26}]}]\n",
    "row of nothing but dates": "register: a_b-c\nas_of: 2026-11\nfields: {}\n"
    "rows: [{from: 2026, until: 2026}]\n".replace("2026, until: 2026", "2026-06, source: m"),
    "row with every kind": "register: a\nas_of: 2026-11-23\nfields: {x: {type: number}}\n"
    "rows: [{x: {low: 1, high: 2e26}, y: null, z: [a], w: true, v: 1, from: 2026-06-02, "
    "source: m}]\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_files_that_are_sound_fit(text: str) -> None:
    """The schema never refuses what the loader takes."""
    assert fits("pack", text)

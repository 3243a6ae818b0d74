"""The schemas take what the loader takes, and show its mistakes of shape while they are typed."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from schema_files import SCHEMAS, SHIPPED, SOUND, errors, kind_of

Data = dict[str, Any]

TABLES = SOUND.parent
FILES = [*SHIPPED, *sorted(SOUND.rglob("*.yaml"))]


def label(path: Path) -> str:
    return "-".join(path.relative_to(ROOT).parts[-3:])


@pytest.mark.parametrize("path", FILES, ids=label)
def test_every_file_fits(path: Path) -> None:
    """What the loader reads, the schema for editors takes."""
    assert errors(kind_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize("kind", sorted({kind_of(path) for path in FILES}))
def test_every_file_fits_with_another_reader(kind: str) -> None:
    """check-jsonschema reads YAML with another parser, and finds one schema from another."""
    files = [str(path) for path in FILES if kind_of(path) == kind]
    command = ["check_jsonschema", "--schemafile", str(SCHEMAS / f"{kind}.json"), *files]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SHIPPED, ids=label)
def test_every_shipped_file_names_its_schema(path: Path) -> None:
    """An editor that knows YAML completes it without settings.

    The path is that of a checkout. In an installed wheel there is no schema where it leads;
    nobody edits the packs there.
    """
    first = path.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)

    assert found, first
    assert (path.parent / found[1]).resolve() == SCHEMAS / f"{kind_of(path)}.json"
    assert not Path(found[1]).is_absolute()


def test_files_of_every_kind_are_shipped() -> None:
    assert {kind_of(path) for path in SHIPPED} == {"pack", "rules", "register", "tests", "profiles"}


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
    path = SOUND / case["file"]
    text = path.read_text("utf-8").replace(case["old"], case["new"].replace("»", ""))
    assert errors(kind_of(path), text) != []


ODD: Mapping[str, tuple[str, str]] = {
    "house pack": (
        "pack",
        "pack: a\nversion: x\ntitle: T\nextends: eo-14409\nchange: {}\nremove: []\n",
    ),
    "version that is a number": ("pack", "pack: a\nversion: 1.10\ntitle: 7\nextends: eo-14409\n"),
    "derived fact of a new name": (
        "pack",
        "pack: a\nversion: x\ntitle: T\nextends: b\n"
        "derived: {held: {earliest_of: [my.date, as_of]}}\n",
    ),
    "empty file of rules": ("rules", "rules: []\n"),
    "condition without a list": (
        "rules",
        "rules: [{id: a, title: T, class: house, cites: [m], require: {fact: a.b, equals: c}}]\n",
    ),
    "lists in lists": (
        "rules",
        "rules: [{id: a, title: T, class: house, cites: [m], "
        "require: [[{holds: a}], {any: [[{holds: b}]]}]}]\n",
    ),
    "note": (
        "rules",
        "rules: [{id: a, title: T, class: reference, cites: [m], reason: 'Because } it is'}]\n",
    ),
    "numbers in quotes": (
        "rules",
        "rules: [{id: a, title: T, class: house, cites: [m], "
        "require: [{fact: a.b, above: '1e26'}, {fact: a.b, equals: 1e26}]}]\n",
    ),
    "facts of a pack's own": (
        "rules",
        "rules: [{id: a, title: T, class: house, cites: [m], require: [{fact: held, stated: true}, "
        "{fact: extra.a_b, equals: 1}, {fact: register.a-b.as_of, after: {fact: row.At-1}}]}]\n",
    ),
    "row of nothing but dates": (
        "register",
        "register: a_b-c\nas_of: 2026-11\nfields: {}\nrows: [{from: 2026-06, source: m}]\n",
    ),
    "row with every kind": (
        "register",
        "register: a\nas_of: 2026-11-23\nfields: {x: {type: number}}\n"
        "rows: [{x: {low: 1, high: 2e26}, y: null, z: [a], w: true, v: 1, from: 2026-06-02, "
        "source: m}]\n",
    ),
}


@pytest.mark.parametrize(("kind", "text"), ODD.values(), ids=ODD)
def test_odd_files_that_are_sound_fit(kind: str, text: str) -> None:
    """The schema never refuses what the loader takes."""
    assert errors(kind, text) == []


@pytest.mark.parametrize("path", ["review window", "$days", "a..b", ".a", "a.", "''"])
def test_what_is_no_path_is_no_fact(path: str) -> None:
    rule = (
        "rules: [{id: a, title: T, class: house, cites: [m], require: [{fact: %s, stated: true}]}]"
    )
    assert errors("rules", rule % path) != []

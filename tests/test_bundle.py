"""Schemas that refer to each other on disk are printed as one that stands alone."""

import json

import pytest

from gonogo.bundle import bundle
from schema_files import NAMES, SCHEMAS, Data, at, on_disk, printed, values_of


@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed_stands_alone(name: str) -> None:
    """Every reference stays inside, and every definition is reached."""
    whole = printed(name)
    references = set(values_of(whole, "$ref"))

    assert all(at(whole, reference) for reference in references)
    assert {reference.split("/")[2] for reference in references} == set(whole["$defs"])
    assert list(values_of(whole["$defs"], "$id")) == []


def test_every_definition_is_used() -> None:
    """Nothing is left over in a file, and no printed name means different things of two files."""
    used = {name: set(printed(name)["$defs"]) for name in NAMES}
    language = set(on_disk("language")["$defs"])

    assert language <= set.union(*used.values())
    for name in ("manifest", "report", "tests"):
        assert set(on_disk(name)["$defs"]) <= used[name]
    assert set(on_disk("tests")["$defs"]).isdisjoint({*language, "manifest", "report"})


def test_a_schema_on_disk_has_no_name_of_its_own_where_it_refers_to_another() -> None:
    """With an `$id`, an editor would look for the other one on the web."""
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        others = [ref for ref in values_of(schema, "$ref") if not ref.startswith("#")]
        assert ("$id" in schema) is not bool(others), path.name


FILES: dict[str, Data] = {
    "one": {
        "$schema": "s",
        "title": "One",
        "properties": {
            "a": {"$ref": "language.json#/$defs/a"},
            "b": {"$ref": "two.json"},
            "c": {"$ref": "two.json#/properties/x"},
            "d": {"$ref": "#/$defs/own"},
        },
        "$defs": {"own": {"$ref": "two.json#/$defs/a/items"}, "left": {}},
    },
    "two": {
        "$id": "two",
        "properties": {"x": {"$ref": "#/$defs/a"}},
        "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}},
    },
    "language": {"$id": "language", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {}, "c": {}}},
}


def test_files_are_put_into_one() -> None:
    """Only what is reached, each under a name of its own; the files stay as they are."""
    before = json.dumps(FILES)

    assert bundle("one", FILES.__getitem__) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://gonogo.invalid/schema/one-1.json",
        "title": "One",
        "properties": {
            "a": {"$ref": "#/$defs/a"},
            "b": {"$ref": "#/$defs/two"},
            "c": {"$ref": "#/$defs/two/properties/x"},
            "d": {"$ref": "#/$defs/own"},
        },
        "$defs": {
            "a": {"$ref": "#/$defs/b"},
            "two": {"properties": {"x": {"$ref": "#/$defs/two.a"}}},
            "own": {"$ref": "#/$defs/two.a/items"},
            "b": {},
            "two.a": {"items": {"$ref": "#/$defs/two.a"}},
        },
    }
    assert json.dumps(FILES) == before

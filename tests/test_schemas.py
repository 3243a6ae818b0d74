"""The published JSON Schemas are sound, every key is explained, and they know the language."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gonogo.engine.judge import Outcome
from gonogo.library import Library
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.validity import validator
from gonogo.manifests.vocabulary import Section, Vocabulary
from gonogo.packs.language import Op
from gonogo.packs.operands import a_kind
from gonogo.packs.policy import Effect, FilledFrom, RowOf, RuleClass, Standing
from gonogo.values.times import DayCount
from schema_files import NAMES, Data, at, on_disk, printed, values_of

ALL = pytest.mark.parametrize("name", NAMES)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@ALL
def test_the_command_prints_each_schema(name: str) -> None:
    """`gonogo schema NAME` prints a valid schema of draft 2020-12 under a name of its own."""
    done = run("gonogo", "schema", name)

    assert (done.returncode, done.stderr) == (0, "")
    whole = json.loads(done.stdout)
    Draft202012Validator.check_schema(whole)
    assert whole == printed(name)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["$id"] == f"https://gonogo.invalid/schema/{name}-1.json"


def test_no_other_schema() -> None:
    """An unknown name is a bad command line, and so is the file that the others are made of."""
    assert run("gonogo", "schema", "verdict").returncode == 2
    assert run("gonogo", "schema", "language").returncode == 2


def forms(whole: Data, part: Data) -> Iterator[Data]:
    """A part of a schema and those that it refers to."""
    yield part
    while "$ref" in part:
        part = at(whole, part["$ref"])
        yield part


def inner(part: Data) -> list[Data]:
    """What a value, or an item of it, may be."""
    items = [part["items"]] if part.get("type") == "array" else []
    return [*part.get("anyOf", ()), *part.get("oneOf", ()), *items]


def is_scalar(whole: Data, part: Data, seen: tuple[int, ...] = ()) -> bool:
    """May a person write a word or a number here, or a list of them?"""
    for form in forms(whole, part):
        if id(form) in seen:
            continue
        seen = (*seen, id(form))
        known = "type" in form or "enum" in form or "const" in form
        if known and form.get("type") not in ("object", "array", "null"):
            return True
        if any(is_scalar(whole, each, seen) for each in inner(form)):
            return True
    return False


def helps(whole: Data, part: Data, seen: tuple[int, ...] = ()) -> bool:
    """Does an editor have something to offer: an example, or the words of a closed set?"""
    for form in forms(whole, part):
        if id(form) in seen:
            continue
        seen = (*seen, id(form))
        if not {"examples", "enum", "const"}.isdisjoint(form) or form.get("type") == "boolean":
            return True
        if any(helps(whole, each, seen) for each in inner(form)):
            return True
    return False


def keys(node: Any, path: str = "") -> Iterator[tuple[str, Data]]:
    """Every key of a schema, except in a condition on keys that are described elsewhere."""
    for name, child in node.items() if isinstance(node, dict) else enumerate(node):
        if name in ("properties", "patternProperties") and not {"type", "$ref"}.isdisjoint(node):
            for key, part in child.items():
                yield f"{path}.{key}", part
        if name not in ("if", "then", "else", "examples") and isinstance(child, dict | list):
            yield from keys(child, f"{path}.{name}")


@ALL
def test_every_key_is_described(name: str) -> None:
    """An editor shows a title, a description and what may be written, at every key."""
    whole = printed(name)
    bare = []
    for path, part in keys(whole):
        said = [word for form in forms(whole, part) for word in form]
        bare += [f"{path}: no {word}" for word in ("title", "description") if word not in said]
        if is_scalar(whole, part) and not helps(whole, part):
            bare.append(f"{path}: no example")
    assert bare == []


@ALL
def test_every_example_fits(name: str) -> None:
    """What an editor offers is right where it is offered."""
    whole = printed(name)
    wrong = []
    for path, part in keys(whole):
        checker = validator({"$defs": whole["$defs"], **part})
        examples = next((each["examples"] for each in forms(whole, part) if "examples" in each), ())
        wrong += [(path, each) for each in examples if not checker.is_valid(each)]
    assert wrong == []


def test_the_schemas_know_the_language() -> None:
    """Operators, day counts, classes, effects and standings are those of the code."""
    defs = on_disk("language")["$defs"]
    operators = set(defs["fact_leaf"]["properties"]) - {"fact"}
    assert operators == {*(op.value for op in Op), "stated"}
    enums = {
        "class": {each.value for each in RuleClass},
        "effect": {each.value for each in Effect},
    }
    for name, words in enums.items():
        assert set(values_of(defs[name], "const")) == words
    counts = defs["days_leaf"]["properties"]["count"]
    assert set(values_of(counts, "const")) == {each.value for each in DayCount}
    standings = defs["source"]["properties"]["standing"]
    assert set(values_of(standings, "const")) == {each.value for each in Standing}
    outcomes = on_disk("tests")["$defs"]["outcome"]
    untested = {Outcome.WAIVED}  # a pack's tests have no waivers
    assert set(values_of(outcomes, "const")) == {
        each.value for each in Outcome if each not in untested
    }


def offered(schema: Data) -> list[tuple[str, str]]:
    """The words of a list that stays open, with what an editor says of each."""
    return [(each["const"], each["description"]) for each in schema["anyOf"] if "const" in each]


def said_of(spec: FactSpec) -> str:
    """What an editor says of a fact, so that the author knows which operators fit it."""
    detail = ", ".join(spec.choices) or ("" if spec.kind is Kind.DAYS else spec.unit)
    return f"{spec.title}: {a_kind(spec.kind)}" + (f" ({detail})" if detail else "")


def test_the_schema_lists_every_fact(library: Library) -> None:
    """The manifest's, the built-in ones and those of the shipped packs; no others."""
    specs = {path: spec for id in library.found for path, spec in library.load(id).specs.items()}
    dates = {path: spec for path, spec in specs.items() if spec.kind is Kind.MOMENT}
    defs = on_disk("language")["$defs"]

    for name, known in {"fact_path": specs, "date_path": dates}.items():
        assert offered(defs[name]) == [(path, said_of(spec)) for path, spec in known.items()]


def test_the_schema_lists_every_section_on_record(library: Library) -> None:
    """What `if_not_mentioned` may name: what `row_of` makes; and what it fills."""
    made, filled = [], []
    for id in library.found:
        for derived in library.load(id).derived:
            if isinstance(derived, RowOf):
                made.append(derived.path)
            elif isinstance(derived, FilledFrom):
                filled.append(derived.path)
    defs = on_disk("language")["$defs"]

    assert [path for path, _ in offered(defs["section_path"])] == made
    assert list(defs["pack_file"]["properties"]["derived"]["properties"]) == filled


def test_evidence_supports_what_a_manifest_states(vocabulary: Vocabulary) -> None:
    item = on_disk("manifest")["$defs"]["evidence_item"]
    listed = item["properties"]["supports"]["items"]["anyOf"][0]["enum"]

    assert set(listed) == vocabulary.leaves
    assert len(listed) == len(vocabulary.leaves)


def stated(section: Section, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every path of a manifest, sections included, with its title."""
    for key, child in section.children.items():
        path = prefix + key
        yield path, child.title
        if isinstance(child, Section):
            yield from stated(child, f"{path}.")


def test_tests_may_change_every_path(vocabulary: Vocabulary) -> None:
    """`set` and `unset` list each fact and section, and `set` takes what the manifest takes."""
    whole = printed("tests")
    paths = [*stated(vocabulary.root), ("evidence", "Evidence"), ("extra", "Extra facts")]
    changes = whole["$defs"]["changes"]["properties"]

    assert list(changes) == [path for path, _ in paths]
    assert [path for path, _ in offered(whole["$defs"]["manifest_path"])] == list(changes)
    for path, title in paths:
        assert at(whole, changes[path]["$ref"])["title"] == title

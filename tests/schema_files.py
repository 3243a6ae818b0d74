"""The JSON Schemas, as they lie on disk and as they are printed, and the files each is about."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from conftest import ROOT
from gonogo.library import published_schema, read_schema
from gonogo.manifests.validity import plain, validator
from gonogo.trees.reader import read_tree

Data = dict[str, Any]

NAMES = (
    *("manifest", "pack", "rules", "register", "tests", "profiles", "waivers", "report", "plan"),
)
SCHEMAS = ROOT / "src" / "gonogo" / "schemas"
SHIPPED = sorted(
    path for base in ("policies", "examples/*/policies") for path in ROOT.glob(f"{base}/**/*.yaml")
)
SOUND = ROOT / "tests" / "inputs" / "bad" / "packs" / "sound"
_FOLDERS = {"rules": "rules", "registers": "register", "tests": "tests"}


def kind_of(path: Path) -> str:
    """The schema that describes a file of a folder of packs."""
    return _FOLDERS.get(path.parent.name) or path.stem


def on_disk(name: str) -> Data:
    found: Data = json.loads(read_schema(name))
    return found


def printed(name: str) -> Data:
    found: Data = json.loads(published_schema(name))
    return found


def _retrieve(uri: str) -> Resource[Any]:
    found = json.loads(Path(url2pathname(urlsplit(uri).path)).read_text("utf-8"))
    del found["$schema"]  # jsonschema would take its own validator there, which knows no Decimal
    return DRAFT202012.create_resource(found)


def as_an_editor(name: str) -> Draft202012Validator:
    """A validator that follows references from file to file."""
    registry: Registry[Any] = Registry(retrieve=_retrieve)  # type: ignore[call-arg]  # attrs
    exact = type(validator({}))
    return exact({"$ref": (SCHEMAS / f"{name}.json").as_uri()}, registry=registry)


EDITOR = {name: as_an_editor(name) for name in NAMES}
PRINTED = {name: validator(printed(name)) for name in NAMES}


def errors(name: str, text: str) -> list[str]:
    """What a schema has against a file. Both of its forms must agree."""
    data = plain(read_tree(text.encode(), "file.yaml"))
    said = [error.message for error in EDITOR[name].iter_errors(data)]
    assert bool(said) is not PRINTED[name].is_valid(data)
    return said


def values_of(node: Any, key: str) -> Iterator[str]:
    """Every word that stands under a key, at any depth."""
    for name, child in node.items() if isinstance(node, dict) else enumerate(node):
        if name == key:
            yield child
        elif isinstance(child, dict | list):
            yield from values_of(child, key)


def at(whole: Data, reference: str) -> Any:
    """The part of a schema that one of its references means."""
    node: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node

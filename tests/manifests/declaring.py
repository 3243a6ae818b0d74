"""What schemas/manifest.json declares, as the Python in src/gonogo/manifests/declared.py.

`python tests/manifests/declaring.py` writes it anew after an edit of the schema.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gonogo
from gonogo.library import read_schema
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.vocabulary import Section

DECLARED = Path(gonogo.__file__).parent / "manifests/declared.py"
HEAD = '''"""The facts that schemas/manifest.json declares, as Python: no run parses JSON for them.

Do not edit: change the schema, then run `python tests/manifests/declaring.py`.
"""
# ruff: noqa: E501 - sentences as the schema has them

from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.vocabulary import Section

'''


def declared() -> tuple[Section, tuple[str, ...]]:
    """The sections with their facts, and the kinds of evidence.

    Types, titles and choices are JSON Schema's own; the ``x-`` annotations carry units, questions,
    other words for the same thing and what may be assumed.
    """
    schema = json.loads(read_schema("manifest"))
    defs = schema["$defs"]
    children = {
        key: _section(key, part, defs)
        for key, part in schema["properties"].items()
        if key not in ("manifest", "evidence", "extra")
    }
    root = Section("", "manifest", children, tuple(schema["required"]), may_be_unknown=False)
    return root, tuple(defs["evidence_item"]["properties"]["kind"]["enum"])


def _section(path: str, part: Mapping[str, Any], defs: Mapping[str, Any]) -> Section:
    body = part["anyOf"][0] if "anyOf" in part else part
    children = {
        key: _spec(f"{path}.{key}", child, defs)
        if "$ref" in child
        else _section(f"{path}.{key}", child, defs)
        for key, child in body["properties"].items()
    }
    required = tuple(body.get("required", ()))
    return Section(path, part["title"], children, required, may_be_unknown="anyOf" in part)


def _spec(path: str, child: Mapping[str, Any], defs: Mapping[str, Any]) -> FactSpec:
    kind = defs[child["$ref"].removeprefix("#/$defs/")]
    forms = kind["anyOf"]
    assumed = child.get("x-assumed")
    return FactSpec(
        path,
        Kind(kind["x-kind"]),
        child["title"],
        ask=child["x-ask"],
        unit=child.get("x-unit", ""),
        choices=tuple(child.get("x-levels") or forms[0].get("enum", ())),
        also=tuple(child.get("x-also", ())),
        controllable=child.get("x-controllable", False),
        known_from=child.get("x-known-from", ""),
        sensitive="x-sensitivity" in child,
        may_be_unknown={"$ref": "#/$defs/unknown"} in forms,
        may_be_empty={"type": "null"} in forms,
        assumed=tuple(assumed) if isinstance(assumed, list) else assumed,
        positive={"$ref": "#/$defs/positive"} in forms[0].get("anyOf", ()),
    )


def as_python() -> str:
    """The module, formatted as all code here is."""
    root, kinds = declared()
    text = f"{HEAD}ROOT = {_written(root)}\n\nEVIDENCE_KINDS = {kinds!r}\n"
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(DECLARED), "-"]
    return subprocess.run(ruff, input=text, capture_output=True, text=True, check=True).stdout


def _written(item: Section | FactSpec) -> str:
    """A call that makes the item, without the fields that are as by default."""
    defaults = type(item)._field_defaults
    said = [
        f"{name}={_value(value)}" if name in defaults else _value(value)
        for name, value in item._asdict().items()
        if name not in defaults or value != defaults[name]
    ]
    return f"{type(item).__name__}({', '.join(said)})"


def _value(value: object) -> str:
    match value:
        case Kind():
            return str(value)
        case dict():
            return f"{{{', '.join(f'{key!r}: {_written(child)}' for key, child in value.items())}}}"
        case _:
            return repr(value)


if __name__ == "__main__":
    DECLARED.write_text(as_python(), "utf-8")

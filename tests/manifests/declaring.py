"""What schemas/manifest.json declares, as the Python in src/gonogo/manifests/declared.py.

`python tests/manifests/declaring.py` writes it anew after an edit of the schema.
"""

import json
from collections.abc import Iterator, Mapping
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
# ruff: noqa: E501 - a line for each fact, however long
# fmt: off

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
    """The module: a line for each fact."""
    root, kinds = declared()
    return "\n".join(
        (HEAD, *_written("ROOT = ", root, 0), "", f"EVIDENCE_KINDS = {_value(kinds)}", "")
    )


def _written(start: str, item: Section | FactSpec, depth: int) -> Iterator[str]:
    """The call that makes an item, without the fields that are as by default."""
    defaults = type(item)._field_defaults
    said = {
        name: f"{name}={_value(value)}" if name in defaults else _value(value)
        for name, value in item._asdict().items()
        if name != "children" and (name not in defaults or value != defaults[name])
    }
    pad, end = "    " * depth, "," if depth else ""
    if isinstance(item, FactSpec):
        yield f"{pad}{start}FactSpec({', '.join(said.values())}){end}"
        return
    yield f"{pad}{start}Section({said.pop('path')}, {said.pop('title')}, {{"
    for key, child in item.children.items():
        yield from _written(f"{_value(key)}: ", child, depth + 1)
    yield f"{pad}}}{''.join(f', {each}' for each in said.values())}){end}"


def _value(value: object) -> str:
    match value:
        case Kind():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case tuple():
            return f"({', '.join(map(_value, value))}{',' if len(value) == 1 else ''})"
        case _:
            return repr(value)


if __name__ == "__main__":
    DECLARED.write_text(as_python(), "utf-8")

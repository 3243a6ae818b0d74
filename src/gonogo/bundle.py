"""One JSON Schema that stands alone, out of files that refer to each other.

The files refer to each other by name, so that an editor can use them where they lie. What
`gonogo schema` prints is read far from them, and holds all that it refers to.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DEFS = "/$defs/"
_LANGUAGE = "language"


class _Target(NamedTuple):
    """What a `$ref` means: a definition of a file, or the whole file, and a place inside it."""

    file: str
    definition: str
    inside: str

    def name(self, root: str) -> str:
        """Its key among the definitions of the one schema, or "" for the one schema itself.

        The language is shared by the files of a pack, so its names stay short; other files may
        use the same words for other things.
        """
        if self.file in (root, _LANGUAGE):
            return self.definition
        return f"{self.file}.{self.definition}" if self.definition else self.file


def bundle(name: str, read: Callable[[str], Schema]) -> Schema:
    """The schema of a format with all definitions that it reaches. ``read`` takes a file's stem."""
    root = _body(read(name))
    definitions: Schema = {}
    waiting = list(_targets(root, name))
    for target in waiting:  # grows while it is read
        key = target.name(name)
        if key and key not in definitions:
            found = read(target.file)
            part = found["$defs"][target.definition] if target.definition else _body(found)
            definitions[key] = _rewritten(part, target.file, name)
            waiting += _targets(part, target.file)
    head = {"$schema": _DRAFT, "$id": f"https://gonogo.invalid/schema/{name}-1.json"}
    return {**head, **_rewritten(root, name, name), "$defs": definitions}


def _body(schema: Schema) -> Schema:
    """A file without what makes it one."""
    return {key: part for key, part in schema.items() if key not in ("$schema", "$id", "$defs")}


def _target(reference: str, file: str) -> _Target:
    other, _, pointer = reference.partition("#")
    file = other.removesuffix(".json") or file
    if not pointer.startswith(_DEFS):
        return _Target(file, "", pointer)
    definition, slash, inside = pointer.removeprefix(_DEFS).partition("/")
    return _Target(file, definition, slash + inside)


def _targets(node: Any, file: str) -> Iterator[_Target]:
    """What a part of a file refers to, in order."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node):
        if key == "$ref":
            yield _target(child, file)
        elif isinstance(child, dict | list):
            yield from _targets(child, file)


def _rewritten(node: Any, file: str, root: str) -> Any:
    """The same part, referring to the definitions of the one schema."""
    if isinstance(node, list):
        return [_rewritten(child, file, root) for child in node]
    if not isinstance(node, dict):
        return node
    made = {key: _rewritten(child, file, root) for key, child in node.items()}
    if "$ref" in made:
        target = _target(made["$ref"], file)
        key = target.name(root)
        made["$ref"] = f"#{_DEFS}{key}{target.inside}" if key else f"#{target.inside}"
    return made

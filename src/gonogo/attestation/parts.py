"""Parts of a statement by their keys; what is missing or of another kind is refused."""

import re

from gonogo.attestation.claim import Configured
from gonogo.attestation.statement import STATEMENT
from gonogo.diagnostics import quote
from gonogo.trees.json_tree import read_json
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence, refuse
from gonogo.trees.reader import decode

HELP = "name a file that `gonogo` wrote"


def read_body(payload: bytes, file: str) -> Mapping:
    """The in-toto statement in a file. Raises InputError."""
    tree = read_json(decode(payload, file), file)
    body = as_mapping(tree, "the statement")
    if text_of(body, "_type") != STATEMENT:
        raise refuse(tree.span, f"is not an in-toto statement of the type {STATEMENT}", HELP)
    return body


def configured_of(node: Mapping) -> Configured:
    notes = part_of(node, "annotations")
    version = text_of(notes, "version") if "version" in notes.entries else ""
    return Configured(text_of(notes, "kind"), text_of(node, "name"), version, digest_of(node))


def digest_of(node: Mapping) -> str:
    """The only digest: a second one could bind the verdict to something that was never seen."""
    digests = part_of(node, "digest")
    if list(digests.entries) != ["sha256"]:
        raise refuse(digests.span, "`digest`: exactly `sha256` is expected", HELP)
    found = text_of(digests, "sha256")
    if not re.fullmatch("[0-9a-f]{64}", found):
        raise refuse(digests.span, f"`digest`: {quote(found)} is not a SHA-256", HELP)
    return found


def as_mapping(node: Node, name: str) -> Mapping:
    if not isinstance(node, Mapping):
        raise refuse(node.span, f"{name} is not a JSON object", HELP)
    return node


def child_of(node: Mapping, key: str) -> Node:
    if key not in node.entries:
        raise refuse(node.span, f"`{key}` is missing", HELP)
    return node.entries[key]


def part_of(node: Mapping, key: str) -> Mapping:
    return as_mapping(child_of(node, key), quote(key))


def items_of(node: Mapping, key: str) -> list[Mapping]:
    listed = child_of(node, key)
    if not isinstance(listed, Sequence):
        raise refuse(listed.span, f"`{key}` is not a list", HELP)
    return [as_mapping(item, f"an item of `{key}`") for item in listed.items]


def text_of(node: Mapping, key: str) -> str:
    found = child_of(node, key)
    if not (isinstance(found, Scalar) and isinstance(found.value, str)):
        raise refuse(found.span, f"{quote(key)} is not a text", HELP)
    return found.value

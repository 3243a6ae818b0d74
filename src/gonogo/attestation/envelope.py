"""A DSSE envelope: a payload and the signatures over it. Nothing is signed or checked here."""

import re
from base64 import b64decode
from binascii import Error
from typing import NamedTuple

from gonogo.diagnostics import quote
from gonogo.trees.json_tree import read_json
from gonogo.trees.nodes import MOST_BYTES, Mapping, Node, Scalar, Sequence, refuse
from gonogo.trees.reader import decode

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_MOST_SIGNATURES = 16
_HELP = "name a file that `gonogo` wrote"


class Envelope(NamedTuple):
    """A payload with its signatures, none of them checked yet."""

    payload: bytes
    signatures: tuple[bytes, ...]


def open_envelope(data: bytes, file: str) -> Envelope | None:
    """The envelope in a file; None if it holds something else. Raises InputError if it is broken.

    Key ids are left out: they are hints that anybody can write.
    """
    tree = read_json(decode(data, file), file, longest=MOST_BYTES)
    if not isinstance(tree, Mapping) or "payload" not in tree.entries:
        return None
    kind = _text(tree, "payloadType")
    if kind != PAYLOAD_TYPE:
        span = tree.entries["payloadType"].span
        raise refuse(span, f"`payloadType`: {quote(kind)} is not `{PAYLOAD_TYPE}`", _HELP)
    listed = tree.entries.get("signatures")
    items = listed.items if isinstance(listed, Sequence) else []
    if not 1 <= len(items) <= _MOST_SIGNATURES:
        span = listed.span if listed else tree.span
        text = f"`signatures` is not a list of 1 to {_MOST_SIGNATURES} signatures"
        raise refuse(span, text, _HELP)
    return Envelope(_bytes(tree, "payload"), tuple(_bytes(item, "sig") for item in items))


def _text(node: Node, key: str) -> str:
    found = node.entries.get(key) if isinstance(node, Mapping) else None
    if not (isinstance(found, Scalar) and isinstance(found.value, str)):
        raise refuse(found.span if found else node.span, f"`{key}` is not a text", _HELP)
    return found.value


def _bytes(node: Node, key: str) -> bytes:
    """Base64 of either alphabet, as DSSE allows."""
    text = _text(node, key)
    try:
        if re.search(r"[-_]", text):
            return b64decode(text, altchars=b"-_", validate=True)
        return b64decode(text, validate=True)
    except (Error, ValueError):
        raise refuse(node.span, f"`{key}` is not base64", _HELP) from None

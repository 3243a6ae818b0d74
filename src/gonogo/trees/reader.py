"""Bytes to a located tree: strict, bounded, the same for YAML and JSON."""

import re

from gonogo.diagnostics import Span
from gonogo.trees.nodes import MOST_BYTES, Node, place, refuse
from gonogo.trees.yaml_tree import read_yaml


def read_tree(data: bytes, file: str, *, c_loader: bool = True, begins: str | None = None) -> Node:
    """The located tree of one YAML or JSON document.

    JSON is recognised by the name's suffix or, on standard input, by its first characters.
    ``begins`` says how such a file begins, to whoever gave one without anything in it. Raises
    InputError with the first problem found.
    """
    text = decode(data, file)
    if is_json(text, file):
        from gonogo.trees.json_tree import read_json

        return read_json(text, file)
    return read_yaml(text, file, c_loader=c_loader, begins=begins)


def is_json(text: str, file: str) -> bool:
    """Is it JSON, by the name of its file, or on standard input by how it begins?"""
    begins = re.match(r'\s*\{\s*["}]', text) if file == "-" else None
    return file.endswith(".json") or begins is not None


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"


def decode(data: bytes, file: str) -> str:
    """Strict UTF-8 without hidden characters, at most 1 MiB."""
    if len(data) > MOST_BYTES:
        raise refuse(Span(file), f"has more than {MOST_BYTES:,} bytes")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refuse(Span(file), "is UTF-16, not UTF-8", "save the file as UTF-8")
    body = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8", "replace")
        number = len(data) - len(body) + error.start + 1
        raise refuse(
            place(before, len(before), file),
            f"is not UTF-8: byte {number} is 0x{body[error.start]:02x}",
            "save the file as UTF-8",
        ) from None
    plain = text.replace("\n", "").isprintable()  # and then the pattern need not even be compiled
    if not plain and (found := re.search(_UNPRINTABLE, text)):
        name = f"U+{ord(found.group()):04X}"
        raise refuse(
            place(text, found.start(), file),
            f"the control or line-separator character {name} may not stand in a file",
            "delete it, or write it as an escape in double quotes",
        )
    return text

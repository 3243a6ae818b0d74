"""A manifest's text with some values changed: every other character, comments too, stays.

Only the places of values are taken from the YAML parser; what is written is read again by the
strict reader before anybody gets to see it.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

_BREAK = re.compile(r"\r\n|\n|\r")


def rewritten(text: str, settings: Mapping[str, str]) -> str:
    """The text with the value at each path changed, or added where there is none.

    ``text`` is a manifest that was read already, so it is block or flow YAML without anchors.
    """
    for path, value in settings.items():
        root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
        edit = _at(text, root, path.split("."), value)
        text = text[: edit.start] + edit.written + text[edit.end :]
    return text


class _Edit(NamedTuple):
    """A stretch of the text and what takes its place."""

    start: int
    end: int
    written: str


def _at(text: str, mapping: Any, keys: list[str], value: str) -> _Edit:
    """The edit that sets the value below a mapping node."""
    for key, child in mapping.value:
        if key.value != keys[0]:
            continue
        is_mapping = isinstance(child, yaml.MappingNode)
        names = [name.value for name, _ in child.value] if is_mapping else []
        if len(keys) > 1 and is_mapping and names != ["unknown"]:
            return _at(text, child, keys[1:], value)
        if "value" in names and value != "null":  # the long form: what stands beside it stays
            return _at(text, child, ["value"], value)
        return _replaced(text, key, child, _nested(keys[1:], value))
    return _added(text, mapping, f"{keys[0]}: {_nested(keys[1:], value)}")


def _nested(keys: list[str], value: str) -> str:
    return f"{{{keys[0]}: {_nested(keys[1:], value)}}}" if keys else value


def _replaced(text: str, key: Any, node: Any, value: str) -> _Edit:
    start, end = node.start_mark.index, _last_end(text, node)
    between = text[key.end_mark.index : start]
    if start == end:  # nothing is written there: the colon may be missing too
        value = f" {value}" if ":" in between else f": {value}"
    return _Edit(start, end, value)


def _last_end(text: str, node: Any) -> int:
    """Where a value ends, without the comments and line breaks after it."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[:end].rstrip())
    return end


def _added(text: str, mapping: Any, entry: str) -> _Edit:
    """The edit that adds an entry at the end of a mapping."""
    if mapping.flow_style:
        if not mapping.value:
            at = mapping.start_mark.index + 1
            return _Edit(at, at, entry)
        at = _last_end(text, mapping.value[-1][1])
        return _Edit(at, at, f", {entry}")
    entry = " " * mapping.start_mark.column + entry
    line_break = _BREAK.search(text)
    ending = line_break[0] if line_break else "\n"
    at = _line_after(text, mapping)
    if at == len(text) and not text.endswith(("\n", "\r")):
        return _Edit(at, at, ending + entry)
    return _Edit(at, at, entry + ending)


def _line_after(text: str, node: Any) -> int:
    """Where the line begins that follows a block, comments beside its last value included."""
    last = node
    while isinstance(last, yaml.MappingNode | yaml.SequenceNode) and not last.flow_style:
        below = last.value[-1]
        last = below[1] if isinstance(below, tuple) else below
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        return int(last.end_mark.index)  # its text ends where a line begins, or the file ends
    found = _BREAK.search(text, last.end_mark.index)
    return found.end() if found else len(text)

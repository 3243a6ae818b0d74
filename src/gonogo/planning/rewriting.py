"""A manifest's text with some values changed: every other character, comments too, stays.

Only the places of values are taken from the YAML parser; what is written is read again by the
strict reader before anybody gets to see it.
"""

from collections.abc import Mapping
from typing import Any

import yaml


def rewritten(text: str, settings: Mapping[str, str]) -> str:
    """The text with the value at each path changed, or added where there is none.

    ``text`` is a manifest that was read already, so it is block or flow YAML without anchors.
    """
    for path, value in settings.items():
        root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
        text = _with(text, root, path.split("."), value)
    return text if text.endswith("\n") else text + "\n"


def _with(text: str, node: Any, keys: list[str], value: str) -> str:
    """The text with the value below a mapping node changed."""
    for key, child in node.value:
        if key.value != keys[0]:
            continue
        if len(keys) > 1 and isinstance(child, yaml.MappingNode):
            return _with(text, child, keys[1:], value)
        if isinstance(child, yaml.MappingNode):
            for name, inner in child.value:  # the long form: {value: ..., evidence: ...}
                if name.value == "value":
                    return _replaced(text, inner, value)
        return _replaced(text, child, _nested(keys[1:], value))
    return _added(text, node, keys[0], _nested(keys[1:], value))


def _nested(keys: list[str], value: str) -> str:
    return f"{{{keys[0]}: {_nested(keys[1:], value)}}}" if keys else value


def _replaced(text: str, node: Any, value: str) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style:
        end = _last_end(node)
    space = " " if start == end and text[start - 1 : start] == ":" else ""
    return f"{text[:start]}{space}{value}{text[end:]}"


def _last_end(node: Any) -> int:
    """Where the last value in a block list or mapping ends, without the comments after it."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style:
        if not node.value:
            break
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _added(text: str, node: Any, key: str, value: str) -> str:
    """The text with a new entry at the end of a mapping."""
    if node.flow_style:
        close = node.end_mark.index - 1
        before = text[:close].rstrip()
        comma = "" if before.endswith(("{", ",")) else ","
        gap = "" if before.endswith("{") else " "
        return f"{before}{comma}{gap}{key}: {value}{text[close:]}"
    indent = " " * node.start_mark.column
    line_end = text.find("\n", _last_end(node))
    at = len(text) if line_end < 0 else line_end
    return f"{text[:at]}\n{indent}{key}: {value}{text[at:]}"

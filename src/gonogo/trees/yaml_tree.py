"""Strict YAML to a located tree.

It is the 1.2 core schema without its traps: duplicate keys, anchors, aliases, merge keys, tags,
directives, a second document, tabs and leading zeros are refused. Numbers are exact Decimals, and
dates stay text. The tree is built from parser events, never by the parser's own composer, which
overflows the stack on deep input.
"""

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from gonogo.diagnostics import Span, quote
from gonogo.trees.nodes import (
    MOST_LEVELS,
    MOST_NODES,
    MOST_SCALAR,
    Mapping,
    Node,
    Plain,
    Scalar,
    Sequence,
    check_number,
    check_text,
    place,
    refuse,
)
from gonogo.values.amounts import looks_numeric

_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_LEADING_ZERO = r"[-+]?0[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?"
_NUMBER_START = frozenset("0123456789+-.")


def read_yaml(text: str, file: str, *, c_loader: bool) -> Node:
    if (tab := text.find("\t")) >= 0:
        raise refuse(
            place(text, tab, file), "a tab", 'use spaces; inside double quotes write "\\t"'
        )
    if "%" in text and (found := re.search("^%", text, re.MULTILINE)):
        help = "delete the line that begins with %"
        raise refuse(place(text, found.start(), file), "a YAML directive", help)
    fast = c_loader and yaml.__with_libyaml__
    # The loader is used as a bare parser: it never composes or constructs anything.
    loader: Any = yaml.CSafeLoader if fast else yaml.SafeLoader
    try:
        return _Builder(text, file).build(loader(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
        span = min(span, _end(text, file))
        if "maximum nesting depth" in (error.problem or ""):  # libyaml's own limit
            raise refuse(span, f"more than {MOST_LEVELS} levels deep") from None
        raise refuse(span, f"not valid YAML: {_words(error)}", _yaml_help(error)) from None
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0] if str(error) else "unreadable"
        raise refuse(Span(file), f"not valid YAML: {first}") from None


def _end(text: str, file: str) -> Span:
    """The end of the last line: libyaml points past it."""
    return place(text, len(text.rstrip("\r\n")), file)


def _words(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


def _yaml_help(error: yaml.MarkedYAMLError) -> str | None:
    said = error.problem or ""
    if "mapping values are not allowed" in said:
        return "put a value that contains `: ` in quotes, and check the indentation"
    if "could not find expected ':'" in said or "expected <block end>" in said:
        return "check the indentation of this line and the one before"
    return None


class _Builder:
    """Builds the tree from parser events with a stack of its own, so depth costs no recursion.

    Every run passes all its files through here: what happens for each event is kept short.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.open: list[Sequence | Mapping] = []
        self.keys: dict[str, Span] | None = None  # of the mapping that waits for a key
        self.key: str | None = None  # the key that waits for its value
        self.key_end: Any = None  # the mark after that key
        self.root: Node | None = None

    def build(self, loader: Any) -> Node:
        next_event = loader.get_event
        documents = nodes = 0
        kind: Any = None
        while kind is not StreamEndEvent:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end()
                continue
            elif kind is MappingStartEvent:
                self._start(Mapping({}, {}, self._checked(event)))
            elif kind is SequenceStartEvent:
                self._start(Sequence([], self._checked(event)))
            elif kind is AliasEvent:
                raise refuse(self._span(event), "an alias", "write the value out again")
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise refuse(
                        self._span(event), "a second document", "one file holds one document"
                    )
            nodes += 1
            if nodes > MOST_NODES:
                raise refuse(self._span(event), f"more than {MOST_NODES:,} values in one file")
        if self.root is None:
            raise refuse(Span(self.file), "is empty", "a manifest begins with `manifest: gonogo/1`")
        return self.root

    def _span(self, event: Any) -> Span:
        mark = event.start_mark
        return Span(self.file, mark.line + 1, mark.column + 1)

    def _checked(self, event: Any) -> Span:
        """The place of a node that has neither anchor nor tag."""
        mark = event.start_mark
        span = Span(self.file, mark.line + 1, mark.column + 1)
        if event.anchor or event.tag:
            what = "an anchor, which begins with `&`" if event.anchor else "a tag"
            raise refuse(span, what, "delete it, or put the value in quotes")
        return span

    def _start(self, node: Sequence | Mapping) -> None:
        if len(self.open) >= MOST_LEVELS:
            raise refuse(node.span, f"more than {MOST_LEVELS} levels deep")
        if self.keys is not None:
            raise refuse(node.span, "a list or mapping used as a key", "a key is a single word")
        self._attach(node)
        self.open.append(node)
        self.keys = node.keys if type(node) is Mapping else None

    def _end(self) -> None:
        self.open.pop()
        parent = self.open[-1] if self.open else None
        self.keys = parent.keys if type(parent) is Mapping else None

    def _scalar(self, event: Any) -> None:
        span = self._checked(event)
        quoted = bool(event.style)  # the pure parser says None, libyaml an empty string
        text = event.value
        if len(text) > MOST_SCALAR or not text.isascii():
            check_text(text, span)
        if self.keys is not None:
            self._key(text, quoted, span, self.keys)
            self.key_end = event.end_mark
            return
        if not text and not quoted and self.key is not None:
            span = self._after_key()
        elif not text and not quoted and not self.open:
            span = min(span, _end(self.text, self.file))
        self._attach(Scalar(text if quoted else _resolve(text, span), text, quoted, span))

    def _after_key(self) -> Span:
        """Where a value that is left empty would stand: the two parsers disagree on it."""
        end = self.key_end
        colon = self.text[end.index : end.index + 1] == ":"
        return Span(self.file, end.line + 1, end.column + 1 + colon)

    def _key(self, text: str, quoted: bool, span: Span, keys: dict[str, Span]) -> None:
        if not quoted:
            if text == "<<":
                raise refuse(span, "a merge key, `<<`", "write the keys out")
            if type(_resolve(text, span)) is not str:
                what = f"the key {quote(text)}" if text in _WORDS else "a key that is a number"
                raise refuse(span, f"{what} must be quoted", "put the key in double quotes")
        if text in keys:
            raise refuse(
                span,
                f"the key {quote(text)} is written twice; first on line {keys[text].line}",
                "keep one of them",
            )
        keys[text] = span
        self.key, self.keys = text, None

    def _attach(self, node: Node) -> None:
        """Put a value where it belongs; a mapping then waits for its next key."""
        parent = self.open[-1] if self.open else None
        if type(parent) is Mapping and self.key is not None:
            parent.entries[self.key] = node
            self.key, self.keys = None, parent.keys
        elif type(parent) is Sequence:
            parent.items.append(node)
        else:
            self.root = node


def _resolve(text: str, span: Span) -> Plain:
    """The value of an unquoted scalar: null, true, false, a decimal number, or text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_START and looks_numeric(text):
        if "0" in text[:2] and re.fullmatch(_LEADING_ZERO, text):
            raise refuse(
                span,
                "a number that begins with a zero",
                "delete the zero, or put the value in quotes if it is not a number",
            )
        return check_number(text, span)
    return text

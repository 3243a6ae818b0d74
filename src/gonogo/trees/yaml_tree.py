"""Strict YAML to a located tree.

It is the 1.2 core schema without its traps: duplicate keys, anchors, aliases, merge keys, tags,
directives, a second document, tabs and leading zeros are refused. Numbers are exact Decimals, and
dates stay text. The tree is built from parser events, never by the parser's own composer, which
overflows the stack on deep input.
"""

import re
from typing import Any

import yaml

from gonogo.diagnostics import Span, quote
from gonogo.trees.nodes import (
    MOST_LEVELS,
    MOST_NODES,
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

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_NUMBER_START = frozenset("0123456789+-.")


def read_yaml(text: str, file: str, *, c_loader: bool) -> Node:
    if (tab := text.find("\t")) >= 0:
        raise refuse(
            place(text, tab, file), "a tab", 'use spaces; inside double quotes write "\\t"'
        )
    if found := _DIRECTIVE.search(text):
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
        span = min(span, place(text, len(text.rstrip("\r\n")), file))  # libyaml points past the end
        raise refuse(span, f"not valid YAML: {_words(error)}", _yaml_help(error)) from None
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0] if str(error) else "unreadable"
        raise refuse(Span(file), f"not valid YAML: {first}") from None


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
    """Builds the tree from parser events with a stack of its own, so depth costs no recursion."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.key_end: Any = None  # the mark after that key
        self.open: list[Sequence | Mapping] = []
        self.key: tuple[str, Span] | None = None  # the key that waits for its value
        self.root: Node | None = None
        self.documents = 0
        self.nodes = 0

    def build(self, loader: Any) -> Node:
        kind: Any = None
        while kind is not yaml.StreamEndEvent:
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event, self._checked(event))
            elif kind is yaml.MappingStartEvent:
                self._start(Mapping({}, {}, self._checked(event)))
            elif kind is yaml.SequenceStartEvent:
                self._start(Sequence([], self._checked(event)))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
            elif kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.AliasEvent:
                raise refuse(self._span(event), "an alias", "write the value out again")
        if self.root is None:
            raise refuse(Span(self.file), "is empty", "a manifest begins with `manifest: gonogo/1`")
        return self.root

    def _span(self, event: Any) -> Span:
        mark = event.start_mark
        return Span(self.file, mark.line + 1, mark.column + 1)

    def _checked(self, event: Any) -> Span:
        """The place of a node that has neither anchor nor tag."""
        self.nodes += 1
        span = self._span(event)
        if self.nodes > MOST_NODES:
            raise refuse(span, f"more than {MOST_NODES:,} values in one file")
        if event.anchor:
            raise refuse(span, f"an anchor, {quote('&' + event.anchor)}", "delete it")
        if event.tag:
            raise refuse(span, f"a tag, {quote(event.tag)}", "delete it")
        return span

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise refuse(self._span(event), "a second document", "one file holds one document")

    def _start(self, node: Sequence | Mapping) -> None:
        if len(self.open) >= MOST_LEVELS:
            raise refuse(node.span, f"more than {MOST_LEVELS} levels deep")
        if self._awaits_key():
            raise refuse(node.span, "a list or mapping used as a key", "a key is a single word")
        self._attach(node)
        self.open.append(node)

    def _awaits_key(self) -> bool:
        return self.key is None and bool(self.open) and type(self.open[-1]) is Mapping

    def _scalar(self, event: Any, span: Span) -> None:
        quoted = bool(event.style)  # the pure parser says None, libyaml an empty string
        text = check_text(event.value, span)
        if self._awaits_key():
            self._key(text, quoted, span)
            self.key_end = event.end_mark
        else:
            if not text and not quoted and self.key:
                span = self._after_key()
            value: Plain = text if quoted else _resolve(text, span)
            self._attach(Scalar(value, text, quoted, span))

    def _after_key(self) -> Span:
        """Where a value that is left empty would stand: the two parsers disagree on it."""
        end = self.key_end
        colon = self.text[end.index : end.index + 1] == ":"
        return Span(self.file, end.line + 1, end.column + 1 + colon)

    def _key(self, text: str, quoted: bool, span: Span) -> None:
        mapping = self.open[-1]
        if type(mapping) is not Mapping:
            return
        if not quoted:
            if text == "<<":
                raise refuse(span, "a merge key, `<<`", "write the keys out")
            if type(_resolve(text, span)) is not str:
                raise refuse(span, f"the key {quote(text)} must be quoted", f'write "{text}":')
        if text in mapping.keys:
            first = mapping.keys[text]
            raise refuse(
                span,
                f"the key {quote(text)} is written twice; first on line {first.line}",
                "keep one of them",
            )
        mapping.keys[text] = span
        self.key = (text, span)

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if type(parent) is Sequence:
            parent.items.append(node)
        elif type(parent) is Mapping and self.key is not None:
            parent.entries[self.key[0]] = node
            self.key = None


def _resolve(text: str, span: Span) -> Plain:
    """The value of an unquoted scalar: null, true, false, a decimal number, or text."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] in _NUMBER_START and looks_numeric(text):
        if _LEADING_ZERO.fullmatch(text):
            raise refuse(
                span,
                f"the number {quote(text)} begins with a zero",
                "delete the zero, or put the value in quotes if it is not a number",
            )
        return check_number(text, span)
    return text

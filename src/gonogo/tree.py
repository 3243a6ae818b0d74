"""Bytes to a located tree: strict, bounded, the same for YAML and JSON.

YAML is the 1.2 core schema without its traps: duplicate keys, anchors, aliases, merge keys, tags,
directives, a second document, tabs and leading zeros are refused. Numbers are exact Decimals, and
dates stay text. The tree is built from parser events, never from the parser's own composer, which
overflows the stack on deep input.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from gonogo.diagnostics import InputError, Problem, Span, quote
from gonogo.values import MOST_DIGITS, looks_numeric, parse_number

MOST_BYTES = 1 << 20
MOST_LEVELS = 32
MOST_NODES = 100_000
MOST_SCALAR = 1 << 16

Plain = str | bool | Decimal | None


@dataclass(slots=True, eq=False)
class Scalar:
    """A single value. ``text`` is what was written; ``quoted`` says whether in quotes."""

    value: Plain
    text: str
    quoted: bool
    span: Span


@dataclass(slots=True, eq=False)
class Sequence:
    """A list of nodes."""

    items: "list[Node]"
    span: Span


@dataclass(slots=True, eq=False)
class Mapping:
    """Text keys to nodes, in file order; ``keys`` holds where each key was written."""

    entries: "dict[str, Node]"
    keys: dict[str, Span]
    span: Span


Node = Scalar | Sequence | Mapping


def read_tree(data: bytes, file: str, *, c_loader: bool = True) -> Node:
    """The located tree of one YAML or JSON document.

    JSON is recognised by the name's suffix or, on standard input, by its first characters. Raises
    InputError with the first problem found.
    """
    text = decode(data, file)
    if file.endswith(".json") or (file == "-" and re.match(r'\s*\{\s*["}]', text)):
        from gonogo.json_tree import read_json

        return read_json(text, file)
    return _read_yaml(text, file, c_loader=c_loader)


def refuse(span: Span, message: str, help: str | None = None) -> InputError:
    return InputError([Problem(span, message, help)])


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def decode(data: bytes, file: str) -> str:
    """Strict UTF-8 without hidden characters, at most 1 MiB."""
    if len(data) > MOST_BYTES:
        raise refuse(Span(file), f"has more than {MOST_BYTES:,} bytes")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refuse(Span(file), "is UTF-16, not UTF-8", "save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise refuse(
            place(before, len(before), file),
            f"is not UTF-8: byte {error.start + 1} is 0x{data[error.start]:02x}",
            "save the file as UTF-8",
        ) from None
    if found := _UNPRINTABLE.search(text):
        name = f"U+{ord(found.group()):04X}"
        raise refuse(
            place(text, found.start(), file),
            f"the control or line-separator character {name} may not stand in a file",
            "delete it, or write it as an escape in double quotes",
        )
    return text


def place(text: str, index: int, file: str) -> Span:
    """The line and column of a character."""
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    lines = len(re.findall(r"\r\n|\n|\r", text[:start]))
    return Span(file, lines + 1, index - start + 1)


def check_text(value: str, span: Span) -> str:
    """A string that every output can carry: no lone surrogates, at most 64 KiB."""
    if len(value) > MOST_SCALAR:
        raise refuse(span, f"a value of {len(value):,} characters; at most {MOST_SCALAR:,}")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise refuse(
            span, "an escape that is half of a surrogate pair", "write the character itself"
        )
    return value


def check_number(text: str, span: Span) -> Decimal:
    """The exact number, or an error for one too large to be meant."""
    number = parse_number(text)
    if number is None:
        raise refuse(
            span,
            f"the number {quote(text)} has more than {MOST_DIGITS} digits or an extreme exponent",
            "write it as 1e26 is written, or put it in quotes if it is a name",
        )
    return number


# ---- YAML ----------------------------------------------------------------------------------------

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_NUMBER_START = frozenset("0123456789+-.")


def _read_yaml(text: str, file: str, *, c_loader: bool) -> Node:
    if (tab := text.find("\t")) >= 0:
        raise refuse(
            place(text, tab, file), "a tab", 'use spaces; inside double quotes write "\\t"'
        )
    fast = c_loader and yaml.__with_libyaml__
    loader: Any = yaml.CSafeLoader if fast else yaml.SafeLoader
    try:
        return _Builder(file).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
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

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[Sequence | Mapping] = []
        self.pending: list[tuple[str, Span] | None] = []  # the key that waits for its value
        self.root: Node | None = None
        self.documents = 0
        self.nodes = 0

    def build(self, events: Iterator[Any]) -> Node:
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._start(event, Mapping({}, {}, self._span(event)))
            elif kind is yaml.SequenceStartEvent:
                self._start(event, Sequence([], self._span(event)))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
                self.pending.pop()
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

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise refuse(self._span(event), "a second document", "one file holds one document")
        if event.version or event.tags:
            raise refuse(
                self._span(event), "a YAML directive", "delete the line that begins with %"
            )

    def _start(self, event: Any, node: Sequence | Mapping) -> None:
        self._plain_only(event)
        if len(self.open) >= MOST_LEVELS:
            raise refuse(node.span, f"more than {MOST_LEVELS} levels deep")
        if self.open and isinstance(self.open[-1], Mapping) and self.pending[-1] is None:
            raise refuse(node.span, "a list or mapping used as a key", "a key is a single word")
        self._attach(node)
        self.open.append(node)
        self.pending.append(None)

    def _scalar(self, event: Any) -> None:
        self._plain_only(event)
        span = self._span(event)
        quoted = bool(event.style)  # the pure parser says None, libyaml an empty string
        text = check_text(event.value, span)
        if self.open and isinstance(self.open[-1], Mapping) and self.pending[-1] is None:
            self._key(text, quoted, span, self.open[-1])
            return
        value: Plain = text if quoted else _resolve(text, span)
        self._attach(Scalar(value, text, quoted, span))

    def _plain_only(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise refuse(self._span(event), f"more than {MOST_NODES:,} values in one file")
        if event.anchor:
            raise refuse(self._span(event), f"an anchor, {quote('&' + event.anchor)}", "delete it")
        if event.tag:
            raise refuse(self._span(event), f"a tag, {quote(event.tag)}", "delete it")

    def _key(self, text: str, quoted: bool, span: Span, mapping: Mapping) -> None:
        if not quoted:
            if text == "<<":
                raise refuse(span, "a merge key, `<<`", "write the keys out")
            if not isinstance(_resolve(text, span), str):
                raise refuse(span, f"the key {quote(text)} must be quoted", f'write "{text}":')
        if text in mapping.keys:
            first = mapping.keys[text]
            raise refuse(
                span,
                f"the key {quote(text)} is written twice; first on line {first.line}",
                "keep one of them",
            )
        mapping.keys[text] = span
        self.pending[-1] = (text, span)

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        waiting = self.pending[-1]
        if waiting is not None:
            parent.entries[waiting[0]] = node
            self.pending[-1] = None


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

"""Strict JSON to a located tree: RFC 8259 without duplicate keys, NaN or deep nesting."""

import json
import re
from bisect import bisect_right
from decimal import Decimal

from gonogo.diagnostics import InputError, Span, quote
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
    refuse,
)

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_FOREIGN = ("NaN", "Infinity", "True", "False", "None", "undefined")  # what others write
_LINE_END = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"[A-Za-z_]+")


def read_json(text: str, file: str, *, longest: int = MOST_SCALAR) -> Node:
    """The located tree of one JSON document. Raises InputError with the first problem.

    ``longest`` is the most characters that a string may have.
    """
    reader = _Reader(text, file, longest)
    node = reader.value(1)
    reader.skip()
    if reader.at < len(text):
        raise reader.refuse(
            "something after the end of the document", "one file holds one document"
        )
    return node


class _Reader:
    """A cursor over the text. Recursion is bounded by the 32 levels allowed."""

    def __init__(self, text: str, file: str, longest: int) -> None:
        self.text = text
        self.file = file
        self.longest = longest
        self.at = 0
        self.nodes = 0
        self.lines = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def span(self) -> Span:
        line = bisect_right(self.lines, self.at)
        return Span(self.file, line, self.at - self.lines[line - 1] + 1)

    def refuse(self, message: str, help: str | None = None) -> InputError:
        return refuse(self.span(), f"not valid JSON: {message}", help)

    def skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        if found:
            self.at = found.end()

    def peek(self) -> str:
        self.skip()
        return self.text[self.at : self.at + 1]

    def count(self) -> None:
        """One more key or value, as in YAML."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise refuse(self.span(), f"more than {MOST_NODES:,} values in one file")

    def value(self, level: int) -> Node:
        self.count()
        match self.peek():
            case "":
                raise self.refuse("ends where a value should be")
            case "{":
                return self.mapping(level)
            case "[":
                return self.sequence(level)
            case '"':
                span = self.span()
                content = self.string()
                return Scalar(content, content, True, span)
            case _:
                return self.bare()

    def bare(self) -> Scalar:
        span = self.span()
        value: Plain
        if found := _NUMBER.match(self.text, self.at):
            value = self.number(found.group(), span)
        elif (found := _WORD.match(self.text, self.at)) and found.group() in _WORDS:
            value = _WORDS[found.group()]
        else:
            word = found.group() if found else ""
            what = quote(word) if word in _FOREIGN else "a word without quotes" if word else "this"
            raise self.refuse(f"{what} is not a JSON value", "put text in double quotes")
        self.at = found.end()
        return Scalar(value, found.group(), False, span)

    def number(self, text: str, span: Span) -> Decimal:
        after = self.text[self.at + len(text) : self.at + len(text) + 1]
        if after.isalnum() or after in (".", "_"):
            raise self.refuse("a number that JSON does not allow", "no leading zeros, no 0x")
        return check_number(text, span)

    def string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if not found:
            raise self.refuse("a string that does not end or has a wrong escape or a line break")
        content: str = json.loads(found.group())
        check_text(content, self.span(), self.longest)
        self.at = found.end()
        return content

    def sequence(self, level: int) -> Sequence:
        node = Sequence([], self.span())
        self.enter(level)
        if self.peek() == "]":
            self.at += 1
            return node
        while True:
            node.items.append(self.value(level + 1))
            if self.closes("]"):
                return node

    def mapping(self, level: int) -> Mapping:
        node = Mapping({}, {}, self.span())
        self.enter(level)
        if self.peek() == "}":
            self.at += 1
            return node
        while True:
            if self.peek() != '"':
                raise self.refuse("a key in double quotes should be here")
            self.count()
            span = self.span()
            key = self.string()
            if key in node.keys:
                first = node.keys[key].line
                raise refuse(span, f"the key {quote(key)} is written twice; first on line {first}")
            node.keys[key] = span
            if self.peek() != ":":
                raise self.refuse("a colon should be here")
            self.at += 1
            node.entries[key] = self.value(level + 1)
            if self.closes("}"):
                return node

    def enter(self, level: int) -> None:
        if level > MOST_LEVELS:
            raise refuse(self.span(), f"more than {MOST_LEVELS} levels deep")
        self.at += 1

    def closes(self, bracket: str) -> bool:
        """Step over a comma (False) or the closing bracket (True)."""
        found = self.peek()
        if found not in (",", bracket) or not found:
            raise self.refuse(f"a comma or `{bracket}` should be here")
        self.at += 1
        return found == bracket

"""Strict YAML to a located tree.

It is the 1.2 core schema without its traps: duplicate keys, anchors, aliases, merge keys, tags,
directives, a second document, tabs and leading zeros are refused. Numbers are exact Decimals, and
dates stay text. The tree is built from parser events, never by the parser's own composer, which
overflows the stack on deep input.
"""

import re
from functools import partial
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

from gonogo.diagnostics import InputError, Span, quote
from gonogo.trees.nodes import (
    MOST_LEVELS,
    MOST_NODES,
    MOST_SCALAR,
    NO_CHARACTER,
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
_NUMBER_START = frozenset("0123456789+-.")
# How an unquoted scalar begins that may be something else than a text, or no key.
_NOT_PLAINLY_TEXT = _NUMBER_START.union(*(word[:1] for word in _WORDS), "<")
# What both parsers say of a line that stands too far left or right.
_MISPLACED = (
    "could not find expected ':'", "did not find expected key", "expected <block end>",
    "did not find expected '-' indicator",
)  # fmt: skip
_NODES = frozenset((ScalarEvent, MappingStartEvent, SequenceStartEvent))


def read_yaml(text: str, file: str, *, c_loader: bool, begins: str | None) -> Node:
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
        source = loader(text)
        root = _build(source, text, file)
    except (OverflowError, ValueError):  # the pure parser's, of an escape beyond Unicode
        raise refuse(Span(file, source.line + 1, source.column + 1), *NO_CHARACTER) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
        span = min(span, _end(text, file))
        if "maximum nesting depth" in (error.problem or ""):  # libyaml's own limit
            raise refuse(span, f"more than {MOST_LEVELS} levels deep") from None
        if "invalid Unicode character escape" in (error.problem or ""):  # libyaml's words
            raise refuse(span, *NO_CHARACTER) from None
        raise refuse(span, f"not valid YAML: {_words(error)}", _yaml_help(error)) from None
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0] if str(error) else "unreadable"
        raise refuse(Span(file), f"not valid YAML: {first}") from None
    if root is None:
        raise refuse(Span(file), "is empty", begins)
    return root


def _end(text: str, file: str) -> Span:
    """The end of the last line: libyaml points past it."""
    return place(text, len(text.rstrip("\r\n")), file)


def _words(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


def _yaml_help(error: yaml.MarkedYAMLError) -> str | None:
    said = error.problem or ""
    if "mapping values are not allowed" in said:
        return "put a value that contains `: ` in quotes, and check the indentation"
    if "',' or '" in said:
        return "check commas and brackets, and put a value that contains `: ` or `, ` in quotes"
    if any(words in said for words in _MISPLACED):
        return "check the indentation of this line and the one above"
    return None


def _build(loader: Any, text: str, file: str) -> Node | None:  # noqa: PLR0912 - calls would double what it costs
    """The tree of a parser's events, with a stack of its own, so that depth costs no recursion.

    None if there is no node. Every run passes all its files through this loop: what it does for
    each event is kept short.
    """
    next_event = loader.get_event
    new_span = partial(tuple.__new__, Span)  # in half the time of a call of the class
    root: Node | None = None
    above: list[Mapping | Sequence | None] = []  # what is open around the innermost open node
    inner: Mapping | Sequence | None = None
    key: str | None = None  # of a mapping that waits for the value; None while it waits for a key
    key_end: Any = None  # the mark after that key
    nodes = 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            inner, key = above.pop(), None
            continue
        if kind not in _NODES:
            if kind is StreamEndEvent:
                break
            _check_outside(event, file, is_second=root is not None)
            continue
        mark = event.start_mark
        span = new_span((file, mark.line + 1, mark.column + 1))
        nodes += 1
        if event.anchor or event.tag or nodes > MOST_NODES:
            raise _unwanted(event, span)
        if key is None and type(inner) is Mapping:
            key, key_end = _key(event, span, inner.keys), event.end_mark
            continue
        if kind is ScalarEvent:
            if not (event.value or event.style):
                if key is not None:
                    span = _after(key_end, text, file)
                elif inner is None:
                    span = min(span, _end(text, file))
            node: Node = _scalar(event, span)
        else:
            node = Mapping({}, {}, span) if kind is MappingStartEvent else Sequence([], span)
        if inner is None:
            root = node
        elif type(inner) is Mapping and key is not None:
            inner.entries[key] = node
            key = None
        elif type(inner) is Sequence:
            inner.items.append(node)
        if not isinstance(node, Scalar):
            above.append(inner)
            inner = node
            if len(above) > MOST_LEVELS:
                raise refuse(span, f"more than {MOST_LEVELS} levels deep")
    return root


def _check_outside(event: Any, file: str, *, is_second: bool) -> None:
    """Refuse what is no node: an alias, or the start of a second document."""
    mark = event.start_mark
    span = Span(file, mark.line + 1, mark.column + 1)
    if type(event) is AliasEvent:
        raise refuse(span, "an alias", "write the value out again")
    if type(event) is DocumentStartEvent and is_second:
        raise refuse(span, "a second document", "one file holds one document")


def _unwanted(event: Any, span: Span) -> InputError:
    """Why a node is refused, whatever is in it."""
    if event.anchor or event.tag:
        what = "an anchor, which begins with `&`" if event.anchor else "a tag"
        return refuse(span, what, "delete it, or put the value in quotes")
    return refuse(span, f"more than {MOST_NODES:,} values in one file")


def _key(event: Any, span: Span, keys: dict[str, Span]) -> str:
    """A key that its mapping does not have yet. It is added to the places of the mapping's keys."""
    if type(event) is not ScalarEvent:
        raise refuse(span, "a list or mapping used as a key", "a key is a single word")
    text: str = event.value
    if len(text) > MOST_SCALAR or not text.isascii():
        check_text(text, span)
    if not event.style and (not text or text[0] in _NOT_PLAINLY_TEXT):
        if text == "<<":
            raise refuse(span, "a merge key, `<<`", "write the keys out")
        if text in _WORDS:
            text = quote(text)
            raise refuse(span, f"the key {text} must be quoted", "put the key in double quotes")
        if text[0] in _NUMBER_START and looks_numeric(text):
            help = "put the key in double quotes; a large number takes no commas: 2000000 or 2e6"
            raise refuse(span, "a key that is a number must be quoted", help)
    if text in keys:
        raise refuse(
            span,
            f"the key {quote(text)} is written twice; first on line {keys[text].line}",
            "keep one of them",
        )
    keys[text] = span
    return text


def _scalar(event: Any, span: Span) -> Scalar:
    text: str = event.value
    if len(text) > MOST_SCALAR or not text.isascii():
        check_text(text, span)
    if event.style:  # the pure parser says None of a plain scalar, libyaml an empty string
        return Scalar(text, text, True, span)
    if text and text[0] not in _NOT_PLAINLY_TEXT:
        return Scalar(text, text, False, span)
    return Scalar(_resolve(text, span), text, False, span)


def _after(key_end: Any, text: str, file: str) -> Span:
    """Where a value that is left empty would stand: the two parsers disagree on it."""
    colon = text[key_end.index : key_end.index + 1] == ":"
    return Span(file, key_end.line + 1, key_end.column + 1 + colon)


def _resolve(text: str, span: Span) -> Plain:
    """The value of an unquoted scalar: null, true, false, a decimal number, or text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_START and looks_numeric(text):
        digits = text.lstrip("-+")
        if digits[0] == "0" and digits[1:2].isdecimal():
            raise refuse(
                span,
                "a number that begins with a zero",
                "delete the zero, or put the value in quotes if it is not a number",
            )
        return check_number(text, span)
    return text

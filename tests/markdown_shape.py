"""Markdown read back with a real parser, to see what is structure and what stayed text."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])

# What GitHub makes a link, a mention or a picture of without any markup around it.
ACTS_ALONE = re.compile(r"@\w|\w@|://|www\.|#\d|GH-\d|:\w+:", re.I)

# What only holds other things together.
FRAME = re.compile("(table|thead|tbody|tr|paragraph|list_item)_(open|close)")

Shape = list[tuple[str, str]]


def shape_of(source: str) -> Shape:
    """Each stretch of text with what it stands in, such as h2, li1 or td.

    Raises if anything is markup that we never write, or a link that GitHub would make.
    """
    shape: Shape = []
    context: list[str] = []
    depth = 0
    for token in PARSER.parse(source):
        match token.type:
            case "bullet_list_open":
                depth += 1
            case "bullet_list_close":
                depth -= 1
            case "list_item_open":
                shape.append((f"li{depth}", ""))
            case "heading_open" | "th_open" | "td_open":
                context.append(token.tag)
            case "heading_close" | "th_close" | "td_close":
                context.pop()
            case "inline" if depth:
                shape[-1] = (f"li{depth}", _inline(token))
            case "inline":
                shape.append((context[-1] if context else "p", _inline(token)))
            case "fence":
                shape.append(("code", token.content.removesuffix("\n")))
            case other:
                assert FRAME.fullmatch(other), f"{other} in {source!r}"
    return shape


def _inline(token: Token) -> str:
    said = ""
    for child in token.children or ():
        match child.type:
            case "text" | "text_special":
                assert not ACTS_ALONE.search(child.content), child.content
                said += child.content
            case "code_inline":
                said += child.content
            case "strong_open" | "strong_close":  # only a lead is written so
                pass
            case other:
                raise AssertionError(f"{other} in {token.content!r}")
    return sight_undone(said.strip())


def sight_undone(text: str) -> str:
    """What is escaped by sight depends on what is code: the escapes are undone to compare."""
    return text.replace("\\x3a", ":").replace("\\x23", "#").replace("\\x7c", "|")

"""What tests of pages share: a page's text without wrapping, and its sections."""

import re

from gonogo.documents import text
from gonogo.documents.blocks import Document
from gonogo.explaining.rule_page import rule_page
from gonogo.library import Library
from gonogo.packs.policy import Pack

UNWRAPPED = 10_000


def rule_text(pack: Pack, id: str, library: Library) -> str:
    """The page of a rule, each paragraph and entry on one line."""
    profiles, default = library.profiles()
    rule = next(rule for rule in pack.rules if id in (rule.id, rule.key))
    return text.render(rule_page(rule, pack, profiles, default), UNWRAPPED)


def section(page: str, title: str) -> str:
    """What stands below a heading, without the indent; empty if there is no such heading."""
    found = re.search(rf"^{re.escape(title)}\n((?:  .*\n|\n(?=  ))*)", page, re.M)
    return re.sub("^  ", "", found[1], flags=re.M) if found else ""


def plain(document: Document) -> str:
    return text.render(document, UNWRAPPED)

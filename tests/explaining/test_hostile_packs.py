"""Text from a pack stays text on every page: nothing acts, nothing is hidden, nothing is a link."""

import json
import unicodedata
from pathlib import Path

import pytest
from pages import UNWRAPPED

from gonogo.documents import markdown, text
from gonogo.documents.blocks import Document
from gonogo.explaining.pack_page import pack_page
from gonogo.explaining.rule_page import rule_page
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from markdown_shape import shape_of

HOSTILE = {
    "escape": "\x1b[2Jgone",
    "newline and command": "x\n::error file=a::boo",
    "azure": "##vso[task.complete]",
    "carriage return": "real\rfake",
    "bidi": "safe\u202egnp.exe",
    "zero width": "N\u200b-9",
    "script": "<script>alert(1)</script>",
    "bar": "| a | b |",
    "bar and backslash": "a\\|b",
    "backticks": "`a` ``b ```c",
    "link": "[text](https://evil.example)",
    "picture": "![x](https://evil.example/x.png)",
    "address": "https://evil.example www.evil.example a@evil.example",
    "mention": "@everyone see #1 and owner/repo#2",
    "emphasis": "**a** _b_ ~~c~~ *d*",
    "heading": "# a",
    "rule": "--- x",
    "list": "- a",
    "number": "1. a",
    "quote": "> a",
    "reference": "[a]: https://evil.example",
    "fence": "```sh",
    "entity": "&lt;b&gt;",
    "newlines and a heading": "a\n\n# b\n\n- c",
    "very long": "y" * 190,
}
PACK = """\
pack: demo
version: {w}
title: {w}
timezone: America/New_York
governing_date: release.first_at
reviewed_on: 2026-11-23
notice: {w}
sources: {{memo: {{title: {w}, url: {w}, standing: house}}}}
parameters:
  days:
    unit: day
    title: {w}
    values:
      - {{from: 2026-06-02, value: 30, cites: [memo], note: {w}}}
      - {{from: 2026-07-02, unknown: {w}}}
  word: {{values: [{{from: 2026-06-02, value: {w}}}]}}
facts:
  extra.words: {{type: text, title: {w}, ask: {w}}}
  extra.choice: {{type: choice, title: choice, choices: [{w}, other]}}
  extra.list: {{type: list, title: {w}}}
  extra.size: {{type: number, unit: {w}}}
definitions:
  {w}: [{{fact: extra.words, equals: {w}}}]
headline:
  - {{label: {w}, holds: {w}, says: [{{when: [{{holds: {w}}}], say: {w}, because: {w}}}]}}
  - {{label: {w}, rule: only}}
"""
RULES = """\
rules:
  - id: only
    title: {w}
    class: house
    cites: [memo]
    in_force: {{from: 2026-06-02}}
    when: [{{holds: {w}}}, {{not: [{{fact: extra.choice, equals: {w}}}]}}]
    require:
      - {{fact: extra.choice, one_of: [{w}, other]}}
      - {{fact: extra.words, equals: $word}}
      - {{fact: model.name, equals: {w}}}
      - {{fact: extra.size, above: 1}}
      - {{fact: extra.list, stated: true}}
      - {{days_from: review.access_started_at, to: release.first_at, at_least: $days}}
      - any_row: {{register: listed, where: [{{fact: row.name, equals: {w}}}]}}
    reason: {w}
    fix: {w}
"""
REGISTER = """\
register: listed
title: {w}
as_of: 2026-11-01
fields: {{name: {{type: text, title: {w}}}}}
rows: [{{name: {w}, from: 2026-06-02, source: memo}}]
"""


def _pages(base: Path, words: str, vocabulary: Vocabulary) -> list[Document]:
    """The pages of a pack in which every text that may be anything is the same."""
    folder = base / "demo"
    for name, body in (
        ("pack.yaml", PACK),
        ("rules/main.yaml", RULES),
        ("registers/listed.yaml", REGISTER),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body.format(w=json.dumps(words)), "utf-8")
    library = Library([str(base)], vocabulary)
    pack = library.load("demo")
    profiles, default = library.profiles()
    return [
        pack_page(pack, profiles, default),
        rule_page(pack.rules[0], pack, profiles, default),
    ]


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> list[Document]:
    return _pages(tmp_path_factory.mktemp("harmless"), "word", vocabulary)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_markdown_has_the_structure_of_a_harmless_pack(
    words: str, tmp_path: Path, vocabulary: Vocabulary, harmless: list[Document]
) -> None:
    for page, expected in zip(_pages(tmp_path, words, vocabulary), harmless, strict=True):
        shape = shape_of(markdown.render(page))

        assert [kind for kind, _ in shape] == [
            kind for kind, _ in shape_of(markdown.render(expected))
        ]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_text_has_the_lines_of_a_harmless_pack(
    words: str, tmp_path: Path, vocabulary: Vocabulary, harmless: list[Document]
) -> None:
    for page, expected in zip(_pages(tmp_path, words, vocabulary), harmless, strict=True):
        printed = text.render(page, UNWRAPPED)

        odd = [c for c in printed if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl")]
        assert odd == []
        assert "::" not in printed
        assert "##" not in printed
        assert len(printed.splitlines()) == len(text.render(expected, UNWRAPPED).splitlines())


def test_every_text_of_the_pack_is_on_a_page(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """So that the tests above see all of them."""
    pack, rule = (text.render(page) for page in _pages(tmp_path, "word", vocabulary))

    assert pack.count("word") >= 25
    assert rule.count("word") >= 25

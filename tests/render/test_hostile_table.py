"""Every text of a manifest, a pack and a register, in every format, as its readers read it.

Each output is read by a parser, and has the structure that the same report has with a harmless
word in the place of the hostile one; and the hostile one can be read in it, every character.
"""

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from conftest import moment
from gonogo.check import examine, report_of
from gonogo.diagnostics import InputError, Span, visible
from gonogo.library import Library
from gonogo.manifests.facts import EvidenceState
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Waiver
from gonogo.planning.course import course_of
from gonogo.render import text
from gonogo.render.formats import rendered
from gonogo.reporting.report import Disclosure, Refusal, Report
from gonogo.values.names import Name
from hostile import HOSTILE
from markdown_shape import shape_of, sight_undone

PACK = """\
pack: demo
version: {d}
title: {w}
timezone: America/New_York
governing_date: release.first_at
notice: {w}
sources:
  memo: {{title: {w}, url: {d}, standing: house}}
parameters:
  days: {{unit: day, values: [{{from: 2026-06-02, value: 30, cites: [memo], note: {w}}}]}}
  gone: {{unit: day, title: {w}, values:
    [{{from: 2026-06-02, unknown: {w}}}, {{from: 2030-01-01, value: 30, cites: [memo]}}]}}
facts:
  extra.said: {{type: text, title: {w}, ask: {w}}}
  extra.other: {{type: text, title: {w}, ask: {w}}}
  extra.size: {{type: number, unit: {d}, title: {d}, ask: {w}}}
definitions:
  {d}: [{{fact: extra.said, equals: never}}]
headline:
  - {{label: {w}, holds: {d}, says: [{{when: [{{holds: {d}}}], say: {s}, because: {s}}}]}}
  - {{label: {d}, rule: fails}}
"""
RULES = """\
rules:
  - {{id: fails, title: {w}, class: commitment, cites: [memo], require: [{{holds: {d}}}], fix: {s}}}
  - {{id: reason, title: {w}, class: house, cites: [memo], reason: {s},
     require: [{{fact: extra.said, equals: never}}]}}
  - {{id: days, title: {w}, class: house, cites: [memo],
     require: [{{days_from: review.access_started_at, to: release.first_at, at_least: $days}}]}}
  - {{id: open, title: {w}, class: house, cites: [memo],
     require: [{{fact: extra.other, equals: x}}]}}
  - {{id: gone, title: {w}, class: house, cites: [memo],
     require: [{{days_from: review.access_started_at, to: release.first_at, at_least: $gone}}]}}
  - {{id: why, title: {w}, class: framework, cites: [memo],
     require: [{{fact: review.agreed_days, at_least: 3}}]}}
  - {{id: warns, title: {d}, class: framework, cites: [memo],
     require: [{{fact: model.name, equals: unmatched}}]}}
  - {{id: row, title: {w}, class: house, cites: [memo], require:
     [{{not: [{{any_row: {{register: listed, where: [{{fact: row.name, equals: {w}}}]}}}}]}}]}}
  - {{id: passes, title: {d}, class: house, cites: [memo],
     require: [{{fact: extra.said, equals: {w}}}]}}
  - {{id: applies-not, title: {d}, class: house, cites: [memo], when: [{{holds: {d}}}],
     require: [{{fact: extra.said, equals: {w}}}]}}
  - {{id: note, title: {w}, class: reference, cites: [memo], reason: {s}}}
"""
REGISTER = """\
register: listed
title: {w}
as_of: 2026-11-01
fields: {{name: {{type: text, title: {w}}}}}
rows: [{{name: {w}, from: 2026-06-02, source: memo}}]
"""
MANIFEST = """\
{{"manifest": "gonogo/1",
 "model": {{"name": {name}, "version": {name}, "developer": "northlight", "weights": "closed",
  "licence": {d}, "derived_from": {{"model": {d}, "developer": "northlight", "method": "other"}}}},
 "coverage": {{"determination": {{"unknown": {w}}}}},
 "review": {{"access_started_at": {{"value": "2026-11-15", "note": {w}, "stated_by": {w}}},
  "agreed_days": {{"unknown": {w}}}}},
 "release": {{"public_at": "2026-11-25", "weights_at": "2026-12-25"}},
 "evidence": [{{"id": "a", "path": "a", "sha256": "{digest}", "kind": "other"}}],
 "extra": {{"said": {w}, "size": {{"unknown": {w}}}}}}}
"""
Reports = tuple[Report | Refusal, ...]


def quoted(words: str) -> str:
    """A text as JSON and YAML both read it, or else the test is about the reader."""
    return re.sub(r"\\ud[89ab]..\\ud[c-f]..", _whole, json.dumps(words))


def _whole(pair: re.Match[str]) -> str:
    character: str = json.loads(f'"{pair[0]}"')
    return f"\\U{ord(character):08x}"


def waivers_of(words: str) -> tuple[Waiver, ...]:
    """One that covers a rule, one that has expired and one for another model."""
    used = Waiver(
        "demo/row",
        "northlight",
        Name(f"N {words[:190]}"),
        f"N {words[:190]}",
        *(words,) * 4,  # reason, both people, ticket
        moment("2026-11-20"),
        moment("2026-11-30"),
        Span(words[:190], 2, 5),
    )
    over = used._replace(start=moment("2026-11-01"), until=moment("2026-11-02"))
    return used, over, used._replace(model=Name(words))


def reports(base: Path, words: str, vocabulary: Vocabulary) -> Reports:
    """A NO-GO with every kind of finding, twice, and a refusal; all texts are the same."""
    for name, body in (
        ("pack.yaml", PACK),
        ("rules/main.yaml", RULES),
        ("registers/listed.yaml", REGISTER),
    ):
        path = base / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        short = quoted(words[:190])  # a name is a key, and YAML's keys have up to 1,024 characters
        sentence = quoted(words.translate({ord("{"): None, ord("}"): None}))  # braces are slots
        path.write_text(body.format(w=quoted(words), d=short, s=sentence), "utf-8")
    library = Library([str(base)], vocabulary)
    pack = library.load("demo")
    written = MANIFEST.format(
        w=json.dumps(words),
        d=json.dumps(words[:190]),
        name=json.dumps(f"N {words[:190]}"),
        digest="0" * 64,
    )
    file = f"{words[:190]}.json"
    words_known = vocabulary.with_specs(pack.specs)
    manifest = read_manifest(written.encode(), file, words_known, pack.zone, {})
    # As it is once the file of evidence was looked for, under a name that the reader lets through.
    (item,) = manifest.facts.evidence
    gone = item._replace(path=words[:190], state=EvidenceState.MISSING, found="does not exist")
    manifest = manifest._replace(facts=manifest.facts._replace(evidence=(gone,)))
    pack = pack._replace(waivers=waivers_of(words))
    profiles, _ = library.profiles()
    examined = examine(manifest, (pack,), profiles, "standard", moment("2026-11-20"))
    course = course_of(manifest.facts, examined.frame, Disclosure.FULL)
    report = report_of(examined)._replace(course=course)
    wrong = written.replace('"closed"', json.dumps(words)).replace('"northlight"', '"N L"')
    with pytest.raises(InputError) as refused:
        read_manifest(wrong.encode(), file, words_known, pack.zone, {})
    return report, report, Refusal(file, refused.value.problems)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Reports:
    return reports(tmp_path_factory.mktemp("harmless"), "plainword", vocabulary)


@pytest.fixture(params=HOSTILE.values(), ids=list(HOSTILE), scope="module")
def words(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def given(words: str, tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Reports:
    return reports(tmp_path_factory.mktemp("hostile"), words, vocabulary)


def test_the_table_sees_every_text(harmless: Reports) -> None:
    """So that the tests below are about all of them: outcomes of every kind, each text shown."""
    report = harmless[0]
    assert isinstance(report, Report)
    assert {f.rule: f.outcome for f in report.findings} == {
        "demo/fails": "fail",
        "demo/reason": "fail",
        "demo/days": "fail",
        "demo/open": "unknown",
        "demo/gone": "unknown",
        "demo/why": "unknown",
        "demo/warns": "fail",
        "demo/row": "waived",
        "gonogo/evidence-matches": "unknown",
        "demo/passes": "pass",
        "demo/applies-not": "not_applicable",
        "demo/note": "pass",
    }
    assert rendered("json", [report]).count("plainword") > 60
    assert rendered("html", [report]).count("plainword") > 60


def bare(text: str) -> str:
    """Without spaces, as lines are wrapped anywhere, and without braces, which sentences fill."""
    return re.sub(r"[\s{}]", "", text)


def read_back(words: str, said: str) -> bool:
    """Can the beginning of the words be read?"""
    return bare(visible(words))[:40] in bare(said)


# Annotations, as GitHub's runner takes a line apart.
COMMAND = re.compile(r"::(error|warning|notice) ([^\n\r]*?)::([^\n\r]*)")


def _unescaped(words: str) -> str:
    for escape, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r")):
        words = words.replace(escape, character)
    return words.replace("%25", "%")


def _commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in output.split("\n")[:-1]:
        parts = COMMAND.fullmatch(line)
        assert parts, line[:200]
        properties = dict(each.split("=", 1) for each in parts[2].split(","))
        assert list(properties) == ["file", "line", "col", "title"]
        values = {name: _unescaped(value) for name, value in properties.items()}
        found.append((parts[1], values, _unescaped(parts[3])))
    return found


def test_github(words: str, given: Reports, harmless: Reports) -> None:
    found, expected = (  # each alone, since of many GitHub is told the first ten
        [command for one in each for command in _commands(rendered("github", [one]))]
        for each in (given, harmless)
    )

    assert [(command, p["line"]) for command, p, _ in found] == [
        (command, p["line"]) for command, p, _ in expected
    ]
    for (_, properties, message), (_, plain, said) in zip(found, expected, strict=True):
        assert ("plainword" in said) <= read_back(words, message)
        assert ("plainword" in plain["title"]) <= read_back(words, properties["title"])
        assert read_back(words.replace("\\", "/"), properties["file"])


def _odd(output: str, allowed: str = "\n") -> list[str]:
    """Characters that act on a terminal or a log, or cannot be seen."""
    hidden = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
    return [c for c in output if c not in allowed and unicodedata.category(c) in hidden]


FORMATS = ("text", "jsonl", "sarif", "junit", "markdown", "html", "github", "gitlab")


@pytest.mark.parametrize("format", FORMATS)
def test_no_line_is_a_command_and_nothing_is_hidden(format: str, given: Reports) -> None:
    output = rendered(format, given)

    assert _odd(output) == []
    if format != "github":
        assert not [line for line in output.split("\n") if re.match(r"\s*::|.*##(vso)?\[", line)]


def test_text(words: str, given: Reports, harmless: Reports) -> None:
    for verbose in (False, True):
        found, expected = (
            [text.render(each, verbose=verbose) for each in some if isinstance(each, Report)]
            for some in (given, harmless)
        )
        for output, plain in zip(found, expected, strict=True):
            assert max(map(len, output.splitlines())) <= text.WIDTH
            assert read_back(words, output)
            # What is not the hostile text is all there, in its order.
            assert [line[:20] for line in output.split("\n") if "EO" in line] == [
                line[:20] for line in plain.split("\n") if "EO" in line
            ]


def _shape(data: Any, words: str) -> Any:
    """Data without its texts; a key that is a text of a pack counts as one word."""
    match data:
        case dict():
            return [(key.replace(words, "plainword"), _shape(v, words)) for key, v in data.items()]
        case list():
            return [_shape(each, words) for each in data]
        case str():
            return "a text"
        case _:
            return data


def _texts(data: Any) -> Iterator[str]:
    match data:
        case dict():
            for value in data.values():
                yield from _texts(value)
        case list():
            for each in data:
                yield from _texts(each)
        case str():
            yield data
        case _:
            pass


def _without_columns(shape: Any) -> Any:
    """Columns count the characters of the manifest's line, in which the words stand."""
    match shape:
        case list():
            return [
                _without_columns(each)
                for each in shape
                if not (
                    isinstance(each, tuple) and each[0] in ("column", "startColumn", "endColumn")
                )
            ]
        case (key, value):
            return (key, _without_columns(value))
        case _:
            return shape


@pytest.mark.parametrize("format", ["json", "jsonl", "sarif", "gitlab"])
def test_json(format: str, words: str, given: Reports, harmless: Reports) -> None:
    count = 1 if format == "json" else 3
    if format == "jsonl":
        found, expected = (
            [json.loads(line) for line in rendered(format, each).split("\n")[:-1]]
            for each in (given, harmless)
        )
    else:
        found, expected = (json.loads(rendered(format, each[:count])) for each in (given, harmless))

    assert _without_columns(_shape(found, words)) == _without_columns(_shape(expected, "plainword"))
    exact = format in ("json", "jsonl")
    for said, plain in zip(_texts(found), _texts(expected), strict=True):
        if "plainword" in plain and ".json" not in plain:
            assert bare(words)[:40] in bare(said) if exact else read_back(words, said)


def _elements(output: str) -> list[ET.Element]:
    return list(ET.fromstring(output).iter())  # noqa: S314 - our own output


def test_junit(words: str, given: Reports, harmless: Reports) -> None:
    found, expected = (_elements(rendered("junit", each)) for each in (given, harmless))

    assert [(each.tag, list(each.attrib)) for each in found] == [
        (each.tag, list(each.attrib)) for each in expected
    ]
    for element, plain in zip(found, expected, strict=True):
        for said, word in [
            (element.text or "", plain.text or ""),
            *((element.attrib[name], value) for name, value in plain.attrib.items()),
        ]:
            if "plainword" in word and ".json" not in word:
                assert read_back(words, said)
                assert _odd(said) == []


def test_markdown(words: str, given: Reports, harmless: Reports) -> None:
    found, expected = (shape_of(rendered("markdown", each)) for each in (given, harmless))

    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    for (_, said), (_, plain) in zip(found, expected, strict=True):
        if "plainword" in plain:  # line breaks are spaces, except in code
            ways = (bare(words), words, words.replace("\n", " "))
            assert any(sight_undone(bare(visible(way)))[:40] in bare(said) for way in ways)


class _Page(HTMLParser):
    """A page's elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[str]]] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.within = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        self.elements.append((tag, [name for name, _ in attrs]))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        self.within = ""
        self.elements.append((f"/{tag}", []))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", []))

    def handle_data(self, data: str) -> None:
        if self.within not in ("style", "script"):
            self.text.append(data)


def test_html(words: str, given: Reports, harmless: Reports) -> None:
    found, expected = (_Page(rendered("html", each)) for each in (given, harmless))

    # An address of a source may be a link, if it is one; a line of the picture takes few words.
    varied = ("a", "/a", "tspan", "/tspan")
    assert [e for e in found.elements if e[0] not in varied] == [
        e for e in expected.elements if e[0] not in varied
    ]
    assert all(link.startswith(("#", "http://", "https://")) for link in found.links)
    said, plain = "".join(found.text), "".join(expected.text)
    if len(words) < 190:
        assert bare(said).count(bare(visible(words))) >= bare(plain).count("plainword") - 4


def test_what_a_reader_refuses_is_refused_before_any_of_this(vocabulary: Vocabulary) -> None:
    """Raw, not as escapes, control characters do not even get in."""
    for character in "\x00\x07\x1b\x7f\u0085\u2028":
        with pytest.raises(InputError):
            library = Library([], vocabulary)
            zone = library.load("eo-14409").zone
            read_manifest(f"manifest: {character}\n".encode(), "a.yaml", vocabulary, zone, {})

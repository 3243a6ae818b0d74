"""The page of a pack: its rules by class, what profiles do, numbers, words, registers, sources."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pages import plain, rule_text, section

from conftest import ROOT
from gonogo.documents.blocks import Document
from gonogo.explaining.pack_page import pack_page
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from strategies import one_rule, small_pack

HOUSE = str(ROOT / "examples/house-pack/policies")
OPEN = "[{fact: model.weights, equals: open}]"


def page_of(pack: Pack, library: Library) -> Document:
    profiles, default = library.profiles()
    return pack_page(pack, profiles, default)


@pytest.fixture(scope="module")
def house(vocabulary: Vocabulary) -> Pack:
    return Library([HOUSE], vocabulary).load("northlight")


def test_what_the_shipped_pack_is(eo_pack: Pack, library: Library) -> None:
    first = plain(page_of(eo_pack, library)).split("\n\n")[:3]

    assert first == [
        "eo-14409 2026.11.1: US Executive Order 14409, voluntary pre-release access to covered "
        "frontier models",
        "The order is voluntary (Sec. 3(c)). Last reviewed on 2026-11-23. A check uses it when no "
        "pack is named.",
        "The date of the first release decides which rules, numbers and rows of registers count. "
        "A date without a time is that whole day in America/New_York.",
    ]


def _rules_by_class(page: str) -> Mapping[str, list[str]]:
    parts = re.split(r"^(\w+): .*\n", section(page, "Rules"), flags=re.M)
    return {
        name: re.findall(r"^  - (\S+): ", body, re.M)
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_rule_stands_under_its_class(eo_pack: Pack, house: Pack, library: Library) -> None:
    for pack in (eo_pack, house):
        found = _rules_by_class(plain(page_of(pack, library)))

        expected: dict[str, list[str]] = {}
        for rule in pack.rules:
            expected.setdefault(rule.rule_class.value, []).append(rule.key)
        assert found == expected


def test_the_strongest_class_comes_first(house: Pack, library: Library) -> None:
    classes = list(_rules_by_class(plain(page_of(house, library))))

    assert classes == ["binding", "commitment", "house", "framework", "reference"]


def test_a_rule_has_its_title_and_dates(eo_pack: Pack, library: Library) -> None:
    rules = section(plain(page_of(eo_pack, library)), "Rules")

    assert (
        "- eo-14409/no-directive-in-force: No directive on this developer and model is in force "
        "at any stage of the release (from 2026-06-02)\n" in rules
    )
    assert "date (a note, from 2026-06-02)\n" in rules


def test_what_each_profile_makes_of_a_class(eo_pack: Pack, library: Library) -> None:
    effects = section(plain(page_of(eo_pack, library)), "What each profile makes of a class")

    table, _, words = effects.partition("\n\n")
    assert (
        table
        == """\
class       legal   standard (default)  strict
----------  ------  ------------------  ------
binding     blocks  blocks              blocks
commitment  note    blocks              blocks
house       note    blocks              blocks
framework   note    warns               blocks
reference   note    note                note"""
    )
    assert words.startswith(
        "A rule that blocks makes the verdict NO-GO if it fails, and UNDETERMINED if it cannot be "
        "decided. One that warns or is only noted never changes the verdict."
    )


def test_a_house_pack_says_where_each_value_is_from(house: Pack, library: Library) -> None:
    page = plain(page_of(house, library))

    assert "It extends eo-14409 2026.11.1 (US Executive Order 14409" in page
    numbers = section(page, "Numbers and choices by date")
    of_days = numbers.partition("- $assumed_review_days:\n")[2].partition("\n- ")[0]
    assert re.sub(r"yaml:\d+", "yaml:LINE", of_days) == (
        "  - from 2026-06-02: 30 days (assumed: the ceiling, held where no shorter period is "
        "evidenced); source: eo-3b-ii (primary); set by eo-14409 in eo-14409/pack.yaml:LINE\n"
        "  - from 2026-12-01: 45 days (Northlight holds 45 days where no other period is "
        "evidenced); source: northlight-policy-4 (house); set by northlight in "
        f"{HOUSE}/northlight/pack.yaml:LINE"
    )
    assert section(page, "Facts that it adds") == (
        "- red-team hours (extra.red_team_hours): How many hours did the red team spend on this "
        "model?\n"
    )


def test_an_inherited_rule_keeps_its_name_and_has_the_house_numbers(
    house: Pack, library: Library
) -> None:
    page = rule_text(house, "eo-14409/review-window-held", library)

    assert "This is a rule of class commitment, of the pack eo-14409 2026.11.1." in page
    assert "It is inherited by the pack northlight 2026.11.1, whose numbers count here." in page
    assert (
        "at least $assumed_review_days calendar days (30 from 2026-06-02, 45 from 2026-12-01)"
        in section(page, "What it requires")
    )


def test_the_version_is_that_of_the_pack_a_rule_comes_from(
    tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    (tmp_path / "pack.yaml").write_text(
        'pack: acme\nversion: "7"\ntitle: Acme\nextends: eo-14409\n'
    )
    acme = Library([str(tmp_path)], vocabulary).load("acme")

    page = rule_text(acme, "access-protected", library)

    assert "of the pack eo-14409 2026." in page
    assert "It is inherited by the pack acme 7, whose numbers count here." in page


def test_facts_that_are_found(eo_pack: Pack, library: Library) -> None:
    page = plain(page_of(eo_pack, library))

    assert section(page, "Facts that are found, not asked") == (
        "- end of the time held (review.held_until): The earliest of the end of government access "
        "and the first release, of those that are stated.\n"
    )


def test_every_definition_parameter_register_and_source_is_there(
    eo_pack: Pack, library: Library
) -> None:
    page = plain(page_of(eo_pack, library))

    words = re.findall(r'^- "([^"]+)" is met when', section(page, "Words used"), re.M)
    assert [word.replace(" ", "_") for word in words] == list(eo_pack.definitions)
    numbers = section(page, "Numbers and choices by date")
    assert re.findall(r"^- \$(\w+):", numbers, re.M) == list(eo_pack.parameters)
    registers = section(page, "Registers")
    assert re.findall(r"^- (\w+), last searched on", registers, re.M) == list(eo_pack.registers)
    sources = re.findall(r"^  - ([\w-]+): ", section(page, "Sources"), re.M)
    assert sorted(sources) == sorted(eo_pack.sources)


def test_sources_stand_under_their_standing(eo_pack: Pack, library: Library) -> None:
    sources = section(plain(page_of(eo_pack, library)), "Sources")

    news = sources.partition("news: a news article\n")[2].partition("\n\n")[0]
    assert news == (
        "  - news-article: The news article this project began from.\n"
        "    - read on 2026-11-23: https://perplexityaimagazine.com/?p=4610"
    )


def test_the_lines_a_reader_sees_first(
    tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    head = """\
definitions:
  big: [{fact: model.training_compute_flop, above: 1e26}]
headline:
  - label: size
    holds: big
    says:
      - {when: [{holds: big}], say: big, because: "{model.training_compute_flop}"}
      - {when: [{not: [{holds: big}]}, {fact: model.licence, stated: true}], say: small}
  - {label: weights, rule: only}
"""
    pack = small_pack(tmp_path, vocabulary, one_rule(OPEN), head)

    page = plain(page_of(pack, library))

    assert (
        section(page, "What a reader sees first")
        == """\
- size: whether "big" is met
  - "big" ([model.training_compute_flop]) when "big" is met.
  - "small" when all of these hold:
    - "big" is not met
    - the licence is stated
  - otherwise: yes, no or unknown, with what decides it
- weights: how only came out
"""
    )


def test_a_pack_of_one_rule_has_no_empty_sections(
    tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    page = plain(page_of(small_pack(tmp_path, vocabulary, one_rule(OPEN)), library))

    assert re.findall(r"^(?!demo)\S.*$", page, re.M) == [
        "A check uses it only when it is named.",
        "The date of the first release decides which rules, numbers and rows of registers count. "
        "A date without a time is that whole day in America/New_York.",
        "Rules",
        "What each profile makes of a class",
        "Sources",
        "More",
    ]
    assert "gonogo explain demo/only says what one rule asks" in page

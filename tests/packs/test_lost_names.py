"""What a mistake hides is no second mistake: only what somebody has to mend is said."""

import shutil
from pathlib import Path

import pytest
from houses import HEAD, house

from gonogo.diagnostics import InputError, Problem
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary

SHIPPED = Path(__file__).resolve().parents[2] / "policies"


def problems(folder: Path, vocabulary: Vocabulary, pack: str = "eo-14409") -> list[Problem]:
    with pytest.raises(InputError) as refused:
        Library([str(folder)], vocabulary).load(pack)
    return list(refused.value.problems)


def shipped(base: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, base / "policies"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")


# A file of the shipped pack, what is replaced in it, and what the one message says.
HIDES_OTHERS = {
    "a row without its indentation": (
        "registers/participants.yaml",
        "  - {developer: nvidia",
        "- {developer: nvidia",
        "not valid YAML",
    ),
    "a register that is not searched": (
        "registers/participants.yaml",
        "as_of: 2026-11-23 ",
        "",
        "a register has no `as_of`",
    ),
    "a rule that the headline names": (
        "rules/review-window.yaml",
        "    title: ",
        "   title: ",
        "not valid YAML",
    ),
    "a file that has no rules": (
        "rules/review-window.yaml",
        "rules:",
        "- rules:",
        "a rules file: a list where a mapping is expected",
    ),
    "a parameter that many rules read": (
        "pack.yaml",
        "    values: [{from: 2026-06-02, value: 90, cites: [house-register]}]",
        "    values: []",
        "`register_expires_days` has no values",
    ),
    "a source that is not one": (
        "pack.yaml",
        '    title: "EO 14409 Sec. 3(a), 91 FR 34566"\n'
        "    url: https://www.govinfo.gov/content/pkg/FR-2026-06-05/pdf/2026-11415.pdf\n"
        "    retrieved: 2026-11-23\n"
        "    standing: primary\n",
        "    primary\n",
        "the source `eo-3a`: `primary` where a mapping is expected",
    ),
}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"), list(HIDES_OTHERS.values()), ids=list(HIDES_OTHERS)
)
def test_one_mistake_is_one_message(
    file: str, old: str, new: str, says: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Not `there is no register participants`, nor a dozen facts that would come from it."""
    folder = shipped(tmp_path)
    edit(folder / "eo-14409" / file, old, new)
    (found,) = problems(folder, vocabulary)
    assert says in found.message
    assert found.span.file == str(folder / "eo-14409" / file)


def test_a_file_that_cannot_be_read_comes_first(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """It hides the most; and what has nothing to do with it is said all the same."""
    folder = shipped(tmp_path)
    edit(folder / "eo-14409/registers/participants.yaml", "  - {developer: nvidia", "- {developer:")
    edit(folder / "eo-14409/pack.yaml", "fact: model.weights", "fact: model.weight")
    hidden, other = problems(folder, vocabulary)
    assert hidden.message.startswith("not valid YAML")
    assert other.message == "there is no fact `model.weight`"


BARE = """\
pack: bare
version: "1"
title: Bare
timezone: America/New_York
governing_date: release.first_at
"""
BARE_RULE = """\
rules:
  - id: only
    title: Only
    class: house
    cites: [memo]
    require:
      - {any_row: {register: listed, where: [{fact: row.id, equals: a}]}}
      - {fact: review.agreed_days, at_least: $days}
      - {holds: shut}
"""


def test_where_nothing_is_known_the_place_to_add_it_is_named(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """`nothing is known here` would send nobody anywhere."""
    found = problems(Path(house(tmp_path, BARE, BARE_RULE, "bare")), vocabulary, "bare")
    assert [(problem.message, problem.help) for problem in found] == [
        (
            "there is no source `memo`",
            "the pack has no sources: add one under `sources:` in pack.yaml",
        ),
        (
            "there is no register `listed`",
            "the pack has no registers: add a file under registers/",
        ),
        (
            "there is no parameter `days`",
            "the pack has no parameters: add one under `parameters:` in pack.yaml",
        ),
        (
            "there is no definition `shut`",
            "the pack has no definitions: add one under `definitions:` in pack.yaml",
        ),
    ]


def test_all_beside_any_are_both_read(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Every problem at once, also in the one that has no place there."""
    rule = BARE_RULE[: BARE_RULE.index("    require:")] + (
        "    require: {all: [{fact: model.name, is: a}], any: [{fact: model.name, in: [a]}]}\n"
    )
    head = BARE + "sources: {memo: {title: A, standing: house}}\n"
    found = problems(Path(house(tmp_path, head, rule, "bare")), vocabulary, "bare")
    assert [problem.message for problem in found] == [
        "there is no operator `is`",
        "`all` and `any` beside each other in one condition",
        "there is no operator `in`",
    ]


def test_a_pack_without_a_time_zone_is_read_on(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Every problem at once, in one run."""
    head = BARE.replace("timezone: America/New_York\n", "")
    rule = BARE_RULE[: BARE_RULE.index("    require:")] + "    require: [{holds: shut}]\n"
    said = [p.message for p in problems(Path(house(tmp_path, head, rule, "b")), vocabulary, "bare")]
    assert said == [
        "pack.yaml has no `timezone`",
        "there is no source `memo`",
        "there is no definition `shut`",
    ]


ROWS = """\
register: participants
rows:
  - {developer: acme, instrument: caisi_agreement, status: signed, from: 2026-11-01, source: memo}
"""


def test_a_house_pack_adds_no_rows(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The register is the parent's: say so, once, and not what the file lacks to be one."""
    base = Path(house(tmp_path, HEAD))
    (base / "acme" / "registers").mkdir()
    (base / "acme" / "registers" / "participants.yaml").write_text(ROWS, "utf-8")
    (found,) = problems(base, vocabulary, "acme")
    assert str(found.span) == f"{base}/acme/registers/participants.yaml:1:11"
    assert found.message == (
        "the register `participants` exists already in `eo-14409`: "
        "a house pack cannot add rows to it"
    )
    assert found.help is not None
    assert found.help.startswith(
        "edit the register of `eo-14409`, or state in the manifest what the row would say"
    )

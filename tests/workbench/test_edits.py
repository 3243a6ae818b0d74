"""What an edit says in words: every part of a pack, and nothing where only its place has moved."""

from pathlib import Path

import pytest

from benches import HEAD, RULES, desk_of
from gonogo.packs.policy import Pack
from gonogo.workbench.edits import Edit, edits

_LIMIT = (
    "parameters: {limit: {unit: day, values: [{from: 2026-06-02, value: %s, cites: [memo]}]}}\n"
)
_SHUT = "definitions: {shut: [{fact: model.weights, equals: %s}]}\n"
_SIZE = "facts: {extra.size: {type: number, title: Size, unit: %s}}\n"
_LISTED = """\
register: listed
as_of: %s
fields: {model: {type: name}}
rows: [{model: %s, from: 2026-06-12, source: memo}]
"""


def _head(text: str, *words: str) -> tuple[dict[str, str], ...]:
    return tuple({"pack.yaml": HEAD + text % word} for word in words)


def _register(day: str, model: str) -> dict[str, str]:
    return {"registers/listed.yaml": _LISTED % (day, model)}


def _rule(old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    return {}, {"rules/main.yaml": RULES.replace(old, new)}


CASES = {
    "a parameter": (*_head(_LIMIT, "30", "31"), "parameter limit changed", "30 days", "31 days"),
    "a definition": (
        *_head(_SHUT, "closed", "open"), "definition shut changed", "closed", "open",
    ),
    "a fact": (*_head(_SIZE, "GB", "TB"), "fact extra.size changed", "GB", "TB"),
    "a row": (
        _register("2026-11-23", "Fable 5"), _register("2026-11-23", "Fable 6"),
        "register listed changed", "Fable 5", "Fable 6",
    ),
    "the day of a search": (
        _register("2026-11-23", "Fable 5"), _register("2026-11-24", "Fable 5"),
        "register listed changed", "2026-11-23", "2026-11-24",
    ),
    "a title": (
        *_rule("The only rule", "The last rule"), "rule demo/only changed",
        "The only rule", "The last rule",
    ),
    "a class": (
        *_rule("house", "framework"), "rule demo/only changed", "class: house", "class: framework",
    ),
    "what is required": (
        *_rule("equals: closed", "equals: open"), "rule demo/only changed", "closed", "open",
    ),
    "the words of a fix": (
        *_rule("require:", "fix: Close {model.name}.\n    require:"), "rule demo/only changed",
        "", "fix: Close {model.name}.",
    ),
}  # fmt: skip


def _packs(base: Path, *files: dict[str, str]) -> list[Pack]:
    return [desk_of(base / str(n), each).packs[0] for n, each in enumerate(files)]


def _named(edit: Edit) -> str:
    return f"{edit.what} {edit.name} {edit.how}"


@pytest.mark.parametrize(("old", "new", "named", "before", "after"), CASES.values(), ids=CASES)
def test_an_edit_says_what_was_and_what_is(
    old: dict[str, str], new: dict[str, str], named: str, before: str, after: str, tmp_path: Path
) -> None:
    [edit] = edits(*_packs(tmp_path, old, new))

    assert _named(edit) == named
    assert before in "\n".join(edit.before)
    assert after in "\n".join(edit.after)
    assert len(edit.before) <= 1 and len(edit.after) == 1  # only the lines that differ


def test_a_rule_that_is_gone_and_one_that_is_new_are_said_whole(tmp_path: Path) -> None:
    found = list(edits(*_packs(tmp_path, *_rule("id: only", "id: other"))))

    assert [_named(each) for each in found] == ["rule demo/only removed", "rule demo/other added"]
    for edit, lines in zip(found, (found[0].before, found[1].after), strict=True):
        assert edit.before == () or edit.after == ()
        assert "class: house" in lines


@pytest.mark.parametrize(
    "new",
    [
        {"rules/main.yaml": "# a comment\n" + RULES},
        {"rules/main.yaml": RULES.replace("    title:", "\n    title:")},
        {"rules/main.yaml": "rules: []\n", "rules/other.yaml": RULES},
    ],
    ids=["a comment", "an empty line", "another file"],
)
def test_what_only_moves_is_no_edit(new: dict[str, str], tmp_path: Path) -> None:
    assert list(edits(*_packs(tmp_path, {}, new))) == []

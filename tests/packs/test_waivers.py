"""Files of waivers: all problems at once, each with its place; what cannot be waived is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.diagnostics import InputError
from gonogo.library import Library, load_vocabulary
from gonogo.packs.policy import Pack, Waiver
from gonogo.packs.waivers import read_waivers
from gonogo.trees.reader import read_tree

SOUND = {
    "rule": "eo-14409/review-window-held",
    "subject": '{developer: northlight, model: N-9, version: "1.0"}',
    "reason": "the letter follows",
    "requested_by": "release manager",
    "approved_by": "general counsel",
    "ticket": "NL-1",
    "from": "2026-11-01",
    "until": "2026-11-30",
}


def text(**changed: str) -> str:
    """A file with one waiver; an empty value leaves the key out."""
    named = {key.replace("from_", "from"): value for key, value in changed.items()}
    keys = [f"{key}: {value}" for key, value in {**SOUND, **named}.items() if value]
    return "waivers:\n  - " + "\n    ".join(keys) + "\n"


def read(said: str, pack: Pack) -> tuple[Waiver, ...]:
    return read_waivers(read_tree(said.encode(), "waivers.yaml"), (pack,))


def refused(said: str, pack: Pack) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(said, pack)
    return [str(problem) for problem in caught.value.problems]


def test_a_sound_file(eo_pack: Pack) -> None:
    (waiver,) = read(text(), eo_pack)
    assert (waiver.rule, waiver.developer, waiver.version) == (SOUND["rule"], "northlight", "1.0")
    assert (waiver.start.text, waiver.until.text) == ("2026-11-01", "2026-11-30")
    assert (waiver.span.line, waiver.span.column) == (2, 5)


def test_an_empty_list_waives_nothing(eo_pack: Pack) -> None:
    assert read("waivers: []\n", eo_pack) == ()


@pytest.mark.parametrize("key", SOUND)
def test_every_key_is_required(key: str, eo_pack: Pack) -> None:
    changed = {key.replace("from", "from_"): ""}
    assert any(f"has no `{key}`" in each for each in refused(text(**changed), eo_pack))


# A changed value, where it is said, what is said, and what helps.
WRONG: dict[str, tuple[Callable[[], str], str]] = {
    "binding": (
        lambda: text(rule="eo-14409/no-directive-in-force"),
        "waivers.yaml:2:11: `rule`: `eo-14409/no-directive-in-force` is binding and can never be",
    ),
    "gonogo's own": (
        lambda: text(rule="gonogo/evidence-matches"),
        "waivers.yaml:2:11: `rule`: `gonogo/evidence-matches` can never be waived",
    ),
    "misspelt rule": (
        lambda: text(rule="eo-14409/review-window-hold"),
        "waivers.yaml:2:11: `rule`: there is no rule `eo-14409/review-window-hold`\n"
        "  help: did you mean `eo-14409/review-window-held`?",
    ),
    "no pack": (
        lambda: text(rule="review-window-held"),
        "waivers.yaml:2:11: `rule`: `review-window-held` names no pack\n"
        "  help: write eo-14409/review-window-held",
    ),
    "one person": (
        lambda: text(approved_by='"Release  Manager"'),
        "waivers.yaml:6:18: `approved_by`: `Release  Manager` asked for it as well",
    ),
    "a manifest": (
        lambda: "manifest: gonogo/1\nmodel: {name: N-9}\n",
        "waivers.yaml:1:1: is a manifest, not a file of waivers\n  help: name the file that says",
    ),
    "nobody": (
        lambda: text(approved_by='" - "'),
        "waivers.yaml:6:18: `approved_by`: ` - ` says nothing",
    ),
    "ends before it begins": (
        lambda: text(until="2026-10-31"),
        "waivers.yaml:9:12: `until`: `2026-10-31` is before `from`, `2026-11-01`",
    ),
    "an instant": (
        lambda: text(until="2026-11-30T12:00:00Z"),
        "waivers.yaml:9:12: `until`: `2026-11-30T12:00:00Z` is no day",
    ),
    "a month": (lambda: text(until="2026-11"), "waivers.yaml:9:12: `until`: `2026-11` is no day"),
    "no date": (lambda: text(until="soon"), "waivers.yaml:9:12: `until`: `soon` is no day"),
    "a name for an id": (
        lambda: text(subject='{developer: Northlight AI, model: N-9, version: "1.0"}'),
        "waivers.yaml:3:26: `developer`: `Northlight AI` is not an id",
    ),
    "all models": (
        lambda: text(subject='{developer: northlight, version: "1.0"}'),
        "waivers.yaml:3:14: `subject` has no `model`",
    ),
    "misspelt key": (
        lambda: text() + "    expires: 2026-12-01\n",
        "waivers.yaml:10:5: unknown key in a waiver: `expires`",
    ),
    "a list": (
        lambda: "- rule: x\n",
        "waivers.yaml:1:1: the file of waivers: a list where a mapping is expected",
    ),
    "too many": (lambda: "waivers: [" + "{}, " * 201 + "]\n", "waivers.yaml:1:1: 201 waivers"),
}


@pytest.mark.parametrize(("make", "said"), WRONG.values(), ids=WRONG)
def test_malformed_is_an_error(make: Callable[[], str], said: str, eo_pack: Pack) -> None:
    assert any(each.startswith(said) for each in refused(make(), eo_pack)), refused(make(), eo_pack)


def test_all_problems_at_once(eo_pack: Pack) -> None:
    wrong = text(rule="eo-14409/x", until="soon") + text(ticket="").removeprefix("waivers:\n")
    assert len(refused(wrong, eo_pack)) >= 2


# From November 1, both ends counted: 30 of November, 31 of December, 29 of January are 90 days.
@pytest.mark.parametrize(
    ("until", "fits"), [("2027-01-28", True), ("2027-01-29", True), ("2027-01-30", False)]
)
def test_the_longest_waiver(until: str, fits: bool, eo_pack: Pack) -> None:
    assert eo_pack.most_waiver_days == 90
    if fits:
        assert read(text(until=until), eo_pack)
    else:
        assert "write until: 2027-01-29 or earlier" in refused(text(until=until), eo_pack)[0]


def test_one_day(eo_pack: Pack) -> None:
    assert read(text(until="2026-11-01"), eo_pack)


def test_a_pack_that_does_not_say_lets_nothing_be_waived(eo_pack: Pack) -> None:
    (said,) = refused(text(), eo_pack._replace(most_waiver_days=None))
    assert "lets nothing be waived" in said


def test_a_waiver_for_a_pack_that_is_not_in_use_is_kept(eo_pack: Pack) -> None:
    """The same file may serve several checks; the report says that it did nothing."""
    (waiver,) = read(text(rule="ca-sb-53/x"), eo_pack)
    assert waiver.rule == "ca-sb-53/x"


@pytest.mark.parametrize(
    ("given", "days"),
    [("1", 1), ("36499", 36499), ("0", None), ("36500", None), ("2.5", None), ("ninety", None)],
)
def test_how_long_a_pack_lets_a_waiver_last(given: str, days: int | None, tmp_path: Path) -> None:
    """Inherited, and lowered or raised by a house pack; what is no number of days is refused."""
    (tmp_path / "house").mkdir()
    head = "pack: house\nversion: '1'\ntitle: House\nextends: eo-14409\n"
    (tmp_path / "house/pack.yaml").write_text(f"{head}waivers: {{most_days: {given}}}\n", "utf-8")
    library = Library([str(tmp_path)], load_vocabulary())
    if days is None:
        with pytest.raises(InputError, match="is no number of days"):
            library.load("house")
        return
    assert library.load("house").most_waiver_days == days
    (tmp_path / "house/pack.yaml").write_text(head, "utf-8")
    assert Library([str(tmp_path)], load_vocabulary()).load("house").most_waiver_days == 90


@pytest.mark.parametrize(
    ("asked", "agreed", "one"),
    [
        ("relmgr@example.org", "Rel Mgr <relmgr@example.org>", True),
        ("Rel Mgr <relmgr@example.org>", "Release Manager <RelMgr@Example.org>", True),
        ("relmgr@example.org (Rel Mgr)", "relmgr@example.org", True),
        ("mailto:relmgr@example.org", "relmgr@example.org", True),
        ("Rel Mgr", "rel mgr <relmgr@example.org>", True),
        ("Rel Mgr <relmgr@example.org>", "Counsel <counsel@example.org>", False),
        ("Sam Lee <sam.lee@example.org>", "Sam Lee <sam.lee.2@example.org>", False),
        ("relmgr@example.org", "general counsel", False),
        ("<a@example.org>", "<b@example.org>", False),
    ],
)
def test_one_person_may_be_written_in_two_ways(
    asked: str, agreed: str, one: bool, eo_pack: Pack
) -> None:
    """Somebody else has to agree: not the same address with a name before it."""
    said = text(requested_by=f'"{asked}"', approved_by=f'"{agreed}"')
    if one:
        [found] = refused(said, eo_pack)
        assert "asked for it as well" in found
    else:
        assert len(read(said, eo_pack)) == 1

"""Windows: every stretch of dates with one verdict, exactly.

Examples are scanned day by day for more than three years; the bounds of hand-made cases are counted
by hand.
"""

from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moving_worlds import ZONES, Data, dated_facts, dated_pack, dated_rules

from conftest import ROOT, moment
from gonogo.engine.assess import Frame
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Facts, Manifest
from gonogo.manifests.vocabulary import STAGES, Vocabulary
from gonogo.packs.policy import Pack
from gonogo.search.windows import movable, windows
from scanning import DAY, around, begins, days, hours, judged, judged_by_all, said, stages_of
from strategies import LAWS, read_for

Read = Callable[[str], Manifest]

PROFILES = Library([], load_vocabulary()).profiles()[0]
# Every day for 13 months, then every fourth for more than three years in all.
SCANNED = (*range(400), *range(400, 1_140, 4))
EXAMPLES = sorted(
    path
    for path in (ROOT / "examples").rglob("*.yaml")
    if "policies" not in path.parts and "manifest: gonogo/1" in path.read_text("utf-8")
)


def frames_of(packs: tuple[Pack, ...], library: Library, as_of: str) -> tuple[Frame, ...]:
    """The same under each profile."""
    return tuple(Frame(packs, each, moment(as_of)) for each in library.profiles()[0].values())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_examples_agree_with_a_scan(path: Path, library: Library, vocabulary: Vocabulary) -> None:
    """Every day of three years, under all three profiles; with exact times also around edges."""
    house = path.parent / "policies"
    packs = Library([str(house)], vocabulary).select([]) if house.is_dir() else library.select([])
    facts = read_for(path.read_text("utf-8"), packs[0]).facts
    scan(facts, frames_of(packs, library, "2026-05-20"))


def scan(facts: Facts, frames: tuple[Frame, ...]) -> None:
    zone = frames[0].packs[0].zone
    stages = stages_of(facts)
    _, whole = begins(stages, zone)
    start = date(2026, 5, 20)
    release = movable(facts, STAGES, frames[0])
    assert release is not None
    assert release.by_days is whole
    found = [list(windows(release, frame, release.on(start))) for frame in frames]
    for number in SCANNED:
        day = start + DAY * number
        by_all = judged_by_all(facts, stages, day, frames, by_days=True)
        assert by_all == [said(each, release.at_the_hour(day)) for each in found], day
    if whole:
        return
    near = {at for each in found for at in around(each) if at >= release.on(start)}
    near.update(hours(days(start, 60), (time(), time(23, 59, 59)), zone))
    for at in near:
        by_all = judged_by_all(facts, stages, at, frames, by_days=False)
        assert by_all == [said(each, at) for each in found], at


@settings(LAWS, max_examples=60)
@given(
    rules=dated_rules(),
    zone=st.sampled_from(ZONES),
    facts=dated_facts(),
    moving=st.none() | st.sampled_from(STAGES),
    profile=st.sampled_from(["legal", "standard", "strict"]),
    as_of=st.sampled_from(["2026-10-01", "2026-11-01T05:45:00Z"]),
)
def test_generated_packs_agree_with_a_scan(
    rules: list[Data], zone: str, facts: Facts, moving: str | None, profile: str, as_of: str
) -> None:
    """Every rule of a small pack hangs on dates; all stages move, or one of them."""
    pack = dated_pack(rules, zone)
    frame = Frame((pack,), PROFILES[profile], moment(as_of))
    compare(facts, [moving] if moving else STAGES, frame)


@settings(LAWS, max_examples=30)
@given(
    rules=st.tuples(dated_rules(), dated_rules()),
    zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
    facts=dated_facts(),
)
def test_two_packs_agree_with_a_scan(
    rules: tuple[list[Data], list[Data]], zones: tuple[str, str], facts: Facts
) -> None:
    """Each pack reads a bare date in its own zone, and clocks change on different days."""
    packs = (dated_pack(rules[0], zones[0]), dated_pack(rules[1], zones[1], "other"))
    compare(facts, STAGES, Frame(packs, PROFILES["standard"], moment("2026-10-01")))


def compare(facts: Facts, names: Sequence[str], frame: Frame) -> None:
    """The windows and a scan: each day at three hours, and every second next to a bound."""
    zone = frame.packs[0].zone
    stages = stages_of(facts, names)
    release = movable(facts, names, frame)
    if release is None:
        assert not stages
        return
    start = release.on(date(2026, 10, 20))
    found = list(windows(release, frame, start))
    each = list(days(date(2026, 10, 20), 180))
    if release.by_days:
        for day in each:
            expected = judged(facts, stages, day, frame, by_days=True)
            assert said(found, release.on(day)) is expected, day
        return
    near = set(hours(each, (time(), time(9), time(23, 59, 59)), zone))
    near.update(
        hours(each[8:16], (time(0, 59, 59), time(1, 30), time(2), time(2, 30), time(3)), zone)
    )
    near.update(around(found))
    for at in sorted(at for at in near if at >= start):
        expected = judged(facts, stages, at, frame, by_days=False)
        assert said(found, at) is expected, at

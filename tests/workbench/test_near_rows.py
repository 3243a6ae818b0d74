"""Tests of a pack, moved to a new register row: what a weekly search of a register adds."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Manifest
from gonogo.packs.policy import Pack
from gonogo.search.changes import Changes
from gonogo.workbench.near_rows import Seed, with_near_rows
from strategies import at
from test_cli import gonogo

STORY = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
coverage: {determination: designated}
participation:
  caisi_agreement: {status: signed}
  eo_14409_framework: {status: signed}
review: {access_started_at: 2026-09-01}
release: {trusted_partners_at: 2026-10-01T09:00:00-04:00, public_at: 2026-10-08}
"""
ROW = (
    "{developer: meta, instrument: caisi_agreement, status: signed, signed_on: %s, from: %s, "
    "source: nist-2026-05}"
)
SIGNED = ROW % ("2026-11-20", "2026-11-20")
SUMMER = ROW % ("2026-09-01", "2026-09-01")


def _with_row(tmp_path: Path, row: str) -> Path:
    """The shipped packs with one row more."""
    folder = tmp_path / "policies"
    shutil.copytree(ROOT / "policies", folder)
    file = folder / "eo-14409/registers/participants.yaml"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n  - {row}\n", "utf-8")
    return folder


def _pack(folder: Path) -> Pack:
    return Library([str(folder)], load_vocabulary()).load("eo-14409")


def _told(seed: Seed) -> dict[str, str]:
    return {path: str(fact.value) for path, fact in seed.facts.stated.items()}


@pytest.fixture
def seed(read: Callable[[str], Manifest]) -> Seed:
    return Seed(read(STORY).facts, at("2026-09-30"))


def test_without_a_new_row_each_seed_is_there_once(seed: Seed, eo_pack: Pack) -> None:
    assert with_near_rows([seed, seed], Changes(eo_pack, eo_pack)) == [seed]


def test_a_seed_moves_to_the_new_row(seed: Seed, eo_pack: Pack, tmp_path: Path) -> None:
    """The row's developer, silent on what the row says or on all that rows say, 50 or 51 days
    later: from October 1 to the row's first day, November 20, and to the next.
    """
    own, *near = with_near_rows([seed], Changes(eo_pack, _pack(_with_row(tmp_path, SIGNED))))

    assert own == seed
    told = [_told(each) for each in near]
    assert {each["model.developer"] for each in told} == {"meta"}
    assert all("participation.caisi_agreement.status" not in each for each in told)
    said = ["participation.eo_14409_framework.status" in each for each in told]
    assert sorted(said) == [False, False, True, True]
    assert {
        (
            each.as_of.text,
            told["release.trusted_partners_at"],
            told["release.public_at"],
            told["review.access_started_at"],
        )
        for each, told in zip(near, told, strict=True)
    } == {  # clocks went back on November 1: nine in the morning stays nine
        ("2026-11-19", "2026-11-20T09:00:00-05:00", "2026-11-27", "2026-10-21"),
        ("2026-11-20", "2026-11-21T09:00:00-05:00", "2026-11-28", "2026-10-22"),
    }


@pytest.mark.parametrize(
    ("row", "days"),
    [
        (SUMMER, {"2026-10-08"}),
        (
            SUMMER.replace("source", "until: 2026-09-20, source"),
            {"2026-09-08", "2026-09-09", "2026-09-27"},
        ),
        (ROW % ("2026-11-20", "2999-01-01"), set()),
    ],
    ids=["in force already", "ended before", "beyond all that can be written"],
)
def test_the_days_of_a_row(
    row: str, days: set[str], seed: Seed, eo_pack: Pack, tmp_path: Path
) -> None:
    """In force on October 1, nothing moves; else it moves to the first days and to the last."""
    near = with_near_rows([seed], Changes(eo_pack, _pack(_with_row(tmp_path, row))))[1:]

    assert {_told(each)["release.public_at"] for each in near} == days


def test_a_signing_is_shown_for_every_rule_that_it_decides(tmp_path: Path) -> None:
    """Meta signs on November 20: each rule about participants has an example, none is given up."""
    run = gonogo("policy", "diff", str(ROOT / "policies"), str(_with_row(tmp_path, SIGNED)))

    assert run.returncode == 1
    assert "no manifest was found" not in run.stdout
    for rule in (
        "coverage-settled", "government-engaged", "register-agrees", "developer-participates",
        "agreement-before-access", "assessment-record", "review-window-held",
        "government-access-first", "access-within-ceiling", "access-protected",
    ):  # fmt: skip
        assert f"eo-14409/{rule} rests on what was changed" in run.stdout

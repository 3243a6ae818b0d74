"""Shared fixtures: the shipped packs, and one way to check a manifest written in a test."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.check import check
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from gonogo.reporting.findings import Finding
from gonogo.reporting.report import Report
from gonogo.values.times import Moment, parse_moment
from gonogo.workbench.searched import as_searched

ROOT = Path(__file__).resolve().parents[1]

SEARCHED = {"directives": "2026-11-23", "participants": "2026-11-23"}

Checked = Callable[..., Report]


def moment(text: str) -> Moment:
    found = parse_moment(text)
    assert isinstance(found, Moment), found
    return found


def whenever_searched(text: str) -> str:
    """A text without the days on which registers were searched: they move every week.

    With them moves the digest of the pack.
    """
    for days in (r"(searched(?:\s+on)?\s+)\d{4}-\d\d-\d\d", r'("as_of": ")\d{4}-\d\d-\d\d(?=")'):
        text = re.sub(days, r"\1DAY", text)
    return re.sub(
        r'(eo-14409(?:[^\n]|\n  ){,200}?sha256"?(?::\s*"?))[0-9a-f]{64}', r"\1DIGEST", text
    )


def copy_story(name: str, folder: Path, file: str = "release.yaml") -> None:
    """An example's manifest under some name, with the evidence that it names."""
    story = ROOT / "examples" / f"northlight-{name}"
    (folder / file).write_bytes((story / "release.yaml").read_bytes())
    for path in story.glob("evidence/*"):
        (folder / "evidence").mkdir(exist_ok=True)
        (folder / "evidence" / path.name).write_bytes(path.read_bytes())


def finding(report: Report, rule: str) -> Finding:
    """The finding of a rule of the EO pack, or of a rule named with its pack."""
    key = rule if "/" in rule else f"eo-14409/{rule}"
    return next(each for each in report.findings if each.rule == key)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def library(vocabulary: Vocabulary) -> Library:
    """The shipped packs, their registers as if searched on one day: no test hangs on the last."""
    shipped = Library([], vocabulary)
    days = {name: moment(day) for name, day in SEARCHED.items()}
    shipped.loaded["eo-14409"] = as_searched(shipped.load("eo-14409"), days)
    return shipped


@pytest.fixture(scope="session")
def eo_pack(library: Library) -> Pack:
    return library.load("eo-14409")


@pytest.fixture(scope="session")
def read(eo_pack: Pack, vocabulary: Vocabulary) -> Callable[[str], Manifest]:
    """The manifest in a text, read with the EO pack's names. Raises InputError."""

    def reader(text: str) -> Manifest:
        developers = eo_pack.developers()
        manifest = read_manifest(
            text.encode(), "release.yaml", vocabulary, eo_pack.zone, developers
        )
        # No file lies beside a text: its evidence is as good as it says.
        return manifest._replace(facts=manifest.facts.as_if_verified())

    return reader


@pytest.fixture(scope="session")
def checked(library: Library, eo_pack: Pack, read: Callable[[str], Manifest]) -> Checked:
    """The report on a manifest text under the EO pack."""
    profiles, _ = library.profiles()

    def run(text: str, as_of: str = "2026-11-23", profile: str = "standard") -> Report:
        return check(read(text), (eo_pack,), profiles, profile, moment(as_of))

    return run

"""What tests of rule authors' tools share: packs with tests beside them, written by a test."""

from collections.abc import Mapping
from pathlib import Path

from gonogo.authoring.desk import Desk, open_desk
from gonogo.workbench.suite import Suite, read_suite
from gonogo.workbench.trials import Trial, run_suite

HEAD = """\
pack: demo
version: "1"
title: A pack for tests
timezone: America/New_York
governing_date: release.first_at
sources: {memo: {title: A memo, retrieved: 2026-11-23, standing: house}}
"""
RULES = """\
rules:
  - id: only
    title: The only rule
    class: house
    cites: [memo]
    require: [{fact: model.weights, equals: closed}]
"""
NAMED = """\
manifests:
  n-9:
    manifest: gonogo/1
    model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
    release: {public_at: 2026-12-01}
"""


def written(base: Path, files: Mapping[str, str]) -> Path:
    """A folder of packs with one pack in it, `demo`; the pack's head and rule unless given."""
    for name, text in {"pack.yaml": HEAD, "rules/main.yaml": RULES, **files}.items():
        path = base / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return base


def desk_of(base: Path, files: Mapping[str, str]) -> Desk:
    return open_desk((str(written(base, files)),), ())


def suite_of(desk: Desk, *texts: str) -> Suite:
    """The tests in these texts, as if each were a file of the one pack. Raises InputError."""
    files = [(f"tests-{number}.yaml", text.encode()) for number, text in enumerate(texts, 1)]
    return read_suite(files, desk.packs[0], desk.terms)


def trials_of(desk: Desk, *texts: str) -> tuple[Trial, ...]:
    return run_suite(suite_of(desk, *texts), desk.profiles)

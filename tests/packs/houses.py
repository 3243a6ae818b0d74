"""House packs written by a test, and the JSON report of a release under them."""

from pathlib import Path
from typing import Any

from conftest import moment
from gonogo.check import check
from gonogo.library import Library
from gonogo.manifests.manifest import read_manifest
from gonogo.render.json_v1 import as_data

HEAD = """\
pack: acme
version: "3"
title: What Acme adds
extends: eo-14409
sources:
  acme-memo: {title: A memo of Acme, standing: house}
"""
RULE = """\
rules:
  - id: red-team-signed-off
    title: The red team has signed off
    class: house
    cites: [acme-memo, eo-3c]
    require: [{fact: extra.red_team_signoff, equals: true}]
"""
FACTS = "facts:\n  extra.red_team_signoff: {type: flag, ask: Has the red team signed off?}\n"
LONGER = (
    "change:\n"
    "  assumed_review_days: [{from: 2026-12-01, value: 45, cites: [acme-memo], note: acme}]\n"
)

Data = dict[str, Any]


def house(base: Path, head: str, rules: str = "", name: str = "acme") -> str:
    """A folder of packs that holds one house pack; its path as --policies takes it."""
    folder = base / name
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text(head, "utf-8")
    if rules:
        (folder / "rules" / "own.yaml").write_text(rules, "utf-8")
    return str(base)


def release(access: str, public: str, extra: str = "") -> str:
    """A closed model of a developer that the register knows, big enough to be presumed covered."""
    return (
        "manifest: gonogo/1\n"
        'model: {name: N-9, version: "1.0", developer: openai, weights: closed, '
        "training_compute_flop: 3e26}\n"
        f"review: {{access_started_at: {access}}}\n"
        f"release: {{public_at: {public}}}\n"
        f"{extra}"
    )


def report(library: Library, text: str, *packs: str, profile: str = "standard") -> Data:
    """The JSON report on a manifest at 2026-11-23."""
    chosen = library.select(packs)
    specs = {path: spec for pack in chosen for path, spec in pack.specs.items()}
    vocabulary = library.vocabulary.with_specs(specs)
    manifest = read_manifest(text.encode(), "release.yaml", vocabulary, chosen[0].zone, {})
    profiles, _ = library.profiles()
    return as_data(check(manifest, chosen, profiles, profile, moment("2026-11-23")))


def finding(data: Data, rule: str) -> Data:
    found = [each for each in data["findings"] if each["rule"] == rule]
    assert len(found) == 1, f"{rule} ran {len(found)} times"
    return dict(found[0])


def parameters(step: Any) -> list[Data]:
    """Every parameter reading anywhere in a trace."""
    if isinstance(step, dict):
        own = [dict(each) for each in step.get("parameters", [])]
        return own + [found for child in step.values() for found in parameters(child)]
    if isinstance(step, list):
        return [found for child in step for found in parameters(child)]
    return []

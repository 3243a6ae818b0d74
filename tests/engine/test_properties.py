"""Laws of the engine: learning never overturns, order never matters, equal inputs give equal bytes.

Learning is tested by worlds of exact facts that are told less and less exactly (see strategies).
"""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, Checked
from gonogo.check import check
from gonogo.engine.assess import Frame, assess, verdict_of
from gonogo.engine.judge import Outcome
from gonogo.library import Library
from gonogo.manifests.facts import Facts, Manifest
from gonogo.packs.policy import Profile
from gonogo.render.json_v1 import render
from gonogo.values.digest import FileDigest
from strategies import (
    GRAINS,
    LAWS,
    World,
    any_conditions,
    at,
    facts_of,
    grains,
    law_pack,
    learning_conditions,
    manifest,
    read_for,
    rules_of,
    worlds,
)

AS_OF = at("2026-07-20")
# `fail` on the one side; on the other what never blocks: met, out of scope, out of its dates.
DECIDED = {
    Outcome.FAIL: "fails",
    Outcome.PASS: "stands",
    Outcome.NOT_APPLICABLE: "stands",
    Outcome.NOT_IN_FORCE: "stands",
}
Rules = list[dict[str, Any]]


def came_of(rules: Rules, facts: Facts) -> dict[str, Outcome]:
    return {r.rule.id: r.outcome for r in assess(facts, (law_pack(rules),), AS_OF)}


def as_manifest(facts: Facts) -> Manifest:
    return Manifest("release.yaml", FileDigest(b""), "N-9", "1.0", "northlight", facts)


@pytest.fixture(scope="module")
def profiles(library: Library) -> dict[str, Profile]:
    return library.profiles()[0]


@settings(LAWS, max_examples=400)
@given(st.data(), worlds(), rules_of(learning_conditions))
def test_learning_never_overturns_an_outcome(
    data: st.DataObject, world: World, rules: Rules
) -> None:
    """Told more exactly, a rule that failed still fails, and one that stood still stands."""
    fine = data.draw(grains(world), label="fine")
    coarse = data.draw(grains(world, fine), label="coarse")
    before, after = (came_of(rules, facts_of(world, told)) for told in (coarse, fine))
    for rule, outcome in before.items():
        if outcome is not Outcome.UNKNOWN:
            assert DECIDED[outcome] == DECIDED.get(after[rule]), (rule, outcome, after[rule])


@settings(LAWS, max_examples=120)
@given(st.data(), worlds(), rules_of(learning_conditions))
def test_what_is_said_of_a_rough_manifest_is_so(
    data: st.DataObject, world: World, rules: Rules
) -> None:
    """The outcome on rough facts is the one on the exact facts behind them, or unknown."""
    told = data.draw(grains(world), label="told")
    rough, exact = (came_of(rules, facts_of(world, g)) for g in (told, [0] * len(world)))
    for rule, outcome in rough.items():
        if outcome is not Outcome.UNKNOWN and exact[rule] is not Outcome.UNKNOWN:
            assert DECIDED[outcome] == DECIDED[exact[rule]]


@LAWS
@given(worlds(), rules_of(any_conditions))
def test_nothing_known_never_fails(world: World, rules: Rules) -> None:
    """With every fact unknown and no date, every rule is unknown: missing data is never a GO."""
    facts = facts_of(world, [GRAINS - 1] * len(world))
    assert set(came_of(rules, facts).values()) == {Outcome.UNKNOWN}


def shuffled(condition: dict[str, Any], order: random.Random) -> dict[str, Any]:
    """The same condition with the parts of every all, any and not in another order."""
    for join in ("all", "any", "not"):
        if join in condition:
            parts = [shuffled(part, order) for part in condition[join]]
            return {join: order.sample(parts, len(parts))}
    return condition


@LAWS
@given(st.data(), worlds(), rules_of(any_conditions), st.integers(0, 2**32))
def test_order_of_rules_and_parts_never_matters(
    data: st.DataObject, world: World, rules: Rules, seed: int
) -> None:
    """Neither to an outcome nor, then, to a verdict."""
    order = random.Random(seed)  # noqa: S311 - a shuffle that Hypothesis chose, not a secret
    facts = facts_of(world, data.draw(grains(world), label="told"))
    moved = [
        {
            **rule,
            **{key: [shuffled(part, order) for part in rule[key]] for key in ("when", "require")},
        }
        for rule in order.sample(rules, len(rules))
    ]
    assert came_of(rules, facts) == came_of(moved, facts)


@settings(LAWS, max_examples=50)
@given(st.data(), worlds(), rules_of(any_conditions, most=2), rules_of(any_conditions, most=2))
def test_order_of_packs_never_matters(
    profiles: dict[str, Profile], data: st.DataObject, world: World, first: Rules, second: Rules
) -> None:
    """The whole report is the same, byte for byte."""
    packs = (law_pack(first, "one"), law_pack(second, "two"))
    readable = as_manifest(facts_of(world, data.draw(grains(world), label="told")))
    reports = [check(readable, order, profiles, "strict", AS_OF) for order in (packs, packs[::-1])]
    assert render(reports[0]) == render(reports[1])


@settings(LAWS, max_examples=100)
@given(st.data(), worlds(), rules_of(any_conditions))
def test_a_check_is_total_and_repeatable(
    profiles: dict[str, Profile], data: st.DataObject, world: World, rules: Rules
) -> None:
    """Every pack and every manifest get a report, and twice the same one."""
    pack = law_pack(rules)
    readable = as_manifest(facts_of(world, data.draw(grains(world), label="told")))
    first, second = (check(readable, (pack,), profiles, "standard", AS_OF) for _ in range(2))
    assert first == second
    assert render(first) == render(second)
    assert len(first.findings) == len(rules)
    assert first.verdict == dict(first.verdicts)["standard"]


@settings(LAWS, max_examples=100)
@given(st.data(), worlds(), rules_of(any_conditions))
def test_the_verdict_alone_is_the_verdict_of_the_report(
    profiles: dict[str, Profile], data: st.DataObject, world: World, rules: Rules
) -> None:
    """What searches use, without findings, never differs from the full check."""
    pack = law_pack(rules)
    facts = facts_of(world, data.draw(grains(world), label="told"))
    for name, profile in profiles.items():
        report = check(as_manifest(facts), (pack,), profiles, name, AS_OF)
        assert verdict_of(facts, Frame((pack,), profile, AS_OF)).value == report.verdict


SECTIONS = [
    "manifest: gonogo/1",
    'model: {name: N-9, version: "1.0", developer: openai, weights: closed}',
    "coverage: {determination: designated, determined_by: nsa_director, determined_at: 2026-08-28}",
    "review: {access_started_at: 2026-11-15, agreed_days: 30, await_determination: true}",
    "release: {trusted_partners_at: 2026-11-25, public_at: 2026-12-25, markets: [us]}",
    "evidence: []",
]


def keys_moved(lines: Sequence[str], order: random.Random) -> str:
    """Sections, and the keys in each, in another order."""
    moved = []
    for line in order.sample(lines, len(lines)):
        name, _, body = line.partition(": ")
        if body.startswith("{"):
            parts = body[1:-1].split(", ")
            body = "{" + ", ".join(order.sample(parts, len(parts))) + "}"
        moved.append(f"{name}: {body}")
    return "\n".join(moved) + "\n"


@settings(LAWS, max_examples=40)
@given(st.integers(0, 2**32))
def test_order_of_manifest_keys_never_matters(checked: Checked, seed: int) -> None:
    """Only places in the file differ."""
    order = random.Random(seed)  # noqa: S311 - a shuffle that Hypothesis chose, not a secret
    plain, moved = checked("\n".join(SECTIONS) + "\n"), checked(keys_moved(SECTIONS, order))
    assert plain.verdict == moved.verdict == "NO-GO"
    assert [(f.rule, f.outcome, f.reason) for f in plain.findings] == [
        (f.rule, f.outcome, f.reason) for f in moved.findings
    ]
    assert (plain.questions, plain.earliest_go) == (moved.questions, moved.earliest_go)


def test_a_hidden_pack_cannot_change_what_another_says(profiles: dict[str, Profile]) -> None:
    """A second pack adds findings; it never changes those of the first."""
    rule = {"id": "r", "title": "A rule", "class": "house", "cites": ["memo"]}
    one = law_pack([{**rule, "require": [{"fact": "model.weights", "equals": "closed"}]}], "one")
    two = law_pack([{**rule, "require": [{"fact": "model.weights", "equals": "open"}]}], "two")
    readable = read_for(manifest(), one)
    alone = check(readable, (one,), profiles, "standard", AS_OF)
    both = check(readable, (one, two), profiles, "standard", AS_OF)
    assert (alone.verdict, both.verdict) == ("GO", "NO-GO")
    assert [f.outcome for f in both.findings if f.rule == "one/r"] == ["pass"]


def test_equal_bytes_in_every_process(tmp_path: Path) -> None:
    """Whatever the hash seed, the folder and the local time zone and language."""
    text = (ROOT / "examples" / "shortest" / "release.yaml").read_text("utf-8")
    command = [sys.executable, "-m", "gonogo", "check", "release.yaml"]
    command += ["--as-of", "2026-11-23", "--format", "json"]
    outputs = set()
    for seed, folder, more in (
        ("0", "a", {}),
        ("1", "b/c", {"TZ": "Asia/Tokyo", "COLUMNS": "30"}),
        ("2", "ü", {"LC_ALL": "C", "PYTHONUTF8": "0", "TERM": "dumb"}),
    ):
        where = tmp_path / folder
        where.mkdir(parents=True)
        (where / "release.yaml").write_text(text, "utf-8")
        env = {**os.environ, "PYTHONHASHSEED": seed, **more}
        run = subprocess.run(command, cwd=where, env=env, capture_output=True, check=False)
        assert (run.returncode, run.stderr) == (1, b"")
        outputs.add(run.stdout)
    assert len(outputs) == 1

"""Shared by tests of the engine: small packs, manifests in one line, and Hypothesis strategies.

A generated world is a set of exact facts. It is then told less and less exactly: exact, roughly
(the day, a range), more roughly (the month, a wider range), not at all. So learning is known.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from gonogo.engine.assess import assess
from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation, situate
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Cause, Fact, Facts, Manifest, Origin, unknown
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.head import PackFiles
from gonogo.packs.pack import read_pack
from gonogo.packs.policy import Pack
from gonogo.trees.nodes import Mapping as Tree
from gonogo.trees.reader import read_tree
from gonogo.values.amounts import Amount
from gonogo.values.digest import FolderDigest
from gonogo.values.times import Moment, parse_moment
from gonogo.values.truth import Truth

# The same examples on every run and every machine: a red test stays red until it is mended.
LAWS = settings(derandomize=True, deadline=None, database=None, max_examples=150)

truths = st.sampled_from(Truth)

HEAD = """\
pack: demo
version: "1"
title: A pack for tests
timezone: America/New_York
governing_date: release.first_at
sources: {memo: {title: A memo, standing: house}}
"""


def one_rule(require: str, when: str = "", rule_class: str = "house", in_force: str = "") -> str:
    """A rules file with one rule, its conditions in flow style."""
    lines = [
        "rules:",
        "  - id: only",
        "    title: The only rule",
        f"    class: {rule_class}",
        "    cites: [memo]",
    ]
    lines += [f"    in_force: {in_force}"] if in_force else []
    lines += [f"    when: {when}"] if when else []
    return "\n".join([*lines, f"    require: {require}", ""])


def small_pack(
    base: Path,
    vocabulary: Vocabulary,
    rules: str,
    head: str = "",
    registers: Mapping[str, str] | None = None,
    zone: str = "America/New_York",
) -> Pack:
    """A pack written to a folder and read as any other pack is read."""
    folder = base / "demo"
    for name, text in {
        "pack.yaml": HEAD.replace("America/New_York", zone) + head,
        "rules/main.yaml": rules,
        **{f"registers/{name}.yaml": text for name, text in (registers or {}).items()},
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Library([str(base)], vocabulary).load("demo")


def manifest(
    model: str = "", more: str = "", release: str = "public_at: 2026-11-25", **sections: str
) -> str:
    """A manifest from the contents of its sections in flow style; ``more`` goes at the end."""
    name = 'name: N-9, version: "1.0", developer: northlight, weights: closed'
    lines = [
        "manifest: gonogo/1",
        f"model: {{{name}{', ' if model else ''}{model}}}",
        *(f"{key}: {{{body}}}" for key, body in sections.items()),
        *([f"release: {{{release}}}"] if release else []),
        more,
    ]
    return "\n".join(lines) + "\n"


def read_facts(text: str, pack: Pack) -> Facts:
    return read_for(text, pack).facts


def read_for(text: str, pack: Pack) -> Manifest:
    vocabulary = load_vocabulary().with_specs(pack.specs)
    data, developers = text.encode(), pack.developers()
    manifest = read_manifest(data, "release.yaml", vocabulary, pack.zone, developers)
    # No file lies beside a text: its evidence is as good as it says, as in a pack's own tests.
    return manifest._replace(facts=manifest.facts.as_if_verified())


def at(text: str) -> Moment:
    found = parse_moment(text)
    assert isinstance(found, Moment), found
    return found


def seen_by(pack: Pack, text: str, as_of: str = "2026-11-23") -> Situation:
    return situate(read_facts(text, pack), pack, at(as_of))


def results(pack: Pack, text: str, as_of: str = "2026-11-23") -> list[RuleResult]:
    return assess(read_facts(text, pack), (pack,), at(as_of))


def outcome(pack: Pack, text: str, as_of: str = "2026-11-23") -> str:
    """The outcome of the only rule."""
    (found,) = results(pack, text, as_of)
    return found.outcome.value


# Generated packs, read without a folder: the same reader, only faster.

LAW_HEAD = (
    HEAD
    + """\
parameters:
  least:
    values:
      - {from: 2026-06-10, value: 3}
      - {from: 2026-07-05, value: 4}
      - {from: 2026-08-02, value: 4}
  days:
    unit: day
    values:
      - {from: 2026-05-01, value: 2}
      - {from: 2026-07-01, value: 20}
      - {from: 2026-08-15, ended: true}
  open: {values: [{from: 2026-05-01, value: true}, {from: 2026-07-10, unknown: nobody knows}]}
  register_expires_days: {unit: day, values: [{from: 2026-01-01, value: 40}]}
derived:
  review.held_until: {earliest_of: [review.access_ended_at, release.first_at]}
"""
)
LAW_FACTS = """\
facts:
  extra.size: {type: number}
  extra.other: {type: number}
"""
LAW_REGISTER = b"""\
register: listed
as_of: 2026-07-01
complete: true
fields: {level: {type: choice, choices: [known, other]}, size: {type: number}}
rows:
  - {level: known, size: 3, from: 2026-06-05, until: 2026-06-20, source: memo}
  - {level: other, from: 2026-06-15, until: 2026-07-20, source: memo}
"""


@cache
def _law_head(pack: str) -> Tree:
    tree = read_tree(
        (LAW_HEAD + LAW_FACTS).replace("pack: demo", f"pack: {pack}").encode(), "pack.yaml"
    )
    assert isinstance(tree, Tree)
    return tree


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary()


def law_pack(rules: Sequence[Mapping[str, Any]], pack: str = "demo") -> Pack:
    """A pack of generated rules. JSON is YAML in flow style."""
    data = json.dumps({"rules": list(rules)}).encode()
    files = PackFiles(
        FolderDigest(()),
        _law_head(pack),
        (("rules/main.yaml", data),),
        (("registers/listed.yaml", LAW_REGISTER),),
    )
    return read_pack(files, None, _vocabulary())


# Facts, told at four grains: 0 exactly, 1 roughly, 2 more roughly, 3 not at all.

GRAINS = 4
_CHOICES = {
    "coverage.determination": ("designated", "not_designated", "pending"),
    "model.capability.cyber": ("none", "low", "medium", "high", "critical"),
    "model.weights": ("closed", "staged", "open"),
}
_FLAGS = ("coverage.disclosable", "review.await_determination")
_AMOUNTS = ("extra.size", "extra.other")
_DATES = ("review.access_started_at", "coverage.government_engaged_at")
_MAYBE = ("review.access_ended_at", "release.trusted_partners_at", "release.public_at")
_LATE = datetime(2026, 8, 20, tzinfo=UTC) - datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """One fact of a world: its true value (None: a date that is never to come)."""

    path: str
    value: str | bool | int | datetime | None
    spread: tuple[int, int] = (0, 0)

    def fact(self, grain: int) -> Fact:
        """The fact as told at a grain; a date that is not to come is silent, not unknown."""
        if grain == GRAINS - 1:
            return unknown(self.path, Cause.SAID, note="not told")
        match self.value:
            case None:
                return unknown(self.path, Cause.NULL)
            case bool() | str():
                return Fact(self.path, self.value, Origin.MANIFEST)
            case int():
                low, high = (grain * part for part in self.spread)
                value = Amount(Decimal(self.value - low), Decimal(self.value + high))
                return Fact(self.path, value, Origin.MANIFEST)
            case datetime():
                local = self.value.isoformat()
                return Fact(self.path, at((local, local[:10], local[:7])[grain]), Origin.MANIFEST)


World = tuple[Told, ...]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    told = [Told(path, draw(st.sampled_from(words))) for path, words in _CHOICES.items()]
    told += [Told(path, draw(st.booleans())) for path in _FLAGS]
    for path in _AMOUNTS:
        spread = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
        told.append(Told(path, draw(st.integers(1, 6)), spread))
    told += [Told(path, draw(_instants)) for path in _DATES]
    told += [Told(path, draw(st.none() | _instants)) for path in _MAYBE[:-1]]
    return (*told, Told(_MAYBE[-1], draw(_instants)))


# Local times in New York, written with their own offset (all dates are in summer time).
_instants = st.builds(
    lambda days, minutes: (
        datetime.fromisoformat("2026-06-01T00:00:00-04:00") + timedelta(days=days, minutes=minutes)
    ),
    st.integers(0, _LATE.days),
    st.sampled_from([0, 1, 540, 1439]),
)


def grains(world: World, finest: Sequence[int] | None = None) -> st.SearchStrategy[list[int]]:
    """A grain for each fact, none finer than ``finest``."""
    least = finest or [0] * len(world)
    return st.tuples(*(st.integers(low, GRAINS - 1) for low in least)).map(list)


def facts_of(world: World, told: Sequence[int]) -> Facts:
    return Facts({t.path: t.fact(grain) for t, grain in zip(world, told, strict=True)})


# Conditions, as the data that would be written in a rule.

_ORDER = ("above", "at_least", "below", "at_most")
_TIMES = ("before", "not_after", "after", "not_before")
_MOMENTS = (*_DATES, *_MAYBE, "release.first_at", "review.held_until")

_leaves: st.SearchStrategy[dict[str, Any]] = st.one_of(
    *(
        st.builds(lambda p, w: {"fact": p, "equals": w}, st.just(path), st.sampled_from(words))
        for path, words in _CHOICES.items()
    ),
    st.builds(
        lambda words: {"fact": "coverage.determination", "one_of": list(words)},
        st.lists(st.sampled_from(_CHOICES["coverage.determination"]), min_size=1, max_size=2),
    ),
    st.builds(
        lambda op, word: {"fact": "model.capability.cyber", op: word},
        st.sampled_from(_ORDER),
        st.sampled_from(_CHOICES["model.capability.cyber"]),
    ),
    st.builds(lambda p, v: {"fact": p, "equals": v}, st.sampled_from(_FLAGS), st.booleans()),
    st.builds(
        lambda path, op, operand: {"fact": path, op: operand},
        st.sampled_from(_AMOUNTS),
        st.sampled_from([*_ORDER, "equals"]),
        st.one_of(
            st.integers(1, 6),
            st.just("$least"),
            st.sampled_from(_AMOUNTS).map(lambda path: {"fact": path}),
        ),
    ),
    st.just({"parameter": "open", "equals": True}),
    st.builds(
        lambda path, op, operand: {"fact": path, op: operand},
        st.sampled_from(_MOMENTS),
        st.sampled_from(_TIMES),
        st.one_of(
            st.sampled_from(["2026-06", "2026-07-01", "2026-07-10T12:00:00Z"]),
            st.sampled_from(_MOMENTS).map(lambda path: {"fact": path}),
        ),
    ),
    st.builds(
        lambda start, end, op, operand, count: {
            "days_from": start,
            "to": end,
            op: operand,
            "count": count,
        },
        st.sampled_from(_MOMENTS),
        st.sampled_from(_MOMENTS),
        st.sampled_from(_ORDER),
        st.one_of(st.integers(0, 30), st.just("$days")),
        st.sampled_from(["calendar", "elapsed", "full_days"]),
    ),
    st.builds(
        lambda stages, word: {
            "any_row": {
                "register": "listed",
                "at": stages,
                "where": [{"fact": "row.level", "equals": word}],
            }
        },
        st.lists(st.sampled_from(_MAYBE[1:]), max_size=2, unique=True),
        st.sampled_from(["known", "other"]),
    ),
    st.builds(
        lambda op: {
            "any_row": {
                "register": "listed",
                "where": [{"fact": "row.size", op: {"fact": "extra.size"}}],
            }
        },
        st.sampled_from(_ORDER),
    ),
)

# What may make a condition less than monotone: it asks whether something is said at all.
_asking: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(
        lambda path, said: {"fact": path, "stated": said},
        st.sampled_from((*_CHOICES, *_AMOUNTS, *_MAYBE)),
        st.booleans(),
    ),
    st.builds(lambda path: {"evidenced": path}, st.sampled_from(_DATES)),
    st.builds(
        lambda op: {"fact": "extra.size", op: {"fact": "extra.other", "if_not_stated": "$least"}},
        st.sampled_from(_ORDER),
    ),
)


def trees(leaves: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda join, parts: {join: parts},
            st.sampled_from(["all", "any", "not"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=5,
    )


learning_conditions = trees(_leaves)
any_conditions = trees(_leaves | _asking)


def rules_of(
    conditions: st.SearchStrategy[dict[str, Any]],
    most: int = 3,
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rules of a pack, some in force for a part of the time only."""
    windows: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
        [
            {},
            {"from": "2026-06-20"},
            {"until": "2026-07-15"},
            {"from": "2026-06-10", "until": "2026-08-01"},
        ]
    )
    bodies = st.lists(
        st.builds(
            lambda when, require, window, rule_class: {
                "title": "A rule",
                "class": rule_class,
                "cites": ["memo"],
                "in_force": window,
                "when": [when],
                "require": [require],
            },
            conditions,
            conditions,
            windows,
            st.sampled_from(["binding", "commitment", "house", "framework"]),
        ),
        min_size=1,
        max_size=most,
    )
    return bodies.map(lambda found: [{"id": f"rule-{i}", **rule} for i, rule in enumerate(found)])

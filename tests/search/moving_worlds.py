"""Generated packs and manifests in which nearly everything hangs on dates.

Dates lie near clock changes, near each other, and near where parameters, rules and rows begin.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from gonogo.library import load_vocabulary
from gonogo.manifests.facts import Fact, Facts, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.packs.head import PackFiles
from gonogo.packs.pack import read_pack
from gonogo.packs.policy import Pack
from gonogo.trees.nodes import Mapping as Tree
from gonogo.trees.reader import read_tree
from gonogo.values.amounts import exact
from gonogo.values.digest import FolderDigest
from strategies import HEAD, any_conditions, at, rules_of, trees

Data = dict[str, Any]

ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")
MORE_HEAD = """\
parameters:
  least: {values: [{from: 2026-06-10, value: 3}, {from: 2026-11-01, value: 4}]}
  days:
    unit: day
    values:
      - {from: 2026-05-01, value: 2}
      - {from: 2026-07-01, value: 20}
      - {from: 2026-11-02, value: 7}
      - {from: 2027-03-20, ended: true}
  open: {values: [{from: 2026-05-01, value: true}, {from: 2026-11-01, unknown: nobody knows}]}
  cutoff: {values: [{from: 2026-05-01, value: 2026-10-30}, {from: 2026-11-03, value: 2027-03-14}]}
  register_expires_days: {unit: day, values: [{from: 2026-01-01, value: 40}]}
derived:
  review.held_until: {earliest_of: [review.access_ended_at, release.first_at]}
  on_record.signed:
    row_of: signatures
    where: {developer: {fact: model.developer}, instrument: caisi_agreement}
  participation.caisi_agreement: {if_not_mentioned: on_record.signed}
facts:
  extra.size: {type: number}
  extra.other: {type: number}
"""
LISTED = b"""\
register: listed
as_of: 2026-11-01
complete: true
fields:
  level: {type: choice, choices: [known, other]}
  size: {type: number}
  granted: {type: date}
rows:
  - level: known
    size: 3
    granted: 2026-10-29
    from: 2026-10-28T17:21:00-04:00
    until: 2026-11-10
    source: memo
  - level: other
    granted: 2027-03-13T12:00:00Z
    from: 2026-11-01T01:30:00-05:00
    until: 2027-03-14
    source: memo
"""
SIGNATURES = b"""\
register: signatures
as_of: 2026-11-01
complete: false
key: [developer, instrument]
fields:
  developer: {type: id}
  instrument: {type: choice, choices: [caisi_agreement]}
  status: {type: choice, choices: [signed, ended]}
  signed_on: {type: date}
  ended_on: {type: date}
rows:
  - developer: northlight
    instrument: caisi_agreement
    status: signed
    signed_on: 2026-11-04
    from: 2026-10-20
    until: 2026-11-20
    source: memo
  - developer: northlight
    instrument: caisi_agreement
    status: ended
    signed_on: 2026-11-04
    ended_on: 2027-03-15
    from: 2026-11-21
    source: memo
"""

DATES = (
    "review.access_started_at",
    "review.access_ended_at",
    "coverage.government_engaged_at",
)
_MOMENTS = (*DATES, *STAGES, "release.first_at", "review.held_until")
_SIGNED = ("participation.caisi_agreement.signed_on", "participation.caisi_agreement.ended_on")
_TIMES = ("before", "not_after", "after", "not_before")
_ORDER = ("above", "at_least", "below", "at_most")
_METHODS = st.sampled_from(["calendar", "elapsed", "full_days"])

_dated_leaves: st.SearchStrategy[Data] = st.one_of(
    st.builds(
        lambda path, op, operand: {"fact": path, op: operand},
        st.sampled_from(_MOMENTS),
        st.sampled_from(_TIMES),
        st.one_of(
            st.sampled_from(["2026-11", "2026-11-02", "2027-03-14T06:30:00Z", "$cutoff"]),
            st.sampled_from((*_MOMENTS, *_SIGNED)).map(lambda path: {"fact": path}),
        ),
    ),
    st.builds(
        lambda start, end, op, operand, count: {
            "days_from": start,
            "to": end,
            op: operand,
            "count": count,
        },
        st.sampled_from((*_MOMENTS, *_SIGNED)),
        st.sampled_from(_MOMENTS),
        st.sampled_from(_ORDER),
        st.one_of(st.integers(0, 30), st.just("$days"), st.just(1.5)),
        _METHODS,
    ),
    st.builds(
        lambda stages, path, op: {
            "any_row": {
                "register": "listed",
                "at": stages,
                "where": [{"fact": "row.granted", op: {"fact": path}}],
            }
        },
        st.lists(st.sampled_from(STAGES), max_size=2, unique=True),
        st.sampled_from((*STAGES, "release.first_at")),
        st.sampled_from(_TIMES),
    ),
    st.builds(
        lambda stages, op: {
            "any_row": {
                "register": "listed",
                "at": stages,
                "where": [{"fact": "row.size", op: "$least"}],
            }
        },
        st.lists(st.sampled_from(STAGES), max_size=2, unique=True),
        st.sampled_from(_ORDER),
    ),
    st.builds(
        lambda status: {"fact": "participation.caisi_agreement.status", "equals": status},
        st.sampled_from(["signed", "ended"]),
    ),
)
_forces: st.SearchStrategy[Data] = st.sampled_from(
    [
        {},
        {"from": "2026-10-30"},
        {"until": "2026-11-15"},
        {"from": "2026-10-20", "until": "2027-03-10", "at": ["release.public_at"]},
    ]
)


@st.composite
def dated_rules(draw: st.DrawFn) -> list[Data]:
    rules = draw(rules_of(trees(_dated_leaves) | any_conditions, most=2))
    return [{**rule, "in_force": draw(_forces)} for rule in rules]


@cache
def _head(pack: str, zone: str) -> Tree:
    text = (HEAD + MORE_HEAD).replace("pack: demo", f"pack: {pack}")
    tree = read_tree(text.replace("America/New_York", zone).encode(), "pack.yaml")
    assert isinstance(tree, Tree)
    return tree


def dated_pack(rules: Sequence[Mapping[str, Any]], zone: str, pack: str = "demo") -> Pack:
    data = json.dumps({"rules": list(rules)}).encode()
    files = PackFiles(
        FolderDigest(()),
        _head(pack, zone),
        (("rules/main.yaml", data),),
        (("registers/listed.yaml", LISTED), ("registers/signatures.yaml", SIGNATURES)),
    )
    return read_pack(files, None, load_vocabulary())


# Times by the clock of New York: the hours that clocks skip or show twice, and around midnight.
_days = st.one_of(
    st.integers(-4, 16).map(lambda number: datetime(2026, 10, 28) + timedelta(number)),  # noqa: DTZ001
    st.integers(-5, 5).map(lambda number: datetime(2027, 3, 14) + timedelta(number)),  # noqa: DTZ001
)
_clocks = st.builds(
    lambda day, minutes, seconds: day + timedelta(minutes=minutes, seconds=seconds),
    _days,
    st.sampled_from([0, 1, 60, 90, 120, 150, 180, 540, 1041, 1380, 1410, 1439]),
    st.sampled_from([0, 59]),
)
instants = st.builds(
    lambda clock, fold: (
        clock.replace(tzinfo=ZoneInfo("America/New_York"), fold=fold)
        .astimezone(UTC)
        .astimezone(ZoneInfo("America/New_York"))
        .isoformat()
    ),
    _clocks,
    st.sampled_from([0, 1]),
)
texts = st.one_of(
    instants,
    instants,
    _days.map(lambda day: day.date().isoformat()),
    st.sampled_from(["2026-11", "2026-10-28T21:30:00Z", "2026-11-01T08:30:00+02:00"]),
)


@st.composite
def dated_facts(draw: st.DrawFn) -> Facts:
    said: dict[str, Any] = {"model.developer": "northlight"}
    said["model.weights"] = draw(st.sampled_from(["closed", "open"]))
    said["coverage.determination"] = draw(st.sampled_from(["designated", "not_designated"]))
    for path in ("extra.size", "extra.other"):
        said[path] = exact(Decimal(draw(st.integers(1, 6))))
    for path in DATES:
        if draw(st.integers(0, 3)):
            said[path] = at(draw(texts))
    planned = draw(st.lists(st.sampled_from(STAGES), min_size=1, max_size=3, unique=True))
    same = draw(st.sampled_from([None, texts, instants]))
    for stage in planned:
        said[stage] = at(draw(same if same is not None else instants))
    stated = {path: Fact(path, value, Origin.MANIFEST) for path, value in said.items()}
    sections = frozenset(path.rpartition(".")[0] for path in stated)
    return Facts(stated, sections)

"""jsonschema is the authority on a manifest: what the reader accepts, the schema accepts."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.diagnostics import InputError
from gonogo.library import load_vocabulary
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.validity import plain, validator
from gonogo.manifests.vocabulary import Section, Vocabulary
from gonogo.trees.reader import read_tree

VOCABULARY = load_vocabulary()
SCHEMA = VOCABULARY.schema()
VALIDATOR = validator(SCHEMA)
NEW_YORK = ZoneInfo("America/New_York")

# Strings near every edge of the grammar: numbers, dates, ids, lengths, line ends.
ODD_TEXTS = [
    "", " ", "a", "A", "a-", "-a", "a--b", "a b", "a\n", "é", "x" * 100, "x" * 101, "x" * 200,
    "x" * 201, "x" * 300, "­", "0", "00", "000030", "00030", "30\n", "+30", "30.0", "٣٠", "²",
    "1e26", "1e0026", "1e26\n", "+1e26", "-1e26", "1e400", "1e401", "0e1", "1e-400", "1.", ".5",
    "1e", "2024-08", "2024-13", "2026-02-30", "1899-12-31", "1900-01-01", "2999-12-31",
    "3000-01-01", "3000-01", "2026-09-01T09:00", "2026-09-01T09:00Z", "2026-09-01T24:00Z",
    "2026-09-01T09:00:60Z", "2026-09-01T09:00:00.1234567Z", "2026-09-01T09:00+24:00",
    "2026-09-01T09:00+23:59", "1900-01-01T00:00+12:00", "2999-12-31T23:59-12:00",
    "2026-09-01t09:00z", "2026-09-01 09:00Z", "2026-02-30T09:00", "2026-09-01T99:00",
    "closed", "Closed", "high", "true", "null", "us", "gonogo/1", "\x00", "\x7f",
]  # fmt: skip
ODD_NUMBERS = [
    "0", "-1", "1", "30", "30.0", "30.5", "36500", "36501", "1e26", "1E+26", "1e400", "1e-400",
    "-0", "0.0", "9" * 40, "3e1",
]  # fmt: skip


class Written(float):
    """A number that is dumped as it is spelt."""

    text: str

    def __new__(cls, text: str) -> "Written":
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __repr__(self) -> str:
        return self.text


def dumped(data: object) -> str:
    """JSON text; the numbers keep their spelling."""
    if isinstance(data, Written):
        return data.text
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {dumped(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(dumped, data)) + "]"
    return json.dumps(data)


TEXTS = st.sampled_from(ODD_TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.sampled_from(ODD_NUMBERS).map(Written)
IDS = st.sampled_from(["receipt", "a", "b-2", "openai", "us"])
DATES = st.sampled_from(["2026-09-01", "2026-09", "2026-09-01T09:00:00-04:00", "2026-12-01T09:00Z"])
WHYS = st.fixed_dictionaries({"unknown": st.sampled_from(["not told", "x"])})
JUNK = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["value", "unknown", "low", "high", "evidence", "note", "x", "Y-"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=4,
)
RANGES = st.fixed_dictionaries({"low": st.just(Written("1e26")), "high": st.just("3e26")})
SOUND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.sampled_from(["1.0", "proprietary", "x" * 200]),
    Kind.NAME: st.sampled_from(["N-9", "x" * 200]),
    Kind.ID: IDS,
    Kind.FLAG: st.booleans(),
    Kind.AMOUNT: NUMBERS | RANGES | st.sampled_from(["1e26", "3.8e25"]),
    Kind.DAYS: st.sampled_from([0, 30, "30", Written("30.0")]),
    Kind.MOMENT: DATES,
    Kind.LIST: st.lists(IDS, max_size=3),
}


def sound(spec: FactSpec) -> st.SearchStrategy[Any]:
    return st.sampled_from(spec.choices) if spec.choices else SOUND[spec.kind]


def leaf(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Mostly right: bare, long or unknown; sometimes anything."""
    bare = sound(spec)
    long = st.fixed_dictionaries(
        {"value": bare | JUNK},
        optional={
            "evidence": st.lists(IDS, max_size=2) | JUNK,
            "stated_by": TEXTS,
            "stated_on": DATES | TEXTS,
            "note": TEXTS | st.none(),
        },
    )
    return st.one_of(bare, bare, bare, bare, long, WHYS, st.none(), TEXTS, JUNK)


def section(part: Section) -> st.SearchStrategy[Any]:
    inner = {
        key: section(child) if isinstance(child, Section) else leaf(child)
        for key, child in part.children.items()
    }
    required = {key: inner.pop(key) for key in part.required}
    whole = st.fixed_dictionaries(required, optional=inner).flatmap(few)
    return st.one_of(whole, whole, whole, whole, st.none(), WHYS, JUNK)


def few(made: dict[str, Any]) -> st.SearchStrategy[Any]:
    """The mapping, now and then with one key more or less."""
    if not made:
        return st.just(made)
    more = st.tuples(TEXTS, JUNK).map(lambda pair: {**made, pair[0]: pair[1]})
    less = st.sampled_from(sorted(made)).map(lambda key: {k: made[k] for k in made if k != key})
    return st.one_of(st.just(made), st.just(made), st.just(made), st.just(made), less, more)


EVIDENCE = st.lists(
    st.fixed_dictionaries(
        {
            "id": IDS | TEXTS,
            "kind": st.sampled_from(VOCABULARY.evidence_kinds) | TEXTS,
        },
        optional={
            "path": TEXTS | st.sampled_from(["p" * 512, "p" * 513]),
            "sha256": st.sampled_from(["a" * 64, "A" * 64, "a" * 65, "a" * 64 + "\n"]),
            "supports": st.lists(st.sampled_from([*VOCABULARY.specs, "x"]), max_size=2) | JUNK,
            "note": TEXTS | st.none(),
        },
    ),
    max_size=2,
    unique_by=lambda item: str(item["id"]),
)


def document(only: str) -> st.SearchStrategy[Any]:
    """A sound manifest in which one section says anything it likes."""
    base = {
        "manifest": "gonogo/1",
        "model": {"name": "N-9", "version": "1.0", "developer": "openai", "weights": "closed"},
        "evidence": [{"id": "receipt", "kind": "other"}, {"id": "a", "kind": "other"}],
    }
    part = VOCABULARY.root.children.get(only)
    if isinstance(part, Section):
        drawn = section(part)
    elif only == "evidence":
        drawn = EVIDENCE | EVIDENCE | st.none() | JUNK
    elif only == "extra":
        keys = st.sampled_from(["a", "a_1", "A", "1a", "a\n", ""])
        drawn = st.dictionaries(keys, JUNK, max_size=3) | JUNK
    else:
        drawn = JUNK | st.just("gonogo/1")
    return drawn.map(lambda made: {**base, only: made})


def accepted(text: str, vocabulary: Vocabulary = VOCABULARY) -> bool:
    try:
        read_manifest(text.encode(), "f.json", vocabulary, NEW_YORK, {"openai": "openai"})
    except InputError:
        return False
    return True


SECTIONS = [*VOCABULARY.root.children, "evidence", "extra", "manifest"]


@pytest.mark.parametrize("only", SECTIONS)
def test_accepted_means_valid(only: str) -> None:
    """Whatever the reader accepts, the published schema accepts."""
    seen = {"accepted": 0}

    @settings(max_examples=300)
    @given(document(only))
    def agrees(data: Any) -> None:
        text = dumped(data)
        if accepted(text):
            seen["accepted"] += 1
            errors = list(VALIDATOR.iter_errors(plain(read_tree(text.encode(), "f.json"))))
            assert [(error.json_path, error.message) for error in errors] == []

    agrees()
    assert seen["accepted"], "no example was accepted: the test would prove nothing"


LEAVES = [spec for spec in VOCABULARY.specs.values() if "." in spec.path]
STATED = [spec for spec in LEAVES if spec.path != "release.first_at"]


def stating(path: str, value: str) -> str:
    """A sound manifest as JSON text with one fact set to a written value."""
    data: dict[str, Any] = {
        "manifest": "gonogo/1",
        "model": {"name": "N-9", "version": "1.0", "developer": "openai", "weights": "closed"},
    }
    *sections, key = path.split(".")
    node = data
    for name in sections:
        node = node.setdefault(name, {})
    node[key] = "@"
    return json.dumps(data).replace('"@"', value)


ONE_LEAF = [
    *(json.dumps(text) for text in ODD_TEXTS),
    *ODD_NUMBERS,
    *("null", "true", "false", "[]", "{}", '["a"]', '["A"]', '{"unknown": "x"}', '{"unknown": ""}'),
    *('{"value": null}', '{"value": 1}', '{"value": "a", "note": null}', '{"low": 1, "high": 2}'),
]


@pytest.mark.parametrize("spec", STATED, ids=[spec.path for spec in STATED])
def test_each_leaf_agrees(spec: FactSpec) -> None:
    """The same for every fact with every odd value, one at a time."""
    wrong = []
    for value in ONE_LEAF:
        text = stating(spec.path, value)
        if accepted(text) and not VALIDATOR.is_valid(plain(read_tree(text.encode(), "f.json"))):
            wrong.append(value)
    assert wrong == []


OWN = [FactSpec("extra.own", kind, "own", choices=("high", "closed")) for kind in Kind]


@pytest.mark.parametrize("spec", OWN, ids=[spec.kind.value for spec in OWN])
def test_each_kind_of_own_fact_agrees(spec: FactSpec) -> None:
    """The schema cannot know what a house declares, so it refuses nothing that the house takes."""
    declared = VOCABULARY.with_specs({spec.path: spec})
    taken = [value for value in ONE_LEAF if accepted(stating(spec.path, value), declared)]
    trees = [plain(read_tree(stating(spec.path, value).encode(), "f.json")) for value in taken]
    assert [
        value for value, tree in zip(taken, trees, strict=True) if not VALIDATOR.is_valid(tree)
    ] == []
    assert taken


def test_only_what_a_house_counts_may_be_nought() -> None:
    """Reader and schema alike: no training takes 0 FLOP, but a number of hours can be 0."""
    hours = FactSpec("extra.own", Kind.AMOUNT, "own", unit="hour")
    own, compute = stating("extra.own", "0"), stating("model.training_compute_flop", "0")
    assert accepted(own, VOCABULARY.with_specs({hours.path: hours}))
    assert not accepted(compute)
    assert VALIDATOR.is_valid(plain(read_tree(own.encode(), "f.json")))
    assert not VALIDATOR.is_valid(plain(read_tree(compute.encode(), "f.json")))

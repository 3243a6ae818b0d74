"""Any bytes at all: a manifest, or problems at places that exist, and nothing else."""

import copy
import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.diagnostics import InputError
from gonogo.library import load_vocabulary
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import read_manifest
from gonogo.values.names import normal_name

VOCABULARY = load_vocabulary()
NEW_YORK = ZoneInfo("America/New_York")
DEVELOPERS = {normal_name(name): "anthropic" for name in ("anthropic", "Anthropic PBC")}

NAMES = st.sampled_from(["release.yaml", "release.json", "-"])


def read(data: bytes, file: str) -> Manifest | None:
    """The manifest; None if it was refused properly. Anything else is an exception."""
    try:
        return read_manifest(data, file, VOCABULARY, NEW_YORK, DEVELOPERS)
    except InputError as error:
        assert len(str(error)) < 4_000
        lines = re.split(r"\r\n|\n|\r", data.decode("utf-8-sig", "replace"))
        for problem in error.problems:
            assert problem.message
            assert problem.span.file == file
            if problem.span.line:  # 0 is the file as a whole
                assert 1 <= problem.span.line <= len(lines)
                assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
        return None


@given(st.binary(max_size=200), NAMES)
def test_bytes(data: bytes, name: str) -> None:
    """Bytes that mean nothing."""
    read(data, name)


PIECES = st.sampled_from(
    [
        "manifest: gonogo/1\n", "model:", "review:", "name", "version", "unknown", "value", "low",
        "{", "}", "[", "]", ",", ": ", ":", "- ", "? ", "\n", "\r\n", "\r", "  ", " ", "#", "'",
        '"', "\\", "&a", "*a", "!t", "!!str", "<<", "---\n", "...\n", "%YAML 1.2\n", "%X y\n", "|",
        "|2", ">", ">-", "@", "`", "~", "null", "true", "1e26", "010", ".5", "2026-09-01", "é",
        "\t", "\0", "\x85", "\ufeff", "\U0001f600", "\ud800", "\\ud800", "\\x00",
        "2026-02-30T09:00",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25), NAMES)
def test_pieces(pieces: list[str], name: str) -> None:
    """Bytes that mean something in YAML or JSON, in any order."""
    read("".join(pieces).encode("utf-8", "surrogatepass"), name)


SOUND: dict[str, Any] = {
    "manifest": "gonogo/1",
    "model": {
        "name": "N-9",
        "version": "1.0",
        "developer": "northlight",
        "weights": "closed",
        "licence": "proprietary",
        "derived_from": {"model": "N-8", "developer": "northlight", "method": "fine_tune"},
        "training_compute_flop": {"low": "2.1e26", "high": "3.9e26"},
        "capability": {"cyber": "high"},
    },
    "coverage": {"determination": "designated", "determined_at": "2026-08-28"},
    "participation": {"caisi_agreement": {"status": "ended", "signed_on": "2024-08"}},
    "review": {
        "access_started_at": {
            "value": "2026-09-01",
            "evidence": ["receipt"],
            "stated_on": "2026-09",
        },
        "access_ended_at": "2026-10-01T08:00:00-04:00",
        "agreed_days": 30,
        "await_determination": False,
        "protections": {"unknown": "not told"},
    },
    "release": {"public_at": "2026-10-08", "exemptions": ["a"], "markets": None},
    "evidence": [
        {"id": "receipt", "kind": "other", "sha256": "0a" * 32, "supports": ["model.name"]}
    ],
    "extra": {"hours": 1},
}


def paths(node: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where every node stands, the top included."""
    found = [at]
    if isinstance(node, dict):
        found += [path for key, child in node.items() for path in paths(child, (*at, key))]
    elif isinstance(node, list):
        found += [path for n, child in enumerate(node) for path in paths(child, (*at, n))]
    return found


def replaced(path: tuple[str | int, ...], junk: Any) -> Any:
    """The sound manifest with one node replaced."""
    if not path:
        return junk
    made = copy.deepcopy(SOUND)
    node: Any = made
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = junk
    return made


# Near misses of dates, numbers, names and forms, besides plain junk.
TEXTS = st.text(max_size=10) | st.from_regex(
    r"\d{4}-\d\d(-\d\d([ Tt]\d\d:\d\d(:\d\d(\.\d{1,7})?)?( ?[-+zZ]\d?\d?:?\d?\d?)?)?)?"
    r"|[-+]?\d{1,3}([.,_]\d{1,3})?([eE^x*][-+]?\d{1,4})?|10\^\d{1,4}|Anthropic,? PBC",
    fullmatch=True,
)
KEYS = st.sampled_from(["value", "unknown", "low", "high", "id", "kind", "evidence", "", "status"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=3),
    max_leaves=6,
)


def test_the_sound_one_is_accepted() -> None:
    """Else the test below would prove nothing."""
    assert read(json.dumps(SOUND).encode(), "release.json") is not None


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "lines"])
@given(st.sampled_from(paths(SOUND)), JUNK, NAMES)
def test_one_node_is_junk(
    indent: int | None, path: tuple[str | int, ...], junk: Any, name: str
) -> None:
    """A sound manifest in which one value, wherever it stands, is something else."""
    read(json.dumps(replaced(path, junk), indent=indent).encode(), name)


@pytest.mark.parametrize("path", paths(SOUND), ids=str)
def test_each_node_is_junk(path: tuple[str | int, ...]) -> None:
    """The same for each node in turn, with each kind of thing that may stand there."""
    for junk in [None, True, 0, -1, 1e26, "", "x" * 300, "2026-02-30T09:00", "2026-09-01T24:00"]:
        for form in (junk, [junk], {"value": junk}, {"unknown": junk}, {"low": junk, "high": 1}):
            read(json.dumps(replaced(path, form)).encode(), "release.json")

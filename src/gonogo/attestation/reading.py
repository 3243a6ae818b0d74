"""A statement's text to the claim in it. What gonogo would not write is refused, with its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gonogo.attestation.claim import MANIFEST, Claim, Configured, RuleClaim, Subject
from gonogo.attestation.statement import STATEMENT, TOOL, Data, Predicate
from gonogo.diagnostics import quote
from gonogo.trees.json_tree import read_json
from gonogo.trees.nodes import Mapping, Node, Plain, Scalar, Sequence, refuse
from gonogo.trees.reader import decode
from gonogo.values.times import Moment, Precision, parse_moment

_HELP = "name a file that `gonogo attest` wrote"


class Stated(NamedTuple):
    """What a statement says: its claim, and all of its data."""

    claim: Claim
    predicate: Predicate
    data: Data


def read_statement(payload: bytes, file: str) -> Stated:
    """The claim in a statement. Raises InputError."""
    tree = read_json(decode(payload, file), file)
    body = _mapping(tree, "the statement")
    if _text(body, "_type") != STATEMENT:
        raise refuse(tree.span, f"is not an in-toto statement of the type {STATEMENT}", _HELP)
    kind = _text(body, "predicateType")
    if kind not in {each.value for each in Predicate}:
        span = body.entries["predicateType"].span
        raise refuse(span, f"{quote(kind)} is not a predicate type that gonogo writes", _HELP)
    predicate = Predicate(kind)
    inner = _part(body, "predicate")
    match predicate:
        case Predicate.TEST_RESULT:
            notes, parts = _of_test_result(inner)
        case Predicate.SUMMARY:
            notes = _part(_part(inner, "policy"), "annotations")
            parts = _each(notes, "configuration")
    claim = _claim(notes, [_subject(each) for each in _each(body, "subject")], parts)
    if sum(each.kind == MANIFEST for each in claim.subjects) != 1:
        span = body.entries["subject"].span
        raise refuse(span, "`subject`: exactly one must be the manifest", _HELP)
    data: Data = {key: _plain(node) for key, node in body.entries.items()}
    return Stated(claim, predicate, data)


def _of_test_result(predicate: Mapping) -> tuple[Mapping, list[Mapping]]:
    """The annotations of the tool, and the rest of the configuration."""
    parts = _each(predicate, "configuration")
    if not parts or _text(parts[0], "name") != TOOL:
        span = predicate.entries["configuration"].span
        raise refuse(span, f"`configuration`: the first must be `{TOOL}`", _HELP)
    return _part(parts[0], "annotations"), parts[1:]


def _claim(notes: Mapping, subjects: list[Subject], parts: list[Mapping]) -> Claim:
    as_of = parse_moment(_text(notes, "as_of"))
    if not isinstance(as_of, Moment) or as_of.precision is Precision.MONTH:
        span = notes.entries["as_of"].span
        raise refuse(span, f"`as_of`: {quote(_text(notes, 'as_of'))} is no date or instant", _HELP)
    return Claim(
        _text(notes, "verdict"),
        _text(notes, "profile"),
        as_of.text,
        _text(notes, "instant"),
        _text(notes, "version"),
        _text(notes, "release"),
        tuple(subjects),
        tuple(map(_configured, parts)),
        tuple(_rules(_part(notes, "rules"))),
    )


def _rules(rules: Mapping) -> Iterator[RuleClaim]:
    for rule in rules.entries:
        said = _part(rules, rule)
        yield RuleClaim(rule, _text(said, "effect"), _text(said, "outcome"))


def _subject(node: Mapping) -> Subject:
    notes = _part(node, "annotations")
    id = _text(notes, "id") if "id" in notes.entries else ""
    return Subject(_text(notes, "kind"), id, _text(node, "name"), _digest(node))


def _configured(node: Mapping) -> Configured:
    notes = _part(node, "annotations")
    version = _text(notes, "version") if "version" in notes.entries else ""
    return Configured(_text(notes, "kind"), _text(node, "name"), version, _digest(node))


def _digest(node: Mapping) -> str:
    """The only digest: a second one could bind the verdict to something that was never seen."""
    digests = _part(node, "digest")
    if list(digests.entries) != ["sha256"]:
        raise refuse(digests.span, "`digest`: exactly `sha256` is expected", _HELP)
    text = _text(digests, "sha256")
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise refuse(digests.span, f"`digest`: {quote(text)} is not a SHA-256", _HELP)
    return text


def _mapping(node: Node, name: str) -> Mapping:
    if not isinstance(node, Mapping):
        raise refuse(node.span, f"{name} is not a JSON object", _HELP)
    return node


def _get(node: Mapping, key: str) -> Node:
    if key not in node.entries:
        raise refuse(node.span, f"`{key}` is missing", _HELP)
    return node.entries[key]


def _part(node: Mapping, key: str) -> Mapping:
    return _mapping(_get(node, key), quote(key))


def _each(node: Mapping, key: str) -> list[Mapping]:
    listed = _get(node, key)
    if not isinstance(listed, Sequence):
        raise refuse(listed.span, f"`{key}` is not a list", _HELP)
    return [_mapping(item, f"an item of `{key}`") for item in listed.items]


def _text(node: Mapping, key: str) -> str:
    found = _get(node, key)
    if not (isinstance(found, Scalar) and isinstance(found.value, str)):
        raise refuse(found.span, f"{quote(key)} is not a text", _HELP)
    return found.value


def _plain(node: Node) -> Data | list[object] | Plain:
    match node:
        case Mapping():
            return {key: _plain(child) for key, child in node.entries.items()}
        case Sequence():
            return [_plain(child) for child in node.items]
        case Scalar():
            return node.value

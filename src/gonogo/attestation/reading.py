"""A statement's text to the claim in it. What gonogo would not write is refused, with its place."""

from collections.abc import Iterator
from typing import NamedTuple

from gonogo.attestation.claim import MANIFEST, Claim, RuleClaim, Subject
from gonogo.attestation.parts import (
    HELP,
    configured_of,
    digest_of,
    items_of,
    part_of,
    read_body,
    text_of,
)
from gonogo.attestation.statement import TOOL, Data, Predicate
from gonogo.diagnostics import quote
from gonogo.trees.nodes import Mapping, Node, Plain, Scalar, Sequence, refuse
from gonogo.values.times import Moment, Precision, parse_moment


class Stated(NamedTuple):
    """What a statement says: its claim, and all of its data."""

    claim: Claim
    predicate: Predicate
    data: Data


def read_statement(payload: bytes, file: str) -> Stated:
    """The claim in a statement. Raises InputError."""
    body = read_body(payload, file)
    kind = text_of(body, "predicateType")
    if kind not in {each.value for each in Predicate}:
        span = body.entries["predicateType"].span
        raise refuse(span, f"{quote(kind)} is not a predicate type that gonogo writes", HELP)
    predicate = Predicate(kind)
    inner = part_of(body, "predicate")
    match predicate:
        case Predicate.TEST_RESULT:
            notes, parts = _of_test_result(inner)
        case Predicate.SUMMARY:
            notes = part_of(part_of(inner, "policy"), "annotations")
            parts = items_of(notes, "configuration")
    claim = _claim(notes, [_subject(each) for each in items_of(body, "subject")], parts)
    if sum(each.kind == MANIFEST for each in claim.subjects) != 1:
        span = body.entries["subject"].span
        raise refuse(span, "`subject`: exactly one must be the manifest", HELP)
    data: Data = {key: _plain(node) for key, node in body.entries.items()}
    return Stated(claim, predicate, data)


def _of_test_result(predicate: Mapping) -> tuple[Mapping, list[Mapping]]:
    """The annotations of the tool, and the rest of the configuration."""
    parts = items_of(predicate, "configuration")
    if not parts or text_of(parts[0], "name") != TOOL:
        span = predicate.entries["configuration"].span
        raise refuse(span, f"`configuration`: the first must be `{TOOL}`", HELP)
    return part_of(parts[0], "annotations"), parts[1:]


def _claim(notes: Mapping, subjects: list[Subject], parts: list[Mapping]) -> Claim:
    as_of = parse_moment(text_of(notes, "as_of"))
    if not isinstance(as_of, Moment) or as_of.precision is Precision.MONTH:
        span = notes.entries["as_of"].span
        raise refuse(span, f"`as_of`: {quote(text_of(notes, 'as_of'))} is no date or instant", HELP)
    return Claim(
        text_of(notes, "verdict"),
        text_of(notes, "profile"),
        as_of.text,
        text_of(notes, "instant"),
        text_of(notes, "version"),
        text_of(notes, "release"),
        tuple(subjects),
        tuple(map(configured_of, parts)),
        tuple(_rules(part_of(notes, "rules"))),
    )


def _rules(rules: Mapping) -> Iterator[RuleClaim]:
    for rule in rules.entries:
        said = part_of(rules, rule)
        yield RuleClaim(rule, text_of(said, "effect"), text_of(said, "outcome"))


def _subject(node: Mapping) -> Subject:
    notes = part_of(node, "annotations")
    id = text_of(notes, "id") if "id" in notes.entries else ""
    return Subject(text_of(notes, "kind"), id, text_of(node, "name"), digest_of(node))


def _plain(node: Node) -> Data | list[object] | Plain:
    match node:
        case Mapping():
            return {key: _plain(child) for key, child in node.entries.items()}
        case Sequence():
            return [_plain(child) for child in node.items]
        case Scalar():
            return node.value

"""A statement that names packs and profiles by their digests, to be signed by their keeper."""

from collections.abc import Iterable

from gonogo.attestation.claim import Configured
from gonogo.attestation.parts import HELP, configured_of, items_of, read_body, text_of
from gonogo.attestation.statement import STATEMENT, Data, descriptor
from gonogo.diagnostics import quote
from gonogo.trees.nodes import refuse

PACKS = "https://gonogo.invalid/packs/v1"


def packs_statement(configuration: Iterable[Configured]) -> Data:
    return {
        "_type": STATEMENT,
        "subject": [descriptor(each) for each in configuration],
        "predicateType": PACKS,
        "predicate": {},
    }


def read_packs(payload: bytes, file: str) -> frozenset[Configured]:
    """What a statement on packs names. Raises InputError, also for any other statement."""
    body = read_body(payload, file)
    if text_of(body, "predicateType") != PACKS:
        kind = quote(text_of(body, "predicateType"))
        span = body.entries["predicateType"].span
        raise refuse(span, f"{kind} is not a statement on packs ({PACKS})", HELP)
    return frozenset(configured_of(each) for each in items_of(body, "subject"))

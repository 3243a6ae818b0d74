"""The sentence of a negated comparison names the opposite operator: the two must mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.engine.assess import assess
from gonogo.explaining.phrases import OPPOSITES
from gonogo.packs.language import Op
from strategies import LAWS, World, at, facts_of, grains, law_pack, worlds

SWAPPED = {"pass": "fail", "fail": "pass", "unknown": "unknown"}
COMPARISONS = {
    "amounts": ({"fact": "extra.size"}, {"fact": "extra.other"}, (Op.ABOVE, Op.AT_LEAST)),
    "an amount and a parameter": ({"fact": "extra.size"}, "$least", (Op.ABOVE, Op.AT_LEAST)),
    "levels": ({"fact": "model.capability.cyber"}, "medium", (Op.ABOVE, Op.AT_LEAST)),
    "days": (
        {"days_from": "review.access_started_at", "to": "release.public_at"},
        20,
        (Op.ABOVE, Op.AT_LEAST),
    ),
    "dates": (
        {"fact": "review.access_started_at"},
        {"fact": "release.public_at"},
        (Op.BEFORE, Op.NOT_AFTER),
    ),
    "a date and the first one": (
        {"fact": "release.trusted_partners_at"},
        {"fact": "release.first_at"},
        (Op.BEFORE, Op.NOT_AFTER),
    ),
    "the first one and a date": (
        {"fact": "release.first_at"},
        {"fact": "release.trusted_partners_at"},
        (Op.BEFORE, Op.NOT_AFTER),
    ),
}


@pytest.mark.parametrize("kind", COMPARISONS)
@LAWS
@given(data=st.data(), world=worlds())
def test_an_operator_and_its_opposite_never_agree(
    kind: str, data: st.DataObject, world: World
) -> None:
    subject, operand, ops = COMPARISONS[kind]
    op = data.draw(st.sampled_from(ops))
    told = data.draw(grains(world))
    pack = law_pack(
        [
            {
                "id": f"rule-{number}",
                "title": "A rule",
                "class": "house",
                "cites": ["memo"],
                "require": [{**subject, each.value: operand}],
            }
            for number, each in enumerate((op, OPPOSITES[op]))
        ]
    )

    one, other = assess(facts_of(world, told), (pack,), at("2026-11-23"))

    assert one.outcome.value == SWAPPED[other.outcome.value]


def test_an_opposite_is_one_both_ways() -> None:
    assert {OPPOSITES[OPPOSITES[op]] for op in OPPOSITES} == set(OPPOSITES)
    assert all(OPPOSITES[OPPOSITES[op]] is op for op in OPPOSITES)

"""Each operator, subject, operand and join as the sentence a policy officer reads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.documents import text
from gonogo.documents.blocks import Bullets
from gonogo.explaining.phrases import told
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.language import Op
from strategies import one_rule, small_pack

HEAD = """\
parameters:
  least: {unit: hour, values: [{from: 2026-06-02, value: 400}]}
  days: {unit: day, values: [{from: 2026-06-02, value: 30}]}
  longer: {unit: day, values: [{from: 2026-06-02, value: 30}, {from: 2026-12-01, value: 45}]}
  many:
    unit: day
    values:
      - {from: 2026-06-02, value: 1}
      - {from: 2026-07-01, value: 2}
      - {from: 2026-08-01, value: 3}
      - {from: 2026-09-01, value: 4}
  bar: {values: [{from: 2026-06-02, value: high}]}
  open: {values: [{from: 2026-06-02, unknown: nobody says}, {from: 2026-08-04, value: true}]}
  brief: {unit: day, values: [{from: 2026-06-02, value: 30}, {from: 2026-12-01, ended: true}]}
  silent: {values: [{from: 2026-06-02, unknown: nobody says}]}
  nearby: {values: [{from: 2026-06-02, value: [us, eu]}]}
facts:
  extra.hours: {type: number, unit: hour, title: red-team hours}
  extra.budget: {type: number, unit: hour, title: budget of hours}
  extra.share: {type: number, title: share}
  extra.remark: {type: text, title: remark}
  extra.alias: {type: name, title: alias}
  extra.twin: {type: flag, title: audience}
derived:
  on_record.caisi_agreement:
    row_of: signed
    where: {developer: {fact: model.developer}}
definitions:
  in_scope: [{fact: model.weights, equals: open}]
"""
REGISTER = """\
register: signed
title: signatures
as_of: 2026-11-23
fields:
  developer: {type: id}
  model: {type: name}
  status: {type: choice, choices: [signed, ended]}
  exemptions: {type: list}
  signed_on: {type: date}
rows: []
"""

Say = Callable[[str], str]


@pytest.fixture
def say(tmp_path: Path, vocabulary: Vocabulary) -> Say:
    """A condition in flow style, as the lines of its explanation."""

    def run(condition: str) -> str:
        pack = small_pack(
            tmp_path, vocabulary, one_rule(f"[{condition}]"), HEAD, {"signed": REGISTER}
        )
        require = pack.rules[0].require
        assert require is not None
        return text.render((Bullets((told(require, pack),)),), 1000)

    return run


LEAVES = {
    "equals a choice": (
        "{fact: coverage.determination, equals: designated}",
        "the covered-model determination is designated",
    ),
    "equals a choice, plural": (
        "{fact: model.weights, equals: open}",
        "the weights are open",
    ),
    "equals true": (
        "{fact: review.await_determination, equals: true}",
        "the promise to await a determination is true",
    ),
    "equals false": (
        "{fact: review.await_determination, equals: false}",
        "the promise to await a determination is false",
    ),
    "equals a number": (
        "{fact: extra.hours, equals: 1}",
        "the red-team hours are 1 hour",
    ),
    "equals a text": (
        "{fact: extra.remark, equals: signed off}",
        'the remark is "signed off"',
    ),
    "equals a name": (
        "{fact: model.name, equals: N-9}",
        'the model name is "N-9"',
    ),
    "equals a fact": (
        "{fact: model.derived_from.developer, equals: {fact: model.developer}}",
        "the base model's developer is the same as the developer",
    ),
    "equals a parameter": (
        "{fact: model.capability.cyber, equals: $bar}",
        "the cyber capability is high ($bar)",
    ),
    "one_of a list": (
        "{fact: model.weights, one_of: [open, staged, closed]}",
        "the weights are open, staged or closed",
    ),
    "one_of a list with a fact": (
        "{fact: model.developer, one_of: [acme, {fact: model.derived_from.developer}]}",
        "the developer is acme or the base model's developer",
    ),
    "one_of a parameter": (
        "{fact: model.developer, one_of: $nearby}",
        "the developer is one of us, eu ($nearby)",
    ),
    "one_of a fact": (
        "{fact: model.developer, one_of: {fact: release.markets}}",
        "the developer is one of the markets",
    ),
    "above a number": (
        "{fact: model.training_compute_flop, above: 1e26}",
        "the training compute is above 1e26 FLOP",
    ),
    "at_least a parameter": (
        "{fact: extra.hours, at_least: $least}",
        "the red-team hours are at least 400 hours ($least)",
    ),
    "below a fact": (
        "{fact: extra.hours, below: {fact: extra.budget}}",
        "the red-team hours are below the budget of hours",
    ),
    "at_most without a unit": (
        "{fact: extra.share, at_most: 0.5}",
        "the share is at most 0.5",
    ),
    "above a level": (
        "{fact: model.capability.cyber, above: low}",
        "the cyber capability is above low",
    ),
    "at_least a level": (
        "{fact: model.capability.cyber, at_least: $bar}",
        "the cyber capability is at least high ($bar)",
    ),
    "before a fact": (
        "{fact: review.access_started_at, before: {fact: release.first_at}}",
        "the start of government access is before the first release",
    ),
    "not_after a day": (
        "{fact: review.access_started_at, not_after: 2026-07-01}",
        "the start of government access is no later than 2026-07-01",
    ),
    "after an instant": (
        '{fact: review.access_started_at, after: "2026-07-01T09:00:00Z"}',
        "the start of government access is after 2026-07-01T09:00:00Z",
    ),
    "not_before a month": (
        '{fact: review.access_started_at, not_before: "2026-07"}',
        "the start of government access is no earlier than 2026-07",
    ),
    "contains": (
        "{fact: release.markets, contains: us}",
        "the markets include us",
    ),
    "overlaps a list": (
        "{fact: release.markets, overlaps: [us, eu]}",
        "the markets include at least one of us or eu",
    ),
    "overlaps a parameter": (
        "{fact: release.markets, overlaps: $nearby}",
        "the markets include at least one of us, eu ($nearby)",
    ),
    "overlaps a fact": (
        "{fact: release.markets, overlaps: {fact: release.exemptions}}",
        "the markets include at least one of the exemptions relied on",
    ),
    "stated": (
        "{fact: review.agreed_days, stated: true}",
        "the agreed review days are stated",
    ),
    "not stated": (
        "{fact: release.weights_at, stated: false}",
        "the publication of the weights is not stated",
    ),
    "stated by a register": (
        "{fact: on_record.caisi_agreement.status, stated: true}",
        "the status on record is given by the register",
    ),
    "evidenced": (
        "{evidenced: review.completion_notice_at}",
        "the completion notice is stated and backed by evidence with a digest",
    ),
    "holds": (
        "{holds: in_scope}",
        '"in scope" is met',
    ),
    "a parameter as subject": (
        "{parameter: open, equals: true}",
        "the parameter $open is true",
    ),
    "a title that two facts share": (
        "{fact: extra.twin, equals: true}",
        "the audience (extra.twin) is true",
    ),
    "days, a number": (
        "{days_from: review.access_started_at, to: release.first_at, at_least: 30}",
        "from the start of government access to the first release there are "
        "at least 30 calendar days",
    ),
    "days, one": (
        "{days_from: review.access_started_at, to: release.first_at, above: 1}",
        "from the start of government access to the first release there are "
        "more than 1 calendar day",
    ),
    "days, exactly, elapsed": (
        "{days_from: review.access_started_at, to: release.first_at, equals: 30, count: elapsed}",
        "from the start of government access to the first release there are "
        "exactly 30 days of 24 hours",
    ),
    "days, fewer, full": (
        "{days_from: review.access_started_at, to: release.first_at, below: $days, "
        "count: full_days}",
        "from the start of government access to the first release there are "
        "fewer than 30 full days ($days)",
    ),
    "days, at most, by date": (
        "{days_from: review.access_started_at, to: release.first_at, at_most: $longer}",
        "from the start of government access to the first release there are "
        "at most $longer calendar days (30 from 2026-06-02, 45 from 2026-12-01)",
    ),
    "days, as many as a fact": (
        "{days_from: review.access_started_at, to: release.first_at, "
        "at_least: {fact: review.agreed_days}}",
        "from the start of government access to the first release there are "
        "at least as many calendar days as the agreed review days",
    ),
    "if_not_stated": (
        "{days_from: review.access_started_at, to: release.first_at, "
        "at_least: {fact: review.agreed_days, if_not_stated: $days}}",
        "from the start of government access to the first release there are at least as many "
        "calendar days as the agreed review days, or, where not stated, 30 days ($days)",
    ),
    "if_not_stated of an amount": (
        "{fact: extra.hours, at_least: {fact: extra.budget, if_not_stated: $least}}",
        "the red-team hours are at least the budget of hours, or, where not stated, "
        "400 hours ($least)",
    ),
    "more values than a sentence holds": (
        "{days_from: review.access_started_at, to: release.first_at, at_least: $many}",
        "from the start of government access to the first release there are "
        "at least $many calendar days (4 values by date, listed below)",
    ),
    "a value that ends": (
        "{days_from: review.access_started_at, to: release.first_at, at_least: $brief}",
        "from the start of government access to the first release there are "
        "at least $brief calendar days (30 from 2026-06-02, no value from 2026-12-01)",
    ),
    "a value that is unknown at first": (
        "{fact: review.await_determination, equals: $open}",
        "the promise to await a determination is $open (unknown from 2026-06-02, "
        "true from 2026-08-04)",
    ),
    "a value that is only unknown": (
        "{fact: extra.remark, equals: $silent}",
        "the remark is $silent (unknown from 2026-06-02)",
    ),
    "a row at the governing date": (
        "{any_row: {register: signed, where: [{fact: row.status, equals: signed}]}}",
        "the register of signatures has a row in force at the first release for which "
        "the row's status is signed",
    ),
    "a row at one time": (
        "{any_row: {register: signed, at: release.api_at, "
        "where: [{fact: row.signed_on, before: {fact: release.api_at}}]}}",
        "the register of signatures has a row in force at the API opening for which "
        "the row's signed on is before the API opening",
    ),
    "a row at any time of several": (
        "{any_row: {register: signed, at: [release.api_at, release.public_at], "
        "where: [{fact: release.exemptions, overlaps: {fact: row.exemptions}}]}}",
        "the register of signatures has a row in force at any of these that is planned: "
        "the API opening or the public release, for which the exemptions relied on include "
        "at least one of the row's exemptions",
    ),
    "an item of evidence": (
        "{any_row: {list: evidence, where: [{fact: row.kind, equals: licence}]}}",
        'the evidence of the manifest has an item for which the row\'s kind is "licence"',
    ),
}


@pytest.mark.parametrize(("condition", "expected"), LEAVES.values(), ids=LEAVES)
def test_a_leaf_is_one_sentence(condition: str, expected: str, say: Say) -> None:
    assert say(condition) == f"- {expected}\n"


NEGATED = {
    "equals": (
        "{fact: model.weights, equals: open}",
        "the weights are not open",
    ),
    "at_least": (
        "{fact: model.capability.cyber, at_least: high}",
        "the cyber capability is below high",
    ),
    "not_after": (
        "{fact: review.access_started_at, not_after: {fact: release.first_at}}",
        "the start of government access is after the first release",
    ),
    "contains": (
        "{fact: release.markets, contains: us}",
        "the markets do not include us",
    ),
    "overlaps": (
        "{fact: release.markets, overlaps: [us, eu]}",
        "the markets include none of us or eu",
    ),
    "days": (
        "{days_from: review.access_started_at, to: release.first_at, at_least: 30}",
        "from the start of government access to the first release there are "
        "fewer than 30 calendar days",
    ),
    "stated": (
        "{fact: model.licence, stated: true}",
        "the licence is not stated",
    ),
    "not stated": (
        "{fact: model.licence, stated: false}",
        "the licence is stated",
    ),
    "evidenced": (
        "{evidenced: model.licence}",
        "the licence is not both stated and backed by evidence with a digest",
    ),
    "holds": (
        "{holds: in_scope}",
        '"in scope" is not met',
    ),
    "a row": (
        "{any_row: {register: signed, where: [{fact: row.status, equals: signed}]}}",
        "the register of signatures has no row in force at the first release for which "
        "the row's status is signed",
    ),
    "an item of evidence": (
        "{any_row: {list: evidence, where: [{fact: row.kind, equals: licence}]}}",
        'the evidence of the manifest has no item for which the row\'s kind is "licence"',
    ),
    "not": (
        "{not: [{holds: in_scope}]}",
        '"in scope" is met',
    ),
}


@pytest.mark.parametrize(("condition", "expected"), NEGATED.values(), ids=NEGATED)
def test_the_opposite_of_a_leaf_is_one_sentence(condition: str, expected: str, say: Say) -> None:
    assert say(f"{{not: [{condition}]}}") == f"- {expected}\n"


A = "{fact: model.weights, equals: open}"
B = "{fact: review.agreed_days, stated: true}"
JOINS = {
    "all": (
        f"{{all: [{A}, {B}]}}",
        """\
- all of these hold:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "any": (
        f"{{any: [{A}, {B}]}}",
        """\
- at least one of these holds:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "not": (
        f"{{not: [{A}, {B}]}}",
        """\
- none of these holds:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "not all": (
        f"{{not: [{{all: [{A}, {B}]}}]}}",
        """\
- not all of these hold together:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "not any": (
        f"{{not: [{{any: [{A}, {B}]}}]}}",
        """\
- none of these holds:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "not not": (
        f"{{not: [{{not: [{A}, {B}]}}]}}",
        """\
- at least one of these holds:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "a list in a list": (
        f"[{A}, {B}]",
        """\
- all of these hold:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "not all of one": (
        f"{{not: [{{all: [{A}]}}]}}",
        "- the weights are not open\n",
    ),
    "any of one": (
        f"{{any: [{{all: [{A}]}}]}}",
        "- the weights are open\n",
    ),
    "if": (
        f"{{any: [{{not: [{A}]}}, {B}]}}",
        "- if the weights are open: the agreed review days are stated\n",
    ),
    "if, then several": (
        f"{{any: [{{not: [{{holds: in_scope}}]}}, {{all: [{A}, {B}]}}]}}",
        """\
- if "in scope" is met: all of these hold:
  - the weights are open
  - the agreed review days are stated
""",
    ),
    "no if where the condition is a list itself": (
        f"{{any: [{{not: [{{all: [{A}, {B}]}}]}}, {A}]}}",
        """\
- at least one of these holds:
  - not all of these hold together:
    - the weights are open
    - the agreed review days are stated
  - the weights are open
""",
    ),
    "three deep": (
        f"{{all: [{B}, {{any: [{A}, {{not: [{A}, {B}]}}]}}]}}",
        """\
- all of these hold:
  - the agreed review days are stated
  - at least one of these holds:
    - the weights are open
    - none of these holds:
      - the weights are open
      - the agreed review days are stated
""",
    ),
    "a row that must fit several": (
        "{any_row: {register: signed, where: [{fact: row.developer, equals: "
        "{fact: model.developer}}, {not: [{fact: row.model, equals: {fact: model.name}}]}]}}",
        """\
- the register of signatures has a row in force at the first release for which all of these hold:
  - the row's developer is the same as the developer
  - the row's model is not the same as the model name
""",
    ),
    "a row of which no if is said": (
        "{any_row: {register: signed, where: [{any: [{not: [{fact: row.status, equals: ended}]}, "
        "{fact: row.model, equals: X}]}]}}",
        """\
- the register of signatures has a row in force at the first release for which \
at least one of these holds:
  - the row's status is not ended
  - the row's model is "X"
""",
    ),
    "no row that fits any": (
        "{not: [{any_row: {register: signed, at: [release.api_at, release.public_at], where: "
        "[{any: [{fact: row.status, equals: signed}, {fact: row.model, equals: X}]}]}}]}",
        """\
- the register of signatures has no row in force at any of these that is planned: the API opening \
or the public release, for which at least one of these holds:
  - the row's status is signed
  - the row's model is "X"
""",
    ),
}


@pytest.mark.parametrize(("condition", "expected"), JOINS.values(), ids=JOINS)
def test_a_join_is_a_list_with_its_parts_below(condition: str, expected: str, say: Say) -> None:
    assert say(condition) == expected


def test_every_operator_has_a_sentence_here() -> None:
    """An operator that is added to the language needs a row in the tables above."""
    written = " ".join(condition for condition, _ in LEAVES.values())

    for op in Op:
        assert f"{op.value}:" in written, op

"""What a rule reads, also where it does not name it: each name once, in the order it is met."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.explaining.reach import Reach, reach
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.values.times import DayCount
from strategies import one_rule, small_pack

HEAD = """\
parameters:
  days: {unit: day, values: [{from: 2026-06-02, value: 30}]}
  spare: {unit: day, values: [{from: 2026-06-02, value: 9}]}
  register_expires_days: {unit: day, values: [{from: 2026-06-02, value: 90}]}
derived:
  review.held_until: {earliest_of: [review.access_ended_at, release.first_at]}
  on_record.caisi_agreement:
    row_of: signed
    where: {developer: {fact: model.developer}}
  participation.caisi_agreement: {if_not_mentioned: on_record.caisi_agreement}
  participation.accord_2026: {if_not_mentioned: participation.eo_14409_framework}
definitions:
  outer: [{holds: inner}, {fact: model.weights, equals: open}]
  inner: [{fact: model.licence, stated: true}]
"""
REGISTER = """\
register: {name}
title: signatures
as_of: 2026-11-23
complete: {complete}
fields:
  developer: {{type: id}}
  status: {{type: choice, choices: [signed, ended]}}
  signed_on: {{type: date}}
rows: []
"""
REGISTERS = {
    "signed": REGISTER.format(name="signed", complete="false"),
    "banned": REGISTER.format(name="banned", complete="true"),
}

Read = Callable[..., Reach]


@pytest.fixture
def read(tmp_path: Path, vocabulary: Vocabulary) -> Read:
    def run(require: str, more: str = "", **parts: str) -> Reach:
        rules = one_rule(require, **parts) + more
        pack = small_pack(tmp_path, vocabulary, rules, HEAD, REGISTERS)
        return reach(pack.rules[0], pack)

    return run


DAYS = "{days_from: review.access_started_at, to: review.held_until"


def test_days_a_parameter_and_what_a_date_is_derived_from(read: Read) -> None:
    found = read(f"[{DAYS}, at_least: $days, count: elapsed}}]")

    assert found.parameters == ("days",)
    assert found.counts == (DayCount.ELAPSED,)
    assert found.facts == (
        "review.access_started_at",
        "review.held_until",
        "review.access_ended_at",
        "release.first_at",
    )


def test_a_parameter_that_only_stands_in(read: Read) -> None:
    found = read(f"[{DAYS}, at_least: {{fact: review.agreed_days, if_not_stated: $spare}}}}]")

    assert found.parameters == ("spare",)
    assert found.facts[-1] == "review.agreed_days"


def test_definitions_through_definitions_each_once(read: Read) -> None:
    found = read("[{holds: outer}, {holds: inner}]", when="[{holds: inner}]")

    assert found.definitions == ("inner", "outer")
    assert found.facts == ("model.licence", "model.weights")


def test_dates_that_bring_a_rule_into_force(read: Read) -> None:
    found = read("[{holds: inner}]", in_force="{from: 2026-06-02, at: release.api_at}")

    assert found.facts == ("release.api_at", "model.licence")


def test_a_row_is_looked_for_at_dates_and_trusted_for_days(read: Read) -> None:
    where = "where: [{fact: row.developer, equals: {fact: model.developer}}]"
    at_release = read(f"[{{any_row: {{register: banned, {where}}}}}]")

    assert at_release.facts == ("release.first_at", "model.developer")
    assert at_release.registers == ("banned",)
    assert at_release.parameters == ("register_expires_days",)


def test_an_incomplete_register_never_expires(read: Read) -> None:
    found = read(
        "[{any_row: {register: signed, at: release.api_at, "
        "where: [{fact: row.signed_on, before: {fact: as_of}}]}}]"
    )

    assert found.facts == ("release.api_at", "as_of")
    assert found.parameters == ()


def test_evidence_is_no_register(read: Read) -> None:
    found = read("[{any_row: {list: evidence, where: [{fact: row.kind, equals: licence}]}}]")

    assert (found.registers, found.facts) == ((), ())


def test_a_fact_that_a_register_fills(read: Read) -> None:
    found = read("[{fact: participation.caisi_agreement.status, equals: signed}]")

    assert found.facts == (
        "participation.caisi_agreement.status",
        "release.first_at",
        "model.developer",
    )
    assert found.registers == ("signed",)
    assert [row.path for row in found.rows] == ["on_record.caisi_agreement"]


def test_a_fact_that_another_fills(read: Read) -> None:
    found = read("[{fact: participation.accord_2026.status, equals: signed}]")

    assert found.facts == (
        "participation.accord_2026.status",
        "participation.eo_14409_framework.status",
    )
    assert found.registers == ()


def test_a_section_filled_from_one_without_its_facts(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    head = "derived: {participation.accord_2026: {if_not_mentioned: review.protections}}\n"
    rules = one_rule("[{fact: participation.accord_2026.status, equals: signed}]")
    pack = small_pack(tmp_path, vocabulary, rules, head)

    assert reach(pack.rules[0], pack).facts == ("participation.accord_2026.status",)


def test_what_only_a_sentence_names(read: Read) -> None:
    found = read("[{holds: inner}]", '    reason: "for {$spare}"\n    fix: "see {model.version}"\n')

    assert found.parameters == ("spare",)
    assert found.facts == ("model.licence", "model.version")

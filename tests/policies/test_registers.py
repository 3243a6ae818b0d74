"""The facts of the EO 14409 pack against the law: registers, sources, parameters, rule classes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gonogo.diagnostics import InputError
from gonogo.library import Library
from gonogo.manifests.facts import Manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack, Row, Standing
from gonogo.values.names import Name
from gonogo.values.times import Moment

NEW_YORK = ZoneInfo("America/New_York")
OPEN_ENDED = "-"


def written(row: Row, field: str) -> str:
    """A field of a row as text, empty where the row does not have it."""
    fact = row.fields.get(field)
    value = fact.value if fact else None
    if value is None:
        return ""
    return value.text if isinstance(value, Moment | Name) else str(value)


def first_day(row: Row) -> str:
    return row.start.astimezone(NEW_YORK).date().isoformat()


def last_day(row: Row) -> str:
    if row.until.year > 9000:
        return OPEN_ENDED
    return row.until.astimezone(NEW_YORK).date().isoformat()


CAISI, FRAMEWORK, ACCORD = "caisi_agreement", "eo_14409_framework", "accord_2026"
AISI_2024 = ("signed", "2024-08", "2024-08-01", OPEN_ENDED, "nist-2024-08")
MAY_2026 = ("signed", "2026-05-05", "2026-05-05", OPEN_ENDED, "nist-2026-05")
SEPTEMBER_2026 = ("signed", "2026-09-29", "2026-09-29", OPEN_ENDED, "accord-2026-09")
# Who has signed what, when, from when until when the row holds, and who says so.
PARTICIPANTS = [
    ("openai", CAISI, *AISI_2024),
    ("anthropic", CAISI, *AISI_2024),
    ("google-deepmind", CAISI, *MAY_2026),
    ("microsoft", CAISI, *MAY_2026),
    ("xai", CAISI, *MAY_2026),
    ("meta", CAISI, "negotiating", "", "2026-06-23", "2026-07-01", "meta-holdout"),
    ("meta", CAISI, "negotiating", "", "2026-07-02", "2026-07-02", "meta-holdout-july"),
    ("any", FRAMEWORK, "not_signed", "", "2026-06-02", "2026-08-03", "framework-briefed"),
    ("openai", ACCORD, *SEPTEMBER_2026),
    ("anthropic", ACCORD, *SEPTEMBER_2026),
    ("google-deepmind", ACCORD, *SEPTEMBER_2026),
    ("meta", ACCORD, *SEPTEMBER_2026),
    ("xai", ACCORD, *SEPTEMBER_2026),
    ("nvidia", ACCORD, *SEPTEMBER_2026),
]


def test_participants_are_those_on_public_record(eo_pack: Pack) -> None:
    """Each row, no more and no fewer: Microsoft and Amazon did not sign the Accord."""
    rows = eo_pack.registers["participants"].rows
    found = [
        (
            written(row, "developer"),
            written(row, "instrument"),
            written(row, "status"),
            written(row, "signed_on"),
            first_day(row),
            last_day(row),
            row.source,
        )
        for row in rows
    ]
    assert found == PARTICIPANTS


def test_nobody_is_on_record_in_the_framework(eo_pack: Pack) -> None:
    """No list of its participants is public."""
    rows = eo_pack.registers["participants"].rows
    signed = {written(row, "instrument") for row in rows if written(row, "status") == "signed"}
    assert signed == {CAISI, ACCORD}


# 17:21 Eastern daylight time is 21:21 UTC; midnight there is 04:00 UTC.
LETTER = datetime(2026, 6, 12, 21, 21, tzinfo=UTC)
TICK = timedelta(microseconds=1)
END_OF_JUNE_26 = datetime(2026, 6, 27, 4, tzinfo=UTC) - TICK
END_OF_JUNE_30 = datetime(2026, 7, 1, 4, tzinfo=UTC) - TICK
DIRECTIVES = [
    ("Fable 5", (), LETTER, END_OF_JUNE_30),
    ("Mythos 5", (), LETTER, END_OF_JUNE_26),
    ("Mythos 5", ("us-bis-2026-06-26-annex-a",), END_OF_JUNE_26 + TICK, END_OF_JUNE_30),
]


def test_directives_are_the_letter_of_june_12(eo_pack: Pack) -> None:
    """One row for Fable 5, two for Mythos 5, to the microsecond."""
    rows = eo_pack.registers["directives"].rows
    found = [
        (written(row, "model"), row.fields["exemptions"].value, row.start, row.until)
        for row in rows
    ]
    assert found == DIRECTIVES
    assert {written(row, "id") for row in rows} == {"us-bis-2026-06-12-anthropic"}
    assert {written(row, "developer") for row in rows} == {"anthropic"}


def test_only_the_directives_claim_to_be_complete(eo_pack: Pack) -> None:
    """No official list of participants exists."""
    complete = {name: register.complete for name, register in eo_pack.registers.items()}
    assert complete == {"directives": True, "participants": False}


def test_no_row_begins_after_its_register_was_searched(vocabulary: Vocabulary) -> None:
    """A register holds what is known, not what is planned."""
    shipped = Library([], vocabulary).load("eo-14409")
    for register in shipped.registers.values():
        searched = register.as_of.period(shipped.zone).high
        assert all(row.start <= searched for row in register.rows)


IDS = {
    "Google DeepMind": "google-deepmind",
    "DeepMind": "google-deepmind",
    "Google": "google-deepmind",
    "GOOGLE": "google-deepmind",
    "Anthropic PBC": "anthropic",
    "Anthropic": "anthropic",
    "OpenAI": "openai",
    "Open AI": "openai",
    "open-ai": "openai",
    "Meta AI": "meta",
    "Meta Platforms": "meta",
    "Microsoft Corporation": "microsoft",
    "x.AI": "xai",
    "x-ai": "xai",
    "NVIDIA": "nvidia",
}


@pytest.mark.parametrize(("name", "id"), IDS.items(), ids=IDS)
def test_name_of_a_developer_gets_its_id_as_a_hint(
    read: Callable[[str], Manifest], name: str, id: str
) -> None:
    """A name that people use is an input error that says the register's id."""
    text = (
        "manifest: gonogo/1\n"
        f'model: {{name: N-9, version: "1.0", developer: {name}, weights: closed}}\n'
    )
    with pytest.raises(InputError) as refused:
        read(text)
    assert f"`{id}`" in str(refused.value)


def test_every_rule_and_row_has_a_source_with_a_standing(eo_pack: Pack) -> None:
    """Nothing is said without a source, and every source is used or explains itself."""
    for rule in eo_pack.rules:
        assert rule.cites, rule.id
        assert set(rule.cites) <= eo_pack.sources.keys(), rule.id
    for register in eo_pack.registers.values():
        assert {row.source for row in register.rows} <= eo_pack.sources.keys()
    for parameter in eo_pack.parameters.values():
        for value in parameter.values:
            assert value.cites or value.value is None, parameter.name
            assert set(value.cites) <= eo_pack.sources.keys(), parameter.name
    assert all(isinstance(source.standing, Standing) for source in eo_pack.sources.values())


def test_sources_say_where_and_when_they_were_read(eo_pack: Pack) -> None:
    """A link and a day, not after the review of the pack; a house source needs no link."""
    for source in eo_pack.sources.values():
        house = source.standing is Standing.HOUSE
        assert source.url.startswith("https://") or house, source.id
        assert date.fromisoformat(source.retrieved) <= date(2026, 11, 23), source.id


# Only these were quoted from an official text: Sec. 3(a), 3(b)(ii), 3(c) and the Accord.
STANDINGS = {
    "eo-3a": Standing.PRIMARY,
    "eo-3b-i": Standing.REPORTED,
    "eo-3b-ii": Standing.PRIMARY,
    "eo-3b-iii": Standing.REPORTED,
    "eo-3c": Standing.PRIMARY,
    "sacks-calendar-days": Standing.REPORTED,
    "bis-letter": Standing.REPORTED,
    "wapo-open-weights": Standing.REPORTED,
    "accord-2026-09": Standing.PRIMARY,
    "news-article": Standing.NEWS,
    "house-screening": Standing.HOUSE,
}


def test_standing_of_each_source_is_what_the_law_notes_say(eo_pack: Pack) -> None:
    """Press is never called primary, and only official texts are."""
    found = {id: eo_pack.sources[id].standing for id in STANDINGS}
    assert found == STANDINGS
    primary = {s.id for s in eo_pack.sources.values() if s.standing is Standing.PRIMARY}
    assert primary == {id for id, s in STANDINGS.items() if s is Standing.PRIMARY}


def test_quotation_of_the_order_says_up_to_thirty_days(eo_pack: Pack) -> None:
    """It is a ceiling, before release to other trusted partners."""
    title = eo_pack.sources["eo-3b-ii"].title
    assert "for a period of up to 30 days before they plan to release such models to other" in title


CLASSES = {
    "no-directive-in-force": "binding",
    "review-window-held": "commitment",
    "government-access-first": "commitment",
    "determination-awaited": "commitment",
    "register-agrees": "commitment",
    "coverage-determined-by-nsa": "framework",
    "coverage-settled": "framework",
    "government-engaged": "framework",
    "derivative-has-own-determination": "framework",
    "developer-participates": "framework",
    "agreement-before-access": "framework",
    "access-within-ceiling": "framework",
    "partners-selected-with-government": "framework",
    "access-protected": "framework",
    "directive-register-fresh": "framework",
    "assessment-record": "reference",
    "open-weights-treatment": "reference",
    "compute-is-not-the-test": "reference",
}


def test_rules_and_their_legal_force(eo_pack: Pack) -> None:
    """The eighteen rules; only the directive is law."""
    assert {rule.id: rule.rule_class.value for rule in eo_pack.rules} == CLASSES
    assert len(eo_pack.rules) == len(CLASSES)


def test_all_rules_are_in_force_from_the_signing(eo_pack: Pack) -> None:
    """From the first instant of June 2, 2026 in New York, 04:00 UTC, without an end."""
    starts = {rule.start for rule in eo_pack.rules}
    assert starts == {datetime(2026, 6, 2, 4, tzinfo=UTC)}
    assert {rule.until for rule in eo_pack.rules} == {None}


PARAMETERS = {
    "screening_compute_flop": ["1e26"],
    "screening_cyber_level": ["high"],
    "assumed_review_days": ["30"],
    "ceiling_days": ["30"],
    "open_weights_exempt": ["None", "True"],
    "register_max_age_days": ["30"],
    "register_expires_days": ["90"],
    "historic_compute_flop": ["1e26"],
}


def test_parameters(eo_pack: Pack) -> None:
    """Each number of the pack; the exemption is unknown, then true."""
    found = {n: [str(v.value) for v in p.values] for n, p in eo_pack.parameters.items()}
    assert found == PARAMETERS


def test_pack_counts_in_new_york_and_is_the_default(eo_pack: Pack) -> None:
    """The order names no time zone; the pack says which one it takes."""
    assert (eo_pack.zone.key, eo_pack.default) == ("America/New_York", True)
    assert eo_pack.governing == "release.first_at"

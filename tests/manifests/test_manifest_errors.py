"""What is wrong with a manifest: the place, the field, what was found and what to write instead."""

from collections.abc import Callable

import pytest

from gonogo.diagnostics import InputError, Problem
from gonogo.manifests.facts import Manifest

Read = Callable[[str], Manifest]

HEAD = "manifest: gonogo/1\n"
MODEL = HEAD + 'model: {name: N-9, version: "1.0", developer: openai, weights: closed}\n'


def refused(read: Read, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(text)
    assert len(str(caught.value)) < 4_000
    return caught.value.problems


def only(read: Read, text: str) -> tuple[str, str, str]:
    """The place, message and help of the one problem."""
    (problem,) = refused(read, text)
    return str(problem.span).removeprefix("release.yaml:"), problem.message, problem.help or ""


def model(more: str) -> str:
    """A model section in block style: `more` is on line 7."""
    return (
        f'{HEAD}model:\n  name: N-9\n  version: "1.0"\n  developer: openai\n  weights: closed\n'
        f"  {more}\n"
    )


# Each row: text after a sound model section (so it begins on line 3), place, what the message
# says, what the help says.
VALUES: list[tuple[str, str, str, list[str], list[str]]] = [
    # Keys.
    ("misspelt section", "reveiw: {}", "3:1", ["unknown key `reveiw`"], ["`review`"]),
    (
        "misspelt key",
        "review: {acess_started_at: 2026-11-15}",
        "3:10",
        ["unknown key `acess_started_at`", "`review`"],
        ["did you mean `access_started_at`?"],
    ),
    (
        "another word",
        "review: {submitted_at: 2026-11-15}",
        "3:10",
        ["unknown key `submitted_at`"],
        ["that is `review.access_started_at` here"],
    ),
    (
        "another word at the top",
        "submitted_at: 2026-11-15",
        "3:1",
        ["unknown key `submitted_at` in the manifest"],
        ["that is `review.access_started_at` here"],
    ),
    (
        "key of another section",
        "review: {public_at: 2026-11-15}",
        "3:10",
        ["unknown key `public_at`"],
        ["`release.public_at`"],
    ),
    ("nothing like it", "review: {zzz: 1}", "3:10", ["unknown key `zzz`"], ["agreed_days"]),
    ("section is text", "review: soon", "3:9", ["`review`", "`soon`", "mapping"], []),
    ("section is a list", "review: [soon]", "3:9", ["`review`", "a list", "mapping"], []),
    # Times.
    (
        "naive in July",
        "review: {access_started_at: 2026-07-01T09:00}",
        "3:29",
        ["`review.access_started_at`", "`2026-07-01T09:00`", "no time zone"],
        ["`access_started_at: 2026-07-01T09:00:00-04:00`", "America/New_York"],
    ),
    (
        "naive in December",
        "review: {access_started_at: 2026-12-01T09:00:30}",
        "3:29",
        ["no time zone"],
        ["`access_started_at: 2026-12-01T09:00:30-05:00`"],
    ),
    (
        "naive with a space",
        "release: {public_at: 2026-12-01 09:00:00}",
        "3:22",
        ["`release.public_at`", "`2026-12-01 09:00:00`"],
        ["`public_at: 2026-12-01T09:00:00-05:00`"],
    ),
    (
        "naive, no such day",
        "release: {public_at: 2026-02-30T09:00}",
        "3:22",
        ["`2026-02-30T09:00`"],
        ["public_at: "],
    ),
    ("no such hour", "release: {public_at: 2026-02-03T25:00}", "3:22", ["`2026-02-03T25:00`"], []),
    (
        "space before the offset",
        "release: {public_at: 2026-12-01 09:00:00 -05:00}",
        "3:22",
        ["`release.public_at`"],
        ["`public_at: 2026-12-01T09:00:00-05:00`"],
    ),
    ("no such day", "release: {public_at: 2026-13-45}", "3:22", ["`2026-13-45`"], ["2026-09-01"]),
    ("not a leap year", "release: {public_at: 2026-02-29}", "3:22", ["`2026-02-29`"], []),
    ("leap second", "release: {public_at: 2026-12-31T23:59:60Z}", "3:22", ["not a real time"], []),
    ("American date", "release: {public_at: 12/01/2026}", "3:22", ["`12/01/2026`"], ["2026-09-01"]),
    ("only a year", "release: {public_at: 2026}", "3:22", ["`2026` is not a date"], []),
    ("a list", "release: {public_at: [2026-12-01]}", "3:22", ["a list is not a date"], []),
    ("too early", "release: {public_at: 1899-12-31}", "3:22", ["1899-12-31", "year"], []),
    ("too late", "release: {public_at: 3000-01-01}", "3:22", ["3000-01-01", "year"], []),
    # Days.
    ("negative days", "review: {agreed_days: -1}", "3:23", ["`review.agreed_days`", "-1"], []),
    ("half days", "review: {agreed_days: 29.5}", "3:23", ["`29.5`", "whole"], []),
    ("half days in quotes", 'review: {agreed_days: "29.5"}', "3:23", ["`29.5`", "whole"], []),
    ("days in words", "review: {agreed_days: 30 days}", "3:23", ["`30 days`", "number"], []),
    ("too many days", "review: {agreed_days: 36501}", "3:23", ["`36501`"], ["36,500"]),
    ("true days", "review: {agreed_days: true}", "3:23", ["`true`", "number"], []),
    # Choices and flags.
    (
        "misspelt choice",
        "release: {audience: unverifed}",
        "3:21",
        ["`release.audience`", "`unverifed`"],
        ["did you mean `unverified`?", "us_persons_verified, listed_exempt_only"],
    ),
    (
        "hyphen for underscore",
        "release: {audience: listed-exempt-only}",
        "3:21",
        ["`listed-exempt-only`"],
        ["did you mean `listed_exempt_only`?"],
    ),
    (
        "misspelt choice of a sensitive fact",
        "coverage: {determination: desginated}",
        "3:27",
        ["`coverage.determination`: `(not shown)` is not a choice here"],
        ["one of designated, not_designated, pending, not_requested"],
    ),
    (
        "choice in capitals",
        "release: {audience: Unverified}",
        "3:21",
        ["`Unverified`"],
        ["`unverif"],
    ),
    ("no is no flag", "review: {await_determination: no}", "3:31", ["`no`"], ["true or false"]),
    ("flag in quotes", 'review: {await_determination: "true"}', "3:31", ["`true`"], ["quotes"]),
    ("flag is a number", "review: {await_determination: 1}", "3:31", ["`1`"], ["true or false"]),
    ("not a list", "release: {markets: us}", "3:20", ["`us`", "list"], ["[a, b]"]),
    ("item is no id", "release: {markets: [us, U S]}", "3:25", ["`U S`"], ["`u-s`"]),
    # The long form and unknown.
    (
        "misspelt key beside value",
        "review: {agreed_days: {value: 30, evidance: []}}",
        "3:35",
        ["`review.agreed_days`", "`evidance`"],
        ["did you mean `evidence`?"],
    ),
    ("no value", "review: {agreed_days: {note: x}}", "3:23", ["`review.agreed_days`"], []),
    ("unknown, no why", "review: {agreed_days: {unknown: }}", "3:32", ["not a reason"], ["why"]),
    ("unknown, empty", 'review: {agreed_days: {unknown: ""}}', "3:33", ["not a reason"], ["why"]),
    ("unknown, true", "review: {agreed_days: {unknown: true}}", "3:33", ["not a reason"], ["why"]),
    ("unknown and more", "review: {unknown: x, agreed_days: 3}", "3:9", ["stands alone"], []),
    ("value is null", "review: {agreed_days: {value: null}}", "3:31", ["review.agreed_days"], []),
    # Evidence.
    (
        "dangling id",
        "review: {agreed_days: {value: 7, evidence: [letter]}}",
        "3:31",
        ["`review.agreed_days`", "no evidence with the id `letter`"],
        ["`evidence`"],
    ),
    (
        "duplicate id",
        "evidence:\n  - {id: a, kind: other}\n  - {id: a, kind: licence}",
        "5:10",
        ["`evidence`", "`a`", "line 4"],
        [],
    ),
    ("no kind", "evidence: [{id: a}]", "3:12", ["kind", "missing"], []),
    ("no id", "evidence: [{kind: other}]", "3:12", ["id", "missing"], []),
    ("misspelt kind", "evidence: [{id: a, kind: licnce}]", "3:26", ["`licnce`"], ["`licence`"]),
    ("evidence is a mapping", "evidence: {id: a}", "3:11", ["a mapping", "list"], []),
    (
        "short digest",
        "evidence: [{id: a, kind: other, sha256: abc}]",
        "3:41",
        ["`abc`", "SHA-256"],
        ["64"],
    ),
    (
        "supports no fact",
        "evidence: [{id: a, kind: other, supports: [review.acces_started_at]}]",
        "3:44",
        ["`review.acces_started_at`"],
        ["`review.access_started_at`"],
    ),
    # What cannot be true.
    (
        "end before start",
        "review: {access_started_at: 2026-09-10, access_ended_at: 2026-09-09}",
        "3:58",
        ["`review.access_ended_at`", "`2026-09-09`", "before", "`2026-09-10`"],
        [],
    ),
    (
        "ended before it was signed",
        "participation: {accord_2026: {status: ended, signed_on: 2026-09-29, ended_on: 2026-08}}",
        "3:79",
        ["`participation.accord_2026.ended_on`", "before"],
        [],
    ),
    ("extra is text", "extra: x", "3:8", ["`extra`", "mapping"], []),
    ("extra key", "extra: {House Rule: 1}", "3:9", ["`House Rule`"], []),
]


@pytest.mark.parametrize(
    ("text", "place", "said", "help"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES]
)
def test_value(read: Read, text: str, place: str, said: list[str], help: list[str]) -> None:
    """One problem, at the value or the key that is wrong."""
    found, message, advice = only(read, MODEL + text)
    assert found == place
    assert [words for words in said if words not in message] == []
    assert [words for words in help if words not in advice] == []


@pytest.mark.parametrize("name", ["-", "---", "\u2014", "\uff0d\uff0d"], ids=ascii)
def test_a_name_of_only_hyphens(read: Read, name: str) -> None:
    """Compared as names are, nothing would be left of it."""
    place, message, advice = only(read, MODEL.replace("N-9", f'"{name}"'))
    assert (place, message) == ("2:15", f"`model.name`: `{name}` names nothing")
    assert advice == "write the exact public name"


# Each row: text on line 7, below the model's other keys.
COMPUTE: list[tuple[str, str, list[str]]] = [
    ("0", "7:26", ["not more than 0"]),
    ("-1e26", "7:26", ["not more than 0"]),
    ("10^26", "7:26", ["is not a number", "write a number such as 1e26"]),
    ("1,000", "7:26", ["is not a number"]),
    ("1_000", "7:26", ["is not a number"]),
    ("3 x 10^26", "7:26", ["is not a number"]),
    (".inf", "7:26", ["is not a number"]),
    (".nan", "7:26", ["is not a number"]),
    ("0x1f", "7:26", ["is not a number"]),
    ("true", "7:26", ["is not a number"]),
    ("lots", "7:26", ["is not a number"]),
    ('"1e999"', "7:26", ["is not a number"]),
    ("[1e26]", "7:26", ["a list", "number"]),
    ("{low: 2e26}", "7:26", ["without `high`"]),
    ("{low: 3e26, high: 2e26}", "7:26", ["reversed"]),
    ("{low: 0, high: 2e26}", "7:26", ["not more than 0"]),
    ("{low: 1e26, high: 2e26, mid: 1}", "7:55", ["unknown key", "{low: 2e26, high: 4e26}"]),
    ("{low: 1e26, hihg: 2e26}", "7:44", ["unknown key", "{low: 2e26, high: 4e26}"]),
]


@pytest.mark.parametrize(("written", "place", "said"), COMPUTE, ids=[row[0] for row in COMPUTE])
def test_compute(read: Read, written: str, place: str, said: list[str]) -> None:
    """Compute is a positive number or a range in order; no message gives it away."""
    found, message, advice = only(read, model(f"training_compute_flop: {written}"))
    assert found == place
    assert written.strip('"') not in message + advice or written == "0"  # it is in "more than 0"
    assert "`model.training_compute_flop`" in message
    assert [words for words in said if words not in message + advice] == []


def test_computed_fact_is_not_suggested(read: Read) -> None:
    """The first release is computed from the stages: nobody is told to write it."""
    place, message, help = only(read, MODEL + "release: {first_at: 2026-11-15}")
    assert (place, "unknown key `first_at`" in message) == ("3:11", True)
    assert "release.first_at" not in help


@pytest.mark.parametrize("path", ["as_of", "release.first_at", "review", "evidence"])
def test_evidence_supports_what_can_be_stated(read: Read, path: str) -> None:
    """Evidence supports a fact that a manifest states: not a computed one, not a section."""
    text = f"{MODEL}evidence:\n  - {{id: a, kind: other, supports: [{path}]}}"
    place, message, _ = only(read, text)
    assert place == "4:37"
    assert f"`{path}` is not a fact" in message

"""What to write instead: the help of a manifest's messages."""

from collections.abc import Callable

import pytest

from gonogo.diagnostics import InputError, Problem
from gonogo.manifests.facts import Manifest

Read = Callable[[str], Manifest]

HEAD = "manifest: gonogo/1\n"
MODEL = HEAD + 'model: {name: N-9, version: "1.0", developer: openai, weights: closed}\n'


def only(read: Read, text: str) -> Problem:
    with pytest.raises(InputError) as caught:
        read(text)
    (problem,) = caught.value.problems
    return problem


def model(more: str) -> str:
    return MODEL.replace("closed}", f"closed, {more}}}")


LATER = 'not known yet? delete the line, or write {unknown: "why"}'


@pytest.mark.parametrize(
    "word",
    ["TBD", "tbd.", "unknown", "N/A", "?", "???", "none yet", "none", "<date>", "To be decided"],
)
@pytest.mark.parametrize(
    "place",
    [
        "release: {public_at: %s}",
        "review: {agreed_days: %s}",
        "review: {await_determination: {value: %s}}",
        "release: {audience: %s}",
        "release: {markets: %s}",
        "coverage: {determination: %s}",
    ],
)
def test_a_placeholder(read: Read, place: str, word: str) -> None:
    """Before any example comes how to say that a fact is not known."""
    assert (only(read, MODEL + place % f'"{word}"').help or "").startswith(LATER)


def test_a_placeholder_where_the_key_must_stand(read: Read) -> None:
    help = only(read, MODEL.replace("closed", "tbd")).help
    assert help == 'not known yet? write {unknown: "why"}; else one of closed, staged, open'
    help = only(read, MODEL.replace("openai", "TBD")).help
    assert help == "it has to be stated. Who develops the model (id: a-z, 0-9, hyphens)?"


# Each row: the text, and the whole of its one help.
HELPS: list[tuple[str, str]] = [
    # Days.
    ('review: {agreed_days: "14 days"}', "write whole days, such as 30"),
    ("review: {agreed_days: thirty}", "write whole days, such as 30"),
    ("review: {agreed_days: 29.5}", "write whole days, such as 30"),
    ("review: {agreed_days: -1}", "from 0 to 36,500"),
    ("review: {agreed_days: 36501}", "from 0 to 36,500"),
    ("review: {agreed_days: {low: 20, high: 30}}", "write whole days, such as 30"),
    # Dates. New York's clocks go back at 02:00 on November 1, 2026, and forth on March 8.
    ("release: {public_at: 20261008}", "write `public_at: 2026-10-08`"),
    ("release: {public_at: 2026/10/8}", "write `public_at: 2026-10-08`"),
    (
        "release: {public_at: 2026-11-25T10:00:00.123456789Z}",
        "write `public_at: 2026-11-25T10:00:00.123456Z`",
    ),
    ("release: {public_at: 2026-11-30T24:00:00Z}", "write `public_at: 2026-12-01T00:00:00Z`"),
    (
        "release: {public_at: 2026-11-25T24:00-05:00}",
        "write `public_at: 2026-11-26T00:00:00-05:00`",
    ),
    (
        "release: {public_at: 2026-11-01T01:30}",
        "the clocks of America/New_York show that time twice: write "
        "`public_at: 2026-11-01T01:30:00-04:00` or `public_at: 2026-11-01T01:30:00-05:00`",
    ),
    (
        "release: {public_at: 2026-03-08T02:30}",
        "the clocks of America/New_York skip that time; write it with the offset that is meant",
    ),
    # Null in the long form, both forms at once.
    ("review: {agreed_days: {value: null}}", LATER),
    ("review: {agreed_days: {value: 30, unknown: x}}", "keep one of them"),
    ("review: {agreed_days: {unknown: x, note: y}}", "delete `unknown`, or what stands beside it"),
    # Evidence.
    ("evidence: [{id: a, kind: other, file: a.pdf}]", "did you mean `path`?"),
    ("evidence: [{kind: other}]", "add `id`, a name for this item, such as receipt"),
    (
        "evidence: [{id: a}]",
        "add `kind`, one of submission_receipt, completion_notice, agreement, licence, other",
    ),
    (
        "evidence: [{id: a, kind: receipt}]",
        "did you mean `submission_receipt`? one of submission_receipt, completion_notice, "
        "agreement, licence, other",
    ),
    (
        "evidence: [{id: a, kind: other, supports: [release.nope]}]",
        "the facts of `release`: limited_preview_at, trusted_partners_at, api_at, weights_at, "
        "public_at, partners_selected_with_government, audience, exemptions, markets",
    ),
    (
        "evidence: [{id: a, kind: other, supports: [nope]}]",
        "write a path, as review.access_started_at",
    ),
    (
        "evidence: [{id: a, kind: other, supports: [reveiw.agreed_days]}]",
        "did you mean `review.agreed_days`?",
    ),
    ("review: {agreed_days: {value: 7, evidence: letter}}", "write a list: [letter]"),
    ("coverage: {determined_by: {value: caisi, evidence: letter}}", "write a list: [receipt]"),
    ("evidence: [letter]", "write {id: receipt, kind: submission_receipt}"),
    # Keys in the wrong place.
    ("developer: openai", "it belongs under `model`, as `model.developer`"),
    ("protections: {}", "it belongs under `review`, as `review.protections`"),
    ("review: {release: {}}", "it belongs at the top level, beside `review`"),
    ("review: {evidence: []}", "it belongs at the top level, beside `review`"),
    # Items of a list that stand one deeper than the first.
    (
        "release:\n  markets:\n    - us\n     - eu",
        "one id for each item; check that the items of the list stand in one column",
    ),
]


@pytest.mark.parametrize(("text", "help"), HELPS, ids=[text for text, _ in HELPS])
def test_help(read: Read, text: str, help: str) -> None:
    assert only(read, MODEL + text).help == help


MODEL_HELPS: list[tuple[str, str]] = [
    (model("review: {}"), "it belongs at the top level, beside `model`"),
    (model("licence: {}"), 'write the value itself, {value: ...} or {unknown: "why"}'),
    (
        MODEL.replace("N-9", "{unknown: secret}"),
        "it has to be stated. What is the exact public name of the model?",
    ),
    (MODEL.replace("closed", "null"), 'How are the weights released? Or write {unknown: "why"}'),
    (HEAD, "add `model: {name: ..., version: ..., developer: ..., weights: ...}`"),
    (MODEL.replace("openai", "Antropic"), "did you mean `anthropic`, as in the registers?"),
    (MODEL.replace("openai", "Opn-AI"), "did you mean `openai`, as in the registers?"),
    ("# nothing yet\n", "a manifest begins with `manifest: gonogo/1`"),
]


@pytest.mark.parametrize(("text", "help"), MODEL_HELPS, ids=[help for _, help in MODEL_HELPS])
def test_help_on_the_model(read: Read, text: str, help: str) -> None:
    assert only(read, text).help == help


MESSAGES: list[tuple[str, str]] = [
    ("review: {agreed_days: -1}", "`review.agreed_days`: `-1` is not a number of days"),
    (
        "review: {agreed_days: {low: 20, high: 30}}",
        "`review.agreed_days`: a range is not possible here",
    ),
    (
        "review: {agreed_days: {value: 30, unknown: x}}",
        "`review.agreed_days`: both `value` and `unknown`",
    ),
    (
        "release: {public_at: 2026-11-25T10:00:00.123456789Z}",
        "`release.public_at`: `2026-11-25T10:00:00.123456789Z` has 9 digits of a second; at most 6",
    ),
    ("evidence: [{id: a, kind: other}, {id: b, kind: x}]", "`evidence[1].kind`: `x` is not a kind"),
    ("evidence: [{kind: other}]", "`evidence[0].id` is missing; it is required"),
    ("reviews: {}", "unknown key `reviews` in the manifest"),
]


@pytest.mark.parametrize(("text", "message"), MESSAGES, ids=[text for text, _ in MESSAGES])
def test_message(read: Read, text: str, message: str) -> None:
    assert only(read, MODEL + text).message == message


# What is said of compute, whose value is never shown: each row is a value and the whole help.
WHY = ', or {unknown: "why"}'
COMPUTE: list[tuple[str, str]] = [
    ("2e26-4e26", f"a range is written {{low: ..., high: ...}}{WHY}"),
    ("2e26 to 4e26", f"a range is written {{low: ..., high: ...}}{WHY}"),
    ("2e26 FLOP", f"write the number without its unit, such as 1e26{WHY}"),
    ('"2,000,000"', f"write the number without commas or spaces{WHY}"),
    ("0", f"write the FLOP as 3e26{WHY}"),
    ("TBD", f"{LATER}; else write a number such as 1e26"),
    ("3 x 10^26", f"write a number such as 1e26, without x or ^{WHY}"),
    (
        "about 3e26",
        f"write a number such as 1e26, with nothing before it, or {{low: ..., high: ...}}{WHY}",
    ),
    (
        "~3e26",
        f"write a number such as 1e26, with nothing before it, or {{low: ..., high: ...}}{WHY}",
    ),
    ("3e26.1.2", f"write a number such as 1e26{WHY}"),
    ("lots", f"write a number such as 1e26{WHY}"),
]


@pytest.mark.parametrize(("written", "help"), COMPUTE, ids=[written for written, _ in COMPUTE])
def test_help_on_compute(read: Read, written: str, help: str) -> None:
    assert only(read, model(f"training_compute_flop: {written}")).help == help


def test_commas_in_a_flow_mapping(read: Read) -> None:
    """There YAML reads the thousands as keys."""
    problem = only(read, model("training_compute_flop: 2,000,000"))
    assert "a large number takes no commas" in (problem.help or "")


CHOICES = "one of designated, not_designated, pending, not_requested"


@pytest.mark.parametrize("written", ["not designated", "Designated", "NOT-DESIGNATED", "pending "])
def test_a_hidden_choice_is_not_suggested(read: Read, written: str) -> None:
    """What was determined is not told, only how a choice is spelt: the same words for each."""
    help = only(read, f'{MODEL}coverage: {{determination: "{written}"}}').help
    spelling = "write it exactly as it stands here, with its case and underscores"
    assert help == f"{spelling}: {CHOICES}"


@pytest.mark.parametrize("written", ["designate", "(not shown)", "20", "true", "[pending]"])
def test_a_hidden_value_that_is_no_choice(read: Read, written: str) -> None:
    assert only(read, f"{MODEL}coverage: {{determination: {written}}}").help == CHOICES


@pytest.mark.parametrize(
    ("key", "is_shown"),
    [
        ("foo_2", True),
        ("k21", True),
        ("access_2_at", True),
        ("eo_14409_framwork", True),
        ("sha255", True),
        ("high2", False),
        ("High", False),
        ("Critical_2", False),
        ("x2026e26", False),
        ("not_designated", False),
        ("flop3e26", False),
        ("d20260813", False),
        ("2026-08-13", False),
        ("k1234", False),
    ],
)
@pytest.mark.parametrize("section", ["coverage: {%s: 1}", "%s: 1"])
def test_which_unknown_keys_are_shown(read: Read, key: str, is_shown: bool, section: str) -> None:
    """A value may stand where a key should: then it looks like a number or is a choice."""
    problem = only(read, MODEL + section % f'"{key}"')
    assert (f"unknown key `{key}` in" in problem.message) is is_shown
    assert ("unknown key (not shown) in" in problem.message) is not is_shown

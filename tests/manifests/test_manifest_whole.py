"""Errors about who and what, several problems at once, and warnings."""

import re
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


DEVELOPERS = [
    ("Google DeepMind", "google-deepmind"),
    ("DeepMind", "google-deepmind"),
    ("deepmind", "google-deepmind"),
    ("Anthropic PBC", "anthropic"),
    ("Anthropic, PBC", "anthropic"),
    ("Meta Platforms, Inc.", "meta"),
    ("Anthropic", "anthropic"),
    ("North Light Labs", "north-light-labs"),
]


@pytest.mark.parametrize("form", ['"{}"', '{{value: "{}"}}'], ids=["bare", "long form"])
@pytest.mark.parametrize(("name", "id"), DEVELOPERS, ids=[name for name, _ in DEVELOPERS])
def test_developer_name(read: Read, name: str, id: str, form: str) -> None:
    """A developer's name is refused with the id that the registers use."""
    written = form.format(name)
    place, message, help = only(read, MODEL.replace("openai", written))
    assert f"`{id}`" in help
    assert "`model.developer`" in message
    assert place == ("2:47" if written.startswith('"') else "2:55")


@pytest.mark.parametrize(
    ("written", "quoted"), [("1.10", '"1.10"'), ("7", '"7"'), ("true", "true")]
)
def test_unquoted_version(read: Read, written: str, quoted: str) -> None:
    """1.10 would lose its zero: the version must be quoted, and the help says how."""
    place, message, help = only(read, MODEL.replace('"1.0"', written))
    assert place == "2:29"
    assert "`model.version`" in message
    assert "must be quoted" in message
    assert quoted in help


@pytest.mark.parametrize("key", ["name", "version", "developer", "weights"])
def test_required(read: Read, key: str) -> None:
    """The four required keys are asked for at the section that lacks them."""
    kept = [f"{k}: {v}" for k, v in REQUIRED.items() if k != key]
    place, message, _ = only(read, HEAD + "model: {" + ", ".join(kept) + "}")
    assert place == "2:8"
    assert f"`model.{key}` is missing" in message


REQUIRED = {"name": "N-9", "version": '"1"', "developer": "openai", "weights": "open"}


@pytest.mark.parametrize("key", ["name", "version", "developer"])
@pytest.mark.parametrize("empty", ["null", '""', "{unknown: secret}"])
def test_required_is_stated(read: Read, key: str, empty: str) -> None:
    """Who and what must be stated: neither empty nor unknown."""
    written = {**REQUIRED, key: empty}
    text = HEAD + "model: {" + ", ".join(f"{k}: {v}" for k, v in written.items()) + "}"
    _, message, _ = only(read, text)
    assert f"`model.{key}`" in message


TOP: list[tuple[str, str, str, str]] = [
    ("text", "x", "1:1", "`x` where a mapping is expected"),
    ("list", "- a", "1:1", "a list where a mapping is expected"),
    ("no format", "model: {name: N, version: a, developer: b, weights: open}", "1:1", "`manifest`"),
    ("other format", MODEL.replace("gonogo/1", "gonogo/2"), "1:11", "`gonogo/2` is not a format"),
    ("format is a number", MODEL.replace("gonogo/1", "1"), "1:11", "`1` is not a format"),
    ("no model", HEAD, "1:1", "`model` is missing"),
    ("null model", HEAD + "model: null", "2:8", "`model`: nothing where a mapping is expected"),
]


@pytest.mark.parametrize(
    ("text", "place", "said"), [row[1:] for row in TOP], ids=[row[0] for row in TOP]
)
def test_top_level(read: Read, text: str, place: str, said: str) -> None:
    """The two lines that every manifest has."""
    found, message, _ = only(read, text)
    assert (found, said in message) == (place, True), message


def listed(read: Read, text: str) -> list[str]:
    """The printed lines, without the help."""
    with pytest.raises(InputError) as caught:
        read(text)
    return [line for line in str(caught.value).splitlines() if not line.startswith("  help: ")]


def wrong_keys(count: int) -> str:
    """So many unknown keys, on lines 3 and below."""
    return MODEL + "".join(f"zz{n}: 1\n" for n in range(count))


def test_all_at_once(read: Read) -> None:
    """One run names every problem, in the order of the file."""
    lines = listed(
        read,
        f"{HEAD}model: {{name: N-9, version: 1.0, developer: openai}}\nreveiw: {{}}\n"
        "review: {agreed_days: -1, access_started_at: soon}\nrelease: {public_at: [x]}\n",
    )
    places = [line.split(": ")[0] for line in lines]
    assert places == [f"release.yaml:{at}" for at in ("2:8", "2:29", "3:1", "4:23", "4:46", "5:22")]


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (19, 19), (20, 20)])
def test_up_to_20(read: Read, count: int, shown: int) -> None:
    """Up to 20 problems are printed whole."""
    lines = listed(read, wrong_keys(count))
    assert len(lines) == shown
    assert "more" not in lines[-1]


@pytest.mark.parametrize(("count", "more"), [(21, 1), (25, 5), (60, 40)])
def test_more_than_20(read: Read, count: int, more: int) -> None:
    """After 20 problems the rest are counted."""
    short = MODEL + "release: {" + ", ".join(f"x{n}_at: 1" for n in range(count)) + "}"
    problems = refused(read, short)
    assert len(problems) == count
    lines = listed(read, wrong_keys(count))
    assert len(lines) == 21
    assert lines[-1] == f"and {more} more"


def test_never_4000_characters(read: Read) -> None:
    """Long problems leave room for fewer than 20; those left out are counted all the same."""
    text = MODEL + "".join(f'"{chr(0x202E) * 100}{n}": 1\n' for n in range(30)).replace(
        chr(0x202E), r"\u202e"
    )
    lines = listed(read, text)
    assert len("\n".join(lines)) < 4_000
    more = re.fullmatch(r"and (\d+) more", lines[-1])
    assert more is not None
    assert len(lines) - 1 + int(more.group(1)) == 30


LONG = [
    ("60", "x" * 60, "`" + "x" * 60 + "`"),
    ("61", "x" * 61, "`" + "x" * 57 + "...`"),
    ("1,000", "x" * 1_000, "`" + "x" * 57 + "...`"),
]


@pytest.mark.parametrize(("value", "quoted"), [row[1:] for row in LONG], ids=[r[0] for r in LONG])
@pytest.mark.parametrize(
    "text",
    ["release: {public_at: %s}", "review: {%s: 1}", "review: %s", "release: {audience: %s}"],
)
def test_value_is_cut(read: Read, text: str, value: str, quoted: str) -> None:
    """A value or key is shown up to 60 characters."""
    _, message, _ = only(read, MODEL + text % value)
    assert quoted in message


LONG_IDS = [
    "review: {agreed_days: {value: 7, evidence: [%s]}}",
    "evidence: [{id: %s, kind: other}, {id: %s, kind: other}]",
    "release: {markets: [%s-]}",
]


@pytest.mark.parametrize("text", LONG_IDS, ids=["dangling id", "duplicate id", "wrong id"])
def test_id_is_cut(read: Read, text: str) -> None:
    """Ids may have 100 characters, but a message shows 60 of them at most."""
    _, message, _ = only(read, MODEL + text.replace("%s", "a" * 90))
    assert "a" * 50 in message
    assert "a" * 61 not in message


def test_nothing_acts(read: Read) -> None:
    """Control characters, bidirectional ones and workflow commands in a value are shown escaped."""
    value = r"\n::error::\e[31m\u202e##[x"
    with pytest.raises(InputError) as caught:
        read(f'{MODEL}release: {{public_at: "{value}"}}')
    said = str(caught.value)
    assert said.count("\n") == 1  # one problem, one help
    assert r"\n" in said
    assert r"\x1b" in said
    assert r"\u202e" in said
    assert "::" not in said
    assert "##" not in said
    assert "\x1b" not in said


WARNINGS: list[tuple[str, str, str, str]] = [
    # id, text, place, words
    (
        "closed weights are published",
        f"{MODEL}release: {{weights_at: 2026-12-01}}",
        "3:23",
        "`release.weights_at` is stated, but `model.weights` is closed",
    ),
    (
        "fact that no pack declares",
        f"{MODEL}extra: {{red_team_hours: 40}}",
        "3:9",
        "`extra.red_team_hours`",
    ),
]


@pytest.mark.parametrize(
    ("text", "place", "said"), [row[1:] for row in WARNINGS], ids=[row[0] for row in WARNINGS]
)
def test_warning(read: Read, text: str, place: str, said: str) -> None:
    """What is odd but may be true is a warning: the manifest is read."""
    (warning,) = read(text).warnings
    assert str(warning.span) == f"release.yaml:{place}"
    assert said in warning.message


@pytest.mark.parametrize("weights", ["open", "staged"])
def test_published_weights_are_not_odd(read: Read, weights: str) -> None:
    """Open and staged weights are meant to be published."""
    text = MODEL.replace("closed", weights) + "release: {weights_at: 2026-12-01}"
    assert read(text).warnings == ()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-09-10", "2026-09-10"),
        ("2026-09-10", "2026-09"),
        ("2026-09", "2026-09-01"),
        ("2026-09-10T09:00Z", "2026-09-10T09:00Z"),
        ("2026-09-10T23:00-04:00", "2026-09-10"),
    ],
)
def test_end_may_be_after_start(read: Read, start: str, end: str) -> None:
    """Only an end that is certainly before its start is refused."""
    read(f"{MODEL}review: {{access_started_at: {start}, access_ended_at: {end}}}")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-09-10T09:00:00Z", "2026-09-10T08:59:59Z"),
        ("2026-09-10T09:00-04:00", "2026-09-10T12:59Z"),
        ("2026-09", "2026-08-31"),
        ("2026-09-11T04:00Z", "2026-09-10"),  # that is midnight in New York, after the 10th
    ],
)
def test_end_before_start(read: Read, start: str, end: str) -> None:
    """An end before its start is refused at the end's place, whatever the offsets."""
    text = f"{MODEL}review:\n  access_started_at: {start}\n  access_ended_at: {end}\n"
    place, message, _ = only(read, text)
    assert place == "5:20"
    assert "`review.access_ended_at`" in message

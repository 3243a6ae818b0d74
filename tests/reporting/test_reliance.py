"""A GO that rests on an exception says on which, and what would have stopped it without."""

import json
from pathlib import Path

import pytest

from conftest import Checked, finding
from gonogo.check import check
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.render import json_v1
from gonogo.render.text import render
from gonogo.reporting.report import Report
from strategies import at, manifest, one_rule, read_for, small_pack

ANNEX_A = "us-bis-2026-06-26-annex-a"
VERIFIED = "audience: us_persons_verified"
LISTED = f"audience: listed_exempt_only, exemptions: [{ANNEX_A}]"
RULE = "no-directive-in-force"


def release(name: str, stages: str, developer: str = "anthropic") -> str:
    """A release that raises no question but the directive's."""
    return (
        manifest(release=stages, coverage="determination: not_designated")
        .replace("name: N-9", f"name: {name}")
        .replace("northlight", developer)
    )


def relied_on(report: Report) -> str:
    """The paragraph as one line; empty where there is none."""
    paragraphs = render(report).split("\n\n")
    found = [p for p in paragraphs if p.startswith("RELIES ON")]
    assert len(found) <= 1
    return " ".join(found[0].split()) if found else ""


def lists(model: str, at: str) -> str:
    return (
        "although the register of directives lists us-bis-2026-06-12-anthropic "
        f"(anthropic, {model}), {at}"
    )


EXEMPT = (
    f"audience is listed_exempt_only and exemptions relied on is {ANNEX_A}, "
    f"sharing one of the row's exemptions {ANNEX_A}"
)
RELIES = {
    "verified persons": (
        release("Fable 5", f"public_at: 2026-06-28, {VERIFIED}"),
        "audience is us_persons_verified, "
        + lists("Fable 5", "in force at public release 2026-06-28"),
    ),
    "at one of two stages": (
        release("Fable 5", f"api_at: 2026-06-28, public_at: 2026-07-05, {VERIFIED}"),
        "audience is us_persons_verified, "
        + lists("Fable 5", "in force at API opening 2026-06-28"),
    ),
    "where it may be in force": (
        release("Fable 5", f"public_at: 2026-06-12, {VERIFIED}"),
        "audience is us_persons_verified, "
        + lists(
            "Fable 5",
            "which may apply: public release 2026-06-12 may or may not fall within its dates",
        ),
    ),
    "listed organisations": (
        release("Mythos 5", f"public_at: 2026-06-28, {LISTED}"),
        f"{EXEMPT}, {lists('Mythos 5', 'in force at public release 2026-06-28')}",
    ),
    "verified persons where an exemption exists": (
        release("Mythos 5", f"public_at: 2026-06-28, {VERIFIED}"),
        "audience is us_persons_verified, "
        + lists("Mythos 5", "in force at public release 2026-06-28"),
    ),
}


@pytest.mark.parametrize(("source", "said"), RELIES.values(), ids=RELIES)
def test_a_go_names_the_directive_it_relies_on(source: str, said: str, checked: Checked) -> None:
    """The rule, the sentence that made it pass, and the row that would have failed it."""
    report = checked(source)
    assert report.verdict == "GO"
    assert relied_on(report) == f"RELIES ON {RULE} (binding) {said}"


SILENT = {
    "no directive on it": (release("N-9", f"public_at: 2026-06-28, {VERIFIED}"), "GO"),
    "of another developer": (
        release("Fable 5", f"public_at: 2026-06-28, {VERIFIED}", "northlight"),
        "GO",
    ),
    "before it": (release("Fable 5", f"public_at: 2026-06-11, {VERIFIED}"), "GO"),
    "after it": (release("Mythos 5", f"public_at: 2026-07-01, {LISTED}"), "GO"),
    "nothing stated of the audience": (release("N-9", "public_at: 2026-06-28"), "GO"),
    "a wider audience": (
        release("Fable 5", "public_at: 2026-06-28, audience: unverified"),
        "NO-GO",
    ),
    "an exemption of another model": (
        release("Fable 5", f"public_at: 2026-06-28, {LISTED}"),
        "NO-GO",
    ),
    "stopped by something else": (
        release("Fable 5", f"public_at: 2026-06-28, {VERIFIED}").replace(
            "release:", "review: {await_determination: true}\nrelease:"
        ),
        "UNDETERMINED",
    ),
}


@pytest.mark.parametrize(("source", "verdict"), SILENT.values(), ids=SILENT)
def test_only_what_a_go_rests_on_is_said(source: str, verdict: str, checked: Checked) -> None:
    """Not where no directive covers a stage, and not where it is no GO."""
    report = checked(source)
    assert (report.verdict, relied_on(report)) == (verdict, "")


def test_the_reason_of_a_pass_does_not_hide_the_row(checked: Checked) -> None:
    """`lists none that applies` would be half of the truth, with -v and in JSON."""
    report = checked(RELIES["listed organisations"][0])
    expected = RELIES["listed organisations"][1]
    assert finding(report, RULE).reason == expected
    data = json.loads(json_v1.render(report))
    assert next(f for f in data["findings"] if f["rule"].endswith(RULE))["reason"] == expected


ANY = "{any: [{fact: model.weights, equals: closed}, {fact: release.audience, equals: unverified}]}"
OPEN = manifest(release="public_at: 2026-11-25, audience: unverified").replace(
    "weights: closed", "weights: open"
)
GENERAL = {
    "the second alternative": (
        ANY,
        "binding",
        OPEN,
        "audience is unverified, although weights is open, not closed",
    ),
    "the first as well": (ANY, "binding", OPEN.replace("open", "closed"), ""),
    "not binding": (ANY, "house", OPEN, ""),
    "through a definition": (
        "[{holds: held}]",
        "binding",
        OPEN,
        "audience is unverified, although weights is open, not closed",
    ),
    "an alternative that is not known": (
        ANY,
        "binding",
        OPEN.replace("weights: open", "weights: {unknown: undecided}"),
        "audience is unverified, although weights is stated as unknown: undecided",
    ),
}


@pytest.mark.parametrize(("require", "rule_class", "source", "said"), GENERAL.values(), ids=GENERAL)
def test_any_binding_rule(
    require: str,
    rule_class: str,
    source: str,
    said: str,
    tmp_path: Path,
    vocabulary: Vocabulary,
    library: Library,
) -> None:
    """What stands first in an `any` is the ordinary case; what else makes it hold is named."""
    rules = one_rule(require, rule_class=rule_class)
    pack = small_pack(tmp_path, vocabulary, rules, f"definitions: {{held: [{ANY}]}}\n")
    profiles, _ = library.profiles()
    report = check(read_for(source, pack), (pack,), profiles, "standard", at("2026-11-23"))
    assert report.verdict == "GO"
    assert relied_on(report) == (f"RELIES ON only (binding) {said}" if said else "")

"""What may not be disclosed stands in no output, whichever format, file or message it is.

Two manifests that differ in hidden values alone, and in which every rule has the same outcome,
give the same bytes below a full report, and other bytes in a full one.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import finding, moment
from gonogo.check import Examined, examine, report_of
from gonogo.diagnostics import InputError, listing
from gonogo.library import Library
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from gonogo.planning.course import course_of
from gonogo.render import text
from gonogo.render.formats import FORMATS, rendered
from gonogo.reporting.report import Disclosure, Refusal, Report
from gonogo.values.digest import FileDigest
from test_cli import gonogo

Data = dict[str, Any]
BELOW_FULL = (Disclosure.NONE, Disclosure.REASONS)


def manifest(changes: Data, *, released: str = "2026-10-08", began: str = "2026-09-01") -> Data:
    """A release with something stated of every sensitive fact, and some facts set anew."""
    data: Data = {
        "manifest": "gonogo/1",
        "model": {
            "name": "N-9",
            "version": "1.0",
            "developer": "northlight",
            "weights": "closed",
            "training_compute_flop": "3e26",
            "capability": {"cyber": "high", "biological": "low", "chemical": "low"},
        },
        "coverage": {
            "determination": "designated",
            "determined_by": "developer",
            "determined_at": "2026-08-13",
            "disclosable": True,
            "government_engaged_at": "2026-07-16",
        },
        "participation": {"caisi_agreement": {"status": "signed", "signed_on": "2026-05-05"}},
        "review": {"access_started_at": began},
        "release": {"public_at": released},
    }
    for path, value in changes.items():
        *sections, key = path.split(".")
        at = data
        for section in sections:
            at = at.setdefault(section, {})
        at[key] = value
    return data


# 30 days from September 1 are over on October 1; 10 days before October 8 are 20 too few.
VERDICTS: dict[str, tuple[Data, dict[str, str]]] = {
    "GO": ({}, {}),
    "NO-GO": ({}, {"began": "2026-09-28"}),
    "UNDETERMINED": ({"review": {"access_started_at": {"unknown": "the log is lost"}}}, {}),
}

# A sensitive fact with two values that every rule of the pack takes alike: compute on the same side
# of 1e26, levels of cyber at or above high, statuses that both follow the screening, determined by
# somebody else than the NSA Director, dates before the first release and after June 2.
PAIRS: dict[str, tuple[Data, Data]] = {
    "compute": (
        {"model.training_compute_flop": "3e26"},
        {"model.training_compute_flop": "4.44e26"},
    ),
    "compute range": (
        {"model.training_compute_flop": {"low": "2e26", "high": "3e26"}},
        {"model.training_compute_flop": {"low": "5e26", "high": "7e26"}},
    ),
    "compute note": (
        {"model.training_compute_flop": {"value": "3e26", "note": "from the run sheet"}},
        {"model.training_compute_flop": {"value": "3e26", "note": "guessed"}},
    ),
    "why compute is unknown": (
        {"model.training_compute_flop": {"unknown": "not counted"}},
        {"model.training_compute_flop": {"unknown": "about 6e26"}},
    ),
    "cyber": ({"model.capability.cyber": "high"}, {"model.capability.cyber": "critical"}),
    "biological": ({"model.capability.biological": "low"}, {"model.capability.biological": "high"}),
    "chemical": (
        {"model.capability.chemical": {"unknown": "measured in part"}},
        {"model.capability.chemical": {"unknown": "not measured"}},
    ),
    "determination": (
        {"coverage": {"determination": "pending"}},
        {"coverage": {"determination": "not_requested"}},
    ),
    "determined by": ({"coverage.determined_by": "developer"}, {"coverage.determined_by": "caisi"}),
    "determined at": (
        {"coverage.determined_at": "2026-08-13"},
        {"coverage.determined_at": "2026-07-19"},
    ),
    "engaged at, not disclosable": (
        {"coverage.disclosable": False, "coverage.government_engaged_at": "2026-07-16"},
        {"coverage.disclosable": False, "coverage.government_engaged_at": "2026-06-23"},
    ),
    "note on coverage, not disclosable": (
        {"coverage": {"disclosable": False, "determination": {"unknown": "the letter is lost"}}},
        {"coverage": {"disclosable": False, "determination": {"unknown": "it said yes"}}},
    ),
}

Check = Callable[[Data], Examined]


@pytest.fixture(scope="module")
def check(library: Library, eo_pack: Pack, vocabulary: Vocabulary) -> Check:
    """A check of a manifest whose digest is always the same, as its bytes of course are not."""
    profiles, _ = library.profiles()

    def run(data: Data) -> Examined:
        written = json.dumps(data, indent=1).encode()
        found = read_manifest(written, "release.json", vocabulary, eo_pack.zone, {})
        found = found._replace(digest=FileDigest(b""))
        return examine(found, (eo_pack,), profiles, "standard", moment("2026-10-02"))

    return run


def report(examined: Examined, disclosure: Disclosure) -> Report:
    """As the command line makes it, with the course that the HTML page shows."""
    course = course_of(examined.manifest.facts, examined.frame, disclosure)
    return report_of(examined, disclosure)._replace(course=course)


def outputs(found: Report) -> dict[str, str]:
    written = {format: rendered(format, [found, found]) for format in FORMATS}
    return {**written, "text -v": text.render(found, verbose=True)}


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("pair", PAIRS)
def test_a_hidden_value_changes_no_byte(pair: str, verdict: str, check: Check) -> None:
    set_all, dates = VERDICTS[verdict]
    one, two = (check(manifest({**set_all, **values}, **dates)) for values in PAIRS[pair])
    assert one.decision.verdict.value == verdict
    assert [r.outcome for r in one.results] == [r.outcome for r in two.results]

    for disclosure in BELOW_FULL:
        first, second = (outputs(report(each, disclosure)) for each in (one, two))
        assert [format for format in first if first[format] != second[format]] == []


@pytest.mark.parametrize("pair", [name for name in PAIRS if "note" not in name])
def test_a_full_report_shows_it(pair: str, check: Check) -> None:
    """Else the test above would hold of an output that says nothing."""
    one, two = (outputs(report(check(manifest(v)), Disclosure.FULL)) for v in PAIRS[pair])

    seen = [format for format in one if one[format] != two[format]]
    if pair in ("biological", "chemical"):  # no rule of the pack reads them
        assert seen == []
    else:
        assert {"json", "jsonl", "html"} <= set(seen)


LINES = {
    "text": "\n  frontier model",
    "json": '"label": "frontier model"',
    "html": "<dt>frontier model</dt>",
    "markdown": "| frontier model |",
}


@pytest.mark.parametrize("disclosure", Disclosure)
@pytest.mark.parametrize("disclosable", [True, False])
def test_the_coverage_line(disclosure: Disclosure, disclosable: bool, check: Check) -> None:
    """It is shown where coverage may be disclosed, and otherwise in a full report alone."""
    found = report(check(manifest({"coverage.disclosable": disclosable})), disclosure)
    shown = disclosure is Disclosure.FULL or (disclosable and disclosure is Disclosure.REASONS)

    assert ("frontier model" in [line.label for line in found.headline]) is shown
    for format, line in LINES.items():
        assert (line in rendered(format, [found])) is shown


def test_what_rests_on_a_hidden_value_says_so(check: Check) -> None:
    """Hidden is not missing: the outcome stays, and a word stands for the value."""
    found = report(check(manifest({})), Disclosure.REASONS)

    by_whom = finding(found, "coverage-determined-by-nsa")
    assert by_whom.outcome == "fail"
    assert [(fact.path, fact.value) for fact in by_whom.facts] == [
        ("coverage.determined_by", "withheld")
    ]


def test_what_is_not_told_is_not_said_to_be_missing(check: Check) -> None:
    """Outcomes alone give no date, and do not claim that there is none."""
    dated, undated = check(manifest({})), check(manifest({"release": {}}))
    for format, words in outputs(report(dated, Disclosure.NONE)).items():
        assert (format, "o release is dated" in words) == (format, False)
        assert (format, "2026-10-08" in words) == (format, False)
    for format in ("text", "markdown", "html"):
        assert "o release is dated" in rendered(format, [report(undated, Disclosure.REASONS)])


def test_the_verdict_is_the_same_at_every_level(check: Check) -> None:
    for set_all, dates in VERDICTS.values():
        examined = check(manifest(set_all, **dates))
        reports = [report(examined, disclosure) for disclosure in Disclosure]
        assert len({(r.verdict, r.basis, r.counts, r.verdicts) for r in reports}) == 1
        assert len({tuple(f.outcome for f in r.findings) for r in reports}) == 1


# Messages: they are written before anybody knows how much may be disclosed. Each line holds the
# word or number that must not come back, at a place where it is wrong.
NUMBER, WORD = "7654321", "zebrafish"
WRONG_LINES = [
    f"model: {{training_compute_flop: {line}}}"
    for line in (
        f"about {NUMBER}",
        f"{NUMBER} FLOP",
        f"{NUMBER}-{NUMBER}",
        f'"{NUMBER},000,000"',
        f"2,{NUMBER},000",
        f"{NUMBER},000",
        f"-{NUMBER}",
        f"0{NUMBER}",
        f"{NUMBER * 600}",
        f"{NUMBER}e99999",
        f"[{NUMBER}]",
        f"{{{NUMBER}: 1}}",
        f"{{low: {NUMBER}}}",
        f"{{low: {NUMBER}, high: 1}}",
        f"{{low: 1, hihg: {NUMBER}}}",
        f"{{value: {NUMBER}x, evidence: [x]}}",
        f"{{value: 3e26, note: [{NUMBER}]}}",
        f"{{value: 3e26, evidence: [{WORD}]}}",
        f"{{value: 3e26, stated_on: {WORD}}}",
        f"{{unknown: {NUMBER}}}",
        f"{{unknown: why, {WORD}: 1}}",
        f'"{NUMBER}x"',
        f"'{WORD}",
        f"&{WORD} 3e26",
        f"*{WORD}",
        f"!{WORD} 3e26",
        f"{NUMBER}: {NUMBER}",
        f"{NUMBER}}}}}",
        f"\t{NUMBER}",
        f"@{WORD}",
        f"%{WORD}",
        f"{NUMBER}\u202e",
        f"{NUMBER}\x07",
    )
] + [
    f"coverage: {line}"
    for line in (
        f"{{determination: {WORD}}}",
        f"{{determination: [{WORD}]}}",
        f"{{determination: {{value: {WORD}}}}}",
        f"{{determined_by: {WORD}}}",
        f"{{determined_at: 2026-{NUMBER}}}",
        f"{{determined_at: 2026-08-13T{NUMBER}}}",
        f"{{determined_at: {WORD}}}",
        f"{{determined_at: {NUMBER}1}}",
        f"{{determined_at: 2026-08-13T10:00:00.{NUMBER}Z}}",
        f"{{determined_by: {{value: caisi, evidence: {WORD}}}}}",
        f"{{{WORD}_{NUMBER}: 1}}",
        f"{{not_designated: yes, {NUMBER}: 1}}",
        f"{WORD}",
        f"[{WORD}]",
        f"{{disclosable: false, government_engaged_at: 2026-{NUMBER}}}",
        f"{{disclosable: fasle, government_engaged_at: {WORD}}}",
        f"{{disclosable: {{value: false}}, government_engaged_at: 2026-06-31T{NUMBER}}}",
        f"{{disclosable: 1, government_engaged_at: {{value: {WORD}}}}}",
        f"{{disclosable: false, government_engaged_at: {{value: 2026-07-01, evidence: [{WORD}]}}}}",
    )
]
START = "manifest: gonogo/1\nrelease: {public_at: 2026-10-08}\n"
MODEL = 'model: {name: N-9, version: "1.0", developer: northlight, weights: closed}\n'


@pytest.mark.parametrize("line", WRONG_LINES)
def test_no_message_quotes_a_sensitive_line(line: str, read: Callable[[str], Manifest]) -> None:
    name_and_so_on = MODEL.removeprefix("model: {").removesuffix("}\n")
    written = START + (
        line.replace("model: {", f"model: {{{name_and_so_on}, ")
        if line.startswith("model")
        else MODEL + line
    )
    with pytest.raises(InputError) as refused:
        read(written + "\n")

    said = {format: rendered(format, [Refusal("x", refused.value.problems)]) for format in FORMATS}
    said["stderr"] = listing(refused.value.problems)
    for format, words in said.items():
        assert (format, NUMBER in words, WORD in words) == (format, False, False)
    assert ":3:" in said["stderr"] or ":4:" in said["stderr"]


# The file of a full report is its owner's alone.
MODES = [
    (("html:{}",), 0o600),
    (("json:{}",), 0o600),
    (("sarif:{}",), 0o644),
    (("markdown:{}",), 0o644),
    (("sarif:{}", "--disclose", "full"), 0o600),
    (("html:{}", "--disclose", "reasons"), 0o644),
    (("json:{}", "--disclose", "none"), 0o644),
]


@pytest.mark.parametrize(("output", "mode"), MODES, ids=[" ".join(row[0]) for row in MODES])
@pytest.mark.parametrize("exists", [False, True])
def test_file_modes(output: tuple[str, ...], mode: int, exists: bool, tmp_path: Path) -> None:
    """Also where a file that all could read was there before."""
    release, file = tmp_path / "release.json", tmp_path / "report"
    release.write_text(json.dumps(manifest({})))
    if exists:
        file.write_text("old")
        file.chmod(0o666)

    target, *more = output
    run = gonogo("check", release, "--as-of", "2026-10-02", "--output", target.format(file), *more)

    assert (run.returncode, run.stderr) == (0, "")
    assert file.stat().st_mode & 0o777 == mode


def test_a_note_on_a_withheld_value_sets_nothing_against_it(
    eo_pack: Pack, read: Callable[[str], Manifest], library: Library
) -> None:
    """That compute is above 1e26 would be half of what is withheld."""
    profiles, _ = library.profiles()
    story = read(json.dumps(manifest({})))
    examined = examine(story, (eo_pack,), profiles, "standard", moment("2026-11-23"))

    full, told = (
        finding(report_of(examined, level), "compute-is-not-the-test").reason
        for level in (Disclosure.FULL, Disclosure.REASONS)
    )

    assert full.startswith("3e26 FLOP is above the 1e26 FLOP")
    assert told == "training compute is withheld"

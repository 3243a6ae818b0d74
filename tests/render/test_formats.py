"""The formats of machines, read by what reads them, on the Northlight stories.

What is expected is counted by hand in the stories' manifests. `.ci/run` asks sarif-multitool, with
GitHub's rules, about the same SARIF.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from conftest import ROOT, Checked
from gonogo.diagnostics import InputError, Problem, Span
from gonogo.manifests.facts import Manifest
from gonogo.packs.policy import Pack
from gonogo.render.formats import rendered
from gonogo.reporting.report import Refusal, Report
from markdown_shape import shape_of

Data = dict[str, Any]
NO_GO, OPEN, GO = (
    (ROOT / "examples" / f"northlight-{name}" / "release.yaml").read_text("utf-8")
    for name in ("no-go", "undetermined", "go")
)
RULE = "eo-14409/review-window-held"
BROKEN = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: northlight, weights: closd}
release: {public_at: {value: 2026-11-25, nots: x}, api_at: {value: 2026-11-25, nots: x}}
"""


@pytest.fixture
def refusal(read: Callable[[str], Manifest]) -> Refusal:
    with pytest.raises(InputError) as refused:
        read(BROKEN)
    return Refusal("release.yaml", refused.value.problems)


def at(report: Report, path: str) -> Report:
    return report._replace(subject=report.subject._replace(path=path))


def sarif(*results: Report | Refusal) -> Data:
    found: Data = json.loads(rendered("sarif", results))
    [run] = found["runs"]
    return dict(run)


def place(result: Data) -> tuple[str, int, int]:
    [where] = result["locations"]
    region = where["physicalLocation"]["region"]
    uri = where["physicalLocation"]["artifactLocation"]["uri"]
    return uri, region["startLine"], region["startColumn"]


def column_of(text: str, line: int, value: str) -> int:
    return text.split("\n")[line - 1].index(value) + 1


def test_sarif_result(checked: Checked) -> None:
    """One rule blocks: partners come on day 9. It is marked where access began, line 22."""
    [result] = sarif(checked(NO_GO, "2026-09-05"))["results"]

    assert (result["ruleId"], result["level"]) == (RULE, "error")
    assert result["message"]["text"].startswith("NO-GO, blocks: has 9 calendar days, needs 30")
    line = 1 + next(n for n, t in enumerate(NO_GO.split("\n")) if "access_started_at" in t)
    assert place(result) == ("release.yaml", line, column_of(NO_GO, line, "2026-09-01T09"))
    assert [each["message"]["text"] for each in result["relatedLocations"]] == [
        "release.limited_preview_at",
        "review.agreed_days",
    ]


def test_sarif_rules_are_those_of_the_pack_whatever_the_verdict(
    checked: Checked, eo_pack: Pack
) -> None:
    """So that an alert that is gone is closed, and one that comes back is the same alert."""
    every = sorted(rule.key for rule in eo_pack.rules)
    for text in (NO_GO, OPEN, GO):
        run = sarif(checked(text, "2026-09-05"))
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == every
        assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def test_sarif_rules_explain_themselves_with_their_sources(checked: Checked, eo_pack: Pack) -> None:
    rules = {r["id"]: r for r in sarif(checked(GO, "2026-09-05"))["tool"]["driver"]["rules"]}
    for rule in eo_pack.rules:
        shown = rules[rule.key]
        assert shown["shortDescription"]["text"] == rule.title
        first = eo_pack.sources[rule.cites[0]]
        assert f"{first.title} ({first.standing.value})" in shown["help"]["text"]
        addresses = [eo_pack.sources[id].url for id in rule.cites if eo_pack.sources[id].url]
        assert shown.get("helpUri") == (addresses[0] if addresses else None)
    assert rules[RULE]["defaultConfiguration"] == {"level": "error"}
    assert rules["eo-14409/access-protected"]["defaultConfiguration"] == {"level": "warning"}
    assert rules["eo-14409/assessment-record"]["defaultConfiguration"] == {"level": "note"}


def marks(run: Data) -> dict[str, str]:
    return {
        result["ruleId"]: result["partialFingerprints"]["primaryLocationLineHash"]
        for result in run["results"]
    }


def test_fingerprints_stay_when_lines_move(checked: Checked) -> None:
    """And when the reason's words change with a date; every rule has one of its own."""
    for text in (NO_GO, OPEN):
        before = checked(text, "2026-09-05")
        after = checked(f"# A comment.\n\n{text}", "2026-09-06")
        here, there = sarif(before), sarif(after)
        assert place(here["results"][0])[1] != place(there["results"][0])[1] or text == OPEN
        assert marks(here) == marks(there)
        assert len(set(marks(here).values())) == len(here["results"]) > 0
        old, new = (json.loads(rendered("gitlab", [each])) for each in (before, after))
        assert [each["fingerprint"] for each in old] == [each["fingerprint"] for each in new]


def test_fingerprints_differ_between_manifests(checked: Checked) -> None:
    """Two releases with the same fault are two alerts; `./` makes no difference."""
    report = checked(NO_GO, "2026-09-05")
    one, same, other = (at(report, path) for path in ("a/x.yaml", "./a/x.yaml", "b/x.yaml"))

    assert marks(sarif(one)) != marks(sarif(other))
    assert marks(sarif(one)) == marks(sarif(same))


def test_sarif_of_what_cannot_be_read(refusal: Refusal) -> None:
    """Each problem is an alert of its own, also two with the same words."""
    run = sarif(refusal)

    assert run["invocations"] == [{"executionSuccessful": False}]
    assert [r["ruleId"] for r in run["results"]] == ["gonogo/unreadable-manifest"] * 3
    assert [place(r) for r in run["results"]] == [
        ("release.yaml", 2, BROKEN.split("\n")[1].index("closd") + 1),
        ("release.yaml", 3, BROKEN.split("\n")[2].index("nots") + 1),
        ("release.yaml", 3, BROKEN.split("\n")[2].rindex("nots") + 1),
    ]
    found = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(set(found)) == 3
    entries = json.loads(rendered("gitlab", [refusal]))
    assert len({entry["fingerprint"] for entry in entries}) == 3


PATHS = {
    "release.yaml": "release.yaml",
    "./a b/rel#1?.yaml": "a%20b/rel%231%3F.yaml",
    "a\\b.yaml": "a/b.yaml",
    "/srv/über.yaml": "file:///srv/%C3%BCber.yaml",
    "-": "standard-input",
}


@pytest.mark.parametrize("path", PATHS)
def test_sarif_addresses(path: str, refusal: Refusal) -> None:
    assert place(sarif(refusal._replace(path=path))["results"][0])[0] == PATHS[path]


def test_undetermined_is_an_error_everywhere(checked: Checked, refusal: Refusal) -> None:
    """GitHub and GitLab know no third state: what is open must be as red as what failed."""
    report = checked(OPEN, "2026-09-05")
    blocking = [f.rule for f in report.findings if (f.effect, f.outcome) == ("block", "unknown")]
    assert report.verdict == "UNDETERMINED" and blocking

    errors = [r["ruleId"] for r in sarif(report)["results"] if r["level"] == "error"]
    assert sorted(errors) == sorted(blocking)
    entries = json.loads(rendered("gitlab", [report]))
    red = [entry["check_name"] for entry in entries if entry["severity"] == "critical"]
    assert sorted(red) == sorted(blocking)
    commands = rendered("github", [report]).split("\n")
    last = [command for command in commands if command.startswith("::error ")][-1]
    assert re.search(r": \d+ findings?; eo-14409 \S+ sha256:[0-9a-f]{64}$", last)
    assert sum(c.startswith("::error ") for c in commands) == len(blocking) + 1
    assert read_junit(rendered("junit", [report])).errors == len(blocking)


def read_junit(output: str) -> JUnitXml:
    return JUnitXml.fromstring(output.encode())


def cases(output: str) -> dict[str, TestCase]:
    """The cases of `release.yaml` by rule."""
    return {
        f"{case.classname.removeprefix('release.yaml: ')}/{case.name}": case
        for suite in read_junit(output)
        for case in suite
    }


@pytest.mark.parametrize("profile", ["legal", "standard", "strict"])
@pytest.mark.parametrize("text", [NO_GO, OPEN, GO], ids=["NO-GO", "UNDETERMINED", "GO"])
def test_junit(text: str, profile: str, checked: Checked) -> None:
    """A case for each rule; its kind follows from effect and outcome, and the counts agree.

    Only what passed is green: neither what only warns nor what is not recorded is.
    """
    report = checked(text, "2026-09-05", profile)
    output = rendered("junit", [report])
    xml = read_junit(output)

    kinds = {rule: [type(each) for each in case.result] for rule, case in cases(output).items()}
    expected: dict[str, list[type]] = {}
    for finding in report.findings:
        match finding.effect, finding.outcome:
            case "block", "fail":
                expected[finding.rule] = [Failure]
            case "block", "unknown":
                expected[finding.rule] = [Error]
            case _, "pass":
                expected[finding.rule] = []
            case _:
                expected[finding.rule] = [Skipped]
    assert kinds == expected
    found = [kind for each in kinds.values() for kind in each]
    counts = (xml.tests, xml.failures, xml.errors, xml.skipped)
    assert counts == (18, found.count(Failure), found.count(Error), found.count(Skipped))


SHORTEST = (ROOT / "examples/shortest/release.yaml").read_text("utf-8")


def test_junit_says_why_what_did_not_pass_is_skipped(checked: Checked) -> None:
    """By hand: no determination is stated, so that it is settled is not recorded; a register that
    is 100 days old was not searched within 30, of which the framework's rule only warns.
    """
    report = checked(SHORTEST, "2027-03-03")
    found = cases(rendered("junit", [report]))

    [settled] = found["eo-14409/coverage-settled"].result
    assert settled.message == "not recorded: not stated: covered-model determination"
    assert settled.text.startswith("A participant knows whether the model is covered\n")
    [fresh] = found["eo-14409/directive-register-fresh"].result
    assert fresh.message.startswith("warns: ") and "(house)" in fresh.text


def test_junit_never_shows_what_is_waived_as_passed() -> None:
    folder = ROOT / "examples/waiver"
    run = subprocess.run(
        [sys.executable, "-m", "gonogo", "check", "release.yaml", "--waivers", "waivers.yaml",
         "--as-of", "2026-11-23", "--format", "junit"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr

    case = cases(run.stdout)[RULE]
    [waived] = case.result
    assert isinstance(waived, Skipped)
    assert waived.message.startswith("waived: ") and "needs 30" in waived.message


def test_junit_names_are_of_one_manifest_alone(checked: Checked) -> None:
    """Servers keep the first of equal names: the same release twice would be there once."""
    report = checked(NO_GO, "2026-09-05")
    xml = read_junit(rendered("junit", [at(report, f"{x}/release.yaml") for x in "ab"]))

    names = [(case.classname, case.name) for suite in xml for case in suite]
    assert len(set(names)) == len(names) == 36
    assert [suite.name for suite in xml] == [
        "a/release.yaml: N-9 1.0 by northlight: NO-GO",
        "b/release.yaml: N-9 1.0 by northlight: NO-GO",
    ]


def test_junit_failure_says_everything(checked: Checked) -> None:
    """GitLab shows only the text of a failure: rule, reason, place, source and fix are in it."""
    case = cases(rendered("junit", [checked(NO_GO, "2026-09-05")]))[RULE]
    [failure] = case.result

    assert failure.message.startswith("blocks (commitment): ")
    for words in (
        "has 9 calendar days, needs 30",
        "review.access_started_at 2026-09-01T09:00:00-04:00",
        "EO 14409 Sec. 3(b)(ii), 91 FR 34565",
        "-> Move the first release to 2026-10-01 or later",
    ):
        assert words in failure.text


def test_junit_of_what_cannot_be_read(refusal: Refusal) -> None:
    """No verdict is never green."""
    xml = read_junit(rendered("junit", [refusal]))
    assert xml.tests == xml.errors > 0


# What GitLab asks of each entry (docs.gitlab.com/ci/testing/code_quality, "Code quality report
# format"); the file is a list without a byte order mark.
CODE_QUALITY = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)


def test_gitlab(checked: Checked, refusal: Refusal) -> None:
    for results in ([checked(NO_GO, "2026-09-05")], [checked(OPEN)], [refusal], []):
        CODE_QUALITY.validate(json.loads(rendered("gitlab", results)))
    [entry] = json.loads(rendered("gitlab", [checked(NO_GO, "2026-09-05")]))
    assert "-> Move the first release to 2026-10-01 or later" in entry["description"]
    [first, *_] = json.loads(rendered("gitlab", [refusal]))
    assert first["description"].endswith(f" ({refusal.problems[0].help})")
    assert (entry["check_name"], entry["severity"]) == (RULE, "blocker")
    assert json.loads(rendered("gitlab", [checked(GO, "2026-09-30")])) == []


def test_github(checked: Checked) -> None:
    """One line for what blocks, with its place, and one for the verdict."""
    lines = rendered("github", [checked(NO_GO, "2026-09-05")]).split("\n")

    assert len(lines) == 3 and lines[2] == ""
    start = r"::error file=release\.yaml,line=22,col=30,title=NO-GO%3A eo-14409/review-window-held"
    assert re.match(start, lines[0])
    said = "::error file=release.yaml,line=1,col=1,title=NO-GO::N-9 1.0 by northlight: 1 finding; "
    assert lines[1].startswith(f"{said}eo-14409 ")


def annotations(results: list[Report | Refusal]) -> list[tuple[str, str, str]]:
    """The command, the file and the title of each line, as GitHub reads it."""
    found = []
    for line in rendered("github", results).splitlines():
        command = re.match(r"::(\w+) (?:file=([^,]*),line=\d+,col=\d+,)?title=([^:]*)::", line)
        assert command, line
        found.append((command[1], command[2] or "", command[3].replace("%3A", ":")))
    return found


def test_github_is_told_the_most_serious_first_and_no_more_than_it_keeps(
    checked: Checked, refusal: Refusal
) -> None:
    """It keeps ten of a kind. By hand: six NO-GO have a blocker and a verdict each, the refusal
    three problems, which makes 15 errors; the GO has one notice, its verdict.
    """
    blocked = [at(checked(NO_GO, "2026-09-05"), f"{n}.yaml") for n in range(6)]
    go = at(checked(GO, "2026-09-30"), "go.yaml")
    found = annotations([go, *blocked, refusal])

    assert [command for command, _, _ in found] == ["error"] * 10 + ["notice"] * 2
    # The first of each manifest comes before the second of any.
    assert [path for _, path, _ in found[:7]] == [f"{n}.yaml" for n in range(6)] + ["release.yaml"]
    assert found[0][2] == f"NO-GO: {RULE} blocks" and found[6][2] == "no verdict"
    assert found[10][1:] == ("go.yaml", "GO")
    last = rendered("github", [go, *blocked, refusal]).splitlines()[-1]
    assert last == "::notice title=gonogo::5 more in the summary"


def test_github_s_closing_line_is_one_of_ten_notices(checked: Checked) -> None:
    go = checked(GO, "2026-09-30")
    ten, eleven = ([at(go, f"{n}.yaml") for n in range(many)] for many in (10, 11))

    assert [title for _, _, title in annotations([*ten])] == ["GO"] * 10
    assert [title for _, _, title in annotations([*eleven])] == ["GO"] * 9 + ["gonogo"]
    assert rendered("github", eleven).endswith("::2 more in the summary\n")


def test_github_is_not_told_of_a_go_what_nobody_recorded(checked: Checked) -> None:
    """The shortest manifest, 30 days after access: five rules of the framework are unknown."""
    report = checked(SHORTEST.replace("2026-11-25", "2026-12-15"), "2026-11-23")
    assert report.verdict == "GO"
    unknown = [f.effect for f in report.findings if f.outcome == "unknown"]
    assert sorted(unknown) == ["note", *["warn"] * 4]

    assert annotations([report]) == [("notice", "release.yaml", "GO")]
    assert ": 0 findings, 5 not recorded; " in rendered("github", [report])


OPTION = Problem(Span("lost"), "is no folder of packs", "check --policies")


def test_what_is_not_about_the_manifest_does_not_blame_it() -> None:
    """A problem of an option or of another file says of which; a place in the manifest it has
    only where a format cannot do without.
    """
    refusal = Refusal("release.yaml", (OPTION,))

    [line] = rendered("github", [refusal]).splitlines()
    assert line == "::error title=no verdict::lost: is no folder of packs (check --policies)"
    [entry] = json.loads(rendered("gitlab", [refusal]))
    assert entry["description"] == "no verdict: lost: is no folder of packs (check --policies)"
    [result] = sarif(refusal)["results"]
    assert result["message"]["text"] == entry["description"]
    [case] = cases(rendered("junit", [refusal])).values()
    assert case.result[0].message == "gonogo cannot be run as asked"
    assert case.result[0].text.startswith("lost: is no folder of packs")


def test_markdown(checked: Checked) -> None:
    """Verdict, headline, what blocks with place, source and fix, in GitHub's Markdown."""
    shape = shape_of(rendered("markdown", [checked(NO_GO, "2026-09-05")]))

    assert shape[0] == ("h2", "NO-GO: N-9 1.0 by northlight")
    assert ("td", "review window") in shape and ("td", "9 of 30 days") in shape
    assert ("h3", f"Blocks: {RULE} (commitment)") in shape
    texts = [text for _, text in shape]
    assert any(
        text.startswith("What to do: Move the first release to 2026-10-01") for text in texts
    )
    assert any("release.yaml:22:30 review.access_started_at" in text for text in texts)
    assert any("91 FR 34565" in text for kind, text in shape if kind == "li1")


def test_the_format_never_changes_the_verdict(checked: Checked, tmp_path: Path) -> None:
    """Every format names it, in its own way."""
    for text in (NO_GO, OPEN):
        report = checked(text, "2026-09-05")
        for format in ("text", "json", "jsonl", "sarif", "junit", "markdown", "html", "github"):
            assert report.verdict in rendered(format, [report])

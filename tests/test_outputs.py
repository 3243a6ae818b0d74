"""`--output [FORMAT:]PATH`: which format, where to, what happens to what is there."""

import json
import os
import stat
import threading
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from test_cli import GO, NO_GO, SHORTEST, gonogo

CHECK = ("check", NO_GO, "--as-of", "2026-09-05")  # NO-GO: exit 1
PRINTED = "NO-GO  N-9 1.0 by northlight"


def format_of(text: str) -> str:
    """Which format a text is in, by what stands in it."""
    match text[0]:
        case "[":
            return "gitlab"
        case "{":
            data = json.loads(text.split("\n", maxsplit=1)[0] if text.startswith('{"') else text)
            many = "json" if text.count("\n") > 1 else "jsonl"
            return "sarif" if "runs" in data else many
        case ":":
            return "github"
        case "#":
            return "markdown"
        case "<":
            return "html" if "<!doctype html>" in text.lower() else ET.fromstring(text).tag  # noqa: S314 - our own output
        case _:
            return "text" if text.startswith(PRINTED) else "?"


SUFFIXES = {
    "r.txt": "text",
    "r.json": "json",
    "r.jsonl": "jsonl",
    "r.sarif": "sarif",
    "r.xml": "testsuites",
    "r.md": "markdown",
    "r.html": "html",
    "R.SARIF": "sarif",
    "a.b.json": "json",
}


@pytest.mark.parametrize("name", SUFFIXES)
def test_the_suffix_names_the_format(name: str, tmp_path: Path) -> None:
    run = gonogo(*CHECK, "--output", tmp_path / name)

    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.startswith(PRINTED)
    assert format_of((tmp_path / name).read_text()) == SUFFIXES[name]


@pytest.mark.parametrize(
    ("format", "kind"),
    [("gitlab", "gitlab"), ("github", "github"), ("sarif", "sarif"), ("junit", "testsuites")],
)
def test_the_format_may_be_named(format: str, kind: str, tmp_path: Path) -> None:
    """And then the suffix says nothing."""
    run = gonogo(*CHECK, "--output", f"{format}:{tmp_path}/report.json")

    assert (run.returncode, run.stderr) == (1, "")
    assert format_of((tmp_path / "report.json").read_text()) == kind


def test_annotations_beside_the_text() -> None:
    """`github:-` adds lines to standard output, after the report."""
    plain = gonogo(*CHECK).stdout
    run = gonogo(*CHECK, "--output", "github:-")

    assert run.returncode == 1
    assert run.stdout.startswith(plain)
    lines = run.stdout.removeprefix(plain).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::error"]


def test_the_step_summary_is_appended_to(tmp_path: Path) -> None:
    """It is one file for all steps of a job."""
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    target = f"markdown:{summary}"

    run = gonogo(*CHECK, "--output", target, GITHUB_STEP_SUMMARY=str(summary))
    once = summary.read_text()
    gonogo(*CHECK, "--output", target, GITHUB_STEP_SUMMARY=str(summary))

    assert (run.returncode, run.stderr) == (1, "")
    head, body = once[:9], once[9:]
    assert (head, format_of(body)) == ("# Before\n", "markdown")
    assert summary.read_text() == head + body + body


def test_any_other_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("# Before\n")

    gonogo(*CHECK, "--output", file, GITHUB_STEP_SUMMARY=str(tmp_path / "other"))

    assert file.read_text().startswith("## NO-GO")


def test_several_at_once(tmp_path: Path) -> None:
    names = ["r.sarif", "r.xml", "r.md", "r.html", "r.json"]
    outputs = [word for name in names for word in ("--output", f"{tmp_path}/{name}")]

    run = gonogo(
        *CHECK, *outputs, "--output", f"gitlab:{tmp_path}/quality.json", "--output", "github:-"
    )

    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.startswith(PRINTED) and "\n::error " in run.stdout
    assert [format_of((tmp_path / name).read_text()) for name in names] == [
        SUFFIXES[name] for name in names
    ]
    assert format_of((tmp_path / "quality.json").read_text()) == "gitlab"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, "quality.json"])


REFUSED = {
    "report": "--output: `report` has no format\n  help: write FORMAT:PATH, with one of text, ",
    "report.pdf": "--output: `report.pdf` has no format\n  help: write FORMAT:PATH, with one of ",
    "sarf:report": "--output: `sarf:report` has no format\n  help: did you mean `sarif:`? one of ",
    "markdown:": "--output: `markdown:` has no path\n  help: name a file\n",
    "no/such/r.json": "no/such/r.json: there is no folder `no/such`\n  help: make it first\n",
}


@pytest.mark.parametrize("output", REFUSED)
def test_what_cannot_be_is_said_before_anything_is_checked(output: str, tmp_path: Path) -> None:
    """A job that would lose its report must not run for minutes first."""
    good = tmp_path / "good.json"
    run = gonogo(*CHECK, "--output", output, "--output", good, cwd=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(REFUSED[output])
    assert not good.exists()


def test_all_that_is_wrong_with_outputs_at_once(tmp_path: Path) -> None:
    run = gonogo(*CHECK, "--output", "a", "--output", "b.pdf", "--output", "x/c.json", cwd=tmp_path)

    assert run.returncode == 2
    assert [each in run.stderr for each in ("`a`", "`b.pdf`", "x/c.json: ")] == [True] * 3


def test_a_report_never_replaces_a_manifest_or_another_report(tmp_path: Path) -> None:
    release = tmp_path / "release.json"
    written = NO_GO.read_text()
    release.write_text(written)
    other = tmp_path / "link.json"
    other.symlink_to(release)

    for target in (release, other, tmp_path / "." / "release.json"):
        run = gonogo("check", release, "--output", f"json:{target}")
        assert (run.returncode, run.stdout) == (2, "")
        assert f"{target}: is a manifest of the same run" in run.stderr
        assert release.read_text() == written
    run = gonogo(
        *CHECK, "--output", "sarif:r", "--output", "./r.json", "--output", "junit:r", cwd=tmp_path
    )
    assert run.returncode == 2
    assert run.stderr.startswith("r: is the sarif report of the same run")
    assert not (tmp_path / "r").exists()


def test_what_cannot_be_written_is_bad_input_and_the_report_is_printed(tmp_path: Path) -> None:
    """A folder stands there. The verdict is on standard output, but the job must not go on."""
    folder, good = tmp_path / "r.json", tmp_path / "good.sarif"
    folder.mkdir()

    for manifest in (NO_GO, GO):
        run = gonogo(
            "check", manifest, "--as-of", "2026-09-30", "--output", folder, "--output", good
        )
        assert run.returncode == 2
        assert " by northlight; first release" in run.stdout.split("\n")[0]
        assert run.stderr.startswith(f"{folder}: cannot be written: is a directory\n  help: ")
        assert format_of(good.read_text()) == "sarif"  # one that fails never takes the others along
        assert sorted(path.name for path in tmp_path.iterdir()) == ["good.sarif", "r.json"]
        good.unlink()


def test_the_reports_of_what_cannot_be_read(tmp_path: Path) -> None:
    """A refused manifest, and packs that do not load, are red in every report."""
    broken = tmp_path / "release.yaml"
    broken.write_text(SHORTEST.replace("closed", "closd"))
    for arguments in ((broken,), (NO_GO, "--pack", "eo-14408")):
        sarif, junit = tmp_path / "r.sarif", tmp_path / "r.xml"
        run = gonogo("check", *arguments, "--output", sarif, "--output", junit)

        assert run.returncode == 2
        [result] = json.loads(sarif.read_text())["runs"][0]["results"]
        assert result["level"] == "error"
        assert ET.parse(junit).getroot().get("errors") == "1"  # noqa: S314 - our own output
        sarif.unlink()


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "r.json"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_text()))
    reader.start()

    run = gonogo(*CHECK, "--output", pipe)
    reader.join(timeout=30)

    assert (run.returncode, run.stderr) == (1, "")
    assert format_of(received[0]) == "json"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_name_of_standard_output_is_not_replaced(tmp_path: Path) -> None:
    before = os.readlink("/dev/stderr")  # noqa: PTH115 - not what it leads to

    run = gonogo(*CHECK, "--output", "github:/dev/stderr")

    assert run.returncode == 1
    assert format_of(run.stderr) == "github"
    assert os.readlink("/dev/stderr") == before  # noqa: PTH115


def test_a_full_report_that_is_appended_is_private_where_it_is_made(tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    gonogo(
        *CHECK,
        *("--output", f"markdown:{summary}", "--disclose", "full"),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert summary.stat().st_mode & 0o777 == 0o600


def test_the_level_is_set_once_for_all(tmp_path: Path) -> None:
    """`GONOGO_DISCLOSE` is the option's default, for files and for standard output alike."""
    run = gonogo(
        *CHECK, "--format", "json", "--output", f"{tmp_path}/r.html", GONOGO_DISCLOSE="none"
    )

    assert json.loads(run.stdout)["disclosure"] == "none"
    assert "disclosure none." in (tmp_path / "r.html").read_text()

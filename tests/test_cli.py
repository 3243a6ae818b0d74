"""The command line as people and pipelines use it, in real processes."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

GO = ROOT / "examples/northlight-go/release.yaml"
NO_GO = ROOT / "examples/northlight-no-go/release.yaml"
OPEN = ROOT / "examples/northlight-undetermined/release.yaml"
SHORTEST = """manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: openai, weights: closed, training_compute_flop: 3e26}
review: {access_started_at: 2026-11-15}
release: {public_at: 2026-11-25}
"""


def gonogo(
    *arguments: str | Path, stdin: str = "", cwd: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[str]:
    others = ("GONOGO_", "GITHUB_", "CI_")  # also those of the server that runs the tests
    env = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return subprocess.run(
        [sys.executable, "-m", "gonogo", *map(str, arguments)],
        input=stdin,
        cwd=cwd,
        env={**env, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl"])
@pytest.mark.parametrize(
    ("manifest", "code"), [(GO, 0), (NO_GO, 1), (OPEN, 3), (ROOT / "pyproject.toml", 2)]
)
def test_the_format_never_changes_the_exit_code(
    manifest: Path, code: int, output_format: str
) -> None:
    run = gonogo("check", manifest, "--as-of", "2026-10-05", "--format", output_format)

    assert run.returncode == code


@pytest.mark.parametrize(
    ("manifests", "code"),
    [
        ([GO, NO_GO], 1),
        ([GO, OPEN], 3),
        ([OPEN, NO_GO, GO], 1),
        ([NO_GO, "missing.yaml", GO], 2),
    ],
    ids=["1-over-0", "3-over-0", "1-over-3", "2-over-1"],
)
def test_several_manifests_end_with_the_worst_code(manifests: list[Path | str], code: int) -> None:
    run = gonogo("check", *manifests, "--as-of", "2026-10-05")

    assert run.returncode == code
    assert run.stdout.count("Not legal advice.") == sum(isinstance(m, Path) for m in manifests)


def test_jsonl_has_one_line_a_manifest_and_a_refusal_is_one_of_them() -> None:
    run = gonogo("check", GO, "missing.yaml", OPEN, "--as-of", "2026-10-05", "--format", "jsonl")
    reports = [json.loads(line) for line in run.stdout.splitlines()]

    assert [report["verdict"] for report in reports] == ["GO", None, "UNDETERMINED"]
    assert reports[1]["manifest"] == {"path": "missing.yaml"}
    assert reports[1]["errors"][0]["message"] == "there is no such file"
    assert "missing.yaml: there is no such file" in run.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [("--format", "json"), ("--output", "json:{}/report"), ("--output", "{}/r.json")],
)
def test_json_takes_one_manifest(option: str, value: str, tmp_path: Path) -> None:
    """Two reports are not a JSON document; nothing is written of either."""
    run = gonogo("check", GO, OPEN, option, value.format(tmp_path))

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        f"{option}: json takes one manifest, here are 2\n"
        "  help: jsonl takes several, a report a line\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_standard_input_and_the_path_as_typed() -> None:
    run = gonogo("check", "-", "--as-of", "2026-11-23", "--format", "json", stdin=SHORTEST)
    report = json.loads(run.stdout)

    assert run.returncode == 1
    assert report["manifest"]["path"] == "-"
    assert report["findings"][0]["rule"].startswith("eo-14409/")


def test_the_sample_of_the_design() -> None:
    """Design section 7: 10 of 30 days, blocked by a commitment, GO from December 15."""
    run = gonogo("check", "-", "--as-of", "2026-11-23", "--format", "json", stdin=SHORTEST)
    report = json.loads(run.stdout)

    assert report["verdict"] == "NO-GO"
    assert report["basis"] == "commitment"
    assert report["as_of"] == "2026-11-23T23:59:59-05:00"
    assert report["earliest_go"] == "2026-12-15"
    assert report["verdicts"] == {"legal": "GO", "standard": "NO-GO", "strict": "NO-GO"}
    assert [line["value"] for line in report["headline"]] == ["presumed", "signed", "10 of 30 days"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--profile", "strickt"], "did you mean `strict`?"),
        (["--pack", "eo-14408"], "did you mean `eo-14409`?"),
        (["--policies", "nowhere"], "is no folder of packs"),
        (["--as-of", "2026-11"], "is a month"),
        (["--as-of", "yesterday"], "`yesterday` is not a date or an instant\n"),
        (["--as-of", "2026-11-23T09:00"], "2026-11-23T09:00:00-05:00"),
        (
            ["--as-of", "2026-11-01T01:30"],
            "write --as-of 2026-11-01T01:30:00-04:00 or --as-of 2026-11-01T01:30:00-05:00",
        ),
        (["--as-of", "2026-03-08T02:30"], "the clocks of America/New_York skip that time"),
        (["--format", "yaml"], "yaml"),
        (["--frobnicate"], "frobnicate"),
    ],
)
def test_a_wrong_option_is_exit_2_with_a_way_out(arguments: list[str], words: str) -> None:
    run = gonogo("check", GO, *arguments)

    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_an_empty_file_of_waivers_is_no_manifest(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text("# none yet\n")

    run = gonogo("check", GO, "--waivers", file)

    assert run.returncode == 2
    assert run.stderr == (f"{file}: is empty\n  help: a file of waivers begins with `waivers:`\n")


def test_options_have_environment_variables() -> None:
    run = gonogo(
        "check", NO_GO, GONOGO_PROFILE="legal", GONOGO_AS_OF="2026-09-05", GONOGO_FORMAT="json"
    )
    report = json.loads(run.stdout)

    assert (run.returncode, report["verdict"], report["profile"]) == (0, "GO", "legal")
    assert report["as_of"] == "2026-09-05T23:59:59-04:00"


def test_the_clock_is_only_the_default_and_is_said() -> None:
    run = gonogo("check", GO)

    assert re.search(r"As of \d{4}-\d\d-\d\dT\S+ \(now\)", run.stdout)


def test_version_comes_from_one_place() -> None:
    import gonogo as package

    assert gonogo("--version").stdout == f"gonogo {package.__version__}\n"


def test_a_crash_is_exit_4_and_no_verdict(tmp_path: Path) -> None:
    """A fault in the program itself, put there by a module that breaks on import."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nclass Broken:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'gonogo.engine.judge': raise RuntimeError('seeded')\n"
        "sys.meta_path.insert(0, Broken())\n"
    )
    run = gonogo("check", GO, PYTHONPATH=str(tmp_path))

    assert (run.returncode, run.stdout) == (4, "")
    assert "internal error" in run.stderr


def test_a_reader_that_goes_away_does_not_change_the_exit_code() -> None:
    """`gonogo check ... | head -1`: the code of the verdict, not 1 for a broken pipe."""
    command = f"{sys.executable} -m gonogo check {OPEN} --as-of 2026-10-10 -v"
    script = f"{command} | true; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert run.stdout == "3\n"
    assert run.stderr == ""


def test_a_full_disk_is_never_a_verdict() -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "gonogo", "check", str(GO), "--as-of", "2026-09-30"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert run.returncode == 4


def _in_a_terminal(*arguments: str | Path, **variables: str) -> str:
    """What a terminal receives: the process writes to a real pseudo-terminal."""
    leader, follower = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "gonogo", *map(str, arguments)],
        stdout=follower,
        stdin=follower,
        env={**env, "TERM": "xterm-256color", "COLUMNS": "80", **variables},
    ):
        os.close(follower)
        received = b""
        try:
            while chunk := os.read(leader, 65536):
                received += chunk
        except OSError:  # the other end has closed
            pass
    os.close(leader)
    return received.decode().replace("\r\n", "\n")


def test_a_terminal_gets_the_same_words_in_colour() -> None:
    coloured = _in_a_terminal("check", NO_GO, "--as-of", "2026-09-05")
    plain = gonogo("check", NO_GO, "--as-of", "2026-09-05").stdout

    assert "\x1b[1;31mNO-GO" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_no_color_is_kept() -> None:
    printed = _in_a_terminal("check", NO_GO, "--as-of", "2026-09-05", NO_COLOR="1")

    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", printed)


@pytest.mark.parametrize("width", ["80", "120"])
def test_no_line_is_wider_than_the_terminal(width: str) -> None:
    printed = _in_a_terminal("check", OPEN, "--as-of", "2026-10-10", COLUMNS=width, NO_COLOR="1")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", printed).splitlines()

    assert max(map(len, lines)) <= int(width)


def test_the_readme_names_each_environment_variable_once() -> None:
    """All that stand in for options of a check, and no other."""
    from typer.main import get_command

    from gonogo.commands.check import app

    variables = [str(each.envvar) for each in get_command(app).params if each.envvar]
    variables = sorted([*variables, "GONOGO_POLICIES"])  # which is read otherwise
    readme = (ROOT / "README.md").read_text("utf-8")
    said = re.findall("`(GONOGO_[A-Z_]+)`", readme.partition("## Commands")[2])

    assert len(variables) == 14
    assert sorted(said) == variables


def test_markup_and_escapes_are_text_on_a_terminal(tmp_path: Path) -> None:
    """Rich writes there; it must neither read markup nor let an escape through."""
    release = tmp_path / "release.json"
    name = "[bold red]x[/] :skull: \x1b[31my"
    model = {"name": name, "version": "1.0", "developer": "openai", "weights": "closed"}
    data = {"manifest": "gonogo/1", "model": model, "release": {"public_at": "2026-11-25"}}
    release.write_text(json.dumps(data))

    seen = _in_a_terminal("check", release, "--as-of", "2026-11-23")

    assert "[bold red]x[/] :skull: \\x1b[31my" in re.sub("\x1b\\[[0-9;]*m", "", seen)
    styles = ("0", "1", "2", "1;31", "1;32", "1;35")  # plain, bold, dim, and the verdict's colours
    assert set(re.findall("\x1b[^m]*m", seen)) <= {f"\x1b[{style}m" for style in styles}

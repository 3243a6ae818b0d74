"""The image: pinned, without rights, and built from files that are enough.

The RUN line is carried out for real, on what COPY and .dockerignore let into the image;
`.ci/image` builds and runs the image itself.
"""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from shutil import copy, copytree
from typing import NamedTuple

from runner import clean_environment

from conftest import ROOT

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
PLACE = "/opt/gonogo"


class Instruction(NamedTuple):
    word: str
    rest: str


def _instructions() -> list[Instruction]:
    joined = re.sub(r"\\\n\s*", " ", TEXT)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [Instruction(*line.split(maxsplit=1)) for line in lines]


INSTRUCTIONS = _instructions()
FIRST, SECOND = (n for n, each in enumerate(INSTRUCTIONS) if each.word == "FROM")


def _is_ignored(path: str) -> bool:
    """By the last line of .dockerignore that fits the path or a folder that it is in."""
    ignored = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!")
            parts = path.split("/")
            inside = ["/".join(parts[: n + 1]) for n in range(len(parts))]
            if pattern.startswith("**/"):
                fits = any(fnmatch(part, pattern.removeprefix("**/")) for part in parts)
            else:
                fits = any(fnmatch(each, pattern) for each in inside)
            ignored = not line.startswith("!") if fits else ignored
    return ignored


def _copied() -> list[str]:
    """What the first stage takes from the checkout."""
    stage = INSTRUCTIONS[FIRST:SECOND]
    return [name for each in stage if each.word == "COPY" for name in each.rest.split()[:-1]]


def test_the_base_is_pinned_and_both_stages_have_it() -> None:
    [base] = [each.rest for each in INSTRUCTIONS if each.word == "ARG"]

    assert re.fullmatch(r"BASE=python:3\.\d+-slim@sha256:[0-9a-f]{64}", base)
    assert {INSTRUCTIONS[n].rest.split()[0] for n in (FIRST, SECOND)} == {"${BASE}"}


def test_what_runs_has_no_rights() -> None:
    """A number, so that a cluster can see that it is not root; and no shell about it."""
    last = INSTRUCTIONS[SECOND:]
    [user] = [each.rest for each in last if each.word == "USER"]

    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert [each.rest for each in last if each.word == "ENTRYPOINT"] == ['["gonogo"]']
    assert not [each for each in last if each.word in ("RUN", "ADD")]


def test_nothing_else_of_a_checkout_gets_in() -> None:
    """No history, no manifests, no secrets: what is not copied is not even sent to the engine."""
    assert not [name for name in _copied() if _is_ignored(name)]
    assert not _is_ignored("src/gonogo/render/templates/report.html")
    for name in (".git/config", "examples/shortest/release.yaml", "release.yaml", ".env"):
        assert _is_ignored(name), name
    for name in ("src/gonogo/__pycache__/cli.pyc", ".venv/bin/python", "tests/conftest.py"):
        assert _is_ignored(name), name


def test_what_is_copied_is_enough(tmp_path: Path) -> None:
    """The RUN line itself, in another place than the image's, then a check of an example."""
    for name in _copied():
        if (ROOT / name).is_dir():
            copytree(ROOT / name, tmp_path / "src" / name)
        else:
            (tmp_path / "src").mkdir(exist_ok=True)
            copy(ROOT / name, tmp_path / "src" / name)
    [line] = [each.rest for each in INSTRUCTIONS if each.word == "RUN"]
    place = str(tmp_path / "gonogo")

    built = subprocess.run(
        ["bash", "-euc", line.replace(PLACE, place)],
        cwd=tmp_path / "src", env=clean_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    ran = subprocess.run(
        [f"{place}/bin/gonogo", "check", "release.yaml", "--as-of", "2026-09-30"],
        cwd=ROOT / "examples/northlight-go", env=clean_environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    golden = (ROOT / "examples/northlight-go/release.txt").read_text("utf-8")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, golden, "")
    python = (f"{place}/bin/python", "-I", "-c")
    for extra in ("icalendar", "securesystemslib.signer, cryptography"):  # ics, --pack-key
        found = subprocess.run([*python, f"import {extra}"], capture_output=True, check=False)
        assert found.returncode == 0, found.stderr

"""Every example is run as its README says, and prints exactly what is kept beside it.

Only the days on which registers were last searched may be others.
`python tests/test_examples.py` keeps what they print now; then read the difference.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, whenever_searched

EXAMPLES = ROOT / "examples"
COMMAND = re.compile(r"^\$ gonogo (?P<arguments>.*?) +# exit (?P<code>\d), (?P<golden>\S+)$", re.M)
_ENVIRONMENT = {
    # Without the folder that a CI server checked out to, from which some formats name files.
    **{k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "CI_"))},
    "LC_ALL": "C",
    "COLUMNS": "200",
    "TZ": "Asia/Tokyo",
}
KEPT = (".yaml", ".txt", ".md", ".json", ".ics")


def _stories() -> list[tuple[Path, str, int, str]]:
    return [
        (readme.parent, found["arguments"], int(found["code"]), found["golden"])
        for readme in sorted(EXAMPLES.rglob("README.md"))
        for found in COMMAND.finditer(readme.read_text("utf-8"))
    ]


def _run(folder: Path, arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", *arguments.split()],
        cwd=folder,
        env={**_ENVIRONMENT, "FORCE_COLOR": "1"},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("folder", "arguments", "code", "golden"),
    _stories(),
    ids=[f"{folder.name}-{golden.removesuffix('.txt')}" for folder, _, _, golden in _stories()],
)
def test_example(folder: Path, arguments: str, code: int, golden: str) -> None:
    """The golden file is the whole output, whatever the locale and the environment's colours."""
    run = _run(folder, arguments)

    assert run.stderr == b""
    kept = (folder / golden).read_bytes().decode()
    assert whenever_searched(run.stdout.decode()) == whenever_searched(kept)
    assert run.returncode == code


def test_every_manifest_and_golden_is_used() -> None:
    """No example lies about that no command reads; tests/gates runs what is in ci."""
    used = {folder / word for folder, arguments, _, _ in _stories() for word in arguments.split()}
    used |= {folder / golden for folder, _, _, golden in _stories()}
    for manifest in [path for path in used if path.suffix == ".yaml"]:
        named = re.findall(r"path: (\S+)", manifest.read_text("utf-8"))
        used |= {manifest.parent / path for path in named}  # files of evidence
    kept = {
        path
        for path in EXAMPLES.rglob("*")
        if path.is_file()
        and path.name != "README.md"
        and not {"policies", "ci"} & {*path.relative_to(EXAMPLES).parts}
    }

    assert kept == {path for path in used if path.is_file()}


def test_every_folder_says_what_it_teaches() -> None:
    for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        assert "Teaches: " in (folder / "README.md").read_text("utf-8"), folder


if __name__ == "__main__":
    for folder, arguments, _, golden in _stories():
        path = folder / golden
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_run(folder, arguments).stdout)

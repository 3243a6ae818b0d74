"""`--write`: the changed manifest keeps every comment, the order and all that was not changed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gonogo.planning.rewriting import rewritten

# text, settings, the text that a careful person would have written
CASES: dict[str, tuple[str, dict[str, str], str]] = {
    "a value in a block": (
        "# top\nrelease:\n  public_at: 2026-11-25  # announced\n  markets: [us]\n",
        {"release.public_at": "2026-12-15"},
        "# top\nrelease:\n  public_at: 2026-12-15  # announced\n  markets: [us]\n",
    ),
    "a value in a flow": (
        "release: {public_at: 2026-11-25, markets: [us]}  # plan\n",
        {"release.public_at": "2026-12-15"},
        "release: {public_at: 2026-12-15, markets: [us]}  # plan\n",
    ),
    "the long form keeps what stands beside the value": (
        "release:\n  public_at: {value: 2026-11-25, note: 'as announced'}\n",
        {"release.public_at": "2026-12-15"},
        "release:\n  public_at: {value: 2026-12-15, note: 'as announced'}\n",
    ),
    "a quoted value": (
        'release: {public_at: "2026-11-25"}\n',
        {"release.public_at": "2026-12-15"},
        "release: {public_at: 2026-12-15}\n",
    ),
    "what was unknown": (
        "release: {public_at: {unknown: not fixed}}\n",
        {"release.public_at": "2026-12-15"},
        "release: {public_at: 2026-12-15}\n",
    ),
    "a key more in a block, after its comments": (
        "review:\n  agreed_days: 30  # by letter\nrelease:\n  public_at: 2026-11-25\n",
        {"review.await_determination": "false"},
        "review:\n  agreed_days: 30  # by letter\n  await_determination: false\n"
        "release:\n  public_at: 2026-11-25\n",
    ),
    "a key more in a flow": (
        "release: {public_at: 2026-11-25}\n",
        {"release.audience": "us_persons_verified"},
        "release: {public_at: 2026-11-25, audience: us_persons_verified}\n",
    ),
    "a key in an empty flow": (
        "release: {}\n",
        {"release.audience": "unverified"},
        "release: {audience: unverified}\n",
    ),
    "a section more": (
        "release: {public_at: 2026-11-25}\n",
        {"review.protections.confidentiality": "true"},
        "release: {public_at: 2026-11-25}\nreview: {protections: {confidentiality: true}}\n",
    ),
    "an empty section": (
        "review:\nrelease: {public_at: 2026-11-25}\n",
        {"review.await_determination": "false"},
        "review: {await_determination: false}\nrelease: {public_at: 2026-11-25}\n",
    ),
    "a stage taken out": (
        "release:\n  public_at: {value: 2026-11-25, note: x}\n  api_at: 2026-11-20\n",
        {"release.public_at": "null"},
        "release:\n  public_at: null\n  api_at: 2026-11-20\n",
    ),
    "a list in a block": (
        "release:\n  exemptions:\n    - one\n    - two  # the second\n  markets: [us]\n",
        {"release.exemptions": "[three]"},
        "release:\n  exemptions:\n    [three]  # the second\n  markets: [us]\n",
    ),
    "no line break at the end": (
        "release:\n  public_at: 2026-11-25",
        {"release.audience": "unverified"},
        "release:\n  public_at: 2026-11-25\n  audience: unverified",
    ),
    "lines of Windows": (
        "release:\r\n  public_at: 2026-11-25\r\n",
        {"release.audience": "unverified"},
        "release:\r\n  public_at: 2026-11-25\r\n  audience: unverified\r\n",
    ),
    "letters beyond ASCII before it": (
        "model: {name: Ünïcødé 🚀}\nrelease: {public_at: 2026-11-25}\n",
        {"release.public_at": "2026-12-15"},
        "model: {name: Ünïcødé 🚀}\nrelease: {public_at: 2026-12-15}\n",
    ),
    "several at once": (
        "release:\n  api_at: 2026-11-25   # first\n  public_at: 2026-11-30   # then\n",
        {"release.public_at": "2026-12-20", "release.api_at": "2026-12-15"},
        "release:\n  api_at: 2026-12-15   # first\n  public_at: 2026-12-20   # then\n",
    ),
}


@pytest.mark.parametrize(("text", "settings", "expected"), CASES.values(), ids=CASES)
def test_only_what_is_changed_changes(text: str, settings: dict[str, str], expected: str) -> None:
    assert rewritten(text, settings) == expected


@pytest.mark.parametrize(("text", "settings", "expected"), CASES.values(), ids=CASES)
def test_a_yaml_reader_finds_the_values(text: str, settings: dict[str, str], expected: str) -> None:
    """And, everywhere else, what was there before, in the order in which it was there."""
    read = yaml.load(expected, Loader=yaml.BaseLoader)  # noqa: S506 - only texts
    for path, value in settings.items():
        at = read
        for key in path.split("."):
            at = at[key]
        found = at["value"] if isinstance(at, dict) else at
        assert found == (["three"] if value == "[three]" else value)
    before = list(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - only texts
    assert list(read)[: len(before)] == before


def plan(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gonogo", *arguments, "--as-of", "2026-11-23"],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


MANIFEST = """\
# The plan of record.
manifest: gonogo/1

model: {name: N-9, version: "1.0", developer: openai, weights: closed, training_compute_flop: 3e26}
review:
  access_started_at: 2026-11-15   # see the receipt
release:
  # agreed with marketing
  public_at: 2026-11-25   # a Wednesday
"""


def test_the_command_writes_what_is_go(tmp_path: Path) -> None:
    """The written manifest differs in one line, and `check` says GO to it."""
    (tmp_path / "release.yaml").write_text(MANIFEST, "utf-8")
    done = plan("plan", "release.yaml", "--write", "out.yaml", cwd=tmp_path)
    assert done.returncode == 1  # the verdict of the manifest as it stands
    written = (tmp_path / "out.yaml").read_text("utf-8")
    assert written == MANIFEST.replace("public_at: 2026-11-25", "public_at: 2026-12-15")
    assert (tmp_path / "release.yaml").read_text("utf-8") == MANIFEST
    assert plan("check", "out.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("go.yaml", MANIFEST.replace("2026-11-25", "2026-12-20"), "the verdict is GO"),
        (
            "denies.yaml",
            MANIFEST + "participation: {caisi_agreement: {status: declined}}\n",
            "the plan says why",
        ),
        ("release.json", "", "the manifest is JSON"),
    ],
)
def test_nothing_to_write(name: str, text: str, said: str, tmp_path: Path) -> None:
    """Exit 2 with the reason, and no file, neither this one nor any other output."""
    if name.endswith(".json"):
        text = (
            '{"manifest": "gonogo/1", "model": {"name": "N", "version": "1", "developer": "openai",'
            ' "weights": "closed"}, "release": {"public_at": "2026-11-25"}}'
        )
    (tmp_path / name).write_text(text, "utf-8")
    done = plan("plan", name, "--write", "out.yaml", "--output", "plan.md", cwd=tmp_path)
    assert done.returncode == 2
    assert re.search(r"^--write: ", done.stderr)
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]

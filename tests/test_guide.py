"""The rule author's guide is true: its edits are made and its commands run, in the order shown.

A command stands in a ``console`` block after ``$ ``, with ``# exit N`` where it is not 0, and the
block shows all that it prints. An edit is a ``yaml`` block after a sentence that says where it
goes, or a table of what to replace. The registers of the clone were last searched on one day,
whenever those of the shipped pack were. After a change to the packs or to what the commands print,
`python tests/test_guide.py` writes into the guide what they print now; then read it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from conftest import ROOT, SEARCHED
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary

GUIDE = (ROOT / "policies" / "README.md").read_text("utf-8")

COMMAND = re.compile(r"^\$ (?P<command>.*?)(?: +# exit (?P<code>\d))?$")
PLACES = {  # how the sentence before a yaml block ends
    "written": re.compile(r"\bwrite `(?P<file>[^`]+)`:$", re.I),
    "appended": re.compile(r"\bat the end of `(?P<file>[^`]+)`, add:$", re.I),
    "below": re.compile(r"\bbelow `(?P<line>[^`]+)` in `(?P<file>[^`]+)`, add:$", re.I),
    "above": re.compile(r"\babove `(?P<line>[^`]+)` in `(?P<file>[^`]+)`, add:$", re.I),
    "quoted": re.compile(r"\bas `(?P<file>[^`]+)` does:$", re.I),
}
TABLE = "| in | replace | by |"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| `(?P<old>[^`]+)` \| `(?P<new>[^`]+)` \|$")
CONDITION = re.compile(r"`(\{[^`]+\})`")


class Command(NamedTuple):
    line: int
    text: str
    code: int
    shown: str


class Edit(NamedTuple):
    line: int
    how: str
    file: str
    text: str
    old: str = ""  # the line beside it, or what is replaced


def _steps(guide: str) -> Iterator[Command | Edit]:
    """The edits and commands of the guide, in order."""
    lines = guide.splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith("```"):
            end = lines.index("```", number + 1)
            block = lines[number + 1 : end]
            if line == "```console":
                yield from _commands(number + 2, block)
            elif line == "```yaml":
                yield _edit(number + 2, block, _paragraph(lines, number))
            else:
                raise AssertionError(f"line {number + 1}: nobody checks a block of {line}")
            number = end
        elif line == TABLE:
            for row in range(number + 2, lines.index("", number)):
                found = ROW.match(lines[row])
                assert found, f"line {row + 1}: not a row of things to replace"
                yield Edit(row + 1, "replaced", found["file"], found["new"], found["old"])
        number += 1


def _paragraph(lines: list[str], end: int) -> str:
    """The sentence before a block."""
    said = [line for line in lines[max(0, end - 5) : end] if line]
    return " ".join(said)


def _commands(first: int, block: list[str]) -> Iterator[Command]:
    starts = [n for n, line in enumerate(block) if line.startswith("$ ")]
    assert starts[:1] == [0], f"line {first}: a console block begins with a command"
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        found = COMMAND.match(block[start])
        assert found
        shown = "".join(f"{line}\n" for line in block[start + 1 : end])
        yield Command(first + start, found["command"], int(found["code"] or 0), shown)


def _edit(first: int, block: list[str], sentence: str) -> Edit:
    for how, pattern in PLACES.items():
        if found := pattern.search(sentence):
            text = "".join(f"{line}\n" for line in block)
            return Edit(first, how, found["file"], text, found.groupdict().get("line", ""))
    raise AssertionError(f"line {first}: the sentence before does not say where this goes")


def _apply(edit: Edit, folder: Path) -> None:
    path = folder / edit.file
    if edit.how == "written":
        assert not path.exists(), edit
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit.text, "utf-8")
        return
    before = path.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    if edit.how in ("below", "above"):
        [at] = [n for n, line in enumerate(lines) if line.strip() == edit.old]
        lines.insert(at + (edit.how == "below"), edit.text)
        after = "".join(lines)
    elif edit.how == "replaced":
        assert edit.old in before, edit
        after = before.replace(edit.old, edit.text)
    elif edit.how == "appended":
        after = before + edit.text
    else:
        assert edit.text in before, edit
        return
    path.write_text(after, "utf-8")


def _shell(folder: Path) -> dict[str, str]:
    """The environment of somebody who has cloned the repository and installed gonogo."""
    bin = folder.parent / "bin"
    bin.mkdir()
    gonogo = bin / "gonogo"
    gonogo.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gonogo "$@"\n', "utf-8")
    gonogo.chmod(0o755)
    who = {f"GIT_{role}_{what}": "northlight" for role in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    ours = ("GONOGO_", "GIT_")  # of whoever runs the tests, perhaps in a hook of git
    rest = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **rest,
        **who,
        "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GONOGO_AS_OF": "2026-11-24",  # the story's today: `policy lint` tells how old sources are
    }


def _run(command: str, folder: Path, environment: dict[str, str]) -> tuple[str, int]:
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return run.stdout, run.returncode


STEPS = tuple(_steps(GUIDE))
COMMANDS = tuple(step for step in STEPS if isinstance(step, Command))


def _follow(room: Path) -> dict[int, tuple[str, int]]:
    """Do what the guide says in a new repository: what its commands print, by their lines."""
    folder = room / "clone"
    for name in ("policies", "examples"):
        copytree(ROOT / name, folder / name)
    for name, day in SEARCHED.items():
        register = folder / "policies/eo-14409/registers" / f"{name}.yaml"
        text = re.sub(r"(?m)^as_of: \S+", f"as_of: {day}", register.read_text("utf-8"))
        register.write_text(text, "utf-8")
    environment = _shell(folder)
    start = "git init -qb main && git add . && git commit -qm 'As shipped'"
    assert _run(start, folder, environment) == ("", 0)
    found = {}
    for step in STEPS:
        if isinstance(step, Edit):
            _apply(step, folder)
        else:
            found[step.line] = _run(step.text, folder, environment)
    return found


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, int]]:
    return _follow(tmp_path_factory.mktemp("guide"))


@pytest.mark.parametrize("command", COMMANDS, ids=[f"{each.line}-{each.text}" for each in COMMANDS])
def test_what_the_guide_shows_is_what_is_printed(
    command: Command, printed: dict[int, tuple[str, int]]
) -> None:
    shown = (command.shown, command.code)
    assert printed[command.line] == shown, "python tests/test_guide.py shows what is printed now"


def test_each_condition_in_the_table_loads(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """As the `require` of a rule of its own."""
    rows = [line.split(" | ")[0] for line in GUIDE.splitlines() if line.startswith("| `{")]
    conditions = [found for row in rows for found in CONDITION.findall(row)]
    assert len(conditions) > 10
    head = "pack: table\nversion: 1\ntitle: Table\nextends: eo-14409\n"
    source = "sources: {here: {title: Here, retrieved: 2026-12-01, standing: house}}\n"
    rules = [
        f"  - {{id: r-{number}, title: R, class: house, in_force: {{from: 2026-12-01}}, "
        f"cites: [here], require: [{condition}]}}\n"
        for number, condition in enumerate(conditions)
    ]
    folder = tmp_path / "table"
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text(head + source, "utf-8")
    (folder / "rules" / "all.yaml").write_text("rules:\n" + "".join(rules), "utf-8")

    pack = Library([str(tmp_path)], vocabulary).load("table")

    assert sum(rule.pack == "table" for rule in pack.rules) == len(conditions)


def test_its_links_lead_somewhere() -> None:
    """To the worked examples of gates, beside the packs."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", GUIDE)

    assert len(links) > 3
    assert not [link for link in links if not (ROOT / "policies" / link).is_file()]


def _rewrite() -> None:
    """Show in the guide what its commands print now."""
    lines = GUIDE.splitlines()
    with TemporaryDirectory() as room:
        found = _follow(Path(room))
    for command in reversed(COMMANDS):
        said, code = found[command.line]
        first = f"$ {command.text}" + (f"    # exit {code}" if code else "")
        end = command.line + len(command.shown.splitlines())
        lines[command.line - 1 : end] = [first, *said.splitlines()]
    (ROOT / "policies" / "README.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    _rewrite()

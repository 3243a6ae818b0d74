"""A pack that cannot be right does not load: every problem at once, each with place and help.

The tables are in inputs/bad/packs: each case changes one thing in the pack under `sound`. `old` is
the text that is replaced by `new` (without `old`, `new` is the whole file); a » in `new`, which is
taken out, or else `at` is the place that the message must name.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from gonogo.diagnostics import InputError, Problem
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from test_library import PACK, RULES, messages, pack

TABLES = Path(__file__).resolve().parents[1] / "inputs" / "bad" / "packs"
SOUND = {
    path.relative_to(TABLES / "sound").as_posix(): path.read_text("utf-8")
    for path in sorted((TABLES / "sound").rglob("*.yaml"))
}
CASES: list[dict[str, Any]] = [
    case
    for table in sorted(TABLES.glob("*.yaml"))
    for case in yaml.safe_load(table.read_text("utf-8"))
]
each_mistake = pytest.mark.parametrize("case", CASES, ids=[case["mistake"] for case in CASES])


def changed(case: dict[str, Any]) -> tuple[dict[str, str], str]:
    """The files of the bad pack, and the `file:line:column` that the message must name."""
    file, new = case["file"], case["new"]
    text = new
    if "old" in case:
        assert SOUND[file].count(case["old"]) == 1, "`old` stands once in the sound pack"
        text = SOUND[file].replace(case["old"], new)
    before, mark, _ = text.partition("»")
    lines = before.split("\n")
    place = f"{file}:{len(lines)}:{len(lines[-1]) + 1}" if mark else case["at"]
    return {**SOUND, file: text.replace("»", "")}, place


def written(base: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = base / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return base


def problems(base: Path, files: dict[str, str], vocabulary: Vocabulary) -> list[Problem]:
    with pytest.raises(InputError) as refused:
        Library([str(written(base, files))], vocabulary).load("demo")
    return list(refused.value.problems)


def test_sound_pack_loads(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The tables change one thing in a pack that has nothing wrong with it."""
    pack = Library([str(written(tmp_path, SOUND))], vocabulary).load("demo")
    assert [rule.key for rule in pack.rules] == ["demo/first"]


@each_mistake
def test_one_mistake(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The message says where the mistake is, what it is and what to do."""
    files, place = changed(case)
    found = problems(tmp_path, files, vocabulary)
    said = [
        p for p in found if case["says"] in p.message and case.get("help", "") in (p.help or "")
    ]
    assert said, [str(problem) for problem in found]
    assert str(said[0].span) == f"{tmp_path}/demo/{place}"


def all_problems(base: Path, vocabulary: Vocabulary) -> dict[str, list[Problem]]:
    """What every mistake of the tables gives; nothing for one that loads."""
    found: dict[str, list[Problem]] = {}
    for number, case in enumerate(CASES):
        files, _ = changed(case)
        try:
            Library([str(written(base / str(number), files))], vocabulary).load("demo")
        except InputError as refused:
            found[case["mistake"]] = list(refused.problems)
    return found


def test_every_problem_comes_with_help(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Design, section 5: `file:line:column: what is wrong`, then `help: ...`, for each."""
    found = all_problems(tmp_path, vocabulary)
    assert [name for name, problems in found.items() if not all(p.help for p in problems)] == []


def test_one_mistake_is_one_message(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """No message about what only follows from another: a reader would mend the wrong place."""
    found = all_problems(tmp_path, vocabulary)
    assert {name: len(problems) for name, problems in found.items() if len(problems) > 1} == {}


MANY = [  # mistakes in three files that do not depend on each other, in the order of their places
    "unknown standing",
    "unknown source of a value",
    "mixed kinds of values",
    "headline of nothing",
    "row without a source",
    "unknown class",
    "slot that is no fact",
]


def test_all_mistakes_at_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Seven mistakes in three files are seven messages in one run, by file, line and column."""
    files, places = dict(SOUND), []
    for case in (next(case for case in CASES if case["mistake"] == name) for name in MANY):
        files[case["file"]] = files[case["file"]].replace(case["old"], case["new"])
    for file, text in files.items():
        for number, line in enumerate(text.split("\n"), start=1):
            for index, _ in enumerate(line.split("»")[:-1]):
                column = len("".join(line.split("»")[: index + 1])) + 1
                places.append((file, number, column))
        files[file] = text.replace("»", "")
    assert len(places) == len(MANY)
    found = problems(tmp_path, files, vocabulary)
    expected = [f"{tmp_path}/demo/{f}:{line}:{column}" for f, line, column in sorted(places)]
    assert [str(problem.span) for problem in found] == expected


def test_the_command_prints_them_and_exits_2(tmp_path: Path) -> None:
    """A pack that does not load is no verdict: exit 2, and every message on standard error."""
    case = next(case for case in CASES if case["mistake"] == "undeclared fact")
    files, place = changed(case)
    manifest = tmp_path / "release.yaml"
    manifest.write_text("manifest: gonogo/1\n", "utf-8")
    base = written(tmp_path / "policies", files)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "gonogo", "check", str(manifest)),
            *("--policies", str(base), "--pack", "demo", "--as-of", "2026-11-23"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{base}/demo/{place}: ")
    assert "`model.weight`" in done.stderr
    assert "\n  help: did you mean `model.weights`?" in done.stderr


def chain(length: int, link: str, base: Path) -> None:
    """A pack whose definitions name each the next, the last one a fact."""
    lines = [f"  d{number}: [{link.format(number + 1)}]" for number in range(length - 1)]
    last = f"  d{length - 1}: [{{fact: model.weights, equals: closed}}]"
    head = PACK.format(id="demo") + "\n".join(["definitions:", *lines, last, ""])
    pack(
        base,
        "demo",
        head,
        RULES.replace("[{fact: model.weights, equals: closed}]", "[{holds: d0}]"),
    )


@pytest.mark.parametrize(
    ("length", "link"),
    [(63, "{{holds: d{}}}"), (32, "{{not: [{{holds: d{}}}]}}")],
    ids=["63 lists and a leaf", "31 lists with a list each, one list and a leaf"],
)
def test_definitions_may_go_64_levels_deep(
    length: int, link: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    chain(length, link, tmp_path)

    assert len(Library([str(tmp_path)], vocabulary).load("demo").rules) == 1


@pytest.mark.parametrize(
    ("length", "link", "place"),
    [(64, "{{holds: d{}}}", "71:9"), (33, "{{not: [{{holds: d{}}}]}}", "39:16")],
    ids=[
        "d0 is in line 8: the fact of d63 is at 65",
        "the list of d31 is at 63, what it names at 65",
    ],
)
def test_deeper_is_an_error_said_once(
    length: int, link: str, place: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    chain(length, link, tmp_path)

    assert messages(lambda: Library([str(tmp_path)], vocabulary).load("demo")) == [
        f"{tmp_path}/demo/pack.yaml:{place}: definitions go more than 64 levels deep here\n"
        "  help: let this one stand on facts alone"
    ]


def test_however_deep_it_is_no_crash(tmp_path: Path, vocabulary: Vocabulary) -> None:
    chain(5_000, "{{holds: d{}}}", tmp_path)

    [said] = messages(lambda: Library([str(tmp_path)], vocabulary).load("demo"))
    assert said.startswith(f"{tmp_path}/demo/pack.yaml:71:9: ")


def test_depth_is_counted_through_definitions_that_were_looked_at_before(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """The last definition comes first in the file, so each is known when the next needs it."""
    chain(64, "{{holds: d{}}}", tmp_path)
    path = tmp_path / "demo/pack.yaml"
    head, _, definitions = path.read_text("utf-8").partition("definitions:\n")
    turned = "\n".join(reversed(definitions.splitlines()))
    path.write_text(f"{head}definitions:\n{turned}\n", "utf-8")

    [said] = messages(lambda: Library([str(tmp_path)], vocabulary).load("demo"))
    assert "definitions go more than 64 levels deep here" in said

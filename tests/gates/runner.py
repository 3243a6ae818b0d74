"""Runs the steps of a composite action as GitHub's runner does, as far as actions here need it.

Scripts run for real, in the runner's own call of bash. An action of somebody else is not run: what
it was given is kept. An expression or a condition that is not understood is an error.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Texts = dict[str, str]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_NAME = re.compile(r"(?:inputs|github|steps\.[\w-]+\.outputs)\.[\w-]+")
_COMPARED = re.compile(r"(?P<name>\S+) (?P<operator>==|!=) '(?P<value>[^']*)'")
_COMMANDS = {  # those that the runner knows, in lower case
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice",
    "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
}  # fmt: skip


class Place(NamedTuple):
    """Where a job runs: the checkout under check, the runner's folder, the job's variables."""

    workspace: Path
    temp: Path
    variables: Mapping[str, str] = {}


class Ran(NamedTuple):
    """What a use of an action came to."""

    succeeded: bool
    outputs: Texts
    log: str
    summary: str
    used: list[tuple[str, Texts]]  # actions of others, with their inputs


def read_yaml(path: Path) -> dict[str, Any]:
    """A file of a CI system, whose key `on` is no boolean."""
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its expressions replaced; a context that has no such value gives nothing."""

    def value(found: re.Match[str]) -> str:
        assert _NAME.fullmatch(found[1]), found[1]
        return values.get(found[1], "")

    return _EXPRESSION.sub(value, text)


def run_action(folder: Path, given: Texts, place: Place, *, without: str = "") -> Ran:
    """Use the action in a folder; ``without`` names a step that has run there before."""
    action = read_yaml(folder / "action.yml")
    assert not given.keys() - action["inputs"].keys()
    values = {f"inputs.{name}": each.get("default", "") for name, each in action["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in given.items()}
    ran = Ran(True, {}, "", "", [])
    for number, step in enumerate(action["runs"]["steps"]):
        if step["name"] == without or not _is_due(step.get("if", ""), values, ran.succeeded):
            continue
        if "uses" in step:
            inputs = {name: filled(text, values) for name, text in step["with"].items()}
            ran.used.append((step["uses"], inputs))
            continue
        ended = _run_step(step, values, folder, place, str(number))
        values |= {f"steps.{step.get('id')}.outputs.{n}": v for n, v in ended.outputs.items()}
        ran = Ran(
            ran.succeeded and ended.succeeded,
            {},
            ran.log + ended.log,
            ran.summary + ended.summary,
            ran.used,
        )
    outputs = {name: filled(each["value"], values) for name, each in action["outputs"].items()}
    return ran._replace(outputs=outputs)


def _is_due(condition: str, values: Mapping[str, str], succeeded: bool) -> bool:
    """Without `always()`, a step is due only if all before it succeeded."""
    parts = condition.removeprefix("${{ ").removesuffix(" }}").split(" && ")
    if "always()" not in parts and not succeeded:
        return False
    for part in parts:
        if part in ("", "always()"):
            continue
        found = _COMPARED.fullmatch(part)
        assert found and _NAME.fullmatch(found["name"]), part
        is_equal = values.get(found["name"], "") == found["value"]
        if is_equal != (found["operator"] == "=="):
            return False
    return True


def _run_step(step: Any, values: Texts, folder: Path, place: Place, name: str) -> Ran:
    assert step["shell"] == "bash"
    files = {
        each: place.temp / f"_runner_{each.lower()}_{name}"
        for each in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
    }
    for file in files.values():
        file.write_bytes(b"")
    script = place.temp / f"_runner_{name}.sh"
    script.write_text(filled(step["run"], values), "utf-8")
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=place.workspace,
        env={
            **clean_environment(),
            **place.variables,
            **{name: filled(text, values) for name, text in step.get("env", {}).items()},
            **{name: str(file) for name, file in files.items()},
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(folder),
            "GITHUB_WORKSPACE": str(place.workspace),
            "RUNNER_TEMP": str(place.temp),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    written = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in written)
    summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
    return Ran(run.returncode == 0, outputs, run.stdout.decode(), summary, [])


def clean_environment() -> Texts:
    """Of whoever runs the tests, without what makes a CI job of it or points to these sources."""
    ours = ("GONOGO_", "GIT_", "GITHUB_", "RUNNER_", "CI_", "PRE_COMMIT", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def commands_in(log: str) -> Iterator[tuple[str, str]]:
    """The commands that GitHub's runner carries out when it reads a log, with their data.

    As its `ActionCommand.cs` and `ActionCommandManager.cs` do: `::command ::` after any white space
    at the start of a line, else `##[command]` anywhere in it; none from `::stop-commands::word`
    until `word` comes as a command.
    """
    word = ""
    for line in log.splitlines():
        known = _COMMANDS | ({word.lower()} if word else set())
        found = re.match(r"\s*::(?P<name>[^\s:]+)(?: .*?)?::(?P<data>.*)", line)
        if not found or found["name"].lower() not in known:
            found = re.search(r"##\[(?P<name>[^\s\]]+)[^\]]*\](?P<data>.*)", line)
        if not found or found["name"].lower() not in known:
            continue
        name = found["name"].lower()
        if word:
            word = "" if name == word.lower() else word
        elif name == "stop-commands":
            word = found["data"]
        else:
            yield name, found["data"]

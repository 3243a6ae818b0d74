"""The composite action: its real steps, run as GitHub's runner runs them, on real manifests."""

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from runner import Place, Ran, Texts, commands_in, read_yaml, run_action

from conftest import ROOT, copy_story
from keys import key_pair
from test_cli import gonogo

ACTION = ROOT / ".github" / "actions" / "check"
INSTALL = "Install gonogo"
EXAMPLES = ("go", "no-go", "undetermined")

GO = {"manifests": "go.yaml", "as-of": "2026-09-30"}
NO_GO = {"manifests": "no-go.yaml", "as-of": "2026-09-05"}
OPEN = {"manifests": "undetermined.yaml", "as-of": "2026-10-10"}


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder after the action's own install, in a workspace that lays traps for it."""
    workspace = tmp_path_factory.mktemp("trap")
    for name in ("venv.py", "ensurepip.py", "json.py", "pip.py", "gonogo.py"):
        (workspace / name).write_text("raise SystemExit('the workspace was imported')", "utf-8")
    temp = tmp_path_factory.mktemp("runner temp")
    place = Place(workspace, temp, {"PYTHONPATH": str(workspace)})

    ran = run_action(ACTION, {"manifests": "none.yaml"}, place)

    assert "there is no such file" in ran.log, ran.log
    return temp


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A checkout with one manifest for each verdict."""
    for name in EXAMPLES:
        copy_story(name, tmp_path, f"{name}.yaml")
    return tmp_path


def check(given: Texts, workspace: Path, temp: Path) -> Ran:
    return run_action(ACTION, given, Place(workspace, temp), without=INSTALL)


def test_the_action_fits_the_schema_of_actions() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions",
         str(ACTION / "action.yml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout


def test_no_input_is_written_into_a_script() -> None:
    """What an input says would then be commands; each comes in a variable, and none is left out."""
    action = read_yaml(ACTION / "action.yml")
    steps = action["runs"]["steps"]
    given = " ".join(str(value) for step in steps for value in (step.get("env"), step.get("if")))

    assert all("${{" not in step.get("run", "") for step in steps)
    assert all("${{" not in path.read_text("utf-8") for path in ACTION.glob("*.sh"))
    assert {name for name in action["inputs"] if f"inputs.{name} " in given} == {*action["inputs"]}


def test_actions_of_others_are_pinned_to_a_commit() -> None:
    """With the version that a person can read beside it."""
    for line in (ACTION / "action.yml").read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize(
    ("given", "passes", "verdict", "code"),
    [
        pytest.param(GO, True, "GO", "0", id="go"),
        pytest.param(NO_GO, False, "NO-GO", "1", id="no-go"),
        pytest.param(OPEN, False, "UNDETERMINED", "3", id="undetermined-fails"),
        pytest.param(
            {**OPEN, "undetermined": "warn"}, True, "UNDETERMINED", "3", id="undetermined-warns"
        ),
        pytest.param({**NO_GO, "undetermined": "warn"}, False, "NO-GO", "1", id="no-go-fails"),
        pytest.param(
            {"manifests": "go.yaml\n\n  no-go.yaml\n", "as-of": "2026-09-30"}, False, "NO-GO", "1",
            id="the-worst-of-two",
        ),
        pytest.param({"manifests": ".", "as-of": "2026-09-30"}, False, "NO-GO", "1", id="folder"),
        pytest.param({**GO, "manifests": "lost.yaml"}, False, "", "2", id="no-such-file"),
        pytest.param({**GO, "manifests": " \n"}, False, "", "2", id="no-manifest"),
        pytest.param({**GO, "as-of": "soon"}, False, "", "2", id="no-such-time"),
        pytest.param({**GO, "policies": "lost"}, False, "", "2", id="no-such-policies"),
        pytest.param({**GO, "profile": "lax"}, False, "", "2", id="no-such-profile"),
        pytest.param({**GO, "packs": "--help"}, False, "", "2", id="an-option-is-no-pack"),
        pytest.param({**GO, "manifests": "--version"}, False, "", "2", id="nor-a-manifest"),
        pytest.param({**GO, "expect": "model.version=1.0"}, True, "GO", "0", id="as-expected"),
        pytest.param({**GO, "expect": "model.version=2.0"}, False, "", "2", id="something-else"),
        pytest.param({**GO, "release-now": "public"}, False, "NO-GO", "1", id="too-early-now"),
        pytest.param({**GO, "release-now": ""}, False, "", "2", id="an-unset-stage-is-no-plan"),
        pytest.param({**GO, "undetermined": "pass"}, False, "", "2", id="fail-or-warn"),
        pytest.param({**OPEN, "undetermined": ""}, False, "", "2", id="or-nothing-at-all"),
    ],
)  # fmt: skip
def test_the_job_ends_as_the_verdict_says(
    given: Texts, passes: bool, verdict: str, code: str, workspace: Path, temp: Path
) -> None:
    ran = check(given, workspace, temp)

    assert ran.succeeded is passes, ran.log
    assert (ran.outputs["verdict"], ran.outputs["exit-code"]) == (verdict, code), ran.log
    assert ("error" in dict(commands_in(ran.log))) is not passes, ran.log


@pytest.mark.parametrize("given", [GO, NO_GO, OPEN], ids=EXAMPLES)
def test_every_reader_is_told_the_verdict(given: Texts, workspace: Path, temp: Path) -> None:
    """The log, the step summary, the report, and code scanning, also where the job has failed."""
    ran = check(given, workspace, temp)
    verdict = ran.outputs["verdict"]

    assert re.search(rf"^{verdict} ", ran.log, re.M)
    assert f"## {verdict}" in ran.summary
    report = json.loads(Path(ran.outputs["report"]).read_text("utf-8"))
    assert report["verdict"] == verdict
    [(uses, inputs)] = ran.used
    assert uses.startswith("github/codeql-action/upload-sarif@")
    [found] = json.loads(Path(inputs["sarif_file"]).read_text("utf-8"))["runs"]
    assert found["properties"]["verdicts"][0]["verdict"] == verdict


def test_what_cannot_be_read_is_uploaded_too(workspace: Path, temp: Path) -> None:
    (workspace / "broken.yaml").write_text("manifest: gonogo/1\nmodel: [\n", "utf-8")

    ran = check({"manifests": "go.yaml\nbroken.yaml", "as-of": "2026-09-30"}, workspace, temp)

    assert (ran.succeeded, ran.outputs["verdict"], ran.outputs["exit-code"]) == (False, "", "2")
    assert len(ran.used) == 1
    lines = Path(ran.outputs["report"]).read_text("utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["GO", None]


def test_without_code_scanning_nothing_is_uploaded(workspace: Path, temp: Path) -> None:
    assert check({**NO_GO, "upload-sarif": "false"}, workspace, temp).used == []


def test_a_warning_is_a_warning(workspace: Path, temp: Path) -> None:
    """A job that goes on shows no errors, and says what is unknown."""
    failed = [name for name, _ in commands_in(check(OPEN, workspace, temp).log)]
    warned = [
        name
        for name, _ in commands_in(check({**OPEN, "undetermined": "warn"}, workspace, temp).log)
    ]

    assert "error" in failed
    assert [name.replace("error", "warning") for name in failed] == warned


def test_policies_of_one_s_own(workspace: Path, temp: Path) -> None:
    """Two folders of policies, a line each: the house pack asks for more days."""
    copytree(ROOT / "examples/house-pack/policies", workspace / "house rules")
    copytree(ROOT / "policies", workspace / "shipped")
    text = (ROOT / "examples/house-pack/release.yaml").read_text("utf-8")
    (workspace / "house.yaml").write_text(text, "utf-8")
    given = {"manifests": "house.yaml", "as-of": "2026-11-23"}

    assert check(given, workspace, temp).outputs["verdict"] == "GO"
    house = {**given, "policies": "house rules\nshipped\n"}
    assert check(house, workspace, temp).outputs["verdict"] == "NO-GO"
    shipped = {**house, "packs": "eo-14409"}
    assert check(shipped, workspace, temp).outputs["verdict"] == "GO"


def test_packs_are_pinned_and_signed(workspace: Path, temp: Path) -> None:
    """By their digest, and by a key, for which the action installs what it needs."""
    copytree(ROOT / "policies", workspace / "policies")
    key_pair(workspace)
    signed = gonogo(
        "policy", "sign", "--policies", "policies", "--sign-key", "key.pem",
        "--output", "policies/packs.intoto.json", cwd=workspace,
    )  # fmt: skip
    assert signed.returncode == 0, signed.stderr
    listed = gonogo("policy", "list", "--policies", "policies", "--format", "json", cwd=workspace)
    [digest] = [p["sha256"] for p in json.loads(listed.stdout)["packs"] if p["id"] == "eo-14409"]
    profiles = sha256((workspace / "policies/profiles.yaml").read_bytes()).hexdigest()
    pins = f"eo-14409=sha256:{digest}\nprofiles.yaml=sha256:{profiles}\n"
    plain = {**GO, "policies": "policies"}
    given = {**plain, "pack-digest": pins, "pack-key": "key.public.pem"}

    ran = check(given, workspace, temp)
    assert (ran.succeeded, ran.outputs["verdict"]) == (True, "GO"), ran.log
    with (workspace / "policies/eo-14409/pack.yaml").open("a") as pack:
        pack.write("# edited\n")
    for name in ("pack-digest", "pack-key"):
        ran = check({**plain, name: given[name]}, workspace, temp)
        assert (ran.succeeded, ran.outputs["exit-code"]) == (False, "2"), ran.log
        assert f"--{name}: " in dict(commands_in(ran.log))["error"]


def test_a_folder_that_is_missing_is_not_the_manifest_s_fault(workspace: Path, temp: Path) -> None:
    ran = check({**GO, "policies": "lost"}, workspace, temp)

    [line] = [line for line in ran.log.splitlines() if line.startswith("::error")]
    help = "check --policies, or GONOGO_POLICIES"
    assert line == f"::error title=no verdict::lost: is no folder of packs ({help})"


HOSTILE = [
    "::error::owned",
    "::stop-commands::owned",
    "a ##[add-mask]GO",
    "##[stop-commands]owned",
    "##[error]owned",
    "x%0A::error::owned",
    "$(touch owned)",
    "`touch owned`",
    '"; touch owned; "',
    "verdict=GO",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_commands_nobody(text: str, workspace: Path, temp: Path) -> None:
    """In a model's name and in a file's name: neither the shell nor the runner obeys it."""
    plain = (workspace / "no-go.yaml").read_text("utf-8")
    named = plain.replace("name: N-9", f"name: {json.dumps(text)}")
    assert named != plain
    path = f"{text.replace('/', '_')}.yaml"
    (workspace / path).write_text(named, "utf-8")

    usual = check(NO_GO, workspace, temp)
    ran = check({**NO_GO, "manifests": path}, workspace, temp)

    assert ran.outputs["verdict"] == "NO-GO", ran.log
    assert [n for n, _ in commands_in(ran.log)] == [n for n, _ in commands_in(usual.log)]
    assert "owned" not in {each.name for each in workspace.iterdir()}


def test_commands_are_found_in_a_log() -> None:
    """As the runner finds them, so that the tests here can fail; none where it is told to stop."""
    log = "  GO ##[add-mask]GO\n   ::error::owned\nplain :: text\n##[section]x\n"

    assert list(commands_in(log)) == [("add-mask", "GO"), ("error", "owned")]
    fenced = f"::stop-commands::word\n{log}::word::\n::notice file=a,line=1::last\n"
    assert list(commands_in(fenced)) == [("notice", "last")]


def test_a_sensitive_fact_is_not_shown(workspace: Path, temp: Path) -> None:
    """Training compute, which the report at a desk does show."""
    for path in workspace.glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("3.9e26", "3.87654e26"), "utf-8")

    ran = check({**NO_GO, "expect": "model.version=1.0"}, workspace, temp)

    written = [Path(ran.outputs["report"]), *Path(ran.outputs["report"]).parent.iterdir()]
    shown = [ran.log, ran.summary, *(path.read_text("utf-8") for path in written)]
    assert "3.87654e26" in (workspace / "no-go.yaml").read_text("utf-8")
    assert not [text for text in shown if "3.87654" in text]


@pytest.mark.parametrize("code", [0, 1, 3, 139])
def test_what_gave_no_report_gave_no_verdict(code: int, workspace: Path, tmp_path: Path) -> None:
    """A Python that cannot start ends with 1, and that is not NO-GO; 0 is certainly not GO."""
    python = tmp_path / "gonogo" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\necho '::warning::cannot start'\nexit {code}\n", "utf-8")
    python.chmod(0o755)

    ran = check(GO, workspace, tmp_path)

    assert (ran.succeeded, ran.outputs["verdict"], ran.outputs["exit-code"]) == (False, "", "4")
    assert "cannot start" in ran.log
    assert [name for name, _ in commands_in(ran.log)] == ["error"]  # not what Python printed
    assert ran.used == []

"""`gonogo policy` as rule authors and pipelines run it: real processes, real git repositories."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from test_cli import gonogo

PACK = """\
pack: demo
version: "1"
title: A pack for tests
default: true
timezone: America/New_York
governing_date: release.first_at
sources: {memo: {title: A memo, retrieved: 2026-11-23, standing: house}}
parameters:
  limit: {unit: day, values: [{from: 2026-06-02, value: 30, cites: [memo]}]}
"""
RULES = """\
rules:
  - id: held
    title: Held for some days
    class: commitment
    cites: [memo]
    in_force: {from: 2026-06-02}
    require: [{days_from: review.access_started_at, to: release.first_at, at_least: $limit}]
"""
MANIFEST = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
review: {access_started_at: 2026-09-01}
release: {public_at: 2026-10-01}
"""
TESTS = f"""\
manifests:
  n-9:
{"".join(f"    {line}{chr(10)}" for line in MANIFEST.splitlines())}tests:
  - {{name: thirty, manifest: n-9, as_of: 2026-11-23, expect: {{rules: {{held: pass}}}}}}
"""
PROFILES = (ROOT / "policies/profiles.yaml").read_text("utf-8")
FILES = {"pack.yaml": PACK, "rules/main.yaml": RULES, "tests/all.yaml": TESTS}


def packs(base: Path, files: Mapping[str, str] | None = None) -> Path:
    for name, text in {**FILES, **(files or {})}.items():
        path = base / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (base / "profiles.yaml").write_text(PROFILES, "utf-8")
    return base


def _policy(*arguments: str | Path, cwd: Path = ROOT) -> tuple[int, Any, str]:
    """The exit code, the JSON on standard output, and standard error."""
    run = gonogo("policy", *arguments, "--format", "json", cwd=cwd)
    return run.returncode, json.loads(run.stdout), run.stderr


_WRONG = TESTS.replace("held: pass", "held: fail")
_TWO_PROBLEMS = {
    "pack.yaml": PACK.replace("standing: house", "standing: hearsay"),
    "rules/main.yaml": RULES.replace("commitment", "comitment"),
}


@pytest.mark.parametrize("output_format", ["text", "markdown", "json"])
@pytest.mark.parametrize(
    ("command", "files", "code"),
    [
        ("test", {}, 0),
        ("test", {"tests/all.yaml": _WRONG}, 1),
        ("test", _TWO_PROBLEMS, 2),
        ("test", {"tests/all.yaml": TESTS.replace("as_of", "as-of")}, 2),
        ("lint", {}, 1),  # the rule is never seen to fail
        ("lint", _TWO_PROBLEMS, 2),
        ("lint", {"tests/all.yaml": TESTS.replace("as_of", "as-of")}, 2),
    ],
)
def test_the_format_never_changes_the_exit_code(
    command: str, files: dict[str, str], code: int, output_format: str, tmp_path: Path
) -> None:
    run = gonogo("policy", command, packs(tmp_path, files), "--format", output_format)

    assert run.returncode == code, run.stderr
    assert bool(run.stderr) == (code == 2)
    assert "Traceback" not in run.stderr


def test_a_pack_without_tests_is_no_pass(tmp_path: Path) -> None:
    packs(tmp_path)
    (tmp_path / "demo/tests/all.yaml").unlink()

    code, data, said = _policy("test", tmp_path)

    assert code == 2
    assert "the pack `demo` has no tests" in said
    assert [each["message"] for each in data["errors"]] == ["the pack `demo` has no tests"]


@pytest.mark.parametrize("command", [["lint"], ["test"], ["diff", ROOT / "policies"]])
def test_a_broken_pack_gives_every_problem_with_its_place(
    command: list[str | Path], tmp_path: Path
) -> None:
    code, data, said = _policy(*command, packs(tmp_path, _TWO_PROBLEMS))

    assert code == 2
    places = [(Path(each["file"]).name, each["line"]) for each in data["errors"]]
    assert sorted(places) == [("main.yaml", 4), ("pack.yaml", 7)]
    assert said.count("help: ") == 2
    for each in data["errors"]:
        assert f"{each['file']}:{each['line']}:{each['column']}: {each['message']}" in said


def test_the_json_of_tests_has_shares_and_survivors(tmp_path: Path) -> None:
    code, data, _ = _policy("test", packs(tmp_path), "--mutate")

    assert code == 0
    assert data["policy_test"] == "gonogo/1"
    assert data["tests"] == {"passed": 1, "failed": 0}
    # One leaf, seen true only; of five edges (below, at and above the number, the day before and
    # the day from which the rule holds) only `at` is seen.
    assert data["coverage"]["leaf"] == pytest.approx(1 / 3)
    assert data["coverage"]["edge"] == pytest.approx(1 / 5)
    # By hand: the tests notice `above` and 31, and that the rule's dates are past September.
    survivors = {each["change"]: each for each in data["mutation"]["survivors"]}
    assert "$limit from 2026-06-02: 30 becomes 29" in survivors
    assert "$limit from 2026-06-02: 30 becomes 31" not in survivors
    assert "held/require/all.1: at_least becomes above" not in survivors
    total = 2 + 2 + 2 + 2 + 1  # leaf dropped and strict, class, rule's date, value, its date later
    assert data["mutation"]["score"] == pytest.approx(1 - len(survivors) / total)
    for each in survivors.values():
        assert Path(each["file"]).name in ("pack.yaml", "main.yaml")
        assert each["test"].startswith("  - name: ")
        assert each["edits"]


def test_every_test_to_paste_makes_the_score_full(tmp_path: Path) -> None:
    """As the guide says: paste what `--mutate` prints, and run it again."""
    _, before, _ = _policy("test", packs(tmp_path), "--mutate")
    pasted = "".join(each["test"] for each in before["mutation"]["survivors"])
    assert before["mutation"]["score"] < 1

    code, data, said = _policy(
        "test", packs(tmp_path, {"tests/all.yaml": TESTS + pasted}), "--mutate"
    )

    assert code == 0, said
    assert data["mutation"] == {"score": 1.0, "survivors": [], "stale": []}


def test_a_failing_test_is_shown_with_the_trace_and_stops_mutation(tmp_path: Path) -> None:
    run = gonogo("policy", "test", packs(tmp_path, {"tests/all.yaml": _WRONG}), "--mutate")

    assert run.returncode == 1
    said = " ".join(run.stdout.split())
    assert "0 of 1 tests pass" in said
    assert "held: expected fail, got pass" in said
    assert "true: require" in said
    assert "make its tests pass first" in said


# diff


def _git(base: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Policy", "-c", "user.email=policy@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=base, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits on main: thirty days at `first`, thirty-one now."""
    _git(tmp_path, "init", "--quiet", "--initial-branch=main")
    packs(tmp_path / "policies")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "thirty")
    _git(tmp_path, "tag", "first")
    packs(tmp_path / "policies", {"pack.yaml": PACK.replace("value: 30", "value: 31")})
    _git(tmp_path, "commit", "--quiet", "-am", "thirty-one")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first:policies", "policies"),
        ("first:policies", "main:policies"),
        ("main~1:policies/", "HEAD:policies"),
    ],
)
def test_revisions_are_compared_with_a_small_witness(old: str, new: str, repository: Path) -> None:
    code, data, _ = _policy("diff", old, new, cwd=repository)

    assert code == 1
    assert (data["old"], data["new"], data["can_change_verdict"]) == (old, new, True)
    [pack] = data["packs"]
    [edit] = pack["edits"]
    assert (edit["what"], edit["name"], edit["how"]) == ("parameter", "limit", "changed")
    assert "30 days" in edit["before"][0] and "31 days" in edit["after"][0]
    [rule] = pack["rules"]
    assert (rule["rule"], rule["how"]) == ("demo/held", "affected")
    assert rule["can_change_verdict"] and rule["shows_verdict"] and rule["search_complete"]
    witness = rule["witness"]
    assert (witness["old"], witness["new"]) == ("pass", "fail")
    assert witness["verdicts"]["standard"] == {"old": "GO", "new": "NO-GO"}
    # The model, which every manifest has to name, and the two dates: nothing else.
    sections = [line.partition(":")[0] for line in witness["manifest"].splitlines()]
    assert sections == ["manifest", "model", "review", "release"]
    assert witness["manifest"].count("_at:") == 2


def test_a_witness_that_is_saved_comes_out_as_the_diff_says(repository: Path) -> None:
    _git(repository, "worktree", "add", "--quiet", "before", "first")
    _, data, _ = _policy("diff", "first:policies", "policies", cwd=repository)
    witness = data["packs"][0]["rules"][0]["witness"]
    (repository / "release.yaml").write_text(witness["manifest"], "utf-8")

    for folder, code in (("before/policies", 0), ("policies", 1)):
        options = ("--policies", folder, "--pack", "demo", "--as-of", witness["as_of"])
        assert gonogo("check", "release.yaml", *options, cwd=repository).returncode == code


def test_it_does_not_matter_where_in_the_repository_it_runs(repository: Path) -> None:
    inside = repository / "policies" / "demo"

    code, data, said = _policy("diff", "first:policies", "main:policies", cwd=inside)

    assert (code, said) == (1, "")
    assert data["can_change_verdict"]


def test_the_same_revision_twice_changes_nothing(repository: Path) -> None:
    run = gonogo("policy", "diff", "main:policies", "policies", cwd=repository)

    assert run.returncode == 0
    assert "No verdict can change. The packs say the same." in run.stdout


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("nowhere:policies", "git cannot read it"),
        ("first:no/such", "git cannot read it"),
        (":policies", "is no git revision"),
        ("--output=x:policies", "is no git revision"),
        ("no-such-folder", "is no folder"),
    ],
)
def test_what_cannot_be_read_is_bad_input(old: str, message: str, repository: Path) -> None:
    run = gonogo("policy", "diff", "--", old, "policies", cwd=repository)

    assert run.returncode == 2
    assert run.stderr.startswith(f"{old}: ")
    assert message in run.stderr
    assert "help: " in run.stderr
    assert not (repository / "x").exists()


def test_a_link_in_a_revision_is_not_followed(repository: Path) -> None:
    (repository / "policies/demo/rules/more.yaml").symlink_to("/etc/hostname")
    _git(repository, "add", ".")
    _git(repository, "commit", "--quiet", "-m", "link")

    code, _, said = _policy("diff", "first:policies", "main:policies", cwd=repository)

    assert code == 2
    assert "is a link, and links are not followed" in said


def test_stored_manifests_are_checked_with_both(repository: Path) -> None:
    corpus = repository / "stored"
    (corpus / "deep").mkdir(parents=True)
    (corpus / "deep/thirty.yaml").write_text(MANIFEST, "utf-8")
    later = MANIFEST.replace("public_at: 2026-10-01", "public_at: 2026-10-02")
    (corpus / "thirty-one.yaml").write_text(later, "utf-8")
    (corpus / "broken.yaml").write_text("manifest: gonogo/1\nmodel: {}\n", "utf-8")
    (corpus / "notes.txt").write_text("not a manifest", "utf-8")

    code, data, _ = _policy(
        "diff", "first:policies", "policies", "--corpus", "stored", cwd=repository
    )

    assert code == 1
    assert data["corpus"]["checked"] == 3
    changed = {(each["path"], each["profile"]): each for each in data["corpus"]["changed"]}
    assert set(changed) == {("stored/deep/thirty.yaml", name) for name in ("standard", "strict")}
    first = changed["stored/deep/thirty.yaml", "standard"]
    assert (first["old"], first["new"]) == ("GO", "NO-GO")
    assert [each["path"] for each in data["corpus"]["unreadable"]] == ["stored/broken.yaml"]


_ADDED = RULES + RULES.replace("rules:\n", "").replace("id: held", "id: noted").replace(
    "commitment", "reference"
)


@pytest.mark.parametrize(
    ("files", "how", "code"),
    [
        ({"rules/main.yaml": _ADDED}, "added", 0),  # a reference rule blocks under no profile
        ({"rules/main.yaml": RULES.replace("at_least: $limit", "above: $limit")}, "changed", 1),
        ({"rules/main.yaml": RULES.replace("commitment", "framework")}, "changed", 1),
        ({"rules/main.yaml": RULES.replace("Held for", "Kept for")}, "changed", 0),
        ({"pack.yaml": PACK.replace("A pack for", "The pack for")}, None, 0),
    ],
)
def test_an_edit_is_named_and_weighed(
    files: dict[str, str], how: str | None, code: int, tmp_path: Path
) -> None:
    before, after = packs(tmp_path / "before"), packs(tmp_path / "after", files)

    found, data, _ = _policy("diff", before, after)

    assert found == code
    [pack] = data["packs"]
    assert [rule["how"] for rule in pack["rules"]] == ([how] if how else [])


def test_hostile_words_of_a_pack_stay_words(tmp_path: Path) -> None:
    hostile = '"<script>x</script> | `a` [b](javascript:c)\\n::error::d \\e[31m \\u202e"'
    after = packs(
        tmp_path / "after",
        {"rules/main.yaml": RULES.replace("Held for some days", hostile).replace("held", "kept"),
         "tests/all.yaml": TESTS.replace("held", "kept")},
    )  # fmt: skip
    before = packs(tmp_path / "before")

    for output_format in ("markdown", "text", "json"):
        run = gonogo("policy", "diff", before, after, "--format", output_format)
        assert run.returncode == 1, run.stderr
        assert "\x1b" not in run.stdout and "\u202e" not in run.stdout
        assert not [line for line in run.stdout.splitlines() if line.startswith("::")]
        if output_format == "markdown":
            assert "<script>" not in run.stdout
            assert "[b](" not in run.stdout.replace("\\[", "")

"""`gonogo verify`: what is the same, what differs, and what cannot be verified."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from keys import key_pair, rsa_pair
from test_cli import GO, NO_GO, OPEN, gonogo

AS_OF = ("--as-of", "2026-09-30")
POLICIES = ("--policies", "policies")
EDITOR = Callable[[Path], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that is GO, its own copy of the packs, keys, and a signed statement on it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(GO.parent, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "policies", folder / "policies")
    key_pair(folder)
    attest(folder, "s.json", "--sign-key", "key.pem")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    """A copy of all that, to change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def attest(desk: Path, out: str, *more: str) -> None:
    gonogo("attest", "release.yaml", *AS_OF, *POLICIES, "--output", out, *more, cwd=desk)
    assert (desk / out).is_file()


def verify(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return gonogo("verify", *arguments, *POLICIES, cwd=desk)


def verified(desk: Path, *arguments: str) -> Any:
    """The JSON result, which the exit code must agree with."""
    run = verify(desk, *arguments, "--format", "json")
    result = json.loads(run.stdout)
    assert run.returncode == {True: 0, False: 1, None: 2}[result["same"]]
    return result


def whats(result: Any) -> set[str]:
    return {each["what"] for each in result["differences"]}


def edit(path: Path, old: str, new: str) -> None:
    """The first place, which must be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def unsealed(desk: Path, name: str) -> Any:
    return json.loads(base64.b64decode(json.loads((desk / name).read_text())["payload"]))


def test_the_same_is_exit_0_and_says_so(desk: Path) -> None:
    run = verify(desk, "s.json", "--key", "key.public.pem")

    assert run.returncode == 0
    assert run.stdout == (
        "SAME  s.json\n"
        "It says GO as of 2026-09-30 under standard.\n"
        "Recomputed from the same inputs, release.yaml is GO.\n"
        "It is signed by the key in key.public.pem.\n"
    )


@pytest.mark.parametrize("predicate", ["test-result", "vsa"])
@pytest.mark.parametrize("manifest", [GO, NO_GO, OPEN])
def test_every_verdict_can_be_verified(tmp_path: Path, manifest: Path, predicate: str) -> None:
    """Exit 0 says that the statement holds, not that it is GO."""
    statement = tmp_path / "s.json"
    gonogo("attest", manifest, *AS_OF, "--predicate", predicate, "--output", statement)

    run = gonogo("verify", statement, "--manifest", manifest)

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("as_of", ["2026-09-30", "2026-09-30T10:00:00.25-04:00", None])
def test_the_time_is_pinned_as_it_was_given(desk: Path, as_of: str | None) -> None:
    """Also when it was the clock's: a later run does not judge by its own."""
    given = ("--as-of", as_of) if as_of else ()
    gonogo("attest", "release.yaml", *POLICIES, *given, "--output", "t.json", cwd=desk)

    result = verified(desk, "t.json")

    assert result["same"] is True
    if as_of:
        assert result["statement"]["as_of"] == as_of


def test_a_time_in_the_environment_does_not_unpin_it(desk: Path) -> None:
    env = {"GONOGO_AS_OF": "2026-07-01"}

    assert gonogo("verify", "s.json", *POLICIES, cwd=desk, **env).returncode == 0


def test_without_a_key_it_says_that_nothing_was_checked(desk: Path) -> None:
    attest(desk, "plain.json")

    signed, plain = verify(desk, "s.json"), verify(desk, "plain.json")

    assert (signed.returncode, plain.returncode) == (0, 0)
    assert signed.stdout.endswith("Its signature was not checked: no --key was given.\n")
    assert plain.stdout.endswith("It is not signed: anybody could have written it.\n")
    assert verified(desk, "s.json")["signature"] == "not_checked"
    assert verified(desk, "plain.json")["signature"] == "unsigned"


def test_an_unsigned_statement_fails_where_a_key_is_asked_for(desk: Path) -> None:
    attest(desk, "plain.json")

    run = verify(desk, "plain.json", "--key", "key.public.pem")

    assert run.returncode == 1
    assert run.stdout == (
        "DIFFERENT  plain.json\nIt is not signed, so nothing else in it was read.\n"
    )


def test_a_wrong_key_fails(desk: Path) -> None:
    key_pair(desk, "other")

    run = verify(desk, "s.json", "--key", "other.public.pem")

    assert run.returncode == 1
    assert "It is not signed by the key in other.public.pem" in run.stdout
    assert verified(desk, "s.json", "--key", "other.public.pem")["signature"] == "wrong"


def test_one_good_signature_among_others_is_enough(desk: Path) -> None:
    """In any place, under any key id: the id is a hint that anybody can write."""
    envelope = json.loads((desk / "s.json").read_text())
    good = envelope["signatures"][0]
    other = {"keyid": good["keyid"], "sig": base64.b64encode(bytes(64)).decode()}
    for signatures in ([other, good], [{"keyid": "", "sig": good["sig"]}], [{"sig": good["sig"]}]):
        (desk / "t.json").write_text(json.dumps({**envelope, "signatures": signatures}))
        assert verified(desk, "t.json", "--key", "key.public.pem")["signature"] == "valid"
    (desk / "t.json").write_text(json.dumps({**envelope, "signatures": [other]}))
    assert verified(desk, "t.json", "--key", "key.public.pem")["signature"] == "wrong"


def test_a_changed_payload_is_not_signed(desk: Path) -> None:
    """Even a space: the signature is over bytes."""
    envelope = json.loads((desk / "s.json").read_text())
    payload = base64.b64decode(envelope["payload"]) + b" "
    changed = {**envelope, "payload": base64.b64encode(payload).decode()}
    (desk / "t.json").write_text(json.dumps(changed))

    result = verified(desk, "t.json", "--key", "key.public.pem")

    assert (result["same"], result["signature"]) == (False, "wrong")
    assert verified(desk, "t.json")["same"] is True  # it says the same, but nobody signed it


def test_a_changed_payload_type_is_refused(desk: Path) -> None:
    edit(desk / "s.json", "application/vnd.in-toto+json", "application/json")

    run = verify(desk, "s.json", "--key", "key.public.pem")

    assert run.returncode == 2
    assert "payloadType" in run.stderr


def _digest_of_evidence(desk: Path) -> None:
    sha256 = unsealed(desk, "s.json")["subject"][1]["digest"]["sha256"]
    edit(desk / "release.yaml", sha256, "0" * 64)


TAMPERED: dict[str, tuple[EDITOR, set[str]]] = {
    "manifest": (
        lambda desk: edit(desk / "release.yaml", "weights: closed", "weights: closed "),
        {"manifest"},
    ),
    "rule": (
        lambda desk: edit(
            desk / "policies/eo-14409/rules/review-window.yaml", "class: commitment", "class: house"
        ),
        {"pack eo-14409"},
    ),
    "parameter": (
        lambda desk: edit(desk / "policies/eo-14409/pack.yaml", "value: 30", "value: 31"),
        {"pack eo-14409"},
    ),
    "register-row": (
        lambda desk: edit(
            desk / "policies/eo-14409/registers/directives.yaml",
            "complete: true",
            "complete: false",
        ),
        {"pack eo-14409", "verdict", "rule eo-14409/no-directive-in-force"},
    ),
    "profiles": (
        lambda desk: edit(desk / "policies/profiles.yaml", "framework: warn", "framework: note"),
        {"profiles profiles.yaml"},
    ),
    "evidence-digest": (
        _digest_of_evidence,
        {"manifest", "verdict", "rule gonogo/evidence-matches"},
    ),
    "evidence-file": (
        lambda desk: edit(desk / "evidence/receipt.txt", "September 1", "September 2"),
        {"evidence receipt", "verdict", "rule gonogo/evidence-matches"},
    ),
    "evidence-missing": (
        lambda desk: (desk / "evidence/receipt.txt").unlink(),
        {"evidence receipt", "verdict", "rule gonogo/evidence-matches"},
    ),
    "evidence-gone": (
        lambda desk: edit(desk / "release.yaml", "    sha256: ", "    note: "),
        {"manifest", "evidence receipt"},
    ),
}


@pytest.mark.parametrize("input", TAMPERED)
def test_tampering_with_an_input_is_found_and_named(desk: Path, input: str) -> None:
    """The signature still holds; what it is about has changed."""
    change, expected = TAMPERED[input]
    change(desk)

    result = verified(desk, "s.json", "--key", "key.public.pem")

    assert result["signature"] == "valid"
    assert result["same"] is False
    assert expected <= whats(result)


def test_an_old_go_replayed_on_a_changed_manifest(desk: Path) -> None:
    """The manifest was GO and signed; now it plans to release weeks earlier."""
    shutil.copy(NO_GO, desk / "release.yaml")

    result = verified(desk, "s.json", "--key", "key.public.pem")

    assert {"manifest", "verdict", "rule eo-14409/review-window-held"} <= whats(result)
    verdict = next(each for each in result["differences"] if each["what"] == "verdict")
    assert (verdict["stated"], verdict["found"]) == ("GO", result["verdict"])
    assert result["verdict"] != "GO"


def test_each_difference_is_a_line_of_its_own(desk: Path) -> None:
    shutil.copy(NO_GO, desk / "release.yaml")

    run = verify(desk, "s.json")

    assert run.returncode == 1
    assert run.stdout.startswith("DIFFERENT  s.json\nIt says GO ")
    assert "\n- verdict: stated GO, found NO-GO\n" in run.stdout
    assert "\n- manifest\n  stated sha256:" in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_a_downgraded_profile_is_a_difference(desk: Path) -> None:
    """A NO-GO becomes GO under `legal`; whoever expects the default is not taken in."""
    shutil.copy(NO_GO, desk / "release.yaml")
    attest(desk, "legal.json", "--profile", "legal", "--sign-key", "key.pem")
    assert unsealed(desk, "legal.json")["predicate"]["result"] != "FAILED"

    result = verified(desk, "legal.json", "--key", "key.public.pem")

    assert {"profile", "verdict"} <= whats(result)
    assert result["verdict"] == "NO-GO"
    assert verified(desk, "legal.json", "--profile", "legal")["same"] is True


def test_another_pack_is_a_difference(tmp_path: Path) -> None:
    """A statement under a house pack, verified without it, and the other way round."""
    house = ROOT / "examples/house-pack"
    with_house = ("--policies", house / "policies")
    manifest = house / "release.yaml"
    gonogo("attest", manifest, *AS_OF, *with_house, "--output", tmp_path / "house.json")
    gonogo("attest", manifest, *AS_OF, "--output", tmp_path / "plain.json")

    def found(name: str, *more: str | Path) -> Any:
        arguments = ("verify", tmp_path / name, "--manifest", manifest, "--format", "json", *more)
        return json.loads(gonogo(*arguments).stdout)

    assert found("house.json", *with_house)["same"] is True
    assert "pack northlight" in whats(found("house.json"))
    assert "pack northlight" in whats(found("plain.json", *with_house))
    packs = json.loads((tmp_path / "house.json").read_text())["predicate"]["configuration"]
    assert [each["name"] for each in packs] == [
        "gonogo", "eo-14409", "northlight", "profiles.yaml",
    ]  # fmt: skip


def _claims(data: Any) -> Any:
    return data["predicate"]["configuration"][0]["annotations"]


FORGED: dict[str, tuple[Callable[[Any], object], set[str]]] = {
    "verdict": (
        lambda data: _claims(data).update(verdict="GO"),
        {"verdict", "predicate.result"},
    ),
    "result": (lambda data: data["predicate"].update(result="PASSED"), {"predicate.result"}),
    "failed-tests": (
        lambda data: data["predicate"].update(failedTests=[]),
        {"predicate.failedTests"},
    ),
    "outcome": (
        lambda data: _claims(data)["rules"]["eo-14409/review-window-held"].update(outcome="pass"),
        {"rule eo-14409/review-window-held", "predicate.failedTests", "predicate.passedTests"},
    ),
    "rule-left-out": (
        lambda data: _claims(data)["rules"].pop("eo-14409/review-window-held"),
        {"rule eo-14409/review-window-held"},
    ),
    "subject-added": (
        lambda data: data["subject"].append(
            {
                "name": "weights.safetensors",
                "digest": {"sha256": "0" * 64},
                "annotations": {"kind": "weights"},
            }
        ),
        {"weights weights.safetensors"},
    ),
    "pack-left-out": (
        lambda data: data["predicate"]["configuration"].pop(1),
        {"pack eo-14409"},
    ),
    "instant": (
        lambda data: _claims(data).update(instant="2026-10-30T00:00:00Z"),
        {"as-of instant"},
    ),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_statement_does_not_hold(desk: Path, forgery: str) -> None:
    """Without a key, so that the forgery is found by recomputing alone."""
    shutil.copy(NO_GO, desk / "release.yaml")
    attest(desk, "s.json")
    data = json.loads((desk / "s.json").read_text())
    change, expected = FORGED[forgery]
    change(data)
    (desk / "s.json").write_text(json.dumps(data))

    result = verified(desk, "s.json")

    assert result["same"] is False
    assert expected <= whats(result)


def test_another_version_of_the_tool_is_only_a_note(desk: Path) -> None:
    attest(desk, "plain.json")
    text = (desk / "plain.json").read_text()
    version = _claims(json.loads(text))["version"]
    (desk / "plain.json").write_text(
        text.replace(f'"version": "{version}"', '"version": "0.0.1"').replace(
            f"gonogo@{version}", "gonogo@0.0.1"
        )
    )

    result = verified(desk, "plain.json")

    assert result["same"] is True
    assert result["notes"] == [f"made by gonogo 0.0.1, verified by {version}"]


def test_a_note_beside_differences(desk: Path) -> None:
    attest(desk, "plain.json")
    edit(desk / "plain.json", '"verdict": "GO"', '"verdict": "NO-GO"')

    assert "verdict" in whats(verified(desk, "plain.json"))


UNUSABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not valid JSON"),
    "text": (b"GO\n", "not valid JSON"),
    "yaml": (b"manifest: gonogo/1\n", "not valid JSON"),
    "list": (b"[]", "is not a JSON object"),
    "report": (b'{"report": "gonogo/1", "verdict": "GO"}', "`_type` is missing"),
    "half": (b'{"_type": "https://in-toto.io/Statement/v1", "subj', "not valid JSON"),
    "twice": (b'{"_type": "a", "_type": "b"}', "is written twice"),
    "deep": (b"[" * 60_000, "levels deep"),
    "latin-1": ('{"a": "ü"}'.encode("latin-1"), "is not UTF-8"),
    "huge": (b'{"a": "' + b"x" * (1 << 20) + b'"}', "has more than 1,048,576 bytes"),
    "nan": (b'{"_type": NaN}', "is not a JSON value"),
    "no-signatures": (
        b'{"payload": "", "payloadType": "application/vnd.in-toto+json", "signatures": []}',
        "is not a list of 1 to 16 signatures",
    ),
    "not-base64": (
        b'{"payload": "%%", "payloadType": "application/vnd.in-toto+json",'
        b' "signatures": [{"sig": ""}]}',
        "`payload` is not base64",
    ),
    "payload-number": (b'{"payload": 1, "payloadType": "application/vnd.in-toto+json",'
        b' "signatures": [{"sig": ""}]}', "`payload` is not a text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_statement_is_exit_2(desk: Path, kind: str) -> None:
    data, words = UNUSABLE[kind]
    (desk / "t.json").write_bytes(data)

    run = verify(desk, "t.json", "--format", "json")

    result = json.loads(run.stdout)
    assert (run.returncode, result["same"]) == (2, None)
    assert result["errors"][0]["file"] == "t.json"
    assert run.stderr.startswith("t.json")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_a_fifo_a_folder_and_nothing_are_exit_2(desk: Path) -> None:
    os.mkfifo(desk / "fifo")
    for name, words in (
        ("fifo", "is not a regular file"),
        ("policies", "is a folder"),
        ("missing.json", "there is no such file"),
    ):
        run = verify(desk, name)
        assert (run.returncode, run.stdout) == (2, "")
        assert words in run.stderr


@pytest.mark.parametrize("name", ["../release.yaml", "/etc/passwd", "a/../../b", "..\\x", "-"])
def test_a_statement_does_not_send_the_reader_elsewhere(desk: Path, name: str) -> None:
    """Only files at or below its own folder are read on its word."""
    attest(desk, "plain.json")
    data = json.loads((desk / "plain.json").read_text())
    data["subject"][0]["name"] = name
    (desk / "plain.json").write_text(json.dumps(data))

    run = verify(desk, "plain.json")

    assert (run.returncode, run.stdout) == (2, "")
    assert "does not lie beside it" in run.stderr
    assert "--manifest PATH" in run.stderr
    assert verify(desk, "plain.json", "--manifest", "release.yaml").returncode == 0


def test_the_manifest_is_found_from_another_folder(desk: Path) -> None:
    run = gonogo("verify", desk / "s.json", "--policies", desk / "policies")

    assert run.returncode == 0


def test_a_statement_on_standard_input(desk: Path) -> None:
    text = (desk / "s.json").read_text()
    arguments = ("verify", "-", "--key", "key.public.pem", *POLICIES)

    assert gonogo(*arguments, stdin=text, cwd=desk).returncode == 0


def test_a_manifest_that_is_gone_or_broken_is_exit_2(desk: Path) -> None:
    (desk / "release.yaml").write_text("manifest: gonogo/1\n")
    assert verify(desk, "s.json").returncode == 2
    (desk / "release.yaml").unlink()
    run = verify(desk, "s.json")
    assert run.returncode == 2
    assert "release.yaml: there is no such file" in run.stderr


def test_a_broken_pack_is_exit_2(desk: Path) -> None:
    edit(desk / "policies/eo-14409/pack.yaml", "pack:", "pck:")

    assert verify(desk, "s.json").returncode == 2


def test_hostile_text_of_a_statement_stays_text(desk: Path) -> None:
    """A verdict that would write a workflow command, colours and a second line."""
    attest(desk, "plain.json")
    data = json.loads((desk / "plain.json").read_text())
    _claims(data)["verdict"] = "GO\n::error::x\x1b[31m\u202e##[command]"
    (desk / "plain.json").write_text(json.dumps(data))

    run = verify(desk, "plain.json")
    as_json = verify(desk, "plain.json", "--format", "json")

    assert run.returncode == 1
    for said in (run.stdout, as_json.stdout):
        assert not any(line.lstrip().startswith("::") for line in said.splitlines())
        assert not {"\x1b", "\u202e"} & set(said)
        assert "##" not in said


@pytest.mark.parametrize("kind", ["private", "rsa", "garbage", "missing"])
def test_a_key_that_cannot_check_is_exit_2(desk: Path, kind: str) -> None:
    rsa_pair(desk)
    (desk / "garbage.pem").write_text("-----BEGIN PUBLIC KEY-----\n%%\n-----END PUBLIC KEY-----\n")
    name, words = {
        "private": ("key.pem", "is a private key"),
        "rsa": ("rsa.public.pem", "is not an Ed25519 key"),
        "garbage": ("garbage.pem", "is not a public key in PEM"),
        "missing": ("missing.pem", "there is no such file"),
    }[kind]

    run = verify(desk, "s.json", "--key", name)

    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_the_waivers_are_pinned(tmp_path: Path) -> None:
    """Another file of waivers, or none, is found; the same one is the same verdict."""
    shutil.copytree(ROOT / "examples/waiver", tmp_path, dirs_exist_ok=True)
    given = ("--waivers", "waivers.yaml")
    made = gonogo(
        "attest", "release.yaml", "--as-of", "2026-11-23", *given, "--output", "s.json",
        cwd=tmp_path,
    )  # fmt: skip

    def differing(*arguments: str) -> tuple[int, set[str]]:
        run = gonogo("verify", "s.json", "--format", "json", *arguments, cwd=tmp_path)
        return run.returncode, whats(json.loads(run.stdout))

    rule = "rule eo-14409/review-window-held"
    said = gonogo("verify", "s.json", *given, cwd=tmp_path).stdout
    assert "under standard. Waived: eo-14409/review-window-held." in said
    assert "Waived: eo-14409/review-window-held." in made.stdout
    assert "--waivers FILE" in gonogo("verify", "s.json", cwd=tmp_path).stdout
    assert made.returncode == 0
    assert differing(*given) == (0, set())
    assert differing() == (1, {"verdict", "waivers waivers", rule})
    edit(tmp_path / "waivers.yaml", "until: 2026-11-30", "until: 2026-11-29")
    assert differing(*given) == (1, {"waivers waivers"})

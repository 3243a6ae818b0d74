"""`gonogo attest`: statements that other tools read, and signatures that other tools check."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf.json_format import ParseDict
from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import (
    TestResult as ResultMessage,
)
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

import gonogo as package
from conftest import ROOT
from keys import key_pair, locked, rsa_pair
from test_cli import GO, NO_GO, OPEN, SHORTEST, gonogo

AS_OF = ("--as-of", "2026-10-05")
PREDICATES = ("test-result", "vsa")

# SLSA's own page is the only schema there is: https://slsa.dev/spec/v1.0/verification_summary.
# The Protobuf of in-toto-attestation 0.9.3 has `verifiedLevels` as one string, which is wrong.
_SUMMARY = {
    "type": "object",
    "required": [
        "verifier", "timeVerified", "resourceUri", "policy", "verificationResult", "verifiedLevels",
    ],
    "properties": {
        "verifier": {
            "required": ["id"],
            "properties": {"id": {"type": "string", "pattern": "^https://"}},
        },
        "timeVerified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "resourceUri": {"type": "string", "pattern": "^pkg:"},
        "policy": {
            "required": ["uri", "digest"],
            "properties": {
                "uri": {"type": "string"},
                "digest": {"additionalProperties": {"type": "string"}, "minProperties": 1},
            },
        },
        "verificationResult": {"enum": ["PASSED", "FAILED"]},
        "verifiedLevels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    },
}  # fmt: skip


def attested(*arguments: str | Path, cwd: Path = ROOT, stdin: str = "") -> Any:
    return json.loads(gonogo("attest", *arguments, cwd=cwd, stdin=stdin).stdout)


def test_the_statement_holds_what_check_says() -> None:
    """Digests, profile, time, version, verdict and outcomes, all as in the JSON report."""
    report = json.loads(gonogo("check", NO_GO, *AS_OF, "--format", "json").stdout)
    predicate = attested(NO_GO, *AS_OF)["predicate"]

    tool, pack, profiles = predicate["configuration"]
    notes = tool["annotations"]
    assert (notes["verdict"], notes["profile"]) == ("NO-GO", "standard")
    assert (notes["as_of"], notes["version"]) == ("2026-10-05", package.__version__)
    assert notes["instant"] == "2026-10-06T03:59:59Z"  # the end of the day in New York
    assert pack["digest"] == {"sha256": report["packs"][0]["sha256"]}
    assert pack["annotations"]["version"] == report["packs"][0]["version"]
    file = (ROOT / "policies/profiles.yaml").read_bytes()
    assert profiles["digest"] == {"sha256": hashlib.sha256(file).hexdigest()}
    said = {f["rule"]: (f["effect"], f["outcome"]) for f in report["findings"]}
    assert {r: (e["effect"], e["outcome"]) for r, e in notes["rules"].items()} == said
    blocked = [rule for rule, state in said.items() if state in (("block", "fail"),)]
    assert blocked
    assert predicate["failedTests"] == blocked


def test_subjects_are_the_manifest_and_its_evidence(tmp_path: Path) -> None:
    """With the digests that `sha256sum` gives, and paths as seen from the statement."""
    shutil.copytree(GO.parent, tmp_path / "releases")
    gonogo("attest", "releases/release.yaml", *AS_OF, "--output", "s.json", cwd=tmp_path)
    manifest, receipt = json.loads((tmp_path / "s.json").read_text())["subject"]

    digest = hashlib.sha256(GO.read_bytes()).hexdigest()
    assert manifest["name"] == "releases/release.yaml"
    assert manifest["digest"] == {"sha256": digest}
    written = [line.strip() for line in GO.read_text().splitlines()]
    assert f'sha256: "{receipt["digest"]["sha256"]}"' in written
    assert f"path: {receipt['name'].removeprefix('releases/')}" in written


def test_names_are_relative_to_the_statement(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "release.yaml").write_text(SHORTEST)
    gonogo("attest", "release.yaml", *AS_OF, "--output", "out/s.json", cwd=tmp_path)

    assert json.loads((tmp_path / "out/s.json").read_text())["subject"][0]["name"] == (
        "../release.yaml"
    )
    assert attested("./release.yaml", cwd=tmp_path)["subject"][0]["name"] == "release.yaml"
    assert attested("-", stdin=SHORTEST)["subject"][0]["name"] == "-"


@pytest.mark.parametrize("predicate", PREDICATES)
@pytest.mark.parametrize(("manifest", "code"), [(GO, 0), (NO_GO, 1), (OPEN, 3)])
def test_the_exit_code_is_that_of_check(manifest: Path, code: int, predicate: str) -> None:
    assert gonogo("check", manifest, *AS_OF).returncode == code
    assert gonogo("attest", manifest, *AS_OF, "--predicate", predicate).returncode == code


@pytest.mark.parametrize("predicate", PREDICATES)
def test_undetermined_has_failed(predicate: str) -> None:
    data = attested(OPEN, *AS_OF, "--predicate", predicate)["predicate"]

    assert data.get("result", data.get("verificationResult")) == "FAILED"


@pytest.mark.parametrize("predicate", PREDICATES)
def test_equal_inputs_give_equal_bytes(tmp_path: Path, predicate: str) -> None:
    """Whatever the hash seed, the locale, the zone and the folder of the output."""
    private, _ = key_pair(tmp_path)
    written = []
    for number, zone in enumerate(("UTC", "Asia/Tokyo")):
        path = tmp_path / f"{number}.json"
        gonogo(
            "attest", GO, *AS_OF, "--predicate", predicate, "--output", path, "--sign-key", private,
            PYTHONHASHSEED=str(number), TZ=zone, LC_ALL="C",
        )  # fmt: skip
        written.append(path.read_bytes())

    assert written[0] == written[1]


@pytest.mark.parametrize("predicate", PREDICATES)
def test_in_toto_reads_it(predicate: str) -> None:
    """With in-toto's own library, which knows the formats from Protobuf."""
    for manifest in (GO, NO_GO, OPEN):
        data = attested(manifest, *AS_OF, "--predicate", predicate)
        message = ParseDict(data, StatementMessage())
        Statement.copy_from_pb(message).validate()
        if predicate == "test-result":
            ParseDict(data["predicate"], ResultMessage())
        else:
            jsonschema.validate(data["predicate"], _SUMMARY)


@pytest.mark.parametrize("predicate", PREDICATES)
def test_a_signature_that_others_check(tmp_path: Path, predicate: str) -> None:
    """The pre-authentication encoding is built here from DSSE's protocol.md, not by our library."""
    private, public = key_pair(tmp_path)
    out = tmp_path / "s.json"
    gonogo("attest", GO, *AS_OF, "--predicate", predicate, "--output", out, "--sign-key", private)
    envelope = json.loads(out.read_text())
    kind, payload = envelope["payloadType"], base64.b64decode(envelope["payload"])
    encoded = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
    signature = base64.b64decode(envelope["signatures"][0]["sig"])

    assert kind == "application/vnd.in-toto+json"
    key = load_pem_public_key(public.read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    key.verify(signature, encoded)
    expected = attested(GO, *AS_OF, "--predicate", predicate)
    found = json.loads(payload)
    assert found["predicate"] == expected["predicate"]


def _unusable_keys(folder: Path) -> dict[str, tuple[Path, str]]:
    private, public = key_pair(folder)
    encrypted, rsa, garbage = (folder / f"{n}.pem" for n in ("encrypted", "rsa", "garbage"))
    encrypted.write_bytes(locked(private, b"four"))
    rsa_pair(folder)
    garbage.write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
    os.mkfifo(folder / "fifo.pem")
    return {
        "encrypted": (encrypted, "is an encrypted key"),
        "rsa": (rsa, "is not an Ed25519 key"),
        "public": (public, "is a public key"),
        "garbage": (garbage, "is not a private key in PEM"),
        "missing": (folder / "missing.pem", "there is no such file"),
        "fifo": (folder / "fifo.pem", "is not a regular file"),
        "folder": (folder, "is a folder"),
    }


@pytest.mark.parametrize(
    "kind", ["encrypted", "rsa", "public", "garbage", "missing", "fifo", "folder"]
)
def test_a_key_that_cannot_sign_is_exit_2(tmp_path: Path, kind: str) -> None:
    """Nothing is written, and nothing of the key is said."""
    key, words = _unusable_keys(tmp_path)[kind]
    out = tmp_path / "s.json"

    run = gonogo("attest", GO, *AS_OF, "--output", out, "--sign-key", key)

    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert "c2VjcmV0" not in run.stderr
    assert not out.exists()


def test_without_the_library_the_way_to_it_is_named(tmp_path: Path) -> None:
    """A real environment of everything else: all packages of this one but securesystemslib."""
    private, public = key_pair(tmp_path)
    site = tmp_path / "site"
    site.mkdir()
    for folder in (Path(path) for path in sys.path if path.endswith("site-packages")):
        for each in folder.iterdir():
            if not each.name.startswith("securesystemslib") and not (site / each.name).exists():
                (site / each.name).symlink_to(each)
    source = Path(package.__file__).parents[1]
    env = {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{site}"}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-S", "-m", "gonogo", *map(str, arguments)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    statement = tmp_path / "s.json"
    assert run("attest", GO, *AS_OF, "--output", statement).returncode == 0
    for option, refused in (
        ("--sign-key", run("attest", GO, *AS_OF, "--sign-key", private)),
        ("--key", run("verify", statement, "--manifest", GO, "--key", public)),
        ("--pack-key", run("check", GO, *AS_OF, "--pack-key", public)),
    ):
        assert refused.returncode == 2
        assert refused.stdout == ""
        assert refused.stderr.startswith(f"{option}: signatures need the securesystemslib library")
        assert "pip install '.[sign]'" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert run("verify", statement, "--manifest", GO).returncode == 0


def test_a_refused_manifest_has_no_statement(tmp_path: Path) -> None:
    out = tmp_path / "s.json"

    run = gonogo("attest", "-", "--output", out, stdin="manifest: gonogo/1\n")

    assert run.returncode == 2
    assert run.stdout == ""
    assert not out.exists()


@pytest.mark.parametrize("other", ["release.yaml", "key.pem"])
def test_what_is_read_is_not_overwritten(tmp_path: Path, other: str) -> None:
    (tmp_path / "release.yaml").write_text(SHORTEST)
    key_pair(tmp_path)
    before = (tmp_path / other).read_bytes()

    run = gonogo("attest", "release.yaml", "--sign-key", "key.pem", "--output", other, cwd=tmp_path)

    assert run.returncode == 2
    assert "would be overwritten" in run.stderr
    assert (tmp_path / other).read_bytes() == before


def test_a_statement_that_verify_would_not_read_is_not_written(tmp_path: Path) -> None:
    """Two hundred files of evidence, with long names in letters that JSON writes as twelve."""
    folder = "/".join(["\U0001d538" * 60] * 8)
    (tmp_path / folder).mkdir(parents=True)
    for n in range(200):
        (tmp_path / folder / str(n)).touch()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    items = "".join(
        f'  - {{id: e{n}, kind: other, path: "{folder}/{n}", sha256: {empty}}}\n'
        for n in range(200)
    )
    (tmp_path / "release.yaml").write_text(f"{SHORTEST}evidence:\n{items}", "utf-8")

    run = gonogo("attest", "release.yaml", *AS_OF, cwd=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert "more than 1,048,576 bytes" in run.stderr


def test_the_file_says_where_it_is(tmp_path: Path) -> None:
    run = gonogo("attest", NO_GO, *AS_OF, "--output", "s.json", cwd=tmp_path)

    assert run.stdout == f"NO-GO  {NO_GO}\nThe statement is in s.json, not signed.\n"

"""`gonogo policy sign` and `--pack-key`: what a key did not sign is refused."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from keys import key_pair
from test_cli import GO, gonogo

AS_OF = ("--as-of", "2026-09-30")
SIGNED = "policies/packs.intoto.json"
KEY = ("--policies", "policies", "--pack-key", "key.public.pem")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped packs and a house pack on top of them, signed."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(ROOT / "policies", folder / "policies")
    shutil.copytree(ROOT / "examples/house-pack/policies", folder / "policies", dirs_exist_ok=True)
    shutil.copytree(ROOT / "examples/house-pack", folder, dirs_exist_ok=True)
    key_pair(folder)
    run = sign(folder)
    assert run.stdout == "signed eo-14409\nsigned northlight\nsigned profiles.yaml\n"
    return folder


def sign(folder: Path, key: str = "key.pem") -> subprocess.CompletedProcess[str]:
    arguments = ("--policies", "policies", "--sign-key", key, "--output", SIGNED)
    return gonogo("policy", "sign", *arguments, cwd=folder)


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def check(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return gonogo("check", "release.yaml", *AS_OF, *(arguments or KEY), cwd=desk)


def test_signed_packs_are_used_as_any_others(desk: Path) -> None:
    plain = check(desk, "--policies", "policies")
    signed = check(desk)

    assert plain.returncode in (0, 1, 3)
    assert (signed.returncode, signed.stdout) == (plain.returncode, plain.stdout)


@pytest.mark.parametrize("command", ["plan", "attest"])
def test_other_commands_ask_for_the_signature_too(desk: Path, command: str) -> None:
    plain = gonogo(command, "release.yaml", *AS_OF, "--policies", "policies", cwd=desk)
    assert gonogo(command, "release.yaml", *AS_OF, *KEY, cwd=desk).stdout == plain.stdout
    (desk / SIGNED).unlink()

    run = gonogo(command, "release.yaml", *AS_OF, *KEY, cwd=desk)

    assert (run.returncode, run.stdout) == (2, "")


def test_verify_asks_for_the_signature_too(desk: Path) -> None:
    gonogo(
        "attest", "release.yaml", *AS_OF, "--policies", "policies", "--output", "s.json", cwd=desk
    )
    arguments = ("verify", "s.json", "--policies", "policies", "--pack-key")
    key_pair(desk, "other")

    assert gonogo(*arguments, "key.public.pem", cwd=desk).returncode == 0
    assert gonogo(*arguments, "other.public.pem", cwd=desk).returncode == 2


def _edit(name: str) -> Callable[[Path], None]:
    def change(desk: Path) -> None:
        path = desk / "policies" / name
        path.write_text(path.read_text() + "# a comment\n")

    return change


def _unsign(desk: Path) -> None:
    (desk / SIGNED).unlink()


def _sign_by_another(desk: Path) -> None:
    key_pair(desk, "other")
    assert sign(desk, "other.pem").returncode == 0


def _strip(desk: Path) -> None:
    """The statement itself, without its envelope."""
    import base64

    envelope = json.loads((desk / SIGNED).read_text())
    (desk / SIGNED).write_bytes(base64.b64decode(envelope["payload"]))


def _other_statement(desk: Path) -> None:
    """A verdict signed by the same key is no signature of packs."""
    arguments = ("--policies", "policies", "--sign-key", "key.pem", "--output", SIGNED)
    gonogo("attest", "release.yaml", *AS_OF, *arguments, cwd=desk)


def _hide_the_house_pack(desk: Path) -> None:
    """Without it the shipped rules alone would decide, from a folder without a signature."""
    shutil.rmtree(desk / "policies")
    (desk / "policies").mkdir()
    shutil.copy(ROOT / "policies/profiles.yaml", desk / "policies")


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "rule": (_edit("northlight/rules/red-team.yaml"), "no signature covers `northlight`"),
    "parent": (_edit("eo-14409/pack.yaml"), "no signature covers `eo-14409`"),
    "register": (_edit("eo-14409/registers/directives.yaml"), "no signature covers `eo-14409`"),
    "profiles": (_edit("profiles.yaml"), "no signature covers `profiles.yaml`"),
    "unsigned": (_unsign, "no signature covers `northlight`"),
    "another-key": (_sign_by_another, "is not signed by the key in key.public.pem"),
    "no-envelope": (_strip, "is not signed by the key in key.public.pem"),
    "other-statement": (_other_statement, "is not a statement on packs"),
    "hidden": (_hide_the_house_pack, "no signature covers `eo-14409`"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_the_key_did_not_sign_is_refused(desk: Path, kind: str) -> None:
    change, words = REFUSED[kind]
    change(desk)

    run = check(desk)

    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_shipped_packs_need_a_signature_as_well(desk: Path) -> None:
    """They could have been changed where they are installed."""
    run = gonogo("check", GO, "--pack-key", desk / "key.public.pem")

    assert run.returncode == 2
    assert "no signature covers `eo-14409`" in run.stderr


def test_shipped_packs_can_be_signed(desk: Path) -> None:
    """From anywhere: the signature lies in a folder with nothing else but profiles."""
    keeper = desk / "keeper"
    keeper.mkdir()
    shutil.copy(ROOT / "policies/profiles.yaml", keeper)
    arguments = ("--sign-key", "key.pem", "--output", "keeper/packs.intoto.json")
    assert gonogo("policy", "sign", "eo-14409", *arguments, cwd=desk).returncode == 0

    run = gonogo(
        "check", GO, *AS_OF, "--policies", "keeper", "--pack-key", "key.public.pem", cwd=desk
    )

    assert run.returncode == 0


def test_a_signature_after_a_change_covers_it(desk: Path) -> None:
    _edit("eo-14409/pack.yaml")(desk)
    assert check(desk).returncode == 2
    sign(desk)

    assert check(desk).returncode in (0, 1, 3)


def test_a_key_that_cannot_sign_writes_nothing(desk: Path) -> None:
    before = (desk / SIGNED).read_bytes()

    run = sign(desk, "key.public.pem")

    assert run.returncode == 2
    assert "is a public key" in run.stderr
    assert (desk / SIGNED).read_bytes() == before

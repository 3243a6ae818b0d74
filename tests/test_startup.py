"""A run imports only what it needs. (How long that takes is measured in tests/bench.)"""

import subprocess
import sys

import pytest

from conftest import ROOT

GO = str(ROOT / "examples/northlight-go/release.yaml")


def _modules(script: str, data: str = "") -> set[str]:
    """The modules that a script has imported when it ends."""
    body = "\n".join(f"    {line}" for line in script.splitlines())
    code = (
        f"import sys\ntry:\n{body}\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=data, capture_output=True, text=True, check=True
    )
    return set(run.stderr.split())


def _imported(*arguments: str, data: str = "") -> set[str]:
    """The modules of a run of gonogo."""
    start = f"sys.argv = ['gonogo', *{list(arguments)!r}]\nfrom gonogo.cli import run\nrun()"
    return _modules(start, data)


# What Typer takes for itself in the smallest app; 0.29 takes pydantic, and with it much else.
TYPERS_OWN = _modules(
    "sys.argv = ['x', 'y']\nimport typer\napp = typer.Typer()\n"
    "@app.command()\ndef main(x: str) -> None: pass\napp()"
)


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl"])
def test_a_valid_manifest_needs_no_jsonschema_and_no_rich(output_format: str) -> None:
    modules = _imported("check", GO, "--as-of", "2026-09-30", "--format", output_format)

    assert "gonogo.engine.judge" in modules
    for heavy in ("jsonschema", "importlib.metadata", "rich", "difflib", "jinja2"):
        assert heavy not in modules - TYPERS_OWN, heavy


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl"])
def test_a_check_writes_no_document(output_format: str) -> None:
    """Of what writes pages for rule authors, a check needs nothing."""
    modules = _imported("check", GO, "--as-of", "2026-09-30", "--format", output_format)

    unwanted = ("gonogo.documents", "gonogo.explaining", "gonogo.authoring", "gonogo.workbench")
    assert not any(name.startswith(unwanted) for name in modules)


def test_a_check_makes_no_statement_and_no_digest() -> None:
    """Of what signs and pins, a check needs nothing, and as text it makes no SHA-256."""
    modules = _imported("check", GO, "--as-of", "2026-09-30")

    for other in (
        "gonogo.attestation", "gonogo.attester", "gonogo.verifier", "gonogo.signing",
        "gonogo.pinning", "securesystemslib", "cryptography", "hashlib",
    ):  # fmt: skip
        assert other not in modules - TYPERS_OWN, other


def test_an_explanation_needs_no_engine() -> None:
    modules = _imported("explain", "eo-14409")

    assert "gonogo.explaining.pack_page" in modules
    for other in ("gonogo.engine", "gonogo.search", "gonogo.reporting", "gonogo.render"):
        assert other not in modules, other


def test_an_invalid_manifest_is_shown_to_jsonschema() -> None:
    """jsonschema is the authority on what is left to say of a refused manifest."""
    modules = _imported("check", "-", data="manifest: gonogo/1\nmodel: {}\n")

    assert "jsonschema" in modules


def test_the_network_is_never_needed() -> None:
    modules = _imported("check", GO, "--as-of", "2026-09-30")

    assert "http.client" not in modules - TYPERS_OWN

"""Ed25519 keys for tests, made by OpenSSL as the README says."""

import subprocess
from pathlib import Path


def key_pair(folder: Path, name: str = "key") -> tuple[Path, Path]:
    """A private and a public key in PEM files."""
    private, public = folder / f"{name}.pem", folder / f"{name}.public.pem"
    openssl("genpkey", "-algorithm", "ed25519", "-out", private)
    openssl("pkey", "-in", private, "-pubout", "-out", public)
    return private, public


def openssl(*arguments: str | Path) -> str:
    run = subprocess.run(
        ["openssl", *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return run.stdout

"""Keys for tests, in the PEM files that `openssl genpkey` writes too."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Private = Ed25519PrivateKey | rsa.RSAPrivateKey


def key_pair(folder: Path, name: str = "key") -> tuple[Path, Path]:
    """A private and a public Ed25519 key."""
    return _written(Ed25519PrivateKey.generate(), folder, name)


def rsa_pair(folder: Path, name: str = "rsa") -> tuple[Path, Path]:
    """A private and a public RSA key, which cannot be used."""
    return _written(rsa.generate_private_key(65537, 2048), folder, name)


def locked(private: Path, password: bytes) -> bytes:
    """The same private key, encrypted."""
    key = serialization.load_pem_private_key(private.read_bytes(), None)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password),
    )


def _written(key: Private, folder: Path, name: str) -> tuple[Path, Path]:
    private, public = folder / f"{name}.pem", folder / f"{name}.public.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return private, public

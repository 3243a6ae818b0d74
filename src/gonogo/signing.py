"""Ed25519 signatures over statements, through securesystemslib: the extra `sign`."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

from gonogo.attestation.envelope import PAYLOAD_TYPE, Envelope
from gonogo.diagnostics import InputError, Problem, Span
from gonogo.library import read_file

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, SSlibKey

_MAKE = "make one with `openssl genpkey -algorithm ed25519 -out KEY.pem`"
_PUBLIC = "`openssl pkey -in KEY.pem -pubout -out PUBLIC.pem` writes it"


def private_key(path: str) -> "CryptoSigner":
    """The private key in a PEM file. Raises InputError, which never says what is in the file."""
    _need_library("--sign-key")
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    data = read_file(path)
    if b"PUBLIC KEY-----" in data:
        _refuse(path, "is a public key", "name the private key that belongs to it")
    try:
        key = load_pem_private_key(data, None)
    except TypeError:
        _refuse(path, "is an encrypted key", "`openssl pkey -in KEY.pem` writes it decrypted")
    except (ValueError, UnsupportedAlgorithm):
        _refuse(path, "is not a private key in PEM", _MAKE)
    if not isinstance(key, Ed25519PrivateKey):
        _refuse(path, "is not an Ed25519 key", _MAKE)
    return CryptoSigner(key)


def public_key(path: str, option: str) -> "SSlibKey":
    """The public key in a PEM file that an option names. Raises InputError."""
    _need_library(option)
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.signer import SSlibKey

    data = read_file(path)
    if b"PRIVATE KEY-----" in data:
        _refuse(path, "is a private key, which belongs to the signer alone", _PUBLIC)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        _refuse(path, "is not a public key in PEM", _PUBLIC)
    if not isinstance(key, Ed25519PublicKey):
        _refuse(path, "is not an Ed25519 key", _PUBLIC)
    return SSlibKey.from_crypto(key)


def signed(payload: bytes, signer: "CryptoSigner") -> dict[str, object]:
    """A DSSE envelope around a statement, as JSON data."""
    from securesystemslib.dsse import Envelope as Signing

    envelope = Signing(payload, PAYLOAD_TYPE, {})
    envelope.sign(signer)
    data: dict[str, object] = envelope.to_dict()
    return data


def is_signed_by(envelope: Envelope, key: "SSlibKey") -> bool:
    """Is one of the signatures by this key? Key ids are not asked: only the signature counts."""
    from securesystemslib.dsse import Envelope as Signing
    from securesystemslib.exceptions import UnverifiedSignatureError
    from securesystemslib.signer import Signature

    said = Signing(envelope.payload, PAYLOAD_TYPE, {}).pae()
    for signature in envelope.signatures:
        try:
            key.verify_signature(Signature(key.keyid, signature.hex()), said)
        except UnverifiedSignatureError:
            continue
        return True
    return False


def _need_library(option: str) -> None:
    if find_spec("securesystemslib") is None or find_spec("cryptography") is None:
        text = "signatures need the securesystemslib library, which is not installed"
        help = "in the folder of gonogo's sources: pip install '.[sign]'"
        raise InputError([Problem(Span(option), text, help)])


def _refuse(path: str, text: str, help: str) -> NoReturn:
    raise InputError([Problem(Span(path), text, help)]) from None

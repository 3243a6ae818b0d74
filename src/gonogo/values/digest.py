"""SHA-256 digests, made when they are asked for: most runs print none."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # no run has to make a protocol
    from typing import Protocol

    class Hash(Protocol):
        """What takes bytes in pieces and gives their digest."""

        def update(self, data: bytes, /) -> None: ...

        def hexdigest(self) -> str: ...


class FileDigest(NamedTuple):
    """The digest of one file's bytes."""

    data: bytes

    def __str__(self) -> str:
        return _sha256(self.data)


class FolderDigest(NamedTuple):
    """The digest of a folder: of its sorted `<sha256>  <relative path>` lines."""

    files: tuple[tuple[str, bytes], ...]

    def __str__(self) -> str:
        lines = sorted(f"{_sha256(data)}  {path}\n" for path, data in self.files)
        return _sha256("".join(lines).encode())


def _sha256(data: bytes) -> str:
    made = new_sha256()
    made.update(data)
    return made.hexdigest()


def new_sha256() -> "Hash":
    """Python's own SHA-256, which is there at once; OpenSSL takes longer to load than a manifest
    to check.
    """
    return _maker()()


@cache
def _maker() -> "Callable[[], Hash]":
    for name in ("_sha256", "_sha2"):  # as CPython calls it up to 3.11, and since 3.12
        try:
            made: Callable[[], Hash] = import_module(name).sha256
        except ImportError:
            continue
        return made
    from hashlib import sha256  # another Python

    return sha256

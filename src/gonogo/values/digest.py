"""SHA-256 digests, made when they are asked for: most runs print none."""

from typing import NamedTuple


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
    import hashlib  # OpenSSL takes longer to load than a manifest to check

    return hashlib.sha256(data).hexdigest()

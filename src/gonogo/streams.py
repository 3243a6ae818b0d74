"""Standard output and standard error as streams that never raise.

Whoever writes to them, Typer with its help and Python with a traceback included, must not end the
run by it: Python's own code for that is 1, which reads as NO-GO. What standard output could not
take is remembered, so that the run ends as no verdict; what standard error could not take is
dropped, because the exit code says as much.
"""

import errno
import io
import os
import sys
from typing import Any, TextIO


class Stream(io.RawIOBase):
    """Bytes on their way to where a standard stream leads; ``error`` is why some did not arrive.

    A reader that has gone away is no error: it has seen what it wanted. A stream that was closed
    before the start, which Python then does not have at all, takes nothing.
    """

    def __init__(self, stream: TextIO | None) -> None:
        buffer = getattr(stream, "buffer", None)
        self.raw = getattr(buffer, "raw", buffer)  # unbuffered, as with `python -u`, it has none
        self.error: OSError | None = None

    def write(self, data: Any, /) -> int:
        """All is taken, whatever becomes of it."""
        size = len(data)
        if self.error is None:
            try:
                return self._written(data)
            except BrokenPipeError:
                pass
            except OSError as error:
                self.error = error
        return size

    def _written(self, data: Any) -> int:
        if self.raw is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        written: int | None = self.raw.write(data)
        if written is None:  # full, and nobody may wait for it
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return written

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.raw is not None and bool(self.raw.isatty())

    def fileno(self) -> int:
        if self.raw is None:
            return super().fileno()  # raises, as of a stream that leads nowhere
        return int(self.raw.fileno())


def guard() -> Stream:
    """Put such streams in the place of Python's. Returns that of standard output."""
    out, err = Stream(sys.stdout), Stream(sys.stderr)
    sys.stdout, sys.stderr = _text(out), _text(err)
    return out


def _text(stream: Stream) -> TextIO:
    """UTF-8 whatever the locale; line by line, so that both streams keep their order."""
    return io.TextIOWrapper(
        io.BufferedWriter(stream), "utf-8", "backslashreplace", newline="\n", line_buffering=True
    )

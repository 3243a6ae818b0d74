"""Writing to the terminal, to pipes, to standard error and to files.

Whoever writes to the standard streams, Typer with its help and Python with a traceback included,
must not end the run by it: Python's own code for that is 1, which reads as NO-GO. What standard
output could not take is remembered, so that the run ends as no verdict; what standard error could
not take is dropped, because the exit code says as much.
"""

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from gonogo.lines import Line, Role

if TYPE_CHECKING:
    from pathlib import Path

    from gonogo.diagnostics import InputError
    from gonogo.documents.blocks import Document

Thing = TypeVar("Thing")
_STYLES = {
    Role.PLAIN: "",
    Role.GO: "bold green",
    Role.NO_GO: "bold red",
    Role.OPEN: "bold magenta",
    Role.STRONG: "bold",
    Role.MUTED: "dim",
}
_WIDEST = 110
_OPEN_FILES = ("/dev/std", "/dev/fd/", "/proc/")  # what is open already is never replaced


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


def write(text: str) -> None:
    """Text to standard output."""
    sys.stdout.write(text)
    sys.stdout.flush()


def complain(text: str) -> None:
    """Text to standard error."""
    sys.stderr.write(text)
    sys.stderr.flush()


def is_terminal() -> bool:
    return sys.stdout.isatty()


def errors_on_terminal() -> bool:
    return sys.stderr.isatty()


def with_progress(each: Sequence[Thing]) -> Iterator[Thing]:
    """The same, one by one, with a bar on standard error that is gone at the end."""
    from rich.console import Console
    from rich.progress import track

    bar = Console(stderr=True)
    yield from track(each, description="checking", console=bar, transient=True)


def terminal_width() -> int:
    import shutil

    return max(40, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def write_styled(lines: Iterable[Line]) -> None:
    """Lines to a terminal, coloured by role unless NO_COLOR or a dumb terminal says otherwise."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        text = Text(line.text, style=_STYLES[line.role])
        start = len(line.text) - len(line.text.lstrip())
        text.stylize(_STYLES[line.lead_role], start, line.lead)
        console.print(text)


def write_document(document: "Document", format: str) -> None:
    """A document as `text` or `markdown` to standard output; a terminal gets its own width."""
    if format == "markdown":
        from gonogo.documents import markdown

        write(markdown.render(document))
        return
    from gonogo.documents import text

    if is_terminal():
        write_styled(text.lines(document, terminal_width()))
    else:
        write(text.render(document))


def write_file(path: str, data: bytes, *, private: bool = False) -> None:
    """A file, written whole or not at all; only its owner may read a private one.

    A device or a pipe is written to, not replaced. A link is replaced, not followed: whoever left
    it in a checkout must not choose which file is overwritten. Raises InputError where that cannot
    be done.
    """
    from pathlib import Path

    place = Path(path)
    try:
        is_file = place.is_symlink() or place.is_file() or not place.exists()
        if path.startswith(_OPEN_FILES) or not is_file:
            _write_through(path, data)
        else:
            _replace(place, data, 0o600 if private else 0o644)
    except OSError as error:
        raise _unwritable(path, error) from None


def _replace(place: "Path", data: bytes, mode: int) -> None:
    """All the bytes in a file beside it, which then takes its place in one step."""
    import tempfile
    from pathlib import Path

    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".gonogo-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        draft.replace(place)
    except BaseException:  # also an interrupt
        draft.unlink(missing_ok=True)
        raise


def _write_through(path: str, data: bytes) -> None:
    # O_NONBLOCK: opening a FIFO must not wait for a reader.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0))
    try:
        os.set_blocking(handle, True)
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(data)
    finally:
        os.close(handle)


def append_file(path: str, data: bytes, *, private: bool = False) -> None:
    """Bytes at the end of a file, all or none; only its owner may read a private one made here.

    Raises InputError where it cannot be written.
    """
    try:
        mode = 0o600 if private else 0o644
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
        try:
            before = os.fstat(handle).st_size
            if os.write(handle, data) != len(data):  # in one write, so that nothing comes between
                os.ftruncate(handle, before)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from None


def why(error: OSError) -> str:
    """What the system says, as our messages say it."""
    return (error.strerror or "unknown").lower()


def _unwritable(path: str, error: OSError) -> "InputError":
    from gonogo.diagnostics import InputError, Problem, Span

    help = "check that its folder exists, may be written to and has room"
    return InputError([Problem(Span(path), f"cannot be written: {why(error)}", help)])

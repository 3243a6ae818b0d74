"""Writing to the terminal, to pipes and to standard error: UTF-8 whatever the locale."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from gonogo.documents.lines import Line, Role

if TYPE_CHECKING:
    from pathlib import Path

    from gonogo.diagnostics import InputError
    from gonogo.documents.blocks import Document

_STYLES = {
    Role.PLAIN: "",
    Role.GO: "bold green",
    Role.NO_GO: "bold red",
    Role.OPEN: "bold magenta",
    Role.STRONG: "bold",
    Role.MUTED: "dim",
}
_WIDEST = 110


def write(text: str) -> None:
    """Text to standard output. A reader that has gone away is not an error."""
    _send(text, sys.stdout)


def complain(text: str) -> None:
    """Text to standard error."""
    _send(text, sys.stderr)


def _send(text: str, stream: TextIO) -> None:
    try:
        binary = getattr(stream, "buffer", None)
        if binary is None:
            stream.write(text)
        else:
            stream.flush()
            binary.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        # Keep the exit code of the verdict; Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal() -> bool:
    return sys.stdout.isatty()


def errors_on_terminal() -> bool:
    return sys.stderr.isatty()


def with_progress(paths: Sequence[str]) -> Iterator[str]:
    """The same paths, with a bar on standard error that is gone at the end."""
    from rich.console import Console
    from rich.progress import track

    bar = Console(stderr=True)
    yield from track(paths, description="checking", console=bar, transient=True)


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

    A device or a pipe is written to as it is. Raises InputError where it cannot be written.
    """
    import tempfile
    from pathlib import Path

    place = Path(path)
    try:
        if _is_special(place):
            with place.open("wb") as stream:
                stream.write(data)
            return
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".gonogo-")
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.chmod(0o600 if private else 0o644)
            draft.replace(place)
        except OSError:
            draft.unlink()
            raise
    except OSError as error:
        raise _unwritable(path, error) from None


def _is_special(place: "Path") -> bool:
    """A device, a pipe, or the name of an open file such as /dev/stdout: not to be replaced."""
    if place.absolute().parts[1:2] in (("dev",), ("proc",)):
        return True
    return place.exists() and not place.is_file() and not place.is_dir()


def append_file(path: str, data: bytes, *, private: bool = False) -> None:
    """Bytes at the end of a file, in one write; only its owner may read a private one made here.

    Raises InputError where it cannot be written.
    """
    try:
        mode = 0o600 if private else 0o644
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
        try:
            os.write(handle, data)
        finally:
            os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: str, error: OSError) -> "InputError":
    from gonogo.diagnostics import InputError, Problem, Span

    said = (error.strerror or "unknown").lower()
    help = "check that its folder exists and may be written to"
    return InputError([Problem(Span(path), f"cannot be written: {said}", help)])

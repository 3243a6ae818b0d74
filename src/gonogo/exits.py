"""The exit codes: the contract with CI, the same for every output format."""

import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import NoReturn


class ExitCode(IntEnum):
    """What a run ended with. 1 is never a crash: Python's own default would read as NO-GO."""

    GO = 0
    NO_GO = 1
    BAD_INPUT = 2  # also Typer's own code for a bad command line
    UNDETERMINED = 3
    INTERNAL = 4


_BY_VERDICT = {
    "GO": ExitCode.GO,
    "NO-GO": ExitCode.NO_GO,
    "UNDETERMINED": ExitCode.UNDETERMINED,
    None: ExitCode.BAD_INPUT,
}
_WORST_FIRST = (
    ExitCode.INTERNAL,
    ExitCode.BAD_INPUT,
    ExitCode.NO_GO,
    ExitCode.UNDETERMINED,
    ExitCode.GO,
)


def exit_code(verdict: str | None) -> ExitCode:
    """The code of one manifest's verdict; None is an input that could not be read."""
    return _BY_VERDICT[verdict]


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The code of several manifests together. Nothing checked is an internal error, never GO."""
    return min(codes, key=_WORST_FIRST.index, default=ExitCode.INTERNAL)


def leave(code: int) -> NoReturn:
    """End the process with a code, once all that was written is out.

    Ending here leaves out the interpreter's own clean-up, a seventh of a run. Whatever goes wrong
    at the last moment, Python does not choose the code.
    """
    ended = ExitCode.INTERNAL.value
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        ended = code
    finally:
        os._exit(ended)

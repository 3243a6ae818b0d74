"""The command line: options in, exit code out. Only the command that is called is imported."""

import sys
from importlib import import_module
from typing import NoReturn

from gonogo.commands import COMMANDS
from gonogo.exits import ExitCode, leave
from gonogo.output import complain, guard, why


def main() -> NoReturn:
    """Run, and see to it that neither a crash nor an interrupt reads as a verdict."""
    code: int = ExitCode.INTERNAL
    try:
        out = guard()
        code = run()
        sys.stdout.flush()
        if out.error is not None:
            complain(f"standard output cannot be written: {why(out.error)}\n")
            code = ExitCode.INTERNAL
    finally:
        leave(code)


def run() -> int:
    """The exit code of what the command line asks for."""
    try:
        _call(sys.argv[1:])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ExitCode.INTERNAL
    except KeyboardInterrupt:
        return 130
    except Exception:
        import traceback

        traceback.print_exc()
        complain("internal error: this is a fault in gonogo, not a verdict\n")
        return ExitCode.INTERNAL
    return ExitCode.GO


def _call(arguments: list[str]) -> None:
    """A command that is named at once needs no group around it, built only to find it."""
    name, *rest = arguments or [""]
    if name in COMMANDS:
        import_module(f"gonogo.commands.{name}").app(rest, prog_name=f"gonogo {name}")
        return
    from gonogo.commands.root import app

    app(arguments, prog_name="gonogo")

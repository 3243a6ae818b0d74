"""The command line: options in, exit code out. Only the command that is called is imported."""

import sys
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from gonogo import __version__
from gonogo.commands.options import application
from gonogo.exits import ExitCode, leave
from gonogo.output import complain, why
from gonogo.streams import guard

COMMANDS = ("check", "plan", "init", "explain", "policy", "attest", "verify", "schema")


class OnDemand(TyperGroup):
    """A group that imports and builds a command only when it is called or listed."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": dict.fromkeys(COMMANDS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # Any: the class differs between Typers
        if cmd_name not in COMMANDS:
            return None
        return get_command(import_module(f"gonogo.commands.{cmd_name}").app)


app = application(name="gonogo", cls=OnDemand, no_args_is_help=True)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gonogo {__version__}")
        raise typer.Exit


@app.callback()
def gonogo(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Check one AI model release against US Executive Order 14409: GO, NO-GO or UNDETERMINED."""


def main() -> NoReturn:
    """Run, and see to it that neither a crash nor an interrupt reads as a verdict."""
    code: int = ExitCode.INTERNAL
    try:
        out = guard()
        code = _run()
        sys.stdout.flush()
        if out.error is not None:
            complain(f"standard output cannot be written: {why(out.error)}\n")
            code = ExitCode.INTERNAL
    finally:
        leave(code)


def _run() -> int:
    """The exit code of what the command line asks for."""
    try:
        app()
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

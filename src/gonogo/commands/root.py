"""`gonogo` without a command: its help, its version, and the list of commands."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from gonogo import __version__
from gonogo.commands import COMMANDS
from gonogo.commands.options import application


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

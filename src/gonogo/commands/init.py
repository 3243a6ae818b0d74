"""`gonogo init`: a manifest to start from."""

from typing import Annotated

import typer

from gonogo.commands.options import application

app = application()


@app.command(epilog="Example: gonogo init release.yaml")
def init(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A new file; else standard output.")
    ] = None,
) -> None:
    """Start a manifest: every fact with its question."""
    from gonogo.starter import run_init

    raise typer.Exit(run_init(file))

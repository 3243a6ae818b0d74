"""`gonogo schema`: the published JSON Schemas."""

from typing import Annotated, Literal

import typer

from gonogo.commands.options import application

app = application()

SchemaName = Literal[
    "manifest", "pack", "rules", "register", "tests", "profiles", "waivers", "report", "plan"
]


@app.command(epilog="Example: gonogo schema manifest > manifest.schema.json")
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which format to describe.")],
) -> None:
    """Print a JSON Schema, for editors and other tools."""
    from gonogo.library import published_schema
    from gonogo.output import write

    write(published_schema(name))

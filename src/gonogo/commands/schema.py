"""`gonogo schema`: the published JSON Schemas."""

from enum import StrEnum
from typing import Annotated

import typer

from gonogo.commands.options import application

app = application()


class SchemaName(StrEnum):
    """The JSON Schemas that are published."""

    manifest = "manifest"
    pack = "pack"
    rules = "rules"
    register = "register"
    tests = "tests"
    profiles = "profiles"
    waivers = "waivers"
    report = "report"
    plan = "plan"


@app.command(epilog="Example: gonogo schema manifest > manifest.schema.json")
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which format to describe.")],
) -> None:
    """Print a JSON Schema, for editors and other tools."""
    from gonogo.library import published_schema
    from gonogo.output import write

    write(published_schema(name.value))

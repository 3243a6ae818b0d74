"""`gonogo explain`: packs and rules as plain English."""

from typing import Annotated, Literal

import typer

from gonogo.commands.options import Policies, application, folders

app = application()

Format = Literal["text", "markdown"]


@app.command(epilog="Example: gonogo explain eo-14409/review-window-held")
def explain(
    name: Annotated[
        str | None,
        typer.Argument(metavar="PACK[/RULE]", help="A pack or one rule; else the default packs."),
    ] = None,
    policies: Policies = None,
    output_format: Annotated[
        Format, typer.Option("--format", help="How to write the page.")
    ] = "text",
) -> None:
    """Explain a pack or a rule in plain English."""
    from gonogo.authoring.explain import run_explain

    raise typer.Exit(run_explain(name, folders(policies), output_format))

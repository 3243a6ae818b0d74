"""`gonogo check`: the verdict on each manifest, with reasons."""

from enum import StrEnum
from typing import Annotated

import typer

from gonogo.commands.options import Policies, application

app = application()


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


@app.command(
    epilog="Example: gonogo check release.yaml --as-of 2026-11-23. "
    "Exit codes: 0 GO, 1 NO-GO, 2 bad input, 3 UNDETERMINED, 4 internal error."
)
def check(
    manifests: Annotated[
        list[str], typer.Argument(metavar="MANIFEST", help="YAML or JSON; - is standard input.")
    ],
    pack: Annotated[
        list[str] | None,
        typer.Option(envvar="GONOGO_PACK", metavar="ID", help="Pack to use; may repeat."),
    ] = None,
    policies: Policies = None,
    profile: Annotated[
        str | None,
        typer.Option(
            envvar="GONOGO_PROFILE", metavar="NAME", help="legal, standard (default) or strict."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            envvar="GONOGO_AS_OF", metavar="TIME", help="Date or instant to judge at; default now."
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", envvar="GONOGO_FORMAT", help="How to print the report.")
    ] = Format.text,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also list rules that passed or do not apply.")
    ] = False,
) -> None:
    """Give the verdict on each manifest, with reasons."""
    from gonogo.running import Settings, run_check

    settings = Settings(
        tuple(manifests),
        tuple(pack or ()),
        tuple(policies or ()),
        profile,
        as_of,
        output_format.value,
        verbose,
    )
    raise typer.Exit(run_check(settings))

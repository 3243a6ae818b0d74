"""`gonogo check`: the verdict on each manifest, with reasons."""

from enum import StrEnum
from typing import Annotated

import typer

from gonogo.commands.options import AsOf, Packs, Policies, ProfileName, application

app = application()


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


@app.command(
    epilog="Example: gonogo check release.yaml --as-of 2026-11-23. "
    "Exit codes: 0 GO, 1 NO-GO, 2 bad input, 3 UNDETERMINED, 4 internal error. "
    "GONOGO_PACK, GONOGO_POLICIES, GONOGO_PROFILE, GONOGO_AS_OF and GONOGO_FORMAT "
    "stand in for options."
)
def check(
    manifests: Annotated[
        list[str], typer.Argument(metavar="MANIFEST", help="YAML or JSON; - is standard input.")
    ],
    pack: Packs = None,
    policies: Policies = None,
    profile: ProfileName = None,
    as_of: AsOf = None,
    output_format: Annotated[
        Format,
        typer.Option(
            "--format",
            envvar="GONOGO_FORMAT",
            show_envvar=False,
            help="How to print the report.",
        ),
    ] = Format.text,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also list rules that passed or do not apply.")
    ] = False,
) -> None:
    """Give the verdict on each manifest, with reasons."""
    from gonogo.ready import Wanted
    from gonogo.running import Settings, run_check

    wanted = Wanted(tuple(pack or ()), tuple(policies or ()), profile, as_of)
    settings = Settings(tuple(manifests), wanted, output_format.value, verbose)
    raise typer.Exit(run_check(settings))

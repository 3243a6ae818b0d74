"""The command line: options in, exit code out. Nothing is decided here."""

import sys
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from gonogo import __version__
from gonogo.exits import ExitCode, leave

app = typer.Typer(
    name="gonogo",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class SchemaName(StrEnum):
    """The JSON Schemas that are published."""

    manifest = "manifest"
    pack = "pack"
    report = "report"


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
    policies: Annotated[
        list[str] | None,
        typer.Option(
            envvar="GONOGO_POLICIES", metavar="DIR", help="Folder of packs to look in first."
        ),
    ] = None,
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


@app.command(epilog="Example: gonogo schema manifest > manifest.schema.json")
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which format to describe.")],
) -> None:
    """Print a JSON Schema, for editors and other tools."""
    from gonogo.library import read_schema
    from gonogo.output import write

    write(read_schema(name.value))


def main() -> NoReturn:
    """Run, and see to it that neither a crash nor an interrupt reads as a verdict."""
    try:
        app()
        code: int | str | None = ExitCode.GO
    except SystemExit as ended:
        code = ended.code
    except KeyboardInterrupt:
        code = 130
    except Exception:
        import traceback

        traceback.print_exc()
        sys.stderr.write("internal error: this is a fault in gonogo, not a verdict\n")
        code = ExitCode.INTERNAL
    leave(code if isinstance(code, int) else ExitCode.INTERNAL)

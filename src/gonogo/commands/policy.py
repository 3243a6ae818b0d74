"""`gonogo policy`: the rule author's commands."""

from typing import Annotated, Literal

import typer

from gonogo.commands.options import Policies, Waivers, application, folders, given

app = application(no_args_is_help=True)

Format = Literal["text", "markdown", "json"]

Packs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PACK|FOLDER", help="Packs by id or folder; else of --policies; else the shipped."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the result.")]


@app.callback()
def policy() -> None:
    """List, lint, test, compare and sign packs of rules."""


@app.command("list", epilog="Example: gonogo policy list policies")
def list_packs(
    packs: Annotated[
        list[str] | None,
        typer.Argument(metavar="PACK|FOLDER", help="Packs by id or folder; else all."),
    ] = None,
    policies: Policies = None,
    output_format: FormatOption = "text",
) -> None:
    """List the packs that can be used."""
    from gonogo.authoring.listing import run_list

    raise typer.Exit(run_list(tuple(packs or ()), folders(policies), output_format))


@app.command(
    epilog="Example: gonogo policy lint policies. "
    "Exit codes: 0 nothing odd, 1 findings, 2 bad input."
)
def lint(
    packs: Packs = None,
    policies: Policies = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            envvar="GONOGO_AS_OF",
            show_envvar=False,
            metavar="TIME",
            help="To tell how old sources are; default now.",
        ),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="KIND", help="Explain a kind of finding, or all.")
    ] = None,
    output_format: FormatOption = "text",
) -> None:
    """Say what is odd in packs that load."""
    from gonogo.authoring.linting import run_explain_lint, run_lint

    if explain is not None:
        raise typer.Exit(run_explain_lint(explain, output_format))
    raise typer.Exit(
        run_lint(tuple(packs or ()), folders(policies), given(as_of, "GONOGO_AS_OF"), output_format)
    )


@app.command(
    epilog="Example: gonogo policy test policies --mutate. Exit codes: 0 all pass, 1 one fails "
    "or an explained survivor is stale, 2 one is not understood or none ran."
)
def test(
    packs: Packs = None,
    policies: Policies = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Also say what no test has seen.")
    ] = False,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Also say which small changes no test notices.")
    ] = False,
    output_format: FormatOption = "text",
) -> None:
    """Run the tests beside the rules."""
    from gonogo.authoring.testing import run_test

    given = tuple(packs or ()), folders(policies)
    raise typer.Exit(run_test(*given, output_format, covers=coverage, mutates=mutate))


@app.command(
    epilog="Example: gonogo policy diff main:policies. "
    "Exit codes: 0 no verdict can change, 1 one can, 2 bad input."
)
def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="Folder, or git revision as main:policies.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW", help="The same, after the edit; else the working tree's folder of OLD."
        ),
    ] = None,
    policies: Policies = None,
    corpus: Annotated[
        str | None, typer.Option(metavar="DIR", help="Stored manifests to check with both.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="To judge at; default: the day the packs were last searched."
        ),
    ] = None,
    waivers: Waivers = None,
    output_format: FormatOption = "text",
) -> None:
    """Say which verdicts an edit can change, and on which manifest."""
    from gonogo.authoring.diffing import Corpus, run_diff

    stored = Corpus(corpus, waivers)
    raise typer.Exit(run_diff(old, new, folders(policies), stored, as_of, output_format))


@app.command(
    epilog="Example: gonogo policy sign --policies policies --sign-key key.pem "
    "--output policies/packs.intoto.json"
)
def sign(
    packs: Packs = None,
    policies: Policies = None,
    sign_key: Annotated[
        str, typer.Option(metavar="PEM", help="The Ed25519 private key to sign with.")
    ] = ...,  # type: ignore[assignment]  # Typer's way to say that it is required
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it there, not to standard output.")
    ] = None,
) -> None:
    """Sign packs, for --pack-key."""
    from gonogo.authoring.signing import run_sign

    raise typer.Exit(run_sign(tuple(packs or ()), folders(policies), sign_key, output))

"""`gonogo check`: the verdict on each manifest, with reasons."""

from typing import Annotated, Literal

import typer

from gonogo.commands import options

app = options.application()

Format = Literal["text", "json", "jsonl", "sarif", "junit", "markdown", "html", "github", "gitlab"]
Level = Literal["none", "reasons", "full"]


@app.command(
    epilog="Example: gonogo check release.yaml --as-of 2026-11-23. "
    "Exit codes: 0 GO, 1 NO-GO, 2 bad input, 3 UNDETERMINED, 4 internal error."
)
def check(
    manifests: Annotated[
        list[str],
        typer.Argument(metavar="MANIFEST", hidden=True),
    ],
    pack: options.Packs = None,
    policies: options.Policies = None,
    pack_digest: options.PackDigests = None,
    pack_key: options.PackKey = None,
    profile: options.ProfileName = None,
    as_of: options.AsOf = None,
    output_format: Annotated[
        Format,
        typer.Option(
            "--format",
            envvar="GONOGO_FORMAT",
            show_envvar=False,
            metavar="NAME",
            help="text, json, jsonl, sarif, junit, markdown, html, github or gitlab.",
        ),
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            envvar="GONOGO_OUTPUT",
            show_envvar=False,
            metavar="[FORMAT:]PATH",
            help="Also write a report there; may repeat.",
        ),
    ] = None,
    disclose: Annotated[
        Level | None,
        typer.Option(
            envvar="GONOGO_DISCLOSE",
            show_envvar=False,
            metavar="LEVEL",
            help="none, reasons or full: how much reports say.",
        ),
    ] = None,
    release_now: Annotated[
        str | None,
        typer.Option(
            envvar="GONOGO_RELEASE_NOW",
            show_envvar=False,
            metavar="STAGE",
            help="Check as if this stage happened now.",
        ),
    ] = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            envvar="GONOGO_EXPECT",
            show_envvar=False,
            metavar="PATH=VALUE",
            help="Refuse a manifest of something else.",
        ),
    ] = None,
    waivers: options.Waivers = None,
    evidence_root: options.EvidenceRoot = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "-v",
            "--verbose",
            envvar="GONOGO_VERBOSE",
            show_envvar=False,
            help="Also list rules that passed or do not apply.",
        ),
    ] = False,
) -> None:
    """Give the verdict on each MANIFEST. File, folder, or - for standard input."""
    from gonogo.running import Settings, run_check

    options.refuse_empty("GONOGO_FORMAT", "GONOGO_DISCLOSE", "GONOGO_VERBOSE")
    wanted = options.wanted(
        pack, policies, pack_digest, pack_key, profile, as_of, waivers, evidence_root
    )
    settings = Settings(
        tuple(manifests),
        wanted,
        output_format,
        verbose,
        options.all_given(output, "GONOGO_OUTPUT"),
        disclose,
        options.given(release_now, "GONOGO_RELEASE_NOW"),
        options.all_given(expect, "GONOGO_EXPECT"),
    )
    raise typer.Exit(run_check(settings))

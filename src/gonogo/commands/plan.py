"""`gonogo plan`: the earliest date that is GO, what to change, and the timeline."""

from typing import Annotated, Literal

import typer

from gonogo.commands import options

app = options.application()

Format = Literal["text", "json", "markdown", "ics"]


@app.command(
    epilog="Example: gonogo plan release.yaml --target 2026-12-15. Exit codes as for check."
)
def plan(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST", hidden=True)],
    target: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The wanted date of the first release."),
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Move only this stage, such as public_at."),
    ] = None,
    pack: options.Packs = None,
    policies: options.Policies = None,
    pack_digest: options.PackDigests = None,
    pack_key: options.PackKey = None,
    profile: options.ProfileName = None,
    as_of: options.AsOf = None,
    waivers: options.Waivers = None,
    evidence_root: options.EvidenceRoot = None,
    output_format: Annotated[
        Format,
        typer.Option("--format", metavar="NAME", help="text, json, markdown or ics."),
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Also write it, as .ics, .json, .md or .txt."),
    ] = None,
    write: Annotated[
        str | None,
        typer.Option(metavar="YAML", help="Write it with the first change."),
    ] = None,
) -> None:
    """Say when MANIFEST is GO, what to change, and by when."""
    from gonogo.planner import PlanSettings, run_plan

    wanted = options.wanted(
        pack, policies, pack_digest, pack_key, profile, as_of, waivers, evidence_root
    )
    settings = PlanSettings(
        manifest,
        wanted,
        target,
        tuple(stage or ()),
        output_format,
        tuple(output or ()),
        write,
    )
    raise typer.Exit(run_plan(settings))

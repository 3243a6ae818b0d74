"""`gonogo plan`: the earliest date that is GO, what to change, and the timeline."""

from enum import StrEnum
from typing import Annotated

import typer

from gonogo.commands.options import (
    AsOf,
    EvidenceRoot,
    PackDigests,
    PackKey,
    Packs,
    Policies,
    ProfileName,
    Waivers,
    application,
)

app = application()


class Format(StrEnum):
    """How a plan is written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    ics = "ics"


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
    pack: Packs = None,
    policies: Policies = None,
    pack_digest: PackDigests = None,
    pack_key: PackKey = None,
    profile: ProfileName = None,
    as_of: AsOf = None,
    waivers: Waivers = None,
    evidence_root: EvidenceRoot = None,
    output_format: Annotated[
        Format,
        typer.Option("--format", metavar="NAME", help="text, json, markdown or ics."),
    ] = Format.text,
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Also write it, as .ics, .json, .md or .txt."),
    ] = None,
    write: Annotated[
        str | None,
        typer.Option(metavar="YAML", help="Write it with the first change."),
    ] = None,
) -> None:
    """Say when the release in MANIFEST is GO, what to change, and by when."""
    from gonogo.planner import PlanSettings, run_plan
    from gonogo.ready import Wanted

    wanted = Wanted(
        tuple(pack or ()),
        tuple(policies or ()),
        profile,
        as_of,
        pack_digests=tuple(pack_digest or ()),
        pack_key=pack_key,
        evidence_root=evidence_root,
        waivers=waivers,
    )
    settings = PlanSettings(
        manifest,
        wanted,
        target,
        tuple(stage or ()),
        output_format.value,
        tuple(output or ()),
        write,
    )
    raise typer.Exit(run_plan(settings))

"""`gonogo check`: the verdict on each manifest, with reasons."""

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
    """How a report is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    sarif = "sarif"
    junit = "junit"
    markdown = "markdown"
    html = "html"
    github = "github"
    gitlab = "gitlab"


class Disclose(StrEnum):
    """How much a report says."""

    none = "none"
    reasons = "reasons"
    full = "full"


@app.command(
    epilog="Example: gonogo check release.yaml --as-of 2026-11-23. "
    "Exit codes: 0 GO, 1 NO-GO, 2 bad input, 3 UNDETERMINED, 4 internal error."
)
def check(
    manifests: Annotated[
        list[str],
        typer.Argument(metavar="MANIFEST", hidden=True),
    ],
    pack: Packs = None,
    policies: Policies = None,
    pack_digest: PackDigests = None,
    pack_key: PackKey = None,
    profile: ProfileName = None,
    as_of: AsOf = None,
    output_format: Annotated[
        Format,
        typer.Option(
            "--format",
            envvar="GONOGO_FORMAT",
            show_envvar=False,
            metavar="NAME",
            help="text, json, jsonl, sarif, junit, markdown, html, github or gitlab.",
        ),
    ] = Format.text,
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="[FORMAT:]PATH", help="Also write a report there; may repeat."),
    ] = None,
    disclose: Annotated[
        Disclose | None,
        typer.Option(
            envvar="GONOGO_DISCLOSE",
            show_envvar=False,
            metavar="LEVEL",
            help="none, reasons or full: how much reports say.",
        ),
    ] = None,
    release_now: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Check as if this stage happened now.")
    ] = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH=VALUE", help="Refuse a manifest of something else."),
    ] = None,
    waivers: Waivers = None,
    evidence_root: EvidenceRoot = None,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also list rules that passed or do not apply.")
    ] = False,
) -> None:
    """Give the verdict on each MANIFEST: file, folder, or - for standard input."""
    from gonogo.ready import Wanted
    from gonogo.running import Settings, run_check

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
    settings = Settings(
        tuple(manifests),
        wanted,
        output_format.value,
        verbose,
        tuple(output or ()),
        disclose.value if disclose else None,
        release_now,
        tuple(expect or ()),
    )
    raise typer.Exit(run_check(settings))

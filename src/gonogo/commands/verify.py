"""`gonogo verify`: recompute the verdict of a statement."""

from enum import StrEnum
from typing import Annotated

import typer

from gonogo.commands.options import (
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
    """How the result is written."""

    text = "text"
    json = "json"


@app.command(
    epilog="Example: gonogo verify release.intoto.json --key public.pem. "
    "Exit codes: 0 the same, 1 different or not signed by that key, 2 unusable."
)
def verify(
    statement: Annotated[
        str, typer.Argument(metavar="FILE", help="What gonogo attest wrote; - is standard input.")
    ],
    key: Annotated[
        str | None, typer.Option(metavar="PEM", help="It must be signed by this public key.")
    ] = None,
    manifest: Annotated[
        str | None, typer.Option(metavar="PATH", help="The manifest, if not beside FILE.")
    ] = None,
    pack: Packs = None,
    policies: Policies = None,
    pack_digest: PackDigests = None,
    pack_key: PackKey = None,
    profile: ProfileName = None,
    waivers: Waivers = None,
    evidence_root: EvidenceRoot = None,
    output_format: Annotated[
        Format, typer.Option("--format", metavar="NAME", help="text or json.")
    ] = Format.text,
) -> None:
    """Recompute a statement's verdict and say what differs."""
    from gonogo.ready import Wanted
    from gonogo.verifier import VerifySettings, run_verify

    wanted = Wanted(
        tuple(pack or ()),
        tuple(policies or ()),
        profile,
        None,
        pack_digests=tuple(pack_digest or ()),
        pack_key=pack_key,
        evidence_root=evidence_root,
        waivers=waivers,
    )
    raise typer.Exit(
        run_verify(VerifySettings(statement, wanted, key, manifest, output_format.value))
    )

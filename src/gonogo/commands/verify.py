"""`gonogo verify`: recompute the verdict of a statement."""

from typing import Annotated, Literal

import typer

from gonogo.commands import options

app = options.application()

Format = Literal["text", "json"]


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
    pack: options.Packs = None,
    policies: options.Policies = None,
    pack_digest: options.PackDigests = None,
    pack_key: options.PackKey = None,
    profile: options.ProfileName = None,
    waivers: options.Waivers = None,
    evidence_root: options.EvidenceRoot = None,
    output_format: Annotated[
        Format, typer.Option("--format", metavar="NAME", help="text or json.")
    ] = "text",
) -> None:
    """Recompute a statement's verdict and say what differs."""
    from gonogo.verifier import VerifySettings, run_verify

    wanted = options.wanted(
        pack, policies, pack_digest, pack_key, profile, None, waivers, evidence_root
    )
    raise typer.Exit(run_verify(VerifySettings(statement, wanted, key, manifest, output_format)))

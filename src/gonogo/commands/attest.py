"""`gonogo attest`: the verdict as a statement that others can verify."""

from typing import Annotated, Literal

import typer

from gonogo.commands import options

app = options.application()

Kind = Literal["test-result", "vsa"]


@app.command(
    epilog="Example: gonogo attest release.yaml --output release.intoto.json. "
    "Exit codes as for check."
)
def attest(
    manifest: Annotated[
        str, typer.Argument(metavar="MANIFEST", help="YAML or JSON; - is standard input.")
    ],
    pack: options.Packs = None,
    policies: options.Policies = None,
    pack_digest: options.PackDigests = None,
    pack_key: options.PackKey = None,
    profile: options.ProfileName = None,
    waivers: options.Waivers = None,
    evidence_root: options.EvidenceRoot = None,
    as_of: options.AsOf = None,
    predicate: Annotated[
        Kind, typer.Option(metavar="NAME", help="test-result or vsa (of SLSA).")
    ] = "test-result",
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it there, not to standard output.")
    ] = None,
    sign_key: Annotated[
        str | None, typer.Option(metavar="PEM", help="Sign it with this Ed25519 private key.")
    ] = None,
) -> None:
    """Write the verdict as an in-toto statement, signed if you like."""
    from gonogo.attester import AttestSettings, run_attest

    wanted = options.wanted(
        pack, policies, pack_digest, pack_key, profile, as_of, waivers, evidence_root
    )
    raise typer.Exit(run_attest(AttestSettings(manifest, wanted, predicate, output, sign_key)))

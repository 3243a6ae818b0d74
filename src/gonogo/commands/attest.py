"""`gonogo attest`: the verdict as a statement that others can verify."""

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


class Kind(StrEnum):
    """The predicates of a statement."""

    test_result = "test-result"
    vsa = "vsa"


@app.command(
    epilog="Example: gonogo attest release.yaml --output release.intoto.json. "
    "Exit codes as for check."
)
def attest(
    manifest: Annotated[
        str, typer.Argument(metavar="MANIFEST", help="YAML or JSON; - is standard input.")
    ],
    pack: Packs = None,
    policies: Policies = None,
    pack_digest: PackDigests = None,
    pack_key: PackKey = None,
    profile: ProfileName = None,
    waivers: Waivers = None,
    evidence_root: EvidenceRoot = None,
    as_of: AsOf = None,
    predicate: Annotated[
        Kind, typer.Option(metavar="NAME", help="test-result or vsa (of SLSA).")
    ] = Kind.test_result,
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it there, not to standard output.")
    ] = None,
    sign_key: Annotated[
        str | None, typer.Option(metavar="PEM", help="Sign it with this Ed25519 private key.")
    ] = None,
) -> None:
    """Write the verdict as an in-toto statement, signed if you like."""
    from gonogo.attester import AttestSettings, run_attest
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
    raise typer.Exit(
        run_attest(AttestSettings(manifest, wanted, predicate.value, output, sign_key))
    )

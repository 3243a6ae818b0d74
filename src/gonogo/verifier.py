"""One run of `gonogo verify`: check the signature, recompute the verdict, say what differs."""

from pathlib import Path, PurePosixPath
from typing import NamedTuple

import gonogo
from gonogo.attestation.claim import MANIFEST
from gonogo.attestation.comparing import contradictions, differences
from gonogo.attestation.envelope import Envelope, open_envelope
from gonogo.attestation.reading import Stated, read_statement
from gonogo.attestation.verification import Signature, Verification, data_of, text_of
from gonogo.attester import judged
from gonogo.diagnostics import InputError, Problem, Span, listing, quote
from gonogo.exits import ExitCode
from gonogo.output import complain, write
from gonogo.ready import Wanted, make_ready, read_input
from gonogo.render.json_text import json_text
from gonogo.render.json_v1 import problem_data


class VerifySettings(NamedTuple):
    """What the command line asked for. ``wanted`` has no as-of time: the statement pins it."""

    statement: str
    wanted: Wanted
    key: str | None
    manifest: str | None
    format: str


def run_verify(settings: VerifySettings) -> ExitCode:
    """0 if everything is the same, 1 if anything differs, 2 if that cannot be found out."""
    try:
        found = _verify(settings)
    except InputError as error:
        if settings.format == "json":
            errors = [problem_data(problem) for problem in error.problems]
            write(json_text({"verify": "gonogo/1", "same": None, "errors": errors}))
        complain(f"{listing(error.problems)}\n")
        return ExitCode.BAD_INPUT
    if settings.format == "json":
        write(json_text(data_of(found)))
    else:
        write(text_of(found))
    return ExitCode.GO if found.is_same else ExitCode.NO_GO


def _verify(settings: VerifySettings) -> Verification:
    path = settings.statement
    data = read_input(path)
    envelope = open_envelope(data, path)
    found = Verification(path, settings.key, _signature(envelope, settings.key))
    if not found.is_signed_as_wanted:  # what an unknown hand wrote is not worth reading
        return found
    stated = read_statement(envelope.payload if envelope else data, path)
    manifest = settings.manifest or _manifest_beside(path, stated)
    ready = make_ready(settings.wanted._replace(as_of=stated.claim.as_of))
    claim = judged(manifest, manifest, ready)
    return found._replace(
        manifest=manifest,
        stated=stated,
        verdict=claim.verdict,
        differences=(*differences(stated.claim, claim), *contradictions(stated)),
        notes=_notes(stated.claim.tool),
    )


def _signature(envelope: Envelope | None, key: str | None) -> Signature:
    wanted = None
    if key is not None:
        from gonogo.signing import is_signed_by, public_key

        wanted = public_key(key, "--key")
    if envelope is None:
        return Signature.UNSIGNED
    if wanted is None:
        return Signature.NOT_CHECKED
    return Signature.VALID if is_signed_by(envelope, wanted) else Signature.WRONG


def _manifest_beside(path: str, stated: Stated) -> str:
    """Where the statement says its manifest is: below its own folder, and nowhere else."""
    name = next(each.name for each in stated.claim.subjects if each.kind == MANIFEST)
    parts = PurePosixPath(name)
    if name == "-" or parts.is_absolute() or ".." in parts.parts or "\\" in name:
        text = f"its manifest {quote(name)} does not lie beside it"
        raise InputError([Problem(Span(path), text, "name it: --manifest PATH")])
    return str(Path(path).parent / name) if path != "-" else name


def _notes(tool: str) -> tuple[str, ...]:
    if tool == gonogo.__version__:
        return ()
    return (f"made by gonogo {tool}, verified by {gonogo.__version__}",)

"""One run of `gonogo attest`: judge a manifest, write what the verdict rests on, sign it."""

import os
from pathlib import Path
from typing import NamedTuple

from gonogo.attestation.claim import Claim, claim_of
from gonogo.attestation.statement import Predicate, statement, written
from gonogo.diagnostics import InputError, Problem, Span, visible
from gonogo.exits import ExitCode, exit_code
from gonogo.manifests.fields import FIRST_LINE
from gonogo.output import complain, write, write_file
from gonogo.ready import Ready, Wanted, examined, make_ready, manifest_in, read_input
from gonogo.trees.nodes import MOST_BYTES
from gonogo.trees.reader import read_tree

PREDICATES = {"test-result": Predicate.TEST_RESULT, "vsa": Predicate.SUMMARY}


class AttestSettings(NamedTuple):
    """What the command line asked for."""

    manifest: str
    wanted: Wanted
    predicate: str
    output: str | None
    sign_key: str | None


def run_attest(settings: AttestSettings) -> ExitCode:
    """Write the statement whatever the verdict is; the exit code is that of the verdict."""
    try:
        signer = None
        if settings.sign_key is not None:
            from gonogo.signing import private_key, signed

            signer = private_key(settings.sign_key)
        ready = make_ready(settings.wanted)
        name = _beside(settings.manifest, settings.output)
        claim = judged(settings.manifest, name, ready)
        data = written(statement(claim, PREDICATES[settings.predicate]))
        if signer is not None:
            data = written(signed(data, signer))
        _write(data, settings)
    except InputError as error:
        complain(f"{error}\n")
        return ExitCode.BAD_INPUT
    if settings.output is not None:
        how = "signed" if signer is not None else "not signed"
        write(f"{claim.verdict}  {visible(settings.manifest)}\n")
        if claim.waived:
            write(f"Waived: {', '.join(claim.waived)}.\n")
        write(f"The statement is in {visible(settings.output)}, {how}.\n")
    return exit_code(claim.verdict)


def judged(path: str, name: str, ready: Ready) -> Claim:
    """The claim that can be made of a manifest now. Raises InputError."""
    data = read_input(path)
    manifest = manifest_in(read_tree(data, path, begins=FIRST_LINE), path, data, ready)
    folder = name[: name.rfind("/") + 1]
    found = examined(manifest, ready)
    return claim_of(found, ready.profiles_digest, ready.waivers_digest, name, folder)


def _beside(manifest: str, output: str | None) -> str:
    """The manifest's path as seen from the statement; as it was typed where that goes to a pipe."""
    if manifest == "-" or output is None:
        return Path(manifest).as_posix()
    return Path(os.path.relpath(manifest, Path(output).parent)).as_posix()


def _write(data: bytes, settings: AttestSettings) -> None:
    for path in (settings.manifest, settings.sign_key):
        if path and settings.output and _is_same_file(path, settings.output):
            text = "is also what --output names, and would be overwritten"
            raise InputError([Problem(Span(path), text, "write the statement to another file")])
    if len(data) > MOST_BYTES:
        text = f"makes a statement of more than {MOST_BYTES:,} bytes, which nobody could verify"
        raise InputError([Problem(Span(settings.manifest), text, "name less evidence in it")])
    if settings.output is None:
        write(data.decode())
    else:
        write_file(settings.output, data)


def _is_same_file(one: str, other: str) -> bool:
    return Path(one).exists() and Path(other).exists() and Path(one).samefile(other)

"""One run of `gonogo policy sign`: a signed statement on packs, which `--pack-key` asks for."""

from gonogo.attestation.claim import configuration_of
from gonogo.attestation.signed_packs import packs_statement
from gonogo.attestation.statement import written
from gonogo.authoring.desk import open_desk
from gonogo.diagnostics import InputError
from gonogo.exits import ExitCode
from gonogo.output import complain, write, write_file
from gonogo.signing import private_key, signed


def run_sign(
    packs: tuple[str, ...], policies: tuple[str, ...], sign_key: str, output: str | None
) -> ExitCode:
    """Sign the packs, those that they extend, and the profiles that are used with them."""
    try:
        signer = private_key(sign_key)
        desk = open_desk(packs, policies)
        configuration = configuration_of(desk.packs, desk.library.profiles_digest())
        data = written(signed(written(packs_statement(configuration)), signer))
        if output is None:
            write(data.decode())
        else:
            write_file(output, data)
            write("".join(f"signed {each.name}\n" for each in configuration))
    except InputError as error:
        complain(f"{error}\n")
        return ExitCode.BAD_INPUT
    return ExitCode.GO

"""One run of `gonogo init`: the manifest to start from, printed or written to a new file."""

import os

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.exits import ExitCode
from gonogo.library import load_vocabulary
from gonogo.manifests.template import template
from gonogo.output import complain, write, write_file


def run_init(file: str | None) -> ExitCode:
    """What exists already is never replaced."""
    text = template(load_vocabulary())
    if file is None:
        write(text)
        return ExitCode.GO
    try:
        if os.path.lexists(file):
            raise InputError([Problem(Span(file), "exists already", "name a new file")])
        write_file(file, text.encode())
    except InputError as error:
        complain(f"{error}\n")
        return ExitCode.BAD_INPUT
    return ExitCode.GO

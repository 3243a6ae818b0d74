"""Writing what a command for rule authors found: as text, Markdown or JSON; refusals as well."""

import json
from typing import Any

from gonogo.diagnostics import InputError
from gonogo.documents.blocks import Document
from gonogo.exits import ExitCode
from gonogo.output import complain, write, write_document


def write_found(document: Document, data: dict[str, Any], format: str) -> None:
    if format == "json":
        write_json(data)
    else:
        write_document(document, format)


def write_json(data: dict[str, Any]) -> None:
    """ASCII only, so that nothing in it acts in a terminal or a CI log."""
    write(json.dumps(data, indent=2).replace("##", "#\\u0023") + "\n")


def refuse(error: InputError, name: str, format: str) -> ExitCode:
    """Bad input: every problem on standard error, and as JSON where that was asked for."""
    from gonogo.workbench.data import refusal_data

    if format == "json":
        write_json(refusal_data(error.problems, name))
    complain(f"{error}\n")
    return ExitCode.BAD_INPUT

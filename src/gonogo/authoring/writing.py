"""Writing what a command for rule authors found: as text, Markdown or JSON; refusals as well."""

from typing import Any

from gonogo.diagnostics import InputError
from gonogo.documents.blocks import Document
from gonogo.exits import ExitCode
from gonogo.output import complain, write, write_document
from gonogo.render.json_text import json_text


def write_found(document: Document, data: dict[str, Any], format: str) -> None:
    if format == "json":
        write(json_text(data))
    else:
        write_document(document, format)


def refuse(error: InputError, name: str, format: str) -> ExitCode:
    """Bad input: every problem on standard error, and as JSON where that was asked for."""
    from gonogo.workbench.data import refusal_data

    if format == "json":
        write(json_text(refusal_data(error.problems, name)))
    complain(f"{error}\n")
    return ExitCode.BAD_INPUT

"""One lint finding."""

from typing import NamedTuple

from gonogo.diagnostics import Span


class Finding(NamedTuple):
    """Something odd at one place. ``kind`` is an id of lint_kinds."""

    kind: str
    span: Span
    message: str
    hint: str

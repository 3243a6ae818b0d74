"""The formats of a report: one function each, from the results of a run to text."""

from collections.abc import Sequence
from importlib import import_module

from gonogo.reporting.report import Refusal, Report

# Module and function; a run imports only those that it writes.
_FUNCTIONS = {
    "text": ("text", "render_all"),
    "json": ("json_v1", "render_only"),
    "jsonl": ("json_v1", "render_lines"),
    "sarif": ("sarif", "render"),
    "junit": ("junit", "render"),
    "markdown": ("markdown", "render"),
    "html": ("html", "render"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "render"),
}
FORMATS = tuple(_FUNCTIONS)


def rendered(format: str, results: Sequence[Report | Refusal]) -> str:
    """Everything that a format says of the results of a run."""
    module, function = _FUNCTIONS[format]
    text: str = getattr(import_module(f"gonogo.render.{module}"), function)(results)
    return text

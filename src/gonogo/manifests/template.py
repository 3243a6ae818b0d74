"""A manifest to start from: every fact with its question; what must be there is open, the rest a
comment.

Nothing in it is an answer: as it is, it is refused with what must be stated, and a line that is
uncommented but not filled in is empty, which is read as not stated.
"""

import textwrap
from collections.abc import Iterator

from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.fields import FORMAT
from gonogo.manifests.vocabulary import Section, Vocabulary

_WIDTH = 100
_HEAD = f"""\
# A release of an AI model, as gonogo reads it. Fill in what is known, uncomment what applies, and
# delete what stays empty: nobody knows it yet, or write {{unknown: "why"}}. A date is 2026-12-15,
# 2026-12 or 2026-12-15T09:00:00-05:00. A fact may say more: {{value: ..., evidence: [id]}}.
manifest: {FORMAT}
"""
_EVIDENCE = """\

# evidence:
#   # Files that prove something: paths from this file's folder; sha256sum FILE prints a digest.
#   - id: letter
#     kind:  # {kinds}
#     path:
#     sha256:
#     supports: [review.agreed_days]
"""
_FORMS = {
    Kind.FLAG: "true or false",
    Kind.AMOUNT: "such as 3e26",
    Kind.DAYS: "whole days, such as 30",
    Kind.LIST: "such as [us, eu]",
}


def template(vocabulary: Vocabulary) -> str:
    """The text of a manifest with nothing stated in it."""
    lines = [line for child in vocabulary.root.children.values() for line in _lines(child, 0)]
    evidence = _EVIDENCE.format(kinds=", ".join(vocabulary.evidence_kinds))
    return _HEAD + "".join(f"{line}\n" for line in lines) + evidence


def _lines(item: Section | FactSpec, depth: int, *, is_open: bool = False) -> Iterator[str]:
    """The lines of a section, with all below it, or of a fact; an open one is no comment."""
    indent, key = "  " * depth, item.path.rpartition(".")[2]
    if isinstance(item, FactSpec):
        start = indent if is_open else f"# {indent}"
        for line in textwrap.wrap(item.ask, _WIDTH - len(indent) - 4):
            yield f"{start}# {line}"
        form = _form(item)
        yield f"{start}{key}:  # {form}" if form else f"{start}{key}:"
        return
    if depth == 0:
        yield ""
    yield f"{indent}{key}:" if item.required else f"# {indent}{key}:"
    for name, child in item.children.items():
        yield from _lines(child, depth + 1, is_open=name in item.required)


def _form(spec: FactSpec) -> str:
    """How the answer is written."""
    if not spec.choices:
        return _FORMS.get(spec.kind, "")
    *most, last = spec.choices
    return f"{', '.join(most)} or {last}"

"""The list of evidence that a manifest names. The files are opened by gonogo.evidence_files."""

import re

from gonogo.diagnostics import nearest, quote
from gonogo.manifests.facts import Evidence
from gonogo.manifests.fields import MOST_ITEMS, Fields
from gonogo.manifests.leaf import shown
from gonogo.manifests.vocabulary import Section
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence

_KEYS = ("id", "kind", "path", "sha256", "supports", "note")
_SHA256 = "[0-9a-f]{64}"


def read_evidence(node: Node | None, fields: Fields) -> list[Evidence]:
    """The items, with what is wrong said to ``fields``. An absent or empty list has none."""
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return []
    if not isinstance(node, Sequence):
        fields.say(node.span, f"`evidence`: {shown(node)} where a list is expected")
        return []
    if len(node.items) > MOST_ITEMS:
        fields.say(node.span, f"`evidence`: more than {MOST_ITEMS} items")
        return []
    return [item for child in node.items for item in _item(child, fields)]


def _item(node: Node, fields: Fields) -> list[Evidence]:
    if not isinstance(node, Mapping):
        fields.say(node.span, f"`evidence`: {shown(node)} where a mapping is expected")
        return []
    fields.keys(node, Section("evidence", "evidence", {}, required=("id", "kind")), _KEYS)
    kind = _kind(node, fields)
    digest = fields.optional_text(node, "sha256", "evidence", may_be_empty=False)
    if digest is not None and not re.fullmatch(_SHA256, digest):
        fields.say(
            node.entries["sha256"].span,
            f"`evidence`: {quote(digest)} is not a SHA-256",
            "64 lower-case hexadecimal digits, as `sha256sum FILE` prints them",
        )
    path = fields.optional_text(node, "path", "evidence", may_be_empty=False, most=512)
    if path is not None and not _is_inside(path):
        fields.say(
            node.entries["path"].span,
            f"`evidence`: {quote(path)} is not a path below the manifest's folder",
            "write it with /, without `..`, as evidence/receipt.pdf",
        )
    fields.optional_text(node, "note", "evidence", may_be_empty=True)
    listed = node.entries.get("supports")
    supports = fields.strings(listed, "evidence.supports", only_ids=False) if listed else ()
    _check_supported(listed, supports, fields)
    if "id" not in node.entries:
        return []
    id_node = node.entries["id"]
    ids = fields.strings(Sequence([id_node], node.span), "evidence.id", only_ids=True)
    return [Evidence(id, kind, path, digest, supports, id_node.span) for id in ids]


def _is_inside(path: str) -> bool:
    """Is it a relative POSIX path that stays below where it starts, the same on every system?"""
    parts = path.split("/")
    odd = any(c in "\\:" or not c.isprintable() for c in path) or path.startswith("~")
    return not odd and all(part not in ("", ".", "..") for part in parts)


def _kind(node: Mapping, fields: Fields) -> str:
    kind = fields.optional_text(node, "kind", "evidence", may_be_empty=False)
    kinds = fields.vocabulary.evidence_kinds
    if kind is not None and kind not in kinds:
        near = nearest(kind, kinds)
        hint = f"did you mean `{near}`? " if near else ""
        fields.say(
            node.entries["kind"].span,
            f"`evidence`: {quote(kind)} is not a kind",
            f"{hint}one of {', '.join(kinds)}",
        )
    return kind or ""


def _check_supported(node: Node | None, paths: tuple[str, ...], fields: Fields) -> None:
    """Each path that evidence supports is a fact that a manifest can state."""
    known = [path for path in fields.vocabulary.specs if fields.vocabulary.can_state(path)]
    for item in node.items if isinstance(node, Sequence) else ():
        path = item.text if isinstance(item, Scalar) else ""
        if path in paths and not fields.vocabulary.can_state(path):
            near = fields.also.get(path) or nearest(path, known)
            fields.say(
                item.span,
                f"`evidence`: {quote(path)} is not a fact",
                f"did you mean `{near}`?" if near else None,
            )

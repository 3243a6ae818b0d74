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
_ALSO = {  # what people write instead of a key
    "name": "id", "type": "kind", "file": "path", "filename": "path", "hash": "sha256",
    "digest": "sha256", "checksum": "sha256", "facts": "supports", "fact": "supports",
}  # fmt: skip


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
    return [item for n, child in enumerate(node.items) for item in _item(child, n, fields)]


def _item(node: Node, number: int, fields: Fields) -> list[Evidence]:
    if not isinstance(node, Mapping):
        help = "write {id: receipt, kind: submission_receipt}"
        fields.say(node.span, f"`evidence`: {shown(node)} where a mapping is expected", help)
        return []
    _check_keys(node, number, fields)
    kind = _kind(node, number, fields)
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


def _check_keys(node: Mapping, number: int, fields: Fields) -> None:
    for key, span in node.keys.items():
        if key in _ALSO:
            said, help = f"unknown key {quote(key)} in `evidence`", f"did you mean `{_ALSO[key]}`?"
            fields.say(span, said, help)
    others = {key: span for key, span in node.keys.items() if key not in _ALSO}
    fields.keys(node._replace(keys=others), Section("evidence", "evidence", {}), _KEYS)
    required = {
        "id": "add `id`, a name for this item, such as receipt",
        "kind": f"add `kind`, one of {', '.join(fields.vocabulary.evidence_kinds)}",
    }
    for key, help in required.items():
        if key not in node.entries:
            fields.say(node.span, f"`evidence[{number}].{key}` is missing; it is required", help)


def _is_inside(path: str) -> bool:
    """Is it a relative POSIX path that stays below where it starts, the same on every system?"""
    parts = path.split("/")
    odd = any(c in "\\:" or not c.isprintable() for c in path) or path.startswith("~")
    return not odd and all(part not in ("", ".", "..") for part in parts)


def _kind(node: Mapping, number: int, fields: Fields) -> str:
    kind = fields.optional_text(node, "kind", "evidence", may_be_empty=False)
    kinds = fields.vocabulary.evidence_kinds
    if kind is not None and kind not in kinds:
        from gonogo.manifests.hints import choice_help

        fields.say(
            node.entries["kind"].span,
            f"`evidence[{number}].kind`: {quote(kind)} is not a kind",
            choice_help(kind, kind, kinds),
        )
    return kind or ""


def _check_supported(node: Node | None, paths: tuple[str, ...], fields: Fields) -> None:
    """Each path that evidence supports is a fact that a manifest can state."""
    for item in node.items if isinstance(node, Sequence) else ():
        path = item.text if isinstance(item, Scalar) else ""
        if path in paths and not fields.vocabulary.can_state(path):
            help = _fact_help(path, fields)
            fields.say(item.span, f"`evidence`: {quote(path)} is not a fact", help)


def _fact_help(path: str, fields: Fields) -> str:
    """The fact that is meant, or those of the section that is named."""
    known = [each for each in fields.vocabulary.specs if fields.vocabulary.can_state(each)]
    section, _, key = path.rpartition(".")
    within = (section or path) + "."
    keys = [each.removeprefix(within) for each in known if each.startswith(within)]
    keys = [each for each in keys if "." not in each]
    near = fields.also.get(path)
    if near is None and keys:
        near = (same := nearest(key, keys)) and within + same
    elif near is None:
        near = nearest(path, known)
    if near or not keys:
        return f"did you mean `{near}`?" if near else "write a path, as review.access_started_at"
    return f"the facts of `{within[:-1]}`: {', '.join(keys)}"

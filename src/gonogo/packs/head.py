"""What has to be known of a pack before it is read: its id, its parent, its time zone."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.diagnostics import InputError, Problem, quote
from gonogo.packs.policy import OWN
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node, Scalar
from gonogo.values.digest import FolderDigest

_ZONE_HELP = "name one as America/New_York is named"


class PackFiles(NamedTuple):
    """The files of a pack folder by their path inside it, with the name to show for each.

    ``head`` is the tree of pack.yaml, which had to be read to know which pack this is.
    """

    digest: FolderDigest
    head: Mapping
    rules: tuple[tuple[str, bytes], ...]
    registers: tuple[tuple[str, bytes], ...]


class Head(NamedTuple):
    """What has to be known of a pack before it is read."""

    id: str
    default: bool
    extends: str | None


def read_head(tree: Node) -> Head:
    """Identity of the pack in a pack.yaml. Raises InputError."""
    reading = Reading(ZoneInfo("UTC"))
    body = reading.mapping(tree, "pack.yaml", None, ("pack",))  # its other keys come later
    if body is None or reading.problems:
        raise InputError(reading.problems)
    head = Head(
        reading.id(body, "pack"),
        reading.flag(body, "default"),
        reading.text(body, "extends") or None,
    )
    if head.id == OWN:
        text = f"`pack`: the id {quote(OWN)} is that of gonogo's own rules"
        reading.say(body.entries["pack"].span, text, "choose another")
    if reading.problems:
        raise InputError(reading.problems)
    return head


def read_zone(body: Mapping) -> ZoneInfo:
    """The pack's time zone. Raises InputError."""
    node = body.entries.get("timezone")
    if node is None:
        problem = Problem(
            body.span, "pack.yaml has no `timezone`", "add timezone: America/New_York"
        )
        raise InputError([problem])
    name = node.text if isinstance(node, Scalar) else ""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a zone that is not found is a KeyError
        problem = Problem(node.span, f"`timezone`: {quote(name)} is no time zone", _ZONE_HELP)
        raise InputError([problem]) from None

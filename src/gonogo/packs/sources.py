"""Sources: where a rule or a number comes from, and how good that is."""

from collections.abc import Mapping as ReadOnly

from gonogo.packs.policy import Source, Standing
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Node

_KEYS = ("title", "url", "retrieved", "standing")


def read_sources(
    node: Node | None, taken: ReadOnly[str, Source], reading: Reading
) -> dict[str, Source]:
    """The sources of a pack by id; none may take the id of one that is inherited."""
    found = {}
    listed = reading.mapping(node, "`sources`", None)
    if listed is None:
        return {}
    for id, child in listed.entries.items():
        body = reading.mapping(child, f"the source `{id}`", _KEYS, ("title", "standing"))
        if body is None:
            continue
        if id in taken:
            reading.say(listed.keys[id], f"the source `{id}` exists already", "give it another id")
        word = reading.text(body, "standing")
        known = {each.value: each for each in Standing}
        if word and word not in known:
            span = body.entries["standing"].span
            reading.unknown(span, "there is no standing", word, known)
        reading.moment(body, "retrieved")
        found[id] = Source(
            id,
            reading.text(body, "title"),
            reading.text(body, "url"),
            reading.text(body, "retrieved"),
            known.get(word, Standing.HOUSE),
            body.span,
        )
    return found

"""Sources: where a rule or a number comes from, and how good that is."""

from gonogo.packs.policy import Source, Standing
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Node

_KEYS = ("title", "url", "retrieved", "standing")


def read_sources(node: Node | None, reading: Reading) -> dict[str, Source]:
    """The sources of a pack by id."""
    found = {}
    listed = reading.mapping(node, "`sources`", None)
    for id, child in listed.entries.items() if listed else ():
        body = reading.mapping(child, f"the source `{id}`", _KEYS, ("title", "standing"))
        if body is None:
            continue
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

"""Sources: where a rule or a number comes from, and how good that is."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly

from gonogo.diagnostics import Span
from gonogo.packs.policy import Source, Standing
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node

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
            reading.lost.add(f"source.{id}")
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


def read_cites(body: Mapping, sources: ReadOnly[str, Source], reading: Reading) -> Iterator[str]:
    """The known sources that `cites` names."""
    for name, span in reading.texts(body.entries.get("cites"), "cites"):
        if name in sources:
            yield name
        else:
            unknown_source(span, name, sources, reading)


def unknown_source(span: Span, name: str, sources: ReadOnly[str, Source], reading: Reading) -> None:
    none = "the pack has no sources: add one under `sources:` in pack.yaml"
    reading.unknown(span, "there is no source", name, sources, lost=f"source.{name}", none=none)

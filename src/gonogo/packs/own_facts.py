"""Facts that a pack declares for itself, all under ``extra.``."""

import re
from collections.abc import Mapping as ReadOnly

from gonogo.manifests.facts import FactSpec
from gonogo.packs.reading import Reading
from gonogo.packs.registers import read_fields
from gonogo.trees.nodes import Mapping, Node

_PATH = r"extra\.[a-z][a-z0-9_]*"


def read_own_facts(
    node: Node | None, taken: ReadOnly[str, FactSpec], reading: Reading
) -> dict[str, FactSpec]:
    """The new facts by path; one that is refused is lost, for whatever names it."""
    fields = read_fields(node, reading)
    found: dict[str, FactSpec] = {}
    for path, span in node.keys.items() if isinstance(node, Mapping) else ():
        if path not in fields:
            reading.lost.add(path)
        elif not re.fullmatch(_PATH, path):
            help = "write extra.red_team_hours: a-z, 0-9 and underscores after `extra.`"
            reading.say(span, f"`{path}`: a pack adds facts only as `extra.<name>`", help)
            reading.lost.add(path)
        elif path in taken:
            help = "use it as it is, or choose another name"
            reading.say(span, f"`{path}` is declared already", help)
        else:
            found[path] = fields[path]._replace(path=path)
    return found

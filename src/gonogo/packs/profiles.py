"""profiles.yaml: which class of rule blocks, warns or is noted under which name."""

from zoneinfo import ZoneInfo

from gonogo.diagnostics import InputError
from gonogo.packs.policy import Effect, Profile, RuleClass
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Node


def read_profiles(tree: Node) -> tuple[dict[str, Profile], str]:
    """The profiles by name, in file order, and the name of the default. Raises InputError."""
    reading = Reading(ZoneInfo("UTC"))
    body = reading.mapping(tree, "profiles", ("default", "profiles"), ("default", "profiles"))
    found: dict[str, Profile] = {}
    listed = reading.mapping(body.entries.get("profiles"), "`profiles`", None) if body else None
    classes = [each.value for each in RuleClass]
    words = {each.value: each for each in Effect}
    for name, node in listed.entries.items() if listed else ():
        effects: dict[RuleClass, Effect] = {}
        row = reading.mapping(node, f"the profile `{name}`", classes, classes)
        for word, child in row.entries.items() if row else ():
            effect = reading.text(row, word) if row else ""
            if effect not in words:
                reading.unknown(child.span, "there is no effect", effect, words)
            elif word in classes:
                effects[RuleClass(word)] = words[effect]
        if len(effects) == len(classes):
            if effects[RuleClass.BINDING] is not Effect.BLOCK:
                reading.say(
                    node.span,
                    f"the profile `{name}` does not block on binding rules",
                    "write `binding: block`",
                )
            found[name] = Profile(name, effects)
    default = reading.text(body, "default") if body else ""
    if body and default not in found and not (listed and default in listed.entries):
        none = "name one below `profiles:` first"
        span = body.entries["default"].span if "default" in body.entries else body.span
        reading.unknown(span, "there is no profile", default, found, none=none)
    if reading.problems:
        raise InputError(reading.problems)
    return found, default

"""What a house pack may do with the pack it extends: change, add, remove, strengthen; never weaken
what is binding.
"""

from collections.abc import Mapping as ReadOnly

from gonogo.packs.language import AnyRow, Compare, Condition, FactRef, Holds, ParameterRef, leaves
from gonogo.packs.parameters import change_parameter
from gonogo.packs.policy import EXPIRY, Pack, Parameter, Rule, RuleClass, Source
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping


def check_house(
    body: Mapping,
    pack: str,
    parent: Pack,
    parameters: dict[str, Parameter],
    sources: ReadOnly[str, Source],
    reading: Reading,
) -> None:
    """Apply `change:` to the inherited parameters, in place."""
    change = reading.mapping(body.entries.get("change"), "`change`", None)
    binding = _read_by_binding(parent)
    for name, node in change.entries.items() if change else ():
        span = change.keys[name] if change else body.span
        if name not in parent.parameters:
            reading.unknown(span, "there is no parameter to change:", name, parent.parameters)
        elif name in binding:
            reading.say(
                span,
                f"`{name}` cannot be changed: the binding rule `{binding[name]}` reads it",
                "binding rules cannot be lowered; add a rule of class `house` instead",
            )
        else:
            parameters[name] = change_parameter(parameters[name], node, pack, sources, reading)


def inherit(parent: Pack, body: Mapping, reading: Reading) -> tuple[Rule, ...]:
    """The parent's rules without those under `remove:`, with the classes under `reclass:`."""
    rules = {rule.key: rule for rule in parent.rules}
    for name, span in reading.texts(body.entries.get("remove"), "`remove`"):
        key = _key(name, parent)
        if key not in rules:
            reading.unknown(span, "there is no rule to remove:", name, rules)
        elif rules[key].rule_class is RuleClass.BINDING:
            reading.say(
                span,
                f"`{name}` is binding and cannot be removed",
                "add a rule of class `house` beside it instead",
            )
        else:
            del rules[key]
    changes = reading.mapping(body.entries.get("reclass"), "`reclass`", None)
    classes = {each.value: each for each in RuleClass}
    if changes is None:
        return tuple(rules.values())
    for name, node in changes.entries.items():
        key, word = _key(name, parent), reading.text(changes, name)
        if key not in rules:
            reading.unknown(changes.keys[name], "there is no rule:", name, rules)
        elif word not in classes:
            reading.unknown(node.span, "there is no class", word, classes)
        elif rules[key].rule_class is RuleClass.BINDING:
            reading.say(
                node.span,
                f"`{name}` is binding and cannot be lowered",
                "add a rule of class `house` beside it instead",
            )
        elif rules[key].require is None:
            reading.say(node.span, f"`{name}` is a note and stays one", "delete the line")
        else:
            rules[key] = rules[key]._replace(rule_class=classes[word])
    return tuple(rules.values())


def _key(name: str, parent: Pack) -> str:
    return name if "/" in name else f"{parent.id}/{name}"


def _read_by_binding(parent: Pack) -> dict[str, str]:
    """Each parameter that a binding rule reads, also through definitions and registers."""
    found: dict[str, str] = {}

    def visit(condition: Condition, rule: str) -> None:
        for leaf in leaves(condition):
            match leaf:
                case Holds(name=name):
                    visit(parent.definitions[name], rule)
                case AnyRow(register=str()):
                    found[EXPIRY] = rule
                case Compare(subject=subject, operands=operands):
                    for part in (subject, *operands):
                        if isinstance(part, ParameterRef):
                            found[part.name] = rule
                        elif isinstance(part, FactRef) and part.if_not_stated:
                            found[part.if_not_stated] = rule
                case _:
                    pass

    for rule in parent.rules:
        if rule.rule_class is RuleClass.BINDING:
            for part in (rule.when, rule.require):
                if part is not None:
                    visit(part, rule.id)
    return found

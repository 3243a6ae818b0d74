"""What jsonschema, the authority on a manifest's validity, refuses beyond what we already said."""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence as Listing
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from gonogo.diagnostics import Problem, Span, quote
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence


def plain(node: Node) -> Any:
    """The tree without its places: dict, list, str, bool, Decimal and None."""
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key: plain(child) for key, child in entries.items()}


def _is_integer(_checker: Any, value: Any) -> bool:
    """JSON Schema counts 30.0 as an integer; jsonschema needs to be told so for Decimals."""
    if isinstance(value, Decimal):
        return value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool)


def validator(schema: ReadOnly[str, Any]) -> Draft202012Validator:
    """A jsonschema validator that takes Decimals as numbers."""
    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
    exact = extend(Draft202012Validator, type_checker=checker)  # type: ignore[no-untyped-call]  # the stubs leave it out
    made: Draft202012Validator = exact(dict(schema))
    return made


def refused(tree: Node, schema: ReadOnly[str, Any], known: Listing[Problem]) -> list[Problem]:
    """A problem for each place that jsonschema refuses and none of the known ones is about."""
    said = {problem.span for problem in known}
    found: list[Problem] = []
    for error in validator(schema).iter_errors(plain(tree)):
        spans = _spans(tree, list(error.absolute_path))
        inside = _inside(tree, list(error.absolute_path))
        if not said.intersection(spans) and not said.intersection(inside):
            path = ".".join(map(str, error.absolute_path))
            what = quote(path) if path else "the manifest"
            found.append(Problem(spans[0], f"{what} does not fit the manifest's schema"))
            said.add(spans[0])
    return found


def _spans(tree: Node, path: list[str | int]) -> list[Span]:
    """Where a value and its key stand."""
    node, spans = tree, [tree.span]
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            spans = [node.entries[step].span, node.keys[step]]
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
            spans = [node.span]
    return spans


def _inside(tree: Node, path: list[str | int]) -> set[Span]:
    """Every place at or below a value."""
    node = tree
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    found: set[Span] = set()
    waiting: list[Node] = [node]
    while waiting:
        at = waiting.pop()
        found.add(at.span)
        if isinstance(at, Mapping):
            found.update(at.keys.values())
            waiting += at.entries.values()
        elif isinstance(at, Sequence):
            waiting += at.items
    return found

"""A manifest's tree with values set and taken out at dotted paths; the given one stays."""

from gonogo.diagnostics import InputError, Problem, Span, quote
from gonogo.trees.nodes import MOST_LEVELS, Mapping, Node, Scalar


def patched(base: Mapping, settings: Mapping | None, unset: list[tuple[str, Span]]) -> Mapping:
    """The tree with every path of ``settings`` set and every path of ``unset`` taken out.

    Sections on the way are made where they are missing, empty or unknown. Raises InputError for a
    path that leads through a value, or one to take out that is not there.
    """
    problems: list[Problem] = []
    tree = base
    for path, span in unset:
        found = _without(tree, path.split("."))
        if found is None:
            help = "delete it from `unset`, or correct it"
            problems.append(Problem(span, f"there is no {quote(path)} to take out", help))
        tree = found or tree
    for path, node in settings.entries.items() if settings else ():
        span = settings.keys[path] if settings else base.span
        keys = path.split(".")
        if not all(keys) or len(keys) > MOST_LEVELS:
            help = "write one such as release.public_at"
            problems.append(Problem(span, f"{quote(path)} is no path in a manifest", help))
            continue
        placed = _with(tree, keys, node, span)
        if placed is None:
            text = f"{quote(path)} leads through a value, not a section"
            problems.append(Problem(span, text, "set the section itself, or correct the path"))
        tree = placed or tree
    if problems:
        raise InputError(problems)
    return tree


def _with(tree: Mapping, keys: list[str], node: Node, span: Span) -> Mapping | None:
    key, *rest = keys
    if rest:
        child = tree.entries.get(key)
        if child is None or _says_nothing(child):
            child = Mapping({}, {}, span)
        inner = _with(child, rest, node, span) if isinstance(child, Mapping) else None
        if inner is None:
            return None
        node = inner
    return Mapping({**tree.entries, key: node}, {**tree.keys, key: span}, tree.span)


def _says_nothing(section: Node) -> bool:
    """Is a section left empty, or stated as unknown as a whole?"""
    if isinstance(section, Scalar):
        return section.value is None
    return isinstance(section, Mapping) and set(section.entries) == {"unknown"}


def _without(tree: Mapping, keys: list[str]) -> Mapping | None:
    key, *rest = keys
    child = tree.entries.get(key)
    if child is None:
        return None
    if rest:
        inner = _without(child, rest) if isinstance(child, Mapping) else None
        return inner and Mapping({**tree.entries, key: inner}, tree.keys, tree.span)
    entries = {name: node for name, node in tree.entries.items() if name != key}
    return Mapping(entries, {name: tree.keys[name] for name in entries}, tree.span)

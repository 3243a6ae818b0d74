"""Reading the keys, texts and lists of a manifest, with every problem collected."""

import re
from functools import cached_property

from gonogo.diagnostics import Problem, Span, nearest, quote
from gonogo.manifests.leaf import NOT_SHOWN, WrongValueError, read_id, shown
from gonogo.manifests.vocabulary import Section, Vocabulary
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence

FORMAT = "gonogo/1"
FIRST_LINE = f"a manifest begins with `manifest: {FORMAT}`"
MOST_ITEMS = 200


class Fields:
    """The problems found so far, and the ways to find more."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    @cached_property
    def also(self) -> dict[str, str]:
        """Other words for the keys of facts; only a mistake asks for them."""
        return dict(self.vocabulary.also())

    def say(self, span: Span, message: str, help: str | None = None) -> None:
        self.problems.append(Problem(span, message, help))

    def keys(self, node: Mapping, section: Section, known: tuple[str, ...]) -> None:
        for key, span in node.keys.items():
            if key not in known:
                self.say(
                    span,
                    f"unknown key {self._key_shown(key)} in `{section.path or 'the manifest'}`",
                    self._key_help(key, section, known),
                )
        for key in section.required:
            if key not in node.entries:
                field = f"{section.path}.{key}".lstrip(".")
                help = FIRST_LINE if key == "manifest" else self._required_help(field)
                self.say(node.span, f"`{field}` is missing; it is required", help)

    def _key_shown(self, key: str) -> str:
        """The key, unless it looks like a sensitive value that stands where a key should."""
        specs = self.vocabulary.specs.values()
        values = {choice for spec in specs if spec.sensitive for choice in spec.choices}
        names = {step for path in self.vocabulary.leaves for step in path.split(".")}
        if key in names or (key not in values and not re.search("[0-9]", key)):
            return quote(key)
        return NOT_SHOWN

    def _required_help(self, field: str) -> str | None:
        spec = self.vocabulary.specs.get(field)
        return f"add `{field.rpartition('.')[2]}`: {spec.ask}" if spec else None

    def _key_help(self, key: str, section: Section, known: tuple[str, ...]) -> str:
        word = key.casefold().replace("-", "_")
        if word in self.also:
            return f"that is `{self.also[word]}` here"
        elsewhere = [path for path in self.vocabulary.leaves if path.endswith(f".{word}")]
        if len(elsewhere) == 1:
            return f"it belongs under `{elsewhere[0].rpartition('.')[0]}`, as `{elsewhere[0]}`"
        near = nearest(key, known)
        return f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"

    def optional_text(
        self, node: Mapping, key: str, field: str, *, may_be_empty: bool, most: int | None = None
    ) -> str | None:
        found = node.entries.get(key)
        if found is None:
            return None
        value = found.value if isinstance(found, Scalar) else None
        if not isinstance(value, str) or not (value or may_be_empty):
            self.say(found.span, f"`{field}`: {key}: {shown(found)} is not a text", "quote it")
            return None
        if most and len(value) > most:
            self.say(found.span, f"`{field}`: {key} has more than {most} characters")
        return value

    def strings(self, node: Node, field: str, *, only_ids: bool) -> tuple[str, ...]:
        if not isinstance(node, Sequence):
            self.say(node.span, f"`{field}`: {shown(node)} where a list is expected")
            return ()
        if len(node.items) > MOST_ITEMS:
            self.say(node.span, f"`{field}`: more than {MOST_ITEMS} items")
            return ()
        found = []
        for item in node.items:
            try:
                if only_ids:
                    found.append(read_id(item))
                elif isinstance(item, Scalar) and isinstance(item.value, str):
                    found.append(item.value)
                else:
                    raise WrongValueError(f"{shown(item)} is not the path of a fact")
            except WrongValueError as wrong:
                self.say(item.span, f"`{field}`: {wrong.message}", wrong.help)
        return tuple(found)

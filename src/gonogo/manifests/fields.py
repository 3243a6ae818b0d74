"""Reading the keys, texts and lists of a manifest, with every problem collected."""

import re
from functools import cached_property

from gonogo.diagnostics import MOST_QUOTED, Problem, Span, nearest, quote
from gonogo.manifests.leaf import NOT_SHOWN, WrongValueError, node_text, read_id, shown
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
                where = f"`{section.path}`" if section.path else "the manifest"
                help = self._key_help(key, section, known)
                self.say(span, f"unknown key {self._key_shown(key)} in {where}", help)
        for key in section.required:
            if key not in node.entries:
                field = f"{section.path}.{key}".lstrip(".")
                needed = FIRST_LINE if key == "manifest" else self._required_help(field)
                self.say(node.span, f"`{field}` is missing; it is required", needed)

    def _key_shown(self, key: str) -> str:
        """The key, unless it looks like a sensitive value that stands where a key should.

        A few digits after a word are no value: `access_2`, or those of a name that we know.
        """
        specs = self.vocabulary.specs.values()
        values = {choice for spec in specs if spec.sensitive for choice in spec.choices}
        names = {step for path in self.vocabulary.leaves for step in path.split(".")}
        said = key.casefold()
        if key in names or (said not in values and not re.search("[0-9]", key)):
            return quote(key)
        numbers = {number for name in names for number in re.findall("[0-9]+", name)}
        words = re.sub("[0-9]+", lambda n: "" if n[0] in numbers else n[0], said)
        is_name = re.fullmatch("[a-z][a-z_]*[0-9]{0,3}(_[a-z_]+)?", words)
        is_value = re.search("[0-9]e[0-9]", said) or values.intersection(re.split("[0-9_]+", said))
        return quote(key) if is_name and not is_value else NOT_SHOWN

    def _required_help(self, field: str) -> str | None:
        key = field.rpartition(".")[2]
        if spec := self.vocabulary.specs.get(field):
            return f"add `{key}`: {spec.ask}"
        part = self.vocabulary.root.children.get(field)
        if isinstance(part, Section):
            return f"add `{key}: {{{', '.join(f'{each}: ...' for each in part.required)}}}`"
        return None

    def _key_help(self, key: str, section: Section, known: tuple[str, ...]) -> str:
        word = key.casefold().replace("-", "_")
        if word in self.also:
            return f"that is `{self.also[word]}` here"
        if section.path and word in (*self.vocabulary.root.children, "evidence", "extra"):
            return f"it belongs at the top level, beside `{section.path.partition('.')[0]}`"
        if there := self._elsewhere(word):
            return f"it belongs under `{there.rpartition('.')[0]}`, as `{there}`"
        near = nearest(key, known)
        return f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"

    def _elsewhere(self, word: str) -> str | None:
        """The path that ends in a key, if there is one that is nearest to the top."""
        sections = {path.rpartition(".")[0] for path in self.vocabulary.leaves}
        ending = [path for path in self.vocabulary.leaves | sections if path.endswith(f".{word}")]
        least = min((path.count(".") for path in ending), default=0)
        nearest_top = [path for path in ending if path.count(".") == least]
        return nearest_top[0] if len(nearest_top) == 1 else None

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
            bare = isinstance(node, Scalar) and node.text not in ("", NOT_SHOWN)
            example = node_text(node)[:MOST_QUOTED] if bare else "receipt"
            help = f"write a list: [{example}]"
            self.say(node.span, f"`{field}`: {shown(node)} where a list is expected", help)
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

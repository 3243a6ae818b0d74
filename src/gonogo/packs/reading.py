"""Reading the parts of a pack's files: known keys, texts and dates; every problem collected."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from gonogo.diagnostics import Problem, Span, nearest, quote
from gonogo.manifests.leaf import MOST_DAYS, WrongValueError, read_id, read_moment, shown
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence
from gonogo.values.times import Moment


class Reading:
    """The problems found so far, and the ways to find more.

    ``broken`` are those of files that could not be read at all. ``lost`` are names that the pack
    meant to give and whose own problem is said: that they are unknown is no second mistake. A name
    stands for all below it, and `register` or `rule` for every one, where a file hides which.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.problems: list[Problem] = []
        self.broken: list[Problem] = []
        self.lost: set[str] = set()

    def all_problems(self) -> list[Problem]:
        """What hides the rest comes first, then by place."""
        return [*self.broken, *sorted(self.problems, key=lambda problem: problem.span)]

    def is_lost(self, name: str) -> bool:
        return any(name == each or name.startswith(f"{each}.") for each in self.lost)

    def say(self, span: Span, message: str, help: str) -> None:
        self.problems.append(Problem(span, message, help))

    def unknown(
        self,
        span: Span,
        what: str,
        word: str,
        known: Iterable[str],
        *,
        lost: str = "",
        none: str = "delete it: there is nothing here to name",
    ) -> None:
        """A name that nothing here has, with the one that was probably meant.

        ``lost`` is how the name stands among those that were lost; ``none`` is what to do where
        there is nothing that could have been meant.
        """
        if lost and self.is_lost(lost):
            return
        choices = list(known)
        near = nearest(word, choices)
        listed = ", ".join(choices[:12]) + (", ..." if len(choices) > 12 else "")
        help = f"did you mean `{near}`?" if near else f"known here: {listed}" if listed else none
        self.say(span, f"{what} {quote(word)}", help)

    def mapping(
        self,
        node: Node | None,
        what: str,
        known: Iterable[str] | None,
        required: Iterable[str] = (),
    ) -> Mapping | None:
        """The node as a mapping with only known keys and all required ones."""
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.say(
                node.span,
                f"{what}: {shown(node)} where a mapping is expected",
                "write `key: value` lines, or {key: value}",
            )
            return None
        if known is not None:
            allowed = tuple(known)
            for key, span in node.keys.items():
                if key not in allowed:
                    self._unknown_key(span, what, key, node.entries[key], allowed)
        for key in required:
            if key not in node.entries:
                self.say(node.span, f"{what} has no `{key}`", f"add `{key}:`")
        return node

    def _unknown_key(
        self, span: Span, what: str, key: str, value: Node, allowed: tuple[str, ...]
    ) -> None:
        """In braces, what follows the comma of a text without quotes is read as a key."""
        alone = isinstance(value, Scalar) and not value.text and not value.quoted
        if alone and " " in key and not nearest(key, allowed):
            help = "a text with a comma in it must be quoted, if this is the rest of one"
            self.say(span, f"unknown key in {what}: {quote(key)}", help)
        else:
            self.unknown(span, f"unknown key in {what}:", key, allowed)

    def items(self, node: Node | None, what: str) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.say(
                node.span,
                f"{what}: {shown(node)} where a list is expected",
                "write a list such as [a, b]",
            )
            return []
        return node.items

    def text(self, parent: Mapping, key: str, default: str = "") -> str:
        """The text under a key, quoted or not: versions and titles are taken as written."""
        node = parent.entries.get(key)
        if node is None:
            return default
        if isinstance(node, Scalar) and node.text and node.value is not None:
            return node.text
        self.say(
            node.span,
            f"`{key}`: {shown(node)} where a text is expected",
            quoted_help(node) or "write a word or a sentence",
        )
        return default

    def texts(self, node: Node | None, what: str) -> list[tuple[str, Span]]:
        found = []
        for item in self.items(node, what):
            if isinstance(item, Scalar) and isinstance(item.value, str):
                found.append((item.value, item.span))
            else:
                help = quoted_help(item) or "write a word"
                self.say(item.span, f"{what}: {shown(item)} where a name is expected", help)
        return found

    def id(self, parent: Mapping, key: str, *, underscores: bool = False) -> str:
        node = parent.entries.get(key)
        if node is None:
            return ""
        try:
            if underscores and isinstance(node, Scalar) and isinstance(node.value, str):
                read_id(Scalar(node.value.replace("_", "-"), node.text, node.quoted, node.span))
                return node.value
            return read_id(node)
        except WrongValueError as wrong:
            self.say(node.span, f"`{key}`: {wrong.message}", wrong.help or "write another")
            return ""

    def flag(self, parent: Mapping, key: str) -> bool:
        node = parent.entries.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.say(
            node.span,
            f"`{key}`: {shown(node)} is not true or false",
            "write true or false, without quotes",
        )
        return False

    def days(self, parent: Mapping, key: str) -> int | None:
        """A whole number of days, at least one."""
        node = parent.entries.get(key)
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, Decimal) and value in range(1, MOST_DAYS):
            return int(value)
        if node is not None:
            self.say(node.span, f"`{key}`: {shown(node)} is no number of days", f"write {key}: 90")
        return None

    def moment(self, parent: Mapping, key: str) -> Moment | None:
        node = parent.entries.get(key)
        if node is None:
            return None
        try:
            return read_moment(node, key, self.zone)
        except WrongValueError as wrong:
            self.say(node.span, f"`{key}`: {wrong.message}", wrong.help or "write another")
            return None

    def start_of(self, parent: Mapping, key: str) -> datetime | None:
        """The first instant of the date under a key, in UTC."""
        moment = self.moment(parent, key)
        return moment.period(self.zone).low if moment else None

    def end_of(self, parent: Mapping, key: str) -> datetime | None:
        """The last instant of the date under a key, in UTC: a bare date is included whole."""
        moment = self.moment(parent, key)
        return moment.period(self.zone).high if moment else None


def quoted_help(node: Node) -> str | None:
    """What to write if a word is meant where YAML reads a number, true, false or nothing."""
    if isinstance(node, Scalar) and node.text and not node.quoted:
        return f'write "{node.text}" if that is what it is called'
    return None

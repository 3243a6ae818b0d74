"""Changes applied to a copy of the manifest, which is then read and judged like any other."""

from collections.abc import Mapping as ReadOnly
from decimal import Decimal
from typing import NamedTuple

from gonogo.diagnostics import InputError
from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.manifests.facts import Evidence, Fact, Facts
from gonogo.manifests.manifest import manifest_of
from gonogo.manifests.patching import patched
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence
from gonogo.values.amounts import Amount
from gonogo.values.digest import FileDigest
from gonogo.values.names import Name

Settings = ReadOnly[str, Fact]  # the changed facts by path; one without a value is taken out


class Copy(NamedTuple):
    """The manifest that changes are applied to, and what it is read with."""

    tree: Mapping
    vocabulary: Vocabulary
    developers: ReadOnly[str, str]
    frame: Frame
    evidence: tuple[Evidence, ...]  # as it was found: no change is one to the files

    def with_settings(self, settings: Settings) -> Facts | None:
        """The facts of the changed manifest; None if it would not be a valid one."""
        span = self.tree.span
        nodes = {path: self._node(path, fact) for path, fact in settings.items()}
        wanted = Mapping(nodes, dict.fromkeys(nodes, span), span)
        zone = self.frame.packs[0].zone
        try:
            tree = patched(self.tree, wanted, [])
            digest = FileDigest(b"")
            manifest = manifest_of(tree, span.file, digest, self.vocabulary, zone, self.developers)
        except InputError:
            return None
        return manifest.facts._replace(evidence=self.evidence)

    def is_go(self, settings: Settings) -> bool:
        facts = self.with_settings(settings)
        return facts is not None and verdict_of(facts, self.frame) is Verdict.GO

    def _node(self, path: str, fact: Fact) -> Node:
        """The changed value; what the long form says beside it stays."""
        value = _value(fact, self.tree)
        node: Node | None = self.tree
        for key in path.split("."):
            node = node.entries.get(key) if isinstance(node, Mapping) else None
        if isinstance(node, Mapping) and "value" in node.entries and fact.value is not None:
            return node._replace(entries={**node.entries, "value": value})
        return value


def _value(fact: Fact, tree: Mapping) -> Node:
    span = tree.span
    value = fact.value
    match value:
        case None:
            return Scalar(None, "null", False, span)
        case bool():
            return Scalar(value, str(value).lower(), False, span)
        case Amount():
            return Scalar(Decimal(value.low), str(value), False, span)
        case Name(text=text):
            return Scalar(text, text, True, span)
        case _ if type(value) is tuple:
            return Sequence([Scalar(str(word), str(word), False, span) for word in value], span)
        case _:
            return Scalar(str(value), str(value), False, span)


def written(fact: Fact) -> str:
    """The value of a change as a manifest states it."""
    match fact.value:
        case None:
            return "null"
        case bool():
            return str(fact.value).lower()
        case value if type(value) is tuple:
            return f"[{', '.join(map(str, value))}]"
        case value:
            return str(value)

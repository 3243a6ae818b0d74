"""A located tree to a manifest: typed facts, all problems at once.

This reader is at least as strict as the JSON Schema it takes its vocabulary from: what it accepts,
jsonschema accepts (tests/test_manifest_agrees.py). So jsonschema is asked, and imported, only when
something is wrong, to make sure that no problem is left out.
"""

import re
from collections.abc import Mapping as ReadOnly
from zoneinfo import ZoneInfo

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.manifests.crosscheck import cross_check
from gonogo.manifests.evidence import read_evidence
from gonogo.manifests.facts import Cause, Evidence, Fact, Facts, FactSpec, Manifest, Origin, unknown
from gonogo.manifests.fields import FIRST_LINE, FORMAT, Fields
from gonogo.manifests.leaf import (
    LONG_FORM,
    WrongValueError,
    concealed,
    read_moment,
    read_value,
    shown,
)
from gonogo.manifests.vocabulary import COVERAGE, Section, Vocabulary
from gonogo.trees.nodes import Mapping, Node, Scalar
from gonogo.trees.reader import read_tree
from gonogo.values.digest import FileDigest
from gonogo.values.names import nearly_same_id, normal_name

_EXTRA_KEY = "[a-z][a-z0-9_]*"


def read_manifest(
    data: bytes,
    file: str,
    vocabulary: Vocabulary,
    zone: ZoneInfo,
    developers: ReadOnly[str, str],
) -> Manifest:
    """The manifest in a file. Raises InputError with every problem found.

    ``vocabulary`` may hold facts under ``extra.`` that house packs declare. ``developers`` maps
    names people use, reduced by normal_name, to the ids of the registers. ``zone`` serves to
    suggest offsets.
    """
    tree = read_tree(data, file, begins=FIRST_LINE)
    return manifest_of(tree, file, FileDigest(data), vocabulary, zone, developers)


def manifest_of(
    tree: Node,
    file: str,
    digest: FileDigest,
    vocabulary: Vocabulary,
    zone: ZoneInfo,
    developers: ReadOnly[str, str],
) -> Manifest:
    """The manifest in a tree that is read already; see read_manifest."""
    if not isinstance(tree, Mapping):
        raise InputError(
            [Problem(tree.span, f"{shown(tree)} where a mapping is expected", FIRST_LINE)]
        )
    reader = _Reader(vocabulary, zone, developers)
    reader.document(tree)
    facts = Facts(reader.facts, frozenset(reader.mentioned), tuple(reader.evidence))
    problems, warnings = cross_check(facts, vocabulary, zone)
    problems = reader.problems + problems
    if problems:
        from gonogo.manifests.validity import (
            refused,  # imports jsonschema: only a mistake pays for it
        )

        problems += refused(tree, vocabulary.schema(), problems)
        raise InputError(sorted(problems, key=lambda problem: problem.span))
    return Manifest(
        file,
        digest,
        str(facts.get("model.name").value),
        str(facts.get("model.version").value),
        str(facts.get("model.developer").value),
        facts,
        tuple(sorted((*reader.warnings, *warnings), key=lambda problem: problem.span)),
    )


class _Reader(Fields):
    """Walks the tree beside the vocabulary and collects facts and problems."""

    def __init__(
        self, vocabulary: Vocabulary, zone: ZoneInfo, developers: ReadOnly[str, str]
    ) -> None:
        super().__init__(vocabulary)
        self.zone = zone
        self.developers = developers
        self.facts: dict[str, Fact] = {}
        self.mentioned: set[str] = set()
        self.evidence: list[Evidence] = []
        self.warnings: list[Problem] = []
        self.concealed: tuple[str, ...] = ()  # beginnings of paths whose values no message quotes

    def document(self, tree: Mapping) -> None:
        root = self.vocabulary.root
        self._format(tree)
        self.keys(tree, root, (*root.children, "manifest", "evidence", "extra"))
        if _keeps_coverage_secret(tree):
            self.concealed = (COVERAGE,)
        for key, child in root.children.items():
            if key in tree.entries and isinstance(child, Section):
                self.section(tree.entries[key], child)
        self.evidence = read_evidence(tree.entries.get("evidence"), self)
        self._extra(tree.entries.get("extra"))

    def _format(self, tree: Mapping) -> None:
        node = tree.entries.get("manifest")
        if node is not None and not (isinstance(node, Scalar) and node.value == FORMAT):
            self.say(node.span, f"`manifest`: {shown(node)} is not a format", FIRST_LINE)

    def section(self, node: Node, section: Section) -> None:
        if isinstance(node, Scalar) and node.value is None and section.may_be_unknown:
            self._all_unknown(section, Cause.NULL, node.span, "")
            return
        if not isinstance(node, Mapping):
            help = f"write keys below it: {', '.join(section.children)}"
            found = shown(concealed(node) if section.is_sensitive() else node)
            self.say(node.span, f"`{section.path}`: {found} where a mapping is expected", help)
            return
        self.mentioned.add(section.path)
        if section.may_be_unknown and (why := self._said_unknown(node, section.path)) is not None:
            self._all_unknown(section, Cause.SAID, node.span, why)
            return
        self.keys(node, section, tuple(section.children))
        for key, child in section.children.items():
            if key in node.entries:
                if isinstance(child, Section):
                    self.section(node.entries[key], child)
                else:
                    self.leaf(node.entries[key], child)

    def _all_unknown(self, section: Section, cause: Cause, span: Span, why: str) -> None:
        for child in section.children.values():
            if isinstance(child, Section):
                if cause is Cause.SAID:
                    self.mentioned.add(child.path)
                self._all_unknown(child, cause, span, why)
            else:
                self.facts[child.path] = unknown(child.path, cause, span, why)

    def _said_unknown(self, node: Mapping, field: str) -> str | None:
        """The reason in `{unknown: why}`; None if the mapping is something else."""
        if "unknown" not in node.entries:
            return None
        why = node.entries["unknown"]
        if "value" in node.entries:
            self.say(node.span, f"`{field}`: both `value` and `unknown`", "keep one of them")
        elif len(node.entries) > 1:
            help = "delete `unknown`, or what stands beside it"
            self.say(node.span, f"`{field}`: `unknown` stands alone, beside nothing else", help)
        if not (isinstance(why, Scalar) and isinstance(why.value, str) and why.value):
            self.say(
                why.span,
                f"`{field}`: {shown(why)} is not a reason",
                'say why in words: {unknown: "not measured yet"}',
            )
            return ""
        return why.value

    def leaf(self, node: Node, spec: FactSpec) -> None:
        if spec.sensitive or spec.path.startswith(self.concealed):
            node = concealed(node)
        if spec.may_be_unknown:
            if isinstance(node, Mapping):
                why = self._said_unknown(node, spec.path)
                if why is not None:
                    self.facts[spec.path] = unknown(spec.path, Cause.SAID, node.span, why)
                    return
            elif isinstance(node, Scalar) and node.value is None and spec.may_be_empty:
                self.facts[spec.path] = unknown(spec.path, Cause.NULL, node.span)
                return
        try:
            self.facts[spec.path] = self._stated(node, spec)
        except WrongValueError as wrong:
            from gonogo.manifests.hints import fact_help

            inner = _inner(node)
            help = fact_help(node, inner, spec, wrong.help, self.developers)
            self.say((wrong.node or inner).span, f"`{spec.path}`: {wrong.message}", help)

    def _stated(self, node: Node, spec: FactSpec) -> Fact:
        evidence: tuple[str, ...] = ()
        note = ""
        if isinstance(node, Mapping) and "value" in node.entries:
            evidence, note = self._long_form(node, spec.path)
            node = node.entries["value"]
        value = read_value(node, spec, self.zone)
        if spec.path == "model.developer":
            self._check_developer(str(value), node.span)
        return Fact(spec.path, value, Origin.MANIFEST, node.span, note=note, evidence=evidence)

    def _check_developer(self, developer: str, span: Span) -> None:
        known = self.developers.get(normal_name(developer), developer)
        if known != developer:
            raise WrongValueError(f"`{developer}` is another name of a developer in the registers")
        ids = set(self.developers.values())
        alike = [] if developer in ids else [id for id in ids if nearly_same_id(developer, id)]
        if near := min(alike, default=None):
            self.warnings.append(
                Problem(
                    span,
                    f"`model.developer`: no register knows {quote(developer)}",
                    f"did you mean `{near}`?",
                )
            )

    def _long_form(self, node: Mapping, field: str) -> tuple[tuple[str, ...], str]:
        for key, span in node.keys.items():
            if key not in LONG_FORM:
                near = nearest(key, LONG_FORM)
                hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(LONG_FORM)}"
                self.say(span, f"`{field}`: unknown key {quote(key)} beside `value`", hint)
        ids: tuple[str, ...] = ()
        if (listed := node.entries.get("evidence")) is not None:
            ids = self.strings(listed, f"{field}.evidence", only_ids=True)
        for key in ("stated_by", "note"):
            self.optional_text(node, key, field, may_be_empty=key == "note")
        if (on := node.entries.get("stated_on")) is not None:
            try:
                read_moment(on, "stated_on", self.zone)
            except WrongValueError as wrong:
                self.say(on.span, f"`{field}`: stated_on: {wrong.message}", wrong.help)
        note = node.entries.get("note")
        return ids, str(note.value) if isinstance(note, Scalar) else ""

    def _extra(self, node: Node | None) -> None:
        """Facts that house packs declare; what none declares is kept out and said."""
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return
        if not isinstance(node, Mapping):
            self.say(node.span, f"`extra`: {shown(node)} where a mapping is expected")
            return
        for key, child in node.entries.items():
            spec = self.vocabulary.specs.get(f"extra.{key}")
            if not re.fullmatch(_EXTRA_KEY, key):
                self.say(node.keys[key], f"`extra`: {quote(key)} is not a name (a-z, 0-9 and _)")
            elif spec is not None:
                self.leaf(child, spec)
            else:
                declared = [p for p in self.vocabulary.specs if p.startswith("extra.")]
                near = nearest(f"extra.{key}", declared)
                self.warnings.append(
                    Problem(
                        node.keys[key],
                        f"no selected pack declares `extra.{key}`; it decides nothing",
                        f"did you mean `{near}`?" if near else None,
                    )
                )


def _keeps_coverage_secret(tree: Mapping) -> bool:
    """Is `coverage.disclosable` stated as anything but true? What is misspelt may mean false."""
    coverage = tree.entries.get("coverage")
    said = coverage.entries.get("disclosable") if isinstance(coverage, Mapping) else None
    if isinstance(said, Mapping):
        said = said.entries.get("value")
    if isinstance(said, Scalar):
        return said.value is not None and said.value is not True
    return said is not None


def _inner(node: Node) -> Node:
    """The value inside the long form, or the node itself."""
    if isinstance(node, Mapping) and "value" in node.entries:
        return node.entries["value"]
    return node

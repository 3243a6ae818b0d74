"""A located tree to a manifest: typed facts, all problems at once.

This reader is at least as strict as the JSON Schema it takes its vocabulary from: what it accepts,
jsonschema accepts (tests/test_manifest_agrees.py). So jsonschema is asked, and imported, only when
something is wrong, to make sure that no problem is left out.
"""

import re
from collections.abc import Mapping as ReadOnly
from zoneinfo import ZoneInfo

from gonogo.crosscheck import cross_check
from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.facts import Cause, Evidence, Fact, Facts, FactSpec, Manifest, Origin, unknown
from gonogo.leaf import WrongValue, read_id, read_moment, read_value, shown
from gonogo.tree import Mapping, Node, Scalar, Sequence, read_tree
from gonogo.values import normal_name
from gonogo.vocabulary import Section, Vocabulary

FORMAT = "gonogo/1"
_FIRST_LINE = f"a manifest begins with `manifest: {FORMAT}`"
_LONG_FORM = ("value", "evidence", "stated_by", "stated_on", "note")
_EVIDENCE_KEYS = ("id", "kind", "path", "sha256", "supports", "note")
_EXTRA_KEY = re.compile(r"[a-z][a-z0-9_]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST_EVIDENCE = 200


def read_manifest(
    data: bytes,
    file: str,
    sha256: str,
    vocabulary: Vocabulary,
    zone: ZoneInfo,
    developers: ReadOnly[str, str],
) -> Manifest:
    """The manifest in a file. Raises InputError with every problem found.

    ``vocabulary`` may hold facts under ``extra.`` that house packs declare. ``developers`` maps
    names people use, reduced by normal_name, to the ids of the registers. ``zone`` serves to
    suggest offsets.
    """
    tree = read_tree(data, file)
    if not isinstance(tree, Mapping):
        raise InputError(
            [Problem(tree.span, f"{shown(tree)} where a mapping is expected", _FIRST_LINE)]
        )
    reader = _Reader(vocabulary, zone, developers)
    reader.document(tree)
    facts = Facts(reader.facts, frozenset(reader.mentioned), tuple(reader.evidence))
    problems, warnings = cross_check(facts, vocabulary, zone)
    problems = reader.problems + problems
    if problems:
        from gonogo.validity import refused  # imports jsonschema: only a mistake pays for it

        problems += refused(tree, vocabulary.schema, problems)
        raise InputError(sorted(problems, key=lambda problem: problem.span))
    return Manifest(
        file,
        sha256,
        str(facts.get("model.name").value),
        str(facts.get("model.version").value),
        str(facts.get("model.developer").value),
        facts,
        (*reader.warnings, *warnings),
    )


class _Reader:
    """Walks the tree beside the vocabulary and collects facts and problems."""

    def __init__(
        self, vocabulary: Vocabulary, zone: ZoneInfo, developers: ReadOnly[str, str]
    ) -> None:
        self.vocabulary = vocabulary
        self.zone = zone
        self.developers = developers
        self.also = dict(vocabulary.also())
        self.facts: dict[str, Fact] = {}
        self.mentioned: set[str] = set()
        self.evidence: list[Evidence] = []
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def say(self, span: Span, message: str, help: str | None = None) -> None:
        self.problems.append(Problem(span, message, help))

    def document(self, tree: Mapping) -> None:
        root = self.vocabulary.root
        self._format(tree)
        self._keys(tree, root, (*root.children, "manifest", "evidence", "extra"))
        for key, child in root.children.items():
            if key in tree.entries and isinstance(child, Section):
                self.section(tree.entries[key], child)
        self._evidence(tree.entries.get("evidence"))
        self._extra(tree.entries.get("extra"))

    def _format(self, tree: Mapping) -> None:
        node = tree.entries.get("manifest")
        if node is not None and not (isinstance(node, Scalar) and node.value == FORMAT):
            self.say(node.span, f"`manifest`: {shown(node)} is not a format", _FIRST_LINE)

    def _keys(self, node: Mapping, section: Section, known: tuple[str, ...]) -> None:
        for key, span in node.keys.items():
            if key not in known:
                self.say(
                    span,
                    f"unknown key {quote(key)} in `{section.path or 'the manifest'}`",
                    self._key_help(key, section, known),
                )
        for key in section.required:
            if key not in node.entries:
                field = f"{section.path}.{key}".lstrip(".")
                help = _FIRST_LINE if key == "manifest" else self._required_help(field)
                self.say(node.span, f"`{field}` is missing; it is required", help)

    def _required_help(self, field: str) -> str | None:
        spec = self.vocabulary.specs.get(field)
        return f"add `{field.rpartition('.')[2]}`: {spec.ask}" if spec else None

    def _key_help(self, key: str, section: Section, known: tuple[str, ...]) -> str:
        word = key.casefold().replace("-", "_")
        if word in self.also:
            return f"that is `{self.also[word]}` here"
        elsewhere = [p for p in self.vocabulary.specs if p.endswith(f".{word}") and "." in p]
        if len(elsewhere) == 1:
            return f"it belongs under `{elsewhere[0].rpartition('.')[0]}`, as `{elsewhere[0]}`"
        near = nearest(key, known)
        return f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"

    def section(self, node: Node, section: Section) -> None:
        if isinstance(node, Scalar) and node.value is None and section.may_be_unknown:
            self._all_unknown(section, Cause.NULL, node.span, "")
            return
        if not isinstance(node, Mapping):
            self.say(node.span, f"`{section.path}`: {shown(node)} where a mapping is expected")
            return
        self.mentioned.add(section.path)
        if section.may_be_unknown and (why := self._said_unknown(node, section.path)) is not None:
            self._all_unknown(section, Cause.SAID, node.span, why)
            return
        self._keys(node, section, tuple(section.children))
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
        if len(node.entries) > 1:
            self.say(node.span, f"`{field}`: `unknown` stands alone, beside nothing else")
        if not (isinstance(why, Scalar) and isinstance(why.value, str) and why.value):
            self.say(
                why.span,
                f"`{field}`: {shown(why)} is not a reason",
                'say why in words: {unknown: "not measured yet"}',
            )
            return ""
        return why.value

    def leaf(self, node: Node, spec: FactSpec) -> None:
        if spec.may_be_unknown:
            if isinstance(node, Mapping):
                why = self._said_unknown(node, spec.path)
                if why is not None:
                    self.facts[spec.path] = unknown(spec.path, Cause.SAID, node.span, why)
                    return
            elif isinstance(node, Scalar) and node.value is None:
                self.facts[spec.path] = unknown(spec.path, Cause.NULL, node.span)
                return
        try:
            self.facts[spec.path] = self._stated(node, spec)
        except WrongValue as wrong:
            span = (wrong.node or node).span
            self.say(span, f"`{spec.path}`: {wrong.message}", self._value_help(node, spec, wrong))

    def _value_help(self, node: Node, spec: FactSpec, wrong: WrongValue) -> str | None:
        """The register's id for a developer's name, else what the value's kind suggests."""
        text = node.text if isinstance(node, Scalar) else ""
        if spec.path == "model.developer" and normal_name(text) in self.developers:
            return f"in the registers that is `{self.developers[normal_name(text)]}`"
        if isinstance(node, Scalar) and node.value is None:
            return f"{spec.ask}" + (' or {unknown: "why"}' if spec.may_be_unknown else "")
        return wrong.help

    def _stated(self, node: Node, spec: FactSpec) -> Fact:
        evidence: tuple[str, ...] = ()
        note = ""
        if isinstance(node, Mapping) and "value" in node.entries:
            evidence, note = self._long_form(node, spec.path)
            node = node.entries["value"]
        value = read_value(node, spec, self.zone)
        if spec.path == "model.developer":
            self._check_developer(str(value))
        return Fact(spec.path, value, Origin.MANIFEST, node.span, note=note, evidence=evidence)

    def _check_developer(self, developer: str) -> None:
        known = self.developers.get(normal_name(developer), developer)
        if known != developer:
            raise WrongValue(f"`{developer}` is another name of a developer in the registers")
        ids = set(self.developers.values())
        near = nearest(developer, ids) if developer not in ids else None
        if near and abs(len(near) - len(developer)) < 3 and len(developer) > 3:
            self.warnings.append(
                Problem(
                    Span("", 0, 0),
                    f"`model.developer`: no register knows {quote(developer)}",
                    f"did you mean `{near}`?",
                )
            )

    def _long_form(self, node: Mapping, field: str) -> tuple[tuple[str, ...], str]:
        for key, span in node.keys.items():
            if key not in _LONG_FORM:
                near = nearest(key, _LONG_FORM)
                hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(_LONG_FORM)}"
                self.say(span, f"`{field}`: unknown key {quote(key)} beside `value`", hint)
        ids: tuple[str, ...] = ()
        if (listed := node.entries.get("evidence")) is not None:
            ids = self._strings(listed, f"{field}.evidence", only_ids=True)
        for key in ("stated_by", "note"):
            self._optional_text(node, key, field, may_be_empty=key == "note")
        if (on := node.entries.get("stated_on")) is not None:
            try:
                read_moment(on, "stated_on", self.zone)
            except WrongValue as wrong:
                self.say(on.span, f"`{field}`: stated_on: {wrong.message}", wrong.help)
        note = node.entries.get("note")
        return ids, note.text if isinstance(note, Scalar) else ""

    def _optional_text(
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

    def _strings(self, node: Node, field: str, *, only_ids: bool) -> tuple[str, ...]:
        if not isinstance(node, Sequence):
            self.say(node.span, f"`{field}`: {shown(node)} where a list is expected")
            return ()
        if len(node.items) > _MOST_EVIDENCE:
            self.say(node.span, f"`{field}`: more than {_MOST_EVIDENCE} items")
            return ()
        found = []
        for item in node.items:
            try:
                if only_ids:
                    found.append(read_id(item))
                elif isinstance(item, Scalar) and isinstance(item.value, str):
                    found.append(item.value)
                else:
                    raise WrongValue(f"{shown(item)} is not the path of a fact")
            except WrongValue as wrong:
                self.say(item.span, f"`{field}`: {wrong.message}", wrong.help)
        return tuple(found)

    def _evidence(self, node: Node | None) -> None:
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return
        if not isinstance(node, Sequence):
            self.say(node.span, f"`evidence`: {shown(node)} where a list is expected")
            return
        if len(node.items) > _MOST_EVIDENCE:
            self.say(node.span, f"`evidence`: more than {_MOST_EVIDENCE} items")
            return
        for item in node.items:
            self._evidence_item(item)

    def _evidence_item(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            self.say(node.span, f"`evidence`: {shown(node)} where a mapping is expected")
            return
        section = Section("evidence", "evidence", {}, required=("id", "kind"))
        self._keys(node, section, _EVIDENCE_KEYS)
        kind = self._optional_text(node, "kind", "evidence", may_be_empty=False)
        if kind is not None and kind not in self.vocabulary.evidence_kinds:
            near = nearest(kind, self.vocabulary.evidence_kinds)
            hint = f"did you mean `{near}`? " if near else ""
            choices = ", ".join(self.vocabulary.evidence_kinds)
            self.say(
                node.entries["kind"].span,
                f"`evidence`: {quote(kind)} is not a kind",
                f"{hint}one of {choices}",
            )
        digest = self._optional_text(node, "sha256", "evidence", may_be_empty=False)
        if digest is not None and not _SHA256.fullmatch(digest):
            self.say(
                node.entries["sha256"].span,
                f"`evidence`: {quote(digest)} is not a SHA-256",
                "64 lower-case hexadecimal digits, as `sha256sum FILE` prints them",
            )
        path = self._optional_text(node, "path", "evidence", may_be_empty=False, most=512)
        self._optional_text(node, "note", "evidence", may_be_empty=True)
        listed = node.entries.get("supports")
        supports = self._strings(listed, "evidence.supports", only_ids=False) if listed else ()
        self._supported(listed, supports)
        if "id" in node.entries:
            ids = self._strings(
                Sequence([node.entries["id"]], node.span), "evidence.id", only_ids=True
            )
            span = node.entries["id"].span
            self.evidence += [Evidence(id, kind or "", path, digest, supports, span) for id in ids]

    def _supported(self, node: Node | None, paths: tuple[str, ...]) -> None:
        """Each path that evidence supports is a fact that a manifest can state."""
        specs = self.vocabulary.specs
        items = node.items if isinstance(node, Sequence) else []
        for item in items:
            path = item.text if isinstance(item, Scalar) else ""
            if path in paths and path not in specs:
                near = self.also.get(path) or nearest(path, specs)
                self.say(
                    item.span,
                    f"`evidence`: {quote(path)} is not a fact",
                    f"did you mean `{near}`?" if near else None,
                )

    def _extra(self, node: Node | None) -> None:
        """Facts that house packs declare; what none declares is kept out and said."""
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return
        if not isinstance(node, Mapping):
            self.say(node.span, f"`extra`: {shown(node)} where a mapping is expected")
            return
        for key, child in node.entries.items():
            spec = self.vocabulary.specs.get(f"extra.{key}")
            if not _EXTRA_KEY.fullmatch(key):
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

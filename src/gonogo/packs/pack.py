"""The files of one pack folder to a Pack: everything checked, every problem at once."""

from collections.abc import Mapping as ReadOnly
from zoneinfo import ZoneInfo

from gonogo.diagnostics import InputError, Span
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.conditions import read_conditions
from gonogo.packs.derived import read_derived
from gonogo.packs.head import PackFiles, read_zone
from gonogo.packs.language import All
from gonogo.packs.operands import Names
from gonogo.packs.parameters import read_parameter
from gonogo.packs.policy import (
    EXPIRY,
    Derived,
    HeadlineItem,
    Pack,
    PackIdentity,
    Parameter,
    Register,
    Rule,
    Source,
)
from gonogo.packs.reading import Reading
from gonogo.packs.registers import is_taken, read_register
from gonogo.packs.rules import check_cycles, read_headline, read_rule
from gonogo.packs.sources import read_sources
from gonogo.trees.nodes import Mapping, Node
from gonogo.trees.reader import read_tree

_HEAD_KEYS = (
    "pack", "version", "title", "default", "timezone", "governing_date", "reviewed_on", "notice",
    "extends", "change", "remove", "reclass", "sources", "parameters", "facts", "derived",
    "definitions", "headline", "waivers",
)  # fmt: skip


def read_pack(files: PackFiles, parent: Pack | None, vocabulary: Vocabulary) -> Pack:
    """The pack in a folder; a house pack on top of the pack it extends. Raises InputError."""
    body = files.head
    try:
        reading = Reading(parent.zone if parent else read_zone(body))
    except InputError as error:
        reading = Reading(ZoneInfo("UTC"))  # to find what else is wrong
        reading.problems += error.problems
    pack = _Reader(body, parent, vocabulary, reading).read(files)
    if problems := reading.all_problems():
        raise InputError(problems)
    return pack


class _Reader:
    """Reads the parts of a pack in the order in which they rest on each other."""

    def __init__(
        self, body: Mapping, parent: Pack | None, vocabulary: Vocabulary, reading: Reading
    ) -> None:
        self.body = body
        self.parent = parent
        self.reading = reading
        self.id = reading.id(body, "pack")
        self.specs: dict[str, FactSpec] = dict(parent.specs if parent else vocabulary.specs)
        self.registers: dict[str, Register] = dict(parent.registers if parent else {})
        self.definitions: dict[str, All] = dict(parent.definitions if parent else {})

    def read(self, files: PackFiles) -> Pack:
        body, reading, parent = self.body, self.reading, self.parent
        needed = ("version", "title") if parent else ("version", "title", "governing_date")
        reading.mapping(body, "pack.yaml", _HEAD_KEYS, needed)
        if parent is None:
            self._no_parent()
        reading.moment(body, "reviewed_on")
        identity = PackIdentity(
            self.id,
            reading.text(body, "version"),
            reading.text(body, "title"),
            files.digest,
            reading.text(body, "reviewed_on"),
        )
        known = parent.sources if parent else {}
        sources = {**known, **read_sources(body.entries.get("sources"), known, reading)}
        parameters = self._parameters(sources)
        if "facts" in body.entries:
            from gonogo.packs.own_facts import read_own_facts  # the shipped pack declares none

            self.specs.update(read_own_facts(body.entries["facts"], self.specs, reading))
        self._registers(files.registers, sources, parameters)
        derived = self._derived(parameters)
        governing = self._governing()
        own_names = self._own_definitions()
        names = Names(
            self.specs, parameters, self.registers, frozenset({*self.definitions, *own_names})
        )
        for name, node in own_names.items():
            self.definitions[name] = read_conditions(node, names, reading)
        check_cycles(self.definitions, reading)
        own_rules = self._rules(files.rules, names, sources)
        rules = (*self._inherited(), *own_rules)
        lineage = (*(parent.lineage if parent else ()), identity)
        return Pack(
            identity,
            lineage,
            reading.flag(body, "default"),
            reading.zone,
            governing,
            " ".join(filter(None, (parent.notice if parent else "", reading.text(body, "notice")))),
            sources,
            parameters,
            self.registers,
            derived,
            self.definitions,
            rules,
            self._headline(names, rules),
            self.specs,
            self._most_waiver_days(),
        )

    def _most_waiver_days(self) -> int | None:
        """How long a waiver may last; None, as in a pack that does not say, allows none at all."""
        keys = ("most_days",)
        body = self.reading.mapping(self.body.entries.get("waivers"), "`waivers`", keys, keys)
        if body is not None:
            return self.reading.days(body, "most_days")
        return self.parent.most_waiver_days if self.parent else None

    def _section(self, key: str) -> ReadOnly[str, Node]:
        node = self.reading.mapping(self.body.entries.get(key), f"`{key}`", None)
        return node.entries if node else {}

    def _parameters(self, sources: ReadOnly[str, Source]) -> dict[str, Parameter]:
        reading, parent = self.reading, self.parent
        found = dict(parent.parameters if parent else {})
        for name, node in self._section("parameters").items():
            if name in found:
                span = self._key_span("parameters", name)
                reading.say(span, f"`{name}` exists already", "use `change:` to change its values")
                continue
            parameter = read_parameter(name, node, self.id, sources, reading)
            if parameter:
                found[name] = parameter
            else:
                reading.lost.add(f"${name}")
        if parent:
            from gonogo.packs.house import check_house  # most runs read no house pack

            check_house(self.body, self.id, parent, found, sources, reading)
        return found

    def _inherited(self) -> tuple[Rule, ...]:
        if self.parent is None:
            return ()
        from gonogo.packs.house import inherit

        return inherit(self.parent, self.body, self.reading)

    def _key_span(self, section: str, key: str) -> Span:
        node = self.body.entries[section]
        return node.keys[key] if isinstance(node, Mapping) else node.span

    def _registers(
        self,
        files: tuple[tuple[str, bytes], ...],
        sources: ReadOnly[str, Source],
        parameters: ReadOnly[str, Parameter],
    ) -> None:
        for file, data in files:
            tree = self._tree(data, file, "register")
            if tree is None or is_taken(tree, self.registers, self.id, self.reading):
                continue
            register = read_register(tree, self.id, sources, self.reading)
            if register is None:
                continue
            entries = tree.entries if isinstance(tree, Mapping) else {}
            lost = self.reading.is_lost(f"${EXPIRY}")
            if register.complete and EXPIRY not in parameters and not lost:
                self.reading.say(
                    entries["complete"].span,
                    f"`complete: true` needs the parameter `{EXPIRY}`",
                    "say for how many days after its `as_of` the register is trusted",
                )
            self.registers[register.name] = register
        for name, register in self.registers.items():
            path = f"register.{name}.as_of"
            title = f"last search of the register of {register.title}"
            self.specs.setdefault(path, FactSpec(path, Kind.MOMENT, title))

    def _tree(self, data: bytes, file: str, gives: str) -> Node | None:
        """The tree of a file, or None and what it would have given is lost."""
        try:
            return read_tree(data, file)
        except InputError as error:
            self.reading.broken += error.problems
            self.reading.lost.add(gives)
            return None

    def _no_parent(self) -> None:
        """What only a house pack may write."""
        for key in ("change", "remove", "reclass"):
            if key in self.body.entries:
                span = self.body.keys[key]
                help = "add `extends:` with the id of the pack that it is about"
                self.reading.say(span, f"`{key}` in a pack that extends no other", help)

    def _derived(self, parameters: ReadOnly[str, Parameter]) -> tuple[Derived, ...]:
        found: list[Derived] = list(self.parent.derived if self.parent else ())
        for path, node in self._section("derived").items():
            names = Names(self.specs, parameters, self.registers, frozenset())
            span = self._key_span("derived", path)
            if self._is_taken(path, span):
                continue
            made = read_derived(path, node, span, names, self.reading)
            if made:
                derived, specs = made
                found.append(derived)
                self.specs.update(specs)
            else:
                self.reading.lost.add(path)
        return tuple(found)

    def _is_taken(self, path: str, span: Span) -> bool:
        """A derived fact is a new one; only `participation` may be filled, and only once."""
        filled = {each.path for each in self.parent.derived} if self.parent else set()
        if path in self.specs or path in filled:
            self.reading.say(span, f"`{path}` exists already", "give the derived fact a new name")
            return True
        exists = any(spec.startswith(f"{path}.") for spec in self.specs)
        if exists and not path.startswith("participation."):
            help = "only an instrument of `participation` may be filled from a register"
            self.reading.say(span, f"`{path}` is a section of the manifest", help)
            return True
        return False

    def _governing(self) -> str:
        if self.parent:
            for key in ("timezone", "governing_date"):
                if key in self.body.entries:
                    span = self._key_span_of(key)
                    self.reading.say(
                        span, f"a pack that extends another inherits `{key}`", "delete the line"
                    )
            return self.parent.governing
        path = self.reading.text(self.body, "governing_date")
        spec = self.specs.get(path)
        if path and (spec is None or spec.kind is not Kind.MOMENT):
            dates = [path for path, spec in self.specs.items() if spec.kind is Kind.MOMENT]
            span = self._key_span_of("governing_date")
            self.reading.unknown(span, "`governing_date`: there is no date", path, dates)
        return path

    def _key_span_of(self, key: str) -> Span:
        return self.body.entries[key].span

    def _own_definitions(self) -> dict[str, Node]:
        own = dict(self._section("definitions"))
        for name in own:
            if name in self.definitions:
                span = self._key_span("definitions", name)
                help = "give it another name"
                self.reading.say(span, f"the definition `{name}` exists already", help)
        return own

    def _rules(
        self, files: tuple[tuple[str, bytes], ...], names: Names, sources: ReadOnly[str, Source]
    ) -> tuple[Rule, ...]:
        found: dict[str, Rule] = {}
        for file, data in files:
            tree = self._tree(data, file, "rule")
            body = self.reading.mapping(tree, "a rules file", ("rules",), ("rules",))
            if body is None:
                self.reading.lost.add("rule")
                continue
            for node in self.reading.items(body.entries.get("rules"), "rules"):
                rule = read_rule(node, self.id, names, sources, self.reading)
                if rule is None:
                    self.reading.lost.add("rule")
                    continue
                if rule.id in found:
                    line = found[rule.id].span
                    self.reading.say(
                        rule.span,
                        f"the rule `{rule.id}` exists already: {line}",
                        "give one of them another id",
                    )
                found[rule.id] = rule
        if not found and not self.parent and not self.reading.all_problems():
            self.reading.say(
                self.body.span, "a pack without rules decides nothing", "add a file under rules/"
            )
        return tuple(found.values())

    def _headline(self, names: Names, rules: tuple[Rule, ...]) -> tuple[HeadlineItem, ...]:
        by_id = {**{rule.id: rule for rule in rules}, **{rule.key: rule for rule in rules}}
        items = []
        for node in self.reading.items(self.body.entries.get("headline"), "headline"):
            item = read_headline(node, names, by_id, self.reading)
            if item:
                items.append(item)
        kept = [
            item
            for item in (self.parent.headline if self.parent else ())
            if item.rule is None or item.rule in by_id
        ]
        return (*kept, *items)

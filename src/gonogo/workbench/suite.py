"""The tests that lie beside a pack's rules: files under tests/ to typed cases.

What is not understood is an error: a test is never skipped.
"""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.engine.judge import Outcome, Verdict
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import manifest_of
from gonogo.manifests.patching import patched
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack, Profile
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node, Scalar
from gonogo.trees.reader import read_tree
from gonogo.values.digest import FileDigest
from gonogo.values.times import Moment, Precision
from gonogo.workbench.searched import read_searched

_CASE_KEYS = ("name", "manifest", "set", "unset", "as_of", "searched", "profile", "expect", "note")
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_VERDICTS = {verdict.value: verdict for verdict in Verdict}


class Expected(NamedTuple):
    """What a case says must come out. Each part has the place where it is said."""

    rules: tuple[tuple[str, Outcome, Span], ...]  # by the rule's key
    verdicts: tuple[tuple[str, Verdict, Span], ...]  # by profile
    asks: tuple[str, ...] | None
    asks_span: Span


class Case(NamedTuple):
    """One test: a manifest, a time, and what must come out."""

    name: str
    tree: Mapping  # the manifest with everything set and unset
    manifest: Manifest
    as_of: Moment
    searched: ReadOnly[str, Moment]  # registers that it takes to have been searched on a day
    profile: str
    expected: Expected
    span: Span


class Survivor(NamedTuple):
    """A mutation that no test can notice, with the reason."""

    change: str
    why: str
    span: Span


class Suite(NamedTuple):
    """All tests of one pack, in the order of files and of cases in them."""

    pack: Pack
    cases: tuple[Case, ...]
    survivors: tuple[Survivor, ...]


class Terms(NamedTuple):
    """What test files may speak of, beside the pack itself."""

    vocabulary: Vocabulary
    profiles: ReadOnly[str, Profile]
    default_profile: str


def read_suite(files: Sequence[tuple[str, bytes]], pack: Pack, terms: Terms) -> Suite:
    """The tests in the files of a pack. Raises InputError with every problem of every file."""
    reader = _Reader(pack, terms)
    trees = [tree for name, data in files if (tree := reader.tree(name, data)) is not None]
    for tree in trees:
        reader.manifests_of(tree)
    for tree in trees:
        reader.cases_of(tree)
    problems = list(dict.fromkeys(reader.reading.problems))  # a base manifest serves many tests
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.span))
    return Suite(pack, tuple(reader.cases), tuple(reader.survivors))


class _Reader:
    """Collects manifests first, then the cases that use them."""

    def __init__(self, pack: Pack, terms: Terms) -> None:
        self.pack = pack
        self.terms = terms
        self.vocabulary = terms.vocabulary.with_specs(pack.specs)
        self.developers = pack.developers()
        self.reading = Reading(pack.zone)
        self.manifests: dict[str, Node] = {}
        self.names: dict[str, Span] = {}
        self.cases: list[Case] = []
        self.survivors: list[Survivor] = []
        self.rules = {rule.id: rule.key for rule in pack.rules}
        self.rules |= {rule.key: rule.key for rule in pack.rules}

    def tree(self, name: str, data: bytes) -> Mapping | None:
        try:
            node = read_tree(data, name, begins="a file of tests has a list under `tests:`")
        except InputError as error:
            self.reading.problems += error.problems
            return None
        keys = ("searched", "manifests", "tests", "survivors")
        return self.reading.mapping(node, "a file of tests", keys, ("tests",))

    def manifests_of(self, tree: Mapping) -> None:
        body = self.reading.mapping(tree.entries.get("manifests"), "`manifests`", None)
        for name, node in body.entries.items() if body else ():
            span = body.keys[name] if body else node.span
            if name in self.manifests:
                self.reading.say(span, f"the manifest `{name}` exists already", "choose a name")
            self.manifests[name] = node

    def cases_of(self, tree: Mapping) -> None:
        listed = tree.entries.get("tests")
        items = self.reading.items(listed, "`tests`")
        if listed is not None and not items:
            self.reading.say(listed.span, "a file of tests without a test", "add one, or delete it")
        searched = read_searched(tree.entries.get("searched"), self.pack, self.reading)
        for item in items:
            case = self._case(item, searched)
            if case is not None:
                self.cases.append(case)
        for item in self.reading.items(tree.entries.get("survivors"), "`survivors`"):
            body = self.reading.mapping(item, "a survivor", ("change", "why"), ("change", "why"))
            if body:
                change, why = self.reading.text(body, "change"), self.reading.text(body, "why")
                self.survivors.append(Survivor(change, why, body.span))

    def _case(self, node: Node, searched: ReadOnly[str, Moment]) -> Case | None:
        """One test; ``searched`` is what its file says of all tests in it."""
        reading = self.reading
        needed = ("name", "manifest", "as_of", "expect")
        body = reading.mapping(node, "a test", _CASE_KEYS, needed)
        if body is None or any(key not in body.entries for key in needed):
            return None
        name = reading.text(body, "name")
        if name and name in self.names:
            first = self.names[name]
            text = f"the test `{name}` exists already, at {first}"
            reading.say(body.entries["name"].span, text, "a name says what is special about it")
        self.names[name] = body.span
        reading.text(body, "note")
        as_of = reading.moment(body, "as_of")
        if as_of is not None and as_of.precision is Precision.MONTH:
            help = "write a day, or an instant with its offset"
            reading.say(body.entries["as_of"].span, "`as_of` is a month", help)
        own = read_searched(body.entries.get("searched"), self.pack, reading)
        profile = reading.text(body, "profile", self.terms.default_profile)
        if profile not in self.terms.profiles:
            span = body.entries["profile"].span
            reading.unknown(span, "there is no profile", profile, self.terms.profiles)
        expected = self._expected(body.entries["expect"], profile)
        tree = self._manifest(body)
        manifest = self._facts(tree) if tree is not None else None
        if manifest is None or tree is None or as_of is None or expected is None:
            return None
        days = {**searched, **own}
        return Case(name, tree, manifest, as_of, days, profile, expected, body.span)

    def _manifest(self, body: Mapping) -> Mapping | None:
        """The named or inline manifest with everything set and unset."""
        node: Node | None = body.entries["manifest"]
        if isinstance(node, Scalar):
            name = self.reading.text(body, "manifest")
            if name and name not in self.manifests:
                what = "there is no manifest"
                self.reading.unknown(body.entries["manifest"].span, what, name, self.manifests)
            node = self.manifests.get(name)
        base = self.reading.mapping(node, "a manifest", None)
        if base is None:
            return None
        settings = self.reading.mapping(body.entries.get("set"), "`set`", None)
        unset = self.reading.texts(body.entries.get("unset"), "`unset`")
        try:
            return patched(base, settings, unset)
        except InputError as error:
            self.reading.problems += error.problems
            return None

    def _facts(self, tree: Mapping) -> Manifest | None:
        file = tree.span.file
        digest = FileDigest(b"")  # a manifest inside a file of tests has no bytes of its own
        try:
            manifest = manifest_of(
                tree, file, digest, self.vocabulary, self.pack.zone, self.developers
            )
            return manifest._replace(facts=manifest.facts.as_if_verified())
        except InputError as error:
            self.reading.problems += error.problems
            return None

    def _expected(self, node: Node, profile: str) -> Expected | None:
        reading = self.reading
        before = len(reading.problems)
        body = reading.mapping(node, "`expect`", ("rules", "verdict", "asks"))
        if body is None:
            return None
        rules, verdicts = self._rules(body), self._verdicts(body, profile)
        if not rules and not verdicts and "asks" not in body.entries:
            if len(reading.problems) == before:
                help = "name at least one of rules, verdict, asks"
                reading.say(body.span, "a test that expects nothing", help)
            return None
        asks = reading.texts(body.entries["asks"], "`asks`") if "asks" in body.entries else None
        for path, span in asks or ():
            if path not in self.pack.specs:
                reading.unknown(span, "there is no fact", path, self.pack.specs)
        return Expected(
            tuple(rules),
            tuple(verdicts),
            None if asks is None else tuple(path for path, _ in asks),
            body.entries["asks"].span if "asks" in body.entries else body.span,
        )

    def _rules(self, body: Mapping) -> list[tuple[str, Outcome, Span]]:
        rules = self.reading.mapping(body.entries.get("rules"), "`rules`", None)
        found = []
        for name, node in rules.entries.items() if rules else ():
            word = self.reading.text(rules, name) if rules else ""
            if name not in self.rules:
                span = rules.keys[name] if rules else node.span
                self.reading.unknown(span, "there is no rule", name, self.rules)
            elif word in _OUTCOMES:
                found.append((self.rules[name], _OUTCOMES[word], node.span))
            elif word:
                self.reading.unknown(node.span, "there is no outcome", word, _OUTCOMES)
        return found

    def _verdicts(self, body: Mapping, profile: str) -> list[tuple[str, Verdict, Span]]:
        """One verdict under the profile of the test, or one for each profile that is named."""
        node = body.entries.get("verdict")
        if node is None:
            return []
        if not isinstance(node, Mapping):
            word = self.reading.text(body, "verdict")
            return self._verdict(profile, word, node.span)
        found = []
        for name, child in node.entries.items():
            if name not in self.terms.profiles:
                what = "there is no profile"
                self.reading.unknown(node.keys[name], what, name, self.terms.profiles)
            found += self._verdict(name, self.reading.text(node, name), child.span)
        return found

    def _verdict(self, profile: str, word: str, span: Span) -> list[tuple[str, Verdict, Span]]:
        if word in _VERDICTS:
            return [(profile, _VERDICTS[word], span)]
        if word:
            self.reading.unknown(span, "there is no verdict", word, _VERDICTS)
        return []


def no_tests(pack: Pack, folder: str) -> Problem:
    """The problem of a pack that has no test at all."""
    help = "add tests/<topic>.yaml beside its rules; policies/README.md shows how"
    return Problem(Span(folder), f"the pack `{pack.id}` has no tests", help)

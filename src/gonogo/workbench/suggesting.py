"""Tests for what no test has seen: existing ones with a small change, where one is found that does.

Each is read back and run before it is shown, so that it passes and sees what it is meant to.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gonogo.diagnostics import InputError, Span
from gonogo.documents.blocks import words
from gonogo.engine.judge import Outcome
from gonogo.engine.situation import situate
from gonogo.explaining.phrases import told
from gonogo.manifests.manifest import manifest_of
from gonogo.manifests.patching import patched
from gonogo.packs.language import Condition
from gonogo.packs.policy import Pack
from gonogo.trees.nodes import Mapping
from gonogo.trees.reader import read_tree
from gonogo.values.truth import Truth
from gonogo.workbench.coverage import Coverage, Place, place_of, sees
from gonogo.workbench.dependents import Dependents
from gonogo.workbench.edges import Edge
from gonogo.workbench.pasting import Moments, test_yaml
from gonogo.workbench.places import Leaf, latest_day, leaves_of
from gonogo.workbench.searched import as_searched, days_of_search
from gonogo.workbench.suite import Case, Expected, Suite, Terms, read_suite
from gonogo.workbench.trials import Trial, run_case
from gonogo.workbench.tries import Change, Tries

_MOST_TESTS = 8  # that are changed for one gap
_MOST_RULES = 4  # named in one test
_NAME = "a new test"
_START = """\
tests:
  - name: {name}
    manifest:
      manifest: gonogo/1
      model: {{name: N-9, version: "1.0", developer: northlight, weights: closed}}
      release: {{public_at: {day}}}
    as_of: {day}
    expect: {{asks: []}}
"""

Seen = tuple[Place, Truth] | tuple[Span, str]  # an answer of a leaf, or a side of an edge


class Gap(NamedTuple):
    """Something that no test has seen: what it is called, whose it is, where to look for it."""

    called: str
    owner: str
    seen: Seen
    edge: Edge | None
    leaf: Condition | None


def suggested(
    suite: Suite, parent: Pack | None, trials: Sequence[Trial], found: Coverage, terms: Terms
) -> tuple[str, ...]:
    """Tests to paste, each of which sees something new. What none was found for has none."""
    maker = _Maker(suite.pack, terms, trials)
    missing = {gap.seen: gap for gap in _gaps(suite.pack, parent, found)}
    tests = []
    while missing:
        gap = missing.pop(next(iter(missing)))
        made = maker.test_for(gap)
        if made is not None:
            text, seen = made
            tests.append(text)  # a second condition with the same words is seen by the first's test
            missing = {key: other for key, other in missing.items() if key not in seen}
    return tuple(tests)


def _gaps(pack: Pack, parent: Pack | None, found: Coverage) -> Iterator[Gap]:
    leaves: dict[Span, Leaf] = {leaf.condition.span: leaf for leaf in leaves_of(pack, parent)}
    for leaf, truth in found.unseen:
        asked = words(told(leaf.condition, pack).text)
        called = f"{leaf.owner}: {asked}: {truth.value}"
        seen = (place_of(leaf.condition), truth)
        yield Gap(called, leaf.owner, seen, None, leaf.condition)
    for edge in found.untested:
        at = None if edge.instant else leaves[edge.span].condition
        yield Gap(f"{edge.owner}: {edge.shown}", edge.owner, (edge.span, edge.side), edge, at)


class _Maker:
    """Changes the manifests of the tests there are; without any, a manifest as short as can be."""

    def __init__(self, pack: Pack, terms: Terms, trials: Sequence[Trial]) -> None:
        self.pack = pack
        self.terms = terms
        self.vocabulary = terms.vocabulary.with_specs(pack.specs)
        self.trials = trials
        self.dependents = Dependents(pack)
        day = latest_day([pack]).text
        start = _START.format(name=_NAME, day=day).encode()
        self.start = read_suite([("start", start)], pack, terms).cases[0]

    def test_for(self, gap: Gap) -> tuple[str, set[Seen]] | None:
        keys = self._rules_of(gap.owner)
        for case in (*self._related(keys)[:_MOST_TESTS], self.start):
            pack = as_searched(self.pack, case.searched)
            situation = situate(case.manifest.facts, pack, case.as_of)
            tries = Tries(situation, self.vocabulary)
            for change in _changes(gap, tries):
                trial = self._changed(case, change)
                if trial and gap.seen in _seen(trial):
                    text = self._written(trial, gap, keys)
                    if gap.seen in (seen := self._sees(text)):
                        return text, seen
        return None

    def _rules_of(self, owner: str) -> list[str]:
        """The keys of the rules that come out by what an owner says."""
        if owner.startswith("$"):
            keys = self.dependents.of_parameter(owner[1:])
        elif owner.startswith("register "):
            keys = self.dependents.of_register(owner.removeprefix("register "))
        elif owner in self.pack.definitions:
            keys = self.dependents.of_definition(owner)
        else:
            keys = frozenset([f"{self.pack.id}/{owner}"])
        return [rule.key for rule in self.pack.rules if rule.key in keys]

    def _related(self, keys: list[str]) -> list[Case]:
        """The tests in which one of the rules applies, then those in which one is in force."""
        applies, in_force = [], []
        for trial in self.trials:
            outcomes = {r.outcome for r in trial.results if r.rule.key in keys}
            if outcomes & {Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN}:
                applies.append(trial.case)
            elif Outcome.NOT_APPLICABLE in outcomes:
                in_force.append(trial.case)
        return [*applies, *in_force]

    def _changed(self, case: Case, change: Change) -> Trial | None:
        """A test of another manifest; None where that is none."""
        try:
            return self._run(self._read(case, change))
        except InputError:
            return None

    def _read(self, case: Case, change: Change) -> Case:
        stated = case.manifest.facts.stated
        gone = [(path, Span("new")) for path, text in change.items() if not text and path in stated]
        lines = [f"{path}: {text}\n" for path, text in change.items() if text]
        settings = read_tree("".join(lines).encode(), "new") if lines else None
        tree = patched(case.tree, settings if isinstance(settings, Mapping) else None, gone)
        manifest = manifest_of(
            tree, "new", case.manifest.digest, self.vocabulary, self.pack.zone, {}
        )
        nothing = Expected((), (), None, case.span)
        return case._replace(tree=tree, manifest=manifest, expected=nothing)

    def _written(self, trial: Trial, gap: Gap, keys: list[str]) -> str:
        """The test as text, with what the rules say now."""
        case = trial.case
        results = {result.rule.key: result for result in trial.results}
        shown = keys[:_MOST_RULES]
        names = {key: key.removeprefix(f"{self.pack.id}/") for key in shown}
        outcomes = {names[key]: results[key].outcome for key in shown}
        days = {**days_of_search(self.pack, shown), **case.searched}
        moments = Moments(case.as_of, days)
        return test_yaml(gap.called, case.manifest.facts, moments, outcomes, {})

    def _sees(self, text: str) -> set[Seen]:
        """What a test sees that reads well and passes; nothing of any other."""
        try:
            suite = read_suite([("new", f"tests:\n{text}".encode())], self.pack, self.terms)
        except InputError:
            return set()
        trial = self._run(suite.cases[0])
        return set() if trial.mismatches else _seen(trial)

    def _run(self, case: Case) -> Trial:
        return run_case(case, self.pack, self.terms.profiles)


def _seen(trial: Trial) -> set[Seen]:
    answers, sides = sees(trial)
    return {*answers, *sides}


def _changes(gap: Gap, tries: Tries) -> Iterator[Change]:
    if gap.edge is not None and gap.edge.instant is not None:
        yield from tries.of_date(gap.edge.instant)
    elif gap.leaf is not None:
        yield from tries.of_leaf(gap.leaf)

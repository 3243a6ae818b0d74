"""What the tests of a pack have seen: answers of leaves, branches that mattered, sides of edges."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.evaluate import evaluate, row_fields
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation, matching_rows, value_of
from gonogo.engine.trace import Step, every_step
from gonogo.manifests.facts import Fact, Kind, Origin, Value
from gonogo.packs.language import All, AnyOf, AnyRow, Compare, Condition
from gonogo.packs.policy import Pack, RowOf
from gonogo.values.amounts import Amount
from gonogo.values.times import TICK, Period
from gonogo.values.truth import Truth
from gonogo.workbench.edges import DAY, ORDERED, TIMED, Edge, edges_of
from gonogo.workbench.places import Leaf, leaves_of
from gonogo.workbench.trials import Trial

Place = tuple[type, Span]  # a condition: a list and its first member may begin at one character


class Coverage(NamedTuple):
    """What was seen, and of what should be, what was not."""

    outcomes: dict[str, set[Outcome]]  # by the rule's key
    passed_together: set[frozenset[str]]
    truths: dict[Place, set[Truth]]
    mattered: set[Place]  # branches without which some answer would have been another
    unseen: tuple[tuple[Leaf, Truth], ...]
    untested: tuple[Edge, ...]
    leaves: tuple[int, int]  # answers seen, of all that leaves can give
    edges: tuple[int, int]  # sides tested, of all sides of numbers and dates

    @property
    def leaf(self) -> float:
        """The share of the answers that was seen, from 0 to 1."""
        return _share(*self.leaves)

    @property
    def edge(self) -> float:
        return _share(*self.edges)


def place_of(condition: Condition) -> Place:
    return type(condition), condition.span


def coverage(pack: Pack, parent: Pack | None, trials: Sequence[Trial]) -> Coverage:
    """What these tests have seen of the pack's own rules."""
    seen = _Seen()
    for trial in trials:
        seen.trial(trial)
    leaves = leaves_of(pack, parent)
    answers = [(leaf, truth) for leaf in leaves for truth in leaf.possible]
    unseen = tuple(
        (leaf, truth)
        for leaf, truth in answers
        if truth not in seen.truths.get(place_of(leaf.condition), ())
    )
    edges = list(dict.fromkeys(edges_of(pack, parent)))
    untested = tuple(edge for edge in edges if (edge.span, edge.side) not in seen.sides)
    return Coverage(
        seen.outcomes,
        seen.passed_together,
        seen.truths,
        seen.mattered,
        unseen,
        untested,
        (len(answers) - len(unseen), len(answers)),
        (len(edges) - len(untested), len(edges)),
    )


def sees(trial: Trial) -> tuple[set[tuple[Place, Truth]], set[tuple[Span, str]]]:
    """The answers of leaves and the sides of edges that one test sees."""
    seen = _Seen()
    seen.trial(trial)
    return {(p, truth) for p, truths in seen.truths.items() for truth in truths}, seen.sides


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


class _Seen:
    """Collects what the traces of all tests show."""

    def __init__(self) -> None:
        self.outcomes: dict[str, set[Outcome]] = {}
        self.passed_together: set[frozenset[str]] = set()
        self.truths: dict[Place, set[Truth]] = {}
        self.mattered: set[Place] = set()
        self.sides: set[tuple[Span, str]] = set()

    def trial(self, trial: Trial) -> None:
        passed = [result.rule.key for result in trial.results if result.outcome is Outcome.PASS]
        self.passed_together.update(frozenset((a, b)) for a in passed for b in passed if a < b)
        done: set[int] = set()  # a definition's trace is shared by all that rest on it
        for result in trial.results:
            self.outcomes.setdefault(result.rule.key, set()).add(result.outcome)
            self._dates_of_rule(result)
            for root in (result.when, result.require):
                for step in every_step(root) if root else ():
                    if id(step) not in done:
                        done.add(id(step))
                        self._step(step, result.situation)
        for situation in {id(r.situation): r.situation for r in trial.results}.values():
            self._dates_of_pack(situation)

    def _step(self, step: Step, situation: Situation) -> None:
        condition = step.condition
        self.truths.setdefault(place_of(condition), set()).add(step.truth)
        match condition:
            case All() | AnyOf():
                self.mattered.update(_mattered(step))
            case Compare():
                # On one day in no known order, two dates stand on no side of each other.
                for required in step.required if step.truth is not Truth.UNKNOWN else ():
                    for side in _sides(condition, step.actual, required):
                        self.sides.add((condition.span, side))
            case AnyRow(register=str() as name):
                self._rows(condition, name, step, situation)
            case _:
                pass

    def _rows(self, condition: AnyRow, name: str, step: Step, situation: Situation) -> None:
        """Every row that was looked at, those ruled out at once included."""
        register = situation.pack.registers[name]
        for row in register.rows:
            where = evaluate(condition.where, situation, row_fields(register, row))
            for inner in every_step(where):
                self._step(inner, situation)
            if where.truth is not Truth.FALSE:
                paths = condition.at or (situation.pack.governing,)
                facts = [situation.facts.get(path) for path in paths]
                for date in _dates(fact for fact in facts if fact.origin is not Origin.ASSUMED):
                    self._around(row.span, "from", row.start, date)
                    self._around(row.span, "until", row.until + TICK, date)

    def _dates_of_rule(self, result: RuleResult) -> None:
        rule, situation = result.rule, result.situation
        facts = [situation.facts.get(path) for path in (situation.pack.governing, *rule.force_at)]
        for date in _dates(facts):
            self._around(rule.span, "from", rule.start, date)
            self._around(rule.span, "until", rule.until and rule.until + TICK, date)

    def _dates_of_pack(self, situation: Situation) -> None:
        if situation.governing is None:
            return
        for parameter in situation.pack.parameters.values():
            for dated in parameter.values:
                self._around(dated.span, "from", dated.start, situation.governing)
        for derived in situation.pack.derived:
            if isinstance(derived, RowOf):
                register = situation.pack.registers[derived.register]
                match = {name: value_of(o, situation.facts) for name, o in derived.match.items()}
                for row in matching_rows(register, match):
                    self._around(row.span, "from", row.start, situation.governing)
                    self._around(row.span, "until", row.until + TICK, situation.governing)

    def _around(self, span: Span, word: str, edge: datetime | None, date: Period) -> None:
        """Does a date stand on the last day before an edge, or on its first day?"""
        if edge is None or edge.year in (1, 9999):
            return
        if date.high < edge <= date.high + DAY:
            self.sides.add((span, f"the day before `{word}`"))
        if date.low - DAY < edge <= date.low:
            self.sides.add((span, f"at `{word}`"))


def _dates(facts: Iterable[Fact]) -> Iterator[Period]:
    for fact in facts:
        if isinstance(fact.value, Period):
            yield fact.value


def _mattered(step: Step) -> Iterator[Place]:
    """The parts without which this answer would have been another."""
    for index, part in enumerate(step.parts):
        others = [other.truth for at, other in enumerate(step.parts) if at != index]
        if isinstance(step.condition, All):
            alone = part.truth is Truth.FALSE and all(truth is Truth.TRUE for truth in others)
        else:
            alone = part.truth is Truth.TRUE and Truth.TRUE not in others
        if alone:
            yield place_of(part.condition)


def _sides(leaf: Compare, actual: Value | None, required: Value) -> Iterator[str]:
    """On which side of what it was compared with a value stood."""
    match actual, required:
        case Amount(), Amount() if leaf.op in ORDERED:
            near = leaf.spec.kind is not Kind.DAYS
            if actual.low == actual.high == required.low:
                yield "at"
            if actual.high < required.low and (near or actual.high == required.low - 1):
                yield "below"
            if actual.low > required.high and (near or actual.low == required.high + 1):
                yield "above"
        case Period(), Period() if leaf.op in TIMED:
            if actual.low <= required.high and required.low <= actual.high:
                yield "at the same time"
            elif actual.high < required.low:
                yield "before"
            else:
                yield "after"
        case str(), str() if leaf.op in ORDERED and {actual, required} <= set(leaf.spec.choices):
            apart = leaf.spec.choices.index(actual) - leaf.spec.choices.index(required)
            words = {-1: "below", 0: "at", 1: "above"}
            if apart in words:
                yield words[apart]
        case _:
            pass

"""The fewest questions that settle a verdict, and what each answer leads to.

Only facts whose value can still change the verdict are asked for. The most decisive question comes
first; where an answer leaves the verdict open, the best next question for that branch follows.
"""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import NamedTuple

from gonogo.engine.assess import Frame, assess
from gonogo.engine.gaps import missing_paths, open_facts, unstated_facts
from gonogo.engine.judge import Outcome, RuleResult, Verdict, decide
from gonogo.engine.trace import every_leaf
from gonogo.manifests.facts import Fact, Facts, FactSpec, Kind, Origin
from gonogo.packs.policy import Effect
from gonogo.reporting.question import Question
from gonogo.search.answers import Answer, Hours, merged, possible_answers
from gonogo.values.names import Name
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

_MOST_QUESTIONS = 5
_MOST_CANDIDATES = 8
_MOST_DEPTH = 2
_MOST_BRANCHES = 2
_GOOD_ENOUGH = 0.5  # looking ahead, a question that settles half of its answers ends the search


class _State(NamedTuple):
    """What an answer leads to: a verdict, and while that is open, what is still missing."""

    verdict: Verdict
    missing: tuple[str, ...] = ()


class _Tried(NamedTuple):
    """An answer as it was tried, with what it makes of the conditions on it.

    Two open answers of one state may go different ways later, as a day on which something else
    happened and the day before it.
    """

    answer: Answer
    state: _State
    leaves: tuple[Truth, ...]


class _Asked(NamedTuple):
    """A question with its answers and their states, neighbours merged."""

    spec: FactSpec
    ask: str
    settles: tuple[str, ...]
    answers: tuple[tuple[Answer, _State], ...]
    tried: tuple[_Tried, ...]  # the same, before neighbours were merged
    undated: bool  # the question is when the release is

    @property
    def share(self) -> float:
        """How many of the answers end the matter."""
        ends = sum(state.verdict is not Verdict.UNDETERMINED for _, state in self.answers)
        return ends / max(1, len(self.answers))

    def branches(self) -> Iterator[tuple[Answer, _State]]:
        """One answer for each different state that is still open.

        An hour is followed where it stands for one stretch of several, and no other is like it.
        """
        states = [state for _, state in self.answers]
        seen: set[_State] = set()
        for answer, state in self.answers:
            if answer.stretches and (
                answer.stretches > 1 or len(states) == 1 or states.count(state) > 1
            ):
                continue
            if state.verdict is Verdict.UNDETERMINED and state not in seen:
                seen.add(state)
                yield answer, state

    def alike(self, answer: Answer) -> list[str]:
        """The answers for which everything goes on as for this one."""
        kinds = [(each.answer, (each.state, each.leaves)) for each in self.tried]
        this = next(kind for tried, kind in kinds if tried.fact == answer.fact)
        return [found.label for found, kind in merged(kinds) if kind == this]


Given = tuple[tuple[str, str], ...]


class _Place(NamedTuple):
    """Where the asking stands: the facts with the answers so far, and what these were about.

    ``hours`` are the answers that are one instant of a stretch, with what happens then.
    """

    facts: Facts
    frame: Frame
    asked: frozenset[str] = frozenset()
    hours: Hours = MappingProxyType({})

    def after(self, question: _Asked, answer: Answer) -> "_Place":
        """The place that an answer leads to."""
        hours = dict(self.hours)
        if answer.stretches and isinstance(answer.fact.value, Moment):
            hours[answer.fact.value.start] = f"the {question.spec.title}"
        facts = self.facts.with_facts([answer.fact])
        return _Place(facts, self.frame, self.asked | {question.spec.path}, hours)


def questions(facts: Facts, frame: Frame) -> tuple[Question, ...]:
    """The questions for an UNDETERMINED verdict, in the order in which to ask them."""
    found: list[Question] = []
    waiting: list[tuple[_Place, Given]] = [(_Place(facts, frame), ())]
    while waiting and len(found) < _MOST_QUESTIONS:
        place, given = waiting.pop(0)
        asked = _best(place)
        if asked is None:
            continue
        if any(question.fact == asked.spec.path for question in found):
            continue
        found.append(_question(asked, given))
        if asked.undated:
            return tuple(found)  # without a release nothing can be said of the rest
        for answer, _ in asked.branches() if len(given) < _MOST_DEPTH else ():
            said = _listed(asked.alike(answer))
            waiting.append((place.after(asked, answer), (*given, (asked.spec.path, said))))
    return tuple(_pruned(found))


def _pruned(found: list[Question]) -> list[Question]:
    """Without questions that settle nothing and lead to none that does."""
    needed = {fact for question in found for fact, _ in question.given}
    kept = [
        question
        for question in found
        if question.fact in needed
        or any(verdict != Verdict.UNDETERMINED.value for _, verdict in question.answers)
    ]
    return kept if len(kept) == len(found) else _pruned(kept)


def overturning(facts: Facts, frame: Frame, results: list[RuleResult]) -> tuple[Question, ...]:
    """For a NO-GO: choices nobody stated that would lead to another verdict if they were stated."""
    found = []
    seen: set[str] = set()
    blocking = [result for result in results if _blocks(result, frame)]
    for result in blocking:
        if result.outcome is not Outcome.FAIL:
            continue
        for step in (result.when, result.require):
            for leaf in every_leaf(step) if step else ():
                for fact in leaf.facts:
                    spec = result.situation.pack.specs.get(fact.path)
                    if fact.value is not None or not spec or spec.kind is not Kind.CHOICE:
                        continue
                    if fact.path.startswith("on_record.") or fact.path in seen:
                        continue
                    seen.add(fact.path)
                    answers = possible_answers(fact, spec, result.situation)
                    asked = _with_states(spec, spec.ask, answers, _Before(facts, blocking, frame))
                    if any(s.verdict is not Verdict.NO_GO for _, s in asked.answers):
                        found.append(_question(asked, ()))
    return tuple(found)


def _listed(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"


def _question(asked: _Asked, given: Given) -> Question:
    answers = tuple((answer.label, state.verdict.value) for answer, state in asked.answers)
    return Question(asked.spec.path, asked.ask, given, asked.settles, answers)


def _best(place: _Place) -> _Asked | None:
    """The question that settles the largest share of its answers, looking one step ahead.

    None if no question, nor one more after it, can settle anything.
    """
    found = list(_all(place))
    best = max(found, key=lambda asked: asked.share, default=None)
    if best is None and not place.asked:  # nothing is missing that decides, but something may
        best = max(_all(place, unstated_facts), key=lambda asked: asked.share, default=None)
        return best if best is not None and best.share > 0 else None
    if best is None or best.share > 0 or best.undated:
        return best
    promises = [(_leads_on(asked, place), asked) for asked in found]
    promise, asked = max(promises, key=lambda pair: pair[0])
    return asked if promise > 0 else None


def _leads_on(asked: _Asked, place: _Place) -> float:
    """How much a next question would settle, on average over the open answers."""
    shares = []
    for answer, _ in list(asked.branches())[:_MOST_BRANCHES]:
        best = 0.0
        for following in _all(place.after(asked, answer)):
            best = max(best, following.share)
            if best >= _GOOD_ENOUGH:
                break
        shares.append(best)
    return sum(shares) / len(shares) if shares else 0.0


def _all(
    place: _Place, facts_of: Callable[[RuleResult], Iterable[Fact]] = open_facts
) -> Iterator[_Asked]:
    """Every question worth asking of these facts, the open rules in order."""
    facts, frame, done, hours = place
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    asked_for: set[str] = set(done)
    for result in results:
        if result.outcome is not Outcome.UNKNOWN:
            continue
        for fact in facts_of(result):
            spec = result.situation.pack.specs.get(fact.path)
            if spec is None or fact.path in asked_for:
                continue
            asked_for.add(fact.path)
            if len(asked_for) - len(done) > _MOST_CANDIDATES:
                return
            answers = possible_answers(fact, spec, result.situation, hours)
            if answers or result.situation.governing is None:
                yield _with_states(spec, spec.ask, answers, _Before(facts, results, frame))
        yield from _names(result, _Before(facts, results, frame), asked_for)


class _Before(NamedTuple):
    """What a question starts from: the facts, and what they come to."""

    facts: Facts
    results: list[RuleResult]
    frame: Frame


def _with_states(spec: FactSpec, ask: str, answers: list[Answer], before: _Before) -> _Asked:
    facts, results, frame = before
    open_before = _open_rules(results)
    settled: set[str] = set()
    tried = []
    for answer in answers:
        changed = facts.with_facts([answer.fact])
        after = assess(changed, frame.packs, frame.as_of, blocking=frame.profile)
        open_after = _open_rules(after)
        settled |= open_before.keys() - open_after.keys()
        verdict = decide(after, frame.profile).verdict
        missing = {path for result in open_after.values() for path in missing_paths(result)}
        is_open = verdict is Verdict.UNDETERMINED
        state = _State(verdict, tuple(sorted(missing)) if is_open else ())
        leaves = _truths(open_after.values(), answer.fact.path) if is_open else ()
        tried.append(_Tried(answer, state, tuple(leaves)))
    settles = tuple(rule for rule in open_before if rule in settled)
    undated = any(result.situation.governing is None for result in open_before.values())
    states = merged([(each.answer, each.state) for each in tried])
    return _Asked(spec, ask, settles, tuple(states), tuple(tried), undated)


def _truths(results: Iterable[RuleResult], path: str) -> Iterator[Truth]:
    """What the conditions on a fact come to."""
    for result in results:
        for step in (result.when, result.require):
            for leaf in every_leaf(step) if step is not None else ():
                if any(root.path == path for fact in leaf.facts for root in fact.roots()):
                    yield leaf.truth


def _open_rules(results: list[RuleResult]) -> dict[str, RuleResult]:
    return {r.rule.key: r for r in results if r.outcome in (Outcome.UNKNOWN, Outcome.FAIL)}


def _blocks(result: RuleResult, frame: Frame) -> bool:
    return frame.profile.effect_of(result.rule) is Effect.BLOCK


def _names(result: RuleResult, before: _Before, asked_for: set[str]) -> Iterator[_Asked]:
    """Is this the model that a register row names? Asked where one name contains the other."""
    mine = before.facts.get("model.name").value
    if "model.name" in asked_for or not isinstance(mine, Name) or result.require is None:
        return
    for leaf in every_leaf(result.require):
        names = [value for value in (leaf.actual, *leaf.required) if isinstance(value, Name)]
        theirs = next((name for name in names if name != mine), None)
        if leaf.truth is not Truth.UNKNOWN or theirs is None:
            continue
        asked_for.add("model.name")
        other = Name(mine.text, never=(theirs.text, *theirs.also))
        answers = [
            Answer("the same model", Fact("model.name", Name(theirs.text), Origin.MANIFEST)),
            Answer(
                "another model",
                Fact("model.name", other, Origin.MANIFEST),
            ),
        ]
        ask = (
            f"Is {mine.text} the model that the register calls {theirs.text}? "
            "If it is, name it so; if not, list it under not_called in that row of the register."
        )
        spec = result.situation.pack.specs["model.name"]
        yield _with_states(spec, ask, answers, before)
        return

"""What gets a release to GO: the earliest date, and the questions worth asking."""

from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import RuleResult, Verdict, decide
from gonogo.manifests.facts import Facts
from gonogo.reporting.question import Question
from gonogo.reporting.wording import WITHHELD
from gonogo.values.amounts import Amount
from gonogo.values.times import Moment


class WayOut(NamedTuple):
    """The earliest GO date of a NO-GO, or empty, and what to ask."""

    earliest: str = ""
    questions: tuple[Question, ...] = ()
    withheld: bool = False  # there is a date, which would tell what may not be shown


def way_out(facts: Facts, frame: Frame, verdict: Verdict, results: list[RuleResult]) -> WayOut:
    """The way out of any verdict. A GO needs none."""
    match verdict:
        case Verdict.GO:
            return WayOut()
        case Verdict.UNDETERMINED:
            from gonogo.search.questions import questions

            return WayOut("", questions(facts, frame))
        case Verdict.NO_GO:
            from gonogo.search.questions import overturning
            from gonogo.search.windows import earliest_go

            day = earliest_go(facts, frame, results[0].situation)
            return WayOut(day, overturning(facts, frame, results))


def disclosable(found: WayOut, facts: Facts, frame: Frame, hidden: frozenset[str]) -> WayOut:
    """What of a way out tells no hidden value: all that stays the same when those values move.

    A date counted from a hidden date would give it away, and so would an answer that begins at one.
    """
    changed = nudged(facts, hidden, frame.packs[0].zone)
    if changed is facts or found == WayOut():
        return found
    results = assess(changed, frame.packs, frame.as_of)
    other = way_out(changed, frame, decide(results, frame.profile).verdict, results)
    asked = tuple(q if q in other.questions else _unanswered(q) for q in found.questions)
    if found.earliest == other.earliest:
        return found._replace(questions=asked)
    return WayOut("", asked, withheld=bool(found.earliest))


def _unanswered(question: Question) -> Question:
    given = tuple((path, WITHHELD) for path, _ in question.given)
    return question._replace(given=given, answers=())


def nudged(facts: Facts, hidden: frozenset[str], zone: ZoneInfo) -> Facts:
    """The facts with each hidden date a day later and each hidden number a little larger."""
    moved = []
    for path in sorted(hidden & facts.stated.keys()):
        fact = facts.get(path)
        match fact.value:
            case Moment() as moment:
                moved.append(fact._replace(value=moment.moved(1, zone)))
            case Amount(low=low, high=high):
                more = 1 + (low * Decimal("1e-9")).to_integral_value()  # whole, as days are
                moved.append(fact._replace(value=Amount(low + more, high + more)))
            case _:
                pass
    return facts.with_facts(moved) if moved else facts

"""Steps of a trace as English: what is, what was asked, and why something is not known."""

from collections.abc import Iterable

from gonogo.engine.situation import Situation
from gonogo.engine.trace import ParameterReading, RowStep, Step, deciding
from gonogo.manifests.facts import Cause, Fact, FactSpec, Origin, Value, show
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.packs.language import (
    AnyRow,
    Compare,
    DaysBetween,
    Evidenced,
    FactRef,
    Literal,
    Op,
    Operand,
    ParameterRef,
    Stated,
    Subject,
)
from gonogo.values.amounts import Amount, format_number
from gonogo.values.times import Period, local_date
from gonogo.values.truth import Truth

_OPERATORS = {
    Op.EQUALS: "",
    Op.ONE_OF: "one of ",
    Op.ABOVE: "above ",
    Op.AT_LEAST: "at least ",
    Op.BELOW: "below ",
    Op.AT_MOST: "at most ",
    Op.BEFORE: "before ",
    Op.NOT_AFTER: "on or before ",
    Op.AFTER: "after ",
    Op.NOT_BEFORE: "on or after ",
    Op.CONTAINS: "with ",
    Op.OVERLAPS: "sharing one of ",
}


WITHHELD = "withheld"


def sentence(step: Step, situation: Situation) -> str:
    """What one leaf found."""
    leaf = step.condition
    match leaf:
        case Compare():
            if step.truth is Truth.UNKNOWN and (unknown := why_unknown(step, situation)):
                return unknown
            start, required = comparison(leaf, step, situation)
            return together(start, step.truth, [required])
        case Stated() | Evidenced() if is_hidden(step.facts, situation):
            return f"{title_of(step.facts[0].path, situation)} is {WITHHELD}"
        case Stated() | Evidenced() if step.facts[0].cause is Cause.NOT_YET:
            return not_known(step.facts[0], situation)
        case Stated(expected=expected):
            title = title_of(step.facts[0].path, situation)
            stated = (step.truth is Truth.TRUE) == expected
            return f"{title} is {'stated' if stated else 'not stated'}"
        case Evidenced(path=path):
            title = title_of(path, situation)
            if step.facts[0].value is None:
                return f"{title} is not evidenced"
            if step.truth is Truth.TRUE:
                return f"{title} is evidenced by {step.why}"
            if step.truth is Truth.UNKNOWN:
                return f"{title} may be evidenced, but {step.why}"
            return f"{title} is not evidenced" + (f": {step.why}" if step.why else "")
        case AnyRow():
            return _rows(leaf, step, situation)
        case _:
            return " and ".join(sentence(part, situation) for part in deciding(step))


_LINKS = {Truth.TRUE: ", ", Truth.FALSE: ", not ", Truth.UNKNOWN: ", which may or may not be "}
_MORE = {Truth.TRUE: " and ", Truth.FALSE: " and not ", Truth.UNKNOWN: " and "}


def together(start: str, truth: Truth, required: list[str]) -> str:
    """What is, with all that was asked of it: it is so, is not so, or may or may not be."""
    asked = _MORE[truth].join(filter(None, required))
    return start + _LINKS[truth] + asked if asked else start


def comparison(leaf: Compare, step: Step, situation: Situation) -> tuple[str, str]:
    """What is, and what was asked for; nothing more where that is the same."""
    subject = _subject(leaf.subject, situation)
    if is_hidden(step.facts, situation):
        return f"{subject} is {WITHHELD}", ""
    actual = show_subject(leaf.subject, step.actual, leaf.spec)
    if (
        isinstance(leaf.subject, FactRef)
        and step.facts[:1]
        and step.facts[0].origin is Origin.ASSUMED
    ):
        actual += " (assumed)"
    if leaf.op is Op.EQUALS and step.truth is Truth.TRUE:
        return f"{subject} is {actual}", ""
    required = _OPERATORS[leaf.op] + required_words(leaf, step, situation)
    return f"{subject} is {actual}", required + _order(step, situation)


def _order(step: Step, situation: Situation) -> str:
    """Why two dates that are both known have no order: neither has a time of day."""
    dates = [each for each in (step.actual, *step.required) if isinstance(each, Period)]
    if step.truth is not Truth.UNKNOWN or len(dates) < 2:
        return ""
    zone = situation.pack.zone
    days = {local_date(end, zone) for date in dates for end in (date.low, date.high)}
    return " (same day, order unknown)" if len(days) == 1 else " (order unknown)"


def show_subject(subject: Subject, actual: Value | None, spec: FactSpec) -> str:
    if not isinstance(subject, DaysBetween):
        return show(actual, spec)
    said, words = days_said(actual), subject.method.words
    if said == "unknown":
        return f"an unknown number of {words}"
    is_one = said in ("1", "at most 1", "at least 1")
    return f"{said} {words.replace('days', 'day', 1) if is_one else words}"


def days_said(days: Value | None) -> str:
    """A count of days. For an end that nobody dated, no figure is made up."""
    if not isinstance(days, Amount) or days.low == days.high:
        return show(days)
    match days.low < -MOST_DAYS, days.high > MOST_DAYS:
        case True, True:
            return "unknown"
        case True, False:
            return f"at most {format_number(days.high)}"
        case False, True:
            return f"at least {format_number(days.low)}"
        case _:
            return show(days)


def _subject(subject: Subject, situation: Situation) -> str:
    match subject:
        case DaysBetween(start=start, end=end):
            return f"{title_of(start, situation)} to {title_of(end, situation)}"
        case FactRef(path=path):
            return title_of(path, situation)
        case ParameterRef(name=name):
            return f"${name}"


def required_words(leaf: Compare, step: Step, situation: Situation) -> str:
    """What was asked for, each with the parameter or fact it comes from."""
    readings = {reading.name: reading for reading in step.parameters}
    facts = {fact.path: fact for fact in step.facts}
    said = [_operand(o, readings, facts, leaf.spec, situation) for o in leaf.operands]
    return " or ".join(said)


def _operand(
    operand: Operand,
    readings: dict[str, ParameterReading],
    facts: dict[str, Fact],
    spec: FactSpec,
    situation: Situation,
) -> str:
    match operand:
        case Literal(value=value):
            return show(value, spec)
        case ParameterRef(name=name):
            said = ", ".join(filter(None, (f"${name}", set_by(readings[name], situation))))
            return f"{show(readings[name].value, spec)} ({said})"
        case FactRef(path=path, if_not_stated=fallback):
            if fallback in readings:
                setter = set_by(readings[fallback], situation)
                said = ", ".join(filter(None, (f"assumed: ${fallback}", setter)))
                return f"{show(readings[fallback].value, spec)} ({said})"
            shown = show(facts[path].value, spec) if path in facts else "unknown"
            return f"{title_of(path, situation)} {shown}"


def set_by(reading: ParameterReading, situation: Situation) -> str:
    """Which pack changed a parameter of another; empty for a value of the parameter's own pack."""
    dated = reading.dated
    if dated is None or dated.pack == situation.pack.parameters[reading.name].pack:
        return ""
    return f"set by {dated.pack}"


def why_unknown(step: Step, situation: Situation) -> str:
    """The facts and parameters without which a leaf has no answer."""
    said = [not_known(fact, situation) for fact in step.facts if fact.value is None]
    said += [
        f"${reading.name} is unknown: {reading.why}"
        for reading in step.parameters
        if reading.value is None
    ]
    return " and ".join(dict.fromkeys(said))


def is_hidden(facts: Iterable[Fact], situation: Situation) -> bool:
    """Does something rest on a fact whose value may not be shown?"""
    hidden = situation.hidden
    return bool(hidden) and any(
        root.path in hidden for fact in facts for root in (fact, *fact.roots())
    )


def not_known(fact: Fact, situation: Situation) -> str:
    """Why a fact has no value."""
    for root in fact.roots():
        if root.path != fact.path:
            return not_known(root, situation)
    title = title_of(fact.path, situation)
    match fact.cause:
        case Cause.SAID | Cause.NOT_YET if is_hidden([fact], situation):
            return f"{title} is unknown: the reason is {WITHHELD}"
        case Cause.SAID:
            return f"{title} is stated as unknown: {fact.note}"
        case Cause.NOT_YET:
            return f"{title} is dated {fact.note}, after the as-of time, so it has not happened"
        case Cause.NO_ROW if fact.filled:
            return f"{title} is neither stated nor in the register"
        case Cause.COMPUTED if fact.note and not _governs_hidden(situation):
            return f"{title} is unknown: {fact.note}"
        case None:
            return f"{title} is not recorded"
        case _:
            return f"{title} {fact.cause.value}"


def _governs_hidden(situation: Situation) -> bool:
    """Is the date that picks rules and rows one that may not be shown?"""
    return is_hidden([situation.facts.get(situation.pack.governing)], situation)


def fact_said(fact: Fact, situation: Situation) -> str:
    """The value of a fact that has one, unless it may not be shown."""
    return WITHHELD if is_hidden([fact], situation) else show(fact.value)


def _rows(leaf: AnyRow, step: Step, situation: Situation) -> str:
    if leaf.register is None:
        return (
            "the evidence lists such an item"
            if step.truth is Truth.TRUE
            else ("the evidence lists no such item")
        )
    title = f"the register of {situation.pack.registers[leaf.register].title}"
    rows = [row for row in step.rows if row.truth is step.truth]
    if step.truth is Truth.FALSE:
        from gonogo.engine.exceptions import kept_out  # a row that is found needs no exception

        excepted = [
            (_without_stated(exception, situation), _row(row, title, row.truth, situation))
            for exception, row in kept_out(step, situation)
        ]
        said = "; ".join(f"{but}, although {listed}" for but, listed in excepted)
        return said or f"{title} lists none that applies"
    if not rows:
        return step.why
    return "; ".join(_row(row, title, step.truth, situation) for row in rows)


def _without_stated(step: Step, situation: Situation) -> str:
    """What decides a condition, without saying of facts that they are stated."""
    leaves = list(deciding(step))
    valued = [leaf for leaf in leaves if not isinstance(leaf.condition, Stated)]
    return " and ".join(dict.fromkeys(sentence(leaf, situation) for leaf in valued or leaves))


def _row(row: RowStep, title: str, truth: Truth, situation: Situation) -> str:
    shown = [f.value for f in row.row.fields.values() if f.value and type(f.value) is not tuple]
    first, *others = [str(value) for value in shown] or ["a row"]
    name = f"{first} ({', '.join(others)})" if others else first
    at = " and ".join(f"{title_of(f.path, situation)} {fact_said(f, situation)}" for f in row.at)
    if truth is Truth.TRUE:
        return f"{title} lists {name}, in force at {at}"
    doubts = [sentence(part, situation) for part in deciding(row.where)]
    if row.where.truth is Truth.TRUE:
        doubts = [f"{at or 'a stage'} may or may not fall within its dates"]
    return f"{title} lists {name}, which may apply: {' and '.join(doubts)}"


def title_of(path: str, situation: Situation) -> str:
    if path.startswith("row."):
        return f"the row's {path.removeprefix('row.').replace('_', ' ')}"
    spec = situation.pack.specs.get(path)
    return spec.title if spec else path

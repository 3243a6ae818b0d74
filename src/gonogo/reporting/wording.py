"""Steps of a trace as English: what is, what was asked, and why something is not known."""

from collections.abc import Iterable

from gonogo.engine.situation import Situation
from gonogo.engine.trace import ParameterReading, RowStep, Step, deciding
from gonogo.manifests.facts import Cause, Fact, FactSpec, Origin, show
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
from gonogo.values.times import DayCount
from gonogo.values.truth import Truth
from gonogo.values.value import Value

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


def sentence(step: Step, situation: Situation) -> str:
    """What one leaf found."""
    leaf = step.condition
    match leaf:
        case Compare():
            return _comparison(leaf, step, situation)
        case Stated(expected=expected):
            title = _title(step.facts[0].path, situation)
            stated = (step.truth is Truth.TRUE) == expected
            return f"{title} is {'stated' if stated else 'not stated'}"
        case Evidenced(path=path):
            title = _title(path, situation)
            if step.truth is Truth.TRUE:
                return f"{title} is evidenced by {step.why} (declared with a digest, not opened)"
            return f"{title} is not evidenced" + (f": {step.why}" if step.why else "")
        case AnyRow():
            return _rows(leaf, step, situation)
        case _:
            return " and ".join(sentence(part, situation) for part in deciding(step))


def _comparison(leaf: Compare, step: Step, situation: Situation) -> str:
    if step.truth is Truth.UNKNOWN and (unknown := why_unknown(step, situation)):
        return unknown
    subject = _subject(leaf.subject, situation)
    actual = show_subject(leaf.subject, step.actual, leaf.spec)
    if (
        isinstance(leaf.subject, FactRef)
        and step.facts[:1]
        and step.facts[0].origin is Origin.ASSUMED
    ):
        actual += " (assumed)"
    required = _OPERATORS[leaf.op] + required_words(leaf, step, situation)
    link = {Truth.TRUE: ", ", Truth.FALSE: ", not ", Truth.UNKNOWN: ", which may or may not be "}
    if leaf.op is Op.EQUALS and step.truth is Truth.TRUE:
        return f"{subject} is {actual}"
    return f"{subject} is {actual}{link[step.truth]}{required}"


def show_subject(subject: Subject, actual: Value | None, spec: FactSpec) -> str:
    if isinstance(subject, DaysBetween):
        if isinstance(actual, Amount) and actual.low < -MOST_DAYS:  # the end may be much earlier
            return f"at most {format_number(actual.high)} {count_words(actual, subject.method)}"
        return f"{actual} {count_words(actual, subject.method)}"
    return show(actual, spec)


def count_words(actual: Value | None, count: DayCount) -> str:
    words = count.words
    return words.replace("days", "day", 1) if str(actual) == "1" else words


def _subject(subject: Subject, situation: Situation) -> str:
    match subject:
        case DaysBetween(start=start, end=end):
            return f"{_title(start, situation)} to {_title(end, situation)}"
        case FactRef(path=path):
            return _title(path, situation)
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
            return f"{show(readings[name].value, spec)} (${name})"
        case FactRef(path=path, if_not_stated=fallback):
            if fallback in readings:
                return f"{show(readings[fallback].value, spec)} (assumed: ${fallback})"
            shown = show(facts[path].value, spec) if path in facts else "unknown"
            return f"{_title(path, situation)} {shown}"


def why_unknown(step: Step, situation: Situation) -> str:
    """The facts and parameters without which a leaf has no answer."""
    said = [not_known(fact, situation) for fact in step.facts if fact.value is None]
    said += [
        f"${reading.name} is unknown: {reading.why}"
        for reading in step.parameters
        if reading.value is None
    ]
    return " and ".join(dict.fromkeys(said))


def not_known_briefly(steps: Iterable[Step], situation: Situation) -> str:
    """The first thing that is not known, and how many more there are."""
    titles: dict[str, None] = {}
    for step in steps:
        for fact in step.facts:
            for root in fact.roots() if fact.value is None else ():
                titles[_title(root.path, situation)] = None
        for reading in step.parameters:
            if reading.value is None:
                titles[f"${reading.name}"] = None
    first, *others = titles or {"the exact values": None}
    more = f" and {len(others)} more" if others else ""
    return f"not known: {first}{more}"


def open_words(steps: Iterable[Step], situation: Situation) -> str:
    """Why leaves are unknown, with the facts that are simply not stated gathered in one list."""
    silent: dict[str, None] = {}
    unlisted: dict[str, None] = {}
    others: dict[str, None] = {}
    for step in steps:
        missing = [root for fact in step.facts if fact.value is None for root in fact.roots()]
        for fact in missing:
            title = _title(fact.path, situation)
            if fact.cause is Cause.ABSENT and not fact.filled:
                silent[title] = None
            elif fact.cause is Cause.NO_ROW and fact.filled:
                unlisted[title] = None
            else:
                others[not_known(fact, situation)] = None
        for reading in step.parameters:
            if reading.value is None:
                others[f"${reading.name} is unknown: {reading.why}"] = None
        if not missing and all(reading.value is not None for reading in step.parameters):
            others[sentence(step, situation)] = None
    said = [f"not stated: {', '.join(silent)}"] if silent else []
    if unlisted:
        said.append(f"neither stated nor in the register: {', '.join(unlisted)}")
    return "; ".join([*said, *others])


def not_known(fact: Fact, situation: Situation) -> str:
    """Why a fact has no value."""
    for root in fact.roots():
        if root.path != fact.path:
            return not_known(root, situation)
    title = _title(fact.path, situation)
    match fact.cause:
        case Cause.SAID:
            return f"{title} is stated as unknown: {fact.note}"
        case Cause.NOT_YET:
            return f"{title} is dated {fact.note}, after the as-of time, so it has not happened"
        case Cause.NO_ROW if fact.filled:
            return f"{title} is neither stated nor in the register"
        case Cause.COMPUTED if fact.note:
            return f"{title} is unknown: {fact.note}"
        case None:
            return f"{title} is not recorded"
        case _:
            return f"{title} {fact.cause.value}"


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
        return f"{title} lists none that applies"
    if not rows:
        return step.why
    return "; ".join(_row(row, title, step.truth, situation) for row in rows)


def _row(row: RowStep, title: str, truth: Truth, situation: Situation) -> str:
    shown = [f.value for f in row.row.fields.values() if f.value and type(f.value) is not tuple]
    first, *others = [str(value) for value in shown] or ["a row"]
    name = f"{first} ({', '.join(others)})" if others else first
    at = " and ".join(f"{_title(f.path, situation)} {show(f.value)}" for f in row.at)
    if truth is Truth.TRUE:
        return f"{title} lists {name}, in force at {at}"
    doubts = [sentence(part, situation) for part in deciding(row.where)]
    if row.where.truth is Truth.TRUE:
        doubts = [f"{at or 'a stage'} may or may not fall within its dates"]
    return f"{title} lists {name}, which may apply: {' and '.join(doubts)}"


def _title(path: str, situation: Situation) -> str:
    if path.startswith("row."):
        return f"the row's {path.removeprefix('row.').replace('_', ' ')}"
    spec = situation.pack.specs.get(path)
    return spec.title if spec else path

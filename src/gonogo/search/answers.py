"""The answers that can matter to a question: one sample for each stretch with its own meaning."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeVar

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, FactSpec, Kind, Origin
from gonogo.manifests.vocabulary import FIRST_RELEASE
from gonogo.search.edges import amount_edges, date_edges, instant_edges
from gonogo.values.amounts import Amount, exact, format_number
from gonogo.values.times import Moment, Period, Precision, parse_moment

_MOST_DATES = 24

Result = TypeVar("Result")


class Answer(NamedTuple):
    """A possible answer: how it reads and the fact it would state."""

    label: str
    fact: Fact


def possible_answers(fact: Fact, spec: FactSpec, situation: Situation) -> list[Answer]:
    """Every answer worth trying, in the order of the values. Empty for free text and lists."""
    found: Iterable[Answer]
    match spec.kind:
        case Kind.CHOICE | Kind.LEVEL:
            found = [Answer(choice, _stated(spec, choice)) for choice in spec.choices]
        case Kind.FLAG:
            found = [Answer("true", _stated(spec, True)), Answer("false", _stated(spec, False))]
        case Kind.AMOUNT | Kind.DAYS:
            found = _amounts(fact, spec, situation)
        case Kind.MOMENT if isinstance(fact.value, Period):
            found = _instants(fact.value, spec, situation)
        case Kind.MOMENT:
            found = _days(spec, situation)
        case _:
            found = []
    return list(found)


def merged(answers: list[tuple[Answer, Result]]) -> Iterator[tuple[Answer, Result]]:
    """Neighbouring dates, or neighbouring amounts, with one result read as one answer."""
    kinds = {type(answer.fact.value) for answer, _ in answers}
    if kinds <= {Moment}:
        yield from _joined(answers, _date_label)
    elif kinds <= {Amount}:
        yield from _joined(answers, _amount_label)
    else:
        yield from answers


def _stated(spec: FactSpec, value: str | bool | Amount | Moment) -> Fact:
    return Fact(spec.path, value, Origin.MANIFEST)


def _amounts(fact: Fact, spec: FactSpec, situation: Situation) -> Iterator[Answer]:
    """Below, at and above each number that the packs compare it with, inside what is known."""
    known = fact.value if isinstance(fact.value, Amount) else None
    edges = sorted(edge for edge in amount_edges(spec.path, situation) if edge > 0)
    unit = f" {spec.unit}" if spec.unit and spec.unit != "day" else ""
    step = Decimal(1) if spec.kind is Kind.DAYS else None
    last = Decimal(0)
    for edge in edges:
        said = f"{format_number(edge)}{unit}"
        below = edge - step if step else (last + edge) / 2
        if below >= last and _inside(below, known):
            yield Answer(f"below {said}", _stated(spec, exact(below)))
        if _inside(edge, known):
            yield Answer(f"exactly {said}", _stated(spec, exact(edge)))
        last = edge
    if edges and (known is None or known.high > last):
        above = last + step if step else last * 2
        top = above if known is None else min(above, known.high)
        yield Answer(f"above {format_number(last)}{unit}", _stated(spec, exact(top)))


def _inside(value: Decimal, known: Amount | None) -> bool:
    return known is None or known.low <= value <= known.high


def _days(spec: FactSpec, situation: Situation) -> Iterator[Answer]:
    """Days around each edge. The first release is answered by a stage."""
    path = "release.public_at" if spec.path == FIRST_RELEASE else spec.path
    for day in sorted(date_edges(path, situation))[:_MOST_DATES]:
        moment = parse_moment(day.isoformat())
        if isinstance(moment, Moment):
            yield Answer(day.isoformat(), Fact(path, moment, Origin.MANIFEST))


def _instants(known: Period, spec: FactSpec, situation: Situation) -> Iterator[Answer]:
    """For a day or month that is known: its two ends and the instants inside that matter."""
    inside = {
        edge for edge in instant_edges(spec.path, situation) if known.low < edge <= known.high
    }
    for instant in sorted({known.low, known.high} | inside):
        text = instant.astimezone(situation.pack.zone).isoformat(timespec="seconds")
        moment = Moment(text, Precision.INSTANT, instant)
        yield Answer(text, _stated(spec, moment))


def _joined(
    answers: list[tuple[Answer, Result]], label: Callable[["_Stretch"], str]
) -> Iterator[tuple[Answer, Result]]:
    index = 0
    while index < len(answers):
        last = index
        while last + 1 < len(answers) and answers[last + 1][1] == answers[index][1]:
            last += 1
        first, result = answers[index]
        after = answers[last + 1][0].label if last + 1 < len(answers) else ""
        stretch = _Stretch(first.label, answers[last][0].label, after, index == 0)
        yield Answer(label(stretch), first.fact), result
        index = last + 1


class _Stretch(NamedTuple):
    """Neighbouring answers: the first, the last, and the one after them if there is one."""

    start: str
    end: str
    after: str
    is_first: bool


def _date_label(stretch: _Stretch) -> str:
    start, end, after, is_first = stretch
    if is_first and not after:
        return "any date"
    if is_first:
        return f"before {after}" if "T" in after else f"{end} or earlier"
    if not after:
        return f"{start} or later"
    if "T" in after:
        return f"from {start}, before {after}"
    return start if start == end else f"{start} to {end}"


def _amount_label(stretch: _Stretch) -> str:
    """`exactly 1e26` and `above 1e26` together are `1e26 or more`."""
    start, end, after, is_first = stretch
    low, high = start.split(" ", 1), end.split(" ", 1)
    if is_first and not after:
        return "any amount"
    if start == end:
        return start
    if is_first:
        return end if high[0] == "below" else f"{high[1]} or less"
    if not after:
        return start if low[0] == "above" else f"{low[1]} or more"
    return f"{start} to {end}"

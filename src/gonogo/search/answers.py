"""The answers that can matter to a question: one sample for each stretch with its own meaning."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, FactSpec, Kind, Origin, show
from gonogo.manifests.vocabulary import FIRST_RELEASE
from gonogo.search.edges import amount_edges, date_edges, instant_edges
from gonogo.values.amounts import Amount, exact, format_number
from gonogo.values.times import TICK, Moment, Period, Precision, parse_moment

_MOST_DATES = 300  # a question of more is not asked: left out, they would make an answer false

Result = TypeVar("Result")


class Answer(NamedTuple):
    """A possible answer: how it reads and the fact it would state.

    ``stretches`` counts the stretches of time, without an edge inside, that its instant stands for.
    """

    label: str
    fact: Fact
    stretches: int = 0


Hours = Mapping[datetime, str]


def possible_answers(
    fact: Fact, spec: FactSpec, situation: Situation, hours: Hours = MappingProxyType({})
) -> list[Answer]:
    """Every answer worth trying, in the order of the values. Empty for free text and lists.

    ``hours`` are instants that stand for a stretch in which nobody knows the hour, with its name.
    """
    found: Iterable[Answer]
    match spec.kind:
        case Kind.CHOICE | Kind.LEVEL:
            found = [Answer(choice, _stated(spec, choice)) for choice in spec.choices]
        case Kind.FLAG:
            found = [Answer("true", _stated(spec, True)), Answer("false", _stated(spec, False))]
        case Kind.AMOUNT | Kind.DAYS:
            found = _amounts(fact, spec, situation)
        case Kind.MOMENT if isinstance(fact.value, Period):
            found = _instants(fact.value, spec, situation, hours)
        case Kind.MOMENT:
            found = _days(spec, situation)
        case _:
            found = []
    return list(found)


def merged(answers: list[tuple[Answer, Result]]) -> Iterator[tuple[Answer, Result]]:
    """Neighbouring dates, or neighbouring amounts, with one result read as one answer."""
    values = [answer.fact.value for answer, _ in answers]
    if all(isinstance(value, Moment) for value in values):
        timed = any(answer.stretches for answer, _ in answers)
        yield from _joined(answers, _hour_label if timed else _date_label)
    elif all(isinstance(value, Amount) for value in values):
        yield from _joined(answers, _amount_label)
    else:
        yield from answers


def _stated(spec: FactSpec, value: str | bool | Amount | Moment) -> Fact:
    return Fact(spec.path, value, Origin.MANIFEST)


def _amounts(fact: Fact, spec: FactSpec, situation: Situation) -> Iterator[Answer]:
    """Below, at and above each number that the packs compare it with, inside what is known."""
    known = fact.value if isinstance(fact.value, Amount) else None
    found = amount_edges(spec.path, situation)
    edges = sorted(edge for edge in found if edge > 0 or (edge == 0 and not spec.positive))
    step = Decimal(1) if spec.kind is Kind.DAYS else None
    last = Decimal(0)
    for edge in edges:
        said = _amount_said(edge, spec)
        below = _amount_between(last, edge, step, known)
        if below is not None:
            yield Answer(f"below {said}", _stated(spec, exact(below)))
        if known is None or known.low <= edge <= known.high:
            yield Answer(f"exactly {said}", _stated(spec, exact(edge)))
        last = edge
    if edges and (known is None or known.high > last):
        above = last + step if step else last * 2 or Decimal(1)
        top = above if known is None else min(above, known.high)
        yield Answer(f"above {_amount_said(last, spec)}", _stated(spec, exact(top)))


def _amount_said(edge: Decimal, spec: FactSpec) -> str:
    return format_number(edge) if spec.unit == "day" else show(exact(edge), spec)


def _amount_between(
    last: Decimal, edge: Decimal, step: Decimal | None, known: Amount | None
) -> Decimal | None:
    """A number above one edge and below the next, inside what is known."""
    found = edge - step if step else (last + edge) / 2
    if known is not None and not known.low <= found <= known.high:
        found = known.low
    return found if last <= found < edge else None


def _days(spec: FactSpec, situation: Situation) -> Iterator[Answer]:
    """Days around each edge. The first release is answered by a stage."""
    path = "release.public_at" if spec.path == FIRST_RELEASE else spec.path
    edges = date_edges(path, situation)
    for day in sorted(edges) if len(edges) <= _MOST_DATES else ():
        moment = parse_moment(day.isoformat())
        if isinstance(moment, Moment):
            yield Answer(day.isoformat(), Fact(path, moment, Origin.MANIFEST))


def _instants(
    known: Period, spec: FactSpec, situation: Situation, hours: Hours
) -> Iterator[Answer]:
    """For a day or month that is known: each instant inside that matters, and between them.

    None where an hour that nobody knows would stand among others: which came first is open.
    """
    edges = instant_edges(spec.path, situation)
    edges = {edge for edge in edges if edge + TICK not in edges}  # the next day begins there
    inside = sorted(edge for edge in edges if known.low <= edge < known.high)
    later = [edge for edge in inside if edge > known.low]
    if not hours.keys().isdisjoint(inside) and not (len(later) == 1 and later[0] in hours):
        return
    before, last = known.low, ""
    for edge in inside:
        local = edge.astimezone(situation.pack.zone).isoformat(timespec="seconds")
        text = hours.get(edge, local)
        if edge > before:
            yield _between(before, edge, last, spec)
        yield Answer(text, _at(edge, spec))
        before, last = edge, text
    yield _between(before, known.high, last, spec)


def _between(before: datetime, after: datetime, last: str, spec: FactSpec) -> Answer:
    label = f"after {last}" if last else ""
    return Answer(label, _at(before + (after - before) / 2, spec), stretches=1)


def _at(instant: datetime, spec: FactSpec) -> Fact:
    return _stated(spec, Moment(instant.isoformat(), Precision.INSTANT, instant))


def _joined(
    answers: list[tuple[Answer, Result]], label: Callable[["_Stretch"], str]
) -> Iterator[tuple[Answer, Result]]:
    index = 0
    while index < len(answers):
        last = index
        while last + 1 < len(answers) and answers[last + 1][1] == answers[index][1]:
            last += 1
        alike = [answer for answer, _ in answers[index : last + 1]]
        after = answers[last + 1][0].label if last + 1 < len(answers) else ""
        stretch = _Stretch(alike[0].label, alike[-1].label, after, index == 0)
        sample = next((answer for answer in alike if answer.stretches), alike[0])
        stretches = sum(answer.stretches for answer in alike)
        yield Answer(label(stretch), sample.fact, stretches), answers[index][1]
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
        return f"{end} or earlier"
    if not after:
        return f"{start} or later"
    return start if start == end else f"{start} to {end}"


def _hour_label(stretch: _Stretch) -> str:
    """Stretches begin at an instant or just after one, and end before or at the next."""
    start, _, after, is_first = stretch
    if is_first and not after:
        return "any time"
    if start and start == after.removeprefix("after "):
        return f"exactly {start}"
    begins = start if start.startswith("after ") else f"from {start}"
    begins = "" if is_first else begins
    ends = f"up to {after.removeprefix('after ')}" if after.startswith("after ") else ""
    ends = ends or (f"before {after}" if after else "")
    if not ends and begins.startswith("from "):
        return f"{start} or later"
    return ", ".join(filter(None, (begins, ends)))


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

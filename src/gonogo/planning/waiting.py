"""What only others can do and that would make the release GO: named, never suggested.

That is the government, and whoever searches the registers.
"""

from collections.abc import Iterator
from datetime import datetime, time

from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.evaluate import expiry
from gonogo.engine.judge import Verdict
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.facts import Cause, Evidence, Fact, Facts, show
from gonogo.packs.policy import Pack
from gonogo.planning.options import at_release, concerned, is_past, last_stage, open_rules, seen
from gonogo.planning.plan import Await
from gonogo.search.choosing import PROOF, WITNESS
from gonogo.search.domains import Aim, Likely
from gonogo.values.times import FIRST_INSTANT, Moment, Precision, local_date

_STILL_TO_COME = ("pending", "not_requested")  # stated, and yet nothing was done


def waits(facts: Facts, frame: Frame) -> list[Await]:
    """Each act of the government that would do by itself, with what it would have to be.

    It may still come until the release, so it is judged as of then; what is past is not awaited.
    """
    now, then = seen(facts, frame), at_release(facts, frame)
    acts = _acts(now)
    if verdict_of(facts, then) is Verdict.GO:
        return [_announced(facts, act, now) for act in acts if _is_announced(act, now)]
    paths = concerned([*open_rules(facts, then), *open_rules(facts, frame)])
    return [
        found
        for act in acts
        if set(act) & set(paths) and _is_open(act, now)
        for found in _awaited(facts, act, now, then)
    ]


def searches(facts: Facts, frame: Frame) -> list[Await]:
    """Each register that is too old for the release and, searched again, would do by itself."""
    found = []
    for number, pack in enumerate(frame.packs):
        situation = situate(facts, pack, frame.as_of)
        latest = last_stage(situation)
        for name, register in pack.registers.items():
            last = expiry(register, situation) if register.complete else None
            if last is None or latest is None or latest.high <= last.high:
                continue
            late = _day(latest.high, pack)
            searched = {**pack.registers, name: register._replace(as_of=late)}
            packs = list(frame.packs)
            packs[number] = pack._replace(registers=searched)
            if verdict_of(facts, frame._replace(packs=tuple(packs))) is Verdict.GO:
                path = f"register.{name}.as_of"
                trusted = (last.low - register.as_of.period(pack.zone).low).days
                what = f"searched again on {late.moved(-trusted, pack.zone)} or later"
                found.append(Await(path, pack.specs[path].title, what))
    return found


def _day(instant: datetime, pack: Pack) -> Moment:
    day = local_date(instant, pack.zone)
    return Moment(day.isoformat(), Precision.DAY, datetime.combine(day, time()))


def _acts(situation: Situation) -> list[tuple[str, ...]]:
    """The facts that come about together, their date last."""
    found: dict[str, list[str]] = {}
    for path, spec in situation.pack.specs.items():
        if spec.known_from:
            found.setdefault(spec.known_from, []).append(path)
    return [tuple(sorted(paths, key=date.__eq__)) for date, paths in found.items()]


def _is_open(act: tuple[str, ...], now: Situation) -> bool:
    """Has nothing been done yet? Who will do it may be stated before."""
    stated = [now.facts.get(path).value for path in (act[0], act[-1])]
    return all(value is None or value in _STILL_TO_COME for value in stated)


def _is_announced(act: tuple[str, ...], now: Situation) -> bool:
    return any(now.facts.get(path).cause is Cause.NOT_YET for path in act)


def _announced(facts: Facts, act: tuple[str, ...], now: Situation) -> Await:
    """What the manifest itself dates after the as-of time."""
    main, date = act[0], act[-1]
    value = f"{show(facts.get(main).value)}, " if main != date else ""
    what = f"{value}as stated, {show(facts.get(date).value)}"
    return Await(main, now.pack.specs[main].title, what)


def _awaited(facts: Facts, act: tuple[str, ...], now: Situation, then: Frame) -> Iterator[Await]:
    """What would do: a choice, with a date where rules ask for one, or a date alone."""
    situation = seen(facts, then)
    main, *others = act
    said: list[str] = []
    for fact in _values(main, situation, now):
        for more in _alongside(others, situation, now):
            if verdict_of(_with([fact, *more], facts), then) is Verdict.GO:
                said.append(_said(fact, more, situation))
                break
    if said:
        text = said[0] if not others else " or ".join(dict.fromkeys(said))
        yield Await(main, now.pack.specs[main].title, text)


def _values(path: str, situation: Situation, now: Situation) -> list[Fact]:
    """Values to wait for; of dates those still to come, the latest first."""
    found = [
        fact
        for fact in Likely(Aim()).candidates(path, (situation,))
        if fact.value is not None and fact.value not in _STILL_TO_COME and not is_past(fact, now)
    ]
    dated = sorted(
        (fact for fact in found if isinstance(fact.value, Moment)),
        key=lambda fact: _end(fact, now),
        reverse=True,
    )
    return dated or found


def _end(fact: Fact, situation: Situation) -> datetime:
    value = fact.value
    return value.period(situation.pack.zone).high if isinstance(value, Moment) else FIRST_INSTANT


def _alongside(paths: list[str], situation: Situation, now: Situation) -> Iterator[list[Fact]]:
    """Nothing more; then a date; then also who did it."""
    yield []
    if not paths:
        return
    *others, date = paths
    dates = _values(date, situation, now)
    for when in dates:
        yield [when]
    for path in others:
        for who in _values(path, situation, now):
            yield [who]
            for when in dates:
                yield [who, when]


def _with(changed: list[Fact], facts: Facts) -> Facts:
    """The facts with an act of the government, proved where the rules ask for proof."""
    made = facts.with_facts(changed)
    is_proved = any(WITNESS in fact.evidence for fact in changed)
    proof: tuple[Evidence, ...] = (PROOF,) if is_proved else ()
    return Facts(made.stated, made.mentioned, (*made.evidence, *proof))


def _said(fact: Fact, more: list[Fact], situation: Situation) -> str:
    """What an act would have to be, its date as the last one that will do."""
    proof = " with its evidence" if WITNESS in fact.evidence else ""
    if isinstance(fact.value, Moment):
        return f"{_until(fact.value, situation)}{proof}"
    said = show(fact.value)
    for each in more:
        value = each.value
        said += (
            f" {_until(value, situation)}" if isinstance(value, Moment) else f", by {show(value)}"
        )
    return f"{said}{proof}"


def _until(moment: Moment, situation: Situation) -> str:
    if moment.precision is not Precision.INSTANT:
        return f"on {moment.text} or before"
    local = moment.start.astimezone(situation.pack.zone)
    return f"at {local.isoformat(timespec='seconds')} or before"

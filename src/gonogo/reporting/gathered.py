"""What several leaves found, gathered so that each thing is said once."""

from collections.abc import Iterable

from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step
from gonogo.manifests.facts import Cause
from gonogo.packs.language import Compare, Stated
from gonogo.reporting.wording import (
    comparison,
    not_known,
    sentence,
    title_of,
    together,
    why_unknown,
)
from gonogo.values.truth import Truth


def sentences(steps: Iterable[Step], situation: Situation) -> list[str]:
    """What leaves found, each thing once: of one fact or count, all that was asked is together."""
    leaves = list(steps)
    compared = {fact.path for s in leaves if isinstance(s.condition, Compare) for fact in s.facts}
    said: dict[tuple[str, Truth], dict[str, None]] = {}
    asked: set[tuple[object, ...]] = set()
    for step in leaves:
        leaf = step.condition
        if isinstance(leaf, Stated) and leaf.path in compared and _is_said(leaf, step):
            continue  # and its value is said below
        if not isinstance(leaf, Compare) or why_unknown(step, situation):
            said[sentence(step, situation), step.truth] = {}
            continue
        start, required = comparison(leaf, step, situation)
        same = (start, step.truth, step.required, _sources(step))
        if same not in asked:
            asked.add(same)
            said.setdefault((start, step.truth), {})[required] = None
    more = {start for (start, _), required in said.items() if any(required)}
    found = (
        together(start, truth, list(required))
        for (start, truth), required in said.items()
        if any(required) or start not in more
    )
    return list(dict.fromkeys(found))


def _is_said(leaf: Stated, step: Step) -> bool:
    return leaf.expected and step.truth is Truth.TRUE


def _sources(step: Step) -> tuple[str, ...]:
    """What a comparison was read from, whether stated or standing in for what is not."""
    return (*(fact.path for fact in step.facts), *(reading.name for reading in step.parameters))


def not_known_briefly(steps: Iterable[Step], situation: Situation) -> str:
    """The first thing that is not known, and how many more there are."""
    titles: dict[str, None] = {}
    for step in steps:
        for fact in step.facts:
            for root in fact.roots() if fact.value is None else ():
                titles[title_of(root.path, situation)] = None
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
    known: list[Step] = []
    for step in steps:
        missing = [root for fact in step.facts if fact.value is None for root in fact.roots()]
        for fact in missing:
            title = title_of(fact.path, situation)
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
            known.append(step)
    said = [f"not stated: {', '.join(silent)}"] if silent else []
    if unlisted:
        said.append(f"neither stated nor in the register: {', '.join(unlisted)}")
    return "; ".join([*said, *others, *sentences(known, situation)])

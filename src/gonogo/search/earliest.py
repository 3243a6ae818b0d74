"""The earliest later date on which the release would be GO, all stages moved together."""

from datetime import date

from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, Facts
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.search.edges import date_edges
from gonogo.values.times import Moment, Period, local_date


def earliest_go(facts: Facts, frame: Frame, situations: tuple[Situation, ...]) -> date | None:
    """The first date after the planned one, and not before the as-of day, that gives GO.

    Outcomes change only at the packs' edges, so only those are tried. None if no later date helps.
    """
    situation = situations[0]
    first = situation.facts.get(FIRST_RELEASE).value
    if not isinstance(first, Period):
        return None
    zone = situation.pack.zone
    planned = local_date(first.low, zone)
    today = local_date(situation.as_of.low, zone)
    edges: set[date] = {today}
    for each in situations:
        for stage in STAGES:
            if each.facts.get(stage).value is not None:
                edges |= date_edges(stage, each)
    for day in sorted(edge for edge in edges if edge > planned and edge >= today):
        if verdict_of(moved(facts, (day - planned).days, situation), frame) is Verdict.GO:
            return day
    return None


def moved(facts: Facts, days: int, situation: Situation) -> Facts:
    """The facts with every stated stage of the release moved by the same number of local days."""
    shifted: list[Fact] = []
    for stage in STAGES:
        fact = facts.get(stage)
        if isinstance(fact.value, Moment):
            shifted.append(fact._replace(value=fact.value.moved(days, situation.pack.zone)))
    return facts.with_facts(shifted)

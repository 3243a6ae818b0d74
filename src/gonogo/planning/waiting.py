"""What only the government can do and that would make the release GO: named, never suggested."""

from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Evidence, Fact, Facts, show
from gonogo.planning.options import by_government, open_rules
from gonogo.planning.plan import Await
from gonogo.search.choosing import PROOF, WITNESS
from gonogo.values.times import Moment, Precision


def waits(facts: Facts, frame: Frame) -> list[Await]:
    """Each act of the government that would do by itself, with what it would have to be.

    It may still happen until the release, so it is judged as of then; what is past is not awaited.
    """
    results = open_rules(facts, frame)
    if not results:
        return []
    situation = results[0].situation
    now = situation.as_of.low
    then = frame._replace(as_of=_release_time(situation, frame.as_of))
    found: dict[str, list[Fact]] = {}
    for fact in by_government(facts, open_rules(facts, then) or results):
        late = isinstance(fact.value, Moment) and fact.value.period(situation.pack.zone).high < now
        if not late and verdict_of(_with(fact, facts), then) is Verdict.GO:
            found.setdefault(fact.path, []).append(fact)
    specs = situation.pack.specs
    return [Await(path, specs[path].title, _said(values)) for path, values in found.items()]


def _release_time(situation: Situation, as_of: Moment) -> Moment:
    """The end of the time in which the first release falls, if that is still to come."""
    governing = situation.governing
    if governing is None or governing.high <= situation.as_of.low:
        return as_of
    return Moment(governing.text, Precision.INSTANT, governing.high.replace(microsecond=0))


def _with(fact: Fact, facts: Facts) -> Facts:
    """The facts with an act of the government, proved where the rules ask for proof."""
    changed = facts.with_facts([fact])
    proof: tuple[Evidence, ...] = (PROOF,) if WITNESS in fact.evidence else ()
    return Facts(changed.stated, changed.mentioned, (*changed.evidence, *proof))


def _said(values: list[Fact]) -> str:
    """What it would have to be: a choice, or a date until the last that helps."""
    proof = " with its evidence" if all(WITNESS in fact.evidence for fact in values) else ""
    texts = list(dict.fromkeys(show(fact.value) for fact in values))
    if not isinstance(values[0].value, Moment):
        return " or ".join(texts) + proof
    return f"on {max(text[:10] for text in texts)} or before{proof}"

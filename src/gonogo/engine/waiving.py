"""Does a waiver cover a rule, for this release, at this time?"""

from enum import Enum

from gonogo.engine.situation import Situation
from gonogo.packs.policy import Rule, RuleClass, Waiver
from gonogo.values.names import Name
from gonogo.values.times import Period
from gonogo.values.truth import Truth


class Standing(Enum):
    """What a waiver is worth for one release at one time."""

    VALID = "valid"
    OTHER_RELEASE = "is for another release"
    EXPIRED = "has expired"
    OTHER_DAYS = "does not cover the day of the first release"


def waiver_for(rule: Rule, situation: Situation) -> Waiver | None:
    """A waiver that covers the rule; a binding rule is never covered."""
    if rule.rule_class is RuleClass.BINDING:
        return None
    for waiver in situation.pack.waivers:
        if waiver.rule == rule.key and standing(waiver, situation) is Standing.VALID:
            return waiver
    return None


def standing(waiver: Waiver, situation: Situation) -> Standing:
    """Valid until its last day is over, and for a first release that is certainly on its days."""
    facts, zone = situation.facts, situation.pack.zone
    name = facts.get("model.name").value
    same = (
        facts.get("model.developer").value == waiver.developer
        and facts.get("model.version").value == waiver.version
        and isinstance(name, Name)
        and Name(name.text).same_as(waiver.model) is Truth.TRUE
    )
    if not same:
        return Standing.OTHER_RELEASE
    days = Period(waiver.start.period(zone).low, waiver.until.period(zone).high, "")
    if situation.as_of.high > days.high:
        return Standing.EXPIRED
    governing = situation.governing
    if governing is None or governing.within(days) is not Truth.TRUE:
        return Standing.OTHER_DAYS
    return Standing.VALID

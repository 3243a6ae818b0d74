"""What the words of the policies mean, for a reader who meets them for the first time."""

from gonogo.packs.policy import Effect, Profile, Rule, RuleClass, Standing
from gonogo.values.times import DayCount

CLASSES = {
    RuleClass.BINDING: "law in force",
    RuleClass.COMMITMENT: "what the developer agreed or promised; not law by itself",
    RuleClass.HOUSE: "the house's own rule; not law",
    RuleClass.FRAMEWORK: "what the order describes but does not require",
    RuleClass.REFERENCE: "history and news",
}
STANDINGS = {
    Standing.PRIMARY: "the text itself",
    Standing.REPORTED: "what others say of it",
    Standing.NEWS: "a news article",
    Standing.HOUSE: "the house's own choice, not law",
}
COUNTS = {
    DayCount.CALENDAR: "Calendar days are the difference of two dates in {zone}: "
    "from the 1st to the 31st of a month there are 30.",
    DayCount.ELAPSED: "Days of 24 hours are the exact time between the two, to the second, "
    "divided by 24 hours.",
    DayCount.FULL_DAYS: "Full days are whole days between two dates in {zone}, the first and the "
    "last not counted: from the 1st to the 31st of a month there are 29.",
}
NOT_KNOWN = (
    "What is not stated is not known, and what is not known is never taken for yes or for no."
)

_EFFECTS = {
    Effect.BLOCK: "if it fails, the verdict is NO-GO; "
    "if it cannot be decided, UNDETERMINED (unless another rule makes it NO-GO)",
    Effect.WARN: "if it fails or cannot be decided, that is a warning, and GO becomes "
    '"GO with notes"; it never stops a release',
    Effect.NOTE: "it is shown for information; it never changes the verdict",
}
_NOTE_THAT_BLOCKS = (
    "a note fails nobody, but while it is not known whether it applies the verdict is UNDETERMINED"
)
_SHORT = {Effect.BLOCK: "blocks", Effect.WARN: "warns", Effect.NOTE: "note"}


def effect_on(rule: Rule, profile: Profile) -> str:
    """What a profile makes of a rule."""
    effect = profile.effects[rule.rule_class]
    if rule.require is None:
        return _NOTE_THAT_BLOCKS if effect is Effect.BLOCK else _EFFECTS[Effect.NOTE]
    return _EFFECTS[effect]


def effect_word(profile: Profile, rule_class: RuleClass) -> str:
    return _SHORT[profile.effects[rule_class]]

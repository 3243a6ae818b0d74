"""The one rule that no pack has to write: each file of evidence is the one that was meant.

A file with another digest is no evidence for anything, and one that is missing may be anything. It
is a house rule, not law; but it blocks under every profile, and no waiver covers it.
"""

from gonogo.diagnostics import Span
from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Evidence, EvidenceState
from gonogo.packs.conditions import EVIDENCE_ROW
from gonogo.packs.language import All, AnyRow, Compare, FactRef, Literal, NoneOf, Op
from gonogo.packs.policy import OWN, Rule, RuleClass, Source, Standing
from gonogo.values.truth import Truth

_NOWHERE = Span(OWN)
_SOURCE = Source(
    "gonogo-evidence",
    "gonogo: the digest of a file of evidence says which bytes were meant",
    "",
    "",
    Standing.HOUSE,
    _NOWHERE,
)
_STATE = Compare(
    FactRef("row.state"),
    Op.EQUALS,
    (Literal(EvidenceState.MISMATCH.value),),
    EVIDENCE_ROW["state"],
    _NOWHERE,
)
_MATCHES = All(
    (NoneOf((AnyRow(None, (), All((_STATE,), _NOWHERE), _NOWHERE),), _NOWHERE),), _NOWHERE
)


def evidence_result(situation: Situation) -> RuleResult:
    """The result of that rule, where a file does not match or is not there to compare."""
    found = [item for item in situation.facts.evidence if item.is_in_doubt]
    known = {**situation.pack.sources, _SOURCE.id: _SOURCE}
    seen = situation._replace(pack=situation.pack._replace(sources=known))
    rule = own_rule("; ".join(map(_words, found)))
    require = evaluate(_MATCHES, seen)
    # Not by apply_rule: a wrong file is wrong on any date, also before a release is dated.
    outcome = Outcome.FAIL if require.truth is Truth.FALSE else Outcome.UNKNOWN
    return RuleResult(rule, outcome, seen, evaluate(rule.when, seen), require)


def _words(item: Evidence) -> str:
    if item.state is EvidenceState.MISSING:
        return f"{item.path} of {item.id} ({item.span}) {item.found}"
    return f"{item.path} of {item.id} has the SHA-256 {item.found}; the manifest says {item.sha256}"


def own_rule(reason: str = "") -> Rule:
    """The rule, with why it does not hold."""
    return Rule(
        id="evidence-matches",
        pack=OWN,
        title="Each file of evidence is the one that was meant",
        rule_class=RuleClass.HOUSE,
        start=None,
        until=None,
        start_day="",
        until_day="",
        force_at=(),
        cites=(_SOURCE.id,),
        when=All((), _NOWHERE),
        require=_MATCHES,
        reason=(reason,),
        fix=("Put the file that was meant there, or correct what the manifest says of it.",),
        span=_NOWHERE,
    )

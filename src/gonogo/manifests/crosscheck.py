"""What facts of a manifest say together: an error if it cannot be true, a warning if it is odd."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from gonogo.diagnostics import Problem, Span, quote
from gonogo.manifests.facts import Cause, Fact, Facts, FactSpec, Kind
from gonogo.manifests.leaf import NOT_SHOWN
from gonogo.manifests.vocabulary import COVERAGE, STAGES, Vocabulary
from gonogo.values.names import is_placeholder
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

ORDERED = (  # pairs of dates of which the second is never before the first
    ("review.access_started_at", "review.access_ended_at"),
    *(
        (f"participation.{name}.signed_on", f"participation.{name}.ended_on")
        for name in ("caisi_agreement", "eo_14409_framework", "accord_2026")
    ),
)

_FREE = (Kind.TEXT, Kind.NAME, Kind.ID, Kind.LIST)  # what somebody words as they like

ODD_ORDER = (  # pairs of which the second is seldom before the first, but may be
    ("review.access_started_at", "review.completion_notice_at"),
    ("release.trusted_partners_at", "release.public_at"),
)


def cross_check(
    facts: Facts, vocabulary: Vocabulary, zone: ZoneInfo
) -> tuple[list[Problem], list[Problem]]:
    """Problems (it cannot be true) and warnings (it is odd)."""
    problems = [*_reversed(ORDERED, facts, vocabulary, zone), *_evidence(facts, vocabulary)]
    odd = [
        *_odd(facts),
        *_reversed(ODD_ORDER, facts, vocabulary, zone),
        *_odd_words(facts, vocabulary),
    ]
    return problems, odd


def _reversed(
    pairs: Iterable[tuple[str, str]], facts: Facts, vocabulary: Vocabulary, zone: ZoneInfo
) -> list[Problem]:
    """The pairs of which the second is certainly before the first."""
    found = []
    for first, last in pairs:
        start, end = facts.get(first), facts.get(last)
        if not (isinstance(start.value, Moment) and isinstance(end.value, Moment)):
            continue
        if end.value.period(zone).before(start.value.period(zone)) is Truth.TRUE:
            found.append(
                Problem(
                    _span(end),
                    f"`{last}`: {quote(end.value.text)} is before "
                    f"`{first}`, {quote(start.value.text)}",
                    f"check both dates ({vocabulary.specs[first].title}, then "
                    f"{vocabulary.specs[last].title})",
                )
            )
    return found


def _evidence(facts: Facts, vocabulary: Vocabulary) -> list[Problem]:
    found = []
    first: dict[str, Span] = {}
    for item in facts.evidence:
        if item.id in first:
            line = first[item.id].line
            found.append(
                Problem(item.span, f"`evidence`: the id {quote(item.id)} is taken by line {line}")
            )
        first.setdefault(item.id, item.span)
    known = quote(", ".join(first) or "none")
    for fact in facts.stated.values():
        for id in fact.evidence:
            if id not in first:
                secret = vocabulary.specs[fact.path].sensitive or fact.path.startswith(COVERAGE)
                named = NOT_SHOWN if secret else quote(id)
                found.append(
                    Problem(
                        _span(fact),
                        f"`{fact.path}`: there is no evidence with the id {named}",
                        f"add it under `evidence`; the ids there: {known}",
                    )
                )
    return found


def _odd(facts: Facts) -> list[Problem]:
    found = []

    def warn(fact: Fact, message: str, help: str) -> None:
        found.append(Problem(_span(fact), message, help))

    weights, published = facts.get("model.weights"), facts.get("release.weights_at")
    if weights.value == "closed" and published.value is not None:
        warn(
            published,
            "`release.weights_at` is stated, but `model.weights` is closed",
            "write `weights: open` or `staged`, or delete `weights_at`",
        )
    if weights.value == "open" and published.cause is Cause.ABSENT and _has_stage(facts):
        warn(
            weights,
            "`model.weights` is open, but `release.weights_at` is not stated",
            "add the date on which the weights are published",
        )
    for name in ("caisi_agreement", "eo_14409_framework", "accord_2026"):
        status = facts.get(f"participation.{name}.status")
        ended = facts.get(f"participation.{name}.ended_on")
        if status.value == "ended" and ended.value is None:
            warn(status, f"`{status.path}` is ended, but `{ended.path}` is not stated", "add it")
        signed = facts.get(f"participation.{name}.signed_on")
        if signed.value is not None and status.value in ("negotiating", "declined", "not_signed"):
            warn(
                signed,
                f"`{signed.path}` is stated, but the status is {status.value}",
                "check which of the two is right",
            )
    decided = facts.get("coverage.determined_at")
    answer = facts.get("coverage.determination")
    if decided.value is not None and answer.value in ("pending", "not_requested"):
        warn(
            decided,
            "`coverage.determined_at` is stated, but `coverage.determination` says that nothing "
            "was determined",
            "check which of the two is right",
        )
    if decided.value is not None and answer.cause in (Cause.ABSENT, Cause.NULL):
        warn(
            decided,
            "`coverage.determined_at` is stated, but `coverage.determination` is not",
            "add what was determined",
        )
    return found


def _has_stage(facts: Facts) -> bool:
    return any(facts.get(stage).value is not None for stage in STAGES)


def _odd_words(facts: Facts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What stands for something not known yet, and what a list has twice."""
    for fact in facts.stated.values():
        spec = vocabulary.specs[fact.path]
        if fact.value is None or spec.kind not in _FREE:
            continue
        listed = fact.value if spec.kind is Kind.LIST and isinstance(fact.value, tuple) else ()
        words = tuple(map(str, listed)) or (str(fact.value),)
        for word in dict.fromkeys(words):
            is_none = word.casefold() == "none" and spec.kind is not Kind.TEXT
            if is_none or is_placeholder(word):
                help = 'not known yet? delete the line, or write {unknown: "why"}'
                help = help if spec.may_be_unknown else spec.ask
                said = f"`{fact.path}`: {_shown(word, spec)} looks like a placeholder"
                yield Problem(_span(fact), said, help)
            if words.count(word) > 1:
                said = f"`{fact.path}`: {_shown(word, spec)} is in the list twice"
                yield Problem(_span(fact), said, "keep one of them")


def _shown(word: str, spec: FactSpec) -> str:
    return NOT_SHOWN if spec.sensitive or spec.path.startswith(COVERAGE) else quote(word)


def _span(fact: Fact) -> Span:
    return fact.span or Span("")

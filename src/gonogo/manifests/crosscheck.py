"""What two facts of a manifest say of each other: errors where it cannot be true, else warnings."""

from zoneinfo import ZoneInfo

from gonogo.diagnostics import Problem, Span, quote
from gonogo.manifests.facts import Fact, Facts
from gonogo.manifests.leaf import NOT_SHOWN
from gonogo.manifests.vocabulary import COVERAGE, Vocabulary
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

ORDERED = (  # pairs of dates of which the second is never before the first
    ("review.access_started_at", "review.access_ended_at"),
    *(
        (f"participation.{name}.signed_on", f"participation.{name}.ended_on")
        for name in ("caisi_agreement", "eo_14409_framework", "accord_2026")
    ),
)


def cross_check(
    facts: Facts, vocabulary: Vocabulary, zone: ZoneInfo
) -> tuple[list[Problem], list[Problem]]:
    """Problems (it cannot be true) and warnings (it is odd)."""
    problems = [*_reversed(facts, vocabulary, zone), *_evidence(facts, vocabulary)]
    return problems, list(_odd(facts))


def _reversed(facts: Facts, vocabulary: Vocabulary, zone: ZoneInfo) -> list[Problem]:
    found = []
    for first, last in ORDERED:
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
    return found


def _span(fact: Fact) -> Span:
    return fact.span or Span("")

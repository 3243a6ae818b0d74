"""A question of a report or a plan: as data, and as an item of a document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gonogo.reporting.question import Question

if TYPE_CHECKING:
    from gonogo.documents.blocks import Item, Prose

_OPEN = {"UNDETERMINED": "still open"}


def question_data(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "ask": question.ask,
        "given": dict(question.given),
        "settles": list(question.settles),
        "answers": dict(question.answers),
    }


def question_item(question: Question) -> "Item":
    """A question with its answers, those that lead to GO first."""
    from gonogo.documents.blocks import Item, Ref  # the data of a check need no document

    given = " and ".join(f"{path} is {answer}" for path, answer in question.given)
    asked: Prose = (f"if {given}: " if given else "", question.ask)
    if question.key:
        asked = (*asked, " (", Ref(question.key), ")")
    by_verdict = {
        verdict: [answer for answer, led_to in question.answers if led_to == verdict]
        for verdict in ("GO", "NO-GO", "UNDETERMINED")
    }
    answers = tuple(
        Item(f"{_OPEN.get(verdict, verdict)} if {_either(answers)}")
        for verdict, answers in by_verdict.items()
        if answers
    )
    return Item(asked, answers)


def _either(answers: Sequence[str]) -> str:
    *most, last = answers
    between = "; " if any("," in answer for answer in answers) else ", "
    return f"{between.join(most)} or {last}" if most else last

"""A question of a report or a plan: as data, and as an item of a document."""

from typing import TYPE_CHECKING, Any

from gonogo.reporting.report import Question

if TYPE_CHECKING:
    from gonogo.documents.blocks import Item, Prose


def question_data(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "ask": question.ask,
        "given": dict(question.given),
        "settles": list(question.settles),
        "answers": dict(question.answers),
    }


def question_item(question: Question) -> "Item":
    """The question with what each answer leads to."""
    from gonogo.documents.blocks import Item, Ref  # JSON needs no document

    given = " and ".join(f"{path} is {answer}" for path, answer in question.given)
    asked: Prose = (f"if {given}: " if given else "", question.ask, " (", Ref(question.fact), ")")
    open_words = {"UNDETERMINED": "still open"}
    answers = tuple(
        Item(f"{answer}: {open_words.get(verdict, verdict)}")
        for answer, verdict in question.answers
    )
    return Item(asked, answers)

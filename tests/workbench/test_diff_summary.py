"""The first sentences of a diff: through which rules verdicts change, and where nobody knows."""

from pathlib import Path

import pytest

from benches import desk_of
from gonogo.documents.blocks import Paragraph, words
from gonogo.engine.judge import Outcome, Verdict
from gonogo.manifests.facts import Facts
from gonogo.workbench.comparison import Comparison, RuleChange
from gonogo.workbench.diff_page import Difference, diff_page
from gonogo.workbench.places import latest_day
from gonogo.workbench.witnesses import Answer, Witness

DAY = latest_day([])
VERDICTS = (("standard", Verdict.GO, Verdict.NO_GO),)
FOUND = Answer(
    Witness(Facts({}), DAY, Outcome.PASS, Outcome.FAIL, VERDICTS), certain=True, weighs=True
)
GIVEN_UP = Answer(None, certain=False, weighs=True)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"a": FOUND}, "Verdicts can change, through a."),
        (
            {"a": GIVEN_UP, "b": GIVEN_UP},
            "Whether verdicts change through a, b is not known: the search was given up.",
        ),
        (
            {"a": FOUND, "b": GIVEN_UP},
            "Verdicts can change, through a. "
            "Whether they change through b is not known: the search was given up.",
        ),
    ],
    ids=["found", "given up", "one of each"],
)
def test_what_is_shown_is_told_from_what_is_not_known(
    answers: dict[str, Answer], expected: str, tmp_path: Path
) -> None:
    [pack] = desk_of(tmp_path, {}).packs
    rules = tuple(
        RuleChange(key, "A rule", "changed", answer, blocks=True) for key, answer in answers.items()
    )
    compared = Comparison(pack, pack, (), rules)

    summary = diff_page(Difference("old", "new", DAY, (compared,), (), None, 0))[1]

    assert isinstance(summary, Paragraph)
    assert words(summary.text) == expected

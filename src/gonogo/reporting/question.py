"""A question of a report or a plan: what to find out, and what each answer leads to."""

from typing import NamedTuple

from gonogo.manifests.vocabulary import FIRST_RELEASE


class Question(NamedTuple):
    """What to find out, what it settles, and the verdict that each answer leads to.

    ``given`` are the answers to earlier questions after which this one remains.
    """

    fact: str
    ask: str
    given: tuple[tuple[str, str], ...]
    settles: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The fact as a manifest states it. No manifest states the first release: its stages do."""
        return "" if self.fact == FIRST_RELEASE else self.fact

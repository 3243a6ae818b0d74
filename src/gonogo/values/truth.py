"""Three-valued logic: TRUE, FALSE and UNKNOWN, with Kleene's strong tables."""

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """What is known of a statement. UNKNOWN is never a quiet FALSE."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    def __bool__(self) -> NoReturn:
        raise TypeError("compare a Truth with `is`; it is not a bool")


def truth_of(value: bool) -> Truth:
    """The Truth of something that is known either way."""
    return Truth.TRUE if value else Truth.FALSE


def all_of(items: Iterable[Truth]) -> Truth:
    """Conjunction. TRUE for no items, as `all([])`."""
    answer = Truth.TRUE
    for item in items:
        if item is Truth.FALSE:
            return item
        if item is Truth.UNKNOWN:
            answer = item
    return answer


def any_of(items: Iterable[Truth]) -> Truth:
    """Disjunction. FALSE for no items, as `any([])`."""
    answer = Truth.FALSE
    for item in items:
        if item is Truth.TRUE:
            return item
        if item is Truth.UNKNOWN:
            answer = item
    return answer


def negate(item: Truth) -> Truth:
    """Negation. What is unknown stays unknown."""
    if item is Truth.UNKNOWN:
        return item
    return truth_of(item is Truth.FALSE)


def implies(when: Truth, require: Truth) -> Truth:
    """`not when or require`: TRUE when out of scope or met, whichever is known first."""
    return any_of((negate(when), require))

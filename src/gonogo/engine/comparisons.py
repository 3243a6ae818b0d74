"""One comparison of two known values: the meaning of each operator, and nothing else."""

from gonogo.manifests.facts import Fact, FactSpec, Kind, Value
from gonogo.packs.language import Op
from gonogo.values.amounts import Amount
from gonogo.values.names import Name
from gonogo.values.times import Period
from gonogo.values.truth import Truth, all_of, negate, truth_of


def compare(op: Op, actual: Value, required: Value, spec: FactSpec) -> Truth:
    """One comparison of two known values. The loader made sure that they fit the operator."""
    match actual, required:
        case str(), str():  # first: most conditions compare words
            if spec.kind is Kind.LEVEL and op is not Op.EQUALS:
                return _levels(op, actual, required, spec.choices)
            return truth_of(actual == required)
        case Amount(), Amount():
            return _amounts(op, actual, required)
        case Period(), Period():
            return _periods(op, actual, required)
        case Name(), Name():
            return actual.same_as(required)
        case tuple(), tuple():
            return truth_of(bool(set(actual) & set(required)))
        case tuple(), str():
            return truth_of(required in actual)
        case str(), tuple():
            return truth_of(actual in required)
        case _:
            return truth_of(actual == required)


def _amounts(op: Op, actual: Amount, required: Amount) -> Truth:
    match op:
        case Op.ABOVE:
            return actual.above(required)
        case Op.AT_LEAST:
            return actual.at_least(required)
        case Op.BELOW:
            return required.above(actual)
        case Op.AT_MOST:
            return required.at_least(actual)
        case _:
            return actual.equals(required)


def _periods(op: Op, actual: Period, required: Period) -> Truth:
    match op:
        case Op.BEFORE:
            return actual.before(required)
        case Op.NOT_BEFORE:
            return negate(actual.before(required))
        case Op.AFTER:
            return negate(actual.not_after(required))
        case _:
            return actual.not_after(required)


def _levels(op: Op, actual: str, required: str, choices: tuple[str, ...]) -> Truth:
    if op is Op.ONE_OF:
        return truth_of(actual == required)
    if actual not in choices or required not in choices:
        return Truth.UNKNOWN
    mine, theirs = choices.index(actual), choices.index(required)
    match op:
        case Op.ABOVE:
            return truth_of(mine > theirs)
        case Op.BELOW:
            return truth_of(mine < theirs)
        case Op.AT_MOST:
            return truth_of(mine <= theirs)
        case _:
            return truth_of(mine >= theirs)


def compare_with_earliest(op: Op, left: Fact, right: Fact) -> Truth:
    """A date against the earliest of several dates, one of which it is.

    Two readings of one date cannot differ, so a day that is itself the first release is not after
    it, though two days of the same name could be in either order. UNKNOWN for all other facts.
    """
    mirrored = {
        Op.BEFORE: Op.AFTER,
        Op.AFTER: Op.BEFORE,
        Op.NOT_AFTER: Op.NOT_BEFORE,
        Op.NOT_BEFORE: Op.NOT_AFTER,
    }
    if op not in mirrored:
        return Truth.UNKNOWN
    if left.earliest_of:
        left, right, op = right, left, mirrored[op]
    others = [fact.value for fact in right.earliest_of if fact.path != left.path]
    if len(others) == len(right.earliest_of) or not isinstance(left.value, Period):
        return Truth.UNKNOWN
    if op in (Op.BEFORE, Op.NOT_BEFORE):
        return truth_of(op is Op.NOT_BEFORE)
    is_first = all_of([left.value.not_after(date) for date in others if isinstance(date, Period)])
    return is_first if op is Op.NOT_AFTER else negate(is_first)

"""What holds only by an exception: another alternative, or a `not` that keeps a row out."""

from collections.abc import Iterator

from gonogo.engine.evaluate import evaluate, lookup_times, row_fields, row_step
from gonogo.engine.situation import Situation
from gonogo.engine.trace import RowStep, Step
from gonogo.packs.language import All, AnyOf, AnyRow, Holds, NoneOf
from gonogo.values.truth import Truth


def stand_ins(step: Step) -> Iterator[tuple[Step, Step]]:
    """Each alternative of an `any` that holds where the first does not, with that first.

    What stands first is the ordinary case.
    """
    match step.condition:
        case All() | Holds():
            for part in step.parts:
                yield from stand_ins(part)
        case AnyOf() if step.truth is Truth.TRUE:
            holding = next(part for part in step.parts if part.truth is Truth.TRUE)
            if holding is not step.parts[0]:
                yield holding, step.parts[0]
            yield from stand_ins(holding)
        case _:
            pass


def kept_out(step: Step, situation: Situation) -> Iterator[tuple[Step, RowStep]]:
    """Each row that an any_row would find, in force or perhaps so, but for a `not` in its `where`;
    first that `not`, which does not hold.
    """
    leaf = step.condition
    if not isinstance(leaf, AnyRow) or leaf.register is None or step.truth is not Truth.FALSE:
        return
    wanted = [part for part in leaf.where.parts if not isinstance(part, NoneOf)]
    register = situation.pack.registers[leaf.register]
    for row in register.rows:
        fields = row_fields(register, row)
        if any(evaluate(part, situation, fields).truth is Truth.FALSE for part in wanted):
            continue
        where = evaluate(All(tuple(wanted), leaf.where.span), situation, fields)
        found = row_step(row, where, lookup_times(leaf, situation))
        for part in leaf.where.parts if found.truth is not Truth.FALSE else ():
            if isinstance(part, NoneOf):
                exception = evaluate(part, situation, fields)
                if exception.truth is Truth.FALSE:
                    yield exception, found

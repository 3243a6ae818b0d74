"""The day on which a test takes a register to have been searched, whatever the register says.

Registers are searched again every week, and no test may break of that.
"""

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnly

from gonogo.packs.policy import Pack
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Node
from gonogo.values.times import Moment
from gonogo.workbench.dependents import Dependents


def read_searched(node: Node | None, pack: Pack, reading: Reading) -> dict[str, Moment]:
    """The registers under `searched` with a day each; every name must be a register's."""
    body = reading.mapping(node, "`searched`", None)
    found = {}
    for name in body.entries if body else ():
        if body and name not in pack.registers:
            reading.unknown(body.keys[name], "there is no register", name, pack.registers)
        elif body and (day := reading.moment(body, name)):
            found[name] = day
    return found


def as_searched(pack: Pack, searched: ReadOnly[str, Moment]) -> Pack:
    """The pack as if its registers had last been searched on these days."""
    if not searched:
        return pack
    moved = {name: pack.registers[name]._replace(as_of=day) for name, day in searched.items()}
    return pack._replace(registers={**pack.registers, **moved})


def days_of_search(pack: Pack, rules: Iterable[str]) -> dict[str, Moment]:
    """The last search of each register on whose age one of these rules may hang, by their keys.

    A test that is written today says it, and holds when the register is searched again.
    """
    reads = Dependents(pack).reads
    names = {name for key in rules for name in reads[key]}
    return {
        register.name: register.as_of
        for register in pack.registers.values()
        if f"register.{register.name}.as_of" in names
        or (register.complete and f"register {register.name}" in names)
    }

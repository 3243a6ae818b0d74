"""How a sentence calls facts, parameters, definitions and registers, and lists several."""

import re
from collections.abc import Iterable, Sequence

from gonogo.documents.blocks import Prose, Ref, joined
from gonogo.manifests.facts import Kind, show
from gonogo.packs.policy import DatedValue, Pack, Parameter, Register

_NO_ARTICLE = (
    "the ",
    "a ",
    "an ",
    "who ",
    "what ",
    "when ",
    "where ",
    "whether ",
    "how ",
    "which ",
)
_TAIL = re.compile(" (?:of|to|with|from|for|in|on|by) ")  # what follows is not the head noun
_SHOWN_IN_PLACE = 3  # values by date inside a sentence; more are only listed on the page


def the(path: str, pack: Pack) -> Prose:
    """A fact by its title, with its path where another fact has the same title."""
    if path.startswith("row."):
        return f"the row's {path.removeprefix('row.').replace('_', ' ')}"
    title = title_of(path, pack)
    said = title if title.startswith(_NO_ARTICLE) else f"the {title}"
    alike = [spec for spec in pack.specs.values() if spec.title == title]
    return (f"{said} (", Ref(path), ")") if len(alike) > 1 else said


def title_of(path: str, pack: Pack) -> str:
    spec = pack.specs.get(path)
    return spec.title if spec else path


def is_several(path: str, pack: Pack) -> bool:
    """Does the title of a fact take `are`, as `weights` and `agreed review days` do?"""
    spec = pack.specs.get(path)
    if spec is not None and spec.kind is Kind.LIST:
        return True
    title = spec.title if spec else path.removeprefix("row.").replace("_", " ")
    head = _TAIL.split(title)[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def quoted(name: str) -> str:
    """A definition's name as a reader meets it: its underscores are spaces, in quotes."""
    return f'"{name.replace("_", " ")}"'


def register_name(register: Register) -> str:
    return f"the register of {register.title}"


def parameter(name: str, pack: Pack, unit: str | None = None) -> Prose:
    """A parameter's value with its name; of several values each with its date.

    ``unit`` is said instead of the parameter's own, as for days that are counted in some way.
    """
    found = pack.parameters[name]
    ref = Ref(f"${name}")
    if len(found.values) == 1 and found.values[0].value is not None:
        return joined(_value(found.values[0], found, unit), " (", ref, ")")
    unit = f" {unit}" if unit else ""
    if len(found.values) > _SHOWN_IN_PLACE:
        return (ref, f"{unit} ({len(found.values)} values by date, listed below)")
    dated = [joined(_value(value, found, ""), f" from {value.day}") for value in found.values]
    return joined(ref, f"{unit} (", listed(dated, ""), ")")


def _value(dated: DatedValue, found: Parameter, unit: str | None) -> Prose:
    """One value; ``unit`` None is the parameter's own, and empty is none."""
    if dated.value is None:
        return "no value" if dated.ended else "unknown"
    if unit is None:
        return show(dated.value, found.spec)
    return f"{show(dated.value)} {unit}".rstrip()


def listed(parts: Iterable[Prose], word: str = "or") -> Prose:
    """`a, b or c`; without a word `a, b, c`."""
    found: Sequence[Prose] = list(parts)
    said: list[Prose] = []
    for number, part in enumerate(found):
        if number:
            said.append(f" {word} " if word and number == len(found) - 1 else ", ")
        said.append(part)
    return joined(*said)

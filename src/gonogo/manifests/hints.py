"""What to write instead of a value that does not fit. Only a mistake imports this.

A hint on a concealed value repeats nothing of it, nor the one value that was meant: it is a fixed
sentence that fits how the value looks.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from gonogo.diagnostics import nearest
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.trees.nodes import Mapping as Tree
from gonogo.trees.nodes import Node, Scalar
from gonogo.values.amounts import parse_number
from gonogo.values.names import is_placeholder, nearly_same_id, normal_name
from gonogo.values.times import Moment, parse_moment, readings

RANGE = "a range is written {low: ..., high: ...}"
_NUMBER = r"[-+]?[0-9][0-9.,_]*([eE][-+]?[0-9]+)?"
_THOUSANDS = r"[-+]?[0-9]{1,3}([,_ ][0-9]{3})+(\.[0-9]+)?"


def fact_help(
    node: Node, inner: Node, spec: FactSpec, usual: str | None, developers: Mapping[str, str]
) -> str | None:
    """What to write for a fact of a manifest, whose kind suggests ``usual``.

    ``inner`` is the value in ``node``. ``developers`` maps normal names to ids of the registers.
    """
    value = inner.value if isinstance(inner, Scalar) else None
    is_null = isinstance(inner, Scalar) and value is None
    if isinstance(value, str) and (is_placeholder(value) or value.casefold() == "none"):
        return _of_placeholder(spec, usual)
    if spec.path == "model.developer" and isinstance(value, str):
        return _developer_help(value, developers) or usual
    if is_null and spec.may_be_empty and node is not inner:
        return _not_known(spec)
    if is_null:
        return spec.ask + (' Or write {unknown: "why"}' if spec.may_be_unknown else "")
    if isinstance(inner, Tree) and not spec.may_be_unknown:
        return f"it has to be stated. {spec.ask}"
    if usual is None and isinstance(inner, Tree):
        return 'write the value itself, {value: ...} or {unknown: "why"}'
    if usual and spec.positive and isinstance(inner, Scalar) and spec.may_be_unknown:
        return f'{usual}, or {{unknown: "why"}}'
    return usual


def _not_known(spec: FactSpec) -> str:
    delete = "delete the line, or " if spec.may_be_empty else ""
    return f'not known yet? {delete}write {{unknown: "why"}}'


def _of_placeholder(spec: FactSpec, usual: str | None) -> str:
    if not spec.may_be_unknown:
        return f"it has to be stated. {spec.ask}"
    if spec.kind is Kind.LIST:
        return f"{_not_known(spec)}; if there are none, write []"
    example = usual if usual and spec.kind is not Kind.ID else ""
    return f"{_not_known(spec)}; else {example}" if example else _not_known(spec)


def _developer_help(name: str, developers: Mapping[str, str]) -> str | None:
    """The registers' id for a developer's name, also for one that is a little misspelt."""
    if known := developers.get(normal_name(name)):
        return f"in the registers that is `{known}`"
    id = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    near = min((each for each in developers.values() if nearly_same_id(id, each)), default=None)
    return f"did you mean `{near}`, as in the registers?" if near else None


def number_help(value: str, text: str) -> str:
    """For what is no number. ``text`` is the value as it may be quoted."""
    if re.fullmatch(rf"{_NUMBER}\s*(-|to|\.\.+|–)\s*{_NUMBER}", value):  # noqa: RUF001 - the dash people type
        return RANGE
    plain = text.replace(" ", "")
    if found := re.fullmatch(r"10\^([0-9]{1,3})", plain):
        return f"write 1e{found.group(1)}"
    if found := re.fullmatch(r"([0-9.]+)[x*×]10(?:\^|\*\*)([0-9]{1,3})", plain):  # noqa: RUF001 - the sign people type
        return f"write {found.group(1)}e{found.group(2)}"
    if re.fullmatch(_THOUSANDS, value):
        number = re.sub("[,_ ]", "", text)
        shown = parse_number(number) is not None
        return f"write {number}" if shown else "write the number without commas or spaces"
    if re.fullmatch(rf"{_NUMBER}\s*[A-Za-z/]+", value):
        return "write the number without its unit, such as 1e26"
    if re.search(r"10(\^|\*\*)[0-9]", value):
        return "write a number such as 1e26, without x or ^"
    if re.match(r"([A-Za-z ]+|[~<>=≈]+)\s*[0-9]", value):
        return "write a number such as 1e26, with nothing before it, or {low: ..., high: ...}"
    return "write a number such as 1e26"


def choice_help(value: str, text: str, choices: tuple[str, ...]) -> str:
    """For what is none of the choices. ``text`` is the value as it may be quoted."""
    listed = f"one of {', '.join(choices)}"
    if text == value:
        near = likely(value, choices)
        return f"did you mean `{near}`? {listed}" if near else listed
    if re.sub("[- ]+", "_", value.strip().casefold()) in choices:
        return f"write it exactly as it stands here, with its case and underscores: {listed}"
    return listed


def likely(word: str, choices: Iterable[str]) -> str | None:
    """The choice that looks like the word, or the only one that has it as a part."""
    known = tuple(choices)
    part = word.strip().casefold().replace("-", "_").replace(" ", "_")
    having = [choice for choice in known if f"_{part}_" in f"_{choice}_"]
    return nearest(word, known) or (having[0] if len(having) == 1 else None)


def moment_help(key: str, text: str, zone: ZoneInfo) -> str:
    """The line that would be right, where that can be guessed."""
    mended = _mended(text)
    if parse_moment(mended) == "has no time zone":
        return offset_help(mended, zone, lambda instant: f"`{key}: {instant}`")
    if mended != text and isinstance(parse_moment(mended), Moment):
        return f"write `{key}: {mended}`"
    return f"write `{key}: 2026-09-01`, `{key}: 2026-09` or `{key}: 2026-09-01T09:00:00-04:00`"


def _mended(text: str) -> str:
    """A date or an instant in the one form that is read, as far as it is clear what is meant."""
    if found := re.fullmatch(r"(\d{4})(\d\d)(\d\d)|(\d{4})[-/.](\d\d?)[-/.](\d\d?)", text):
        year, month, day = (part for part in found.groups() if part)
        return f"{year}-{month:0>2}-{day:0>2}"
    mended = re.sub(r"^(\S{10})[ t](?=\d)", r"\1T", text).replace("z", "Z")
    if "T" in mended:
        mended = re.sub(r" ?([-+]\d\d):?(\d\d)$", r"\1:\2", mended)
    mended = re.sub(r"(\.\d{6})\d+", r"\1", mended)
    midnight = re.fullmatch(r"(\d{4}-\d\d-\d\d)T24:00(?::00(?:\.0+)?)?(Z|[-+].*)?", mended)
    if midnight and isinstance(parse_moment(midnight[1]), Moment):
        next_day = date.fromisoformat(midnight[1]) + timedelta(days=1)
        return f"{next_day}T00:00:00{midnight[2] or ''}"
    return mended


def offset_help(local: str, zone: ZoneInfo, written: Callable[[str], str]) -> str:
    """How to write a time that lacks an offset, if it is one of ``zone``'s clocks."""
    match readings(local, zone):
        case (one,):
            return f"write {written(one)} if that is {zone.key} time, else with your own offset"
        case (first, second):
            twice = f"the clocks of {zone.key} show that time twice"
            return f"{twice}: write {written(first)} or {written(second)}"
        case _:
            return (
                f"the clocks of {zone.key} skip that time; write it with the offset that is meant"
            )

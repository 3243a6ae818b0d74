"""Facts written out as a manifest, for a person to read, keep or paste."""

import re
from collections.abc import Iterator, Mapping

from gonogo.manifests.facts import Cause, Fact, Facts
from gonogo.values.amounts import Amount, format_number
from gonogo.values.names import Name
from gonogo.values.times import Moment

_PLAIN = re.compile("[a-z][a-z_-]*[a-z]")
_RESERVED = ("null", "true", "false", "yes", "no", "on", "off")
_REQUIRED: Mapping[str, str] = {
    "model.name": '"N-9"',
    "model.version": '"1.0"',
    "model.developer": "northlight",
    "model.weights": "closed",
}
_FIRST = ("model", "coverage", "participation", "review", "release", "extra")


def manifest_yaml(facts: Facts) -> str:
    """A whole manifest: what is stated, and beyond that only what a manifest cannot be without."""
    texts = {path: _text(fact) for path, fact in facts.stated.items() if _is_written(fact)}
    for path, text in _REQUIRED.items():
        texts.setdefault(path, text)
    proved = sorted(path for path, fact in facts.stated.items() if fact.evidence)
    lines = ["manifest: gonogo/1"]
    for section in sorted({path.partition(".")[0] for path in texts}, key=_order):
        inside = {p.partition(".")[2]: t for p, t in texts.items() if p.startswith(f"{section}.")}
        lines.append(f"{section}: {_flow(inside)}")
    if proved:
        item = f'{{id: proof, kind: other, sha256: "{"0" * 64}", supports: [{", ".join(proved)}]}}'
        lines.append(f"evidence: [{item}]")
    return "\n".join(lines) + "\n"


def _order(section: str) -> int:
    return _FIRST.index(section) if section in _FIRST else len(_FIRST)


def _flow(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(_entries(texts)) + "}"


def _entries(texts: Mapping[str, str]) -> Iterator[str]:
    done: set[str] = set()
    for path, text in texts.items():
        key, _, rest = path.partition(".")
        if not rest:
            yield f"{key}: {text}"
        elif key not in done:
            done.add(key)
            inside = {p.partition(".")[2]: t for p, t in texts.items() if p.startswith(f"{key}.")}
            yield f"{key}: {_flow(inside)}"


def _is_written(fact: Fact) -> bool:
    return fact.cause in (None, Cause.SAID, Cause.NULL)


def _text(fact: Fact) -> str:
    match fact.value:
        case None:
            return "null" if fact.cause is Cause.NULL else '{unknown: "not known"}'
        case bool() as flag:
            return str(flag).lower()
        case Amount(low=low, high=high):
            if low == high:
                return format_number(low)
            return f"{{low: {format_number(low)}, high: {format_number(high)}}}"
        case Name(text=text):
            return quoted(text)
        case str() as word:
            return plain_or_quoted(word)
        case Moment(text=text):
            return text
        case _ as words if type(words) is tuple:  # a list; other values are named tuples
            return f"[{', '.join(plain_or_quoted(str(word)) for word in words)}]"
        case _ as value:
            return str(value)


def plain_or_quoted(word: str) -> str:
    """A word bare, unless YAML would read it as something else."""
    return word if _PLAIN.fullmatch(word) and word not in _RESERVED else quoted(word)


def quoted(text: str) -> str:
    """A text in double quotes, with whatever does not print written as an escape."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"

"""Facts written out as a manifest, for a person to read, keep or paste."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gonogo.manifests.facts import Facts
from gonogo.values.amounts import Amount, format_number
from gonogo.values.names import Name
from gonogo.values.times import Moment
from gonogo.values.value import Value

_REQUIRED: Mapping[str, str] = {
    "model.name": '"N-9"',
    "model.version": '"1.0"',
    "model.developer": "northlight",
    "model.weights": "closed",
}
_FIRST = ("model", "coverage", "participation", "review", "release", "extra")


def manifest_yaml(facts: Facts) -> str:
    """A whole manifest: what is stated, and beyond that only what a manifest cannot be without."""
    texts = {
        path: _text(fact.value) for path, fact in facts.stated.items() if fact.value is not None
    }
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


def _text(value: Value | Moment | None) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Amount(low=low, high=high):
            if low == high:
                return _number(low)
            return f"{{low: {_number(low)}, high: {_number(high)}}}"
        case Name(text=text):
            return _quoted(text)
        case str():
            return value if value.replace("_", "").replace("-", "").isalpha() else _quoted(value)
        case _ if type(value) is tuple:
            return f"[{', '.join(map(_word, value))}]"
        case _:
            return str(value)


def _number(number: Decimal) -> str:
    return format_number(number)


def _word(item: object) -> str:
    return str(item)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

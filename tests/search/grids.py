"""Small packs over few facts, with every manifest of a grid around all that their rules speak of.

What a search claims of all manifests is compared with what comes out on each of these.
"""

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from gonogo.diagnostics import Span
from gonogo.engine.assess import assess
from gonogo.engine.judge import RuleResult
from gonogo.library import load_vocabulary
from gonogo.manifests.facts import Cause, Evidence, Fact, Facts, Origin, Value, unknown
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.head import PackFiles
from gonogo.packs.pack import read_pack
from gonogo.packs.policy import Pack
from gonogo.trees.nodes import Mapping as Tree
from gonogo.trees.reader import read_tree
from gonogo.values.amounts import Amount, parse_number
from gonogo.values.digest import FolderDigest
from gonogo.values.names import Name
from gonogo.values.times import Moment
from strategies import at

Data = dict[str, Any]
PROOF = Evidence("deal", "agreement", None, "a" * 64, (), Span("grid"))

HEAD: Data = {
    "pack": "demo",
    "version": "1",
    "title": "A pack for tests",
    "timezone": "America/New_York",
    "governing_date": "release.first_at",
    "sources": {"memo": {"title": "A memo", "standing": "house"}},
    "facts": {"extra.size": {"type": "number"}, "extra.other": {"type": "number"}},
    "parameters": {
        "least": {
            "values": [{"from": "2026-06-01", "value": 3}, {"from": "2026-07-02", "value": 4}]
        },
        "days": {
            "unit": "day",
            "values": [{"from": "2026-06-01", "value": 1}, {"from": "2026-07-02", "value": 2}],
        },
        "open": {
            "values": [
                {"from": "2026-06-01", "value": True},
                {"from": "2026-07-02", "unknown": "nobody knows"},
            ]
        },
        "register_expires_days": {
            "unit": "day",
            "values": [{"from": "2026-01-01", "value": 2}],
        },
    },
    "derived": {
        "review.held_until": {"earliest_of": ["review.access_ended_at", "release.first_at"]},
        "on_record.caisi_agreement": {
            "row_of": "signed",
            "where": {"developer": {"fact": "model.developer"}},
        },
        "participation.caisi_agreement": {"if_not_mentioned": "on_record.caisi_agreement"},
    },
}
LISTED: Data = {
    "register": "listed",
    "as_of": "2026-07-02",
    "complete": True,
    "fields": {
        "developer": {"type": "id"},
        "model": {"type": "name"},
        "level": {"type": "choice", "choices": ["known", "other"]},
        "size": {"type": "number"},
    },
    "rows": [
        {"developer": "northlight", "model": "N-9", "also_called": ["Nine"], "level": "known",
         "size": 3, "from": "2026-06-05", "until": "2026-07-01", "source": "memo"},
        {"developer": "any", "model": "Fable 5", "level": "other",
         "from": "2026-07-02", "source": "memo"},
    ],
}  # fmt: skip
SIGNED: Data = {
    "register": "signed",
    "as_of": "2026-07-02",
    "key": ["developer"],
    "fields": {
        "developer": {"type": "id"},
        "status": {"type": "choice",
                   "choices": ["signed", "negotiating", "declined", "not_signed", "ended"]},
        "signed_on": {"type": "date"},
    },
    "rows": [
        {"developer": "northlight", "status": "negotiating", "from": "2026-06-01",
         "until": "2026-07-01", "source": "memo"},
        {"developer": "northlight", "status": "signed", "signed_on": "2026-07-02",
         "from": "2026-07-02", "source": "memo"},
    ],
}  # fmt: skip


class Written(NamedTuple):
    """A pack as the data that would be written in its files."""

    rules: tuple[Data, ...]
    head: Data = HEAD
    listed: Data = LISTED

    def pack(self) -> Pack:
        tree = read_tree(json.dumps(self.head).encode(), "pack.yaml")
        assert isinstance(tree, Tree)
        files = PackFiles(
            FolderDigest(()),
            tree,
            (("rules/main.yaml", json.dumps({"rules": list(self.rules)}, indent=1).encode()),),
            (
                ("registers/listed.yaml", json.dumps(self.listed).encode()),
                ("registers/signed.yaml", json.dumps(SIGNED).encode()),
            ),
        )
        return read_pack(files, None, _vocabulary())


def rule(id: str, when: Any, require: Any, rule_class: str = "house", window: Any = None) -> Data:
    body: Data = {"id": id, "title": "A rule", "class": rule_class, "cites": ["memo"]}
    body |= {"in_force": window} if window else {}
    body |= {"when": when} if when else {}
    return {**body, "require": require}


# Values that a manifest may state, around all that the conditions below speak of. None: no key.


def _amounts(*texts: str) -> list[Fact | None]:
    found: list[Fact | None] = [None, unknown("", Cause.SAID)]
    for text in texts:
        low, _, high = text.partition(" to ")
        ends = [parse_number(part) for part in (low, high or low)]
        assert ends[0] is not None and ends[1] is not None
        found.append(Fact("", Amount(ends[0], ends[1]), Origin.MANIFEST))
    return found


def _moments(*texts: str) -> list[Fact | None]:
    return [None, unknown("", Cause.SAID), *(Fact("", at(text), Origin.MANIFEST) for text in texts)]


def _words(*values: Any) -> list[Fact | None]:
    return [Fact("", value, Origin.MANIFEST) for value in values]


_SILENT: list[Fact | None] = [None, unknown("", Cause.SAID)]
_DATES = ("2026-06-30", "2026-07-01", "2026-07-02", "2026-07-04", "2026-07-01T00:00:00-04:00",
          "2026-07-02T12:00:00-04:00", "2026-07-02T13:00:00-04:00", "2026-07")  # fmt: skip
VALUES: dict[str, list[Fact | None]] = {
    "coverage.determination": [*_SILENT, *_words("designated", "not_designated", "pending")],
    "model.capability.cyber": [*_SILENT, *_words("none", "low", "medium", "high", "critical")],
    "review.await_determination": [*_SILENT, *_words(True, False)],
    "model.weights": [unknown("", Cause.SAID), *_words("closed", "open")],
    "extra.size": _amounts("0", "1", "2", "2.5", "3", "3.5", "4", "6", "1 to 2.5", "2.5 to 4"),
    "extra.other": _amounts("1", "3", "5", "2 to 3.5"),
    "review.agreed_days": [None, *_amounts("0", "1", "2", "3", "9")[2:]],
    "release.public_at": _moments(*_DATES),
    "release.api_at": _moments(*_DATES[1:6]),
    "review.access_started_at": _moments(*_DATES),
    "review.access_ended_at": _moments(*_DATES[1:7]),
    "coverage.determined_at": _moments(*_DATES[1:4]),
    "release.markets": [
        *_SILENT, *_words((), ("us",), ("eu",), ("us", "eu"), ("us", "eu", "cn"), ("zz",)),
    ],
    "model.developer": _words("northlight", "northligt", "openai"),
    "model.name": _words(Name("N-9"), Name("Nine"), Name("Fable 5"), Name("Fable 5 mini"),
                         Name("Other")),
    "participation.caisi_agreement.status": [*_SILENT, *_words("signed", "declined")],
    "participation.caisi_agreement.signed_on": _moments("2026-06-30", "2026-07-02"),
}  # fmt: skip
_REQUIRED: tuple[tuple[str, Value], ...] = (
    ("model.name", Name("N-9")),
    ("model.version", "1.0"),
    ("model.developer", "northlight"),
    ("model.weights", "closed"),
)
AS_OF = tuple(at(text) for text in ("2026-06-30", "2026-07-03", "2026-07-05", "2026-09-01"))


# Conditions by what they speak of, so that a pack is about few facts.

_ORDER = ("above", "at_least", "below", "at_most")
_TIMES = ("before", "not_after", "after", "not_before")


def _one(*found: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(found)


def _compared(path: str, ops: Sequence[str], *operands: Any) -> st.SearchStrategy[Data]:
    return st.builds(lambda op, with_: {"fact": path, op: with_}, _one(*ops), _one(*operands))


def _stated(*paths: str) -> st.SearchStrategy[Data]:
    return st.builds(lambda path, said: {"fact": path, "stated": said}, _one(*paths), st.booleans())


_LITERAL_DATES = ("2026-07-01", "2026-07-02T12:00:00-04:00", "2026-07")
TOPICS: dict[str, tuple[tuple[str, ...], st.SearchStrategy[Data]]] = {
    "determination": (
        ("coverage.determination",),
        st.one_of(
            _compared("coverage.determination", ["equals"], "designated", "not_designated"),
            _compared("coverage.determination", ["one_of"], ["designated", "pending"]),
            _stated("coverage.determination"),
        ),
    ),
    "level": (
        ("model.capability.cyber",),
        _compared("model.capability.cyber", _ORDER, "low", "high"),
    ),
    "promise": (
        ("review.await_determination",),
        _compared("review.await_determination", ["equals"], True, False),
    ),
    "weights": (
        ("model.weights",),
        _compared("model.weights", ["equals"], "closed", "open"),
    ),
    "size": (
        ("extra.size",),
        st.one_of(
            _compared("extra.size", [*_ORDER, "equals"], 0, 2, 3, "$least"), _stated("extra.size")
        ),
    ),
    "sizes": (
        ("extra.size", "extra.other"),
        st.one_of(
            _compared("extra.size", _ORDER, 2, {"fact": "extra.other"}),
            _compared(
                "extra.size", _ORDER, {"fact": "extra.other", "if_not_stated": "$least"}
            ),
            _compared("extra.other", _ORDER, 3, 5),
        ),
    ),
    "release": (
        ("release.public_at",),
        st.one_of(
            _compared("release.first_at", _TIMES, *_LITERAL_DATES),
            _one({"parameter": "open", "equals": True}),
            _one({"parameter": "least", "at_least": 4}),
        ),
    ),
    "stages": (
        ("release.public_at", "release.api_at"),
        st.one_of(
            _compared("release.api_at", _TIMES, *_LITERAL_DATES, {"fact": "release.first_at"}),
            _compared("release.public_at", _TIMES, "2026-07-02", {"fact": "release.api_at"}),
            _compared("release.first_at", _TIMES, *_LITERAL_DATES),
            _stated("release.api_at", "release.public_at"),
        ),
    ),
    "access": (
        ("review.access_started_at", "release.public_at"),
        st.one_of(
            st.builds(
                lambda op, days, count: {"days_from": "review.access_started_at",
                                         "to": "release.first_at", op: days, "count": count},
                _one(*_ORDER), _one(0, 1, 2, "$days"), _one("calendar", "elapsed", "full_days"),
            ),
            _compared("review.access_started_at", _TIMES, {"fact": "release.first_at"},
                      "2026-07-02"),
            _stated("review.access_started_at"),
        ),
    ),
    "agreed": (
        ("review.access_started_at", "review.access_ended_at", "review.agreed_days"),
        st.one_of(
            st.builds(
                lambda op, days: {"days_from": "review.access_started_at",
                                  "to": "review.access_ended_at", op: days},
                _one(*_ORDER), _one(0, 1, {"fact": "review.agreed_days"},
                                    {"fact": "review.agreed_days", "if_not_stated": "$days"}),
            ),
            _compared("review.agreed_days", [*_ORDER, "equals"], 0, 2),
            _one({"evidenced": "review.agreed_days"}),
            _compared("review.held_until", _TIMES, "2026-07-02"),
        ),
    ),
    "markets": (
        ("release.markets",),
        st.one_of(
            _compared("release.markets", ["contains"], "us", "eu", "cn"),
            _compared("release.markets", ["overlaps"], ["eu", "cn"]),
        ),
    ),
    "rows": (
        ("model.developer", "model.name", "release.public_at"),
        st.one_of(
            st.builds(
                lambda at, where: {"any_row": {"register": "listed", **at, "where": where}},
                _one({}, {"at": ["release.public_at"]}),
                st.lists(
                    _one({"fact": "row.developer", "equals": {"fact": "model.developer"}},
                         {"fact": "row.model", "equals": {"fact": "model.name"}},
                         {"fact": "row.level", "equals": "known"},
                         {"fact": "row.size", "at_least": "$least"}),
                    min_size=1, max_size=2,
                ),
            ),
            _compared("model.developer", ["equals"], "northlight", "openai"),
        ),
    ),
    "record": (
        ("participation.caisi_agreement.status", "participation.caisi_agreement.signed_on",
         "release.public_at"),
        st.one_of(
            _compared("participation.caisi_agreement.status", ["equals"], "signed", "declined"),
            _compared("participation.caisi_agreement.signed_on", _TIMES,
                      {"fact": "release.first_at"}, "2026-07-01"),
            _compared("on_record.caisi_agreement.status", ["equals"], "signed"),
            _stated("participation.caisi_agreement.status", "on_record.caisi_agreement.status"),
        ),
    ),
    "happened": (
        ("coverage.determination", "coverage.determined_at"),
        st.one_of(
            _compared("coverage.determination", ["equals"], "designated"),
            _compared("coverage.determined_at", _TIMES, *_LITERAL_DATES),
            _stated("coverage.determination"),
        ),
    ),
    "now": (
        ("review.access_started_at",),
        st.one_of(
            _compared("as_of", _TIMES, "2026-07-01", {"fact": "review.access_started_at"}),
            st.builds(
                lambda op, days: {"days_from": "register.listed.as_of", "to": "as_of", op: days},
                _one(*_ORDER), _one(0, 1),
            ),
        ),
    ),
}  # fmt: skip
WINDOWS: tuple[Data, ...] = (
    {},
    {"from": "2026-07-02"},
    {"until": "2026-07-01"},
    {"at": ["release.api_at"]},
)


def trees(leaves: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda join, parts: {join: parts},
            _one("all", "any", "not"),
            st.lists(inner, min_size=1, max_size=2),
        ),
        max_leaves=4,
    )


class About(NamedTuple):
    """A drawn pack, and the facts that its rules are about."""

    written: Written
    paths: tuple[str, ...]


@st.composite
def packs(draw: st.DrawFn, most: int = 2) -> About:
    topics = draw(st.lists(_one(*TOPICS), min_size=1, max_size=2, unique=True))
    leaves = st.one_of(*(TOPICS[topic][1] for topic in topics))
    paths = tuple(dict.fromkeys(path for topic in topics for path in TOPICS[topic][0]))
    head = HEAD
    if draw(st.booleans()):
        head = {**HEAD, "definitions": {"named": [draw(trees(leaves))]}}
        leaves |= st.just({"holds": "named"})
    rules = []
    for number in range(draw(st.integers(1, most))):
        when = draw(st.none() | st.lists(trees(leaves), min_size=1, max_size=2))
        require = draw(st.lists(trees(leaves), min_size=1, max_size=2))
        window = draw(_one({}, {}, *WINDOWS))
        rule_class = draw(_one("commitment", "house", "framework", "reference"))
        rules.append(rule(f"rule-{number}", when, require, rule_class, window))
    return About(Written(tuple(rules), head), paths)


def paths_of(about: About) -> tuple[str, ...]:
    """The facts that a grid has to vary: those of the rules, and the date of the release."""
    dated = any(path.startswith("release.") and path.endswith("_at") for path in about.paths)
    windows = [rule.get("in_force", {}) for rule in about.written.rules]
    stages = ["release.api_at"] if any("at" in window for window in windows) else []
    return tuple(dict.fromkeys((*about.paths, *([] if dated else ["release.public_at"]), *stages)))


def grid(paths: Sequence[str], most: int, seed: int = 0) -> Iterator[Facts]:
    """Every manifest over these facts; where that is too much, as many of them as asked for."""
    axes = [[(path, fact) for fact in VALUES[path]] for path in paths]
    if "review.agreed_days" in paths:
        proved = [Fact("", f.value, Origin.MANIFEST, evidence=("deal",))
                  for f in VALUES["review.agreed_days"][1:3] if f]  # fmt: skip
        axes.append([("review.agreed_days", fact) for fact in (None, *proved)])
    size = 1
    for axis in axes:
        size *= len(axis)
    if size <= most:
        for combination in itertools.product(*axes):
            yield stated(combination)
        return
    order = random.Random(seed)  # noqa: S311 - a sample, not a secret
    for _ in range(most):
        yield stated([order.choice(axis) for axis in axes])


def stated(chosen: Sequence[tuple[str, Fact | None]]) -> Facts:
    facts = {path: Fact(path, value, Origin.MANIFEST) for path, value in _REQUIRED}
    facts |= {path: fact._replace(path=path) for path, fact in chosen if fact is not None}
    sections = {path.rpartition(".")[0] for path in facts}
    return Facts(facts, frozenset(sections), (PROOF,))


def readable(facts: Facts, pack: Pack) -> bool:
    """May a manifest say all of this at once?"""
    ends = [facts.get(f"review.access_{word}_at").value for word in ("started", "ended")]
    if not (isinstance(ends[0], Moment) and isinstance(ends[1], Moment)):
        return True
    start, end = (moment.period(pack.zone) for moment in ends if isinstance(moment, Moment))
    return not end.high < start.low


def results(pack: Pack, facts: Facts, as_of: Moment) -> dict[str, RuleResult]:
    return {result.rule.key: result for result in assess(facts, (pack,), as_of)}


# Edits: what a rule author may do to a pack, some of which change nothing.


def _same(condition: Data, how: str) -> Data:
    """The same condition, written otherwise."""
    match how:
        case "double negation":
            return {"not": [{"not": [condition]}]}
        case "twice":
            return {"any": [condition, condition]}
        case "wrapped":
            return {"all": [condition]}
        case _:
            return {"all": [{"any": [condition]}, condition]}


@st.composite
def edited(draw: st.DrawFn, about: About) -> Written:
    """The pack after one edit."""
    written, paths = about
    how = draw(_one("condition", "condition", "condition", "rewrite", "order", "window", "class",
                    "parameter", "row", "drop", "add"))  # fmt: skip
    rules = [dict(each) for each in written.rules]
    index = draw(st.integers(0, len(rules) - 1))
    chosen = rules[index]
    part = draw(_one(*(key for key in ("when", "require") if key in chosen)))
    leaves = st.one_of(*(TOPICS[t][1] for t in TOPICS if set(TOPICS[t][0]) <= set(paths)))
    if "definitions" in written.head and draw(st.booleans()):
        definitions = {"named": [draw(trees(leaves))]}
        return written._replace(head={**written.head, "definitions": definitions})
    match how:
        case "condition":
            listed = list(chosen[part])
            listed[draw(st.integers(0, len(listed) - 1))] = draw(trees(leaves))
            chosen[part] = listed
        case "rewrite":
            rewrite = draw(_one("double negation", "twice", "wrapped", "other"))
            chosen[part] = [_same(each, rewrite) for each in chosen[part]]
        case "order":
            chosen[part] = [*reversed(chosen[part]), *chosen[part][:1]]
        case "window":
            chosen["in_force"] = draw(_one(*WINDOWS))
        case "class":
            chosen["class"] = draw(_one("binding", "commitment", "house", "framework", "reference"))
        case "parameter":
            return written._replace(head=_other_parameter(draw, written.head))
        case "row":
            return written._replace(listed=_other_row(draw, written.listed))
        case "drop" if len(rules) > 1:
            rules.pop(index)
        case _:
            rules.append(rule("rule-new", None, [draw(trees(leaves))]))
    return written._replace(rules=tuple(rules))


def _other_parameter(draw: st.DrawFn, head: Data) -> Data:
    name = draw(_one("least", "days", "open", "register_expires_days"))
    values = [dict(each) for each in head["parameters"][name]["values"]]
    chosen = values[draw(st.integers(0, len(values) - 1))]
    if draw(st.booleans()) or "unknown" in chosen:
        day = int(chosen["from"][-2:]) + draw(_one(-1, 1))
        chosen["from"] = f"{chosen['from'][:8]}{day:02}" if day else "2025-12-31"
    elif chosen["value"] is True:
        chosen["value"] = False
    else:
        chosen["value"] += draw(_one(-1, 1))
    parameter = {**head["parameters"][name], "values": values}
    return {**head, "parameters": {**head["parameters"], name: parameter}}


def _other_row(draw: st.DrawFn, listed: Data) -> Data:
    rows = [dict(each) for each in listed["rows"]]
    match draw(_one("drop", "until", "name", "level", "complete", "as_of")):
        case "drop":
            rows.pop(draw(st.integers(0, 1)))
        case "until":
            rows[0]["until"] = draw(_one("2026-06-30", "2026-07-02"))
        case "name":
            rows[0]["also_called"] = []
        case "level":
            rows[0]["level"] = "other"
        case "complete":
            return {**listed, "complete": False}
        case _:
            return {**listed, "as_of": "2026-07-03"}
    return {**listed, "rows": rows}


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary()

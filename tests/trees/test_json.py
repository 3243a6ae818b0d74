"""JSON is read as strictly as YAML: one document, no duplicates, exact numbers, 32 levels."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.diagnostics import InputError, Problem
from gonogo.trees.nodes import Mapping, Node, Plain, Scalar, Sequence
from gonogo.trees.reader import read_tree


def tree(text: str) -> Node:
    return read_tree(text.encode(), "f.json")


def refusal(text: str) -> Problem:
    with pytest.raises(InputError) as caught:
        tree(text)
    (problem,) = caught.value.problems
    return problem


def bare(node: Node) -> object:
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [bare(item) for item in items]
        case Mapping(entries=entries):
            return {key: bare(child) for key, child in entries.items()}


VALUES: list[tuple[str, Plain]] = [
    ("1e26", Decimal(10**26)),
    ("1.0E+26", Decimal(10**26)),
    ("100000000000000000000000000", Decimal(10**26)),
    ("-0.5", Decimal("-0.5")),
    ("0", Decimal(0)),
    ("9" * 40, Decimal("9" * 40)),
    ("1e400", Decimal("1e400")),
    ("true", True),
    ("false", False),
    ("null", None),
    ('"true"', "true"),
    ('"1e26"', "1e26"),
    ('""', ""),
    ('"\\u00e9\\n\\t\\/"', "é\n\t/"),
    ('"\\ud83d\\ude00"', "\U0001f600"),
    ('"2026-06-02"', "2026-06-02"),
]


@pytest.mark.parametrize(("written", "meant"), VALUES, ids=[text[:20] for text, _ in VALUES])
def test_value(written: str, meant: Plain) -> None:
    """Each value has its exact meaning, type and place."""
    node = tree(f'{{"a": {written}}}')
    assert isinstance(node, Mapping)
    found = node.entries["a"]
    assert isinstance(found, Scalar)
    assert found.value == meant
    assert type(found.value) is type(meant)
    assert str(found.span) == "f.json:1:7"
    assert found.quoted is written.startswith('"')


REFUSED: list[tuple[str, str, str, str]] = [
    # id, text, place, words
    ("empty", "", "1:1", "ends"),
    ("spaces", " \n ", "2:2", "ends"),
    ("duplicate key", '{"a": 1,\n "a": 2}', "2:2", "`a` is written twice; first on line 1"),
    ("duplicate by escape", '{"a": 1, "\\u0061": 2}', "1:10", "`a` is written twice"),
    ("NaN", '{"a": NaN}', "1:7", "`NaN`"),
    ("Infinity", "[1, Infinity]", "1:5", "`Infinity`"),
    ("minus Infinity", "[-Infinity]", "1:2", "not valid JSON"),
    ("True", "[True]", "1:2", "`True`"),
    ("word", "[nul]", "1:2", "a word without quotes is not a JSON value"),
    ("leading zero", "[010]", "1:2", "number"),
    ("hexadecimal", "[0x10]", "1:2", "number"),
    ("plus", "[+1]", "1:2", "not valid JSON"),
    ("point first", "[.5]", "1:2", "not valid JSON"),
    ("point last", "[5.]", "1:2", "number"),
    ("underscore", "[1_000]", "1:2", "not valid JSON"),
    ("single quotes", "['a']", "1:2", "not valid JSON"),
    ("bare key", "{a: 1}", "1:2", "key in double quotes"),
    ("comma at the end", "[1,]", "1:4", "not valid JSON"),
    ("comma at the end of a mapping", '{"a": 1,}', "1:9", "key in double quotes"),
    ("no comma", "[1 2]", "1:4", "comma"),
    ("no colon", '{"a" 1}', "1:6", "colon"),
    ("comment", "[1] // one", "1:5", "after the end"),
    ("second document", "[1]\n[2]", "2:1", "after the end"),
    ("not closed", '{"a": [1', "1:9", "comma or `]`"),
    ("string not closed", '["a', "1:2", "string"),
    ("line break in a string", '["a\nb"]', "1:2", "string"),
    ("tab in a string", '["a\tb"]', "1:2", "string"),
    ("wrong escape", '["\\x41"]', "1:2", "escape"),
    ("lone surrogate", '["\\ud800"]', "1:2", "surrogate"),
    ("lone surrogate in a key", '{"\\udc00": 1}', "1:2", "surrogate"),
    ("41 digits", "[" + "9" * 41 + "]", "1:2", "40 digits"),
    ("5,000 digits", "[" + "9" * 5_000 + "]", "1:2", "40 digits"),
    ("exponent too large", "[1e401]", "1:2", "extreme exponent"),
    ("exponent of ten digits", "[1e9999999999]", "1:2", "extreme exponent"),
    ("exponent too small", "[1e-401]", "1:2", "extreme exponent"),
    ("no-break space", "\u00a0[1]", "1:1", "not valid JSON"),
    ("Arabic digit", "[\u0661]", "1:2", "not valid JSON"),
    ("NUL", "[\0]", "1:2", "U+0000"),
    ("line separator", '["\u2028"]', "1:3", "U+2028"),
    ("value too long", '["' + "x" * 65_537 + '"]', "1:2", "65,536"),
]


@pytest.mark.parametrize(
    ("text", "place", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(text: str, place: str, words: str) -> None:
    """What RFC 8259 does not allow, or allows and no reader agrees on, is refused with a place."""
    problem = refusal(text)
    assert str(problem.span) == f"f.json:{place}"
    assert words in problem.message
    assert len(str(problem)) < 4_000


@pytest.mark.parametrize(
    ("opening", "closing", "column"), [("[", "]", 33), ('{"a":', "}", 161)], ids=["list", "mapping"]
)
def test_depth(opening: str, closing: str, column: int) -> None:
    """32 levels are read; the 33rd is refused where it begins."""
    tree(opening * 32 + "1" + closing * 32)
    problem = refusal(opening * 33 + "1" + closing * 33)
    assert str(problem.span) == f"f.json:1:{column}"
    assert "32 levels" in problem.message


def test_tabs_are_allowed() -> None:
    """JSON may be indented with tabs: only YAML trips over them."""
    node = tree('{\n\t"a":\t1\n}')
    assert isinstance(node, Mapping)
    assert str(node.entries["a"].span) == "f.json:2:7"


def test_bom() -> None:
    """A UTF-8 byte order mark is accepted, as in YAML."""
    node = read_tree(b'\xef\xbb\xbf{"a": 1}', "f.json")
    assert isinstance(node, Mapping)
    assert str(node.keys["a"]) == "f.json:1:2"


def test_a_bad_byte_after_a_bom() -> None:
    """Its number counts the three bytes of the mark, its column does not."""
    with pytest.raises(InputError, match=r"f\.json:1:7: is not UTF-8: byte 10 is 0xff"):
        read_tree(b'\xef\xbb\xbf{"a": \xff}', "f.json")


@pytest.mark.parametrize(
    ("name", "text", "accepted"),
    [
        pytest.param("-", '{"a": 1}', True, id="stdin, JSON"),
        pytest.param("-", '{"a":\t1}', True, id="stdin, JSON with a tab"),
        pytest.param("-", "a: 1", True, id="stdin, YAML"),
        pytest.param("-", "{a: 1}", True, id="stdin, YAML in flow style"),
        pytest.param("-", '{"a": 1,}', False, id="stdin, JSON and no YAML"),
        pytest.param("f.json", "a: 1", False, id="YAML in .json"),
        pytest.param("f.yaml", '{"a": 1,}', True, id="YAML may look like JSON"),
    ],
)
def test_which_format(name: str, text: str, accepted: bool) -> None:
    """The suffix decides; on standard input the first characters do."""
    if accepted:
        assert bare(read_tree(text.encode(), name)) == {"a": Decimal(1)}
    else:
        with pytest.raises(InputError):
            read_tree(text.encode(), name)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**39), 10**39) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN, st.sampled_from([None, 1]))
def test_reads_what_json_writes(data: object, indent: int | None) -> None:
    """Python's own writer and this reader agree on every value."""
    assert bare(tree(json.dumps(data, indent=indent))) == data


@given(PLAIN, st.booleans())
def test_json_is_yaml(data: object, c_loader: bool) -> None:
    """A JSON document without tabs means the same when it is read as YAML."""
    text = json.dumps(data).replace("\x7f", "\\u007f")
    if "\\ud" not in text:  # YAML has no surrogate pairs
        assert bare(read_tree(text.encode(), "f.yaml", c_loader=c_loader)) == data

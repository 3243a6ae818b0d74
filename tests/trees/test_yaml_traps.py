"""The table of YAML traps: each reads the same with libyaml and without, or is refused alike."""

from decimal import Decimal

import pytest

from gonogo.diagnostics import InputError, Problem
from gonogo.trees.nodes import Mapping, Node, Plain, Scalar, Sequence
from gonogo.trees.reader import read_tree

LOADERS = pytest.mark.parametrize("c_loader", [True, False], ids=["libyaml", "pure"])


def tree(text: str, c_loader: bool) -> Node:
    return read_tree(text.encode(), "f.yaml", c_loader=c_loader)


def scalar(text: str, c_loader: bool) -> Scalar:
    """The value of the key `a` in a document."""
    node = tree(text, c_loader)
    assert isinstance(node, Mapping)
    found = node.entries["a"]
    assert isinstance(found, Scalar)
    return found


def refusal(text: str, c_loader: bool) -> Problem:
    with pytest.raises(InputError) as caught:
        tree(text, c_loader)
    (problem,) = caught.value.problems
    return problem


TEN_TO_26 = Decimal(10**26)

VALUES: list[tuple[str, Plain]] = [
    # Numbers are exact, however they are spelt.
    ("1e26", TEN_TO_26),
    ("1.0e26", TEN_TO_26),
    ("1e+26", TEN_TO_26),
    ("1.0e+26", TEN_TO_26),
    ("1.0E+26", TEN_TO_26),
    ("+1e26", TEN_TO_26),
    ("100000000000000000000000000", TEN_TO_26),
    ("99999999999999999999999999", Decimal(10**26 - 1)),
    ("100000000000000000000000001", Decimal(10**26 + 1)),
    ("0.1", Decimal("0.1")),
    ("0", Decimal(0)),
    ("-3", Decimal(-3)),
    (".5", Decimal("0.5")),
    # What is no decimal number of the core schema stays text, for the schema to refuse.
    ("10^26", "10^26"),
    ("1,000", "1,000"),
    ("1_000", "1_000"),
    ("0o10", "0o10"),
    ("0b11", "0b11"),
    ("0xff", "0xff"),
    (".inf", ".inf"),
    ("-.inf", "-.inf"),
    (".nan", ".nan"),
    ("12:30:00", "12:30:00"),
    ("1:30", "1:30"),
    ("190:20:30", "190:20:30"),
    # Only six words are true or false.
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("tRUE", "tRUE"),
    ("NO", "NO"),
    ("no", "no"),
    ("yes", "yes"),
    ("y", "y"),
    ("n", "n"),
    ("on", "on"),
    ("off", "off"),
    # Nothing.
    ("null", None),
    ("~", None),
    ("Null", None),
    ("none", "none"),
    # Dates stay text, whether or not they exist.
    ("2026-06-02", "2026-06-02"),
    ("2026-06-02 12:00:00", "2026-06-02 12:00:00"),
    ("2026-06-02T12:00:00Z", "2026-06-02T12:00:00Z"),
    ("2026-13-45", "2026-13-45"),
    ("2026-06", "2026-06"),
    # An old value type and an old merge sign, as values.
    ("=", "="),
    ("<<", "<<"),
    # Quotes always make text.
    ('"1e26"', "1e26"),
    ("'true'", "true"),
    ('"010"', "010"),
    ('""', ""),
    ('"\\t"', "\t"),
    ("|-\n  7", "7"),
]


@LOADERS
@pytest.mark.parametrize(("written", "meant"), VALUES, ids=[text for text, _ in VALUES])
def test_value(written: str, meant: Plain, c_loader: bool) -> None:
    """Each spelling has one value and one type, and begins where it is written."""
    found = scalar(f"a: {written}", c_loader)
    assert found.value == meant
    assert type(found.value) is type(meant)  # Decimal(1) == True in Python
    assert found.span == ("f.yaml", 1, 4)


@LOADERS
def test_empty_value_is_null(c_loader: bool) -> None:
    """`a:` is null, not the text of nothing."""
    assert scalar("a:\n", c_loader).value is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("a:", "1:3"), ("a:\nb: 1", "1:3"), ("{a: }", "1:4"), ("{a: , b: 1}", "1:4"), ("? a", "1:4")],
)
@LOADERS
def test_place_of_an_empty_value(text: str, place: str, c_loader: bool) -> None:
    """An empty value stands just after its key, with both parsers."""
    node = tree(text, c_loader)
    assert isinstance(node, Mapping)
    assert str(node.entries["a"].span) == f"f.yaml:{place}"


@LOADERS
@pytest.mark.parametrize("written", ["1.10", "1.0", "1e26", "+5", "2.50"])
def test_number_keeps_its_text(written: str, c_loader: bool) -> None:
    """`version: 1.10` can be answered with `write "1.10"`: the zero is not lost."""
    found = scalar(f"a: {written}", c_loader)
    assert (found.text, found.quoted, str(found.span)) == (written, False, "f.yaml:1:4")


@LOADERS
@pytest.mark.parametrize("digits", [4_301, 65_534])
def test_long_hexadecimal_is_text(digits: int, c_loader: bool) -> None:
    """PyYAML would make an integer of it, up to the 64 KiB that any value may have."""
    written = "0x" + "f" * digits
    assert scalar(f"a: {written}", c_loader).value == written


@LOADERS
@pytest.mark.parametrize("key", ["on", "off", "yes", "no", "y", "2026-06-02", "=", "1_000", "1:30"])
def test_key_is_text(key: str, c_loader: bool) -> None:
    """YAML 1.1 would make true, false, dates or numbers of these keys."""
    node = tree(f"{key}: x", c_loader)
    assert isinstance(node, Mapping)
    assert list(node.entries) == [key]
    assert node.keys[key] == ("f.yaml", 1, 1)


@LOADERS
@pytest.mark.parametrize("key", ["true", "1", "null"])
def test_quoted_key_is_text(key: str, c_loader: bool) -> None:
    """Quotes make a key of any word, and two that YAML 1.1 would merge stay apart."""
    node = tree(f'"{key}": x\ny: z', c_loader)
    assert isinstance(node, Mapping)
    assert list(node.entries) == [key, "y"]


REFUSED: list[tuple[str, str, str, str]] = [
    # id, text, place, words
    ("leading zero", "a: 010", "1:4", "a number that begins with a zero"),
    ("leading zeros with a sign", "a: -007", "1:4", "a number that begins with a zero"),
    ("leading zero before a point", "a: 01.5", "1:4", "a number that begins with a zero"),
    ("leading zero with exponent", "a: [1, 01e3]", "1:8", "a number that begins with a zero"),
    ("key true", "true: x", "1:1", "`true` must be quoted"),
    ("key True", "a: {True: x}", "1:5", "`True` must be quoted"),
    ("key 1", "b: 2\n1: x", "2:1", "a key that is a number must be quoted"),
    ("key 000", "a: {b: 2,000,000}", "1:10", "a key that is a number must be quoted"),
    ("key 1.0", "1.0: x", "1:1", "a key that is a number must be quoted"),
    ("key null", "null: x", "1:1", "`null` must be quoted"),
    ("key tilde", "~: x", "1:1", "`~` must be quoted"),
    ("key 1 beside its text", '{1: a, "1": b}', "1:2", "a key that is a number must be quoted"),
    ("duplicate key", "a: 1\na: 2", "2:1", "`a` is written twice; first on line 1"),
    ("duplicate in flow", "b: {a: 1, a: 1}", "1:11", "`a` is written twice"),
    ("duplicate, once quoted", "a: 1\nb: 2\n'a': 3", "3:1", "first on line 1"),
    ("merge key", "b: 1\n<<: {a: 1}", "2:1", "merge key"),
    ("merge key inside", "a: {<<: {b: 1}}", "1:5", "merge key"),
    ("anchor", "a: &x 1\nb: 2", "1:4", "an anchor"),
    ("anchor on a mapping", "a: &x\n  b: 1", "1:4", "an anchor"),
    ("anchor on a key", "&x a: 1", "1:1", "anchor"),
    ("self reference", "a: &x [*x]", "1:4", "anchor"),
    ("alias", "a: 1\nb: *x", "2:4", "alias"),
    ("python tag", "a: !!python/object/apply:os.system [id]", "1:4", "tag"),
    ("unknown tag", "a: !foo 1", "1:4", "a tag"),
    ("standard tag", "a: !!str 1", "1:4", "tag"),
    ("binary", "a: !!binary aGk=", "1:4", "tag"),
    ("set", "a: !!set {x}", "1:4", "tag"),
    ("ordered map", "a: !!omap [x: 1]", "1:4", "tag"),
    ("tag on the document", "!foo\na: 1", "1:1", "tag"),
    ("tag on a key", "!!str a: 1", "1:1", "tag"),
    ("list as a key", "? [1]\n: v", "1:3", "list or mapping used as a key"),
    ("mapping as a key", "b: 1\n? {a: 1}\n: v", "2:3", "list or mapping used as a key"),
    ("second document", "a: 1\n---\nb: 2", "2:1", "second document"),
    ("second document, empty", "a: 1\n---\n", "2:1", "second document"),
    ("version directive", "%YAML 1.1\n---\na: 1", "1:1", "directive"),
    ("tag directive", "%TAG ! tag:x,2000:\n---\na: 1", "1:1", "directive"),
    ("tab to indent", "a:\n\tb: 1", "2:1", "tab"),
    ("tab after a colon", "a:\t1", "1:3", "tab"),
    ("tab in a value", "a: x\ty", "1:5", "tab"),
    ("tab in double quotes", 'a: "x\ty"', "1:6", "tab"),
    ("tab in a comment", "a: 1 #\tx", "1:7", "tab"),
    ("colon in a value", "a: b: c", "1:5", "not valid YAML"),
    ("value of a scalar", "a: 1\n b: 2", "2:3", "not valid YAML"),
    ("at sign", "b: 1\na: @x", "2:4", "not valid YAML"),
    ("percent", "a: %x", "1:4", "not valid YAML"),
    ("closing bracket alone", "a: ]", "1:4", "not valid YAML"),
    ("list item on a line", "a: - b", "1:4", "not valid YAML"),
]


@LOADERS
@pytest.mark.parametrize(
    ("text", "place", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(text: str, place: str, words: str, c_loader: bool) -> None:
    """Each trap is refused where it stands, in the same words with both parsers."""
    problem = refusal(text, c_loader)
    assert str(problem.span) == f"f.yaml:{place}"
    assert words in problem.message


@LOADERS
@pytest.mark.parametrize(
    "text", ["%FOO bar\n---\na: 1", "a: [1, 2", "a: {b: 1", 'a: "x', "a: 'x", 'a: "\\q"']
)
def test_refused_by_both(text: str, c_loader: bool) -> None:
    """Refused whichever parser is there, at a place that exists: these have one or two lines."""
    problem = refusal(text, c_loader)
    lines = text.split("\n")
    assert 1 <= problem.span.line <= len(lines)
    assert problem.span.column <= len(lines[problem.span.line - 1]) + 1


@LOADERS
def test_colon_help(c_loader: bool) -> None:
    """The commonest slip, an unquoted `: `, is answered with what to do."""
    problem = refusal("a: b: c", c_loader)
    assert problem.help is not None
    assert "quotes" in problem.help


@LOADERS
def test_columns_count_code_points(c_loader: bool) -> None:
    """Columns are code points, so that a name outside the BMP counts as one."""
    node = tree('{"né𝔘": 1, b: 2}', c_loader)  # noqa: RUF001 - the character is the test
    assert isinstance(node, Mapping)
    assert [str(node.keys[key]) for key in node.keys] == ["f.yaml:1:2", "f.yaml:1:12"]


@LOADERS
def test_block_and_flow_and_comments(c_loader: bool) -> None:
    """An ordinary document keeps its order, nesting and places."""
    node = tree("# head\n---\na:\n  - x # one\n  - {b: [1]}\nc: >\n  two\n  words\n", c_loader)
    assert isinstance(node, Mapping)
    items = node.entries["a"]
    assert isinstance(items, Sequence)
    assert [str(item.span) for item in items.items] == ["f.yaml:4:5", "f.yaml:5:5"]
    folded = node.entries["c"]
    assert isinstance(folded, Scalar)
    assert folded.value == "two words\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@LOADERS
def test_line_endings(ending: str, c_loader: bool) -> None:
    """Lines count the same whatever ends them."""
    problem = refusal(ending.join(["a: 1", "b: 2", "a: 3"]), c_loader)
    assert str(problem.span) == "f.yaml:3:1"

"""Bounds that every input file keeps, so that no file can exhaust or crash the reader."""

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from gonogo.diagnostics import InputError, Problem
from gonogo.trees.nodes import Mapping, Node, Scalar, Sequence
from gonogo.trees.reader import decode, read_tree

LOADERS = pytest.mark.parametrize("c_loader", [True, False], ids=["libyaml", "pure"])
MIB = 1_048_576


def refusal(data: bytes, c_loader: bool) -> Problem:
    with pytest.raises(InputError) as caught:
        read_tree(data, "f.yaml", c_loader=c_loader)
    assert len(str(caught.value)) < 4_000
    (problem,) = caught.value.problems
    return problem


def padded(size: int) -> bytes:
    """A sound document of exactly so many bytes; the padding is a comment."""
    return b"a: 1\n" + b"#" * (size - 5)


@LOADERS
def test_largest_file(c_loader: bool) -> None:
    """1 MiB is read."""
    assert isinstance(read_tree(padded(MIB), "f.yaml", c_loader=c_loader), Mapping)


@LOADERS
@pytest.mark.parametrize("data", [padded(MIB + 1), b"#" + "é".encode() * (MIB // 2)])
def test_file_too_large(data: bytes, c_loader: bool) -> None:
    """One byte more is refused as a whole; bytes count, not characters."""
    assert len(data) == MIB + 1
    problem = refusal(data, c_loader)
    assert str(problem.span) == "f.yaml"
    assert "more than 1,048,576 bytes" in problem.message


def block_mapping(levels: int) -> str:
    return (
        "".join(" " * level + "a:\n" for level in range(levels - 1)) + " " * (levels - 1) + "a: x"
    )


# The place of the first level too many: level 33 begins after 32 others.
DEEP = [
    pytest.param(lambda n: "- " * n + "x", "1:65", id="block lists"),
    pytest.param(block_mapping, "33:33", id="block mappings"),
    pytest.param(lambda n: "[" * n + "]" * n, "1:33", id="flow lists"),
    pytest.param(lambda n: "{a: " * n + "x" + "}" * n, "1:129", id="flow mappings"),
    pytest.param(lambda n: "a: " + "[" * (n - 1) + "]" * (n - 1), "1:35", id="both"),
]


@LOADERS
@pytest.mark.parametrize(("nested", "place"), DEEP)
def test_depth(nested: Callable[[int], str], place: str, c_loader: bool) -> None:
    """32 levels are read, the 33rd is refused where it begins."""
    node: Node = read_tree(nested(32).encode(), "f.yaml", c_loader=c_loader)
    levels = 0
    while not isinstance(node, Scalar):
        levels += 1
        children = node.items if isinstance(node, Sequence) else list(node.entries.values())
        if not children:
            break
        node = children[0]
    assert levels == 32
    problem = refusal(nested(33).encode(), c_loader)
    assert str(problem.span) == f"f.yaml:{place}"
    assert "32 levels" in problem.message


HUGE = {
    "lists.yaml": "[" * 60_000,
    "closed-lists.yaml": "[" * 60_000 + "]" * 60_000,
    "items.yaml": "- " * 60_000,
    "mappings.yaml": "{a: " * 60_000,
    "lines.yaml": "".join("-\n" + " " * level for level in range(1, 1_400)),
    "lists.json": "[" * 60_000,
    "mappings.json": '{"a":' * 60_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_depth_does_not_crash(name: str, tmp_path: Path) -> None:
    """Libyaml's own tree builder would overflow the stack: exit 2, not the death of the process."""
    (tmp_path / name).write_text(HUGE[name])
    done = subprocess.run(
        [sys.executable, "-m", "gonogo", "check", name, "--as-of", "2026-11-23"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"{name}:")
    assert "32 levels" in done.stderr
    assert len(done.stderr) < 4_000


# 1 MiB at most, but as many nodes as fit: the time must grow with the size, not with its square.
MANY = {
    "list.yaml": "[" + "0," * 520_000 + "0]",
    "list.json": "[" + "0," * 520_000 + "0]",
    "lines.json": "[" + "0,\n" * 340_000 + "0]",
    "keys.yaml": "".join(f"k{n}: 1\n" for n in range(90_000)),
    "keys.json": "{" + ",\n".join(f'"k{n}":1' for n in range(75_000)) + "}",
}


@pytest.mark.parametrize("name", MANY)
def test_many_nodes_take_little_time(name: str, tmp_path: Path) -> None:
    """A file within the size limit is answered in seconds, and JSON has the limits of YAML."""
    assert len(MANY[name]) <= MIB
    (tmp_path / name).write_text(MANY[name])
    done = subprocess.run(
        [sys.executable, "-m", "gonogo", "check", name, "--as-of", "2026-11-23"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert b"more than 100,000 values" in done.stderr


ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 6)}]}}\n" for n in range(1, 10)
)


@LOADERS
@pytest.mark.parametrize(
    ("bomb", "place"), [(ALIAS_BOMB, "1:4"), (MERGE_BOMB, "1:5")], ids=["alias", "merge"]
)
def test_bomb(bomb: str, place: str, c_loader: bool) -> None:
    """A bomb is refused at its first anchor, before anything multiplies."""
    problem = refusal(bomb.encode(), c_loader)
    assert str(problem.span) == f"f.yaml:{place}"
    assert "anchor" in problem.message


LARGEST = ["9" * 40, "-" + "9" * 40, "0." + "1" * 39, "1e400", "1e-400", "9.9e400"]
TOO_LARGE = ["9" * 41, "1." + "1" * 40, "9" * 5_000, "1e401", "1e-401", "1e999999999"]


@LOADERS
@pytest.mark.parametrize("number", LARGEST, ids=range(len(LARGEST)))
def test_largest_number(number: str, c_loader: bool) -> None:
    """40 digits and exponents up to 400 are exact."""
    node = read_tree(f"a: {number}".encode(), "f.yaml", c_loader=c_loader)
    assert isinstance(node, Mapping)
    found = node.entries["a"]
    assert isinstance(found, Scalar)
    assert found.value == Decimal(number)


@LOADERS
@pytest.mark.parametrize("number", TOO_LARGE, ids=range(len(TOO_LARGE)))
def test_number_too_large(number: str, c_loader: bool) -> None:
    """One digit or one power more is refused, cut to 60 characters, before any arithmetic."""
    problem = refusal(f"b: 1\na: {number}".encode(), c_loader)
    assert str(problem.span) == "f.yaml:2:4"
    assert "40 digits" in problem.message
    assert len(problem.message) < 150


@LOADERS
@pytest.mark.parametrize("quotes", ['"', ""], ids=["quoted", "plain"])
def test_scalar_size(quotes: str, c_loader: bool) -> None:
    """A value of 64 KiB is read, one character more is not."""
    most = f"a: {quotes}{'x' * 65_536}{quotes}"
    assert isinstance(read_tree(most.encode(), "f.yaml", c_loader=c_loader), Mapping)
    problem = refusal(f"a: {quotes}{'x' * 65_537}{quotes}".encode(), c_loader)
    assert str(problem.span) == "f.yaml:1:4"
    assert "65,536" in problem.message


BYTES: list[tuple[str, bytes, str, str]] = [
    ("latin-1", "a: 1\nb: caf\xe9".encode("latin-1"), "f.yaml:2:7", "not UTF-8: byte 12 is 0xe9"),
    ("cut sequence", b"a: \xe2\x82", "f.yaml:1:4", "not UTF-8: byte 4 is 0xe2"),
    ("overlong", b"a: \xc0\xaf", "f.yaml:1:4", "not UTF-8: byte 4"),
    ("encoded surrogate", b"a: \xed\xa0\x80", "f.yaml:1:4", "not UTF-8: byte 4"),
    ("after characters", "é: \udc80".encode("utf-8", "surrogateescape"), "f.yaml:1:4", "byte 5"),
    ("after a BOM", b"\xef\xbb\xbfa: caf\xe9", "f.yaml:1:7", "not UTF-8: byte 10 is 0xe9"),
    ("just after a BOM", b"\xef\xbb\xbf\xff", "f.yaml:1:1", "not UTF-8: byte 4 is 0xff"),
    ("BOM, next line", b"\xef\xbb\xbfa: \xc3\xa9\nb\xff", "f.yaml:2:2", "byte 11 is 0xff"),
    ("half a BOM", b"\xef\xbba: 1", "f.yaml:1:1", "not UTF-8: byte 1 is 0xef"),
    ("BOM, then NUL", b"\xef\xbb\xbfa: x\0y", "f.yaml:1:5", "U+0000"),
    ("UTF-16 LE", "a: 1".encode("utf-16-le").join([b"\xff\xfe", b""]), "f.yaml", "UTF-16"),
    ("UTF-16 BE", "a: 1".encode("utf-16-be").join([b"\xfe\xff", b""]), "f.yaml", "UTF-16"),
    ("UTF-16 without BOM", "a: 1".encode("utf-16-le"), "f.yaml:1:2", "U+0000"),
    ("NUL", b"a: x\0y", "f.yaml:1:5", "U+0000"),
    ("escape", b"a: 1\nb: \x1b[31m", "f.yaml:2:4", "U+001B"),
    ("next line", "a: x\x85y".encode(), "f.yaml:1:5", "U+0085"),
    ("line separator", "a: x\u2028y".encode(), "f.yaml:1:5", "U+2028"),
    ("paragraph separator", "# \u2029".encode(), "f.yaml:1:3", "U+2029"),
    ("second BOM", "\ufeff\ufeffa: 1".encode(), "f.yaml:1:1", "U+FEFF"),
]


@LOADERS
@pytest.mark.parametrize(
    ("data", "place", "words"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES]
)
def test_bytes_refused(data: bytes, place: str, words: str, c_loader: bool) -> None:
    """Only UTF-8 text without hidden characters; the message says which byte or character."""
    problem = refusal(data, c_loader)
    assert str(problem.span) == place
    assert words in problem.message


REFUSED = [*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("code", REFUSED, ids=hex)
def test_hidden_characters(code: int) -> None:
    """Each is found at its place, after characters of several bytes; tabs and line ends pass."""
    text = f"é€\U0001f600: {chr(code)}"
    if chr(code) in "\t\n\r":
        assert decode(text.encode(), "f.yaml") == text
        return
    with pytest.raises(InputError, match=f"f.yaml:1:6: .*U\\+{code:04X}"):
        decode(text.encode(), "f.yaml")


@pytest.mark.parametrize(
    "text", ["a\u202eb", "\u00ad", "\ue000", "\u0378", "\U000e0001", " \u3000"]
)
def test_characters_that_are_only_odd(text: str) -> None:
    """Reports write these as escapes; they are no reason to refuse a file."""
    assert decode(text.encode(), "f.yaml") == text


@LOADERS
def test_bom(c_loader: bool) -> None:
    """A UTF-8 byte order mark is accepted and counts as no column."""
    node = read_tree(b"\xef\xbb\xbfa: 1", "f.yaml", c_loader=c_loader)
    assert isinstance(node, Mapping)
    assert node.keys == {"a": ("f.yaml", 1, 1)}


@LOADERS
@pytest.mark.parametrize(
    "escape", [r"\ud800", r"\udfff", r"\ud83d\ude00", r"\U00110000", r"\UFFFFFFFF"]
)
def test_surrogate_escape(escape: str, c_loader: bool) -> None:
    """Half a surrogate pair is no character, and YAML has no pairs."""
    problem = refusal(f'b: 1\na: "{escape}"'.encode(), c_loader)
    assert problem.span.line == 2
    assert problem.message == "an escape for no character, such as half of a surrogate pair"
    assert problem.help == "write the character itself"


@LOADERS
@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment\n", "\ufeff"], ids=["empty", "lines", "comment", "bom"]
)
def test_nothing(text: str, c_loader: bool) -> None:
    """A file without a value says that it is empty."""
    problem = refusal(text.encode(), c_loader)
    assert "is empty" in problem.message
    assert problem.help is None  # how a file begins depends on what it is read as


INDENTED = {
    "to the left": "a:\n  b: 1\n c: 2\n",
    "item to the right": "a:\n  - x: 1\n   - y: 2\n",
    "key below an item": "a:\n  - x: 1\n   y: 2\n",
    "no item": "- a\nb: 1\n",
}


@LOADERS
@pytest.mark.parametrize("text", INDENTED.values(), ids=INDENTED)
def test_indentation(text: str, c_loader: bool) -> None:
    """Both parsers' words for a line that stands where none can mean the same mistake."""
    help = "check the indentation of this line and the one above"
    assert refusal(text.encode(), c_loader).help == help


@LOADERS
def test_a_flow_that_is_not_closed(c_loader: bool) -> None:
    help = "check commas and brackets, and put a value that contains `: ` or `, ` in quotes"
    assert refusal(b"a: {b: x: y}", c_loader).help == help


@LOADERS
def test_top_level_may_be_anything(c_loader: bool) -> None:
    """The tree reader leaves it to its callers what the top level must be."""
    assert isinstance(read_tree(b"x", "f.yaml", c_loader=c_loader), Scalar)
    assert isinstance(read_tree(b"- x", "f.yaml", c_loader=c_loader), Sequence)

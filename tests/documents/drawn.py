"""Documents drawn at random, of words that would act if they could."""

from hypothesis import strategies as st

from gonogo.diagnostics import Problem, Span
from gonogo.documents.blocks import (
    Block,
    Bullets,
    Code,
    Document,
    Heading,
    Item,
    Paragraph,
    Problems,
    Prose,
    Ref,
    Table,
)

HOSTILE = (
    "| a | b |",
    "a|b\\|c",
    "`code` ``more`` `",
    "```",
    "<script>alert(1)</script>",
    "<!-- x -->",
    "[text](https://evil.example)",
    "![img](http://evil.example/x.png)",
    "[ref]: https://evil.example",
    "https://evil.example/?a=b&c",
    "www.evil.example",
    "mail@evil.example",
    "@everyone",
    "owner/repo#12",
    "GH-12",
    ":tada:",
    "# heading",
    "## workflow",
    "> quote",
    "> [!NOTE]",
    "- item",
    "+ item",
    "1. one",
    "1) one",
    "---",
    "===",
    "***",
    "~~gone~~",
    "**bold** *it* __b__ _i_",
    "&lt;b&gt; &#65;",
    "$x^2$ $$y$$",
    "a\\",
    "\\*",
    "x\n::error file=a::boo",
    "##vso[task.complete]",
    "\x1b[2Jgone",
    "real\rfake",
    "safe\u202egnp.exe",
    "N\u200b-9",
    "a\x00b",
    "a\u2028c",
    "    code",
    "a  \nb",
    "| --- | --- |",
    "{{ x }} {% y %}",
    "",
)

_texts = st.sampled_from(HOSTILE) | st.text(
    st.sampled_from("ab1 \n`|*_<>[]()#!~&$\\-+.:@/=x\u202e"), max_size=12
)
_parts = st.one_of(_texts, _texts.map(Ref))
proses: st.SearchStrategy[Prose] = _parts | st.lists(_parts, min_size=1, max_size=4).map(tuple)
_items = st.recursive(
    st.builds(Item, proses, checked=st.none() | st.booleans()),
    lambda inner: st.builds(
        Item, proses, st.lists(inner, max_size=2).map(tuple), st.none() | st.booleans()
    ),
    max_leaves=4,
)
_rows = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        st.lists(_texts, min_size=width, max_size=width).map(tuple),
        st.lists(
            st.lists(proses, min_size=width, max_size=width).map(tuple), min_size=0, max_size=2
        ).map(tuple),
    )
)
_problems = st.builds(
    Problem, st.builds(Span, _texts, st.just(3), st.just(7)), _texts, st.none() | _texts
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 4), proses),
    st.builds(Paragraph, proses, st.just("") | _texts, st.just("") | proses),
    st.builds(Bullets, st.lists(_items, min_size=1, max_size=3).map(tuple)),
    st.builds(Problems, st.lists(_problems, min_size=1, max_size=3).map(tuple)),
    _rows,
    st.builds(Code, _texts, _texts),
)
documents: st.SearchStrategy[Document] = st.lists(blocks, max_size=4).map(tuple)

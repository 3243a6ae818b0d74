"""Whatever loads can be explained, and reads back as it was written."""

import re
from typing import Any

from hypothesis import given
from pages import plain, section

from gonogo.documents import markdown
from gonogo.explaining.pack_page import pack_page
from gonogo.explaining.rule_page import rule_page
from gonogo.packs.policy import Effect, Profile, RuleClass
from markdown_shape import shape_of
from strategies import LAWS, any_conditions, law_pack, rules_of

PROFILES = {"only": Profile("only", dict.fromkeys(RuleClass, Effect.BLOCK))}


@LAWS
@given(rules_of(any_conditions))
def test_every_rule_of_a_pack_has_a_page(rules: list[dict[str, Any]]) -> None:
    pack = law_pack(rules)

    pages = [rule_page(rule, pack, PROFILES, "only") for rule in pack.rules]

    for page in (pack_page(pack, PROFILES, "only"), *pages):
        shape_of(markdown.render(page))
    for printed in map(plain, pages):
        numbers = section(printed, "Numbers and choices by date")
        assert set(re.findall(r"\$\w+", printed)) == set(re.findall(r"^- (\$\w+):", numbers, re.M))
        assert not re.search(r"\bnot not\b", printed)

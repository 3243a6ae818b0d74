"""Every rule of the shipped pack says on its page when it applies and what it requires.

The texts here are written from the rules, not copied from the output.
"""

import re

import pytest
from pages import rule_text, section

from conftest import ROOT
from gonogo.explaining.meanings import CLASSES
from gonogo.library import Library, load_vocabulary
from gonogo.packs.policy import Pack

PACK = Library([], load_vocabulary()).load("eo-14409")
RULES = [rule.id for rule in PACK.rules]

IN_SCOPE = """\
It applies when "review scope" is met.

Except when "exempt as open weights" is met (as "review scope" says).
"""
COUNTED = """\

Calendar days are the difference of two dates in America/New_York: from the 1st to the 31st of a \
month there are 30.
"""
HELD = "from the start of government access to the end of the time held there are at least"
SAYS = {
    "no-directive-in-force": (
        "It applies to every release.\n",
        """\
At least one of these holds:
- the register of directives has no row in force at any of these that is planned: the limited \
preview, the trusted-partner access, the API opening, the publication of the weights or the public \
release, for which all of these hold:
  - the row's developer is the same as the developer
  - the row's model is the same as the model name
  - not all of these hold together:
    - the audience is stated
    - the audience is listed_exempt_only
    - the exemptions relied on include at least one of the row's exemptions
- all of these hold:
  - the audience is stated
  - the audience is us_persons_verified
""",
    ),
    "directive-register-fresh": (
        "It applies to every release.\n",
        "From the last search of the register of directives to the as-of time there are "
        "at most 30 calendar days ($register_max_age_days).\n" + COUNTED,
    ),
    "review-window-held": (
        IN_SCOPE,
        f"""\
At least one of these holds:
- all of these hold:
  - {HELD} 30 calendar days ($assumed_review_days)
  - {HELD} as many calendar days as the agreed review days, or, where not stated, \
30 days ($assumed_review_days)
- all of these hold:
  - the agreed review days are stated and backed by evidence with a digest
  - {HELD} as many calendar days as the agreed review days
- "completion notice given" is met
"""
        + COUNTED,
    ),
    "government-access-first": (
        IN_SCOPE,
        "The start of government access is before the first release.\n",
    ),
    "access-within-ceiling": (
        """\
It applies when all of these hold:
- "review scope" is met
- the end of government access is stated

Except when "exempt as open weights" is met (as "review scope" says).
""",
        "From the start of government access to the end of government access there are "
        "at most 30 calendar days ($ceiling_days).\n" + COUNTED,
    ),
    "access-protected": (
        IN_SCOPE,
        """\
All of these hold:
- the confidentiality protection is true
- the cybersecurity protection is true
- the insider-risk protection is true
- the intellectual-property protection is true
""",
    ),
    "determination-awaited": (
        "It applies when the promise to await a determination is true.\n",
        """\
All of these hold:
- "determined" is met
- the date of the determination is no later than the first release
""",
    ),
    "coverage-determined-by-nsa": (
        'It applies when "determined" is met.\n',
        "Who determined it is nsa_director.\n",
    ),
    "coverage-settled": (
        'It applies when "participant" is met.\n',
        '"determined" is met.\n',
    ),
    "government-engaged": (
        """\
It applies when all of these hold:
- "participant" is met
- "presumed covered" is met
""",
        "The government engagement is before the first release.\n",
    ),
    "derivative-has-own-determination": (
        "It applies when the base model is stated.\n",
        '"determined" is met.\n',
    ),
    "register-agrees": (
        """\
It applies when at least one of these holds:
- "caisi on record" is met
- "framework on record" is met
- "accord on record" is met
""",
        """\
All of these hold:
- if "caisi on record" is met: the CAISI agreement status is signed
- if "framework on record" is met: the EO 14409 framework status is signed
- if "accord on record" is met: the 2026 Accord status is signed
""",
    ),
    "developer-participates": (
        """\
It applies when "covered" is met.

Except when "exempt as open weights" is met.
""",
        '"participant" is met.\n',
    ),
    "agreement-before-access": (
        """\
It applies when all of these hold:
- "review scope" is met
- the start of government access is stated

Except when "exempt as open weights" is met (as "review scope" says).
""",
        """\
At least one of these holds:
- all of these hold:
  - the CAISI agreement status is signed
  - the CAISI agreement signing date is no later than the start of government access
- all of these hold:
  - the EO 14409 framework status is signed
  - the EO 14409 framework signing date is no later than the start of government access
""",
    ),
    "partners-selected-with-government": (
        """\
It applies when at least one of these holds:
- the limited preview is stated
- the trusted-partner access is stated
""",
        "The selection of partners with the government is true.\n",
    ),
    "assessment-record": (
        IN_SCOPE,
        """\
All of these hold:
- the capability characterization is done
- the threat modelling is done
- the measurement science is done
""",
    ),
    "open-weights-treatment": (
        "It is shown when the weights are open or staged.\n",
        """\
It is a note: it requires nothing. The report then says:
- exempt as open weights on that date: [$open_weights_exempt]. The framework is unpublished; it \
reportedly covers only closed models
""",
    ),
    "compute-is-not-the-test": (
        "It is shown when the training compute is above 1e26 FLOP ($historic_compute_flop).\n",
        """\
It is a note: it requires nothing. The report then says:
- [model.training_compute_flop] is above the [$historic_compute_flop] of EO 14110 (revoked), \
California SB 53, New York's RAISE Act and other instruments; EO 14409 has no such number
""",
    ),
}


def test_every_rule_is_here() -> None:
    assert set(SAYS) == set(RULES)


@pytest.mark.parametrize("rule", SAYS)
def test_when_it_applies_and_what_it_requires(rule: str, library: Library) -> None:
    page = rule_text(PACK, rule, library)
    applies, requires = SAYS[rule]

    assert section(page, "When it applies") == applies
    assert (section(page, "What it requires") or section(page, "What it says")) == requires


@pytest.mark.parametrize("id", RULES)
def test_the_page_leaves_no_name_unexplained(id: str, library: Library) -> None:
    """Words in quotes that are met or not, $parameters, and the facts that a sentence rests on."""
    page = rule_text(PACK, id, library)

    used = set(re.findall(r'"([^"]+)" is (?:not )?met', page))
    explained = set(re.findall(r'^  - "([^"]+)" is met when', page, re.M))
    assert explained == used
    numbers = section(page, "Numbers and choices by date")
    assert set(re.findall(r"\$\w+", page)) == set(re.findall(r"^- (\$\w+)", numbers, re.M))


@pytest.mark.parametrize("id", RULES)
def test_the_page_says_on_whose_word_and_where(id: str, library: Library) -> None:
    rule = next(rule for rule in PACK.rules if rule.id == id)
    page = rule_text(PACK, id, library)

    assert page.startswith(f"eo-14409/{id}: {rule.title}\n")
    assert f"means: {CLASSES[rule.rule_class]}." in page
    sources = section(page, "Sources")
    for cited in rule.cites:
        source = PACK.sources[cited]
        assert f"- {cited}, {source.standing.value} (" in sources
        assert source.title in sources
        assert source.url in sources
        assert f"read on {source.retrieved}" in sources
    written = section(page, "Where it is written").partition("\n")[0]
    file, _, line = written.rpartition(":")
    there = (ROOT / "policies" / file).read_text("utf-8").splitlines()[int(line) - 1]
    assert there == f"  - id: {id}"


@pytest.mark.parametrize("id", RULES)
def test_no_page_says_what_only_a_government_could(id: str, library: Library) -> None:
    page = rule_text(PACK, id, library)

    assert not re.search(r"\b(approv|clear|compl[iy]|licensed|permitted|certif)", page, re.I)
    assert "The order is voluntary (Sec. 3(c)). Not legal advice." in page


def test_the_pack_under_test_is_the_shipped_one(eo_pack: Pack) -> None:
    assert [rule.id for rule in eo_pack.rules] == RULES

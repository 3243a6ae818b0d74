"""What the page of a rule says of its dates, exceptions, numbers, profiles, gaps and sources."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pages import plain, rule_text, section

from gonogo.explaining.rule_page import rule_page
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Effect, Pack, Profile, RuleClass
from strategies import HEAD, one_rule, small_pack

OPEN = "[{fact: model.weights, equals: open}]"
SIGNED = "[{fact: review.agreed_days, stated: true}]"

Page = Callable[..., str]


@pytest.fixture
def page(tmp_path: Path, vocabulary: Vocabulary, library: Library) -> Page:
    """The page of the only rule of a small pack."""

    def run(rules: str, head: str = "", registers: dict[str, str] | None = None) -> str:
        return rule_text(small_pack(tmp_path, vocabulary, rules, head, registers), "only", library)

    return run


@pytest.mark.parametrize(
    ("in_force", "said"),
    [
        ("", "In force without limit of time."),
        (
            "{from: 2026-06-02}",
            "In force from 2026-06-02: it counts if the first release falls in that time.",
        ),
        (
            "{until: 2026-12-31}",
            "In force until 2026-12-31, that day included: it counts if the first release falls "
            "in that time.",
        ),
        (
            "{from: 2026-06-02, until: 2026-12-31, at: [release.api_at, release.weights_at]}",
            "In force from 2026-06-02 until 2026-12-31, that day included: it counts if any of "
            "these falls in that time: the first release, the API opening or the publication of "
            "the weights.",
        ),
    ],
)
def test_in_force(in_force: str, said: str, page: Page) -> None:
    printed = page(one_rule(OPEN, in_force=in_force))

    assert said in printed.splitlines()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("", "It applies to every release.\n"),
        (OPEN, "It applies when the weights are open.\n"),
        (
            "[{not: [{fact: model.weights, equals: open}]}]",
            "It applies to every release.\n\nExcept when the weights are open.\n",
        ),
        (
            "[{fact: review.agreed_days, stated: true}, {not: [{fact: model.weights, equals: open},"
            " {fact: release.api_at, stated: true}]}]",
            """\
It applies when the agreed review days are stated.

Except when at least one of these holds:
- the weights are open
- the API opening is stated
""",
        ),
        (
            "[{holds: scope}]",
            """\
It applies when "scope" is met.

Except when at least one of these holds:
- the weights are open (as "scope" says)
- all of these hold:
  - the API opening is stated
  - the limited preview is stated
""",
        ),
        (  # one of several ways into the scope is no exception
            "{any: [{not: [{fact: model.weights, equals: open}]}, {fact: model.licence, "
            "stated: true}]}",
            """\
It applies when at least one of these holds:
- the weights are not open
- the licence is stated
""",
        ),
    ],
)
def test_when_it_applies_and_when_not(when: str, said: str, page: Page) -> None:
    head = (
        "definitions:\n  scope:\n    - {fact: review.agreed_days, stated: true}\n"
        "    - not: [{fact: model.weights, equals: open}]\n"
        "    - not: [{all: [{fact: release.api_at, stated: true}, "
        "{fact: release.limited_preview_at, stated: true}]}]\n"
    )

    assert section(page(one_rule(SIGNED, when), head), "When it applies") == said


NUMBERS = """\
parameters:
  days:
    unit: day
    title: days to hold
    values:
      - {from: 2026-06-02, value: 30, cites: [memo], note: the ceiling}
      - {from: 2026-08-01, unknown: nobody says}
      - {from: 2026-10-01, value: 1}
      - {from: 2026-12-01, ended: true}
"""
COUNTS = "{days_from: review.access_started_at, to: release.first_at, at_least: $days"


def test_numbers_by_date_with_their_source_and_place(page: Page) -> None:
    printed = page(one_rule(f"[{COUNTS}}}]"), NUMBERS)

    place = [line for line in printed.splitlines() if "from 2026-06-02" in line][-1]
    folder = place.partition(" in ")[2].removesuffix("/pack.yaml:12")
    assert (
        section(printed, "Numbers and choices by date")
        == f"""\
The date of the first release decides which value counts. Each holds until the next; before the \
first it is not known.
- $days, days to hold:
  - from 2026-06-02: 30 days (the ceiling); source: memo (house); set by demo in \
{folder}/pack.yaml:12
  - from 2026-08-01: unknown (nobody says); set by demo in {folder}/pack.yaml:13
  - from 2026-10-01: 1 day; set by demo in {folder}/pack.yaml:14
  - from 2026-12-01: no value any more; set by demo in {folder}/pack.yaml:15
"""
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("calendar", "from the 1st to the 31st of a month there are 30."),
        ("elapsed", "the exact time between the two, to the second, divided by 24 hours."),
        ("full_days", "from the 1st to the 31st of a month there are 29."),
    ],
)
def test_how_days_are_counted(count: str, said: str, page: Page) -> None:
    printed = page(one_rule(f"[{COUNTS}, count: {count}}}]"), NUMBERS)

    assert said in section(printed, "What it requires")


def test_profiles_that_agree_are_one_entry(page: Page) -> None:
    printed = page(one_rule(OPEN, rule_class="framework"))

    assert (
        section(printed, "What each profile makes of it")
        == """\
- legal: it is shown for information; it never changes the verdict.
- standard (the default): if it fails or cannot be decided, that is a warning, and GO becomes \
"GO with notes"; it never stops a release.
- strict: if it fails, the verdict is NO-GO; if it cannot be decided, UNDETERMINED (unless another \
rule makes it NO-GO).
"""
    )


NOTE = """\
rules:
  - {id: only, title: A note, class: reference, cites: [memo], reason: "seen {model.licence}"}
"""


def test_a_note_says_that_it_is_one(page: Page) -> None:
    printed = page(NOTE)

    assert "This is a note of class reference, of the pack demo 1." in printed
    assert "It is shown for every release." in printed
    assert section(printed, "What it requires") == ""
    assert section(printed, "What it says") == (
        "It is a note: it requires nothing. The report then says:\n- seen [model.licence]\n"
    )
    assert section(printed, "If it fails") == ""
    assert section(printed, "What each profile makes of it") == (
        "- legal, standard (the default) and strict: it is shown for information; it never "
        "changes the verdict.\n"
    )


def test_a_note_under_a_profile_that_blocks_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    pack = small_pack(tmp_path, vocabulary, NOTE)
    harsh = {"harsh": Profile("harsh", dict.fromkeys(RuleClass, Effect.BLOCK))}

    printed = plain(rule_page(pack.rules[0], pack, harsh, "harsh"))

    assert section(printed, "What each profile makes of it") == (
        "- harsh (the default): a note fails nobody, but while it is not known whether it "
        "applies the verdict is UNDETERMINED.\n"
    )


REGISTER = """\
register: listed
title: listings
as_of: 2026-11-01
complete: true
fields:
  developer: {type: id}
  model: {type: name}
  status: {type: choice, choices: [on, off], title: state}
  tags: {type: list}
rows: [{developer: acme, model: N-9, status: "on", from: 2026-06-02, source: memo}]
"""
ON_RECORD = """\
parameters: {register_expires_days: {unit: day, values: [{from: 2026-01-01, value: 90}]}}
derived:
  on_record.caisi_agreement: {row_of: listed, where: {developer: {fact: model.developer}}}
  participation.caisi_agreement: {if_not_mentioned: on_record.caisi_agreement}
"""


def test_a_register_says_when_it_was_searched_and_what_silence_means(page: Page) -> None:
    rule = one_rule(
        "[{any_row: {register: listed, where: [{fact: row.developer, equals: {fact: "
        "model.developer}}, {fact: row.model, equals: {fact: model.name}}]}}]"
    )
    complete = page(rule, ON_RECORD, {"listed": REGISTER})
    open_ended = page(
        rule, ON_RECORD, {"listed": REGISTER.replace("complete: true", "complete: false")}
    )

    said = section(complete, "Registers it reads")
    assert said.endswith(
        "  - its rows:\n    - developer acme, model N-9, state on; from 2026-06-02; "
        "source: memo (house)\n"
    )
    assert said.startswith(
        "- listings, last searched on 2026-11-01, 1 row. It is complete: where it has no row, "
        "there is none, until 90 days ($register_expires_days) after the last search; later the "
        "answer is not known. Kept by demo in "
    )
    assert "$register_expires_days:" in section(complete, "Numbers and choices by date")
    said = section(open_ended, "Registers it reads")
    assert "It does not claim to be complete: where it has no row, the answer is not known." in said
    assert section(open_ended, "Numbers and choices by date") == ""


ROWS = {
    "{model: N-9, also_called: [N9, N-Nine], from: 2026-06-02, until: 2026-07-01}": (
        "model N-9 (also called N9, N-Nine); from 2026-06-02 until 2026-07-01"
    ),
    '{status: "on", from: "2026-06-12T17:21:00-04:00", until: "2026-06-30T21:00:00Z"}': (
        "state on; from 2026-06-12T17:21-04:00 until 2026-06-30T17:00-04:00"
    ),
    "{developer: any, tags: [], from: 2026-08-01}": "developer any; from 2026-08-01",
    "{tags: [a, b], from: 2026-08-01}": "tags a, b; from 2026-08-01",
    '{developer: any, from: "2026-08"}': "developer any; from 2026-08-01",
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_says_what_it_holds_and_when(row: str, page: Page) -> None:
    register = REGISTER.partition("rows:")[0] + f"rows: [{row[:-1]}, source: memo}}]\n"
    rule = "[{any_row: {register: listed, where: [{fact: row.developer, equals: acme}]}}]"

    printed = page(one_rule(rule), ON_RECORD, {"listed": register})

    assert section(printed, "Registers it reads").splitlines()[-1] == (
        f"    - {ROWS[row]}; source: memo (house)"
    )


def test_what_a_row_leaves_open(page: Page) -> None:
    printed = page(
        one_rule(
            "[{any_row: {register: listed, where: "
            "[{fact: row.developer, equals: {fact: model.developer}}, "
            "{fact: row.model, equals: {fact: model.name}}]}}]"
        ),
        ON_RECORD,
        {"listed": REGISTER},
    )

    unknown = section(printed, "When something is not known")
    assert 'A row for the developer "any" fits every developer' in unknown
    assert "If one contains the other, they may or may not be the same model" in unknown


def test_a_fact_that_a_register_fills(page: Page) -> None:
    printed = page(
        one_rule("[{fact: participation.caisi_agreement.status, equals: signed}]"),
        ON_RECORD,
        {"listed": REGISTER.replace("[on, off]", "[signed, ended]").replace('"on"', "signed")},
    )

    facts = section(printed, "Facts it reads").splitlines()
    assert facts[0] == (
        "- CAISI agreement status (participation.caisi_agreement.status): What is the status of "
        "the developer's CAISI agreement? One of signed, negotiating, declined, not_signed or "
        "ended. If the manifest has nothing under participation.caisi_agreement, the register of "
        "listings answers."
    )
    assert [line.partition("(")[2].partition(")")[0] for line in facts[1:]] == [
        "release.first_at",
        "model.developer",
    ]
    register = section(printed, "Registers it reads").splitlines()
    assert len(register) == 2  # the rule looks for no row, so none is listed
    assert register[1] == (
        "  - for on_record.caisi_agreement, and for participation.caisi_agreement if the manifest "
        "has nothing there: the row in force at the first release whose developer is that of "
        "model.developer"
    )


FACTS = {
    "model.capability.cyber": (
        "at_least: high",
        "cyber capability (model.capability.cyber): What cyber capability did the developer's own "
        "assessment find? From the lowest to the highest: none, low, medium, high, critical.",
    ),
    "review.await_determination": (
        "equals: true",
        "promise to await a determination (review.await_determination): Did the developer promise "
        "to await a determination before release? Not stated, false is assumed.",
    ),
    "release.exemptions": (
        "contains: x",
        "exemptions relied on (release.exemptions): On which licences or exemptions does the "
        "release rely (ids)? Not stated, none is assumed.",
    ),
    "release.api_at": (
        "before: 2026-12-01",
        "API opening (release.api_at): When does the API open? Not stated, it counts as not "
        "planned.",
    ),
    "coverage.determination": (
        "equals: designated",
        "covered-model determination (coverage.determination): Has the Director of NSA determined "
        "whether this is a covered frontier model? One of designated, not_designated, pending or "
        "not_requested. While the date of the determination is still to come, it counts as not "
        "stated.",
    ),
    "coverage.determined_at": (
        "before: 2026-12-01",
        "date of the determination (coverage.determined_at): When was the determination made? A "
        "date that is still to come counts as not stated.",
    ),
    "as_of": (
        "before: 2026-12-01",
        "the as-of time (as_of): The time that is judged: the one given to the check, else the "
        "time it is run.",
    ),
}


@pytest.mark.parametrize("path", FACTS)
def test_a_fact_says_what_it_asks_and_what_silence_means(path: str, page: Page) -> None:
    operator, said = FACTS[path]

    printed = page(one_rule(f"[{{fact: {path}, {operator}}}]"))

    assert section(printed, "Facts it reads") == f"- {said}\n"


def test_a_fact_on_record_is_read_not_asked(page: Page) -> None:
    printed = page(
        one_rule("[{fact: on_record.caisi_agreement.status, stated: true}]"),
        ON_RECORD,
        {"listed": REGISTER},
    )

    assert section(printed, "Facts it reads").splitlines()[0] == (
        "- state on record (on_record.caisi_agreement.status): Read from the register of listings."
    )


def test_a_register_names_only_what_is_read_from_it(page: Page) -> None:
    other = REGISTER.replace("register: listed", "register: banned").replace("listings", "bans")
    more = ON_RECORD + '  on_record.accord_2026: {row_of: banned, where: {status: "on"}}\n'
    more += "  participation.accord_2026: {if_not_mentioned: on_record.accord_2026}\n"

    printed = page(
        one_rule(
            "[{fact: participation.caisi_agreement.status, stated: true}, "
            "{fact: on_record.accord_2026.model, stated: true}]"
        ),
        more,
        {"listed": REGISTER, "banned": other},
    )

    first, filled, second, read = section(printed, "Registers it reads").splitlines()
    assert first.startswith("- listings, ")
    assert "for participation.caisi_agreement if" in filled
    assert second.startswith("- bans, ")
    assert read == (
        "  - for on_record.accord_2026, and for participation.accord_2026 if the manifest has "
        "nothing there: the row in force at the first release whose state is on"
    )


def test_a_derived_fact_says_how_it_is_found(page: Page) -> None:
    head = (
        "derived:\n  review.held_until:\n    title: end of the time held\n"
        "    earliest_of: [review.access_ended_at, release.first_at]\n"
    )

    printed = page(one_rule("[{fact: review.held_until, before: 2026-12-01}]"), head)

    facts = section(printed, "Facts it reads").splitlines()
    assert facts[0] == (
        "- end of the time held (review.held_until): The earliest of the end of government access "
        "and the first release, of those that are stated."
    )
    assert len(facts) == 3


@pytest.mark.parametrize(
    ("require", "said"),
    [
        (OPEN, []),
        (SIGNED, ["Whether something is stated is always known."]),
        (
            "[{evidenced: review.agreed_days}]",
            [
                "Evidence counts if its file is there and has the digest that is stated.",
            ],
        ),
        (
            "[{fact: review.access_started_at, before: {fact: release.first_at}}]",
            ["A date without a time is that whole day"],
        ),
    ],
)
def test_only_what_can_happen_is_said_of_the_unknown(
    require: str, said: list[str], page: Page
) -> None:
    unknown = section(page(one_rule(require)), "When something is not known").splitlines()

    first, *items = unknown
    assert first.startswith("What is not stated is not known")
    assert len(items) == len(said)
    assert all(part in item for part, item in zip(said, items, strict=True))


def test_scope_and_dates_that_are_not_known(page: Page) -> None:
    printed = page(one_rule(OPEN, SIGNED, in_force="{from: 2026-06-02}"))

    unknown = section(printed, "When something is not known")
    assert (
        "If it is not known whether it applies, it still passes where what it requires" in unknown
    )
    assert "If only some of the possible dates of the release fall in its time" in unknown


def test_a_note_cannot_fail_so_nothing_is_said_of_its_failure(page: Page) -> None:
    dated = NOTE.replace("reason:", "in_force: {from: 2026-06-02}, reason:")

    assert section(page(dated), "When something is not known") == (
        "What is not stated is not known, and what is not known is never taken for yes or for no.\n"
    )


def test_if_it_fails(page: Page) -> None:
    rule = one_rule(f"[{COUNTS}}}]") + (
        '    reason: "has {days} of {required}, {$days}"\n'
        '    fix: "release on {earliest}, see {model.licence}"\n'
    )

    assert section(page(rule, NUMBERS), "If it fails") == (
        "- The report says: has [the days counted] of [the days required], [$days]\n"
        "- What to do: release on [the earliest date that is GO], see [model.licence]\n"
    )


TWO_SOURCES = """\
  memo: {title: A memo that ends., standing: house}
  order: {title: An order, url: "https://o.example/a", standing: primary}
  news: {title: "Is it so?", retrieved: 2026-11-02, standing: news}
"""


def test_a_source_is_named_once_and_says_what_is_known_of_it(
    tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    numbers = NUMBERS.replace("value: 1}", "value: 1, cites: [order, news]}").replace(
        "unknown: nobody says}", "unknown: nobody says, cites: [order, memo]}"
    )
    folder = tmp_path / "demo"
    (folder / "rules").mkdir(parents=True)
    head = HEAD.replace("sources: {memo: {title: A memo, standing: house}}\n", "sources:\n")
    (folder / "pack.yaml").write_text(head + TWO_SOURCES + numbers)
    (folder / "rules" / "own.yaml").write_text(one_rule(f"[{COUNTS}}}]"))
    pack = Library([str(tmp_path)], vocabulary).load("demo")

    assert (
        section(rule_text(pack, "only", library), "Sources")
        == """\
- memo, house (the house's own choice, not law): A memo that ends.

Its numbers also rest on:
- order, primary (the text itself): An order.
  - https://o.example/a
- news, news (a news article): Is it so?
  - read on 2026-11-02
"""
    )


def test_sources_of_the_numbers_come_after_those_of_the_rule(
    eo_pack: Pack, library: Library
) -> None:
    sources = section(rule_text(eo_pack, "no-directive-in-force", library), "Sources")

    of_rule, _, of_numbers = sources.partition("\nIts numbers also rest on:\n")
    assert of_rule.count("\n- ") + 1 == 4
    assert of_numbers == (
        "- house-register, house (the house's own choice, not law): House rule on how long a "
        "register is trusted after it was searched.\n  - read on 2026-11-23\n"
    )

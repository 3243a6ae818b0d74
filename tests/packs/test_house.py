"""House packs: what they may change, add and remove, and what stays binding. Design, section 5."""

from pathlib import Path

import pytest
from houses import FACTS, HEAD, LONGER, RULE, finding, house, parameters, release, report

from gonogo.diagnostics import InputError
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("access", "public", "outcome", "needs"),
    [
        # 2026-11-30 is before the change: 30 days. From 2026-10-31 it is 30, from 11-01 only 29.
        ("2026-11-01", "2026-11-30", "fail", ("30", "eo-14409")),
        ("2026-10-31", "2026-11-30", "pass", ("30", "eo-14409")),
        # 2026-12-01 is the first day of the change: 45 days. From 2026-10-17: 14 + 30 + 1 = 45.
        ("2026-10-18", "2026-12-01", "fail", ("45", "acme")),
        ("2026-10-17", "2026-12-01", "pass", ("45", "acme")),
        ("2026-10-16", "2026-12-01", "pass", ("45", "acme")),
        # Weeks later it still holds: from 2026-11-01 to 2026-12-15 it is 44, to 12-16 it is 45.
        ("2026-11-01", "2026-12-15", "fail", ("45", "acme")),
        ("2026-11-01", "2026-12-16", "pass", ("45", "acme")),
    ],
)
def test_change_holds_from_its_date(
    access: str,
    public: str,
    outcome: str,
    needs: tuple[str, str],
    tmp_path: Path,
    vocabulary: Vocabulary,
) -> None:
    """Earlier values stay; the governing date picks; each value says which pack it came from."""
    library = Library([house(tmp_path, HEAD + LONGER)], vocabulary)
    found = finding(report(library, release(access, public), "acme"), "eo-14409/review-window-held")
    assert found["outcome"] == outcome
    readings = {(p["value"], p["pack"]) for p in parameters(found["trace"])}
    assert needs in readings
    assert {pack for value, pack in readings if value == needs[0]} == {needs[1]}
    assert ("acme-memo" in {cite["id"] for cite in found["cites"]}) == (needs[1] == "acme")
    if outcome == "fail":
        assert ("set by acme" in found["reason"]) == (needs[1] == "acme")


@pytest.mark.parametrize(("change", "outcome"), [("", "pass"), (LONGER, "unknown")])
def test_change_within_the_possible_dates_is_unknown(
    change: str, outcome: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A month that spans the change has no one value, though 30 alone would pass (37 to 67)."""
    head = HEAD + change.replace("2026-12-01", "2026-12-15")
    library = Library([house(tmp_path, head)], vocabulary)
    data = report(library, release("2026-10-25", "2026-12"), "acme")
    assert finding(data, "eo-14409/review-window-held")["outcome"] == outcome


def test_change_from_the_first_day_replaces_every_value(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Only values from before the change stay: from 2026-06-02 on nothing of the parent is left."""
    head = HEAD + LONGER.replace("2026-12-01", "2026-06-02")
    library = Library([house(tmp_path, head)], vocabulary)
    values = library.load("acme").parameters["assumed_review_days"].values
    assert [(dated.day, dated.pack) for dated in values] == [("2026-06-02", "acme")]
    data = report(library, release("2026-10-17", "2026-11-30"), "acme")  # 14 + 30 = 44 days
    assert finding(data, "eo-14409/review-window-held")["outcome"] == "fail"


def test_the_parent_alone_is_not_changed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """45 days are Acme's: the parent still needs 30 (2026-11-01 to 2026-12-01 is 30)."""
    library = Library([house(tmp_path, HEAD + LONGER)], vocabulary)
    library.load("acme")
    data = report(library, release("2026-11-01", "2026-12-01"), "eo-14409")
    assert finding(data, "eo-14409/review-window-held")["outcome"] == "pass"


@pytest.mark.parametrize(
    ("extra", "outcome", "verdict"),
    [
        ("extra: {red_team_signoff: true}\n", "pass", "GO"),
        ("extra: {red_team_signoff: false}\n", "fail", "NO-GO"),
        ('extra: {red_team_signoff: {unknown: "asked today"}}\n', "unknown", "UNDETERMINED"),
        ("extra: {red_team_signoff: null}\n", "unknown", "UNDETERMINED"),
        ("", "unknown", "UNDETERMINED"),
    ],
)
def test_own_rule_on_an_own_fact(
    extra: str, outcome: str, verdict: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A house rule blocks under `standard`; it cites its own source and one of the parent's."""
    library = Library([house(tmp_path, HEAD + FACTS, RULE)], vocabulary)
    # 2026-10-01 to 2026-12-01 is 61 days, so nothing but the house rule can block.
    data = report(library, release("2026-10-01", "2026-12-01", extra), "acme")
    found = finding(data, "acme/red-team-signed-off")
    assert (found["class"], found["effect"], found["outcome"]) == ("house", "block", outcome)
    assert data["verdict"] == verdict
    standings = {cite["id"]: cite["standing"] for cite in found["cites"]}
    assert standings == {"acme-memo": "house", "eo-3c": "primary"}


def test_house_rules_do_not_block_under_legal(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """`legal`: binding blocks, the rest are notes."""
    library = Library([house(tmp_path, HEAD + FACTS, RULE)], vocabulary)
    text = release("2026-10-01", "2026-12-01", "extra: {red_team_signoff: false}\n")
    data = report(library, text, "acme", profile="legal")
    assert (data["verdict"], finding(data, "acme/red-team-signed-off")["effect"]) == ("GO", "note")


def test_own_fact_of_the_wrong_type(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A declared fact is read as strictly as any other: `yes` is not true or false."""
    library = Library([house(tmp_path, HEAD + FACTS, RULE)], vocabulary)
    with pytest.raises(InputError) as error:
        text = release("2026-10-01", "2026-12-01", "extra: {red_team_signoff: yes}\n")
        report(library, text, "acme")
    problem = error.value.problems[0]
    assert (problem.span.line, problem.span.column) == (5, 27)
    assert "`extra.red_team_signoff`" in problem.message


HOURS_FACT = "facts:\n  extra.hours: {type: number, unit: hour, title: red-team hours}\n"


def hours_rule(bound: str) -> str:
    """A house rule on a number that the pack declares."""
    return RULE.replace("extra.red_team_signoff, equals: true", f"extra.hours, {bound}")


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("0", "fail"),
        ('"0"', "fail"),
        ("{low: 0, high: 0.5}", "fail"),
        ("{low: 0, high: 1}", "unknown"),
        ("{low: 1, high: 1}", "pass"),
        ("{value: 0, note: none was booked}", "fail"),
    ],
)
def test_own_number_may_be_nought(
    written: str, outcome: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Nobody knows what a house counts: no hours at all is an answer. (Compute is positive.)"""
    library = Library([house(tmp_path, HEAD + HOURS_FACT, hours_rule("at_least: 1"))], vocabulary)
    text = release("2026-10-01", "2026-12-01", f"extra: {{hours: {written}}}\n")
    data = report(library, text, "acme")
    assert finding(data, "acme/red-team-signed-off")["outcome"] == outcome


@pytest.mark.parametrize("written", ["-1", '"-0.5"', "{low: -1, high: 3}", "{value: -1}"])
def test_own_number_is_not_negative(written: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Nought is the least that a number of things can be."""
    library = Library([house(tmp_path, HEAD + HOURS_FACT, hours_rule("at_least: 1"))], vocabulary)
    with pytest.raises(InputError, match=r"`extra\.hours`: -\S+ is less than 0"):
        text = release("2026-10-01", "2026-12-01", f"extra: {{hours: {written}}}\n")
        report(library, text, "acme")


@pytest.mark.parametrize(
    ("bound", "answers"),
    [
        ("above: 0", {"exactly 0 hours": "NO-GO", "above 0 hours": "GO"}),
        ("at_most: 0", {"exactly 0 hours": "GO", "above 0 hours": "NO-GO"}),
        ("at_least: 1", {"below 1 hour": "NO-GO", "1 hour or more": "GO"}),
    ],
)
def test_nought_is_an_answer(
    bound: str, answers: dict[str, str], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Where a rule sets the edge at 0, the question has an answer on each side of it."""
    library = Library([house(tmp_path, HEAD + HOURS_FACT, hours_rule(bound))], vocabulary)
    data = report(library, release("2026-10-01", "2026-12-01"), "acme")
    (question,) = data["questions"]
    assert (question["fact"], question["answers"]) == ("extra.hours", answers)


def test_undeclared_extra_is_a_warning(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A fact that no pack declares decides nothing, and is said with the name that was meant."""
    library = Library([house(tmp_path, HEAD + FACTS, RULE)], vocabulary)
    text = release("2026-10-01", "2026-12-01", "extra: {red_team_sign_off: true}\n")
    data = report(library, text, "acme")
    assert data["verdict"] == "UNDETERMINED"
    warning = data["warnings"][0]
    assert (warning["line"], warning["column"]) == (5, 9)
    assert "`extra.red_team_sign_off`" in warning["message"]
    assert warning["help"] == "did you mean `extra.red_team_signoff`?"


def test_inherited_rules_keep_their_ids_and_run_once(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Parent and child together are the child: each rule once, the parent's under `eo-14409/`."""
    library = Library([house(tmp_path, HEAD + FACTS, RULE)], vocabulary)
    parents = [rule.key for rule in library.load("eo-14409").rules]
    for packs in (("acme",), ("eo-14409", "acme"), ("acme", "eo-14409")):
        data = report(library, release("2026-10-01", "2026-12-01"), *packs)
        ran = [each["rule"] for each in data["findings"]]
        assert sorted(ran) == sorted([*parents, "acme/red-team-signed-off"])


def test_both_packs_are_in_the_report(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A verdict names every pack that took part, with its version and digest."""
    library = Library([house(tmp_path, HEAD)], vocabulary)
    packs = {
        each["id"]: each
        for each in report(library, release("2026-10-01", "2026-12-01"), "acme")["packs"]
    }
    parent = library.load("eo-14409").identity
    assert set(packs) == {"acme", "eo-14409"}
    assert packs["acme"]["version"] == "3"
    assert (packs["eo-14409"]["version"], packs["eo-14409"]["sha256"]) == (
        parent.version,
        str(parent.digest),
    )
    assert len(packs["acme"]["sha256"]) == 64
    assert packs["acme"]["sha256"] != str(parent.digest)


def test_default_replaces_its_parent(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """With `default: true` nothing need be named; without it the parent runs unless --pack."""
    quiet = Library([house(tmp_path / "quiet", HEAD)], vocabulary)
    assert [pack.id for pack in quiet.select(())] == ["eo-14409"]
    assert [pack.id for pack in quiet.select(["acme"])] == ["acme"]
    loud = Library([house(tmp_path / "loud", HEAD + "default: true\n")], vocabulary)
    assert [pack.id for pack in loud.select(())] == ["acme"]
    assert [pack.id for pack in loud.select(["eo-14409"])] == ["eo-14409"]


def test_two_children_of_one_parent_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The parent's rules would run twice, with two sets of values."""
    house(tmp_path, HEAD)
    base = house(tmp_path, HEAD.replace("pack: acme", "pack: zeta"), name="zeta")
    library = Library([base], vocabulary)
    assert [pack.id for pack in library.select(["zeta"])] == ["zeta"]
    with pytest.raises(InputError, match="`acme` and `zeta` both extend `eo-14409`"):
        library.select(["acme", "zeta"])


def test_house_pack_on_a_house_pack(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A chain inherits all along: rules of three packs, each once, and the nearest value."""
    house(tmp_path, HEAD + FACTS + LONGER, RULE)
    team = 'pack: team\nversion: "1"\ntitle: A team of Acme\nextends: acme\n' + LONGER.replace(
        "value: 45", "value: 60"
    )
    library = Library([house(tmp_path, team, name="team")], vocabulary)
    text = release("2026-10-03", "2026-12-01", "extra: {red_team_signoff: true}\n")
    data = report(library, text, "team")  # 28 + 30 + 1 = 59 days: one short of 60
    assert finding(data, "eo-14409/review-window-held")["outcome"] == "fail"
    assert finding(data, "acme/red-team-signed-off")["outcome"] == "pass"
    assert [pack["id"] for pack in data["packs"]] == ["acme", "eo-14409", "team"]

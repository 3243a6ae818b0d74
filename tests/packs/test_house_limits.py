"""What a house pack may not do to the pack it extends: nothing binding is removed or lowered."""

from pathlib import Path

import pytest
from houses import FACTS, HEAD, LONGER, RULE, finding, house, release, report

from gonogo.diagnostics import InputError
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary

VALUE = "[{from: 2026-12-01, value: 45, cites: [acme-memo]}]"

# What is added to the head of a house pack, line 7; the place; words of message and help.
REFUSED = {
    "binding rule removed": (
        "remove: [no-directive-in-force]\n",
        "7:10",
        "`no-directive-in-force` is binding",
        "",
    ),
    "binding rule removed by its full id": (
        "remove: [eo-14409/no-directive-in-force]\n",
        "7:10",
        "`eo-14409/no-directive-in-force` is binding",
        "",
    ),
    "binding rule reclassed": (
        "reclass: {no-directive-in-force: reference}\n",
        "7:34",
        "`no-directive-in-force` is binding",
        "",
    ),
    "binding rule reclassed to binding": (
        "reclass: {no-directive-in-force: binding}\n",
        "7:34",
        "`no-directive-in-force` is binding",
        "",
    ),
    # The directive rule reads the register only while $register_expires_days trusts it.
    "parameter of a binding rule changed": (
        f"change: {{register_expires_days: {VALUE}}}\n",
        "7:10",
        "`register_expires_days` cannot be changed: the binding rule `no-directive-in-force`",
        "class `house`",
    ),
    "unknown parameter changed": (
        f"change: {{assumed_review_day: {VALUE}}}\n",
        "7:10",
        "`assumed_review_day`",
        "did you mean `assumed_review_days`?",
    ),
    "changed to another kind": (
        "change: {assumed_review_days: [{from: 2026-12-01, value: long}]}\n",
        "7:32",
        "`assumed_review_days` is a number, not a text, `long`",
        "write a number such as 45",
    ),
    "changed to a bare number": (
        "change: {assumed_review_days: 50}\n",
        "7:31",
        "`assumed_review_days`: `50` where a list of dated values is expected",
        "write [{from: 2026-12-01, value: 50, cites: [a-source]}]",
    ),
    "changed with overlapping values": (
        "change: {assumed_review_days: "
        "[{from: 2026-12-01, value: 45}, {from: 2026-12-01, value: 50}]}\n",
        "7:63",
        "overlap",
        "oldest first",
    ),
    "changed on an unknown source": (
        "change: {assumed_review_days: [{from: 2026-12-01, value: 45, cites: [acme-mem]}]}\n",
        "7:70",
        "there is no source `acme-mem`",
        "did you mean `acme-memo`?",
    ),
    "parent's parameter declared again": (
        f"parameters: {{assumed_review_days: {{unit: day, values: {VALUE}}}}}\n",
        "7:14",
        "`assumed_review_days` exists already",
        "`change:`",
    ),
    "parent's definition declared again": (
        "definitions: {covered: [{fact: model.weights, equals: closed}]}\n",
        "7:15",
        "`covered` exists already",
        "",
    ),
    "parent's source declared again": (
        "  eo-3c: {title: Not the order, standing: house}\n",
        "7:3",
        "`eo-3c`",
        "",
    ),
    "unknown rule removed": (
        "remove: [assessment-records]\n",
        "7:10",
        "`assessment-records`",
        "did you mean",
    ),
    "unknown rule reclassed": (
        "reclass: {coverage-setled: house}\n",
        "7:11",
        "`coverage-setled`",
        "",
    ),
    "reclassed to an unknown class": (
        "reclass: {coverage-settled: houses}\n",
        "7:29",
        "there is no class `houses`",
        "did you mean `house`?",
    ),
    "time zone of its own": ("timezone: Europe/London\n", "7:11", "inherits `timezone`", ""),
    "governing date of its own": (
        "governing_date: release.api_at\n",
        "7:17",
        "inherits `governing_date`",
        "",
    ),
}


@pytest.mark.parametrize(
    ("added", "place", "message", "help"), list(REFUSED.values()), ids=list(REFUSED)
)
def test_refused(
    added: str, place: str, message: str, help: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """The pack does not load, and the message names the place, the reason and the way out."""
    base = house(tmp_path, HEAD + added)
    with pytest.raises(InputError) as error:
        Library([base], vocabulary).load("acme")
    said = [problem for problem in error.value.problems if message in problem.message]
    assert [str(problem.span) for problem in said] == [f"{base}/acme/pack.yaml:{place}"]
    assert help in (said[0].help or "")


def test_head_has_six_lines() -> None:
    """The places above count from the head."""
    assert HEAD.count("\n") == 6


def test_a_register_of_the_parent_is_not_replaced(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """An empty register of directives would pass the binding rule."""
    base = house(tmp_path, HEAD)
    (tmp_path / "acme" / "registers").mkdir()
    (tmp_path / "acme" / "registers" / "directives.yaml").write_text(
        "register: directives\nas_of: 2026-11-23\ncomplete: true\nfields: {}\nrows: []\n", "utf-8"
    )
    with pytest.raises(InputError, match="the register `directives` exists already"):
        Library([base], vocabulary).load("acme")


@pytest.mark.parametrize(
    "path", ["release.first_at", "as_of", "model.name", "participation.caisi_agreement.status"]
)
def test_a_fact_that_binding_rules_read_is_not_derived_anew(
    path: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A derived fact over a stated or built-in one would change what binding rules see."""
    base = house(tmp_path, HEAD + f"derived: {{{path}: {{earliest_of: [release.public_at]}}}}\n")
    with pytest.raises(InputError, match=path):
        Library([base], vocabulary).load("acme")


LIFTED = """\
derived:
  model: {row_of: renamed, where: {developer: {fact: model.developer}}}
"""
RENAMED = """\
register: renamed
as_of: 2026-11-23
complete: true
fields: {developer: {type: id}, name: {type: name}}
rows: [{developer: anthropic, name: Another, from: 2026-06-02, source: acme-memo}]
"""


def test_a_directive_is_not_lifted_by_a_derived_name(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Mythos 5 on 2026-06-20 is under the directive of June 12, whatever a house pack derives."""
    base = house(tmp_path, HEAD + LIFTED)
    (tmp_path / "acme" / "registers").mkdir()
    (tmp_path / "acme" / "registers" / "renamed.yaml").write_text(RENAMED, "utf-8")
    library = Library([base], vocabulary)
    text = release("2026-04-01", "2026-06-20").replace("N-9", "Mythos 5")
    text = text.replace("openai", "anthropic")
    assert report(library, text, "eo-14409")["verdict"] == "NO-GO"
    with pytest.raises(InputError, match="model"):
        library.load("acme")


def test_other_rules_may_be_removed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A removed rule is not run; every other one is."""
    library = Library([house(tmp_path, HEAD + "remove: [review-window-held]\n")], vocabulary)
    text = release("2026-11-15", "2026-11-25")  # 10 days of 30: NO-GO under the parent
    assert report(library, text, "eo-14409")["verdict"] == "NO-GO"
    data = report(library, text, "acme")
    parents = [rule.key for rule in library.load("eo-14409").rules]
    kept = [each["rule"] for each in data["findings"]]
    assert sorted([*kept, "eo-14409/review-window-held"]) == sorted(parents)
    assert data["verdict"] == "GO"


def test_a_headline_of_a_removed_rule_goes_with_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """No line may say `unknown of unknown days` of a rule that does not run."""
    library = Library([house(tmp_path, HEAD + "remove: [review-window-held]\n")], vocabulary)
    data = report(library, release("2026-11-15", "2026-11-25"), "acme")
    assert [line["label"] for line in data["headline"]] == ["frontier model", "participation"]


@pytest.mark.parametrize("name", ["coverage-settled", "eo-14409/coverage-settled"])
def test_other_rules_may_be_reclassed(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """As `house` an undetermined coverage blocks; the rule keeps its id and its sources."""
    library = Library([house(tmp_path, HEAD + f"reclass: {{{name}: house}}\n")], vocabulary)
    text = release("2026-10-01", "2026-12-01")  # a participant that states no determination
    before = finding(report(library, text, "eo-14409"), "eo-14409/coverage-settled")
    assert (before["class"], before["effect"], before["outcome"]) == (
        "framework",
        "warn",
        "unknown",
    )
    data = report(library, text, "acme")
    after = finding(data, "eo-14409/coverage-settled")
    assert (after["class"], after["effect"], after["outcome"]) == ("house", "block", "unknown")
    assert after["cites"] == before["cites"]
    assert (data["verdict"], data["basis"]) == ("UNDETERMINED", "house")


def test_a_rule_may_be_raised_and_others_changed_at_once(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Change, removal, new class, own fact and own rule in one pack."""
    head = (
        HEAD + LONGER + FACTS + "remove: [assessment-record]\nreclass: {access-protected: house}\n"
    )
    data = report(
        Library([house(tmp_path, head, RULE)], vocabulary),
        release("2026-10-18", "2026-12-01"),  # 44 days
        "acme",
    )
    ran = [each["rule"] for each in data["findings"]]
    assert "eo-14409/assessment-record" not in ran
    assert finding(data, "eo-14409/access-protected")["effect"] == "block"
    assert finding(data, "eo-14409/review-window-held")["outcome"] == "fail"

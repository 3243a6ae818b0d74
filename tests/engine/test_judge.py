"""From outcomes to the verdict. Design, section 6: NO-GO, then UNDETERMINED, then GO."""

from collections.abc import Iterable
from itertools import permutations, product
from pathlib import Path

import pytest

from gonogo.check import check
from gonogo.engine.judge import Decision, Outcome, RuleResult, Verdict, decide
from gonogo.library import Library
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Effect, Pack, Profile, RuleClass
from strategies import at, manifest, one_rule, outcome, read_for, results, seen_by, small_pack

RULE = one_rule("[{fact: model.weights, equals: closed}]")
STANDARD = {"binding", "commitment", "house"}
BLOCKING = {"legal": {"binding"}, "standard": STANDARD, "strict": STANDARD | {"framework"}}


@pytest.fixture
def pack(tmp_path: Path, vocabulary: Vocabulary) -> Pack:
    return small_pack(tmp_path, vocabulary, RULE)


@pytest.fixture(scope="module")
def profiles(library: Library) -> dict[str, Profile]:
    return library.profiles()[0]


class Judge:
    """Makes rule results out of pairs of class and outcome, and decides."""

    def __init__(self, pack: Pack) -> None:
        self.rule = pack.rules[0]
        self.situation = seen_by(pack, manifest())

    def decide(self, came: Iterable[tuple[str, str]], profile: Profile) -> Decision:
        made = [
            RuleResult(
                self.rule._replace(rule_class=RuleClass(word)), Outcome(result), self.situation
            )
            for word, result in came
        ]
        return decide(made, profile)


@pytest.fixture
def judge(pack: Pack) -> Judge:
    return Judge(pack)


def expected(came: Iterable[tuple[str, str]], blocking: set[str]) -> str:
    """The table of section 6, in its order."""
    counting = [result for word, result in came if word in blocking]
    if "fail" in counting:
        return "NO-GO"
    if "unknown" in counting or all(result == "not_in_force" for result in counting):
        return "UNDETERMINED"
    return "GO"


@pytest.mark.parametrize("profile", BLOCKING)
@pytest.mark.parametrize("rule_class", [each.value for each in RuleClass])
@pytest.mark.parametrize("came", [each.value for each in Outcome])
def test_one_rule(
    came: str, rule_class: str, profile: str, judge: Judge, profiles: dict[str, Profile]
) -> None:
    """Every outcome of every class under every profile."""
    verdict, basis = judge.decide([(rule_class, came)], profiles[profile])
    assert verdict.value == expected([(rule_class, came)], BLOCKING[profile])
    decides = came in ("fail", "unknown") and rule_class in BLOCKING[profile]
    assert basis is (RuleClass(rule_class) if decides else None)


def test_every_three_outcomes(judge: Judge, profiles: dict[str, Profile]) -> None:
    """All mixtures of outcomes, in every order, with one rule that blocks, one not, one again."""
    words = [each.value for each in Outcome]
    for mixture in product(words, repeat=3):
        came = list(zip(("commitment", "framework", "house"), mixture, strict=True))
        verdicts = {
            judge.decide(order, profiles["standard"]).verdict for order in permutations(came)
        }
        assert {verdict.value for verdict in verdicts} == {expected(came, STANDARD)}, mixture


OPEN_VERDICT, OUT, NOT = "UNDETERMINED", "not_in_force", "not_applicable"
ORDER = {
    "a failure beats an unknown": ([("house", "fail"), ("binding", "unknown")], "NO-GO", "house"),
    "an unknown beats passes": ([("house", "unknown"), ("binding", "pass")], OPEN_VERDICT, "house"),
    "the strongest failure is the basis": (
        [("house", "fail"), ("binding", "fail"), ("commitment", "fail")],
        "NO-GO",
        "binding",
    ),
    "the strongest unknown is the basis": (
        [("house", "unknown"), ("commitment", "unknown")],
        OPEN_VERDICT,
        "commitment",
    ),
    "a failure that only warns": ([("framework", "fail"), ("binding", "pass")], "GO", None),
    "an unknown that only warns": ([("framework", "unknown"), ("house", "pass")], "GO", None),
    "a reference that fails": ([("reference", "fail"), ("house", "pass")], "GO", None),
    "all not applicable": ([("house", NOT), ("binding", NOT)], "GO", None),
    "none in force": ([("house", OUT), ("binding", OUT)], OPEN_VERDICT, None),
    "none that blocks in force": ([("house", OUT), ("framework", "pass")], OPEN_VERDICT, None),
    "none that blocks at all": ([("framework", "pass"), ("reference", "pass")], OPEN_VERDICT, None),
    "one in force, not applicable": ([("house", OUT), ("binding", NOT)], "GO", None),
    "no rules": ([], OPEN_VERDICT, None),
}


@pytest.mark.parametrize(("came", "verdict", "basis"), ORDER.values(), ids=ORDER)
def test_what_decides(
    came: list[tuple[str, str]],
    verdict: str,
    basis: str | None,
    judge: Judge,
    profiles: dict[str, Profile],
) -> None:
    """The verdict and the class that decided it, under the standard profile."""
    for order in permutations(came):
        found = judge.decide(order, profiles["standard"])
        assert found == Decision(Verdict(verdict), RuleClass(basis) if basis else None)


def test_what_each_profile_blocks(profiles: dict[str, Profile]) -> None:
    """As in the design, section 5; reference never blocks."""
    blocking = {
        name: {word.value for word, effect in profile.effects.items() if effect is Effect.BLOCK}
        for name, profile in profiles.items()
    }
    assert blocking == BLOCKING
    assert profiles["standard"].effects[RuleClass.FRAMEWORK] is Effect.WARN
    assert profiles["legal"].effects[RuleClass.FRAMEWORK] is Effect.NOTE
    assert {p.effects[RuleClass.REFERENCE] for p in profiles.values()} == {Effect.NOTE}


CLOSED, OPEN = (f"[{{fact: model.weights, equals: {word}}}]" for word in ("closed", "open"))
ASKS = "[{fact: coverage.disclosable, equals: true}]"
# when, require of a closed model that says nothing of disclosure
IMPLIES = {
    "met": (CLOSED, CLOSED, "pass"),
    "not met": (CLOSED, OPEN, "fail"),
    "not known whether met": (CLOSED, ASKS, "unknown"),
    "out of scope": (OPEN, CLOSED, "not_applicable"),
    "out of scope, whatever is asked": (OPEN, ASKS, "not_applicable"),
    "scope unknown, met anyway": (ASKS, CLOSED, "pass"),
    "scope unknown, not met": (ASKS, OPEN, "unknown"),
    "both unknown": (ASKS, ASKS, "unknown"),
    "no scope: always": ("", OPEN, "fail"),
}


@pytest.mark.parametrize(("when", "require", "came"), IMPLIES.values(), ids=IMPLIES)
def test_a_rule_is_not_when_or_require(
    when: str, require: str, came: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Kleene's, and not applicable where `when` is false."""
    assert outcome(small_pack(tmp_path, vocabulary, one_rule(require, when)), manifest()) == came


def test_nothing_is_skipped(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Evaluated without short circuit: one run names every missing fact."""
    require = (
        "{any: [{fact: model.weights, equals: closed}, {fact: coverage.disclosable, equals: true},"
        " {all: [{fact: model.weights, equals: open}, {fact: review.agreed_days, equals: 1}]}]}"
    )
    (result,) = results(small_pack(tmp_path, vocabulary, one_rule(require)), manifest())
    assert result.require is not None
    (choice,) = result.require.parts
    assert [part.truth.value for part in choice.parts] == ["true", "unknown", "false"]
    assert [part.truth.value for part in choice.parts[2].parts] == ["false", "unknown"]


NOTE = """\
  - id: note
    title: A note
    class: reference
    cites: [memo]
    when: [{fact: model.weights, equals: closed}]
    reason: This model is closed
"""


@pytest.mark.parametrize(("weights", "came"), [("closed", "pass"), ("open", "not_applicable")])
def test_a_note_passes_where_it_applies(
    weights: str, came: str, tmp_path: Path, vocabulary: Vocabulary, profiles: dict[str, Profile]
) -> None:
    """And alone it gives no GO: no rule of a blocking class was in force."""
    pack = small_pack(tmp_path, vocabulary, "rules:\n" + NOTE)
    text = manifest().replace("weights: closed", f"weights: {weights}")
    assert outcome(pack, text) == came
    for profile in profiles.values():
        assert decide(results(pack, text), profile).verdict is Verdict.UNDETERMINED


def test_no_date_of_release_is_one_question(pack: Pack, profiles: dict[str, Profile]) -> None:
    """With no governing date at all the verdict is UNDETERMINED with one question."""
    text = manifest(release="markets: [us]")
    report = check(read_for(text, pack), (pack,), profiles, "standard", at("2026-11-23"))
    assert report.verdict == "UNDETERMINED"
    assert len(report.questions) == 1

"""Questions: few, only those that can change the verdict, and each answer leads where it says."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Checked, moment
from gonogo.check import check
from gonogo.engine.assess import Frame, verdict_of
from gonogo.library import Library
from gonogo.manifests.facts import Fact, Facts, Manifest, Origin, Value
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from gonogo.render.text import render
from gonogo.values.amounts import Amount, exact, parse_number
from gonogo.values.times import Moment, Period
from strategies import at, manifest, one_rule, read_for, small_pack

Read = Callable[[str], Manifest]
FLOP = "training_compute_flop"


def text(
    model: str = "", more: str = "", release: str = "public_at: 2026-12-20", **sections: str
) -> str:
    """A closed model of a developer that no register knows, released in the year's last days."""
    return manifest(model, more, release, **sections)


GO, NO_GO, UNDETERMINED = "GO", "NO-GO", "UNDETERMINED"
SIGNED = "caisi_agreement: {status: signed, signed_on: 2026-05-05}"
NOTHING = "caisi_agreement: {status: not_signed}, eo_14409_framework: {status: not_signed}"
HIGH = "capability: {cyber: high}"
LOW = "capability: {cyber: low}"
SMALL = f"{LOW}, {FLOP}: 1e24"
ON_DAY, LATE, IN_TIME = (
    f"access_started_at: {day}" for day in ("2026-11", "2026-12-01", "2026-11-15")
)


def signed(model: str = HIGH, review: str = "", release: str = "public_at: 2026-12-20") -> str:
    """The model of a participant."""
    return text(model, "", release, participation=SIGNED, review=review)


def promised(review: str, coverage: str = "") -> str:
    """A small model of a developer that takes no part, but has made a promise."""
    return text(SMALL, participation=NOTHING, review=review, coverage=coverage)


FABLE_MINI = """\
manifest: gonogo/1
model: {name: Fable 5 mini, version: "1", developer: anthropic, weights: closed}
coverage: {determination: not_designated}
release: {public_at: 2026-06-20}
"""
NOTICE = (
    f"evidence: [{{id: note, kind: completion_notice, sha256: {'a' * 64},"
    " supports: [review.completion_notice_at]}]"
)


def noticed(access: str, notice: str, release: str) -> str:
    """A designated model of a participant, whose review ended with an evidenced notice."""
    review = f"access_started_at: {access}, completion_notice_at: {notice}"
    coverage = "determination: designated"
    return text("", NOTICE, release, coverage=coverage, participation=SIGNED, review=review)


FABLE_THAT_DAY = noticed("2026-06-03", "2026-06-12", "public_at: 2026-06-12").replace(
    "name: N-9", "name: Fable 5"
)
OPEN_WEIGHTS = signed(review=LATE, release="public_at: 2026-12-20, weights_at: 2026-12-20")
OPEN_CASES = {
    "shortest, unknown developer": text(HIGH),
    "no determination": signed("", LATE),
    "no access": signed(),
    "access in a month": signed(review=ON_DAY),
    "release in a month": signed(review=IN_TIME, release="public_at: 2026-12"),
    "signed on an unknown day": signed(review=LATE).replace(", signed_on: 2026-05-05", ""),
    "agreed days unknown": signed(
        review="access_started_at: 2026-11-01, agreed_days: {unknown: x}"
    ),
    "compute that straddles": signed(f"{FLOP}: {{low: 9e25, high: 2e26}}, {LOW}", LATE),
    "compute not measured": signed(f"{FLOP}: {{unknown: not measured}}, {LOW}", LATE),
    "awaits, no determination": promised("await_determination: true"),
    "promise unknown": promised("await_determination: {unknown: lost}"),
    "a determination without a date": promised(
        "await_determination: true", "determination: not_designated"
    ),
    "weights unknown": OPEN_WEIGHTS.replace("weights: closed", "weights: {unknown: undecided}"),
    "a name that contains a listed one": FABLE_MINI,
    "notice and release on one day": noticed("2026-09-01", "2026-09-10", "public_at: 2026-09-10"),
    "access and notice on one day": noticed("2026-09-10", "2026-09-10", "public_at: 2026-09-20"),
    "access, notice, release on one day": noticed(
        "2026-09-10", "2026-09-10", "public_at: 2026-09-10"
    ),
    "two stages on the day of the notice": noticed(
        "2026-09-01", "2026-09-10", "public_at: 2026-09-10, api_at: 2026-09-10"
    ),
    "notice in the month of the release": noticed("2026-09-01", "2026-09", "public_at: 2026-09"),
    "notice on a day of that month": noticed("2026-09-01", "2026-09-10", "public_at: 2026-09"),
    "notice on the day of a directive": FABLE_THAT_DAY.replace("northlight", "anthropic"),
    "no release": signed(release="markets: [us]"),
    "no release, but access": signed(review=IN_TIME, release="markets: [us]"),
    "release unknown": signed(review=IN_TIME, release="public_at: {unknown: not fixed}"),
}


@pytest.fixture(scope="module")
def frame(eo_pack: Pack, library: Library) -> Frame:
    return Frame((eo_pack,), library.profiles()[0]["standard"], moment("2026-11-23"))


def verdict_after(facts: Facts, frame: Frame, answers: list[tuple[str, Value]]) -> str:
    stated = [Fact(path, value, Origin.MANIFEST) for path, value in answers]
    return verdict_of(facts.with_facts(stated), frame).value


def values_of(path: str, label: str, pack: Pack, known: Value | None = None) -> Iterator[Value]:
    """What a person could state when giving an answer: its ends, and much that is inside.

    An answer on what is known roughly lies within that.
    """
    path = "release.public_at" if path == "release.first_at" else path
    spec = pack.specs[path]
    if label in spec.choices:
        yield label
    elif label in ("true", "false"):
        yield label == "true"
    elif isinstance(known, Moment):
        yield from instants_of(label, known.period(pack.zone))
    elif label == "any date":
        yield from (at("2024-01-01"), at("2026-12-01"), at("2028-01-01"))
    elif found := re.fullmatch(r"(\d{4}-\d\d-\d\d)( or later| or earlier)?", label):
        day, way = date.fromisoformat(found.group(1)), found.group(2)
        step = {" or later": 1, " or earlier": -1}.get(way or "", 0)
        for days in (0, 1, 2, 7, 30, 31, 60, 365):
            yield at((day + timedelta(days=days * step)).isoformat())
    elif found := re.fullmatch(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", label):
        first, last = (date.fromisoformat(end) for end in found.groups())
        for days in range((last - first).days + 1):
            yield at((first + timedelta(days=days)).isoformat())
    else:
        found_values = amounts_of(label, whole=spec.unit == "day")
        inside = known if isinstance(known, Amount) else Amount(Decimal(0), Decimal("1e99"))
        yield from (v for v in found_values if inside.low <= v.low <= inside.high)
        if isinstance(known, Amount) and label == "any amount":
            yield from (exact(known.low), exact(known.high))


def instants_of(label: str, known: Period) -> Iterator[Value]:
    """Every sixth hour of a day or month that the label leaves open, and its ends."""
    low, high = known.low, known.high
    second = timedelta(seconds=1)
    for part in label.split(", "):
        written = [datetime.fromisoformat(word) for word in part.split() if "T" in word]
        if part.startswith("before "):
            high = written[0] - second
        elif part.startswith("up to "):
            high = written[0]
        elif part.startswith("after "):
            low = written[0] + second
        elif part.startswith("exactly "):
            low = high = written[0]
        elif written:
            low = written[0]
    step = timedelta(hours=6 if known.high - known.low < timedelta(days=2) else 60)
    now = low
    while now <= high:
        yield at(now.isoformat())
        now += step
    if (last := high.replace(microsecond=0)) >= low:
        yield at(last.isoformat())


def amounts_of(label: str, *, whole: bool) -> Iterator[Amount]:
    """`below 30`, `exactly 1e26 FLOP`, `1e26 FLOP or more`, `below 20 to exactly 30`."""
    numbers = [n for word in label.split() if (n := parse_number(word)) is not None]
    step = Decimal(1) if whole else Decimal("1e20")
    assert numbers or label == "any amount", f"an answer that no test can give: {label}"
    if label.startswith("exactly") or label.endswith((" or more", " or less")):
        yield exact(numbers[0])
    if label.startswith("below") or label.endswith(" or less"):
        yield exact(numbers[0] - step)
    if label.startswith("above") or label.endswith(" or more"):
        yield exact(numbers[0] + step)
        yield exact(numbers[0] * 10)


Stated = list[tuple[str, Value]]


def replayed(
    facts: Facts, given: list[tuple[str, str]], pack: Pack, before: Stated
) -> Iterator[Stated]:
    """Every way to give the answers that a question rests on; of a time, any in its stretch."""
    if not given:
        yield before
        return
    (path, listed), *others = given
    known = facts.get(path).value
    if isinstance(known, Moment):
        label = timed(listed, before, pack)
        for value in instants_of(label, known.period(pack.zone)):
            yield from replayed(facts, others, pack, [*before, (path, value)])
        return
    for label in re.split(r", | or (?!earlier|later|more|less)", listed):
        first = next(values_of(path, label, pack))
        yield from replayed(facts, others, pack, [*before, (path, first)])


def timed(label: str, before: Stated, pack: Pack) -> str:
    """A label with the times that were given before in place of what happens then."""
    for path, value in before:
        if isinstance(value, Moment):
            label = label.replace(f"the {pack.specs[path].title}", value.text)
    return label


@pytest.mark.parametrize("source", OPEN_CASES.values(), ids=OPEN_CASES)
def test_each_answer_leads_to_the_verdict_it_claims(
    source: str, checked: Checked, read: Read, eo_pack: Pack, frame: Frame
) -> None:
    """State the answer, after those it rests on, and the verdict is the one it named."""
    facts, report = read(source).facts, checked(source)
    assert report.verdict == "UNDETERMINED"
    assert 1 <= len(report.questions) <= 5
    for question in report.questions:
        if question.fact == "model.name":
            continue  # its answers are edits of the register; see below
        for before in replayed(facts, list(question.given), eo_pack, []):
            assert verdict_after(facts, frame, before) == "UNDETERMINED"
            for label, claimed in question.answers:
                path = question.fact.replace("release.first_at", "release.public_at")
                known = facts.get(path).value if path not in dict(before) else None
                for value in values_of(path, timed(label, before, eo_pack), eo_pack, known):
                    found = verdict_after(facts, frame, [*before, (path, value)])
                    assert found == claimed, (question.fact, label, str(value), before)


@pytest.mark.parametrize("source", OPEN_CASES.values(), ids=OPEN_CASES)
def test_every_question_can_change_something(source: str, checked: Checked) -> None:
    """An answer settles the verdict or opens a question that rests on it; none is asked twice."""
    asked = checked(source).questions
    for question in asked:
        if question.fact == "release.first_at":
            continue  # asked whatever else is missing
        followed = any(question.fact in dict(other.given) for other in asked)
        verdicts = {verdict for _, verdict in question.answers}
        assert followed or verdicts != {"UNDETERMINED"}, question
        assert question.ask
    assert len({question.fact for question in asked}) == len(asked)


# What is asked first, counted from the rules by hand.
FIRST = {
    # Compute or capability may make it covered; a determination settles it either way.
    "no determination": "coverage.determination",
    "access in a month": "review.access_started_at",
    "agreed days unknown": "review.agreed_days",
    "a determination without a date": "coverage.determined_at",
    "no release": "release.public_at",
}


@pytest.mark.parametrize(("case", "fact"), FIRST.items(), ids=FIRST)
def test_what_is_asked(case: str, fact: str, checked: Checked) -> None:
    """The fact that is missing is among the questions."""
    asked = {question.fact for question in checked(OPEN_CASES[case]).questions}
    assert fact in asked or (case == "no release" and asked == {"release.first_at"})


@pytest.mark.parametrize(
    "release", ["", "markets: [us]", "public_at: null", "public_at: {unknown: not fixed}"]
)
@pytest.mark.parametrize("profile", ["legal", "standard", "strict"])
def test_no_release_is_one_question(release: str, profile: str, checked: Checked) -> None:
    """With no governing date at all there is exactly one thing to ask."""
    report = checked(text(HIGH, "", release, participation=SIGNED), profile=profile)
    assert report.verdict == "UNDETERMINED"
    assert len(report.questions) == 1
    assert report.questions[0].fact.startswith("release.")


def test_a_go_asks_nothing(checked: Checked) -> None:
    """Also where warnings and unknown notes stand."""
    report = checked(text(HIGH, participation=NOTHING))
    assert (report.verdict, report.questions) == ("GO", ())
    assert "unknown" in {finding.outcome for finding in report.findings}


@pytest.mark.parametrize("source", OPEN_CASES.values(), ids=OPEN_CASES)
def test_what_only_warns_is_not_asked(source: str, checked: Checked) -> None:
    """Nor what is history: under standard these decide nothing."""
    asked = {question.fact for question in checked(source).questions}
    assert not asked & {
        "coverage.determined_by",
        "coverage.government_engaged_at",
        "release.partners_selected_with_government",
        "review.protections.confidentiality",
        "review.assessments.threat_modelling",
        "release.markets",
    }


@pytest.mark.parametrize("profile", ["standard", "strict"])
def test_what_cannot_matter_is_not_asked(profile: str, checked: Checked) -> None:
    """Presumed covered by capability: the missing compute changes nothing."""
    report = checked(
        text(HIGH, participation=SIGNED, review="access_started_at: 2026-11"), profile=profile
    )
    assert report.verdict == "UNDETERMINED"
    assert "model.training_compute_flop" not in {question.fact for question in report.questions}


def test_dates_of_an_answer_are_the_edge_of_the_rule(checked: Checked) -> None:
    """Released on 2026-12-20, access had to begin by 2026-11-20: 10 + 20 days."""
    report = checked(text(HIGH, participation=SIGNED, coverage="determination: designated"))
    (question,) = [q for q in report.questions if q.fact == "review.access_started_at"]
    answers = dict(question.answers)
    assert answers["2026-11-20 or earlier"] == "GO"
    assert {v for label, v in answers.items() if label != "2026-11-20 or earlier"} == {"NO-GO"}


def test_two_hours_of_one_day_are_two_questions(checked: Checked) -> None:
    """The notice ends the window if it came no later than the release: one hour is not enough."""
    report = checked(OPEN_CASES["notice and release on one day"])
    midnight = "2026-09-10T00:00:00-04:00"  # that instant is not after any of that day
    assert [(q.fact, q.given, dict(q.answers)) for q in report.questions] == [
        (
            "review.completion_notice_at",
            (),
            {f"exactly {midnight}": "GO", f"after {midnight}": "UNDETERMINED"},
        ),
        (
            "release.public_at",
            (("review.completion_notice_at", f"after {midnight}"),),
            {"before the completion notice": "NO-GO", "the completion notice or later": "GO"},
        ),
    ]


def test_an_hour_that_no_other_hour_matters_to_is_one_question(checked: Checked) -> None:
    """The directive of June 12, 2026 took effect at 17:21, whatever else happened that day."""
    source = FABLE_MINI.replace("Fable 5 mini", "Fable 5").replace("06-20", "06-12")
    (question,) = checked(source).questions
    assert question.fact == "release.public_at"
    assert dict(question.answers) == {
        "before 2026-06-12T17:21:00-04:00": "GO",
        "2026-06-12T17:21:00-04:00 or later": "NO-GO",
    }


SETTLES, MAY_SETTLE = "This answer settles it:", "This answer may settle it:"
IN_ORDER, FIRST_OF_ALL = (
    "What to find out, in this order:",
    "Nothing can be said before this is known:",
)
LEADS = {
    "access in a month": SETTLES,
    "agreed days unknown": SETTLES,
    "notice in the month of the release": MAY_SETTLE,
    "notice and release on one day": IN_ORDER,
    "no access": SETTLES,
    "no release": FIRST_OF_ALL,
}


@pytest.mark.parametrize("case", OPEN_CASES)
def test_the_words_before_the_questions_are_true(case: str, checked: Checked) -> None:
    """One answer settles it only if every answer ends the matter."""
    report = checked(OPEN_CASES[case])
    leads = [line for line in render(report).splitlines() if line in (*LEADS.values(), MAY_SETTLE)]
    assert len(leads) == 1
    assert leads[0] == LEADS.get(case, leads[0])
    ends = {verdict != "UNDETERMINED" for q in report.questions for _, verdict in q.answers}
    if len(report.questions) > 1:
        assert leads == [IN_ORDER]
    else:
        assert (leads[0] == SETTLES) is (ends == {True})
        assert (leads[0] == FIRST_OF_ALL) is (True not in ends)


def test_an_answer_on_a_name(checked: Checked) -> None:
    """A model whose name contains a listed one: is it the same? Named so, it is blocked."""
    source = FABLE_MINI
    report = checked(source)
    (question,) = [q for q in report.questions if q.fact == "model.name"]
    assert dict(question.answers) == {"the same model": "NO-GO", "another model": "GO"}
    assert "Fable 5" in question.ask
    assert checked(source.replace("Fable 5 mini", "Fable 5")).verdict == "NO-GO"
    assert checked(source.replace("Fable 5 mini", "N-9")).verdict == "GO"


def test_a_no_go_names_the_choice_that_would_change_it(checked: Checked) -> None:
    """Nobody stated a determination, and `not_designated` would lead elsewhere."""
    report = checked(text(HIGH, participation=SIGNED, review="access_started_at: 2026-12-01"))
    assert report.verdict == "NO-GO"
    (question,) = report.questions
    assert question.fact == "coverage.determination"
    answers = dict(question.answers)
    assert (answers["not_designated"], answers["designated"]) == ("GO", "NO-GO")


MANY = [
    "coverage.disclosable",
    "review.await_determination",
    "release.partners_selected_with_government",
    "review.protections.confidentiality",
    "review.protections.cybersecurity",
    "review.protections.insider_risk",
    "review.protections.intellectual_property",
]


@pytest.mark.parametrize("count", [1, 2, 5, 6, 7])
def test_never_more_than_five(
    count: int, tmp_path: Path, vocabulary: Vocabulary, library: Library
) -> None:
    """However much is missing; and something is always asked."""
    parts = ", ".join(f"{{fact: {path}, equals: true}}" for path in MANY[:count])
    pack = small_pack(tmp_path, vocabulary, one_rule(f"[{parts}]", in_force="{from: 2026-06-02}"))
    source = text(review="await_determination: {unknown: lost}")
    profiles, _ = library.profiles()
    report = check(read_for(source, pack), (pack,), profiles, "standard", at("2026-11-23"))
    assert report.verdict == "UNDETERMINED"
    assert 1 <= len(report.questions) <= 5


MANY_DATES = """\
manifest: gonogo/1
model: {name: N-9, version: "1", developer: northlight, weights: closed}
coverage: {determination: designated, determined_at: 2026-08-28}
participation:
  caisi_agreement: {status: signed, signed_on: 2026-05-05}
  eo_14409_framework: {status: signed, signed_on: 2026-08-10}
review: {access_started_at: 2026-09-01T09:00:00-04:00, agreed_days: 14}
"""


def test_no_answer_promises_more_than_was_tried(checked: Checked) -> None:
    """Nine dates matter to this release, and the last is that of the register: February 21."""
    report = checked(MANY_DATES, "2026-11-24")

    (question,) = report.questions
    assert dict(question.answers)["2027-02-22 or later"] == UNDETERMINED
    for day, verdict in (("2027-02-21", GO), ("2027-02-22", UNDETERMINED)):
        answered = f"{MANY_DATES}release: {{public_at: {day}}}\n"
        assert checked(answered, "2026-11-24").verdict == verdict


def test_on_the_day_of_a_signing_nothing_is_promised(checked: Checked) -> None:
    """Signed on July 3 itself, nobody knows whether before the release of that day."""
    story = """\
manifest: gonogo/1
model: {name: N-9, version: "1", developer: meta, weights: closed, training_compute_flop: 3e26}
release: {public_at: 2026-07-03}
"""
    third = checked(story, "2026-07-03").questions[2]

    assert dict(third.given)["participation.caisi_agreement.signed_on"] == "2026-07-02 or earlier"
    assert dict(third.answers) == {"2026-06-03 or earlier": GO, "2026-06-04 or later": NO_GO}
    for day, verdict in (("2026-07-02", NO_GO), ("2026-07-03", UNDETERMINED)):
        answered = (
            f"{story}participation: {{caisi_agreement: {{status: signed, signed_on: {day}}}}}\n"
            "review: {access_started_at: 2026-06-04}\n"
        )
        assert checked(answered, "2026-07-03").verdict == verdict


def test_what_takes_an_open_rule_out_of_scope_is_asked(checked: Checked) -> None:
    """Nobody knows whether open weights were exempt on August 1; a model that is not designated
    needs no window at all.
    """
    story = """\
manifest: gonogo/1
model: {name: N-9, version: "1", developer: northlight, weights: open, training_compute_flop: 3e26}
participation: {caisi_agreement: {status: signed, signed_on: 2026-05-05}}
review: {access_started_at: 2026-07-20}
release: {weights_at: 2026-08-01}
"""
    report = checked(story, "2026-07-25")

    assert report.verdict == UNDETERMINED
    (question,) = report.questions
    assert question.fact == "coverage.determination"
    assert dict(question.answers)["not_designated"] == GO
    answered = f"{story}coverage: {{determination: not_designated}}\n"
    assert checked(answered, "2026-07-25").verdict == GO

"""Changes: the smallest sets that make a release GO, worked out by hand."""

import json
from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from making_plans import EO_PACK, PROFILES, VOCABULARY, example, examples, planned, read_copy

from gonogo.check import check
from gonogo.diagnostics import InputError
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.data import plan_data
from gonogo.planning.plan import Change, Plan
from gonogo.values.times import Moment, parse_moment
from strategies import LAWS, at

Data = dict[str, Any]

SAMPLE = example("shortest/release.yaml")
FULL = example("northlight-go/release.yaml")
DIRECTIVE = """\
manifest: gonogo/1
model: {name: Fable 5, version: "1", developer: anthropic, weights: closed}
coverage: {determination: not_designated}
release: {public_at: 2026-06-20, audience: unverified}
"""
PROTECTIONS = (
    "  protections: {confidentiality: true, cybersecurity: true, insider_risk: true, "
    "intellectual_property: true}\n"
)


def sample(review: str, release: str = "public_at: 2026-11-25", more: str = "") -> str:
    text = SAMPLE.replace("access_started_at: 2026-11-15", review)
    return text.replace("public_at: 2026-11-25", release) + more


def without(text: str, *parts: str) -> str:
    for part in parts:
        assert part in text, part
        text = text.replace(part, "")
    return text


def sets(plan: Plan) -> list[dict[str, str]]:
    return [dict(change.settings) for change in plan.changes]


ACCESS, ENDED = "review.access_started_at", "review.access_ended_at"
PARTNERS, API, WEIGHTS, PUBLIC = STAGES[1:]
VERIFIED = "us_persons_verified"

# text, as of, the sets in their order
CASES: dict[str, tuple[str, str, list[dict[str, str]]]] = {
    # November 15 and 30 days. Access began in the past, which nobody can change any more.
    "move the release": (SAMPLE, "2026-11-23", [{PUBLIC: "2026-12-15"}]),
    "at the planned hour": (
        sample("access_started_at: 2026-11-15", "public_at: 2026-11-25T09:00:00-05:00"),
        "2026-11-23",
        [{PUBLIC: "2026-12-15T09:00:00-05:00"}],
    ),
    # It could be today, but not at nine any more.
    "never an hour that is past": (
        sample("access_started_at: 2026-10-01", "public_at: 2026-10-20T09:00:00-04:00"),
        "2026-12-20T15:00:00-05:00",
        [{PUBLIC: "2026-12-21T09:00:00-05:00"}],
    ),
    # 30 days before December 25: November 25. Or 30 days after December 20: January 19.
    "access is still to come": (
        sample("access_started_at: 2026-12-20", "public_at: 2026-12-25"),
        "2026-11-23",
        [{ACCESS: "2026-11-25"}, {PUBLIC: "2027-01-19"}],
    ),
    # On November 25 the last day is today; a day later it is past.
    "access on the last day": (
        sample("access_started_at: 2026-12-20", "public_at: 2026-12-25"),
        "2026-11-25",
        [{ACCESS: "2026-11-25"}, {PUBLIC: "2027-01-19"}],
    ),
    "access after the last day": (
        sample("access_started_at: 2026-12-20", "public_at: 2026-12-25"),
        "2026-11-26",
        [{PUBLIC: "2027-01-19"}],
    ),
    # Only the partners are too early: the public need not wait for longer.
    "one stage of two": (
        sample(
            "access_started_at: 2026-11-15",
            "trusted_partners_at: 2026-11-25, public_at: 2026-12-20",
        ),
        "2026-11-23",
        [{PARTNERS: "2026-12-15"}],
    ),
    # Both are too early; together they keep their distance.
    "both stages": (
        sample(
            "access_started_at: 2026-11-15",
            "trusted_partners_at: 2026-11-25, public_at: 2026-11-30",
        ),
        "2026-11-23",
        [{PARTNERS: "2026-12-15", PUBLIC: "2026-12-20"}],
    ),
    # Past February 21 nobody knows of directives. No later date of that stage helps.
    "a stage left out": (
        sample("access_started_at: 2026-11-15", "public_at: 2027-01-10, weights_at: 2027-03-01"),
        "2026-11-23",
        [{"release.audience": VERIFIED}, {WEIGHTS: "null"}],
    ),
    "the audience of a directive": (
        DIRECTIVE,
        "2026-06-15",
        [{"release.audience": VERIFIED}, {PUBLIC: "2026-07-01"}],
    ),
    # 30 days are over, but the developer has promised to wait for a determination.
    "a promise": (
        sample("access_started_at: 2026-10-01, await_determination: true"),
        "2026-11-23",
        [{"review.await_determination": "false"}],
    ),
    # A status cannot be changed by wishing.
    "what is on record is denied": (
        sample(
            "access_started_at: 2026-10-01",
            more="participation: {caisi_agreement: {status: declined}}\n",
        ),
        "2026-11-23",
        [],
    ),
    # Whole days from now on: access on November 25, and 30 days later, on Christmas Day.
    "neither access nor its date is known": (
        without(SAMPLE, "review: {access_started_at: 2026-11-15}\n"),
        "2026-11-24",
        [{PUBLIC: "2026-12-25", ACCESS: "2026-11-25"}],
    ),
    # 30 days from December 1. On January 1 access would end after 31, one more than the ceiling.
    "access that ends too early": (
        sample(
            "access_started_at: 2026-12-01, access_ended_at: 2026-12-10", "public_at: 2026-12-15"
        ),
        "2026-11-24",
        [{PUBLIC: "2026-12-31", ENDED: "2026-12-31"}],
    ),
    "GO": (sample("access_started_at: 2026-10-01"), "2026-11-23", []),
}


@pytest.mark.parametrize(("text", "as_of", "expected"), CASES.values(), ids=CASES)
def test_sets_worked_out_by_hand(text: str, as_of: str, expected: list[dict[str, str]]) -> None:
    assert sets(planned(text, as_of)) == expected


def test_four_protections_at_once() -> None:
    plan = planned(without(FULL, PROTECTIONS), "2026-09-20", "strict")
    paths = ("confidentiality", "cybersecurity", "insider_risk", "intellectual_property")
    assert sets(plan) == [{f"review.protections.{path}": "true" for path in paths}]


def test_a_change_and_a_later_date() -> None:
    """Access ends after 20 days, on December 5. It and the release must wait for the 15th."""
    plan = planned(
        sample("access_started_at: 2026-11-15, access_ended_at: 2026-12-05"), "2026-11-23"
    )
    (found,) = sets(plan)
    assert found[PUBLIC] == "2026-12-15"
    assert found[ENDED] >= "2026-12-15"
    assert set(found) == {PUBLIC, ENDED}
    assert plan.hopeless == ""


def test_two_facts_of_different_rules() -> None:
    """Engagement only has to be before the release: September 30 is the last such day."""
    text = without(
        FULL, "  government_engaged_at: 2026-07-01\n", "  partners_selected_with_government: true\n"
    )
    (found,) = sets(planned(text, "2026-09-20", "strict"))
    assert found == {
        "coverage.government_engaged_at": "2026-09-30",
        "release.partners_selected_with_government": "true",
    }


TWO_STAGES = sample(
    "access_started_at: 2026-11-15", "trusted_partners_at: 2026-11-25, public_at: 2026-12-20"
)
LATE_WEIGHTS = sample("access_started_at: 2026-11-15", "api_at: 2026-11-25, weights_at: 2027-02-28")
TO_COME = sample("access_started_at: 2026-12-20", "public_at: 2026-12-25T09:00:00-05:00")


@pytest.mark.parametrize(
    ("text", "target", "expected", "moved_to"),
    [
        # On December 15 it is GO: all there is to do is to move it there, with its 25 days.
        (
            TWO_STAGES,
            "2026-12-15",
            [{PARTNERS: "2026-12-15", PUBLIC: "2027-01-09"}],
            "2026-12-15",
        ),
        # By December 5 there are not 30 days, and the first stage is wanted on that day.
        (TWO_STAGES, "2026-12-05", [], ""),
        # The planned date itself.
        (TWO_STAGES, "2026-11-25", [], ""),
        # Only the weights are past February 21.
        (
            LATE_WEIGHTS,
            "2026-12-20",
            [
                {API: "2026-12-20", WEIGHTS: "2027-03-25", "release.audience": VERIFIED},
                {API: "2026-12-20", WEIGHTS: "null"},
            ],
            None,
        ),
        # 30 days before January 5: December 6. A bare date keeps the hour.
        (
            TO_COME,
            "2027-01-05",
            [{PUBLIC: "2027-01-05T09:00:00-05:00", ACCESS: "2026-12-06"}],
            "2027-01-05T09:00:00-05:00",
        ),
        (
            TO_COME,
            "2027-01-05T23:00:00Z",
            [{PUBLIC: "2027-01-05T18:00:00-05:00", ACCESS: "2026-12-06"}],
            "2027-01-05T18:00:00-05:00",
        ),
        # The same instant as planned, written otherwise: nothing moves.
        (TO_COME, "2026-12-25T14:00:00Z", [{ACCESS: "2026-11-25"}], ""),
        # Nothing that the developer can change makes it GO on December 10.
        (SAMPLE, "2026-12-10", [], ""),
    ],
)
def test_a_wanted_date(
    text: str, target: str, expected: list[dict[str, str]], moved_to: str | None
) -> None:
    """A set says all that is different from the manifest as it stands, the wanted date too."""
    plan = planned(text, "2026-11-23", target=target)
    assert sets(plan) == expected
    if moved_to is not None:
        assert [change.moved_to for change in plan.changes] == [moved_to] * len(expected)


def test_one_stage_is_moved() -> None:
    """With --stage only that stage is looked at; others may still be changed."""
    text = sample("access_started_at: 2026-11-15", "api_at: 2026-12-20, public_at: 2026-12-01")
    plan = planned(text, "2026-11-23", stages=[PUBLIC])
    assert sets(plan) == [{PUBLIC: "2026-12-15"}]
    assert plan.changes[0].moved_to == "2026-12-15"
    assert plan.changes[0].first_release == "2026-12-15"


def test_what_a_set_says_of_itself() -> None:
    """How many things have to be decided, and when the release then begins."""
    text = sample(
        "access_started_at: 2026-12-20",
        "trusted_partners_at: 2026-12-25, public_at: 2026-12-28T09:00:00-05:00",
    )
    plan = planned(text, "2026-11-23")
    assert [
        (change.settings, change.moved_to, change.decisions, change.first_release)
        for change in plan.changes
    ] == [
        (((ACCESS, "2026-11-25"),), "", 1, "2026-12-25"),
        (
            ((PARTNERS, "2027-01-19"), (PUBLIC, "2027-01-22T09:00:00-05:00")),
            "2027-01-19",
            1,
            "2027-01-19",
        ),
    ]


def test_a_month_moves_as_its_first_day() -> None:
    """December 1 is too early; the 15th is the first day that is late enough."""
    plan = planned(sample("access_started_at: 2026-11-15", "public_at: 2026-12"), "2026-11-23")
    assert sets(plan) == [{PUBLIC: "2026-12-15"}]


def test_the_hour_is_not_kept_where_it_is_too_early() -> None:
    """A GO of some minutes in the evening, after which a directive comes: only then."""
    text = DIRECTIVE.replace("2026-06-20", "2026-06-13T19:00:00-04:00")
    plan = planned(text, "2026-06-10")
    assert sets(plan) == [
        {PUBLIC: "2026-06-11T19:00:00-04:00"},
        {"release.audience": VERIFIED},
    ]


# Every set of every plan: it is applied to the manifest as data, and that is checked.


def as_data(text: str) -> Data:
    """A manifest as JSON data, its numbers and dates as texts."""

    def plain(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: plain(child) for key, child in node.items()}
        if isinstance(node, list):
            return [plain(child) for child in node]
        return {"true": True, "false": False, "null": None, "": None}.get(node, node)

    found: Data = plain(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - only texts
    return found


def changed(manifest: Data, settings: Data) -> Data:
    """A copy with values set at their paths; what the long form says beside one stays."""
    copy: Data = json.loads(json.dumps(manifest))
    for path, value in settings.items():
        *sections, key = path.split(".")
        at = copy
        for section in sections:
            if not at.get(section) or set(at[section]) == {"unknown"}:
                at[section] = {}
            at = at[section]
        if isinstance(at.get(key), dict) and "value" in at[key] and value is not None:
            at[key]["value"] = value
        else:
            at[key] = value
    return copy


def verdict(manifest: Data, as_of: str, profile: str) -> str:
    read = read_manifest(
        json.dumps(manifest).encode(), "m.json", VOCABULARY, EO_PACK.zone, EO_PACK.developers()
    )
    return check(read, (EO_PACK,), PROFILES, profile, at(as_of)).verdict


def proper_parts(change: Change, settings: Data, target: str) -> Iterator[Data]:
    """Every part of a set, the whole left out; to move the release is one change.

    With a wanted date each part still moves the release there.
    """
    stages = [path for path in settings if path in STAGES] if change.moved_to else []
    single = [[path] for path in settings if path not in stages]
    fixed = stages if target else []
    free = single if target or not stages else [stages, *single]
    for size in range(len(free)):
        for chosen in combinations(free, size):
            paths = [*fixed, *(path for group in chosen for path in group)]
            if paths:
                yield {path: settings[path] for path in paths}


def assert_sound(text: str, as_of: str, profile: str, target: str = "") -> int:
    """What must hold of all sets together and of each of them. How many there are."""
    plan = planned(text, as_of, profile, target=target)
    shown = [change["set"] for change in plan_data(plan)["changes"]]
    manifest = as_data(text)
    for found in shown:
        assert verdict(changed(manifest, found), as_of, profile) == "GO", found
        for path, value in found.items():
            spec = EO_PACK.specs[path]
            assert spec.controllable, path
            assert not spec.known_from, path
            moment = parse_moment(value) if isinstance(value, str) else None
            if isinstance(moment, Moment):
                period = moment.period(EO_PACK.zone)
                assert period.high >= at(as_of).period(EO_PACK.zone).low
    for change, found in zip(plan.changes, shown, strict=True):
        for part in proper_parts(change, found, target):
            assert verdict(changed(manifest, part), as_of, profile) != "GO", (found, part)
    if not target:
        for one, other in permutations(map(set, shown), 2):
            assert not one <= other
    ranks = [change.decisions for change in plan.changes]
    assert ranks == sorted(ranks)
    if plan.verdict == "GO" and not target:
        assert shown == []
    return len(shown)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "path",
    [p for p in examples() if "house" not in str(p)],
    ids=lambda p: f"{p.parent.name}-{p.stem}",
)
def test_sets_of_the_examples_are_sound(path: Any, profile: str) -> None:
    text = path.read_text("utf-8")
    for as_of in ("2026-06-10", "2026-06-28T15:00:00-04:00", "2026-09-15", "2026-11-23"):
        assert_sound(text, as_of, profile)


_dates = st.sampled_from(
    ["2026-10-01", "2026-11-15", "2026-12-20", "2026-11-25T09:00:00-05:00", "2026-12", "2027-03-01"]
)


@st.composite
def manifests(draw: st.DrawFn) -> str:
    """Manifests of which something is missing, wrong, in the past or still to come."""

    def some(options: dict[str, st.SearchStrategy[Any]]) -> Data:
        return {key: draw(value) for key, value in options.items() if draw(st.integers(0, 2))}

    model: Data = {
        "name": "N-9",
        "version": "1",
        "weights": draw(st.sampled_from(["closed", "open"])),
    }
    model["developer"] = draw(st.sampled_from(["openai", "northlight", "anthropic"]))
    model["training_compute_flop"] = draw(st.sampled_from(["3e26", "1e25"]))
    coverage = {
        "determination": st.sampled_from(["designated", "not_designated", "pending"]),
        "determined_by": st.just("nsa_director"),
        "determined_at": st.sampled_from(["2026-10-10", "2026-12-30"]),
        "government_engaged_at": _dates,
    }
    review = {
        "access_started_at": _dates | _dates.map(lambda date: {"value": date, "note": "planned"}),
        "completion_notice_at": _dates,
        "await_determination": st.booleans(),
        "protections": st.fixed_dictionaries({"confidentiality": st.booleans()}),
    }
    release = {
        "trusted_partners_at": _dates,
        "api_at": _dates,
        "partners_selected_with_government": st.booleans(),
        "audience": st.sampled_from(["unverified", "us_persons_verified"]),
    }
    data = {
        "manifest": "gonogo/1",
        "model": model,
        "coverage": some(coverage),
        "review": some(review),
        "release": {**some(release), "public_at": draw(_dates)},
    }
    if draw(st.booleans()):
        status = draw(st.sampled_from(["signed", "declined"]))
        data["participation"] = {"caisi_agreement": {"status": status, "signed_on": "2026-05-05"}}
    return json.dumps(data)


@settings(LAWS, max_examples=40)
@given(
    text=manifests(),
    as_of=st.sampled_from(["2026-10-20", "2026-11-23", "2026-12-01T12:00:00-05:00"]),
    profile=st.sampled_from(list(PROFILES)),
    target=st.sampled_from(["", "", "2026-12-15"]),
)
def test_sets_of_any_manifest_are_sound(text: str, as_of: str, profile: str, target: str) -> None:
    try:
        read_copy(text, as_of, profile)
    except InputError:
        return  # an end before its start, and the like
    assert_sound(text, as_of, profile, target)

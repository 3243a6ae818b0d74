"""Laws of disclosure, on generated packs: what is hidden does not show, whatever it is.

Two worlds that differ in hidden values alone, and in which every condition has the same truth, must
give the same words. Dates and answers that are counted from a hidden date are tried apart, with a
hidden date on a day of its own.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from gonogo.check import examine, report_of
from gonogo.engine.assess import assess
from gonogo.engine.trace import Step
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Facts, Manifest
from gonogo.render import json_v1
from gonogo.render.formats import rendered
from gonogo.reporting.report import Disclosure, Report
from gonogo.values.digest import FileDigest
from strategies import LAWS, Told, World, any_conditions, at, facts_of, law_pack, rules_of, worlds

AS_OF = at("2026-07-20")
PROFILES = Library([], load_vocabulary()).profiles()[0]
SECRET = ("coverage.determination", "model.capability.cyber")
COVERAGE = ("coverage.determination", "coverage.government_engaged_at")
ENGAGED = "coverage.government_engaged_at"
WRITTEN = ("text", "jsonl", "sarif", "junit", "markdown", "github", "gitlab")
Rules = list[dict[str, Any]]


def report(rules: Rules, facts: Facts, disclosure: Disclosure) -> Report:
    manifest = Manifest("release.yaml", FileDigest(b""), "N-9", "1.0", "northlight", facts)
    return report_of(examine(manifest, (law_pack(rules),), PROFILES, "standard", AS_OF), disclosure)


def truths_in(step: Step | None) -> Iterator[object]:
    """The truth of a step and of all below it."""
    if step is not None:
        yield step.truth
        for part in step.parts:
            yield from truths_in(part)
        for row in step.rows:
            yield row.truth
            yield from truths_in(row.where)


def skeleton(rules: Rules, facts: Facts) -> list[object]:
    """All that a reader of the reasons may learn of hidden values: what is true and what is not."""
    return [
        (result.outcome, *truths_in(result.when), *truths_in(result.require))
        for result in assess(facts, (law_pack(rules),), AS_OF)
    ]


def with_values(world: World, other: World, paths: tuple[str, ...]) -> World:
    """A world with some values of another."""
    theirs = {told.path: told for told in other}
    return tuple(theirs[told.path] if told.path in paths else told for told in world)


def told_of(world: World, path: str) -> Told:
    return next(told for told in world if told.path == path)


@LAWS
@given(worlds(), worlds(), rules_of(any_conditions), st.booleans())
def test_hidden_values_make_no_difference(
    world: World, other: World, rules: Rules, disclosable: bool
) -> None:
    hidden = SECRET if disclosable else (*SECRET, *COVERAGE)
    said = tuple(
        told if told.path != "coverage.disclosable" else Told(told.path, disclosable)
        for told in world
    )
    exact = [0] * len(said)
    one, two = (facts_of(w, exact) for w in (said, with_values(said, other, hidden)))
    assume(skeleton(rules, one) == skeleton(rules, two))

    first, second = (
        json.loads(json_v1.render(report(rules, facts, Disclosure.REASONS))) for facts in (one, two)
    )
    for data in (first, second):
        del data["earliest_go"], data["questions"]  # these are tried below
    assert first == second
    for disclosure in Disclosure:
        whole = report(rules, one, disclosure)
        full = report(rules, one, Disclosure.FULL)
        assert (whole.verdict, whole.basis, whole.counts) == (full.verdict, full.basis, full.counts)
        assert [f.outcome for f in whole.findings] == [f.outcome for f in full.findings]


@LAWS
@given(worlds(), rules_of(any_conditions), st.data())
def test_no_date_is_counted_from_a_hidden_one(
    world: World, rules: Rules, data: st.DataObject
) -> None:
    """Neither the earliest date, nor an answer, nor a fix: for any day count between the two."""
    grain = data.draw(st.sampled_from([0, 1]))
    days = {d.value.date() for d in world if isinstance(d.value, datetime) and d.path != ENGAGED}
    secret = told_of(world, ENGAGED).value
    assert isinstance(secret, datetime)
    near = {secret.date() + timedelta(days=shift) for shift in (-1, 0, 1)}
    assume(not near & days)
    said = tuple(
        told if told.path != "coverage.disclosable" else Told(told.path, False) for told in world
    )
    shown = [told.path for told in said if told.path not in (ENGAGED, "coverage.disclosable")]
    grains = dict.fromkeys((told.path for told in said), 0)
    grains |= {ENGAGED: grain, data.draw(st.sampled_from(shown)): 3}  # one is not told at all
    facts = facts_of(said, [grains[told.path] for told in said])
    others = tuple(told for told in said if told.path != ENGAGED)
    public = facts_of(others, [grains[told.path] for told in others])
    # A date that is there without the hidden one is no secret: packs name dates too.
    public_text = everything(report(rules, public, Disclosure.FULL))
    for disclosure in (Disclosure.NONE, Disclosure.REASONS):
        text = everything(report(rules, facts, disclosure))
        found = [each for each in spellings(secret, near) if each in text]
        assert [each for each in found if each not in public_text] == []


def test_an_earliest_date_that_is_counted_from_a_hidden_one() -> None:
    """30 days from July 5 are over on August 4; from July 3, which is no secret, on August 2."""
    world = (
        Told(ENGAGED, datetime.fromisoformat("2026-07-05T09:00:00-04:00")),
        Told("coverage.disclosable", False),
        Told("review.access_started_at", datetime.fromisoformat("2026-07-03T09:00:00-04:00")),
        Told("release.public_at", datetime.fromisoformat("2026-07-25T09:00:00-04:00")),
    )

    def earliest(start: str, disclosure: Disclosure) -> tuple[str | None, str]:
        days = {"days_from": start, "to": "release.first_at", "at_least": 30}
        fix = "Release on {earliest} or later."
        rule = {"id": "wait", "title": "It waits", "class": "binding", "cites": ["memo"]}
        found = report(
            [{**rule, "require": [days], "fix": fix}], facts_of(world, [1, 0, 1, 1]), disclosure
        )
        text = everything(found)
        if disclosure is not Disclosure.FULL:
            assert "2026-08-04" not in text
            assert "2026-07-05" not in text
        return found.earliest_go, found.findings[0].fix

    for disclosure in (Disclosure.FULL, Disclosure.REASONS):
        day, fix = earliest("review.access_started_at", disclosure)
        assert (str(day)[:10], fix) == ("2026-08-02", f"Release on {day} or later.")
    day, fix = earliest(ENGAGED, Disclosure.FULL)
    assert (str(day)[:10], fix) == ("2026-08-04", f"Release on {day} or later.")
    assert earliest(ENGAGED, Disclosure.REASONS) == (
        None,
        "Release on a date that is withheld or later.",
    )
    assert earliest(ENGAGED, Disclosure.NONE) == (None, "")


def spellings(secret: datetime, near: set[Any]) -> set[str]:
    zones = (UTC, ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo"))
    return {
        *(secret.astimezone(zone).isoformat()[:13] for zone in zones),
        *(day.isoformat() for day in near),
    }


def everything(found: Report) -> str:
    return "\n".join(rendered(format, [found]) for format in WRITTEN)

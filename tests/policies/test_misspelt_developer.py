"""A slip in the developer's id must not lift a directive on the same model."""

import pytest

from conftest import Checked, finding
from gonogo.values.names import nearly_same_id

MANIFEST = """\
manifest: gonogo/1
model: {{name: {name}, version: "1", developer: {developer}, weights: closed}}
release: {{public_at: 2026-06-20, audience: includes_foreign_persons}}
"""


@pytest.mark.parametrize(
    ("developer", "name", "outcome"),
    [
        ("anthropic", "Fable 5", "fail"),
        ("anthropc", "Fable 5", "unknown"),
        ("antrhopic", "Fable 5", "unknown"),
        ("anthropic-labs", "Fable 5", "unknown"),
        ("anthropc", "Another", "pass"),  # the model is not under a directive
        ("northlight", "Fable 5", "pass"),  # a different developer altogether
    ],
)
def test_a_slip_is_unknown_where_the_model_matches(
    developer: str, name: str, outcome: str, checked: Checked
) -> None:
    report = checked(MANIFEST.format(developer=developer, name=name), "2026-06-20", "legal")

    assert finding(report, "no-directive-in-force").outcome == outcome
    assert (report.verdict == "GO") is (outcome == "pass")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("anthropic", "anthropc", True),
        ("anthropic", "anthropicc", True),
        ("anthropic", "amthropic", True),
        ("anthropic", "nathropic", True),
        ("anthropic", "anthropic-pbc", True),
        ("anthropic", "amtropic", False),  # two letters
        ("xai", "xa", False),  # too short to tell
        ("meta", "xai", False),
    ],
)
def test_nearly_same_id(one: str, other: str, near: bool) -> None:
    assert nearly_same_id(one, other) is near
    assert nearly_same_id(other, one) is near

"""The text report: what a tired person reads, with one word for each thing."""

import pytest

from conftest import Checked
from gonogo.render.text import render
from strategies import manifest

REFUSED = "caisi_agreement: {status: not_signed}, eo_14409_framework: {status: not_signed}"
BIG = "training_compute_flop: 3e26"
# Presumed covered and no participant: the framework warns. Compute above 1e26: for reference.
WARNED = manifest(BIG, participation=REFUSED)
# The same, and a promise that is broken.
BROKEN = manifest(BIG, participation=REFUSED, review="await_determination: true").replace(
    "review:", "coverage: {determination: pending}\nreview:"
)


@pytest.mark.parametrize("verbose", [False, True])
def test_notes_are_warnings_and_nothing_else(verbose: bool, checked: Checked) -> None:
    """`GO with notes` speaks of what warns; what is only history or news is for reference."""
    said = render(checked(WARNED), verbose=verbose)
    assert said.startswith("GO with notes  ")
    assert said.count("note") == 1
    assert "1 for reference" in said.replace("\n", " ")
    assert ("\nfor reference\n  compute-is-not-the-test  (reference)\n" in said) is verbose


@pytest.mark.parametrize(("profile", "counted"), [("legal", 3), ("standard", 1), ("strict", 1)])
def test_what_a_profile_does_not_act_on_is_for_reference(
    profile: str, counted: int, checked: Checked
) -> None:
    """Under `legal` the broken promise and taking no part are; the number is everywhere."""
    said = render(checked(BROKEN, profile=profile)).replace("\n", " ")
    assert f", {counted} for reference" in said

"""The schema of a pack's tests: what a case may say, and what an editor marks."""

import pytest

from schema_files import errors

WHOLE = """\
manifests:
  northlight:
    manifest: gonogo/1
    model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
    release: {public_at: 2026-10-01}
tests:
  - name: one day short of thirty
    manifest: northlight
    set:
      release.public_at: 2026-09-30
      coverage: null
      evidence: [{id: receipt, kind: submission_receipt}]
      extra.red_team_hours: 400
      review: {access_started_at: 2026-09-01}
      review.protections: {confidentiality: true}
      review.agreed_days: {value: 20, evidence: [receipt]}
      model.training_compute_flop: {low: 2e26, high: 4e26}
    unset: [coverage.determination, participation, extra.signed_off, review.agreed_days.evidence]
    as_of: 2026-11-23
    profile: strict
    expect:
      rules: {review-window-held: fail, eo-14409/coverage-settled: not_in_force}
      verdict: NO-GO
      asks: [coverage.determination, extra.red_team_hours]
    note: the last day that fails
  - name: a manifest of its own
    manifest:
      manifest: gonogo/1
      model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
    as_of: 2026-11-23T09:00:00-05:00
    expect:
      verdict: {legal: GO, standard: UNDETERMINED, ours: NO-GO}
survivors:
  - {change: "review-window-held: at_least becomes above", why: no edge is tested}
"""
SHORTEST = "tests: [{name: a, manifest: m, as_of: 2026-11-23, expect: {asks: []}}]\n"
# One change each: what was written, what is written instead.
MISTAKES = {
    "no tests": (SHORTEST.strip(), "manifests: {}"),
    "no test": ("[{name: a, manifest: m, as_of: 2026-11-23, expect: {asks: []}}]", "[]"),
    "unknown key in the file": ("survivors:", "survivor:"),
    "unknown key in a test": ("note:", "notes:"),
    "test without a name": ("name: a, ", ""),
    "test without a manifest": ("manifest: m, ", ""),
    "test without a time": ("as_of: 2026-11-23, ", ""),
    "test that expects nothing": ("{asks: []}", "{}"),
    "unknown expectation": ("{asks: []}", "{ask: []}"),
    "manifest's name with a space": ("manifest: m", "manifest: my own"),
    "manifest that is none": ("gonogo/1", "gonogo/2"),
    "path that is none": ("release.public_at: 2026-09-30", "release.date: 2026-09-30"),
    "value that does not fit": ("release.public_at: 2026-09-30", "release.public_at: soon"),
    "section that does not fit": ("{confidentiality: true}", "{confidential: true}"),
    "null where none may be": ("coverage: null", "model: null"),
    "taken out of nowhere": ("[coverage.determination,", "[coverage.designation,"),
    "judged at a month": ("as_of: 2026-11-23\n", "as_of: 2026-11\n"),
    "judged at no time zone": ("T09:00:00-05:00", "T09:00:00"),
    "unknown outcome": ("review-window-held: fail", "review-window-held: failed"),
    "outcome of no test": ("review-window-held: fail", "review-window-held: waived"),
    "rule's id in capitals": ("review-window-held", "Review-Window"),
    "unknown verdict": ("verdict: NO-GO", "verdict: NOGO"),
    "unknown verdict under a profile": ("legal: GO", "legal: go"),
    "verdict under no profile": ("{legal: GO, standard: UNDETERMINED, ours: NO-GO}", "{}"),
    "question that is no path": ("asks: [coverage.determination,", "asks: [is it covered,"),
    "survivor without a reason": (", why: no edge is tested", ""),
}


@pytest.mark.parametrize("text", [WHOLE, SHORTEST], ids=["whole", "shortest"])
def test_sound_tests_fit(text: str) -> None:
    assert errors("tests", text) == []


@pytest.mark.parametrize(("before", "after"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_do_not_fit(before: str, after: str) -> None:
    """An editor marks them while they are typed."""
    text = WHOLE if before in WHOLE else SHORTEST
    assert before in text
    assert errors("tests", text.replace(before, after, 1)) != []

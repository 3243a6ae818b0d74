"""The published schema, other tools and the reader agree on whole manifests."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.diagnostics import InputError
from gonogo.library import read_schema
from gonogo.manifests.facts import Manifest
from gonogo.manifests.validity import plain, validator
from gonogo.trees.reader import read_tree

VALIDATOR = validator(json.loads(read_schema("manifest")))

# Every key of the format.
FULL = f"""\
manifest: gonogo/1
model:
  name: N-9
  version: "1.0"
  developer: northlight
  weights: closed
  licence: proprietary
  derived_from: {{model: N-8, developer: northlight, method: fine_tune}}
  training_compute_flop: 3e26
  capability: {{cyber: high, biological: low, chemical: low}}
coverage:
  determination: designated
  determined_by: nsa_director
  determined_at: 2026-08-28
  disclosable: true
  government_engaged_at: 2026-07-01
participation:
  caisi_agreement: {{status: signed, signed_on: 2026-05-05}}
  eo_14409_framework: {{status: signed, signed_on: 2026-08-10}}
  accord_2026: {{status: not_signed}}
review:
  access_started_at: 2026-09-01T09:00:00-04:00
  access_ended_at: 2026-10-01T08:00:00-04:00
  agreed_days: 30
  completion_notice_at: 2026-09-23T16:00:00-04:00
  await_determination: false
  protections: {{confidentiality: true, cybersecurity: true, insider_risk: true,
                intellectual_property: true}}
  assessments: {{capability_characterization: done, threat_modelling: done,
                measurement_science: done}}
release:
  limited_preview_at: 2026-10-01T09:00:00-04:00
  trusted_partners_at: 2026-10-01T09:00:00-04:00
  api_at: 2026-10-08T09:00:00-04:00
  # weights_at: 2026-12-01
  public_at: 2026-10-08T09:00:00-04:00
  partners_selected_with_government: true
  audience: includes_foreign_persons
  exemptions: []
  markets: [us]
evidence:
  - {{id: receipt, path: evidence/receipt.pdf, sha256: {"0a" * 32}, kind: submission_receipt,
     supports: [review.access_started_at]}}
extra: {{}}
"""

# One change each to the full manifest: what was written, what is written instead.
CHANGES = {
    "unknown key": ("weights: closed", "weights: closed\n  colour: red"),
    "missing key": ("  developer: northlight\n", ""),
    "version is a number": ('"1.0"', "1.0"),
    "developer in capitals": ("developer: northlight\n", "developer: Northlight\n"),
    "misspelt choice": ("nsa_director", "nsa_directer"),
    "days below zero": ("agreed_days: 30", "agreed_days: -1"),
    "half days": ("agreed_days: 30", "agreed_days: 29.5"),
    "no compute": ("3e26", "0"),
    "compute in words": ("3e26", "3 x 10^26"),
    "range with one end": ("3e26", "{low: 2e26}"),
    "no time zone": ("2026-09-01T09:00:00-04:00", "2026-09-01T09:00:00"),
    "month 13": ("2026-07-01", "2026-13-01"),
    "flag in words": ("disclosable: true", "disclosable: yes"),
    "unknown without why": ("agreed_days: 30", 'agreed_days: {unknown: ""}'),
    "list is a word": ("markets: [us]", "markets: us"),
    "digest in capitals": ("0a" * 32, "0A" * 32),
    "kind of evidence": ("kind: submission_receipt", "kind: letter"),
    "other format": ("gonogo/1", "gonogo/2"),
    "extra is a list": ("extra: {}", "extra: []"),
}
INVALID = pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=list(CHANGES))


@INVALID
def test_invalid_is_refused(read: Callable[[str], Manifest], before: str, after: str) -> None:
    """What the schema refuses, the reader refuses."""
    text = FULL.replace(before, after, 1)
    assert not VALIDATOR.is_valid(plain(read_tree(text.encode(), "release.yaml")))
    with pytest.raises(InputError):
        read(text)


def test_full_manifest(read: Callable[[str], Manifest]) -> None:
    """The whole format, in one example, is valid to both and odd to neither."""
    assert list(VALIDATOR.iter_errors(plain(read_tree(FULL.encode(), "release.yaml")))) == []
    assert read(FULL).warnings == ()


def check_jsonschema(folder: Path, text: str) -> int:
    """The exit code of another tool, with another YAML parser, on a manifest."""
    (folder / "schema.json").write_text(read_schema("manifest"), "utf-8")
    (folder / "release.yaml").write_text(text, "utf-8")
    command = ["check_jsonschema", "--schemafile", "schema.json", "release.yaml"]
    return subprocess.run([sys.executable, "-m", *command], cwd=folder, check=False).returncode


@pytest.mark.parametrize(
    "compute", ["3e26", "3.0e26", "3e+26", '"3e26"', "{low: 1e26, high: 3e26}"]
)
def test_check_jsonschema_accepts(tmp_path: Path, compute: str) -> None:
    """An editor or hook that knows only the schema accepts the full manifest, as we do."""
    assert check_jsonschema(tmp_path, FULL.replace("3e26", compute)) == 0


@pytest.mark.parametrize(
    "change", ["unknown key", "version is a number", "no time zone", "misspelt choice"]
)
def test_check_jsonschema_refuses(tmp_path: Path, change: str) -> None:
    """And refuses a broken one."""
    assert check_jsonschema(tmp_path, FULL.replace(*CHANGES[change], 1)) == 1

"""Which packs `policy list` lists, and how."""

import json

from conftest import ROOT
from test_cli import gonogo

HOUSE = ROOT / "examples/house-pack"


def test_a_folder_lists_its_own_packs() -> None:
    run = gonogo("policy", "list", "policies", cwd=HOUSE)

    assert (run.returncode, run.stderr) == (0, "")
    first, *more = run.stdout.splitlines()
    assert first.startswith("- northlight 2026.11.1: ")
    assert " ".join(line.strip() for line in more).endswith(
        "- used when no pack is named; extends eo-14409; 19 rules; in policies/northlight"
    )


def test_without_one_all_packs_are_listed_within_eighty_columns() -> None:
    run = gonogo("policy", "list", "--policies", "policies", cwd=HOUSE)

    assert (run.returncode, run.stderr) == (0, "")
    heads = [line.split(" ")[1] for line in run.stdout.splitlines() if line.startswith("- ")]
    assert heads == ["eo-14409", "northlight"]
    assert "  - used when named; 18 rules; shipped\n" in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_a_pack_by_id_as_data() -> None:
    run = gonogo("policy", "list", "eo-14409", "--format", "json")

    [pack] = json.loads(run.stdout)["packs"]
    assert (pack["id"], pack["default"], pack["folder"]) == ("eo-14409", True, None)


def test_what_is_no_pack_is_refused() -> None:
    run = gonogo("policy", "list", "nowhere")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "nowhere: is no folder and no pack\n  help: name a folder, or one of eo-14409\n"
    )

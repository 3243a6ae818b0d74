"""Plans made in one line, as the command makes them."""

from collections.abc import Sequence
from pathlib import Path

from conftest import ROOT, SEARCHED, moment
from gonogo.engine.assess import Frame
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import manifest_of
from gonogo.packs.policy import Pack
from gonogo.planning.applying import Copy
from gonogo.planning.making import Wish, make_plan
from gonogo.planning.plan import Plan
from gonogo.trees.nodes import Mapping
from gonogo.trees.reader import read_tree
from gonogo.values.digest import FileDigest
from gonogo.workbench.searched import as_searched

VOCABULARY = load_vocabulary()
LIBRARY = Library([], VOCABULARY)
EO_PACK = as_searched(
    LIBRARY.load("eo-14409"), {name: moment(day) for name, day in SEARCHED.items()}
)
LIBRARY.loaded["eo-14409"] = EO_PACK
PROFILES = LIBRARY.profiles()[0]
EXAMPLES = ROOT / "examples"


def house_pack() -> Pack:
    folder = EXAMPLES / "house-pack/policies"
    return Library([str(folder)], VOCABULARY).load("northlight")


def read_copy(
    text: str, as_of: str, profile: str = "standard", packs: Sequence[Pack] = (EO_PACK,)
) -> tuple[Manifest, Copy]:
    """A manifest, and the copy that changes are tried on."""
    tree = read_tree(text.encode(), "release.yaml")
    assert isinstance(tree, Mapping)
    specs = {path: spec for pack in packs for path, spec in pack.specs.items()}
    developers = {name: id for pack in packs for name, id in pack.developers().items()}
    vocabulary = VOCABULARY.with_specs(specs)
    digest = FileDigest(text.encode())
    zone = packs[0].zone
    manifest = manifest_of(tree, "release.yaml", digest, vocabulary, zone, developers)
    frame = Frame(tuple(packs), PROFILES[profile], moment(as_of))
    # No file lies beside a text: its evidence is as good as it says.
    manifest = manifest._replace(facts=manifest.facts.as_if_verified())
    return manifest, Copy(tree, vocabulary, developers, frame, manifest.facts.evidence)


def planned(
    text: str,
    as_of: str = "2026-11-23",
    profile: str = "standard",
    *,
    target: str = "",
    stages: Sequence[str] = (),
    packs: Sequence[Pack] = (EO_PACK,),
) -> Plan:
    """The plan of a manifest's text."""
    manifest, copy = read_copy(text, as_of, profile, packs)
    wish = Wish(tuple(stages), moment(target) if target else None)
    return make_plan(manifest, copy, profile, wish)


def example(name: str) -> str:
    return (EXAMPLES / name).read_text("utf-8")


def examples() -> list[Path]:
    """Every example manifest."""
    found = sorted(path for path in EXAMPLES.rglob("*.yaml") if "policies" not in path.parts)
    return [path for path in found if path.read_text("utf-8").find("manifest: gonogo/1") >= 0]

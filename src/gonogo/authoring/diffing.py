"""One run of `gonogo policy diff`: what an edit means, between folders or git revisions."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from gonogo.authoring.desk import Desk, desk_in
from gonogo.authoring.revisions import folder_of, working_folder
from gonogo.authoring.writing import refuse, write_found
from gonogo.clock import as_of_time
from gonogo.diagnostics import InputError, Problem, Span
from gonogo.engine.assess import assess
from gonogo.engine.judge import decide
from gonogo.evidence_files import opened
from gonogo.exits import ExitCode
from gonogo.library import read_file
from gonogo.manifests.manifest import read_manifest
from gonogo.values.times import Moment
from gonogo.workbench.comparison import Comparison, compare_packs
from gonogo.workbench.data import diff_data
from gonogo.workbench.diff_page import Difference, Stored, diff_page
from gonogo.workbench.places import latest_day
from gonogo.workbench.suite import Terms
from gonogo.workbench.witnesses import Seed

_SUFFIXES = (".yaml", ".yml", ".json")
_PARTS = ("rules", "registers", "tests")


def run_diff(
    old: str,
    new: str | None,
    policies: tuple[str, ...],
    corpus: str | None,
    as_of: str | None,
    format: str,
) -> ExitCode:
    """0 if no verdict can change, 1 if one can, 2 for packs that cannot be read.

    A git revision without ``new`` is compared with what the working tree has in its place.
    """
    try:
        new = working_folder(old) if new is None else new
        with tempfile.TemporaryDirectory() as room:
            desks = [
                desk_in(folder_of(text, Path(room) / side), policies)
                for text, side in ((old, "old"), (new, "new"))
            ]
            found = _difference(old, new, desks, corpus, as_of)
    except InputError as error:
        return refuse(error, "policy_diff", format)
    write_found(diff_page(found), diff_data(found), format)
    return ExitCode.NO_GO if found.can_change_verdict else ExitCode.GO


def _difference(
    old: str, new: str, desks: list[Desk], corpus: str | None, as_of: str | None
) -> Difference:
    packs = [*desks[0].packs, *desks[1].packs]
    if not packs:
        raise InputError([Problem(Span(new), "holds no pack", "name a folder of packs")])
    moment = as_of_time(as_of, packs[0].zone) if as_of else latest_day(packs)
    stored: tuple[Stored, ...] | None = None
    checked = 0
    if corpus is not None:
        paths = sorted(_manifests(Path(corpus)))
        if not paths:
            help = "name a folder of stored manifests; the files of packs are none"
            raise InputError([Problem(Span(corpus), "holds no manifest", help)])
        checked = len(paths)
        stored = tuple(each for path in paths if (each := _stored(path, desks, moment)))
    comparisons = tuple(_comparisons(desks, moment))
    profiles = tuple(_profiles(desks[0].terms, desks[1].terms))
    return Difference(old, new, moment, comparisons, profiles, stored, checked)


def _comparisons(desks: list[Desk], as_of: Moment) -> Iterator[Comparison]:
    olds, news = ({pack.id: pack for pack in desk.packs} for desk in desks)
    seeds = [seed for desk in desks for seed in _seeds(desk)]
    for id in dict.fromkeys((*olds, *news)):
        if id not in olds or id not in news:
            yield Comparison(olds.get(id), news.get(id), (), ())
        else:
            both = (desks[0].profiles, desks[1].profiles)
            yield compare_packs(olds[id], news[id], both, seeds, as_of)


def _seeds(desk: Desk) -> Iterator[Seed]:
    """The manifests of the packs' own tests. Tests that do not fit the pack just seed nothing."""
    for pack in desk.packs:
        try:
            suite = desk.suite(pack)
        except InputError:
            continue
        yield from (Seed(case.manifest.facts, case.as_of) for case in suite.cases)


def _profiles(before: Terms, after: Terms) -> Iterator[str]:
    """What is new in profiles.yaml, in words."""
    if before.default_profile != after.default_profile:
        yield f"the default was {before.default_profile}, is {after.default_profile}"
    old, new = before.profiles, after.profiles
    for name in dict.fromkeys((*old, *new)):
        if name not in old or name not in new:
            yield f"{name} {'added' if name not in old else 'removed'}"
            continue
        for rule_class, effect in new[name].effects.items():
            was = old[name].effects[rule_class]
            if was is not effect:
                yield f"{name}: {rule_class.value} was {was.value}, is {effect.value}"


def _manifests(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise InputError([Problem(Span(str(folder)), "is no folder", "check --corpus")])
    for path in folder.rglob("*"):
        if path.suffix in _SUFFIXES and path.is_file() and not _of_pack(path):
            yield path


def _of_pack(path: Path) -> bool:
    """Is it one of the files that packs are made of?"""
    if path.parent.name in _PARTS and (path.parent.parent / "pack.yaml").is_file():
        return True
    return path.name in ("pack.yaml", "profiles.yaml")


def _stored(path: Path, desks: list[Desk], as_of: Moment) -> Stored | None:
    """A stored manifest whose verdict changes or that a side refuses; None for the others."""
    sides = [_verdicts(path, desk, as_of) for desk in desks]
    said = next((side for side in sides if isinstance(side, Problem)), None)
    names = [name for name in desks[0].profiles if name in desks[1].profiles]
    pairs = [(name, _verdict(sides[0], name), _verdict(sides[1], name)) for name in names]
    changed = tuple(pair for pair in pairs if pair[1] != pair[2])
    return Stored(str(path), changed, said) if changed or said else None


def _verdict(found: dict[str, str] | Problem, profile: str) -> str | None:
    return None if isinstance(found, Problem) else found[profile]


def _verdicts(path: Path, desk: Desk, as_of: Moment) -> dict[str, str] | Problem:
    """The verdict under each profile, or why the manifest cannot be read with these packs."""
    packs = desk.used()
    specs = {name: spec for pack in packs for name, spec in pack.specs.items()}
    developers = {name: id for pack in packs for name, id in pack.developers().items()}
    vocabulary = desk.terms.vocabulary.with_specs(specs)
    zone = packs[0].zone if packs else ZoneInfo("UTC")
    try:
        data = read_file(str(path))
        manifest = read_manifest(data, str(path), vocabulary, zone, developers)
        manifest = opened(manifest, None)
    except InputError as error:
        return error.problems[0]
    results = assess(manifest.facts, packs, as_of)
    return {name: decide(results, p).verdict.value for name, p in desk.profiles.items()}

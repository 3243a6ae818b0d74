"""One run of `gonogo policy diff`: what an edit means, between folders or git revisions."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
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
from gonogo.inputs import manifests_of
from gonogo.library import read_file
from gonogo.manifests.manifest import read_manifest
from gonogo.packs.policy import Pack
from gonogo.ready import with_waivers, words_of
from gonogo.reporting.report import Refusal
from gonogo.values.times import Moment
from gonogo.workbench.comparison import Comparison, compare_packs
from gonogo.workbench.data import diff_data
from gonogo.workbench.diff_page import Difference, Stored, diff_page
from gonogo.workbench.near_rows import Seed
from gonogo.workbench.places import latest_day
from gonogo.workbench.suite import Terms


class Corpus(NamedTuple):
    """Stored manifests, and the waivers that they are judged with."""

    folder: str | None
    waivers: str | None


def run_diff(
    old: str,
    new: str | None,
    policies: tuple[str, ...],
    corpus: Corpus,
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


class _Side(NamedTuple):
    """One of the two that are compared, with the packs that a check would use."""

    desk: Desk
    packs: tuple[Pack, ...]


def _difference(
    old: str, new: str, desks: list[Desk], corpus: Corpus, as_of: str | None
) -> Difference:
    packs = [*desks[0].packs, *desks[1].packs]
    if not packs:
        raise InputError([Problem(Span(new), "holds no pack", "name a folder of packs")])
    moment = as_of_time(as_of, packs[0].zone) if as_of else latest_day(packs)
    stored: tuple[Stored, ...] | None = None
    checked = 0
    if corpus.folder is not None:
        paths = _manifests(corpus.folder)
        checked = len(paths)
        sides = [_Side(desk, with_waivers(desk.used(), corpus.waivers)[0]) for desk in desks]
        stored = tuple(each for path in paths if (each := _stored(path, sides, moment)))
    elif corpus.waivers is not None:
        help = "add --corpus DIR, the stored manifests that are judged with them"
        raise InputError([Problem(Span("--waivers"), "nothing is judged with waivers", help)])
    comparisons = tuple(_comparisons(desks, moment))
    profiles = tuple(_profiles(desks[0].terms, desks[1].terms))
    return Difference(old, new, moment, comparisons, profiles, stored, checked)


def _comparisons(desks: list[Desk], as_of: Moment) -> Iterator[Comparison]:
    olds, news = ({pack.id: pack for pack in desk.packs} for desk in desks)
    seeds = [seed for desk in desks for seed in _seeds(desk)]
    bases = _bases(*desks)
    replaced = {base.id for base in bases.values()}
    for id in dict.fromkeys((*olds, *news)):
        old, new = olds.get(id) or bases.get(id), news.get(id)
        if old and new:
            both = (desks[0].profiles, desks[1].profiles)
            yield compare_packs(old, new, both, seeds, as_of)
        elif new or id not in replaced:
            yield Comparison(old, new, (), ())


def _bases(before: Desk, after: Desk) -> dict[str, Pack]:
    """For a new house pack, by its id: the pack that it extends and takes the place of."""
    olds = {pack.id: pack for pack in before.packs}
    kept = {pack.id for pack in after.used()}
    found: dict[str, Pack] = {}
    for pack in after.used():
        above = [each.id for each in reversed(pack.lineage[:-1]) if each.id in olds]
        if pack.id not in olds and above and above[0] not in kept:
            found[pack.id] = olds[above[0]]
    return found


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


def _manifests(folder: str) -> list[Path]:
    """The stored manifests, as `gonogo check FOLDER` finds them."""
    if not Path(folder).is_dir():
        raise InputError([Problem(Span(folder), "is no folder", "check --corpus")])
    found = manifests_of((folder,))
    if problems := [p for each in found if isinstance(each, Refusal) for p in each.problems]:
        raise InputError(problems)
    return [Path(each) for each in found if isinstance(each, str)]


def _stored(path: Path, both: list[_Side], as_of: Moment) -> Stored | None:
    """A stored manifest whose verdict changes or that a side refuses; None for the others."""
    sides = [_verdicts(path, side, as_of) for side in both]
    old, new = (side.desk.profiles for side in both)
    said = next((side for side in sides if isinstance(side, Problem)), None)
    names = [name for name in old if name in new]
    pairs = [(name, _verdict(sides[0], name), _verdict(sides[1], name)) for name in names]
    changed = tuple(pair for pair in pairs if pair[1] != pair[2])
    return Stored(str(path), changed, said) if changed or said else None


def _verdict(found: dict[str, str] | Problem, profile: str) -> str | None:
    return None if isinstance(found, Problem) else found[profile]


def _verdicts(path: Path, side: _Side, as_of: Moment) -> dict[str, str] | Problem:
    """The verdict under each profile, or why the manifest cannot be read with these packs."""
    desk, packs = side
    vocabulary, developers = words_of(packs, desk.terms.vocabulary)
    zone = packs[0].zone if packs else ZoneInfo("UTC")
    try:
        data = read_file(str(path))
        manifest = read_manifest(data, str(path), vocabulary, zone, developers)
        manifest = opened(manifest, None)
    except InputError as error:
        return error.problems[0]
    results = assess(manifest.facts, packs, as_of)
    return {name: decide(results, p).verdict.value for name, p in desk.profiles.items()}

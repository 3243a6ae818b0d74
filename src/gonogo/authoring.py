"""Runs of the commands for rule authors: read packs and their tests, write what came out."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span
from gonogo.library import Library, load_vocabulary
from gonogo.packs.policy import Pack, Profile
from gonogo.workbench.suite import Suite, Terms, no_tests, read_suite


class Desk(NamedTuple):
    """What a rule author works on: the chosen packs, and all that they are read with."""

    library: Library
    packs: tuple[Pack, ...]
    terms: Terms

    def parent(self, pack: Pack) -> Pack | None:
        return self.library.load(pack.lineage[-2].id) if len(pack.lineage) > 1 else None

    @property
    def profiles(self) -> Mapping[str, Profile]:
        return self.terms.profiles


def open_desk(targets: tuple[str, ...], policies: tuple[str, ...]) -> Desk:
    """The packs that are named by id or folder; else those of the given folders, else the shipped.

    Raises InputError with every problem of every pack.
    """
    folders = [target for target in targets if Path(target).is_dir()]
    ids = [target for target in targets if target not in folders]
    vocabulary = load_vocabulary()
    library = Library((*folders, *policies), vocabulary)
    wanted = ids or library.given() or sorted(library.found)
    problems: list[Problem] = []
    packs = []
    for id in wanted:
        try:
            packs.append(library.load(id))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    profiles, default = library.profiles()
    return Desk(library, tuple(packs), Terms(vocabulary, profiles, default))


def suites(desk: Desk) -> list[Suite]:
    """The tests of every pack. Raises InputError with every problem; to have none is one."""
    found = []
    problems: list[Problem] = []
    for pack in desk.packs:
        files = desk.library.tests_of(pack.id)
        if not files:
            problems.append(no_tests(pack, str(Span(desk.library.found[pack.id].shown or pack.id))))
            continue
        try:
            found.append(read_suite(files, pack, desk.terms))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found

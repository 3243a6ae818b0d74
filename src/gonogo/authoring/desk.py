"""What a rule author works on: the chosen packs, the tests beside them, and how both are read."""

from collections.abc import Mapping
from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span, nearest
from gonogo.library import Folder, Library, load_vocabulary
from gonogo.packs.policy import Pack, Profile
from gonogo.unread import is_folder
from gonogo.workbench.suite import Suite, Terms, no_tests, read_suite


class Desk(NamedTuple):
    """The chosen packs, and all that they are read with."""

    library: Library
    packs: tuple[Pack, ...]
    terms: Terms

    def parent(self, pack: Pack) -> Pack | None:
        return self.library.load(pack.lineage[-2].id) if len(pack.lineage) > 1 else None

    def used(self) -> tuple[Pack, ...]:
        """The packs that a check would use: one replaces those that it extends."""
        parents = {each.id for pack in self.packs for each in pack.lineage[:-1]}
        chosen = [pack for pack in self.packs if pack.default] or list(self.packs)
        return tuple(pack for pack in chosen if pack.id not in parents)

    @property
    def profiles(self) -> Mapping[str, Profile]:
        return self.terms.profiles

    def suite(self, pack: Pack) -> Suite:
        """The tests beside a pack. Raises InputError; to have none is a problem too."""
        files = self.library.tests_of(pack.id)
        if not files:
            raise InputError([no_tests(pack, self.library.found[pack.id].shown or pack.id)])
        return read_suite(files, pack, self.terms)


def open_desk(targets: tuple[str, ...], policies: tuple[str, ...]) -> Desk:
    """The packs that are named by id or folder; else those of the given folders, else the shipped.

    Raises InputError with every problem of every pack.
    """
    folders = [target for target in targets if is_folder(target)]
    ids = [target for target in targets if target not in folders]
    library = Library((*folders, *policies), load_vocabulary())
    if strange := [_strange(target, library) for target in ids if target not in library.found]:
        raise InputError(strange)
    named = library.ids_in(library.folders[: len(folders)])
    chosen = [*ids, *named] or library.ids_in(library.folders) or sorted(library.found)
    return desk_of(library, chosen)


def _strange(target: str, library: Library) -> Problem:
    near = nearest(target, library.found)
    known = ", ".join(sorted(library.found))
    help = f"did you mean `{near}`?" if near else f"name a folder, or one of {known}"
    return Problem(Span(target), "is no folder and no pack", help)


def desk_in(folder: Folder, policies: tuple[str, ...]) -> Desk:
    """The packs of one folder; ``policies`` may hold packs that they extend."""
    library = Library((folder, *policies), load_vocabulary())
    return desk_of(library, library.ids_in([folder]))


def desk_of(library: Library, ids: list[str]) -> Desk:
    problems: list[Problem] = []
    packs = []
    for id in dict.fromkeys(ids):
        try:
            packs.append(library.load(id))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    profiles, default = library.profiles()
    return Desk(library, tuple(packs), Terms(library.vocabulary, profiles, default))


def suites(desk: Desk) -> list[Suite]:
    """The tests of every pack. Raises InputError with every problem of every file."""
    found = []
    problems: list[Problem] = []
    for pack in desk.packs:
        try:
            found.append(desk.suite(pack))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found

"""Files: packs, profiles and schemas of a run, and safe reading of what the user names."""

import os
import stat
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.manifests.declared import EVIDENCE_KINDS, ROOT
from gonogo.manifests.vocabulary import Vocabulary, vocabulary_of
from gonogo.packs.head import Head, PackFiles, read_head
from gonogo.packs.pack import read_pack
from gonogo.packs.policy import Pack, Profile
from gonogo.packs.profiles import read_profiles
from gonogo.trees.nodes import MOST_BYTES, Mapping
from gonogo.trees.reader import read_tree
from gonogo.unread import beside_head, files_in, is_folder, join, listed, packs_in
from gonogo.values.digest import FileDigest, FolderDigest

_HERE = Path(__file__).resolve().parent


def read_file(path: str) -> bytes:
    """The bytes of a regular file, at most 1 MiB and one. Raises InputError, and never blocks."""
    try:
        # O_NONBLOCK: opening a FIFO must not wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise InputError([_unreadable(path, error)]) from None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise InputError([_not_regular(path, found.st_mode)])
        return _read(handle, found.st_size)
    except OSError as error:
        raise InputError([_unreadable(path, error)]) from None
    finally:
        os.close(handle)


def _read(handle: int, size: int) -> bytes:
    """All that can be read, at most 1 MiB and one byte. Some files say that their size is 0."""
    data = os.read(handle, min(size, MOST_BYTES) + 1)
    while len(data) <= MOST_BYTES and (more := os.read(handle, MOST_BYTES + 1 - len(data))):
        data += more
    return data


def _not_regular(path: str, mode: int) -> Problem:
    if stat.S_ISDIR(mode):
        return Problem(Span(path), "is a folder", "name a file in it")
    return Problem(Span(path), "is not a regular file", "write - to read standard input")


def _unreadable(path: str, error: OSError | ValueError) -> Problem:
    match error:
        case FileNotFoundError() if path == "":
            return Problem(Span('""'), "names no file", "check that the variable is set")
        case FileNotFoundError():
            near = nearest(Path(path).name, _names_in(Path(path).parent))
            help = f"did you mean `{Path(path).with_name(near)}`?" if near else "check the path"
            return Problem(Span(path), "there is no such file", help)
        case PermissionError():
            return Problem(Span(path), "may not be read", "check the file's permissions")
        case OSError():
            return Problem(Span(path), f"cannot be read: {(error.strerror or 'unknown').lower()}")
        case _:
            return Problem(Span(path), f"is not a path: {error}")


def _names_in(folder: Path) -> list[str]:
    """The names in a folder, as far as they may be listed."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def read_schema(name: str) -> str:
    """The text of a JSON Schema as it lies on disk, where it may refer to those beside it."""
    return (_HERE / "schemas" / f"{name}.json").read_text("utf-8")


def published_schema(name: str) -> str:
    """The text of a JSON Schema that stands alone."""
    import json

    from gonogo.bundle import bundle

    whole = bundle(name, _schema)
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _schema(name: str) -> dict[str, Any]:
    import json  # a check that goes well needs none

    found: dict[str, Any] = json.loads(read_schema(name))
    return found


def load_vocabulary() -> Vocabulary:
    """What a manifest can state, without the facts that packs add."""
    return vocabulary_of(ROOT, EVIDENCE_KINDS, lambda: _schema("manifest"))


def embedded_policies() -> Path:
    """The shipped packs: inside an installed package, else at the top of the checkout."""
    inside = _HERE / "policies"
    return inside if inside.is_dir() else _HERE.parents[1] / "policies"


class PackFolder(NamedTuple):
    """A pack that can be loaded. ``shown`` is how its files are named in messages.

    ``data`` are the bytes of pack.yaml that ``tree`` was read from, so that its digest is of them.
    """

    folder: Path
    shown: str
    data: bytes
    tree: Mapping
    head: Head


class Folder(NamedTuple):
    """A folder of packs and the name to show for it."""

    path: Path
    shown: str


def as_folder(text: str) -> Folder:
    return Folder(Path(text), text.rstrip("/") or text)


class Library:
    """The packs and profiles of the given folders, then of the embedded copy."""

    def __init__(self, folders: Iterable[str | Folder], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.folders = [as_folder(each) if isinstance(each, str) else each for each in folders]
        for path, shown in self.folders:
            if not shown:
                help = "check that the variable is set"
                raise InputError([Problem(Span("--policies"), "names no folder", help)])
            if not is_folder(str(path)):
                help = "check --policies, or GONOGO_POLICIES"
                raise InputError([Problem(Span(shown), "is no folder of packs", help)])
        self.found = self._find()
        self.loaded: dict[str, Pack] = {}

    def _find(self) -> dict[str, PackFolder]:
        """Every pack by id. A given folder comes before the embedded copy; twice is an error."""
        found: dict[str, PackFolder] = {}
        problems: list[Problem] = []
        for base, shown in self.folders:
            packs = list(_packs_in(base, shown, problems))
            if not packs and not problems and "profiles.yaml" not in listed(base, shown):
                help = "name a folder with <pack>/pack.yaml, or with profiles.yaml"
                problems.append(Problem(Span(shown), "holds no pack", help))
            for pack in packs:
                if pack.head.id in found:
                    other = found[pack.head.id].shown
                    where = f"{pack.shown}/pack.yaml"
                    text = f"the pack `{pack.head.id}` is also in {other}"
                    problems.append(Problem(Span(where, 1, 1), text, "keep one of them"))
                found[pack.head.id] = pack
        for pack in _packs_in(embedded_policies(), "", problems):
            found.setdefault(pack.head.id, pack)
        if problems:
            raise InputError(problems)
        return found

    def select(self, ids: Iterable[str]) -> tuple[Pack, ...]:
        """The named packs, or the default ones; a pack replaces those that it extends."""
        wanted = list(dict.fromkeys(ids)) or self.defaults()
        if not wanted:
            raise InputError(
                [Problem(Span("packs"), "no pack is the default one", "name one with --pack")]
            )
        packs = {id: self.load(id) for id in wanted}
        parents = {each.id for pack in packs.values() for each in pack.lineage[:-1]}
        kept = [pack for id, pack in packs.items() if id not in parents]
        self._check_shared(kept)
        return tuple(kept)

    def defaults(self) -> list[str]:
        """The ids of the packs that are used when none is named."""
        return sorted(id for id, pack in self.found.items() if pack.head.default)

    def _check_shared(self, packs: list[Pack]) -> None:
        """Inherited rules run once, so two packs may not extend the same one."""
        owner: dict[str, str] = {}
        for pack in packs:
            for each in pack.lineage[:-1]:
                if each.id in owner:
                    text = f"`{owner[each.id]}` and `{pack.id}` both extend `{each.id}`"
                    raise InputError([Problem(Span("packs"), text, "choose one with --pack")])
                owner[each.id] = pack.id

    def ids_in(self, folders: Iterable[Folder]) -> list[str]:
        """The packs of some of the given folders, in the order of their ids."""
        bases = [folder.path for folder in folders]
        return sorted(
            id
            for id, pack in self.found.items()
            if any(base in (pack.folder, pack.folder.parent) for base in bases)
        )

    def is_given(self, id: str) -> bool:
        """Does a pack come from a given folder, not from the embedded copy?"""
        return id in self.ids_in(self.folders)

    def tests_of(self, id: str) -> tuple[tuple[str, bytes], ...]:
        """The files of tests beside a pack's rules, by the name to show for each.

        Raises InputError.
        """
        problems: list[Problem] = []
        files = tuple(_yaml_in(self.found[id], "tests", problems))
        if problems:
            raise InputError(problems)
        return files

    def load(self, id: str, above: tuple[str, ...] = ()) -> Pack:
        """A pack by id, read once, on top of the pack it extends. Raises InputError."""
        if id in self.loaded:
            return self.loaded[id]
        if id not in self.found:
            text = f"there is no pack {quote(id)}"
            raise InputError([Problem(Span("--pack"), text, self._meant(id))])
        folder = self.found[id]
        if id in above:
            loop = " -> ".join((*above, id))
            span = Span(f"{folder.shown}/pack.yaml", 1, 1)
            text = f"packs extend each other in a circle: {loop}"
            raise InputError([Problem(span, text, "delete `extends` in one of them")])
        parent = None
        if folder.head.extends:
            if folder.head.extends not in self.found:
                span = folder.tree.entries["extends"].span
                text = f"`extends`: there is no pack {quote(folder.head.extends)}"
                raise InputError([Problem(span, text, self._meant(folder.head.extends))])
            parent = self.load(folder.head.extends, (*above, id))
        self.loaded[id] = read_pack(_files(folder), parent, self.vocabulary)
        return self.loaded[id]

    def _meant(self, id: str) -> str:
        """What to do about the id of a pack that is not there."""
        near = nearest(id, self.found)
        known = f"known packs: {', '.join(sorted(self.found))}; --policies names a folder of others"
        return f"did you mean `{near}`?" if near else known

    def profiles(self) -> tuple[dict[str, Profile], str]:
        """All profiles by name, and the default one. The first folder that has a file decides."""
        name, data = self._profiles_file
        return read_profiles(read_tree(data, name))

    def profiles_digest(self) -> FileDigest:
        """The digest of the file that the profiles are read from."""
        return FileDigest(self._profiles_file[1])

    @cached_property
    def _profiles_file(self) -> tuple[str, bytes]:
        """The name to show for the file of profiles, and what is in it: read once."""
        bases = [*self.folders, (embedded_policies(), "")]
        for base, shown in bases:
            if "profiles.yaml" in listed(base, shown):
                name = join(shown, "profiles.yaml")
                return name, read_file(str(base / "profiles.yaml"))
        raise InputError([Problem(Span("profiles.yaml"), "was not found", "reinstall gonogo")])


def _packs_in(base: Path, shown: str, problems: list[Problem]) -> Iterator[PackFolder]:
    """The pack folders directly below a folder, or the folder itself if it is one."""
    try:
        names = packs_in(base, shown, problems)
    except InputError as error:
        problems += error.problems
        return
    folders = [(base / name, join(shown, name) if name else shown) for name in names]
    for folder, label in folders:
        try:
            data = read_file(str(folder / "pack.yaml"))
            tree = read_tree(data, f"{label}/pack.yaml")
            head = read_head(tree)
        except InputError as error:
            problems += error.problems
            continue
        if isinstance(tree, Mapping):
            yield PackFolder(folder, label, data, tree, head)


def _files(folder: PackFolder) -> PackFiles:
    """What decides in a pack folder, with one digest over all of it. Raises InputError."""
    problems = beside_head(folder.folder, folder.shown)
    rules = tuple(_yaml_in(folder, "rules", problems))
    registers = tuple(_yaml_in(folder, "registers", problems))
    if problems:
        raise InputError(problems)
    head = (f"{folder.shown}/pack.yaml", folder.data)
    prefix = len(folder.shown) + 1
    files = tuple((name[prefix:], data) for name, data in (head, *rules, *registers))
    return PackFiles(FolderDigest(files), folder.tree, rules, registers)


def _yaml_in(folder: PackFolder, part: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for name in files_in(folder.folder, folder.shown, part, problems):
        yield f"{folder.shown}/{part}/{name}", read_file(str(folder.folder / part / name))

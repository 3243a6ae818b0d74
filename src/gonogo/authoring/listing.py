"""One run of `gonogo policy list`: the packs that can be used, and where each is."""

from gonogo.authoring.desk import open_desk
from gonogo.authoring.writing import refuse, write_found
from gonogo.diagnostics import InputError
from gonogo.documents.blocks import Bullets, Document, Item, Prose, Ref, joined
from gonogo.exits import ExitCode
from gonogo.library import Library, load_vocabulary
from gonogo.packs.policy import Pack
from gonogo.workbench.finding import counted


def run_list(targets: tuple[str, ...], policies: tuple[str, ...], format: str) -> ExitCode:
    """The packs that are named by id or folder; else all that can be used."""
    try:
        if targets:
            desk = open_desk(targets, policies)
            library, packs = desk.library, list(desk.packs)
        else:
            library = Library(policies, load_vocabulary())
            packs = [library.load(id) for id in sorted(library.found)]
        used = {pack.id for pack in library.select(())} if library.defaults() else set()
    except InputError as error:
        return refuse(error, "policy_list", format)
    write_found(_page(packs, library, used), _data(packs, library, used), format)
    return ExitCode.GO


def _page(packs: list[Pack], library: Library, used: set[str]) -> Document:
    return (Bullets(tuple(_entry(pack, library, pack.id in used) for pack in packs)),)


def _entry(pack: Pack, library: Library, used: bool) -> Item:
    identity = pack.identity
    extends: tuple[str | Ref, ...] = ()
    if len(pack.lineage) > 1:
        extends = ("extends ", Ref(pack.lineage[-2].id), "; ")
    said = joined(
        "used when no pack is named; " if used else "used when named; ",
        extends,
        f"{counted(len(pack.rules), 'rule')}; ",
        _where(pack, library),
    )
    title = joined(Ref(pack.id), f" {identity.version}: {identity.title}")
    return Item(title, (Item(said),))


def _where(pack: Pack, library: Library) -> Prose:
    folder = library.found[pack.id]
    return ("in ", Ref(folder.shown)) if library.is_given(pack.id) else "shipped"


def _data(packs: list[Pack], library: Library, used: set[str]) -> dict[str, object]:
    return {
        "policy_list": "gonogo/1",
        "packs": [
            {
                "id": pack.id,
                "version": pack.identity.version,
                "title": pack.identity.title,
                "sha256": str(pack.identity.digest),
                "default": pack.id in used,
                "extends": pack.lineage[-2].id if len(pack.lineage) > 1 else None,
                "rules": [rule.key for rule in pack.rules],
                "folder": library.found[pack.id].shown if library.is_given(pack.id) else None,
            }
            for pack in packs
        ],
    }

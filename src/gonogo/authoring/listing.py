"""One run of `gonogo policy list`: the packs that can be used, and where each is."""

from gonogo.authoring.writing import refuse, write_found
from gonogo.diagnostics import InputError
from gonogo.documents.blocks import Document, Ref, Table
from gonogo.exits import ExitCode
from gonogo.library import Library, load_vocabulary
from gonogo.packs.policy import Pack


def run_list(policies: tuple[str, ...], format: str) -> ExitCode:
    try:
        library = Library(policies, load_vocabulary())
        packs = [library.load(id) for id in sorted(library.found)]
        used = {pack.id for pack in library.select(())} if library.defaults() else set()
    except InputError as error:
        return refuse(error, "policy_list", format)
    write_found(_page(packs, library, used), _data(packs, library, used), format)
    return ExitCode.GO


def _page(packs: list[Pack], library: Library, used: set[str]) -> Document:
    rows = tuple(
        (
            Ref(pack.id),
            pack.identity.version,
            "yes" if pack.id in used else "no",
            pack.lineage[-2].id if len(pack.lineage) > 1 else "-",
            str(len(pack.rules)),
            _where(pack, library),
            pack.identity.title,
        )
        for pack in packs
    )
    head = ("pack", "version", "default", "extends", "rules", "folder", "title")
    return (Table(head, rows),)


def _where(pack: Pack, library: Library) -> str:
    folder = library.found[pack.id]
    return folder.shown if library.is_given(pack.id) else "shipped"


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

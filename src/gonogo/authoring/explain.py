"""One run of `gonogo explain`: find the pack or the rule that is meant, write its page."""

from collections.abc import Mapping

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.documents.blocks import Document
from gonogo.exits import ExitCode
from gonogo.explaining.pack_page import pack_page
from gonogo.explaining.rule_page import rule_page
from gonogo.library import Library, load_vocabulary
from gonogo.output import complain, write_document
from gonogo.packs.policy import OWN, Pack, Rule


def run_explain(name: str | None, policies: tuple[str, ...], format: str) -> ExitCode:
    """Explain a pack or a rule; without a name, every pack that is used when none is named."""
    wanted = name.removesuffix("/") if name else name
    try:
        document = explanation(wanted, Library(policies, load_vocabulary()))
    except InputError as error:
        complain(f"{error}\n")
        return ExitCode.BAD_INPUT
    write_document(document, format)
    return ExitCode.GO


def explanation(name: str | None, library: Library) -> Document:
    """The page of what is named. Raises InputError."""
    profiles, default = library.profiles()
    if name is None or name in library.found:
        packs = _defaults(library) if name is None else [library.load(name)]
        if not packs:
            help = f"name one: {', '.join(sorted(library.found))}"
            raise InputError([Problem(Span("explain"), "no pack is the default one", help)])
        return tuple(block for pack in packs for block in pack_page(pack, profiles, default))
    if name.partition("/")[0] == OWN:  # no pack can have that id
        return _own(name)
    rule, pack = _find(name, library)
    return rule_page(rule, pack, profiles, default)


def _own(name: str) -> Document:
    """The page of gonogo's own rule, by its key or as the only one that gonogo has."""
    from gonogo.engine.intact import own_rule  # the pages of packs need nothing of the engine
    from gonogo.explaining.own_page import own_page

    rule = own_rule()
    if name in (OWN, rule.key):
        return own_page(rule)
    wanted = name.partition("/")[2]
    raise _unknown("gonogo has no rule of its own", wanted, {rule.id: rule.key})


def _defaults(library: Library) -> list[Pack]:
    """The packs that a check uses unless told otherwise: one stands for those that it extends."""
    packs = [library.load(id) for id in library.defaults()]
    parents = {each.id for pack in packs for each in pack.lineage[:-1]}
    return [pack for pack in packs if pack.id not in parents]


def _find(name: str, library: Library) -> tuple[Rule, Pack]:
    """The rule that is meant, in the pack that it is explained in.

    A key such as eo-14409/review-window-held is first looked for where a check would read it: a
    house pack that inherits the rule may have changed its numbers. Then PACK/RULE of any pack.
    """
    used = [(rule, pack) for pack in _defaults(library) for rule in pack.rules]
    inherited = [pair for pair in used if pair[0].key == name]
    if len(inherited) == 1:
        return inherited[0]
    id, slash, wanted = name.partition("/")
    if not slash:
        return _the_only(id, used, library)
    if id not in library.found:
        known = {other: other for other in library.found}
        raise _unknown("there is no pack", id, known, _OTHERS)
    pack = library.load(id)
    rules = sorted(pack.rules, key=lambda rule: rule.pack != id)  # its own rules first
    for rule in rules:
        if wanted in (rule.id, rule.key):
            return rule, pack
    raise _unknown(f"{quote(id)} has no rule", wanted, {rule.id: rule.key for rule in rules})


def _the_only(id: str, used: list[tuple[Rule, Pack]], library: Library) -> tuple[Rule, Pack]:
    """The rule with a bare id, if one pack of those that are used has it."""
    found = [(rule, pack) for rule, pack in used if rule.id == id]
    if len(found) == 1:
        return found[0]
    if not found:
        known = {other: other for other in library.found}
        from gonogo.engine.intact import own_rule

        rules = {rule.id: rule.key for rule in (own_rule(), *(rule for rule, _ in used))}
        raise _unknown("there is no pack or rule", id, rules | known, _OTHERS)
    keys = {rule.key for rule, _ in found}
    if len(keys) < len(found):
        keys = {f"{pack.id}/{rule.id}" for rule, pack in found}
    text = f"{len(found)} rules are called {quote(id)}"
    raise InputError([Problem(Span("explain"), text, f"write {' or '.join(sorted(keys))}")])


_OTHERS = "; --policies names a folder of other packs"


def _unknown(what: str, word: str, known: Mapping[str, str], more: str = "") -> InputError:
    """A name that nothing has. ``known`` are the names that exist, with how to write each."""
    near = nearest(word, known)
    listed = ", ".join(sorted(known)[:12]) + (", ..." if len(known) > 12 else "")
    help = f"did you mean `{known[near]}`?" if near else f"known here: {listed}{more}"
    return InputError([Problem(Span("explain"), f"{what} {quote(word)}", help)])

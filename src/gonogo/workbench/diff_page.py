"""What an edit means, as a document: the verdicts, each rule with a witness, then the words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gonogo.diagnostics import Problem
from gonogo.documents.blocks import (
    Block,
    Bullets,
    Code,
    Document,
    Heading,
    Item,
    Paragraph,
    Problems,
    Prose,
    Ref,
    Table,
)
from gonogo.values.times import Moment
from gonogo.workbench.comparison import Comparison, RuleChange
from gonogo.workbench.edits import edit_item
from gonogo.workbench.finding import counted
from gonogo.workbench.witnesses import Witness
from gonogo.workbench.written import manifest_yaml


class Stored(NamedTuple):
    """A stored manifest whose verdict changes, or that a side refuses to read."""

    path: str
    verdicts: tuple[tuple[str, str | None, str | None], ...]  # profile, old, new; None if refused
    problem: Problem | None = None


class Difference(NamedTuple):
    """All that `policy diff` found out."""

    old: str
    new: str
    as_of: Moment
    comparisons: tuple[Comparison, ...]
    profiles: tuple[str, ...]  # changes to profiles.yaml, in words
    stored: tuple[Stored, ...] | None
    checked: int

    @property
    def can_change_verdict(self) -> bool:
        changed = any(each.verdicts for each in self.stored or ())
        packs = any(each.can_change_verdict for each in self.comparisons)
        return packs or changed or bool(self.profiles)


def diff_page(found: Difference) -> Document:
    blocks: list[Block] = [Heading(1, ("From ", Ref(found.old), " to ", Ref(found.new)))]
    blocks.append(Paragraph(_summary(found)))
    blocks.append(Paragraph(_looked_at(found)))
    if found.profiles:
        blocks.append(Heading(2, "Profiles"))
        blocks.append(Bullets(tuple(Item(line) for line in found.profiles)))
    for comparison in found.comparisons:
        blocks += _pack(comparison)
    if found.stored is not None:
        blocks += _corpus(found.stored, found.checked)
    return tuple(blocks)


def _summary(found: Difference) -> Prose:
    if not found.can_change_verdict:
        touched = any(each.edits or each.rules for each in found.comparisons)
        return "No verdict can change." + ("" if touched else " The packs say the same.")
    rules = [r for each in found.comparisons for r in each.rules if r.can_change_verdict]
    shown = [rule.key for rule in rules if rule.shows_verdict]
    open_ = [rule.key for rule in rules if not rule.shows_verdict]
    said: list[str | Ref] = []
    if shown or not open_:
        said += ["Verdicts can change", *_named(", through ", shown), "."]
    if open_:
        said += [" Whether they change" if said else "Whether verdicts change"]
        said += [*_named(" through ", open_), " is not known: the search was given up."]
    return tuple(said)


def _named(before: str, keys: Sequence[str]) -> Iterator[str | Ref]:
    for number, key in enumerate(keys):
        yield ", " if number else before
        yield Ref(key)


def _looked_at(found: Difference) -> str:
    """Without it, nothing that changes might mean that nothing was compared."""
    packs = "; ".join(map(_rules_of, found.comparisons))
    return f"Looked at {packs or 'profiles alone'}."


def _rules_of(comparison: Comparison) -> str:
    sides = [pack for pack in (comparison.old, comparison.new) if pack]
    versions = list(dict.fromkeys(pack.identity.version for pack in sides))
    rules = {rule.key for pack in sides for rule in pack.rules}
    said = f"{sides[0].id} {' and '.join(versions)}"
    if comparison.base is not None:
        said = " and ".join(f"{pack.id} {pack.identity.version}" for pack in sides)
    return f"{said}: {counted(len(rules), 'rule')}"


def _pack(comparison: Comparison) -> Iterator[Block]:
    pack = comparison.new or comparison.old
    if pack is None:
        return
    if comparison.old is None or comparison.new is None:
        how = "is new" if comparison.old is None else "is gone"
        yield Heading(2, ("The pack ", Ref(pack.id), f" {how}"))
        return
    if not (comparison.edits or comparison.rules):
        return
    base: tuple[str | Ref, ...] = ()
    if comparison.base is not None:
        base = (" beside ", Ref(comparison.base), ", which it extends")
    yield Heading(2, ("The pack ", Ref(pack.id), *base))
    shown: dict[str, str] = {}
    for rule in comparison.rules:
        yield from _rule(rule, shown)
    if comparison.old.default != comparison.new.default:
        now = "is one" if comparison.new.default else "is none"
        yield Paragraph(f"It {now} of the packs that are used when none is named.")
    if comparison.renamed:
        names: list[str | Ref] = []
        for name in comparison.renamed:
            names += [", " if names else "", Ref(name)]
        yield Paragraph(("Manifests of some developers are refused or taken anew: ", *names, "."))
    same_version = comparison.old.identity.version == pack.identity.version
    if comparison.edits and same_version and comparison.base is None:
        yield Paragraph(f"Its version is still {pack.identity.version}: raise it.")
    if comparison.edits:
        yield Heading(3, "What was edited")
        yield Bullets(tuple(map(edit_item, comparison.edits)))


def _rule(change: RuleChange, shown: dict[str, str]) -> Iterator[Block]:
    words = {"affected": "rests on what was changed"}
    yield Heading(3, (Ref(change.key), f" {words.get(change.how, 'was ' + change.how)}"))
    yield Paragraph(change.title)
    witness = change.answer.witness
    if witness is None:
        yield Paragraph(
            "no manifest was found on which it comes out differently"
            + ("; there is none" if change.answer.certain else ", but the search was given up")
        )
        return
    yield Paragraph(_outcomes(witness))
    yield Paragraph(_verdicts(witness, change))
    text = manifest_yaml(witness.facts)
    if text in shown:
        yield Paragraph(
            ("on the manifest shown for ", Ref(shown[text]), f", as of {witness.as_of}")
        )
        return
    shown[text] = change.key
    yield Paragraph(f"for example on this manifest, as of {witness.as_of}:")
    yield Code(text, "yaml")


def _outcomes(witness: Witness) -> str:
    old = witness.old.value if witness.old else "no such rule"
    new = witness.new.value if witness.new else "no such rule"
    return f"outcome: {old} before, {new} after" if old != new else f"outcome: {old} in both"


def _verdicts(witness: Witness, change: RuleChange) -> str:
    differ = [
        f"{n}: {old.value} before, {new.value} after"
        for n, old, new in witness.verdicts
        if old is not new
    ]
    if differ:
        return "verdict under " + "; under ".join(differ)
    if not change.blocks:
        return "its class blocks under no profile: the verdict stays"
    same = ", ".join(f"{name}: {new.value}" for name, _, new in witness.verdicts)
    stays = f"the verdict stays on this manifest ({same})"
    if not change.can_change_verdict:
        return stays
    return f"{stays}; the search for one on which it changes was given up"


def _corpus(stored: Sequence[Stored], checked: int) -> Iterator[Block]:
    yield Heading(2, "Stored manifests")
    changed = [each for each in stored if each.verdicts]
    yield Paragraph(f"{len(changed)} of {checked} change their verdict.")
    rows = [
        (Ref(each.path), profile, old or "refused", new or "refused")
        for each in changed
        for profile, old, new in each.verdicts
    ]
    if rows:
        yield Table(("manifest", "profile", "before", "after"), tuple(rows))
    broken = [each for each in stored if each.problem]
    if broken:
        yield Paragraph(f"{len(broken)} cannot be read, at least on one side:")
        yield Problems(tuple(each.problem for each in broken if each.problem))

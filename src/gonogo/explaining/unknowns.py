"""What leaves a rule open, and what does not: only what can happen to that rule."""

from collections.abc import Iterator

from gonogo.documents.blocks import Item
from gonogo.explaining.reach import Reach
from gonogo.manifests.facts import Kind
from gonogo.packs.language import Compare, Evidenced, FactRef, Stated
from gonogo.packs.policy import ANY, Rule

_ROWS_DEVELOPER = FactRef("row.developer")


def unknowns(rule: Rule, reads: Reach) -> Iterator[Item]:
    """One entry for each thing that may leave this rule open, or may not."""
    if rule.require is not None and rule.when.parts:
        yield Item(
            "If it is not known whether it applies, it still passes where what it requires is "
            "met; otherwise it cannot be decided."
        )
    if rule.require is not None and (rule.start_day or rule.until_day):
        yield Item(
            "If only some of the possible dates of the release fall in its time, a failure cannot "
            "be certain either."
        )
    if any(isinstance(leaf, Stated) for leaf in reads.leaves):
        yield Item("Whether something is stated is always known.")
    if any(isinstance(leaf, Evidenced) for leaf in reads.leaves):
        yield Item(
            "Evidence counts if its file is there and has the digest that is stated. Where the "
            "file is missing or not named, it is not known whether there is evidence."
        )
    if _compares(reads, Kind.MOMENT):
        yield Item(
            "A date without a time is that whole day, and a month that whole month: two of them "
            "that could be in either order leave the comparison open."
        )
    if any(isinstance(leaf, Compare) and leaf.subject == _ROWS_DEVELOPER for leaf in reads.leaves):
        yield Item(
            f'A row for the developer "{ANY}" fits every developer; '
            "a developer one letter off leaves it open."
        )
    if _compares(reads, Kind.NAME):
        yield Item(
            "Model names are the same whatever their case, spaces and hyphens. If one contains "
            "the other, they may or may not be the same model, and it stays open."
        )


def _compares(reads: Reach, kind: Kind) -> bool:
    return any(isinstance(leaf, Compare) and leaf.spec.kind is kind for leaf in reads.leaves)

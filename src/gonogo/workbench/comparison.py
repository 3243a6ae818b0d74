"""What an edit of a pack means: which rules can come out differently, and on which manifest."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gonogo.manifests.leaf import ID
from gonogo.packs.policy import Effect, Pack, Profile, Rule
from gonogo.search.changes import Changes, bare
from gonogo.values.times import Moment
from gonogo.workbench.edits import Edit, edits
from gonogo.workbench.near_rows import Seed
from gonogo.workbench.witnesses import Answer, Sides, Witnesses


class RuleChange(NamedTuple):
    """A rule that is new, gone or may come out differently, with a witness if one was found.

    ``blocks`` says whether the rule blocks under some profile on either side.
    """

    key: str
    title: str
    how: str  # added, removed, changed, affected
    answer: Answer
    blocks: bool

    @property
    def can_change_outcome(self) -> bool:
        """Also where the search was given up: nothing is called safe that is not known to be."""
        return self.answer.witness is not None or not self.answer.certain

    @property
    def can_change_verdict(self) -> bool:
        return self.can_change_outcome and self.blocks and self.answer.weighs

    @property
    def shows_verdict(self) -> bool:
        """Is there a witness whose verdict changes? Else the search for one was given up."""
        return self.answer.witness is not None and self.answer.witness.verdict_differs


class Comparison(NamedTuple):
    """One pack before and after. A pack that is new or gone has None on the other side.

    A new house pack stands beside the pack that it extends, where it takes that one's place.
    """

    old: Pack | None
    new: Pack | None
    edits: tuple[Edit, ...]
    rules: tuple[RuleChange, ...]

    @property
    def base(self) -> str | None:
        """The pack before, if it is another one."""
        return self.old.id if self.old and self.new and self.old.id != self.new.id else None

    @property
    def can_change_verdict(self) -> bool:
        if self.old is None or self.new is None or self.old.default != self.new.default:
            return True
        if self.old.most_waiver_days != self.new.most_waiver_days:
            return True  # a file of waivers is refused by the one, and taken by the other
        return bool(self.renamed) or any(rule.can_change_verdict for rule in self.rules)

    @property
    def renamed(self) -> list[str]:
        """Developers whose manifests are refused, or taken, and were not before."""
        before, after = (pack.developers() if pack else {} for pack in (self.old, self.new))
        changed = [n for n in sorted({*before, *after}) if before.get(n) != after.get(n)]
        return [name for name in changed if ID.fullmatch(name)]


def compare_packs(
    old: Pack,
    new: Pack,
    profiles: tuple[Mapping[str, Profile], Mapping[str, Profile]],
    seeds: Sequence[Seed],
    as_of: Moment,
) -> Comparison:
    sides = Sides(Changes(old, new), profiles)
    witnesses = Witnesses(sides, seeds, as_of)
    return Comparison(old, new, tuple(edits(old, new)), tuple(_rules(sides, witnesses)))


def _rules(sides: Sides, witnesses: Witnesses) -> Iterator[RuleChange]:
    olds, news = ({rule.key: rule for rule in pack.rules} for pack in sides.changes.packs)
    for key in dict.fromkeys((*olds, *news)):
        old, new = olds.get(key), news.get(key)
        rule = new or old
        if rule is None:
            continue
        answer = witnesses.of_rule(key)
        if old and new and _effects(old, sides, 0) != _effects(new, sides, 1):
            witness = answer.witness or witnesses.of_class(new)
            answer = Answer(witness, witness is not None, weighs=True)
        how = "added" if old is None else "removed" if new is None else _how(old, new)
        change = RuleChange(key, rule.title, how, answer, _blocks(old, new, sides))
        if how != "affected" or change.can_change_outcome:
            yield change


def _how(old: Rule, new: Rule) -> str:
    """Was the rule itself changed, or only something it rests on?"""
    return "affected" if bare(old) == bare(new) else "changed"


def _effects(rule: Rule, sides: Sides, side: int) -> list[Effect]:
    return [sides.profiles[side][name].effects[rule.rule_class] for name in sides.names()]


def _blocks(old: Rule | None, new: Rule | None, sides: Sides) -> bool:
    effects = [*(_effects(old, sides, 0) if old else ()), *(_effects(new, sides, 1) if new else ())]
    return Effect.BLOCK in effects

"""The results of a pack's tests as documents: what failed and why, what was never tested."""

from collections.abc import Iterator, Sequence

from gonogo.diagnostics import Span
from gonogo.documents.blocks import (
    Block,
    Bullets,
    Code,
    Document,
    Heading,
    Item,
    Paragraph,
    Prose,
    Ref,
)
from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step
from gonogo.packs.language import All, AnyOf, Holds, NoneOf
from gonogo.reporting.wording import sentence
from gonogo.workbench.coverage import Coverage
from gonogo.workbench.edits import edit_item, edits
from gonogo.workbench.mutation import Mutation
from gonogo.workbench.suite import Suite
from gonogo.workbench.trials import Mismatch, Trial


def test_page(suite: Suite, trials: Sequence[Trial]) -> Document:
    """One line for a pack whose tests pass; each failure with expected, actual and trace."""
    failed = [trial for trial in trials if trial.mismatches]
    identity = suite.pack.identity
    counts = f"{len(trials) - len(failed)} of {len(trials)} tests pass"
    blocks: list[Block] = [Paragraph((Ref(identity.id), f" {identity.version}: {counts}"))]
    for trial in failed:
        blocks.append(Paragraph((trial.case.name, "  ", _place(trial.case.span)), lead="FAIL"))
        blocks.append(Bullets(tuple(_mismatch(mismatch) for mismatch in trial.mismatches)))
    return tuple(blocks)


def _place(span: Span) -> Ref:
    return Ref(str(span))


def _mismatch(mismatch: Mismatch) -> Item:
    said = f": expected {mismatch.expected}, got {mismatch.actual}"
    below = _trace(mismatch.result, mismatch.expected) if mismatch.result else ()
    return Item((Ref(mismatch.what), said), below)


def _trace(result: RuleResult, expected: str) -> tuple[Item, ...]:
    """The trace of a rule: every condition with its answer.

    Where nobody doubts that the rule applies, its scope is one line.
    """
    parts = (("when", result.when), ("require", result.require))
    items = [_step(word, step, result.situation) for word, step in parts if step and step.parts]
    if {expected, result.outcome.value} == {"pass", "fail"} and len(items) > 1:
        items[0] = items[0]._replace(items=())
    if not items:
        force = result.rule.start_day or "the beginning"
        return (Item(f"in force from {force}; nothing was evaluated"),)
    return tuple(items)


def _step(word: str, step: Step, situation: Situation) -> Item:
    match step.condition:
        case All():
            said = "all of"
        case AnyOf():
            said = "any of"
        case NoneOf():
            said = "none of"
        case Holds(name=name):
            return _step(f"{word} {name}:".strip(), step.parts[0], situation)
        case _:
            said = sentence(step, situation)
    parts = step.parts if isinstance(step.condition, All | AnyOf | NoneOf) else ()
    text = f"{word} {said}".strip()
    return Item(f"{step.truth.value}: {text}", tuple(_step("", part, situation) for part in parts))


def coverage_page(suite: Suite, found: Coverage) -> Document:
    """The shares, then every answer and every side of an edge that no test has seen."""
    leaf, edge = f"{100 * found.leaf:.1f} %", f"{100 * found.edge:.1f} %"
    blocks: list[Block] = [
        Heading(2, ("Coverage of ", Ref(suite.pack.id))),
        Paragraph(f"leaves {leaf} (each seen true, false and unknown), edges {edge}"),
    ]
    items = [
        Item((Ref(leaf.owner), f" never {truth.value}: ", _place(leaf.condition.span)))
        for leaf, truth in found.unseen
    ]
    items += [
        Item((Ref(edge.owner), f" never {edge.side}: ", _place(edge.span)))
        for edge in found.untested
    ]
    if items:
        blocks.append(Bullets(tuple(items)))
    return tuple(blocks)


def mutation_page(suite: Suite, found: Mutation, tests: Sequence[str | None]) -> Document:
    """The score, then each change that no test noticed, with a test that would notice it."""
    noticed = found.total - len(found.survivors)
    blocks: list[Block] = [
        Heading(2, ("Mutation of ", Ref(suite.pack.id))),
        Paragraph(f"{noticed} of {found.total} changes noticed: {100 * found.score:.1f} %"),
    ]
    for (mutant, why), test in zip(found.survivors, tests, strict=True):
        blocks.append(Paragraph((mutant.change, "  ", _place(mutant.span)), lead="SURVIVES"))
        if why is None:
            blocks.append(Bullets(tuple(map(edit_item, edits(suite.pack, mutant.pack)))))
        blocks += _remedy(why, test)
    for survivor in found.stale:
        text: Prose = (survivor.change, "  ", _place(survivor.span))
        blocks.append(Paragraph(text, lead="STALE"))
        blocks.append(Paragraph("this mutant is noticed now, or does not exist: delete the line"))
    return tuple(blocks)


def failing_page(suite: Suite) -> Document:
    """Why a pack was not mutated."""
    text = "not mutated: make its tests pass first, or every change would seem noticed"
    return (Paragraph((Ref(suite.pack.id), f" {text}")),)


def _remedy(why: str | None, test: str | None) -> Iterator[Block]:
    if why is not None:
        yield Paragraph(f"explained: {why}")
    elif test is not None:
        yield Paragraph(
            "no test noticed; this one would: paste it below `tests:` in a file of tests/"
        )
        yield Code(test, "yaml")
    else:
        yield Paragraph(
            "no test noticed, and no manifest was found on which it makes a difference: perhaps "
            "there is none. Then add it below `survivors:` in a file of tests/ with the reason"
        )

"""The results of a pack's tests as documents: what failed and why, what was never tested."""

from collections.abc import Iterator, Sequence, Set

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
    Ref,
)
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step, deciding, every_leaf
from gonogo.packs.language import All, AnyOf, Holds, NoneOf
from gonogo.reporting.wording import sentence
from gonogo.values.truth import Truth
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
        blocks.append(Problems((Problem(trial.case.span, f"fails: {trial.case.name}"),)))
        blocks.append(Bullets(tuple(_mismatch(mismatch) for mismatch in trial.mismatches)))
    return tuple(blocks)


def _mismatch(mismatch: Mismatch) -> Item:
    said = f": expected {mismatch.expected}, got {mismatch.actual}"
    below = _trace(mismatch.result, mismatch.expected) if mismatch.result else ()
    return Item((Ref(mismatch.what), said), below)


def _trace(result: RuleResult, expected: str) -> tuple[Item, ...]:
    """The trace of a rule: every condition with its answer, and which of them decide the outcome.

    Where nobody doubts that the rule applies, its scope is one line.
    """
    parts = (("when", result.when), ("require", result.require))
    evaluated = [(word, step) for word, step in parts if step and step.parts]
    several = len([leaf for _, step in evaluated for leaf in every_leaf(step)]) > 1
    items = []
    for word, step in evaluated:
        decides = several and _decides(result, step)
        marked = {id(leaf) for leaf in deciding(step)} if decides else frozenset[int]()
        items.append(_step(word, step, result.situation, marked))
    if {expected, result.outcome.value} == {"pass", "fail"} and len(items) > 1:
        items[0] = items[0]._replace(items=())
    if not items:
        force = result.rule.start_day or "the beginning"
        return (Item(f"in force from {force}; nothing was evaluated"),)
    return tuple(items)


def _decides(result: RuleResult, step: Step) -> bool:
    """Does the outcome come from this part of the rule, its `when` or its `require`?"""
    match result.outcome:
        case Outcome.UNKNOWN:
            return step.truth is Truth.UNKNOWN
        case Outcome.NOT_APPLICABLE:
            return step is result.when
        case _:
            return step is result.require


def _step(word: str, step: Step, situation: Situation, marked: Set[int]) -> Item:
    match step.condition:
        case All():
            said = "all of"
        case AnyOf():
            said = "any of"
        case NoneOf():
            said = "none of"
        case Holds(name=name):
            return _step(f"{word} {name}:".strip(), step.parts[0], situation, marked)
        case _:
            said = sentence(step, situation)
    parts = step.parts if isinstance(step.condition, All | AnyOf | NoneOf) else ()
    mark = " (decides)" if id(step) in marked else ""
    text = f"{step.truth.value}{mark}: {word + ' ' if word else ''}{said}"
    return Item(text, tuple(_step("", part, situation, marked) for part in parts))


def coverage_page(suite: Suite, found: Coverage, tests: Sequence[str]) -> Document:
    """The shares, then all that no test has seen, then tests that would see some of it."""
    leaf, edge = f"{100 * found.leaf:.1f} %", f"{100 * found.edge:.1f} %"
    blocks: list[Block] = [
        Heading(2, ("Coverage of ", Ref(suite.pack.id))),
        Paragraph(
            f"conditions {leaf} (each seen true, false and unknown), "
            f"boundaries {edge} (each number and date from both sides)"
        ),
    ]
    problems = [
        Problem(leaf.condition.span, f"a condition of `{leaf.owner}` was never {truth.value}")
        for leaf, truth in found.unseen
    ]
    problems += [
        Problem(edge.span, f"a boundary of `{edge.owner}` was never tested: {edge.shown}")
        for edge in found.untested
    ]
    if problems:
        blocks.append(Problems(tuple(sorted(problems))))
    if tests:
        said = "this test sees more; it expects what the rules say now, so check it:"
        if len(tests) > 1:
            said = "these tests see more; they expect what the rules say now, so check each:"
        blocks.append(Paragraph(said))
        blocks.append(Code("\n".join(tests), "yaml"))
    return tuple(blocks)


def mutation_page(suite: Suite, found: Mutation, tests: Sequence[str | None]) -> Document:
    """The score, then each change that no test noticed, with a test that would notice it."""
    noticed = found.total - len(found.survivors)
    blocks: list[Block] = [
        Heading(2, ("Mutation of ", Ref(suite.pack.id))),
        Paragraph(f"{noticed} of {found.total} changes noticed: {100 * found.score:.1f} %"),
    ]
    for (mutant, why), test in zip(found.survivors, tests, strict=True):
        blocks.append(Problems((Problem(mutant.span, f"survives: {mutant.change}"),)))
        if why is None:
            blocks.append(Bullets(tuple(map(edit_item, edits(suite.pack, mutant.pack)))))
        blocks += _remedy(why, test)
    help = "this mutant is noticed now, or does not exist: delete the line"
    stale = [Problem(each.span, f"stale: {each.change}", help) for each in found.stale]
    if stale:
        blocks.append(Problems(tuple(stale)))
    return tuple(blocks)


def failing_page(suite: Suite) -> Document:
    """Why a pack was not mutated."""
    text = "not mutated: make its tests pass first, or every change would seem noticed"
    return (Paragraph((Ref(suite.pack.id), f" {text}")),)


def _remedy(why: str | None, test: str | None) -> Iterator[Block]:
    if why is not None:
        yield Bullets((Item(f"explained: {why}"),))
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

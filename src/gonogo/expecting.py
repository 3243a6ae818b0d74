"""What a deploy job says of a manifest: that a stage happens now, and what it must be about.

What the command line says is read once, before any manifest. Nothing here quotes a sensitive fact,
not even what the command line says it is: the job's log may be read by more people than the fact.
"""

from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.engine.situation import as_of_period
from gonogo.manifests.facts import Fact, Facts, FactSpec, Kind, Manifest, Origin, Value, show
from gonogo.manifests.leaf import WrongValueError, read_value
from gonogo.manifests.vocabulary import STAGES, Vocabulary
from gonogo.ready import Ready
from gonogo.reporting.disclosure import hides_coverage
from gonogo.reporting.report import Disclosure
from gonogo.trees.nodes import Node, Scalar, Sequence
from gonogo.values.names import Name
from gonogo.values.times import Moment, Precision, local_date
from gonogo.values.truth import Truth

_EXPECT = Span("--expect")
_RELEASE_NOW = Span("--release-now")
_STAGES = {stage.removeprefix("release.").removesuffix("_at"): stage for stage in STAGES}
_WEIGHTS = "release.weights_at"
_FLAGS = {"true": True, "false": False}


class Expectation(NamedTuple):
    """What one fact must be; ``text`` as typed."""

    spec: FactSpec
    text: str
    value: Value | Moment


class Order(NamedTuple):
    """What the command line says of every manifest of the run."""

    stage: str | None
    expectations: tuple[Expectation, ...]


def order_of(release_now: str | None, expect: tuple[str, ...], ready: Ready) -> Order:
    """The order as typed. Raises InputError with every problem of it."""
    problems: list[Problem] = []
    stage = None
    if release_now is not None and (stage := _stage(release_now)) is None:
        problems.append(_no_stage(release_now))
    expectations: list[Expectation] = []
    for text in expect:
        match _expectation(text, ready):
            case Problem() as problem:
                problems.append(problem)
            case Expectation() as expectation:
                expectations.append(expectation)
    if problems:
        raise InputError(problems)
    return Order(stage, tuple(expectations))


def carried_out(order: Order, manifest: Manifest, ready: Ready) -> Manifest:
    """The manifest with its stage at the as-of time. Raises InputError if it is of something else.

    What is expected is compared with what the manifest says, before the stage is moved.
    """
    zone = ready.packs[0].zone
    wrong = [
        _mismatch(each, manifest)
        for each in order.expectations
        if not _is_so(each, manifest.facts.get(each.spec.path).value, ready)
    ]
    if order.stage == _WEIGHTS and manifest.facts.get("model.weights").value == "closed":
        wrong.append(_closed(manifest))
    if wrong:
        raise InputError(wrong)
    if order.stage is None:
        return manifest
    period = as_of_period(ready.as_of, ready.packs[0])
    said = period.low.astimezone(zone).isoformat(timespec="seconds")
    now = Moment(said, Precision.INSTANT, period.low)
    stated = manifest.facts.get(order.stage)
    span = stated.span or Span(manifest.file)
    moved = Fact(order.stage, now, Origin.MANIFEST, span, note="--release-now")
    warnings = (*manifest.warnings, *_differs(stated, now, span, ready))
    return manifest._replace(facts=manifest.facts.with_facts([moved]), warnings=warnings)


def _stage(name: str) -> str | None:
    """The fact of a stage: `public`, `public_at` and `release.public_at` are the same."""
    return _STAGES.get(name.removeprefix("release.").removesuffix("_at"))


def _no_stage(name: str) -> Problem:
    known = f"one of {', '.join(_STAGES)}"
    if not name:
        return Problem(_RELEASE_NOW, "names no stage", f"check that the variable is set; {known}")
    near = nearest(name.removeprefix("release.").removesuffix("_at"), _STAGES)
    help = f"did you mean `{near}`? {known}" if near else known
    return Problem(_RELEASE_NOW, f"there is no stage {quote(name)}", help)


def _expectation(text: str, ready: Ready) -> Expectation | Problem:
    path, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        return Problem(_EXPECT, f"{quote(text)} has no `=`", "write --expect model.version=1.0")
    spec = ready.vocabulary.specs.get(path)
    if spec is None or not ready.vocabulary.can_state(path):
        return _no_fact(path, spec, ready.vocabulary)
    if not value:
        help = f"check that the variable is set; write --expect {path}=VALUE"
        return Problem(_EXPECT, f"nothing stands after `{path}=`", help)
    try:
        return Expectation(spec, value, read_value(_node(value, spec), spec, ready.packs[0].zone))
    except WrongValueError as wrong:
        return _unreadable(spec, wrong)


def _no_fact(path: str, spec: FactSpec | None, vocabulary: Vocabulary) -> Problem:
    example = "name a fact that a manifest states, as model.version"
    if spec is not None:
        return Problem(_EXPECT, f"`{path}` is computed; no manifest states it", example)
    meant = dict(vocabulary.also()).get(path)
    near = meant or nearest(path, [each for each in vocabulary.specs if vocabulary.can_state(each)])
    help = f"did you mean `{near}`?" if near else example
    return Problem(_EXPECT, f"there is no fact {quote(path)}", help)


def _node(text: str, spec: FactSpec) -> Node:
    """The text as a manifest would hold it: a flag without quotes, a list as a list."""
    if spec.kind is Kind.FLAG and text in _FLAGS:
        return Scalar(_FLAGS[text], text, False, _EXPECT)
    if spec.kind is Kind.LIST:
        parts = [part.strip() for part in text.split(",")]
        return Sequence([Scalar(part, part, True, _EXPECT) for part in parts], _EXPECT)
    return Scalar(text, text, True, _EXPECT)


def _unreadable(spec: FactSpec, wrong: WrongValueError) -> Problem:
    """A value that the fact can never have."""
    if spec.sensitive:
        known = (
            f"one of {', '.join(spec.choices)}" if spec.choices else "write it as a manifest does"
        )
        return Problem(_EXPECT, f"`{spec.path}` can never be what is written after `=`", known)
    key = spec.path.rpartition(".")[2]
    help = wrong.help.replace(f"`{key}: ", f"`--expect {spec.path}=") if wrong.help else None
    return Problem(_EXPECT, f"`{spec.path}`: {wrong.message}", help)


def _is_so(expected: Expectation, stated: Value | Moment | None, ready: Ready) -> bool:
    """Names as people mean them, times however they are written, lists in any order."""
    zone = ready.packs[0].zone
    wanted = expected.value
    if isinstance(stated, Moment) and isinstance(wanted, Moment):
        return stated.period(zone).within(wanted.period(zone)) is Truth.TRUE
    if isinstance(stated, Name) and isinstance(wanted, Name):
        return stated.same_as(wanted) is Truth.TRUE
    if expected.spec.kind is Kind.LIST and isinstance(stated, tuple) and isinstance(wanted, tuple):
        return set(stated) == set(wanted)
    return stated is not None and stated == wanted


def _mismatch(expected: Expectation, manifest: Manifest) -> Problem:
    path = expected.spec.path
    fact = manifest.facts.get(path)
    where = fact.span or Span(manifest.file)
    help = "check that this is the manifest of what is being released"
    if _may_not_be_shown(expected.spec, manifest.facts):
        return Problem(where, f"`{path}` is not what --expect says", help)
    is_now = (fact.cause.value if fact.cause else "") or f"is {quote(show(fact.value))}"
    return Problem(where, f"`{path}` {is_now}; --expect says {quote(expected.text)}", help)


def _closed(manifest: Manifest) -> Problem:
    """Weights that the manifest keeps are being published: its facts are not those of this release.

    In a manifest of a plan that is odd; here a GO would be about something that does not happen.
    """
    where = manifest.facts.get("model.weights").span or Span(manifest.file)
    said = "`model.weights` is closed; --release-now says that they are published"
    return Problem(where, said, "write `weights: open` or `staged`, or name another stage")


def _may_not_be_shown(spec: FactSpec, facts: Facts) -> bool:
    """As in a report that gives reasons."""
    of_coverage = spec.path.startswith("coverage.")
    return spec.sensitive or (of_coverage and hides_coverage(facts, Disclosure.REASONS))


def _differs(stated: Fact, now: Moment, span: Span, ready: Ready) -> list[Problem]:
    """The warning that the manifest dates the stage on another day, or not at all."""
    zone = ready.packs[0].zone
    checked = f"--release-now checks {now.text}"
    if not isinstance(stated.value, Moment):
        cause = stated.cause.value if stated.cause else "is not stated"
        return [Problem(span, f"`{stated.path}` {cause}; {checked}", "date it in the manifest")]
    period, instant = stated.value.period(zone), now.period(zone).low
    today = local_date(instant, zone)
    if local_date(period.low, zone) <= today <= local_date(period.high, zone):
        return []
    said = f"`{stated.path}` is {quote(stated.value.text)}; {checked} instead"
    if period.high < instant:
        help = "if it has happened as dated, check without --release-now; else correct the date"
        return [Problem(span, said, help)]
    return [Problem(span, said, "if the plan has changed, correct the date in the manifest")]

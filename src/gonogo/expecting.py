"""What a deploy job adds to a manifest: that a stage happens now, and what it must be about."""

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.manifests.facts import Fact, FactSpec, Manifest, Origin, show
from gonogo.manifests.leaf import WrongValueError, read_value
from gonogo.manifests.vocabulary import STAGES
from gonogo.ready import Ready
from gonogo.trees.nodes import Scalar
from gonogo.values.times import Moment, Precision


def adjusted(
    manifest: Manifest, expect: tuple[str, ...], release_now: str | None, ready: Ready
) -> Manifest:
    """The manifest with a stage at the as-of time. Raises InputError if it is of something else."""
    problems = [problem for text in expect if (problem := _unexpected(text, manifest, ready))]
    if problems:
        raise InputError(problems)
    if release_now is None:
        return manifest
    stage = _stage(release_now)
    period = ready.as_of.period(ready.packs[0].zone)
    now = Moment(ready.as_of.text, Precision.INSTANT, period.high.replace(microsecond=0))
    span = manifest.facts.get(stage).span
    fact = Fact(stage, now, Origin.MANIFEST, span, note="--release-now")
    return manifest._replace(facts=manifest.facts.with_facts([fact]))


def _stage(name: str) -> str:
    known = {stage.removeprefix("release.").removesuffix("_at"): stage for stage in STAGES}
    word = name.removeprefix("release.").removesuffix("_at")
    if word in known:
        return known[word]
    near = nearest(word, known)
    help = f"did you mean `{near}`?" if near else f"one of {', '.join(known)}"
    raise InputError([Problem(Span("--release-now"), f"there is no stage {quote(name)}", help)])


def _unexpected(text: str, manifest: Manifest, ready: Ready) -> Problem | None:
    """The problem if the manifest is not about what the command line says."""
    path, equals, value = text.partition("=")
    span = Span("--expect")
    spec = ready.vocabulary.specs.get(path)
    if not equals:
        return Problem(span, f"{quote(text)} has no `=`", "write --expect model.version=1.0")
    if spec is None:
        near = nearest(path, ready.vocabulary.specs)
        help = f"did you mean `{near}`?" if near else "name a fact, as model.version"
        return Problem(span, f"there is no fact {quote(path)}", help)
    fact = manifest.facts.get(path)
    if fact.value is not None and _same(value, fact, spec, ready):
        return None
    is_said = "is not stated" if fact.value is None else f"is {quote(show(fact.value))}"
    said = is_said if not spec.sensitive else "is something else"
    where = fact.span or Span(manifest.file)
    return Problem(where, f"`{path}` {said}; --expect says {quote(value)}", "check the right file")


def _same(text: str, fact: Fact, spec: FactSpec, ready: Ready) -> bool:
    node = Scalar(text, text, True, Span("--expect"))
    try:
        return read_value(node, spec, ready.packs[0].zone) == fact.value
    except WrongValueError:
        return show(fact.value) == text

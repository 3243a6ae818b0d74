"""One run of `gonogo plan`: read the manifest, make the plan, write it everywhere it is wanted."""

import os
from pathlib import Path
from typing import NamedTuple

from gonogo.diagnostics import InputError, Problem, Span, listing, nearest, quote, visible
from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.exits import ExitCode, exit_code
from gonogo.manifests.facts import Manifest
from gonogo.manifests.fields import FIRST_LINE
from gonogo.manifests.vocabulary import STAGES
from gonogo.output import complain, write, write_document, write_file
from gonogo.planning.applying import Copy
from gonogo.planning.data import plan_data, refusal_data
from gonogo.planning.making import Wish, make_plan
from gonogo.planning.page import plan_page
from gonogo.planning.plan import Plan
from gonogo.planning.rewriting import rewritten
from gonogo.ready import Ready, Wanted, make_ready, manifest_in, read_input
from gonogo.render.json_text import json_text
from gonogo.reporting.report import Refusal
from gonogo.trees.nodes import Mapping
from gonogo.trees.reader import decode, is_json, read_tree
from gonogo.values.times import NO_MOMENT, Moment, Precision, parse_moment

_PAGES = ("text", "markdown")
_SUFFIXES = {".json": "json", ".md": "markdown", ".txt": "text", ".ics": "ics"}


class PlanSettings(NamedTuple):
    """What the command line asked for."""

    manifest: str
    wanted: Wanted
    target: str | None
    stages: tuple[str, ...]
    format: str
    outputs: tuple[str, ...]
    write: str | None


def run_plan(settings: PlanSettings) -> ExitCode:
    """The exit code is that of the verdict: as the manifest stands, or on the wanted date."""
    try:
        formats = [(path, _format_of(path)) for path in settings.outputs]
        _keep_apart(settings)
        ready = make_ready(settings.wanted)
        data = read_input(settings.manifest)
        manifest, copy = _read(data, settings.manifest, ready)
        plan = make_plan(manifest, copy, ready.profile, _wish(settings, manifest, ready))
        # Everything is made before anything is written.
        files = [(path, _bytes(plan, format)) for path, format in formats]
        if settings.write is not None:
            files.append((settings.write, _changed(data, plan, settings.manifest, ready)))
        shown = None if settings.format in _PAGES else _bytes(plan, settings.format).decode()
        for path, written in files:
            write_file(path, written, private=path != settings.write)
    except InputError as error:
        if settings.format == "json":
            write(json_text(refusal_data(Refusal(settings.manifest, error.problems))))
        complain(f"{listing(error.problems)}\n")
        return ExitCode.BAD_INPUT
    if settings.write is not None:
        complain(f"written: {visible(settings.write)}, with the first change\n")
    if shown is None:
        write_document(plan_page(plan), settings.format)
    else:
        write(shown)
    return exit_code(plan.verdict)


def _keep_apart(settings: PlanSettings) -> None:
    """Raises InputError where something would be written over what is read, or written twice."""
    read = ((settings.manifest, "the manifest"), (settings.wanted.waivers, "the file of waivers"))
    taken = {os.path.realpath(path): what for path, what in read if path not in (None, "-")}
    problems = []
    for path in (*settings.outputs, settings.write):
        if path is None:
            continue
        place = os.path.realpath(path)
        if place in taken:
            text = f"is {taken[place]} of this run, and would be replaced"
            problems.append(Problem(Span(path), text, "write to another file"))
        taken.setdefault(place, "another output")
    if problems:
        raise InputError(problems)


def _read(data: bytes, path: str, ready: Ready) -> tuple[Manifest, Copy]:
    tree = read_tree(data, path, begins=FIRST_LINE)
    manifest = manifest_in(tree, path, data, ready)
    packs = tuple(sorted(ready.packs, key=lambda pack: pack.id))
    frame = Frame(packs, ready.profiles[ready.profile], ready.as_of)
    if not isinstance(tree, Mapping):
        raise InputError([Problem(tree.span, "is no manifest")])
    copy = Copy(tree, ready.vocabulary, ready.developers, frame, manifest.facts.evidence)
    return manifest, copy


def _wish(settings: PlanSettings, manifest: Manifest, ready: Ready) -> Wish:
    stages = tuple(_stage(name, manifest) for name in settings.stages)
    if settings.target is None:
        return Wish(stages, None)
    if not any(isinstance(manifest.facts.get(stage).value, Moment) for stage in stages or STAGES):
        text = "the release has no date to move"
        raise InputError([Problem(Span("--target"), text, "state a stage, as release.public_at")])
    moment = parse_moment(settings.target)
    if not isinstance(moment, Moment) or moment.precision is Precision.MONTH:
        said = moment if isinstance(moment, str) else "is a month"
        said = "is not a date or an instant" if said == NO_MOMENT else said
        help = "write --target 2026-12-15"
        raise InputError([Problem(Span("--target"), f"{quote(settings.target)} {said}", help)])
    zone = ready.packs[0].zone
    if moment.period(zone).high < ready.as_of.period(zone).low:
        is_day = ready.as_of.precision is Precision.DAY
        as_of = ready.as_of.text if is_day else ready.as_of.start.astimezone(zone).isoformat()
        text = f"{quote(settings.target)} is before the as-of time, {as_of}"
        raise InputError([Problem(Span("--target"), text, "name a day that is still to come")])
    return Wish(stages, moment)


def _stage(name: str, manifest: Manifest) -> str:
    known = {stage.removeprefix("release."): stage for stage in STAGES}
    stage = known.get(f"{name.removeprefix('release.').removesuffix('_at')}_at")
    if stage is None:
        near = nearest(name.removeprefix("release."), known)
        help = f"did you mean `{near}`?" if near else f"one of {', '.join(known)}"
        raise InputError([Problem(Span("--stage"), f"there is no stage {quote(name)}", help)])
    if not isinstance(manifest.facts.get(stage).value, Moment):
        help = "name a stage that the manifest dates"
        raise InputError([Problem(Span("--stage"), f"`{stage}` is not planned", help)])
    return stage


def _format_of(path: str) -> str:
    suffix = Path(path).suffix
    if suffix not in _SUFFIXES:
        help = f"end the name in {', '.join(_SUFFIXES)}"
        raise InputError([Problem(Span("--output"), f"{quote(path)} has no known format", help)])
    return _SUFFIXES[suffix]


def _bytes(plan: Plan, format: str) -> bytes:
    match format:
        case "json":
            return json_text(plan_data(plan)).encode()
        case "ics":
            return _calendar(plan)
        case "markdown":
            from gonogo.documents import markdown

            return markdown.render(plan_page(plan)).encode()
        case _:
            from gonogo.documents import text

            return text.render(plan_page(plan)).encode()


def _calendar(plan: Plan) -> bytes:
    try:
        from gonogo.planning.calendar import calendar
    except ImportError:
        help = "in the folder of gonogo's sources: pip install '.[calendar]'"
        text = "calendar files need the icalendar library, which is not installed"
        raise InputError([Problem(Span("plan"), text, help)]) from None
    return calendar(plan)


def _changed(data: bytes, plan: Plan, path: str, ready: Ready) -> bytes:
    """The manifest with the first change made; read again, it has come out GO."""
    text = decode(data, path)
    if is_json(text, path):
        problem = "writes YAML, and the manifest is JSON"
        raise InputError([Problem(Span("--write"), problem, "make the change by hand")])
    if not plan.changes:
        why = f"the verdict is {plan.verdict}" if plan.verdict == "GO" else "the plan says why"
        raise InputError([Problem(Span("--write"), "there is no change to write", why)])
    mark = data[: len(data) - len(text.encode())]  # a byte order mark stays as well
    changed = mark + rewritten(text, dict(plan.changes[0].settings)).encode()
    manifest, copy = _read(changed, path, ready)
    if verdict_of(manifest.facts, copy.frame) is not Verdict.GO:
        problem = "the changed manifest would not be GO"
        raise InputError([Problem(Span("--write"), problem, "make the change by hand")])
    return changed

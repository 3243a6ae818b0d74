"""One run of `gonogo check`: read, check each manifest, write, choose the exit code."""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from gonogo.check import check
from gonogo.clock import as_of_time
from gonogo.diagnostics import InputError, Problem, Span, listing, nearest, quote
from gonogo.exits import ExitCode, exit_code, worst
from gonogo.library import Library, load_vocabulary, read_file
from gonogo.manifests.manifest import read_manifest
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.output import complain, is_terminal, terminal_width, write, write_styled
from gonogo.packs.policy import Pack, Profile
from gonogo.render import text
from gonogo.reporting.report import Refusal, Report
from gonogo.trees.nodes import MOST_BYTES
from gonogo.values.times import Moment


class Settings(NamedTuple):
    """What the command line asked for."""

    manifests: tuple[str, ...]
    packs: tuple[str, ...]
    policies: tuple[str, ...]
    profile: str | None
    as_of: str | None
    format: str
    verbose: bool


class Ready(NamedTuple):
    """All that is the same for every manifest of a run."""

    packs: tuple[Pack, ...]
    vocabulary: Vocabulary
    developers: dict[str, str]
    profiles: dict[str, Profile]
    profile: str
    as_of: Moment
    as_of_given: bool


def run_check(settings: Settings) -> ExitCode:
    """Check every manifest; one that cannot be read never hides the others."""
    if settings.format == "json" and len(settings.manifests) != 1:
        complain("--format json takes one manifest\n  help: --format jsonl takes several\n")
        return ExitCode.BAD_INPUT
    try:
        ready = prepare(settings)
    except InputError as error:
        for path in settings.manifests:
            _write_refusal(Refusal(path, error.problems), settings)
        complain(f"{error}\n")
        return ExitCode.BAD_INPUT
    codes = []
    for number, result in enumerate(_each(settings, ready)):
        if isinstance(result, Refusal):
            _write_refusal(result, settings)
            complain(f"{listing(result.problems)}\n")
            codes.append(exit_code(None))
        else:
            _write_report(result, settings, separate=number > 0)
            codes.append(exit_code(result.verdict))
    return worst(codes)


def prepare(settings: Settings) -> Ready:
    """Load what every manifest needs. Raises InputError."""
    vocabulary = load_vocabulary()
    library = Library(settings.policies, vocabulary)
    packs = library.select(settings.packs)
    profiles, default = library.profiles()
    profile = settings.profile or default
    if profile not in profiles:
        near = nearest(profile, profiles)
        known = f"one of {', '.join(profiles)}"
        help = f"did you mean `{near}`? {known}" if near else known
        raise InputError(
            [Problem(Span("--profile"), f"there is no profile {quote(profile)}", help)]
        )
    specs = {path: spec for pack in packs for path, spec in pack.specs.items()}
    developers = {name: id for pack in packs for name, id in pack.developers().items()}
    return Ready(
        packs,
        vocabulary.with_specs(specs),
        developers,
        profiles,
        profile,
        as_of_time(settings.as_of, packs[0].zone),
        settings.as_of is not None,
    )


def _each(settings: Settings, ready: Ready) -> Iterator[Report | Refusal]:
    for path in settings.manifests:
        try:
            data = _read_input(path)
            manifest = read_manifest(
                data,
                path,
                ready.vocabulary,
                ready.packs[0].zone,
                ready.developers,
            )
        except InputError as error:
            yield Refusal(path, error.problems)
            continue
        yield check(
            manifest,
            ready.packs,
            ready.profiles,
            ready.profile,
            ready.as_of,
            as_of_given=ready.as_of_given,
        )


def _read_input(path: str) -> bytes:
    if path != "-":
        return read_file(path)
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (AttributeError, OSError):  # closed: Python then has no standard input at all
        problem = Problem(Span(path), "standard input cannot be read", "pipe the manifest into it")
        raise InputError([problem]) from None


def _write_refusal(refusal: Refusal, settings: Settings) -> None:
    if settings.format != "text":
        from gonogo.render import json_v1  # only what is printed is imported

        indent = 2 if settings.format == "json" else None
        write(json_v1.render_refusal(refusal, indent=indent))


def _write_report(report: Report, settings: Settings, *, separate: bool) -> None:
    if settings.format != "text":
        from gonogo.render import json_v1

        line = settings.format == "jsonl"
        write(json_v1.render_line(report) if line else json_v1.render(report))
        return
    if separate:
        write("\n")
    if is_terminal():
        width = terminal_width()
        write_styled(text.lines(report, verbose=settings.verbose, width=width))
    else:
        write(text.render(report, verbose=settings.verbose))

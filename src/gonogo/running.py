"""One run of `gonogo check`: read, check each manifest, write, choose the exit code."""

from collections.abc import Iterator
from typing import NamedTuple

from gonogo.check import check
from gonogo.diagnostics import InputError, listing
from gonogo.exits import ExitCode, exit_code, worst
from gonogo.manifests.manifest import read_manifest
from gonogo.output import complain, is_terminal, terminal_width, write, write_styled
from gonogo.ready import Ready, Wanted, make_ready, read_input
from gonogo.render import text
from gonogo.reporting.report import Refusal, Report


class Settings(NamedTuple):
    """What the command line asked for."""

    manifests: tuple[str, ...]
    wanted: Wanted
    format: str
    verbose: bool


def run_check(settings: Settings) -> ExitCode:
    """Check every manifest; one that cannot be read never hides the others."""
    if settings.format == "json" and len(settings.manifests) != 1:
        complain("--format json takes one manifest\n  help: --format jsonl takes several\n")
        return ExitCode.BAD_INPUT
    try:
        ready = make_ready(settings.wanted)
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


def _each(settings: Settings, ready: Ready) -> Iterator[Report | Refusal]:
    for path in settings.manifests:
        try:
            data = read_input(path)
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

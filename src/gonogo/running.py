"""One run of `gonogo check`: read, check each manifest, write everywhere, choose the exit code."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gonogo.check import Examined, report_of
from gonogo.diagnostics import InputError, Problem, Span, listing
from gonogo.exits import ExitCode, exit_code, worst
from gonogo.manifests.fields import FIRST_LINE
from gonogo.output import (
    append_file,
    complain,
    errors_on_terminal,
    is_terminal,
    terminal_width,
    with_progress,
    write,
    write_file,
    write_styled,
)
from gonogo.ready import Ready, Wanted, examined, make_ready, manifest_in, read_input
from gonogo.render import text
from gonogo.reporting.report import Disclosure, Refusal, Report
from gonogo.targets import STDOUT, Target, keep_apart, targets
from gonogo.trees.reader import read_tree

if TYPE_CHECKING:
    from gonogo.expecting import Order
    from gonogo.render.summary import Row
    from gonogo.reporting.course import Course

Named = str | Refusal  # a manifest, or what stands in the place of one
_AS_THEY_COME = ("text", "json", "jsonl")  # written one by one, so that a long run says something


class Settings(NamedTuple):
    """What the command line asked for."""

    manifests: tuple[str, ...]
    wanted: Wanted
    format: str
    verbose: bool
    outputs: tuple[str, ...] = ()
    disclose: str | None = None
    release_now: str | None = None
    expect: tuple[str, ...] = ()


def run_check(settings: Settings) -> ExitCode:
    """Check every manifest; one that cannot be read never hides the others."""
    try:
        wanted = targets(settings.format, settings.outputs, settings.disclose)
        named = _named(settings.manifests)
        keep_apart(wanted, tuple(each for each in named if isinstance(each, str)))
    except InputError as error:
        complain(f"{error}\n")
        return ExitCode.BAD_INPUT
    if len(named) != 1 and any(target.format == "json" for target in wanted):
        option = Span("--format" if settings.format == "json" else "--output")
        said = f"json takes one manifest, here are {len(named)}"
        complain(f"{Problem(option, said, 'jsonl takes several, a report a line')}\n")
        return ExitCode.BAD_INPUT
    try:
        ready = make_ready(settings.wanted)
        order = _order(settings, ready)
    except InputError as error:
        return _refuse_all(error, named, wanted, settings)
    watched = _is_watched(named, wanted[0])
    outlet = _Outlet(wanted, settings.verbose, many=len(named) > 1, waits=watched)
    codes = []
    for found in _each(with_progress(named) if watched else named, order, ready):
        outlet.take(found)
        codes.append(
            exit_code(None if isinstance(found, Refusal) else found.decision.verdict.value)
        )
    return worst([*codes, outlet.close()])


def _refuse_all(
    error: InputError, named: Sequence[Named], wanted: list[Target], settings: Settings
) -> ExitCode:
    """Packs or options that cannot be used: no manifest has a verdict."""
    outlet = _Outlet(wanted, settings.verbose, many=len(named) > 1, complains=False)
    for each in named:
        outlet.take(Refusal(each if isinstance(each, str) else each.path, error.problems))
    outlet.close()
    complain(f"{error}\n")
    return ExitCode.BAD_INPUT


def _is_watched(named: Sequence[Named], first: Target) -> bool:
    """Does a person wait for many results, of which none is seen before the end?"""
    seen = first.format in _AS_THEY_COME and is_terminal()
    return len(named) > 1 and errors_on_terminal() and not seen


def _named(given: tuple[str, ...]) -> tuple[Named, ...]:
    """The manifests that are named, those in folders too."""
    if all(map(os.path.isfile, given)):  # never raises, as Path does of a name that is too long
        return given
    from gonogo.inputs import manifests_of

    return manifests_of(given)


def _order(settings: Settings, ready: Ready) -> "Order | None":
    """What a deploy job says of the manifests; most runs say nothing. Raises InputError."""
    if settings.release_now is None and not settings.expect:
        return None
    from gonogo.expecting import order_of

    return order_of(settings.release_now, settings.expect, ready)


def _each(
    named: Iterable[Named], order: "Order | None", ready: Ready
) -> Iterator[Examined | Refusal]:
    for path in named:
        if isinstance(path, Refusal):
            yield path
            continue
        try:
            data = read_input(path)
            manifest = manifest_in(read_tree(data, path, begins=FIRST_LINE), path, data, ready)
            if order is not None:
                from gonogo.expecting import carried_out

                manifest = carried_out(order, manifest, ready)
        except InputError as error:
            yield Refusal(path, error.problems)
            continue
        yield examined(manifest, ready)


class _Outlet:
    """Writes results where they are wanted: as they come, or all together at the end.

    A report is kept only for what is written at the end; of many as text, a row for the table.
    """

    def __init__(
        self,
        wanted: list[Target],
        verbose: bool,
        *,
        many: bool,
        complains: bool = True,
        waits: bool = False,
    ) -> None:
        self.wanted = wanted
        self.verbose = verbose
        self.complains = complains
        self.waits = waits  # with what it complains of, so as not to write into a progress bar
        self.refused: list[Refusal] = []
        self.count = 0
        self.rows: list[Row] | None = [] if many and wanted[0].format == "text" else None
        at_once = 1 if wanted[0].format in _AS_THEY_COME else 0
        self.kept: dict[str, list[Report | Refusal]] = {t.disclosure: [] for t in wanted[at_once:]}

    def take(self, found: Examined | Refusal) -> None:
        """One result; of a check, a report for each level of disclosure that is wanted."""
        if isinstance(found, Refusal) and self.complains:
            self.refused.append(found)
            if not self.waits:
                self._complain()
        for disclosure, kept in self.kept.items():
            kept.append(self._told(found, disclosure))
        first = self.wanted[0]
        if first.format in _AS_THEY_COME:
            kept_too = self.kept.get(first.disclosure)
            result = kept_too[-1] if kept_too else self._told(found, first.disclosure)
            self._write_one(result, first)
            if self.rows is not None:
                from gonogo.render.summary import row

                self.rows.append(row(result))
        self.count += 1

    def _told(self, found: Examined | Refusal, disclosure: str) -> Report | Refusal:
        """What may be said of a result."""
        if isinstance(found, Refusal):
            return found
        report = report_of(found, Disclosure(disclosure))
        return report._replace(course=self._course(found, disclosure))

    def _course(self, examined: Examined, disclosure: str) -> "Course | None":
        """The dates that a page shows; other formats need none, and they take a while."""
        if not any(t.format == "html" and t.disclosure == disclosure for t in self.wanted):
            return None
        from gonogo.planning.course import course_of

        return course_of(examined.manifest.facts, examined.frame, Disclosure(disclosure))

    def close(self) -> ExitCode:
        """Write what is written at the end. What cannot be written is bad input, not a verdict."""
        self._complain()
        code = ExitCode.GO
        if self.rows is not None:
            self._write_summary(self.rows)
        for number, target in enumerate(self.wanted):
            if number == 0 and target.format in _AS_THEY_COME:
                continue
            try:
                self._write_all(target)
            except InputError as error:
                complain(f"{error}\n")
                code = ExitCode.BAD_INPUT
        return code

    def _complain(self) -> None:
        for refusal in self.refused:
            complain(f"{listing(refusal.problems)}\n")
        self.refused.clear()

    def _write_one(self, result: Report | Refusal, target: Target) -> None:
        match target.format, result:
            case "text", Report():
                self._write_text(result)
            case "text", Refusal():
                pass  # its problems are on standard error
            case _:
                from gonogo.render.formats import rendered

                write(rendered(target.format, [result]))

    def _write_text(self, report: Report) -> None:
        if self.count:
            write("\n")
        if is_terminal():
            write_styled(text.lines(report, verbose=self.verbose, width=_width()))
        else:
            write(text.render(report, verbose=self.verbose))

    def _write_summary(self, rows: "list[Row]") -> None:
        from gonogo.render.summary import lines

        if is_terminal():
            write_styled(lines(rows, _width()))
        else:
            write("".join(f"{line.text}\n" for line in lines(rows, _width())))

    def _write_all(self, target: Target) -> None:
        from gonogo.checkout import placed
        from gonogo.render.formats import rendered

        found = placed(self.kept[target.disclosure], target.format)
        said = rendered(target.format, found)
        if target.path == STDOUT:
            write(said)
        elif target.appends:
            append_file(target.path, said.encode(), private=target.is_private)
        else:
            write_file(target.path, said.encode(), private=target.is_private)


def _width() -> int:
    return terminal_width() if is_terminal() else text.WIDTH

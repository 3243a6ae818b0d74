"""One run of `gonogo policy lint`: what is odd in packs that load."""

from datetime import date

from gonogo.authoring.desk import Desk, open_desk
from gonogo.authoring.writing import refuse, write_found
from gonogo.clock import as_of_time
from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.exits import ExitCode
from gonogo.packs.policy import Pack
from gonogo.values.times import local_date
from gonogo.workbench.data import kinds_data, lint_data
from gonogo.workbench.lint import Subject, lint
from gonogo.workbench.lint_kinds import KINDS
from gonogo.workbench.lint_page import kind_page, kinds_page, lint_page
from gonogo.workbench.trials import run_suite


def run_lint(
    targets: tuple[str, ...], policies: tuple[str, ...], as_of: str | None, format: str
) -> ExitCode:
    """0 if nothing is odd, 1 if something is, 2 if a pack or a test file is not understood."""
    try:
        desk = open_desk(targets, policies)
        subjects = [_subject(pack, desk) for pack in desk.packs]
        findings = [f for subject in subjects for f in lint(subject, _today(subject.pack, as_of))]
    except InputError as error:
        return refuse(error, "policy_lint", format)
    looked_at = [subject.looked_at() for subject in subjects]
    write_found(lint_page(findings, looked_at), lint_data(findings, looked_at), format)
    return ExitCode.NO_GO if findings else ExitCode.GO


def _subject(pack: Pack, desk: Desk) -> Subject:
    suite = desk.suite(pack) if desk.library.tests_of(pack.id) else None
    trials = run_suite(suite, desk.profiles) if suite else ()
    found = desk.library.found[pack.id]
    version_at = found.tree.entries["version"].span
    return Subject(pack, desk.parent(pack), suite, trials, found.shown or pack.id, version_at)


def _today(pack: Pack, as_of: str | None) -> date:
    return local_date(as_of_time(as_of, pack.zone).period(pack.zone).high, pack.zone)


def run_explain_lint(kind: str, format: str) -> ExitCode:
    """Explain one kind of finding, or `all` of them."""
    if kind != "all" and kind not in KINDS:
        near = nearest(kind, KINDS)
        help = f"did you mean `{near}`?" if near else f"one of {', '.join(KINDS)}, all"
        problem = Problem(Span("--explain"), f"there is no finding {quote(kind)}", help)
        return refuse(InputError([problem]), "policy_lint", format)
    page = kinds_page() if kind == "all" else kind_page(KINDS[kind])
    kinds = list(KINDS.values()) if kind == "all" else [KINDS[kind]]
    write_found(page, kinds_data(kinds), format)
    return ExitCode.GO

"""What a pack rests on: sources that somebody read, numbers with a source, days that have come."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gonogo.diagnostics import Span, quote
from gonogo.packs.policy import Pack, RuleClass, Standing
from gonogo.values.times import Moment, local_date, parse_moment
from gonogo.workbench.finding import Finding

_A_YEAR = timedelta(days=365)
_WEB = ("https://", "http://")
_LAW = (Standing.PRIMARY, Standing.REPORTED)
_VERSION = re.compile(r"\d+(\.\d+)*", re.ASCII)


def sources(pack: Pack, parent: Pack | None, today: date, version_at: Span) -> Iterator[Finding]:
    """What is odd in the sources, values and dates of a pack. ``today`` is the reader's."""
    if not _VERSION.fullmatch(pack.identity.version):
        text = f"the version {quote(pack.identity.version)} is not made of numbers"
        hint = "write numbers with dots, such as 2026.11.1: the higher one is the later"
        yield Finding("odd-version", version_at, text, hint)
    yield from _unread(pack, parent, today)
    yield from _values(pack)
    yield from _bindings(pack, parent, Span(version_at.file))
    for register in pack.registers.values():
        if register.pack == pack.id and _is_later(register.as_of, pack, today):
            searched = f"the register `{register.name}` was last searched on {register.as_of}"
            text = f"{searched}, which is not yet"
            hint = "write the day on which somebody last searched"
            yield Finding("day-not-yet", register.span, text, hint)


def _is_later(day: Moment, pack: Pack, today: date) -> bool:
    return local_date(day.period(pack.zone).low, pack.zone) > today


def _unread(pack: Pack, parent: Pack | None, today: date) -> Iterator[Finding]:
    for id, source in pack.sources.items():
        if parent is not None and id in parent.sources:
            continue
        if source.standing is Standing.PRIMARY and not source.url:
            text = f"nobody can look up the primary source `{id}`: it has no `url`"
            hint = "add `url:` with the address of the text, or give it another standing"
            yield Finding("source-without-url", source.span, text, hint)
        elif source.url and not source.url.startswith(_WEB):
            text = f"the `url` of the source `{id}` is no web address: {quote(source.url)}"
            hint = "write an address that begins with https:// or http://"
            yield Finding("odd-url", source.span, text, hint)
        read = parse_moment(source.retrieved)
        if not isinstance(read, Moment):
            text = f"nobody says when the source `{id}` was last read"
            yield Finding("source-not-read", source.span, text, "add `retrieved:` with the day")
        elif _is_later(read, pack, today):
            text = f"the source `{id}` was last read on {source.retrieved}, which is not yet"
            hint = "write the day on which somebody last read it"
            yield Finding("day-not-yet", source.span, text, hint)
        elif local_date(read.period(pack.zone).high, pack.zone) + _A_YEAR < today:
            text = f"the source `{id}` was last read on {source.retrieved}, over a year ago"
            hint = "read it again and move `retrieved`"
            yield Finding("source-not-read", source.span, text, hint)


def _values(pack: Pack) -> Iterator[Finding]:
    """An `unknown` value carries its reason; every other one rests on a source."""
    for parameter in pack.parameters.values():
        for dated in parameter.values:
            is_open = dated.value is None and not dated.ended
            if dated.pack == pack.id and not dated.cites and not is_open:
                text = f"the value of `{parameter.name}` from {dated.day} names no source"
                hint = "add `cites: [...]`; your own choice rests on a source of standing house"
                yield Finding("value-without-source", dated.span, text, hint)


def _bindings(pack: Pack, parent: Pack | None, head: Span) -> Iterator[Finding]:
    """Rules called law here, also by `reclass:`, that rest on no text of a law or report of one."""
    inherited = {rule.key: rule.rule_class for rule in parent.rules} if parent else {}
    for rule in pack.rules:
        made_here = inherited.get(rule.key) is not RuleClass.BINDING
        standings = {pack.sources[id].standing for id in rule.cites if id in pack.sources}
        if rule.rule_class is RuleClass.BINDING and made_here and standings.isdisjoint(_LAW):
            words = " and ".join(sorted(standing.value for standing in standings)) or "none"
            text = (
                f"`{rule.id}` is binding, and no law is cited for it: sources of standing {words}"
            )
            hint = "cite the law, or write class: house, or commitment for a promise"
            yield Finding(
                "binding-without-law", rule.span if rule.pack == pack.id else head, text, hint
            )

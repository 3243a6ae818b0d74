"""What became of each waiver: used, or why it did nothing."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.waiving import Standing, standing
from gonogo.packs.policy import Waiver
from gonogo.reporting.wording import WITHHELD
from gonogo.values.times import local_date

USED = "used"
EXPIRED = "expired"
NOT_NEEDED = "not needed"
OTHER_PACK = "other pack"
_STATES = {
    Standing.EXPIRED: EXPIRED,
    Standing.OTHER_RELEASE: "other release",
    Standing.OTHER_DAYS: "other days",
}
SOON = 14  # days: whoever relies on a waiver hears of its end as long before


class WaiverShown(NamedTuple):
    """A waiver and what it did. ``days_left`` counts from the as-of day; it is None unless used."""

    rule: str
    model: str
    version: str
    developer: str
    state: str
    start: str
    until: str
    days_left: int | None
    ticket: str
    reason: str
    requested_by: str
    approved_by: str
    span: Span

    @property
    def is_used(self) -> bool:
        return self.state == USED

    @property
    def has_expired(self) -> bool:
        return self.state == EXPIRED

    @property
    def ends_soon(self) -> bool:
        return self.days_left is not None and self.days_left <= SOON


def waivers_shown(
    results: Sequence[RuleResult], situations: Sequence[Situation], *, full: bool
) -> tuple[WaiverShown, ...]:
    """Every waiver of the run, in the order of the file. Only a full report names people."""
    return tuple(
        _shown(waiver, results, situations, full=full) for waiver in situations[0].pack.waivers
    )


def _shown(
    waiver: Waiver, results: Sequence[RuleResult], situations: Sequence[Situation], *, full: bool
) -> WaiverShown:
    situation = next(iter(_concerned(waiver, results)), situations[0])
    is_used = any(result.waiver == waiver for result in results)
    is_known = any(True for _ in _concerned(waiver, results))
    state = _STATES.get(standing(waiver, situation), NOT_NEEDED if is_known else OTHER_PACK)
    state = USED if is_used else state
    left = None
    if is_used:
        today = local_date(situation.as_of.low, situation.pack.zone)
        left = (waiver.until.start.date() - today).days
    return WaiverShown(
        waiver.rule,
        waiver.model.text,
        waiver.version,
        waiver.developer,
        state,
        waiver.start.text,
        waiver.until.text,
        left,
        waiver.ticket,
        *((waiver.reason, waiver.requested_by, waiver.approved_by) if full else (WITHHELD,) * 3),
        waiver.span,
    )


def _concerned(waiver: Waiver, results: Sequence[RuleResult]) -> Iterator[Situation]:
    return (result.situation for result in results if result.rule.key == waiver.rule)

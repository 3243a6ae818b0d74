"""The as-of time of a run. This is the only module that reads the clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gonogo.diagnostics import InputError, Problem, Span, quote
from gonogo.values.times import NO_MOMENT, Moment, Precision, parse_moment


def as_of_time(text: str | None, zone: ZoneInfo) -> Moment:
    """The as-of time as given, else now. ``zone`` serves to suggest an offset."""
    if text is None:
        now = datetime.now(UTC).replace(microsecond=0)
        return Moment(now.isoformat(), Precision.INSTANT, now)
    moment = parse_moment(text)
    if isinstance(moment, Moment) and moment.precision is not Precision.MONTH:
        return moment
    said = moment if isinstance(moment, str) else "is a month"
    help = "write --as-of 2026-11-23 or --as-of 2026-11-23T09:00:00-05:00"
    if said == NO_MOMENT:
        said = "is not a date or an instant"
    if said == "has no time zone":
        from gonogo.manifests.hints import offset_help  # only a mistake needs it

        help = offset_help(text, zone, lambda instant: f"--as-of {instant}")
    raise InputError([Problem(Span("--as-of"), f"{quote(text)} {said}", help)])

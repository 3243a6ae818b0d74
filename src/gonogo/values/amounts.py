"""Exact amounts: Decimals, intervals of them, and how they are written."""

from decimal import Context, Decimal
from typing import NamedTuple

from gonogo.values.truth import Truth

MOST_DIGITS = 40
MOST_EXPONENT = 400

# Wide enough that a rounded quotient can never cross a bound of at most MOST_DIGITS digits.
WIDE = Context(prec=80)


class Amount(NamedTuple):
    """A number known to lie in the closed interval [low, high]; exact when both are equal.

    Decimal, never float: 1e26 must mean ten to the power of 26.
    """

    low: Decimal
    high: Decimal

    def above(self, bound: "Amount") -> Truth:
        """Strictly more, whatever the exact figures turn out to be."""
        if self.low > bound.high:
            return Truth.TRUE
        return Truth.FALSE if self.high <= bound.low else Truth.UNKNOWN

    def at_least(self, bound: "Amount") -> Truth:
        """The same or more, whatever the exact figures turn out to be."""
        if self.low >= bound.high:
            return Truth.TRUE
        return Truth.FALSE if self.high < bound.low else Truth.UNKNOWN

    def equals(self, other: "Amount") -> Truth:
        """The same number; intervals that only overlap are unknown."""
        if self.high < other.low or other.high < self.low:
            return Truth.FALSE
        exact = self.low == self.high == other.low == other.high
        return Truth.TRUE if exact else Truth.UNKNOWN

    def __str__(self) -> str:
        if self.low == self.high:
            return format_number(self.low)
        return f"{format_number(self.low)} to {format_number(self.high)}"


def exact(number: Decimal) -> Amount:
    return Amount(number, number)


def parse_number(text: str) -> Decimal | None:
    """A decimal number such as `30`, `1e26` or `1.0E+26`.

    None for anything else, also for more than 40 digits or an exponent beyond 400: no real quantity
    here needs them, and they would be a way to exhaust memory.
    """
    if len(text) > MOST_DIGITS + 20 or not looks_numeric(text):
        return None
    number = Decimal(text)
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_EXPONENT:
        return None
    return number


def looks_numeric(text: str) -> bool:
    """Written like a number, of whatever size: digits with at most one point, and an exponent."""
    mantissa, e, exponent = text.lower().partition("e")
    digits = _unsigned(mantissa).replace(".", "", 1)
    if not (text.isascii() and digits.isdigit()):
        return False
    power = _unsigned(exponent)
    return not e or (power.isdigit() and len(power) < 10)


def _unsigned(text: str) -> str:
    return text[1:] if text[:1] in ("+", "-") else text


def format_number(number: Decimal) -> str:
    """Exact and short: `30`, `0.5`, `3.8e25`. Days of 24 hours are cut at four places."""
    if number == 0:
        return "0"
    digits = number.as_tuple().digits
    if len(digits) > MOST_DIGITS:
        number = number.quantize(Decimal("0.0001"), rounding="ROUND_FLOOR", context=WIDE)
    sign, digits, _ = number.as_tuple()
    kept = "".join(map(str, digits)).rstrip("0") or "0"
    exponent = number.adjusted()
    if -5 < exponent < 6:
        plain = f"{number:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    mantissa = kept[0] + ("." + kept[1:] if len(kept) > 1 else "")
    return f"{'-' if sign else ''}{mantissa}e{exponent}"

"""Lines of text whose stretches have a role. What a role looks like is the terminal's affair."""

from enum import Enum
from typing import NamedTuple


class Role(Enum):
    """What a stretch of text is; the terminal's style for it is chosen elsewhere."""

    PLAIN = "plain"
    GO = "go"
    NO_GO = "no-go"
    OPEN = "open"
    STRONG = "strong"
    MUTED = "muted"


class Line(NamedTuple):
    """One line: its first ``lead`` characters have a role, and so has the rest."""

    text: str
    lead: int = 0
    lead_role: Role = Role.PLAIN
    role: Role = Role.PLAIN

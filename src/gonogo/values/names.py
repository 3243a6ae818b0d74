"""Names of models, compared as people mean them."""

from typing import NamedTuple

from gonogo.values.truth import Truth

_FEWEST = 4  # characters: shorter names differ by one anyway


class Name(NamedTuple):
    """A model's name; compared without regard to case, spaces, hyphens and invisible characters.

    ``also`` are other names of the same model; ``never`` are names known to be another model's.
    """

    text: str
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def same_as(self, other: "Name") -> Truth:
        """UNKNOWN where one name contains the other: `N-9` may or may not be `N-9 mini`.

        So it is where only other punctuation differs, and where one letter does: a slip must not
        end a directive. Another digit is another model.
        """
        mine, theirs = _keys(self), _keys(other)
        if mine & theirs:
            return Truth.TRUE
        if {normal_name(n) for n in self.never} & theirs:
            return Truth.FALSE
        if {normal_name(n) for n in other.never} & mine:
            return Truth.FALSE
        near, far = {_bare(key) for key in mine}, {_bare(key) for key in theirs}
        overlap = any(a in b or b in a or _is_slip(a, b) for a in near for b in far)
        return Truth.UNKNOWN if overlap else Truth.FALSE

    def __str__(self) -> str:
        return self.text


def normal_name(text: str) -> str:
    """A model name reduced to what identifies it: case, spaces, hyphens and formatting dropped."""
    if text.isascii():
        kept = "".join(character for character in text.casefold() if character.isprintable())
        return "".join(kept.replace("-", "").split())
    import unicodedata  # a megabyte of tables, which plain text never needs

    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(
        character
        for character in folded
        if not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf", "Pd")
    )
    return kept if kept == text else normal_name(kept)


def _keys(name: Name) -> set[str]:
    return {normal_name(text) for text in (name.text, *name.also)}


def _bare(key: str) -> str:
    """Only the letters and digits of a normal name, where there are any."""
    return "".join(filter(str.isalnum, key)) or key


def _is_slip(one: str, other: str) -> bool:
    """May one bare name be the other with a slip of a letter?"""
    edit = _one_edit(one, other)
    return min(len(one), len(other)) >= _FEWEST and edit != "" and not edit.isdigit()


def nearly_same_id(one: str, other: str) -> bool:
    """One letter more, less or other, two swapped, or one id inside the other (four letters on)."""
    one, other = (each.replace("-", "") for each in (one, other))
    is_long = min(len(one), len(other)) >= _FEWEST
    return is_long and (one in other or other in one or _one_edit(one, other) != "")


def _one_edit(one: str, other: str) -> str:
    """The characters by which two texts differ, if that is one more, less or other, or two swapped.

    Empty if they are the same or differ by more.
    """
    one, other = sorted((one, other), key=len)
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    if len(other) - len(one) == 1:
        return others[0] if rest == others[1:] else ""
    if len(other) > len(one) or not rest:
        return ""
    if rest[1:] == others[1:]:
        return rest[0] + others[0]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[:2] if swapped else ""


_NOTHING_YET = frozenset(
    (
        "tbd", "tba", "tbc", "todo", "fixme", "xxx", "n/a", "null", "placeholder", "unknown",
        "none yet", "not yet", "not known", "not known yet", "not decided", "to be determined",
        "to be decided", "to be confirmed", "to be announced", "to be defined",
    )
)  # fmt: skip


def is_placeholder(text: str) -> bool:
    """Is it what people write where they have nothing to write yet: `TBD`, `?`, `<name>`?"""
    word = text.strip().casefold()
    within = word[1:-1] if word[:1] == "<" and word[-1:] == ">" else "."
    in_brackets = all(character.isalnum() or character in " _-" for character in within)
    return in_brackets or word.rstrip(".") in _NOTHING_YET or (not word.strip("?.") and word != "")

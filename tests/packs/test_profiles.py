"""Profiles: which class blocks. Design, section 5."""

import pytest

from gonogo.diagnostics import InputError
from gonogo.library import Library
from gonogo.packs.policy import Profile
from gonogo.packs.profiles import read_profiles
from gonogo.trees.reader import read_tree

LINE = "{binding: block, commitment: block, house: block, framework: warn, reference: note}"
SOUND = f"default: usual\nprofiles:\n  usual: {LINE}\n"


def read(text: str) -> tuple[dict[str, Profile], str]:
    return read_profiles(read_tree(text.encode(), "profiles.yaml"))


def effects(profile: Profile) -> dict[str, str]:
    return {each.value: effect.value for each, effect in profile.effects.items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("legal", "block note note note note"),
        ("standard", "block block block warn note"),
        ("strict", "block block block block note"),
    ],
)
def test_shipped_profiles(name: str, expected: str, library: Library) -> None:
    """legal: binding blocks, the rest are notes; standard adds promises; all but reference."""
    classes = ("binding", "commitment", "house", "framework", "reference")
    found, default = library.profiles()
    assert effects(found[name]) == dict(zip(classes, expected.split(), strict=True))
    assert (list(found), default) == (["legal", "standard", "strict"], "standard")


def test_a_profile_of_ones_own() -> None:
    """The file's order is kept, and its default named."""
    found, default = read(f"default: b\nprofiles:\n  a: {LINE}\n  b: {LINE}\n")
    assert (list(found), default) == (["a", "b"], "b")


@pytest.mark.parametrize(
    ("old", "new", "place", "message", "help"),
    [
        ("warn", "warns", "3:71", "there is no effect `warns`", "did you mean `warn`?"),
        ("reference: note", "reference: [note]", "3:88", "`reference`", ""),
        (", reference: note", "", "3:10", "`usual` has no `reference`", "add `reference:`"),
        ("reference:", "referenc:", "3:77", "`referenc`", "did you mean `reference`?"),
        ("binding: block", "binding: warn", "3:10", "binding", ""),
        ("binding: block", "binding: note", "3:10", "binding", ""),
        ("default: usual", "default: usuall", "1:10", "no profile `usuall`", "mean `usual`?"),
        ("default: usual\n", "", "1:1", "no `default`", "add `default:`"),
        ("default:", "defalt:", "1:1", "`defalt`", "did you mean `default`?"),
    ],
    ids=[
        "unknown effect",
        "effect that is a list",
        "class left out",
        "unknown class",
        "binding that warns",
        "binding that is noted",
        "unknown default",
        "no default",
        "unknown key",
    ],
)
def test_refused(old: str, new: str, place: str, message: str, help: str) -> None:
    """Every class has an effect, binding always blocks, and each message has its place and help."""
    with pytest.raises(InputError) as error:
        read(SOUND.replace(old, new))
    said = [
        problem
        for problem in error.value.problems
        if message in problem.message and help in (problem.help or "")
    ]
    assert [str(problem.span) for problem in said] == [f"profiles.yaml:{place}"]


def test_no_profiles_at_all() -> None:
    """A file without profiles lets nothing block, so it does not load."""
    with pytest.raises(InputError):
        read("default: usual\nprofiles: {}\n")


def test_a_default_that_has_a_mistake_is_there_all_the_same() -> None:
    """Only its own mistake is said, not that there is no such profile."""
    with pytest.raises(InputError) as refused:
        read(SOUND.replace("warn", "warns"))
    assert [problem.message for problem in refused.value.problems] == ["there is no effect `warns`"]

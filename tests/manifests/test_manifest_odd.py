"""What is odd in a manifest without being wrong: it is read, with a warning."""

from collections.abc import Callable

import pytest

from gonogo.manifests.facts import Manifest

Read = Callable[[str], Manifest]

HEAD = "manifest: gonogo/1\n"
MODEL = HEAD + 'model: {name: N-9, version: "1.0", developer: openai, weights: closed}\n'


def model(more: str) -> str:
    return MODEL.replace("closed}", f"closed, {more}}}")


OPEN = MODEL.replace("closed", "open")
AFTER = "review: {access_started_at: 2026-09-10, completion_notice_at: %s}"
ODD: dict[str, tuple[str, str]] = {
    "name": (MODEL.replace("N-9", "TBD"), "`model.name`: `TBD` looks like a placeholder"),
    "version": (MODEL.replace("1.0", "tbd"), "`model.version`: `tbd` looks like a placeholder"),
    "developer": (
        MODEL.replace("openai", "tbd"),
        "`model.developer`: `tbd` looks like a placeholder",
    ),
    "in brackets": (
        MODEL.replace("N-9", "<name>"),
        "`model.name`: `<name>` looks like a placeholder",
    ),
    "no base model": (
        model("derived_from: {model: none}"),
        "`model.derived_from.model`: `none` looks like a placeholder",
    ),
    "in a list": (
        f"{MODEL}release: {{exemptions: [none]}}",
        "`release.exemptions`: `none` looks like a placeholder",
    ),
    "twice in a list": (
        f"{MODEL}release: {{markets: [us, eu, us]}}",
        "`release.markets`: `us` is in the list twice",
    ),
    "notice before access": (
        MODEL + AFTER % "2026-09-09",
        "`review.completion_notice_at`: `2026-09-09` is before `review.access_started_at`, "
        "`2026-09-10`",
    ),
    "public before partners": (
        f"{MODEL}release: {{trusted_partners_at: 2026-10-09, public_at: 2026-10-08}}",
        "`release.public_at`: `2026-10-08` is before `release.trusted_partners_at`, `2026-10-09`",
    ),
    "open weights without a date": (
        f"{OPEN}release: {{public_at: 2026-10-08}}",
        "`model.weights` is open, but `release.weights_at` is not stated",
    ),
    "determined, but what": (
        f"{MODEL}coverage: {{determined_at: 2026-08-28}}",
        "`coverage.determined_at` is stated, but `coverage.determination` is not",
    ),
}


@pytest.mark.parametrize(("text", "said"), ODD.values(), ids=ODD)
def test_odd(read: Read, text: str, said: str) -> None:
    (warning,) = read(text).warnings
    assert warning.message == said
    assert warning.help


NOT_ODD = {
    "a name that holds such a word": MODEL.replace("N-9", "Unknown Pleasures"),
    "markup": MODEL.replace("N-9", "<b>N-9</b>"),
    "no licence": model("licence: none"),
    "a level": model("capability: {cyber: none}"),
    "notice on the day of access": MODEL + AFTER % "2026-09-10",
    "partners on the same day": (
        f"{MODEL}release: {{trusted_partners_at: 2026-10-08, public_at: 2026-10-08}}"
    ),
    "open weights, nothing planned": OPEN,
    "open weights, date unknown": (
        f"{OPEN}release: {{public_at: 2026-10-08, weights_at: {{unknown: not set}}}}"
    ),
    "a determination that is not known": (
        f"{MODEL}coverage: {{determination: {{unknown: lost}}, determined_at: 2026-08-28}}"
    ),
}


@pytest.mark.parametrize("text", NOT_ODD.values(), ids=NOT_ODD)
def test_not_odd(read: Read, text: str) -> None:
    assert read(text).warnings == ()

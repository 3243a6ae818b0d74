"""Text from a manifest stays text: nothing acts in a terminal or a CI log, nothing is hidden."""

import json
import re
import unicodedata
from collections.abc import Callable

import pytest

from conftest import Checked
from gonogo.diagnostics import InputError
from gonogo.manifests.facts import Manifest
from gonogo.render import json_v1, text
from gonogo.reporting.report import Refusal

HOSTILE = {
    "escape": "\x1b[2Jgone",
    "newline and command": "x\n::error file=a::boo",
    "azure": "##vso[task.complete]",
    "carriage return": "real\rfake",
    "bidi": "safe\u202egnp.exe",
    "zero width": "N\u200b-9",
    "markup": "[bold red]x[/] <script>",
    "nul": "a\x00b",
    "next line": "a\u0085b\u2028c",
    "bell": "a\x07b",
    "very long": "y" * 190,
}


def _manifest(name: str, why: str) -> str:
    """JSON carries every character as an escape."""
    return json.dumps(
        {
            "manifest": "gonogo/1",
            "model": {"name": name, "version": why, "developer": "northlight", "weights": "closed"},
            "review": {"access_started_at": {"unknown": why}},
            "release": {"public_at": "2026-11-25"},
        }
    )


def _acts(output: str) -> list[str]:
    """Lines that a runner would take for a command, and characters that are not plain text."""
    commands = [line for line in output.splitlines() if re.match(r"\s*::", line) or "##" in line]
    odd = [c for c in output if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    return commands + odd


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("verbose", [False, True])
def test_text_report(words: str, verbose: bool, checked: Checked) -> None:
    report = checked(_manifest(f"N {words}", words))

    printed = text.render(report, verbose=verbose)

    assert _acts(printed) == []
    assert max(map(len, printed.splitlines())) <= text.WIDTH


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_json_report(words: str, checked: Checked) -> None:
    """JSON keeps the exact text, as escapes."""
    report = checked(_manifest(f"N {words}", words))

    for printed in (json_v1.render(report), json_v1.render_line(report)):
        assert printed.isascii()
        assert _acts(printed) == []
        assert json.loads(printed)["manifest"]["model"] == f"N {words}"
    assert json_v1.render_line(report).count("\n") == 1


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_error_messages(words: str, read: Callable[[str], Manifest]) -> None:
    manifest = json.loads(_manifest("N-9", "1.0"))
    manifest["model"]["weights"] = words
    manifest[f"k{words}"] = 1

    with pytest.raises(InputError) as refused:
        read(json.dumps(manifest))

    assert _acts(str(refused.value)) == []
    line = json_v1.render_refusal(Refusal(words, refused.value.problems), indent=None)
    assert _acts(line) == []
    assert json.loads(line)["manifest"]["path"] == words


def test_a_report_is_the_same_from_any_line_ending(checked: Checked) -> None:
    """Windows line ends change nothing but the digest, which is not made here."""
    manifest = (
        "manifest: gonogo/1\nmodel: {name: N-9, version: '1', developer: openai, weights: closed}\n"
        "release: {public_at: 2026-11-25}\n"
    )

    assert text.render(checked(manifest)) == text.render(checked(manifest.replace("\n", "\r\n")))

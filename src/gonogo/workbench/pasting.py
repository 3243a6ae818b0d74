"""A witness as a test to paste beside the rules."""

from collections.abc import Mapping
from typing import NamedTuple

from gonogo.engine.judge import Outcome, Verdict
from gonogo.manifests.facts import Facts
from gonogo.values.times import Moment
from gonogo.workbench.written import manifest_yaml, plain_or_quoted, quoted


class Moments(NamedTuple):
    """When a test is judged, and when it takes registers to have been searched."""

    as_of: Moment
    searched: Mapping[str, Moment]


def test_yaml(
    name: str,
    facts: Facts,
    moments: Moments,
    rules: Mapping[str, Outcome],
    verdicts: Mapping[str, Verdict],
) -> str:
    """One entry of `tests:`, indented as it stands in a file."""
    lines = [f"  - name: {quoted(name)}", "    manifest:"]
    lines += [f"      {line}" for line in manifest_yaml(facts).splitlines()]
    lines.append(f"    as_of: {moments.as_of.text}")
    if moments.searched:
        days = ", ".join(
            f"{plain_or_quoted(name)}: {day.text}" for name, day in moments.searched.items()
        )
        lines.append(f"    searched: {{{days}}}")
    lines.append("    expect:")
    for key, expected in (("rules", rules), ("verdict", verdicts)):
        if expected:
            words = [f"{plain_or_quoted(word)}: {each.value}" for word, each in expected.items()]
            lines.append(f"      {key}: {{{', '.join(words)}}}")
    return "\n".join(lines) + "\n"

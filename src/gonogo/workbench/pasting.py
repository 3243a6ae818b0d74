"""A witness as text: a manifest to keep, or a test to paste beside the rules."""

from collections.abc import Mapping
from typing import NamedTuple

from gonogo.engine.judge import Outcome, Verdict
from gonogo.manifests.facts import Facts
from gonogo.values.times import Moment
from gonogo.workbench.written import manifest_yaml


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
    said = name.replace("\\", "\\\\").replace('"', '\\"')
    lines = [f'  - name: "{said}"', "    manifest:"]
    lines += [f"      {line}" for line in manifest_yaml(facts).splitlines()]
    lines.append(f"    as_of: {moments.as_of.text}")
    if moments.searched:
        days = ", ".join(f"{name}: {day.text}" for name, day in moments.searched.items())
        lines.append(f"    searched: {{{days}}}")
    lines.append("    expect:")
    if rules:
        outcomes = ", ".join(f"{rule}: {outcome.value}" for rule, outcome in rules.items())
        lines.append(f"      rules: {{{outcomes}}}")
    if verdicts:
        named = ", ".join(f"{profile}: {verdict.value}" for profile, verdict in verdicts.items())
        lines.append(f"      verdict: {{{named}}}")
    return "\n".join(lines) + "\n"

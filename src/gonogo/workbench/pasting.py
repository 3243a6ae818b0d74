"""A witness as text: a manifest to keep, or a test to paste beside the rules."""

from gonogo.engine.judge import Outcome, Verdict
from gonogo.manifests.facts import Facts
from gonogo.values.times import Moment
from gonogo.workbench.written import manifest_yaml


def test_yaml(
    name: str, facts: Facts, as_of: Moment, rules: dict[str, Outcome], verdicts: dict[str, Verdict]
) -> str:
    """One entry of `tests:`, indented as it stands in a file."""
    said = name.replace("\\", "\\\\").replace('"', '\\"')
    lines = [f'  - name: "{said}"', "    manifest:"]
    lines += [f"      {line}" for line in manifest_yaml(facts).splitlines()]
    lines += [f"    as_of: {as_of.text}", "    expect:"]
    if rules:
        outcomes = ", ".join(f"{rule}: {outcome.value}" for rule, outcome in rules.items())
        lines.append(f"      rules: {{{outcomes}}}")
    if verdicts:
        named = ", ".join(f"{profile}: {verdict.value}" for profile, verdict in verdicts.items())
        lines.append(f"      verdict: {{{named}}}")
    return "\n".join(lines) + "\n"

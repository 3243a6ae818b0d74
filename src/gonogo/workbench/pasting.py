"""A witness as a test to paste beside the rules."""

from collections.abc import Mapping

from gonogo.engine.judge import Outcome, Verdict
from gonogo.manifests.facts import Facts
from gonogo.values.times import Moment
from gonogo.workbench.written import manifest_yaml, plain_or_quoted, quoted


def test_yaml(
    name: str,
    facts: Facts,
    as_of: Moment,
    rules: Mapping[str, Outcome],
    verdicts: Mapping[str, Verdict],
) -> str:
    """One entry of `tests:`, indented as it stands in a file."""
    lines = [f"  - name: {quoted(name)}", "    manifest:"]
    lines += [f"      {line}" for line in manifest_yaml(facts).splitlines()]
    lines += [f"    as_of: {as_of.text}", "    expect:"]
    for key, expected in (("rules", rules), ("verdict", verdicts)):
        if expected:
            words = [f"{plain_or_quoted(word)}: {each.value}" for word, each in expected.items()]
            lines.append(f"      {key}: {{{', '.join(words)}}}")
    return "\n".join(lines) + "\n"

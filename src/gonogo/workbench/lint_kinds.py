"""The kinds of lint findings: what each means, why it matters and what to do."""

from typing import NamedTuple


class LintKind(NamedTuple):
    """One kind of finding, by the id that reports and `--explain` use."""

    id: str
    title: str
    why: str
    remedy: str


_ALL = (
    LintKind(
        "rule-never-applies",
        "A rule that can never apply",
        "No manifest meets what its `when` asks, so the rule never says anything: it looks like a "
        "safeguard and is none.",
        "Read its `when` as English with `gonogo explain`; often two of its conditions exclude "
        "each other, or should stand under `any`.",
    ),
    LintKind(
        "rule-never-passes",
        "A rule that can never pass where it applies",
        "Every release in its scope fails or stays open, whatever the developer does.",
        "Loosen what it requires, or say in the rule that nothing can meet it and why.",
    ),
    LintKind(
        "rule-never-fails",
        "A rule that can never fail",
        "What it requires always holds where it applies, so it can stop nothing.",
        "Require something that can be missing, make it a reference note, or delete it.",
    ),
    LintKind(
        "branch-never-true",
        "A condition that can never be true",
        "It can be met by no manifest that the rule applies to, so the rule says something else "
        "than it seems to.",
        "Correct the number, the word or the date, or delete the condition. What only a register's "
        "rows keep from being true is not reported: a row may be added any day.",
    ),
    LintKind(
        "rules-exclude-each-other",
        "Two rules that can never both pass",
        "A release to which both apply fails one of them, whatever it does.",
        "Give one of them an exception, or let their scopes not overlap.",
    ),
    LintKind(
        "exception-never-matters",
        "An exception or alternative that changes nothing",
        "With it or without it every rule comes out the same on every manifest: readers will think "
        "that it protects somebody.",
        "Delete it, or correct it until it makes a difference, and add the test that shows it.",
    ),
    LintKind(
        "parameter-gap",
        "A parameter without a value while a rule needs it",
        "A rule that is in force on a date on which its number has no value is unknown there.",
        "Add a dated value, `unknown:` with the reason, or move the rule's `in_force`.",
    ),
    LintKind(
        "unused-definition",
        "A definition that nothing uses",
        "A condition that no rule, definition or headline names decides nothing, however important "
        "it looks.",
        "Use it with `{holds: name}`, or delete it.",
    ),
    LintKind(
        "unused-parameter",
        "A parameter that nothing uses",
        "Changing its number changes nothing; somebody will change it and think otherwise.",
        "Use it as `$name`, or delete it.",
    ),
    LintKind(
        "unused-source",
        "A source that nothing cites",
        "A list of sources is trusted to say what the rules rest on.",
        "Cite it where it is used, or delete it.",
    ),
    LintKind(
        "unused-register",
        "A register that nothing reads",
        "Its rows are kept up to date for nothing, and decide nothing.",
        "Read it with `any_row` or `row_of`, or delete the file.",
    ),
    LintKind(
        "unused-fact",
        "A declared fact that nothing reads",
        "Manifests are asked for something that decides nothing.",
        "Read it in a rule, or delete it from `facts:`.",
    ),
    LintKind(
        "source-not-read",
        "A source that nobody has looked at for a year",
        "Pages move and laws are amended: after a year nobody knows whether it still says so.",
        "Open it, compare it with what cites it, and move `retrieved` to that day.",
    ),
    LintKind(
        "source-without-url",
        "A primary source without an address",
        "Primary means the text itself, and nobody can read what has no address.",
        "Add `url:`. A text that is nowhere to be read is not primary: give it another standing.",
    ),
    LintKind(
        "odd-url",
        "A source whose address is no web address",
        "Readers are sent there from every report: an address that does not begin with https:// or "
        "http:// leads nowhere, or runs something.",
        "Write the address of the page or text, or leave `url` out.",
    ),
    LintKind(
        "binding-without-law",
        "A binding rule that rests on no law",
        "Binding blocks under every profile and can never be waived or removed: that is for law "
        "alone. A house's own choice and a news article are not the law, nor a report of it.",
        "Cite the law, or a report of it, in `cites:`. What you chose yourselves is class `house`, "
        "what was promised `commitment`.",
    ),
    LintKind(
        "value-without-source",
        "A number or choice that rests on nothing",
        "Whoever is stopped by it will ask on whose word.",
        "Name a source in `cites:`; for a choice of your own, one of standing `house`.",
    ),
    LintKind(
        "odd-version",
        "A version that is not made of numbers",
        "Reports name the version that decided: readers must see which of two is the later.",
        "Write numbers with dots, such as 2026.11.1.",
    ),
    LintKind(
        "day-not-yet",
        "A day of search or reading that is still to come",
        "Nobody has looked yet, but every check until then trusts that somebody has.",
        "Write the day on which somebody last looked.",
    ),
    LintKind(
        "no-tests",
        "A pack without tests",
        "Nothing notices when an edit changes what a rule does.",
        "Add a file under tests/ beside the rules.",
    ),
    LintKind(
        "test-fails",
        "A test that does not pass",
        "Either the rules or the test says something that is not meant.",
        "Run `gonogo policy test` to see what was expected and what came out.",
    ),
    LintKind(
        "no-failing-test",
        "A rule that no test sees fail",
        "A rule that was never seen to stop anything may be unable to.",
        "Add a test in which it fails.",
    ),
    LintKind(
        "leaf-not-seen",
        "A condition that tests never saw true, false or unknown",
        "What was never seen can be wrong without anybody noticing.",
        "Add a test; `gonogo policy test --coverage` prints one where it can.",
    ),
    LintKind(
        "edge-not-tested",
        "A number or date that no test stands at",
        "A number or date is a boundary. Mistakes of one day, or of at least against above, show "
        "only there: just below, at and just above it.",
        "Add tests on both sides of it; `gonogo policy test --coverage` prints what it can.",
    ),
)
KINDS = {kind.id: kind for kind in _ALL}

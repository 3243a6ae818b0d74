"""The file of waivers: which rule is waived for which release, by whom, why and until when."""

import re
from collections.abc import Sequence
from datetime import timedelta

from gonogo.diagnostics import InputError, quote
from gonogo.manifests.leaf import WrongValueError, read_id, shown
from gonogo.packs.policy import OWN, Pack, Rule, RuleClass, Waiver
from gonogo.packs.reading import Reading
from gonogo.trees.nodes import Mapping, Node, Scalar
from gonogo.values.names import Name, normal_name
from gonogo.values.times import Moment, Precision, parse_moment

_KEYS = (
    "rule", "subject", "reason", "requested_by", "approved_by", "ticket", "from", "until",
)  # fmt: skip
_SUBJECT = ("developer", "model", "version")
MOST_WAIVERS = 200


def read_waivers(tree: Node, packs: Sequence[Pack]) -> tuple[Waiver, ...]:
    """The waivers in a file, for any release. Raises InputError with every problem found.

    ``packs`` are those in use: what they do not let anybody waive is refused, and so is a rule
    that they do not have. A waiver for a pack that is not in use is kept, and does nothing.
    """
    reader = _Reader(packs)
    found = reader.document(tree)
    if reader.reading.problems:
        raise InputError(sorted(reader.reading.problems, key=lambda problem: problem.span))
    return tuple(found)


_ADDRESS = re.compile(r"""[^\s<>()\[\]"',;:]+@[^\s<>()\[\]"',;:]+""")


def _same_person(one: str, other: str) -> bool:
    """By name, or by the addresses beside the names where both have one."""
    if normal_name(one) == normal_name(other):
        return True
    addresses = [{found.casefold() for found in _ADDRESS.findall(text)} for text in (one, other)]
    if all(addresses):
        return bool(addresses[0] & addresses[1])
    names = [normal_name(re.sub("<[^>]*>", "", text)) for text in (one, other)]
    return names[0] == names[1] != ""


class _Reader:
    def __init__(self, packs: Sequence[Pack]) -> None:
        self.reading = Reading(packs[0].zone)
        self.rules = {rule.key: (rule, pack) for pack in packs for rule in pack.rules}
        self.used = {each.id for pack in packs for each in pack.lineage} | {OWN}

    def document(self, tree: Node) -> list[Waiver]:
        if isinstance(tree, Mapping) and "manifest" in tree.entries:
            text, help = (
                "is a manifest, not a file of waivers",
                "name the file that says `waivers:`",
            )
            self.reading.say(tree.span, text, help)
            return []
        body = self.reading.mapping(tree, "the file of waivers", ("waivers",), ("waivers",))
        items = self.reading.items(body.entries.get("waivers"), "`waivers`") if body else []
        if len(items) > MOST_WAIVERS:
            self.reading.say(
                tree.span, f"{len(items)} waivers; at most {MOST_WAIVERS}", "split the file"
            )
            return []
        return [waiver for item in items if (waiver := self._waiver(item))]

    def _waiver(self, node: Node) -> Waiver | None:
        reading, before = self.reading, len(self.reading.problems)
        body = reading.mapping(node, "a waiver", _KEYS, _KEYS)
        subject = body and reading.mapping(
            body.entries.get("subject"), "`subject`", _SUBJECT, _SUBJECT
        )
        if body is None or subject is None:
            return None
        texts = {key: self._text(body, key) for key in _KEYS if key not in ("subject",)}
        developer, model, version = (self._text(subject, key) for key in _SUBJECT)
        self._check_id(subject)
        start, until = self._day(body, "from"), self._day(body, "until")
        self._check_people(body, texts)
        if start and until:
            self._check_rule(body, texts["rule"], start, until)
        if start is None or until is None or len(reading.problems) > before:
            return None
        return Waiver(
            texts["rule"],
            developer,
            Name(model),
            version,
            texts["reason"],
            texts["requested_by"],
            texts["approved_by"],
            texts["ticket"],
            start,
            until,
            node.span,
        )

    def _text(self, parent: Mapping, key: str) -> str:
        """A text that says something."""
        text = self.reading.text(parent, key)
        if text and not normal_name(text):
            span = parent.entries[key].span
            self.reading.say(span, f"`{key}`: {quote(text)} says nothing", "write a name or words")
        return text

    def _check_id(self, subject: Mapping) -> None:
        node = subject.entries.get("developer")
        try:
            read_id(node) if node else None
        except WrongValueError as wrong:
            self.reading.say(
                subject.entries["developer"].span,
                f"`developer`: {wrong.message}",
                wrong.help or "write the id that the manifest has",
            )

    def _day(self, body: Mapping, key: str) -> Moment | None:
        node = body.entries.get(key)
        if node is None:
            return None
        moment = parse_moment(node.text) if isinstance(node, Scalar) else ""
        if isinstance(moment, Moment) and moment.precision is Precision.DAY:
            return moment
        help = "write a day such as 2026-12-31; it counts whole, in the zone of the pack"
        self.reading.say(node.span, f"`{key}`: {shown(node)} is no day", help)
        return None

    def _check_people(self, body: Mapping, texts: dict[str, str]) -> None:
        asked, agreed = texts["requested_by"], texts["approved_by"]
        if asked and agreed and _same_person(asked, agreed):
            self.reading.say(
                body.entries["approved_by"].span,
                f"`approved_by`: {quote(agreed)} asked for it as well",
                "somebody else has to agree",
            )

    def _check_rule(self, body: Mapping, key: str, start: Moment, until: Moment) -> None:
        if until.start < start.start:
            text = f"`until`: {quote(until.text)} is before `from`, {quote(start.text)}"
            self.reading.say(body.entries["until"].span, text, "check both days")
            return
        if not key:
            return
        span = body.entries["rule"].span
        pack_id, slash, _ = key.partition("/")
        if not slash:
            choices = [known for known in self.rules if known.endswith(f"/{key}")]
            help = f"write {choices[0]}" if choices else "write <pack>/<rule>"
            self.reading.say(span, f"`rule`: {quote(key)} names no pack", help)
        elif pack_id == OWN:
            self.reading.say(
                span, f"`rule`: {quote(key)} can never be waived", "put the right file in place"
            )
        elif key in self.rules:
            self._check_allowed(body, *self.rules[key], (start, until))
        elif pack_id in self.used:
            self.reading.unknown(span, "`rule`: there is no rule", key, self.rules)

    def _check_allowed(
        self, body: Mapping, rule: Rule, pack: Pack, days: tuple[Moment, Moment]
    ) -> None:
        span = body.entries["rule"].span
        if rule.rule_class is RuleClass.BINDING:
            text = f"`rule`: {quote(rule.key)} is binding and can never be waived"
            self.reading.say(span, text, "delete this waiver; see what the rule requires instead")
            return
        most = pack.most_waiver_days
        if most is None:
            self.reading.say(
                span,
                f"`rule`: the pack {quote(pack.id)} lets nothing be waived",
                "its pack.yaml has to say how long a waiver may last: waivers: {most_days: 90}",
            )
            return
        start, until = days
        lasts = (until.start - start.start).days + 1
        if lasts > most:
            last = (start.start + timedelta(days=most - 1)).date().isoformat()
            self.reading.say(
                body.entries["until"].span,
                f"`until`: the waiver lasts {lasts} days; in {quote(pack.id)} at most {most}",
                f"write until: {last} or earlier",
            )

"""The trace of a finding as plain data: condition, truth, actual and required values, parts."""

from typing import Any

from gonogo.engine.judge import RuleResult
from gonogo.engine.situation import Situation
from gonogo.engine.trace import ParameterReading, Step
from gonogo.manifests.facts import Value, show
from gonogo.packs.language import All, AnyOf, Compare, DaysBetween, Holds, NoneOf
from gonogo.reporting.wording import required_words, sentence
from gonogo.values.amounts import Amount
from gonogo.values.names import Name
from gonogo.values.times import Moment, Period


class Traces:
    """Writes traces of one report. A definition is evaluated once, so it is written out once."""

    def __init__(self) -> None:
        self.definitions: dict[int, dict[str, Any]] = {}

    def of(self, result: RuleResult) -> dict[str, Any]:
        """`when` and `require` of one rule; empty for a rule that was not in force."""
        found: dict[str, Any] = {}
        if result.when is not None and result.rule.when.parts:
            found["when"] = self.node(result.when, result.situation)
        if result.require is not None:
            found["require"] = self.node(result.require, result.situation)
        return found

    def node(self, step: Step, situation: Situation) -> dict[str, Any]:
        node: dict[str, Any] = {"truth": step.truth.value}
        match step.condition:
            case All():
                node["condition"] = "all"
            case AnyOf():
                node["condition"] = "any"
            case NoneOf():
                node["condition"] = "not"
            case Holds(name=name):
                inner = step.parts[0]
                if id(inner) not in self.definitions:
                    self.definitions[id(inner)] = self.node(inner, situation)
                return {
                    **node,
                    "condition": f"holds {name}",
                    "parts": [self.definitions[id(inner)]],
                }
            case Compare() as leaf:
                node["condition"] = sentence(step, situation)
                node["actual"] = plain_value(step.actual)
                node["operator"] = leaf.op.value
                node["required"] = required_words(leaf, step, situation)
                if isinstance(leaf.subject, DaysBetween):
                    node["count"] = leaf.subject.method.value
            case _:
                node["condition"] = sentence(step, situation)
        if step.parts:
            node["parts"] = [self.node(part, situation) for part in step.parts]
        if step.facts:
            node["facts"] = [fact.path for fact in step.facts]
        if step.parameters:
            node["parameters"] = [_parameter(reading) for reading in step.parameters]
        if step.rows:
            node["rows"] = [
                {
                    "truth": row.truth.value,
                    "line": row.row.span.line,
                    "source": row.row.source,
                    "in_force_at": [fact.path for fact in row.at],
                    "where": self.node(row.where, situation),
                }
                for row in step.rows
            ]
        return node


def _parameter(reading: ParameterReading) -> dict[str, Any]:
    dated = reading.dated
    return {
        "name": reading.name,
        "value": plain_value(reading.value),
        "from": dated.day if dated else None,
        "pack": dated.pack if dated else None,
        "why_unknown": reading.why or None,
    }


def plain_value(value: Value | None) -> Any:
    """A value as JSON can carry it exactly: numbers as text, ranges as low and high."""
    match value:
        case None | bool() | str():
            return value
        case Amount(low=low, high=high) if low != high:
            return {"low": show(Amount(low, low)), "high": show(Amount(high, high))}
        case Amount() | Period() | Moment() | Name():
            return show(value)
        case tuple():  # after the values that are named tuples themselves
            return list(value)

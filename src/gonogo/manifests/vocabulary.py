"""The one vocabulary of facts, read from the manifest's JSON Schema.

The schema is the source: types, titles and choices are JSON Schema's own; the ``x-`` annotations
carry units, questions, other words for the same thing and what may be assumed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gonogo.manifests.facts import FactSpec, Kind

STAGES = (
    "release.limited_preview_at",
    "release.trusted_partners_at",
    "release.api_at",
    "release.weights_at",
    "release.public_at",
)
FIRST_RELEASE = "release.first_at"
AS_OF = "as_of"
COVERAGE = "coverage."  # what a manifest may keep to itself with `coverage.disclosable: false`

_BUILT_IN = (
    FactSpec(AS_OF, Kind.MOMENT, "the as-of time"),
    FactSpec(
        FIRST_RELEASE,
        Kind.MOMENT,
        "first release",
        ask="When does anyone outside the government first get the model? State at least one of "
        + ", ".join(STAGES)
        + ".",
    ),
)


class Section(NamedTuple):
    """A mapping of the manifest: its children by key, and which of them must be there."""

    path: str
    title: str
    children: "Mapping[str, Section | FactSpec]"
    required: tuple[str, ...] = ()
    may_be_unknown: bool = True

    def is_sensitive(self) -> bool:
        """Does anything below it hold what only a full report shows?"""
        return any(
            child.sensitive if isinstance(child, FactSpec) else child.is_sensitive()
            for child in self.children.values()
        )


class Vocabulary(NamedTuple):
    """Every fact a manifest can state, plus the built-in ones."""

    root: Section
    specs: Mapping[str, FactSpec]
    leaves: frozenset[str]  # what a manifest states; the other facts are computed
    evidence_kinds: tuple[str, ...]
    schema: Mapping[str, Any]

    def can_state(self, path: str) -> bool:
        """May a manifest state the fact, or is it computed?"""
        return path in self.leaves or (path.startswith("extra.") and path in self.specs)

    def also(self) -> Iterator[tuple[str, str]]:
        """Other words people use for a fact's key, with the path that is meant."""
        for spec in self.specs.values():
            for word in spec.also:
                yield word, spec.path

    def with_specs(self, specs: Mapping[str, FactSpec]) -> "Vocabulary":
        return self._replace(specs={**self.specs, **specs})


def read_vocabulary(schema: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary that a manifest schema of this package declares."""
    defs = schema["$defs"]
    specs: dict[str, FactSpec] = {spec.path: spec for spec in _BUILT_IN}
    children = {}
    for key, part in schema["properties"].items():
        if key not in ("manifest", "evidence", "extra"):
            children[key] = _section(key, part, defs, specs)
    root = Section("", "manifest", children, tuple(schema["required"]), may_be_unknown=False)
    kinds = tuple(defs["evidence_item"]["properties"]["kind"]["enum"])
    leaves = frozenset(specs) - {spec.path for spec in _BUILT_IN}
    return Vocabulary(root, specs, leaves, kinds, schema)


def _section(
    path: str, part: Mapping[str, Any], defs: Mapping[str, Any], specs: dict[str, FactSpec]
) -> Section:
    body = part["anyOf"][0] if "anyOf" in part else part
    children: dict[str, Section | FactSpec] = {}
    for key, child in body["properties"].items():
        inner = f"{path}.{key}"
        if "$ref" in child:
            children[key] = specs[inner] = _spec(inner, child, defs)
        else:
            children[key] = _section(inner, child, defs, specs)
    required = tuple(body.get("required", ()))
    return Section(path, part["title"], children, required, may_be_unknown="anyOf" in part)


def _spec(path: str, child: Mapping[str, Any], defs: Mapping[str, Any]) -> FactSpec:
    kind = defs[child["$ref"].removeprefix("#/$defs/")]
    forms = kind["anyOf"]
    assumed = child.get("x-assumed")
    return FactSpec(
        path,
        Kind(kind["x-kind"]),
        child["title"],
        ask=child["x-ask"],
        unit=child.get("x-unit", ""),
        choices=tuple(child.get("x-levels") or forms[0].get("enum", ())),
        also=tuple(child.get("x-also", ())),
        controllable=child.get("x-controllable", False),
        known_from=child.get("x-known-from", ""),
        sensitive="x-sensitivity" in child,
        may_be_unknown={"$ref": "#/$defs/unknown"} in forms,
        may_be_empty={"type": "null"} in forms,
        assumed=tuple(assumed) if isinstance(assumed, list) else assumed,
        positive={"$ref": "#/$defs/positive"} in forms[0].get("anyOf", ()),
    )

"""The one vocabulary of facts: what a manifest can state, and what else rules can read.

The manifest's JSON Schema is the source. What it declares stands in ``declared``, as Python.
"""

from collections.abc import Callable, Iterator, Mapping
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
    schema: Callable[[], Mapping[str, Any]]  # the JSON Schema, read only when it is needed

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


def vocabulary_of(
    root: Section, evidence_kinds: tuple[str, ...], schema: Callable[[], Mapping[str, Any]]
) -> Vocabulary:
    """The vocabulary of declared sections and facts, with the built-in ones."""
    declared = {spec.path: spec for spec in _specs_in(root)}
    specs = {**{spec.path: spec for spec in _BUILT_IN}, **declared}
    return Vocabulary(root, specs, frozenset(declared), evidence_kinds, schema)


def _specs_in(section: Section) -> Iterator[FactSpec]:
    for child in section.children.values():
        if isinstance(child, FactSpec):
            yield child
        else:
            yield from _specs_in(child)

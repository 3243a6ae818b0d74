"""The facts that the code knows are those that the manifest's JSON Schema declares."""

from declaring import DECLARED, as_python, declared

from gonogo.manifests.declared import EVIDENCE_KINDS, ROOT


def test_declared_is_what_the_schema_declares() -> None:
    assert declared() == (ROOT, EVIDENCE_KINDS)


def test_declared_is_written_by_the_tool() -> None:
    """An edit by hand would be lost at the next change of the schema."""
    assert DECLARED.read_text("utf-8") == as_python()

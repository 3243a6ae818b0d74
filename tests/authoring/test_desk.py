"""Which packs a rule author means."""

import pytest

from gonogo.authoring.desk import open_desk
from gonogo.diagnostics import InputError


@pytest.mark.parametrize(
    ("target", "help"),
    [
        ("eo-1440", "did you mean `eo-14409`?"),
        ("policies/eo-14409/pack.yaml", "name a folder, or one of eo-14409"),
    ],
)
def test_what_is_no_pack_is_named_with_what_would_do(target: str, help: str) -> None:
    """And not with an option that the command does not have."""
    with pytest.raises(InputError) as refused:
        open_desk((target, "eo-14409"), ())

    assert str(refused.value) == f"{target}: is no folder and no pack\n  help: {help}"

"""What the commands share: how their applications look, and the options that several take."""

from typing import Annotated, Any

import typer


def application(**settings: Any) -> typer.Typer:
    """An application that looks like all the others."""
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policies",
        envvar="GONOGO_POLICIES",
        metavar="DIR",
        help="Folder of packs to look in first.",
    ),
]

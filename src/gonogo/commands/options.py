"""What the commands share: how their applications look, and the options that several take.

Options can be set as GONOGO_PROFILE and so on; help says so once instead of at every option.
"""

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from gonogo.ready import Wanted


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
        metavar="DIR",
        help="Folder of packs to look in first.",
    ),
]

Packs = Annotated[
    list[str] | None,
    typer.Option(
        "--pack",
        envvar="GONOGO_PACK",
        show_envvar=False,
        metavar="ID",
        help="Pack to use; may repeat.",
    ),
]

ProfileName = Annotated[
    str | None,
    typer.Option(
        "--profile",
        envvar="GONOGO_PROFILE",
        show_envvar=False,
        metavar="NAME",
        help="legal, standard (default) or strict.",
    ),
]

Waivers = Annotated[
    str | None,
    typer.Option(
        "--waivers",
        envvar="GONOGO_WAIVERS",
        show_envvar=False,
        metavar="FILE",
        help="YAML file of waivers.",
    ),
]

EvidenceRoot = Annotated[
    str | None,
    typer.Option(
        "--evidence-root",
        envvar="GONOGO_EVIDENCE_ROOT",
        show_envvar=False,
        metavar="DIR",
        help="Folder that evidence is in; default the manifest's.",
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        envvar="GONOGO_AS_OF",
        show_envvar=False,
        metavar="TIME",
        help="Date or instant to judge at; default now.",
    ),
]

PackDigests = Annotated[
    list[str] | None,
    typer.Option(
        "--pack-digest",
        envvar="GONOGO_PACK_DIGEST",
        show_envvar=False,
        metavar="ID=DIGEST",
        help="As ID=sha256:HEX: refuse any other pack of that id.",
    ),
]

PackKey = Annotated[
    str | None,
    typer.Option(
        "--pack-key",
        envvar="GONOGO_PACK_KEY",
        show_envvar=False,
        metavar="PEM",
        help="Refuse packs not signed by this public key.",
    ),
]


def folders(policies: Policies) -> tuple[str, ...]:
    """The folders of packs that are typed, else those of a variable, separated as in PATH: Typer
    would separate them at the spaces in their names.
    """
    variable = os.environ.get("GONOGO_POLICIES")
    if policies or variable is None:
        return tuple(policies or ())
    return tuple(variable.split(os.pathsep))


def given(value: str | None, variable: str) -> str | None:
    """The value of an option; an empty one where its variable is empty.

    Typer would take that for a variable that is not set, and a job that lost its profile or its key
    would be checked by the default.
    """
    if value is None:
        return "" if variable in os.environ else None
    return value if value.strip() else ""


def all_given(values: list[str] | None, variable: str) -> tuple[str, ...]:
    """The values of an option that may repeat; one that is empty where its variable is."""
    return tuple(values or ([""] if variable in os.environ else ()))


def refuse_empty(*variables: str) -> None:
    """An empty variable is no choice: the default could tell more than was meant."""
    for variable in variables:
        if not os.environ.get(variable, "unset").strip():
            raise typer.BadParameter(f"{variable} is empty")


def wanted(
    pack: Packs,
    policies: Policies,
    pack_digest: PackDigests,
    pack_key: PackKey,
    profile: ProfileName,
    as_of: AsOf,
    waivers: Waivers,
    evidence_root: EvidenceRoot,
) -> "Wanted":
    """What the options that every verdict takes ask for."""
    from gonogo.ready import Wanted

    return Wanted(
        packs=all_given(pack, "GONOGO_PACK"),
        policies=folders(policies),
        profile=given(profile, "GONOGO_PROFILE"),
        as_of=given(as_of, "GONOGO_AS_OF"),
        pack_digests=all_given(pack_digest, "GONOGO_PACK_DIGEST"),
        pack_key=given(pack_key, "GONOGO_PACK_KEY"),
        evidence_root=given(evidence_root, "GONOGO_EVIDENCE_ROOT"),
        waivers=given(waivers, "GONOGO_WAIVERS"),
    )

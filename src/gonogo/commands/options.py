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


def typed(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """What a variable says as if it were typed: one that is empty is an empty value, not none.

    Typer would take it for one that is not set, and a job that lost its profile or its key would be
    checked by the default. It would also split folders at the spaces in their names.
    """
    source = ctx.get_parameter_source(str(param.name))
    said = os.environ.get(str(param.envvar))
    if said is None or (source is not None and source.name == "COMMANDLINE"):
        return value
    if param.name == "policies":
        return said.split(os.pathsep)
    if said.strip():
        return value
    return [""] if getattr(param, "multiple", False) else ""


Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policies",
        envvar="GONOGO_POLICIES",
        show_envvar=False,
        callback=typed,
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
        callback=typed,
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
        callback=typed,
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
        callback=typed,
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
        callback=typed,
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
        callback=typed,
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
        callback=typed,
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
        callback=typed,
        metavar="PEM",
        help="Refuse packs not signed by this public key.",
    ),
]


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
        packs=tuple(pack or ()),
        policies=tuple(policies or ()),
        profile=profile,
        as_of=as_of,
        pack_digests=tuple(pack_digest or ()),
        pack_key=pack_key,
        evidence_root=evidence_root,
        waivers=waivers,
    )

"""How a command reads its drafts: options that ``clean``, ``extract`` and ``explain`` share."""

from typing import Annotated, get_args

import typer

from extractor.errors import UsageError
from extractor.messages import _
from extractor.sources.docx import Parts
from extractor.sources.docx_story import Tracked

TrackedOption = Annotated[
    str,
    typer.Option(
        metavar="accept|reject|raw", help=_("Word: how changes tracked in the draft are read.")
    ),
]
PartsOption = Annotated[
    str,
    typer.Option(metavar="body|all", help=_("Word: read notes, headers and footers too.")),
]


def reading(tracked: str, parts: str) -> tuple[Tracked, Parts]:
    """How Word drafts are to be read; anything unknown is wrong use."""
    how: dict[str, Tracked] = {one: one for one in get_args(Tracked)}
    which: dict[str, Parts] = {one: one for one in get_args(Parts)}
    if tracked not in how:
        raise UsageError(_("--tracked {word}: accept, reject or raw").format(word=tracked))
    if parts not in which:
        raise UsageError(_("--parts {word}: body or all").format(word=parts))
    return how[tracked], which[parts]

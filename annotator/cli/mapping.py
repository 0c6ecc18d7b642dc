"""Other names for what comes in or goes out, on the command line: --map label:PER=actor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from annotator.transfer import Renaming

_KINDS = {"label": "labels", "relation": "relations", "annotator": "annotators"}
map_option = click.option(
    "--map",
    "names",
    multiple=True,
    metavar="KIND:NAME=NEW",
    help="Give a label, relation or annotator another name on its way.",
)


def renaming_of(names: Sequence[str]) -> "Renaming":
    """What the options say; raises UsageError for one that says nothing."""
    from annotator.transfer import Renaming  # noqa: PLC0415 - imported by the command that needs it

    found: dict[str, dict[str, str]] = {field: {} for field in _KINDS.values()}
    for each in names:
        kind, _, rest = each.partition(":")
        name, _, new = rest.rpartition("=")
        if kind not in _KINDS or not name or not new.strip():
            raise click.UsageError(
                f'--map "{each}" is not of the form label:PER=actor; '
                f"before the colon stands {', '.join(_KINDS)}."
            )
        found[_KINDS[kind]][name] = new.strip()
    return Renaming(**found)

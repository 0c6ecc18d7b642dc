"""The command `tagset`: shows a project's tag set, or puts another in its place."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.console import as_option, bar, json_option, project_argument, say
from annotator.core.errors import UserError

if TYPE_CHECKING:
    from annotator.core.revision.changes import Difference
    from annotator.core.revision.draft import Draft, Kind
    from annotator.core.tagset import Tagset

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.group()
def tagset() -> None:
    """Show or change the tag set of a project."""


@tagset.command()
@project_argument
@json_option
def show(path: Path, *, as_json: bool) -> None:
    """Write the tag set as TOML."""
    from annotator.core.tagset_toml import dumps
    from annotator.project import Project

    with Project.open(path) as project:
        found = project.tagset
    toml = dumps(found)
    told = {
        "name": found.name,
        "version": found.version,
        "labels": [each.name for each in found.labels],
        "relations": [each.name for each in found.relations],
        "toml": toml,
    }
    say(toml.rstrip("\n"), told, as_json=as_json)


@tagset.command("set")
@project_argument
@click.argument("toml", metavar="FILE.toml", type=click.Path(path_type=Path))
@click.option(
    "--becomes",
    multiple=True,
    metavar="OLD=NEW",
    help="What the annotations of a label, or the links of a relation, become.",
)
@click.option("--drop", is_flag=True, help="Remove what has no place in the new tag set.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@as_option
@json_option
def set_(
    path: Path,
    toml: Path,
    *,
    becomes: tuple[str, ...],
    drop: bool,
    dry_run: bool,
    who: str | None,
    as_json: bool,
) -> None:
    """Put the tag set of a TOML file in the place of the project's; annotations follow."""
    from annotator.core.revision.changes import differences
    from annotator.core.revision.words import sentence
    from annotator.core.tagset_toml import loads
    from annotator.project import Project
    from annotator.transfer import finish, read_toml, retag

    after = loads(read_toml(toml))
    with Project.open(path, who=who) as project:
        draft = _draft(project.tagset, after, becomes)
        found = differences(draft, project.read)
        told = [sentence(each, draft) for each in found]
        applied = draft.after != draft.before and not dry_run
        if applied:
            if not drop:
                _require_kept(found, told)
            with bar() as tell:
                finish(retag(project, draft), tell)
    end = "Applied." if applied else "Nothing was changed."
    listed = [{**_as_json(each), "sentence": said} for each, said in zip(found, told, strict=True)]
    say("\n".join((*told, end)), {"changes": listed, "applied": applied}, as_json=as_json)


def _draft(before: "Tagset", after: "Tagset", becomes: tuple[str, ...]) -> "Draft":
    from annotator.core.revision.draft import Draft, Place, find, settled

    draft = Draft(before, replace(after, version=before.version))
    for each in becomes:
        old, _, new = each.partition("=")
        kind: Kind = "label" if before.label(old) else "relation"
        if find(before, kind, old) is None or find(after, kind, new) is None:
            raise click.UsageError(
                f'--becomes "{each}": "{old}" must be a label or relation of the project,'
                f' and "{new}" one of the file.'
            )
        draft = settled(draft, Place(kind, old), new)
    return draft


def _require_kept(found: "list[Difference]", told: list[str]) -> None:
    """Raise UserError where annotations would lose something."""
    for each, said in zip(found, told, strict=True):
        if each.lost or each.links:
            raise UserError(
                f"Nothing was changed, because work would be lost: {said} Say what it becomes "
                "with --becomes OLD=NEW, or let it go with --drop."
            )


def _as_json(each: "Difference") -> dict[str, Any]:
    place = each.place
    return {
        "what": each.what,
        place.kind: place.owner,
        "attribute": place.attribute or None,
        "value": place.value,
        "now": each.now or None,
        "count": each.count,
        "lost": each.lost,
        "links": each.links,
    }

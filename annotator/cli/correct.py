"""The command that puts a corrected text beside an article, with the work carried over."""

from pathlib import Path

import click

from annotator.console import FILE, as_option, json_option, opened, project_argument, say, warn
from annotator.core.errors import UserError

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.argument("article", metavar="ID")
@click.argument("version", metavar="NEW.txt", type=FILE)
@click.option("--encoding", metavar="NAME", help="Of the new text; else found out.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of the annotations.")
@as_option
@json_option
def correct(
    path: Path,
    article: str,
    version: Path,
    *,
    encoding: str | None,
    dry_run: bool,
    who: str | None,
    as_json: bool,
) -> None:
    """Carry the work on an article over to a corrected text.

    The text becomes an article of its own, beside the old one. What can't be placed for certain is
    listed, not guessed.
    """
    from annotator.formats.base import Source
    from annotator.transfer import correcting

    if not version.is_file():
        raise UserError(f"There is no file {version}.")
    options = {"encoding": encoding} if encoding else {}
    new = correcting.read_version(Source(str(version), version), options)
    with opened(path, who) as project:
        found = correcting.correct(project, article, new, dry=dry_run)
    end = "Nothing was changed." if dry_run else f"The new article is {found.new.id}."
    told = {**found.as_json(), "applied": not dry_run}
    say(f"{found.sentence()} {end}", told, as_json=as_json)
    if not as_json:
        warn(found.lines())

"""The command that brings the work of other files into a project."""

from pathlib import Path

import click

from annotator.console import FILE, as_option, bar, json_option, opened, project_argument, say, warn

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.argument("files", metavar="FILE.db...", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@as_option
@json_option
def merge(
    path: Path, files: tuple[Path, ...], *, dry_run: bool, who: str | None, as_json: bool
) -> None:
    """Bring the work in other project files back into a project.

    Each file is one edit, which undo takes back; the files themselves stay as they are. Where
    something was changed on both sides the later version holds, and the report names it.
    """
    from annotator.transfer import finish, merging

    with opened(path, who) as project, bar() as tell:
        report = finish(merging.merge(project, files, dry=dry_run), tell)
    end = "Nothing was changed."
    if report.backup:
        end = f"Merged into {path}; as it was before: {report.backup}."
    say(f"{report.sentence()}\n{end}", report.as_json(), as_json=as_json)
    if not as_json:
        warn(report.details())

"""The commands for a team: who has what, a file for each, other names, whole copies."""

from pathlib import Path

import click

from annotator.console import (
    FILE,
    as_option,
    bar,
    force_option,
    json_option,
    opened,
    project_argument,
    say,
    warn,
)

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415

document_option = click.option(
    "--document", "documents", multiple=True, metavar="ID", help="Only this article."
)


@click.command()
@project_argument
@click.option("--to", "name", required=True, metavar="NAME", help="Whose file it is to be.")
@click.option("--out", required=True, type=FILE, metavar="FILE.db", help="Where it goes.")
@document_option
@force_option
@as_option
@json_option
def handoff(
    path: Path,
    *,
    name: str,
    out: Path,
    documents: tuple[str, ...],
    force: bool,
    who: str | None,
    as_json: bool,
) -> None:
    """Write a file for one annotator, without anybody else's work.

    With the articles that a plan gives them, or all where there is none. The file comes back with:
    annotator merge.
    """
    from annotator.transfer import finish
    from annotator.transfer.handoff import hand_off

    with opened(path, who) as project, bar() as tell:
        job = hand_off(project, name, out, documents=documents, force=force)
        report = finish(job, tell)
    say(report.sentence(), report.as_json(), as_json=as_json)
    if not as_json:
        warn(report.remarks)


@click.command()
@project_argument
@click.option("--annotators", default="", metavar="A,B,C", help="Who is to have articles.")
@click.option("--each", default=1, metavar="K", help="How many have each article.  [default: 1]")
@click.option("--share", default=0.0, metavar="0.2", help="Share of articles for agreement.")
@click.option("--common", default=0, metavar="N", help="How many have those; all if not given.")
@click.option("--seed", default=0, metavar="NUMBER", help="Another one chooses otherwise.")
@document_option
@click.option("--dry-run", is_flag=True, help="Show the plan and write nothing.")
@click.option("--show", is_flag=True, help="Show who has what, and plan nothing.")
@as_option
@json_option
def plan(
    path: Path,
    *,
    annotators: str,
    documents: tuple[str, ...],
    dry_run: bool,
    show: bool,
    who: str | None,
    as_json: bool,
    each: int,
    share: float,
    common: int,
    seed: int,
) -> None:
    """Share the articles out among annotators, or show who has what.

    Each article goes to as many as asked for, and everybody has as many as the others.
    """
    from annotator.core.assigning import Wanted
    from annotator.transfer.plan import loads, put_down, table
    from annotator.transfer.plan import plan as planned

    if show == bool(annotators):
        raise click.UsageError("Name the people with --annotators A,B,C, or give --show.")
    with opened(path, who) as project:
        if show:
            found = loads(project.read)
            told = {"annotators": {each.annotator: each.as_json() for each in found}}
            words = "\n".join(table(found)) if found else "Nobody has an article yet."
            say(words, told, as_json=as_json)
            return
        names = (name.strip() for name in annotators.split(","))
        wanted = Wanted(tuple(filter(None, names)), each, share, common, seed)
        made = planned(project.read, wanted, documents)
        if not dry_run:
            put_down(project, made)
    said = "This would be the plan." if dry_run else f"Planned {made.new:,} assignments."
    value = {"applied": not dry_run, **made.as_json()}
    say("\n".join((said, *made.table())), value, as_json=as_json)


@click.command()
@project_argument
@click.argument("former", metavar="OLD")
@click.argument("name", metavar="NEW")
@as_option
@json_option
def rename(path: Path, former: str, name: str, *, who: str | None, as_json: bool) -> None:
    """Give a person another name; all of their work follows."""
    from annotator.transfer import finish
    from annotator.transfer.people import rename_person

    with opened(path, who) as project, bar() as tell:
        layers = finish(rename_person(project, former, name), tell)
    value = {"former": former, "name": name, "layers": layers}
    say(f"{former} is called {name} now.", value, as_json=as_json)


@click.command()
@project_argument
@click.option("--out", required=True, type=FILE, metavar="FILE.db", help="Where the copy goes.")
@force_option
@json_option
def copy(path: Path, *, out: Path, force: bool, as_json: bool) -> None:
    """Copy a project whole, also while it is open elsewhere."""
    with opened(path, None) as project:
        project.copy_to(out, force=force)
    say(f"Copied {path} to {out}.", {"path": str(out)}, as_json=as_json)

"""The command that lets the machine suggest annotations."""

from pathlib import Path

import click

from annotator.console import as_option, bar, json_option, opened, project_argument, say

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.option(
    "--by",
    "names",
    multiple=True,
    metavar="NAME",
    help="cues, numbers, actors, learned or a plug-in; the first three if not given.",
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this article.")
@as_option
@json_option
def suggest(
    path: Path,
    *,
    names: tuple[str, ...],
    documents: tuple[str, ...],
    who: str | None,
    as_json: bool,
) -> None:
    """Let the machine suggest annotations, in a layer of its own.

    What somebody has accepted or rejected stays as it is, and doesn't come back.
    """
    from annotator.suggest.learning import NAME as LEARNED
    from annotator.suggest.registry import OWN, suggesters
    from annotator.transfer import finish
    from annotator.transfer.suggesting import learned
    from annotator.transfer.suggesting import suggest as suggest_

    # Plug-ins are loaded only where one is named.
    wanted = list(dict.fromkeys(names or OWN))
    known = OWN if {*wanted} <= {*OWN, LEARNED} else suggesters()
    unknown = [each for each in wanted if each not in known and each != LEARNED]
    if unknown:
        there = ", ".join((*known, LEARNED))
        raise click.UsageError(f"There is no suggester “{unknown[0]}”; there are {there}.")
    with opened(path, who) as project, bar() as tell:
        chosen = [
            learned(project.read, project.tagset, tell) if each == LEARNED else known[each]
            for each in wanted
        ]
        report = finish(suggest_(project, chosen, documents=documents), tell)
    say(report.sentence(), report.as_json(), as_json=as_json)

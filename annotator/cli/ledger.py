"""The command that shows who claims what, who denies it, and whose losses are told by whom."""

from pathlib import Path

import click

from annotator.console import FILE, bar, force_option, json_option, opened, project_argument, say

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.option(
    "--layer", default="", metavar="NAME", help="A role, an annotator, or all; gold if not given."
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this article.")
@click.option(
    "--alike",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    help="How much alike claims of several articles are to be shown as one; 1 is word by word.",
)
@click.option("--own-voice", is_flag=True, help="Show what only the articles themselves say, too.")
@click.option("--format", "kind", type=click.Choice(("table", "csv", "html")), default="table")
@click.option("--out", type=FILE, help="A file; else standard output.")
@force_option
@json_option
def ledger(
    path: Path,
    *,
    layer: str,
    documents: tuple[str, ...],
    alike: float,
    own_voice: bool,
    kind: str,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show claims with their denials, and who tells whose losses.

    The table, csv and html leave out what only the articles themselves say; JSON has it, too.
    """
    from annotator.ledger.records import as_json as records
    from annotator.transfer import finish
    from annotator.transfer.ledgers import ledger_of, write, written

    with opened(path, None) as project:
        with bar() as tell:
            found = finish(ledger_of(project, layer=layer, documents=documents, alike=alike), tell)
        if out is not None:
            write(found, kind, out, own=project.path, own_voice=own_voice, force=force)
    value = records(found) if as_json else {}
    if out is not None:
        say(f"Wrote the ledger to {out}.", value, as_json=as_json)
    else:
        words = "" if as_json else "".join(written(found, kind, own_voice=own_voice))
        say(words.rstrip("\r\n"), value, as_json=as_json)

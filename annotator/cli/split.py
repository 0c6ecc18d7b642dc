"""The command that shares articles out among parts, to learn from and to be tested with."""

from pathlib import Path
from typing import Any

import click

from annotator.cli.publishing import key_beside, publishing_of, publishing_options
from annotator.console import (
    FILE,
    bar,
    force_option,
    json_option,
    opened,
    project_argument,
    say,
    warn,
)
from annotator.core.errors import UserError
from annotator.core.text import counted

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.option("--out", required=True, type=FILE, metavar="FOLDER", help="Where the parts go.")
@click.option(
    "--format", "names", multiple=True, required=True, metavar="NAME", help="One, or several."
)
@click.option(
    "--parts", default="train=80,dev=10,test=10", show_default=True, metavar="NAME=SHARE,..."
)
@click.option(
    "--layer", default="", metavar="NAME", help="A role, an annotator, or all; gold if not given."
)
@publishing_options
@force_option
@json_option
def split(
    path: Path,
    *,
    out: Path,
    names: tuple[str, ...],
    parts: str,
    layer: str,
    force: bool,
    as_json: bool,
    **published: Any,
) -> None:
    """Share the articles out among train, dev and test.

    Each part has its share of articles, labels and sources; near-duplicates stay together.
    """
    from annotator.core.splitting import parse_parts
    from annotator.transfer import Exported, finish, named
    from annotator.transfer.splitting import split_to

    try:
        formats = [named(name, writes=True) for name in dict.fromkeys(names)]
        shares = parse_parts(parts)
    except UserError as error:
        raise click.UsageError(str(error)) from error
    publishing = publishing_of(out, **published)
    chosen = Exported(layer, publishing=publishing)
    with opened(path, None) as project:
        beside = key_beside(project, publishing, published["key"], force=force)
        job = split_to(
            project, formats, out, shares, seed=published["seed"], chosen=chosen, force=force
        )
        with beside, bar() as tell:
            report = finish(job, tell)
    kept = sum(map(len, report.alike))
    said = f"Wrote {counted(len(report.parts), 'part')} to {out}."
    if kept:
        said += f" {kept:,} articles are nearly the same as others and stay with them."
    say("\n".join((said, *report.table())), report.as_json(), as_json=as_json)
    if not as_json:
        from annotator.formats.base import counted_feature

        warn(
            [
                f"Not kept by {name}: {counted_feature(count, what)}"
                for name, lost in report.lost.items()
                for what, count in lost
            ]
        )

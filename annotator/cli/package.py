"""The commands that pack a corpus to be published, and say how it is cited."""

from pathlib import Path
from typing import Any

import click

from annotator.cli.publishing import key_beside, publishing_of, publishing_options
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
from annotator.core.errors import UserError
from annotator.core.text import counted

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.option(
    "--out", required=True, type=FILE, metavar="FOLDER|FILE.zip", help="Where the package goes."
)
@publishing_options
@force_option
@json_option
def package(path: Path, *, out: Path, force: bool, as_json: bool, **published: Any) -> None:
    """Pack a corpus with a data card and checksums, to publish it.

    Everything but the journal goes in; the same project gives the same bytes.
    """
    from annotator.transfer import finish
    from annotator.transfer.packaging import package_to

    publishing = publishing_of(out, **published)
    with opened(path, None) as project:
        beside = key_beside(project, publishing, published["key"], force=force)
        with beside, bar() as tell:
            report = finish(package_to(project, out, publishing=publishing, force=force), tell)
    articles = counted(report.counts["articles"], "article")
    say(
        f"Packed {articles}, {counted(report.counts['annotations'], 'annotation')} to {out}.",
        report.as_json(),
        as_json=as_json,
    )
    if not as_json:
        from annotator.formats.base import counted_feature

        lost = (counted_feature(count, what) for what, count in report.lost)
        warn([f"Not kept by the tables: {each}" for each in lost])


@click.command()
@project_argument
@click.option("--title", metavar="WORDS")
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar='"FAMILY, GIVEN; ORCID; AFFILIATION"',
    help="Several times for several; instead of those before.",
)
@click.option("--abstract", metavar="WORDS")
@click.option("--version", metavar="WORDS", help="Of the corpus.")
@click.option("--date", metavar="2026-11-23", help="When it came out.")
@click.option("--doi", metavar="10.1234/ABC")
@click.option("--url", metavar="ADDRESS")
@click.option("--licence", metavar="NAME", help="As SPDX names it, or an address.")
@click.option("--keyword", "keywords", multiple=True, metavar="WORD")
@click.option(
    "--background",
    multiple=True,
    metavar="NAME=WORDS",
    help="What is to be known of an annotator; nothing behind = takes it away.",
)
@as_option
@json_option
def cite(
    path: Path,
    *,
    authors: tuple[str, ...],
    keywords: tuple[str, ...],
    background: tuple[str, ...],
    who: str | None,
    as_json: bool,
    **given: str | None,
) -> None:
    """Say how the corpus is cited, its licence, and who annotated.

    Without options it is only shown; "" takes a field away.
    """
    from annotator.core.citation import BACKGROUND, FIELDS, PREFIX, Citation, backgrounds, cff
    from annotator.core.edits import Edit, change
    from annotator.core.model import Setting
    from annotator.transfer.card import UNTITLED

    fields = {
        **given,
        "authors": "\n".join(authors) if authors else None,
        "keywords": "\n".join(keywords) if keywords else None,
    }
    with opened(path, who) as project:
        read = project.read
        wanted = {PREFIX + name: value for name, value in fields.items() if value is not None}
        wanted |= {
            BACKGROUND + name: words
            for name, words in (_background(each, project.read) for each in background)
        }
        _require_fields(fields)
        before = {each.key: each for each in read.settings()}
        changes = (
            change(before.get(key), Setting(key, value) if value else None)
            for key, value in wanted.items()
            if value or key in before
        )
        project.apply(Edit("say how to cite", tuple(one for each in changes for one in each)))
        settings = list(read.settings())
    told = {each.key.removeprefix(PREFIX): each.value for each in settings}
    found = {name: told.get(name, "") for name in FIELDS}
    say(
        cff(Citation.of(settings), UNTITLED).rstrip("\n"),
        {**found, "backgrounds": backgrounds(settings)},
        as_json=as_json,
    )


def _background(words: str, read: Any) -> tuple[str, str]:
    name, _, told = words.partition("=")
    if read.annotator(name) is None:
        names = ", ".join(each.name for each in read.annotators())
        raise UserError(f'The project has no annotator "{name}"; it has {names or "none"}.')
    return name, told


def _require_fields(fields: dict[str, str | None]) -> None:
    from annotator.core.citation import field_problem

    for name, value in fields.items():
        problem = field_problem(name, value) if value else ""
        if problem:
            raise UserError(problem)

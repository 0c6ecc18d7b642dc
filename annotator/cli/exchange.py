"""The commands that bring corpora in and take them out, and the list of formats."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.mapping import map_option, renaming_of
from annotator.cli.publishing import key_beside, publishing_of, publishing_options
from annotator.cli.settings import described, options_of, set_option, words_of
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

if TYPE_CHECKING:
    from annotator.formats.base import Format, Options, Source

# What a command needs is imported by it, so that help comes at once and the window starts fast.
# ruff: noqa: PLC0415


@click.command("import")
@project_argument
@click.argument("inputs", metavar="PATH...", nargs=-1, required=True, type=FILE)
@click.option("--format", "format_", default="", metavar="NAME", help="Else told by the content.")
@click.option("--annotator", default="", metavar="NAME", help="Whose work it is.")
@click.option("--role", type=click.Choice(("annotator", "machine", "gold")))
@click.option("--state", type=click.Choice(("new", "open", "question", "done")))
@click.option(
    "--round", type=click.IntRange(1), metavar="NUMBER", help="2 for a retest, and so on."
)
@click.option("--encoding", metavar="NAME", help="Of text files; else found out.")
@set_option
@map_option
@click.option("--strict", is_flag=True, help="Take all or nothing.")
@click.option("--attach", is_flag=True, help="Join articles to texts that have their hashes.")
@as_option
@json_option
def import_(
    path: Path,
    inputs: tuple[Path, ...],
    *,
    format_: str,
    encoding: str | None,
    settings: tuple[str, ...],
    names: tuple[str, ...],
    strict: bool,
    attach: bool,
    who: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Bring in articles and annotated corpora.

    A PATH is a file, a folder, which is walked, or - for standard input.
    """
    from annotator.transfer import Imported, finish, import_sources

    options = _reading(_format(format_, reads=True), settings)
    renaming = renaming_of(names)
    with opened(path, who) as project, _inputs(inputs, path) as sources:
        job = import_sources(
            project,
            sources,
            given=Imported(**given),
            format_=format_,
            options={**options, "encoding": encoding} if encoding else options,
            renaming=renaming,
            strict=strict,
            attach=attach,
        )
        with bar() as tell:
            report = finish(job, tell)
    say(report.sentence(), report.as_json(), as_json=as_json)
    if not as_json:
        warn(report.details())


@click.command()
@project_argument
@click.option("--format", "format_", required=True, metavar="NAME", help="See: annotator formats.")
@click.option("--out", required=True, type=FILE, help="File or folder; - for standard output.")
@click.option(
    "--layer", default="", metavar="NAME", help="A role, an annotator, or all; gold if not given."
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this article.")
@set_option
@map_option
@publishing_options
@force_option
@json_option
def export(
    path: Path,
    *,
    format_: str,
    out: Path,
    layer: str,
    documents: tuple[str, ...],
    settings: tuple[str, ...],
    names: tuple[str, ...],
    force: bool,
    as_json: bool,
    **published: Any,
) -> None:
    """Write layers into files of a format."""
    from annotator.transfer import Exported, export_to, finish

    chosen = _format(format_, writes=True)
    assert chosen is not None
    options = options_of(settings, chosen.writing, f"To write, {format_} has")
    stream = str(out) == "-"
    if stream and not chosen.one_stream:
        raise click.UsageError(f"{format_} is a folder of files; name one with --out.")
    if stream and as_json:
        raise click.UsageError("--out - and --json both write to standard output; leave one out.")
    publishing = publishing_of(out, **published)
    with opened(path, None) as project:
        beside = key_beside(project, publishing, published["key"], force=force)
        target = sys.stdout.buffer if stream else out
        what = Exported(layer, documents, options, publishing, renaming_of(names))
        with beside, bar() as tell:
            report = finish(export_to(project, chosen, target, chosen=what, force=force), tell)
    if not stream:
        say(f"Wrote {report.sentence()} to {out}.", report.as_json(), as_json=as_json)
    if not as_json:
        warn([f"Not kept by {format_}: {each}" for each in report.losses()])
        warn([f"{each.where}: {each.what}" for each in report.notes])


@click.command()
@json_option
def formats(*, as_json: bool) -> None:
    """List what can be read and written, and what each format keeps."""
    from annotator.formats import registry

    found = [
        {
            "name": each.name,
            "suffixes": list(each.suffixes),
            "read": each.read is not None,
            "write": each.write is not None,
            "note": each.note,
            "loses": list(each.loses),
            "reading": described(each.reading),
            "writing": described(each.writing),
        }
        for each in registry.formats().values()
    ]
    width = max(len(name) for name in registry.formats())
    lines = []
    for each in registry.formats().values():
        verbs = {"read": each.read, "write": each.write}
        able = " and ".join(verb for verb, way in verbs.items() if way)
        lines.append(f"{each.name:<{width}} {able:<15} {each.note}")
        lines += words_of(each.reading, "read") + words_of(each.writing, "write")
    say("\n".join(lines), {"formats": found}, as_json=as_json)
    warn(registry.plug_ins().troubles)


def _format(name: str, **able: bool) -> "Format | None":
    """The format of this name, None for ""; an unknown one is wrong usage."""
    from annotator.transfer import named

    try:
        return named(name, **able) if name else None
    except UserError as error:
        raise click.UsageError(str(error)) from error


def _reading(chosen: "Format | None", settings: tuple[str, ...]) -> "Options":
    """The options to read a format with, or whichever of all formats a file is in."""
    if not settings:
        return {}
    from annotator.formats import registry

    if chosen is not None:
        return options_of(settings, chosen.reading, f"To read, {chosen.name} has")
    able = (each for each in registry.formats().values() if each.read)
    known = (option for each in able for option in each.reading)
    return options_of(settings, known, "To read, the formats have")


@contextmanager
def _inputs(inputs: tuple[Path, ...], project: Path) -> Iterator[Sequence["Source"]]:
    """The sources that the paths name; `-` is standard input, kept in a file while it is read."""
    from annotator.formats.base import Source
    from annotator.transfer import sources, spread

    files = [each for each in inputs if str(each) != "-"]
    found = sources(files, but=project) if files else []
    if len(files) == len(inputs):
        yield found
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        yield [*found, *spread(Source("standard input", stream=kept))]

"""The command line: everything the window does to a file, without it. A contract for scripts."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from annotator import __version__
from annotator.cli_tagset import tagset as tagset_group
from annotator.console import as_option, bar, json_option, project_argument, say, warn
from annotator.core.errors import UserError

if TYPE_CHECKING:
    from annotator.formats.base import Format, Source
    from annotator.project import Project

# What a command needs is imported by it, so that help comes at once and the window starts fast.
# ruff: noqa: PLC0415

Window = Callable[..., int]
"""Opens the window on a path or None, with `who`, `perspective`, `theme`, `screenshot`, `size`."""
PERSPECTIVES = ("annotate",)
THEMES = ("light", "dark", "contrast")
_LARGEST = 8_000
_PAGE = 500
_ENTRY_KEYS = ("id", "time", "who", "name", "kind", "of")
_FILE = click.Path(path_type=Path)
_AnyCommand = TypeVar("_AnyCommand", bound=Callable[..., Any])

_json = json_option
_force = click.option("--force", is_flag=True, help="Write over what is there.")
_as = as_option
_project = project_argument


def _look(command: _AnyCommand) -> _AnyCommand:
    """The options of the window and of its picture."""
    for option in (
        _as,
        click.option("--size", default="1440x900", metavar="WxH", help="Size of the picture."),
        click.option("--theme", type=click.Choice(THEMES), help="Instead of the system's."),
        click.option("--perspective", type=click.Choice(PERSPECTIVES), default="annotate"),
        click.option("--screenshot", type=_FILE, metavar="OUT.png", help="Draw it and end."),
    ):
        command = option(command)
    return command


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command, annotator [PROJECT.db] opens the window.",
)
@click.version_option(__version__, prog_name="annotator")
def main() -> None:
    """Highlight and link claims, denials, casualties and actors in contested news."""


main.add_command(tagset_group)


def routed(words: Sequence[str]) -> list[str]:
    """The command line's words with the command `open` where they name none but a file."""
    first = words[0] if words else ""
    if first in main.commands or first in ("-h", "--help", "--version"):
        return list(words)
    is_file = any(sign in first for sign in "/\\.") or Path(first).exists()
    return ["open", *words] if first.startswith("-") or is_file else list(words)


@main.command(hidden=True)
@click.argument("path", metavar="[PROJECT.db]", required=False, type=_FILE)
@_look
@_json
@click.pass_obj
def open(  # noqa: A001  (never called by its name)
    window: Window, /, path: Path | None, *, as_json: bool, **look: Any
) -> int:
    """Open the window."""
    return _open(window, path, as_json=as_json, **look)


@main.command()
@click.option("--into", type=_FILE, metavar="FILE.db", help="Write it there, open no window.")
@_force
@_look
@_json
@click.pass_obj
def demo(window: Window, /, *, into: Path | None, force: bool, as_json: bool, **look: Any) -> int:
    """Open the sample project, or write it to a file."""
    from annotator import sample

    if into is None:
        with sample.temporary() as path:
            return _open(window, path, as_json=as_json, **look)
    if look["screenshot"]:
        raise click.UsageError("--into and --screenshot do not go together.")
    sample.build(into, force=force)
    say(f"Made {into}.", {"path": str(into)}, as_json=as_json)
    return 0


def _open(
    window: Window,
    path: Path | None,
    *,
    size: str,
    screenshot: Path | None,
    who: str | None,
    as_json: bool,
    **look: Any,
) -> int:
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise click.UsageError(f'"{size}" is no size in pixels like 1440x900.')
    if not all(low <= int(side) <= _LARGEST for side, low in ((width, 860), (height, 560))):
        raise click.UsageError(f"The window is from 860x560 to {_LARGEST}x{_LARGEST} pixels.")
    if path is not None:
        _opened(path, who).close()  # so that what is wrong with it is said here
    code = window(path, who=who, screenshot=screenshot, size=(int(width), int(height)), **look)
    if as_json:
        say("", {"screenshot": str(screenshot) if screenshot else None}, as_json=True)
    return code


@main.command()
@_project
@click.option("--tagset", type=_FILE, metavar="FILE.toml", help="Instead of the default tag set.")
@_force
@_as
@_json
def new(path: Path, *, tagset: Path | None, force: bool, who: str | None, as_json: bool) -> None:
    """Make an empty project."""
    from annotator.project import Project
    from annotator.transfer import read_toml

    toml = read_toml(tagset) if tagset else None
    with Project.create(path, who=who, tagset=toml, force=force) as project:
        labels = [each.name for each in project.tagset.labels]
    say(
        f"Made {path} with the labels {', '.join(labels)}.",
        {"path": str(path), "labels": labels},
        as_json=as_json,
    )


@main.command("import")
@_project
@click.argument("inputs", metavar="PATH...", nargs=-1, required=True, type=_FILE)
@click.option("--format", "format_", default="", metavar="NAME", help="Else told by the content.")
@click.option("--annotator", default="", metavar="NAME", help="Whose work it is.")
@click.option("--role", type=click.Choice(("annotator", "machine", "gold")))
@click.option("--state", type=click.Choice(("new", "open", "question", "done")))
@click.option("--round", type=click.IntRange(1), metavar="NUMBER", help="2 for a retest, and so on.")
@click.option("--encoding", metavar="NAME", help="Of text files; else found out.")
@click.option("--strict", is_flag=True, help="Take all or nothing.")
@_as
@_json
def import_(
    path: Path,
    inputs: tuple[Path, ...],
    *,
    format_: str,
    encoding: str | None,
    strict: bool,
    who: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Bring in articles and annotated corpora.

    A PATH is a file, a folder, which is walked, or - for standard input.
    """
    from annotator.transfer import Imported, finish, import_sources

    _format(format_, reads=True)
    with _opened(path, who) as project, _inputs(inputs, path) as sources:
        job = import_sources(
            project,
            sources,
            given=Imported(**given),
            format_=format_,
            options={"encoding": encoding} if encoding else {},
            strict=strict,
        )
        with bar() as tell:
            report = finish(job, tell)
    say(report.sentence(), report.as_json(), as_json=as_json)
    if not as_json:
        warn(report.details())


@main.command()
@_project
@click.option("--format", "format_", required=True, metavar="NAME", help="See: annotator formats.")
@click.option("--out", required=True, type=_FILE, help="File or folder; - for standard output.")
@click.option(
    "--layer", default="", metavar="NAME", help="A role, an annotator, or all; gold if not given."
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this article.")
@_force
@_json
def export(
    path: Path,
    *,
    format_: str,
    out: Path,
    layer: str,
    documents: tuple[str, ...],
    force: bool,
    as_json: bool,
) -> None:
    """Write layers into files of a format."""
    from annotator.transfer import Exported, export_to, finish

    chosen = _format(format_, writes=True)
    assert chosen is not None
    stream = str(out) == "-"
    if stream and not chosen.one_stream:
        raise click.UsageError(f"{format_} is a folder of files; name one with --out.")
    if stream and as_json:
        raise click.UsageError("--out - and --json both write to standard output; leave one out.")
    with _opened(path, None) as project:
        target = sys.stdout.buffer if stream else out
        what = Exported(layer, documents)
        with bar() as tell:
            report = finish(export_to(project, chosen, target, chosen=what, force=force), tell)
    if not stream:
        say(f"Wrote {report.sentence()} to {out}.", report.as_json(), as_json=as_json)
    if not as_json:
        warn([f"Not kept by {format_}: {count:,} {what}" for what, count in report.lost])


@main.command()
@_project
@click.option("--layers", is_flag=True, help="List the layers.")
@_json
def info(path: Path, *, layers: bool, as_json: bool) -> None:
    """Say what a project holds."""
    with _opened(path, None) as project:
        read = project.read
        counts = read.counts()
        plural = ("document", "annotation", "relation", "decision", "entity")
        names = ("documents", "annotations", "relations", "decisions", "entities")
        found: dict[str, Any] = {
            name: counts[kind] for name, kind in zip(names, plural, strict=True)
        }
        found["annotators"] = [each.name for each in read.annotators()]
        found["labels"] = read.counts_by_label()
        found["layers"] = list(_layers(project)) if layers else read.layer_counts()
        found["schema"] = read.schema()
    lines = [f"{name}: {_flat(value)}" for name, value in found.items() if name != "layers"]
    listed = found["layers"] if layers else [found["layers"]]
    lines += [f"layers: {_flat(each)}" for each in listed]
    say("\n".join(lines), found, as_json=as_json)


def _layers(project: "Project") -> Iterator[dict[str, Any]]:
    for each in project.read.layers():
        yield {
            "document": each.document,
            "annotator": each.annotator,
            "role": each.role,
            "state": each.state,
            "annotations": sum(project.read.label_counts(each.id).values()),
        }


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_flat(each)}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)


@main.command()
@_project
@_json
def check(path: Path, *, as_json: bool) -> int:
    """Prove that a project's file is sound, or say where it is not."""
    with _opened(path, None) as project:
        problems = project.check()
    sound = not problems
    said = f"{path} is sound." if sound else f"{path} is not sound."
    say("\n".join((said, *problems)), {"ok": sound, "problems": problems}, as_json=as_json)
    return 0 if sound else 1


@main.command()
@_project
@click.option("--list", "listed", is_flag=True, help="List the journal instead.")
@_as
@_json
def undo(path: Path, *, listed: bool, who: str | None, as_json: bool) -> None:
    """Take back the last edit, or list the journal."""
    with _opened(path, who) as project:
        if listed:
            journal = list(_journal(project))
            lines = (
                f"{each['time']}  {each['who'] or 'the program'} {each['words']}"
                + ("" if each["stands"] else " (taken back)")
                for each in journal
            )
            say("\n".join(lines), {"journal": journal}, as_json=as_json)
            return
        edit = project.undo()
    said = f"Taken back: {edit.name}." if edit else "There is nothing to take back."
    say(said, {"undone": edit.name if edit else None}, as_json=as_json)


def _journal(project: "Project") -> Iterator[dict[str, Any]]:
    """The entries of the journal, the newest first, each with what it did in words."""
    from annotator.core.entry_words import EntryTeller

    read = project.read
    entities = {each.id: each for each in read.entities()}
    teller = EntryTeller(read.last_value, project.tagset, entities)
    seqs = read.journal_numbers()
    for start in range(0, len(seqs), _PAGE):
        for each in read.journal_page(seqs[start : start + _PAGE]):
            told = teller.told(read.summary(each.entry))
            found = {key: getattr(each.entry, key) for key in _ENTRY_KEYS}
            yield {**found, "stands": each.stands, "words": told.words, "document": told.document}


@main.command()
@_project
@_as
@_json
def redo(path: Path, *, who: str | None, as_json: bool) -> None:
    """Do again what was taken back last."""
    with _opened(path, who) as project:
        edit = project.redo()
    said = f"Done again: {edit.name}." if edit else "There is nothing to do again."
    say(said, {"redone": edit.name if edit else None}, as_json=as_json)


@main.command()
@_json
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
        }
        for each in registry.formats().values()
    ]
    lines = []
    for each in found:
        able = " and ".join(verb for verb in ("read", "write") if each[verb])
        lines.append(f"{each['name']:<6} {able:<15} {each['note']}")
    say("\n".join(lines), {"formats": found}, as_json=as_json)


# What the commands share


def _opened(path: Path, who: str | None) -> "Project":
    from annotator.project import Project

    return Project.open(path, who=who)


def _format(name: str, **able: bool) -> "Format | None":
    """The format of this name, None for ""; an unknown one is wrong usage."""
    from annotator.transfer import named

    try:
        return named(name, **able) if name else None
    except UserError as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def _inputs(inputs: tuple[Path, ...], project: Path) -> Iterator[list["Source"]]:
    """The sources that the paths name; `-` is standard input, kept in a file while it is read."""
    from annotator.formats.base import Source
    from annotator.transfer import sources

    files = [each for each in inputs if str(each) != "-"]
    found = sources(files, but=project) if files else []
    if len(files) == len(inputs):
        yield found
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        yield [*found, Source("standard input", stream=kept)]

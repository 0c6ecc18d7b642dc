"""The options of what others may read: without texts, under pseudonyms; and who is behind them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from annotator.console import FILE

if TYPE_CHECKING:
    from annotator.project import Project
    from annotator.transfer.publishing import Publishing

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415

_AnyCommand = TypeVar("_AnyCommand", bound=Callable[..., Any])


def publishing_options(command: _AnyCommand) -> _AnyCommand:
    """The options; a command takes them as `**published` and hands them to `publishing_of`."""
    for option in (
        click.option(
            "--key", type=FILE, metavar="FILE.json", help="Write down who is behind --pseudonyms."
        ),
        click.option(
            "--seed", type=int, default=0, metavar="NUMBER", help="Another number, another draw."
        ),
        click.option(
            "--pseudonyms", is_flag=True, help="Replace annotators' names; leave out paths."
        ),
        click.option(
            "--without-text", is_flag=True, help="Offsets and hashes only, no words of the texts."
        ),
    ):
        command = option(command)
    return command


def publishing_of(
    out: Path, *, without_text: bool, pseudonyms: bool, seed: int, key: Path | None
) -> "Publishing":
    """What the options say of an export to `out`; raises UsageError where they don't agree."""
    from annotator.transfer.publishing import Publishing

    if key and not pseudonyms:
        raise click.UsageError("--key goes with --pseudonyms.")
    if key and key.absolute().is_relative_to(out.absolute()):
        raise click.UsageError("--key must not be among the files that are published.")
    return Publishing(without_text, pseudonyms, seed)


@contextmanager
def key_beside(
    project: "Project", published: "Publishing", key: Path | None, *, force: bool
) -> Iterator[None]:
    """Write the names behind the pseudonyms into a file, if one is named, when all went well."""
    from annotator.transfer.publishing import Published
    from annotator.transfer.targets import file_at

    if key is None:
        yield
        return
    with file_at(key, own=project.path, force=force) as stream:
        stream.write(Published.of(published, project.read).key_file())
        yield

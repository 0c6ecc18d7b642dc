"""What the command line says on a terminal: answers, remarks, and how far a long job is."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from annotator.project import Project
    from annotator.transfer import Progress

FILE = click.Path(path_type=Path)
project_argument = click.argument("path", metavar="PROJECT.db", type=FILE)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document instead of words."
)
as_option = click.option("--as", "who", metavar="NAME", help="Who does it.")
force_option = click.option("--force", is_flag=True, help="Write over what is there.")
"""What most commands take."""

_BAR = 30
_PAUSE = 0.1
_NAMED = 20


def opened(path: Path, who: str | None) -> "Project":
    """The project of a file, for this person."""
    # Imported here only, so that help comes at once.
    from annotator.project import Project  # noqa: PLC0415

    return Project.open(path, who=who)


@contextmanager
def bar() -> "Iterator[Callable[[Progress], None]]":
    """What shows progress on a terminal, some times a second, and nothing elsewhere."""
    shown = -_PAUSE

    def show(progress: "Progress") -> None:
        nonlocal shown
        if time.monotonic() - shown >= _PAUSE:
            shown = time.monotonic()
            share = progress.done / progress.total if progress.total else 0.0
            full = round(_BAR * share)
            drawn = "█" * full + "░" * (_BAR - full)
            click.echo(f"\r{drawn} {share:4.0%} {progress.what[-40:]}\x1b[K", err=True, nl=False)

    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield show
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)


def say(words: str, value: Any, *, as_json: bool) -> None:
    """Answer on standard output: in words, or with `value` as one JSON document."""
    click.echo(json.dumps(value, indent=2) if as_json else words)


def warn(lines: Sequence[str]) -> None:
    """Remarks on standard error, the first twenty and how many more there are."""
    for line in lines[:_NAMED]:
        click.echo(line, err=True)
    if len(lines) > _NAMED:
        click.echo(f"… and {len(lines) - _NAMED:,} more; --json lists all.", err=True)

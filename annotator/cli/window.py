"""The commands that open the window: on a project, or on the sample."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from annotator.console import FILE, as_option, force_option, json_option, opened, say
from annotator.settings import PERSPECTIVES

# What a command needs is imported by it, so that help comes at once and the window starts fast.
# ruff: noqa: PLC0415

Window = Callable[..., int]
"""Opens the window on a path or None, with `who`, `perspective`, `theme`, `screenshot`, `size`."""
THEMES = ("light", "dark", "contrast")
_LARGEST = 8_000
_AnyCommand = TypeVar("_AnyCommand", bound=Callable[..., Any])


def _look(command: _AnyCommand) -> _AnyCommand:
    """The options of the window and of its picture."""
    for option in (
        as_option,
        click.option("--size", default="1440x900", metavar="WxH", help="Size of the picture."),
        click.option("--theme", type=click.Choice(THEMES), help="Instead of the system's."),
        click.option("--perspective", type=click.Choice(PERSPECTIVES), help="What to show."),
        click.option("--screenshot", type=FILE, metavar="OUT.png", help="Draw it and end."),
    ):
        command = option(command)
    return command


@click.command(hidden=True)
@click.argument("path", metavar="[PROJECT.db]", required=False, type=FILE)
@_look
@json_option
@click.pass_obj
def open(  # noqa: A001  (never called by its name)
    window: Window, /, path: Path | None, *, as_json: bool, **look: Any
) -> int:
    """Open the window."""
    return _open(window, path, as_json=as_json, **look)


@click.command()
@click.option("--into", type=FILE, metavar="FILE.db", help="Write it there, open no window.")
@force_option
@_look
@json_option
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
        opened(path, who).close()  # so that what is wrong with it is said here
    code = window(path, who=who, screenshot=screenshot, size=(int(width), int(height)), **look)
    if as_json:
        say("", {"screenshot": str(screenshot) if screenshot else None}, as_json=True)
    return code

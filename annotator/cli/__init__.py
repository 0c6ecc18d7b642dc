"""The command line: everything the window does to a file, without it. A contract for scripts."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator import __version__
from annotator.cli import (
    agreement,
    correct,
    exchange,
    journal,
    ledger,
    merge,
    package,
    project,
    review,
    split,
    suggest,
    tagset,
    team,
    window,
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command, annotator [PROJECT.db] opens the window.",
)
@click.version_option(__version__, prog_name="annotator")
def main() -> None:
    """Highlight and link claims, denials, casualties and actors in contested news."""


for _command in (
    *(window.open, window.demo, project.new, exchange.import_, exchange.export, project.info),
    *(project.check, journal.undo, journal.redo, exchange.formats, tagset.tagset),
    *(split.split, package.package, package.cite, correct.correct, ledger.ledger, suggest.suggest),
    *(agreement.agreement, review.review),
    *(team.handoff, team.plan, team.rename, team.copy, merge.merge),
):
    main.add_command(_command)


def routed(words: Sequence[str]) -> list[str]:
    """The command line's words with the command `open` where they name none but a file."""
    first = words[0] if words else ""
    if first in main.commands or first in ("-h", "--help", "--version"):
        return list(words)
    is_file = any(sign in first for sign in "/\\.") or Path(first).exists()
    return ["open", *words] if first.startswith("-") or is_file else list(words)

"""The commands on what was done: take it back, do it again, list it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.console import as_option, json_option, opened, project_argument, say

if TYPE_CHECKING:
    from annotator.project import Project

# What a command needs is imported by it, so that help comes at once and the window starts fast.
# ruff: noqa: PLC0415

_PAGE = 500
_ENTRY_KEYS = ("id", "time", "who", "name", "kind", "of")


@click.command()
@project_argument
@click.option("--list", "listed", is_flag=True, help="List the journal instead.")
@as_option
@json_option
def undo(path: Path, *, listed: bool, who: str | None, as_json: bool) -> None:
    """Take back the last edit, or list the journal."""
    with opened(path, who) as project:
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
    seqs = read.journal.numbers()
    for start in range(0, len(seqs), _PAGE):
        for each in read.journal.page(seqs[start : start + _PAGE]):
            told = teller.told(read.journal.summary(each.entry))
            found = {key: getattr(each.entry, key) for key in _ENTRY_KEYS}
            yield {**found, "stands": each.stands, "words": told.words, "document": told.document}


@click.command()
@project_argument
@as_option
@json_option
def redo(path: Path, *, who: str | None, as_json: bool) -> None:
    """Do again what was taken back last."""
    with opened(path, who) as project:
        edit = project.redo()
    said = f"Done again: {edit.name}." if edit else "There is nothing to do again."
    say(said, {"redone": edit.name if edit else None}, as_json=as_json)

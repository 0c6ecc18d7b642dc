"""Another name for a person, as one edit."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from annotator.core import rules
from annotator.core.edits import Change, change
from annotator.core.errors import UserError
from annotator.core.model import RESERVED_NAMES, Setting
from annotator.core.people import (
    decision_renamed,
    layer_renamed,
    names_since,
    settings_renamed,
    works_renamed,
)
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.report import Job, Progress

_AT_ONCE = 16
"""Layers whose changes are made together."""


def rename_person(project: Project, former: str, name: str) -> Job[int]:
    """Give a person another name; how many layers were theirs.

    All that tells of the person follows: layers and what is in them, first passes, time of work,
    decisions. The journal still says the former name, and with the new one nobody takes back what
    the person did before; undo of the renaming brings the former name back. Raises UserError where
    there is no such person, or the name is none or somebody else's.
    """
    if project.read.annotator(former) is None or former in RESERVED_NAMES:
        people = (each.name for each in project.read.annotators())
        known = ", ".join(each for each in people if each not in RESERVED_NAMES)
        raise UserError(f'There is nobody called "{former}"; there are: {known or "none"}.')
    if problem := rules.name_problem(name):
        raise UserError(problem)
    if project.read.annotator(name) is not None:
        raise UserError(f'There is somebody called "{name}" already; choose another name.')
    names = {former: name}
    with called(project, names), project.bring_in(f"rename {former} to {name}") as intake:
        layers = sum(each.annotator == former for each in intake.read.layers())
        for number, changes in enumerate(_renamed(intake.read, names)):
            yield Progress(min(number * _AT_ONCE, layers), layers, f"Renaming {former}")
            intake.add(changes)
    return layers


def renamed_since(read: Reader, settings: Iterable[Setting]) -> dict[str, str]:
    """Whose name is another one since, as another file's settings tell: by former name."""
    return {
        former: name
        for former, name in names_since(settings).items()
        if read.annotator(former) is not None and read.annotator(name) is None
    }


def followed(read: Reader, settings: Iterable[Setting]) -> Iterator[Change]:
    """The changes by which people have the names that another file's settings tell of."""
    names = renamed_since(read, settings)
    for changes in _renamed(read, names) if names else ():
        yield from changes


@contextmanager
def called(project: Project, names: Mapping[str, str]) -> Iterator[None]:
    """Let the current person be called as `names` say, unless the block fails."""
    who = project.who
    project.switch(names.get(who, who))
    try:
        yield
    except BaseException:
        project.switch(who)
        raise


def _renamed(read: Reader, names: Mapping[str, str]) -> Iterator[list[Change]]:
    """The changes that give people other names: people first, then their layers, then the rest."""
    people = [each for each in read.annotators() if each.name in names]
    yield [Change(None, replace(each, name=names[each.name])) for each in people]
    layers = [each for each in read.layers() if each.annotator in names]
    for start in range(0, len(layers), _AT_ONCE):
        some = map(read.contents, layers[start : start + _AT_ONCE])
        yield works_renamed(some, names)
    ids = {each.id: layer_renamed(each, names[each.annotator]).id for each in layers}
    decisions = ((each, decision_renamed(each, names, ids)) for each in read.decisions())
    yield [
        *(one for old, new in decisions for one in change(old, new)),
        *settings_renamed(read.settings(), names),
        *(Change(each, None) for each in people),
    ]

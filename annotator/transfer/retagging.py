"""An edited tag set and the annotations that follow it, as one edit."""

from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from annotator.core.edits import Change
from annotator.core.errors import UserError
from annotator.core.model import TagsetVersion
from annotator.core.revision.carrying import Carrier
from annotator.core.revision.draft import Draft
from annotator.core.tagset_toml import dumps, loads
from annotator.project import Project
from annotator.review.following import carried
from annotator.transfer.report import Job, Progress

NAME = "change the tag set"
"""What the edit is called in the journal."""
_article = attrgetter("document")


def retag(project: Project, draft: Draft) -> Job[int]:
    """Make a draft the project's tag set, and carry all layers over; how many changes it took.

    The tag set comes as a new version; a layer keeps the number of the version that it was made
    with. Raises UserError, and writes nothing, where the tag set isn't one, or was changed since.
    """
    toml = dumps(draft.after)
    if not loads(toml).labels:
        raise UserError("A tag set needs at least one label.")
    with project.bring_in(NAME) as intake:
        newest = intake.read.tagset()
        if loads(newest.toml) != draft.before:
            raise UserError("The tag set was changed meanwhile; open it again, then change it.")
        number = newest.version + 1
        after = replace(draft.after, version=number)
        intake.add([Change(None, TagsetVersion(number, dumps(after)))])
        carrier = Carrier(draft, {each.id: each.name for each in intake.read.entities()})
        layers = [] if carrier.idle else sorted(intake.read.layers(), key=_article)
        done = 0
        for document, several in groupby(layers, _article):
            yield Progress(done, len(layers), NAME)
            works = [intake.read.contents(each) for each in several]
            changes = [change for work in works for change in carrier.work(work)]
            intake.add([*changes, *carried(intake.read.decisions(document=document), changes)])
            done += len(works)
        return intake.added


def read_toml(path: Path) -> str:
    """The document of a tag set in a file; UserError, naming the file, where it is none."""
    try:
        toml = path.read_text(encoding="utf-8")
        labels = loads(toml).labels
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8; save it as UTF-8.") from error
    except UserError as error:
        raise UserError(f"{path}: {error}") from error
    if not labels:
        raise UserError(f"{path} has no label; give it at least one [[label]].")
    return toml

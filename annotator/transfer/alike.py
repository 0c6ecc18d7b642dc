"""The same words tagged alike all over a project: a look first, then one edit."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core import verbs
from annotator.core.alike import Pattern, Place, context, places
from annotator.core.model import State
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.report import Job, Progress


@dataclass(frozen=True, slots=True)
class Found:
    """The places in one article, with how the first one reads and how far the work on it is."""

    document: str
    title: str
    state: State
    places: tuple[Place, ...]
    first: tuple[str, str, str]

    @property
    def free(self) -> tuple[Place, ...]:
        """The places outside spans of the same label."""
        return tuple(each for each in self.places if not each.inside)


def seek(project: Project, pattern: Pattern) -> Job[list[Found]]:
    """The articles in which the current person could tag a pattern, in the order of the file."""
    found: list[Found] = []
    with project.snapshot() as read:
        ids = list(read.documents_having(pattern.words))
        for done, id_ in enumerate(ids):
            yield Progress(done, len(ids), "Looking through the articles")
            if (one := _found(project, read, id_, pattern)) is not None:
                found.append(one)
    return found


def tag_alike(project: Project, pattern: Pattern, chosen: Sequence[Found]) -> Job[int]:
    """Tag the free places of these articles in the current person's layers; how many were tagged.

    All is one edit. What was tagged so since the look is passed by.
    """
    total = sum(len(each.free) for each in chosen)
    tagged = 0
    with project.bring_in(f"tag {total:,} alike as {pattern.label}") as intake:
        for done, each in enumerate(chosen):
            yield Progress(done, len(chosen), "Tagging")
            layer = project.layer(each.document, intake.read)
            fresh = intake.read.layer(layer.id) is None
            there = {one.spans for one in intake.read.annotations(layer=layer.id)}
            spans = [place.span for place in each.free if (place.span,) not in there]
            edit = verbs.mark_all(
                layer, spans, pattern.label, attributes=pattern.attributes, fresh=fresh
            )
            intake.add(edit.changes)
            tagged += len(spans)
    return tagged


def _found(project: Project, read: Reader, id_: str, pattern: Pattern) -> Found | None:
    document = read.document(id_)
    if document is None:
        return None
    layer = project.layer(id_, read)
    here = tuple(places(document.text, pattern, read.annotations(layer=layer.id)))
    if not here:
        return None
    return Found(id_, document.title, layer.state, here, context(document.text, here[0].span))

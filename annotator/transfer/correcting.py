"""A corrected article: a new document, with the work on the old one carried over, as one edit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.anchoring import Anchored, Anchoring, anchored, anchored_links
from annotator.core.article import Article
from annotator.core.edits import inserted
from annotator.core.errors import UserError
from annotator.core.model import Document, Layer, Relation
from annotator.core.text import counted, title_of
from annotator.formats.base import KEPT_LINES, NO_OPTIONS, Found, Options, Source
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.sources import format_of

CORRECTS = "corrects"
"""The key in an article's `meta` under which the id of the one stands that it corrects."""
_OF_FILE = ("file", "path", "encoding", "bytes", "bytes_sha256")
_HOWS = ("same", "moved", "changed", "lost")


@dataclass(frozen=True, slots=True)
class CarriedLayer:
    """A layer of the old article, and the one of the new article with what has a place there."""

    was: Layer
    now: Layer
    found: tuple[Anchored, ...]
    links: tuple[Relation, ...]
    lost_links: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The new article and what became of the work; `decisions` stay with the old article."""

    old: Document
    new: Document
    layers: tuple[CarriedLayer, ...]
    decisions: int = 0

    def counts(self) -> dict[str, int]:
        """How many annotations are the same, moved, changed and lost."""
        hows: Counter[str] = Counter(
            each.how or "lost" for layer in self.layers for each in layer.found
        )
        return {how: hows[how] for how in _HOWS}

    def sentence(self) -> str:
        """What became of the annotations."""
        counts = self.counts()
        parts = [f"{counts[how]:,} {how}" for how in _HOWS if counts[how] or how == "same"]
        text = f"{counted(sum(counts.values()), 'annotation')}: {', '.join(parts)}"
        lost = sum(len(layer.lost_links) for layer in self.layers)
        text += f"; {counted(lost, 'link')} lost" if lost else ""
        if self.decisions:
            text += f"; {counted(self.decisions, 'decision')} left with the old article"
        return f"{text}."

    def lines(self) -> list[str]:
        """A line for each annotation that isn't as it was."""
        lines = []
        for each in self._places():
            now = f"“{each['now']}”" if each["now"] is not None else "no place"
            who = f"{each['annotator']}, {each['label']} at {each['start']}"
            lines.append(f"{each['how']}: {who}: “{each['was']}” → {now}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "corrects": self.old.id,
            "document": self.new.id,
            "layers": len(self.layers),
            "annotations": self.counts(),
            "relations": {
                "kept": sum(len(layer.links) for layer in self.layers),
                "lost": sum(len(layer.lost_links) for layer in self.layers),
            },
            "decisions": self.decisions,
            "places": list(self._places()),
        }

    def _places(self) -> Iterator[dict[str, Any]]:
        for layer in self.layers:
            for each in layer.found:
                if each.how != "same":
                    yield {
                        "annotation": each.was.id,
                        "annotator": layer.was.annotator,
                        "role": layer.was.role,
                        "label": each.was.label,
                        "start": each.was.envelope.start,
                        "end": each.was.envelope.end,
                        "was": each.was.quote(self.old.text),
                        "now": each.now.quote(self.new.text) if each.now else None,
                        "how": each.how or "lost",
                        "likeness": round(each.likeness, 3),
                    }


def read_version(source: Source, options: Options = NO_OPTIONS) -> Document:
    """The article in a file; raises UserError where it holds none, or more than articles."""
    format_ = format_of(source, "")
    if format_.layers != "none":
        raise UserError(f"{source.name} is {format_.name}; name a file with an article's text.")
    assert format_.read is not None
    for each in format_.read(source, options):
        if isinstance(each, Found) and isinstance(each.item, Article):
            return each.item.document
    raise UserError(f"{source.name} holds no article.")


def correct(project: Project, id_: str, version: Document, *, dry: bool = False) -> Correction:
    """Make a version of an article's text an article, with the layers of the article carried over.

    All is one edit; `dry` only tells. A layer of which something was changed or lost becomes a
    question. Raises UserError where there is no such article, or the project has the text already.
    """
    with project.snapshot() as read:
        found = _correction(read, id_, version)
    if not dry:
        with project.bring_in(f"correct {found.old.title[:60]}") as intake:
            intake.add(inserted([found.new]))
            for each in found.layers:
                spans = [one.now for one in each.found if one.now is not None]
                intake.add(inserted([each.now, *spans, *each.links]))
    return found


def _correction(read: Reader, id_: str, version: Document) -> Correction:
    old = read.document(id_)
    if old is None:
        raise UserError(f"The project has no article with the id {id_}.")
    for twin in read.documents_like("", version.sha256):
        same = "this article's, unchanged" if twin == id_ else f"that of the article {twin}"
        raise UserError(f"The new text is {same}; nothing was corrected.")
    new = _document(old, version)
    anchoring = Anchoring(old.text, new.text)
    layers = tuple(_layer(read, anchoring, each, new) for each in read.layers(document=id_))
    return Correction(old, new, layers, sum(1 for _ in read.decisions(document=id_)))


def _document(old: Document, version: Document) -> Document:
    """The new article: text and file are those of the version, all else is as it was."""
    kept = {key: value for key, value in old.meta.items() if key not in _OF_FILE}
    return replace(
        old,
        id=version.id,
        title=version.title if old.title == title_of(old.text) else old.title,
        text=version.text,
        sha256=version.sha256,
        meta={**kept, **version.meta, CORRECTS: old.id},
    )


def _layer(read: Reader, anchoring: Anchoring, was: Layer, new: Document) -> CarriedLayer:
    meta = {key: value for key, value in was.meta.items() if key != KEPT_LINES}
    rest: dict[str, Any] = {"round_": was.round, "tagset": was.tagset, "meta": meta}
    now = Layer.of(new.id, was.annotator, role=was.role, state=was.state, **rest)
    found = anchored(anchoring, now, read.annotations(layer=was.id))
    links, lost = anchored_links(now, found, read.relations(layer=was.id))
    if any(each.how in ("changed", None) for each in found):
        now = replace(now, state="question")
    return CarriedLayer(was, now, tuple(found), tuple(links), tuple(lost))

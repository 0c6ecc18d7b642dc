"""What versions of a place say, line by line, and in what they differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.core.describe import Teller, isolated, quoted, without
from annotator.core.model import Annotation, Entity, Relation
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.verbs import joined
from annotator.review.values import Place, Reviewed, Version
from annotator.ui.panels.editors import titled
from annotator.ui.reading.captions import entity_names

NOTHING = "nothing"
NOT_LINKED = "nothing linked"
_TARGET = 60
"""Code points of the words at the other end of a link."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a version, and whether not all versions have them."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An attribute or a link of a version, and whether not all versions have it so."""

    title: str
    value: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A version in words: its label (by name and as it is read), its quotations, its lines.

    A quotation is one annotation's words in pieces; `relabelled` says that labels differ.
    """

    label: str
    title: str
    relabelled: bool
    quotations: tuple[tuple[Piece, ...], ...]
    lines: tuple[Line, ...]

    @property
    def spoken(self) -> str:
        """The version as a screen reader says it."""
        words = (f"“{''.join(piece.text for piece in each)}”" for each in self.quotations)
        lines = (f"{each.title} {each.value}" for each in self.lines)
        return ", ".join((self.title, *words, *lines))


@dataclass(frozen=True, slots=True)
class Words:
    """Puts the versions of an article's places into words."""

    reviewed: Reviewed
    tagset: Tagset
    entities: Mapping[str, Entity]

    def told(self, place: Place) -> list[Told]:
        """The versions of a place, in their order."""
        if place.relation:
            return self._links(place)
        having = [each for each in place.versions if each.annotations]
        labels = {each.label for version in having for each in version.annotations}
        rows = [self._values(each) for each in place.versions]
        found = []
        for version, own in zip(place.versions, rows, strict=True):
            others = [each for each in having if each is not version]
            compared = [
                other for each, other in zip(place.versions, rows, strict=True) if each in others
            ]
            names = dict.fromkeys(name for row in rows for name in row)
            lines = tuple(
                Line(titled(name), own.get(name) or "not given", differs)
                for name in names
                if (differs := any(own.get(name) != row.get(name) for row in compared))
                or own.get(name)
            )
            found.append(
                Told(
                    version.annotations[0].label if version.annotations else "",
                    self._title(version),
                    relabelled=len(labels) > 1,
                    quotations=tuple(self._quotations(version, others)),
                    lines=lines if version.annotations else (),
                )
            )
        return found

    def target(self, id_: str) -> str:
        """What stands at an end of a link: the actor's name, else the words of the text."""
        annotation = self.annotation(id_)
        if annotation is None:
            return "something that is gone"
        names = " + ".join(entity_names(annotation, self.tagset, self.entities))
        words = quoted(annotation.quote(self.reviewed.document.text), _TARGET)
        return isolated(names or words)

    def annotation(self, id_: str) -> Annotation | None:
        """An annotation of gold, or of one of the layers in review, by its id."""
        works = (self.reviewed.gold, *self.reviewed.works.values())
        return next((each for work in works for each in work.annotations if each.id == id_), None)

    def _title(self, version: Version) -> str:
        titles = (self.tagset.label_title(each.label) for each in version.annotations)
        return " + ".join(dict.fromkeys(titles)) or NOTHING

    def _quotations(
        self, version: Version, others: Sequence[Version]
    ) -> Iterator[tuple[Piece, ...]]:
        own: set[Span] = set()
        spans = joined(span for each in version.annotations for span in each.spans)
        for other in others:
            theirs = joined(span for each in other.annotations for span in each.spans)
            own.update(without(spans, theirs))
        differing = joined(own) if own else ()
        for each in version.annotations:
            yield tuple(self._pieces(each.spans, differing))

    def _pieces(self, spans: Sequence[Span], differing: Sequence[Span]) -> Iterator[Piece]:
        text = self.reviewed.document.text
        for number, span in enumerate(spans):
            if number:
                yield Piece(" … ", differs=False)
            ends = {span.start, span.end}
            ends |= {at for each in differing for at in (each.start, each.end) if at in span}
            cuts = sorted(ends)
            for start, end in pairwise(cuts):
                differs = any(start in each for each in differing)
                yield Piece(" ".join(text[start:end].split(" ")).replace("\n", " "), differs)

    def _values(self, version: Version) -> dict[str, str]:
        """The attributes of a version in words, by name, in the order of the tag set."""
        teller = Teller(self.reviewed.document.text, self.tagset, self.entities)
        found: dict[str, list[str]] = {}
        for each in version.annotations:
            label = self.tagset.label(each.label)
            known = [attribute.name for attribute in label.attributes] if label else []
            strange = [name for name in each.attributes if name not in known]
            for name in (*known, *strange):
                if value := teller.value(each, name):
                    found.setdefault(name, []).append(value)
        return {name: " | ".join(values) for name, values in found.items()}

    def _links(self, place: Place) -> list[Told]:
        title = self.tagset.relation_title(place.relation)
        several = [{self._link(each): each for each in version.links} for version in place.versions]
        found = []
        for links in several:
            lines = tuple(
                Line(title, words, any(words not in other for other in several)) for words in links
            )
            nothing = Line(title, NOT_LINKED, any(several))
            found.append(Told("", title, False, (), lines or (nothing,)))  # noqa: FBT003 - a field
        return found

    def _link(self, link: Relation) -> str:
        more = ", ".join(_attributes(link))
        return f"{self.target(link.target)}{f' ({more})' if more else ''}"


def _attributes(link: Relation) -> Iterable[str]:
    for name, value in sorted(link.attributes.items()):
        if value is True:
            yield name
        elif value not in (None, False):
            yield f"{name} {value}"

"""A marked-up article as it is printed: what stands there in words, numbered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.core.codecs import codec_of
from annotator.core.describe import quoted
from annotator.core.model import Annotation, Document, Entity, Relation
from annotator.core.reading import Reading
from annotator.core.tagset import Attribute, Tagset
from annotator.core.text import counted
from annotator.ui.article.index import key_of
from annotator.ui.captions import caption, quiet

LONGEST_QUOTE = 160
"""Code points of an annotation's words in the list."""


class MarkedUp:
    """An article, one person's annotations and links, and what these mean.

    `ordered` are the annotations in reading order; on paper they are numbered from 1.
    """

    def __init__(
        self,
        document: Document,
        reading: Reading,
        tagset: Tagset,
        *,
        who: str,
        annotations: Iterable[Annotation],
        relations: Iterable[Relation] = (),
        entities: Mapping[str, Entity] | None = None,
    ) -> None:
        self.document = document
        self.reading = reading
        self.tagset = tagset
        self.ordered = sorted(annotations, key=key_of)
        self._who = who
        self._entities = entities or {}
        self._numbers = {each.id: number for number, each in enumerate(self.ordered, 1)}
        self._quiet = quiet(tagset)
        self._links: dict[str, list[tuple[Relation, Annotation]]] = {}
        for link in relations:
            if link.target in self._numbers:
                other = self.ordered[self._numbers[link.target] - 1]
                self._links.setdefault(link.source, []).append((link, other))

    def about(self) -> str:
        """The line below the title."""
        known = (self.document.source, self.document.published, self.document.url)
        count = f"{counted(len(self.ordered), 'annotation')} by {self._who}"
        return " · ".join(each for each in (*known, count) if each)

    def labels(self) -> list[str]:
        """The names of the labels that occur, in the tag set's order."""
        used = {each.label for each in self.ordered}
        names = [each.name for each in self.tagset.labels if each.name in used]
        return names + sorted(used - set(names))

    def caption(self, annotation: Annotation) -> str:
        """What stands above a span: its number, and what it says on screen."""
        number = str(self._numbers[annotation.id])
        if annotation.label in self._quiet:
            return number
        words = caption(
            annotation,
            tagset=self.tagset,
            text=self.document.text,
            partners=self._links.get(annotation.id, ()),
            entities=self._entities,
        )
        return f"{number} {words}"

    def heading(self, annotation: Annotation) -> str:
        """The first line of an annotation in the list."""
        places = ", ".join(f"{span.start}–{span.end}" for span in annotation.spans)
        title = self.tagset.label_title(annotation.label)
        return f"{self._numbers[annotation.id]}  {title} · characters {places}"

    def quote(self, annotation: Annotation) -> str:
        """The words of an annotation in the list."""
        return quoted(annotation.quote(self.document.text), LONGEST_QUOTE)

    def details(self, annotation: Annotation) -> Iterator[str]:
        """What is said of an annotation beside its words, a line each."""
        label = self.tagset.label(annotation.label)
        known = {each.name: each for each in label.attributes} if label else {}
        values = [
            f"{name}: {self._shown(known.get(name), value)}"
            for name, value in annotation.attributes.items()
        ]
        if values:
            yield " · ".join(values)
        for link, other in self._links.get(annotation.id, ()):
            words = quoted(other.quote(self.document.text))
            title = self.tagset.relation_title(link.type)
            yield f"{title} → {self._numbers[other.id]} {words}"
        if annotation.note:
            yield f"Note: {annotation.note}"

    def _shown(self, attribute: Attribute | None, value: Any) -> str:
        """The value of an attribute in words."""
        kind = attribute.type if attribute is not None else ""
        several: Sequence[Any] = value if isinstance(value, list) else [value]
        if kind == "entity":
            named = (self._entities.get(str(each)) for each in several)
            return " + ".join(
                each.name if each else str(id_) for each, id_ in zip(named, several, strict=True)
            )
        if kind == "flag" and isinstance(value, bool):
            return "yes" if value else "no"
        if attribute is not None and kind != "choice":
            return codec_of(attribute).show(value)
        return ", ".join(map(str, several))

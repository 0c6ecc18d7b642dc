"""A marked-up article as it is printed: what stands there in words, numbered."""

from collections.abc import Iterable, Iterator, Mapping

from annotator.core.describe import Teller, isolated, quoted
from annotator.core.model import Annotation, Document, Entity, Relation
from annotator.core.reading import Reading
from annotator.core.tagset import Tagset
from annotator.core.text import counted
from annotator.ui.article.index import key_of
from annotator.ui.reading.captions import caption, quiet

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
        self._teller = Teller(document.text, tagset, self._entities)
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
        values = [
            f"{name}: {self._teller.value(annotation, name)}" for name in annotation.attributes
        ]
        if values:
            yield " · ".join(values)
        for link, other in self._links.get(annotation.id, ()):
            words = quoted(other.quote(self.document.text))
            title = self.tagset.relation_title(link.type)
            yield f"{title} → {self._numbers[other.id]} {words}"
        if annotation.note:
            yield f"Note: {isolated(annotation.note)}"

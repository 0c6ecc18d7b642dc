"""An article with the work on it, as formats, review and figures take it."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.core.model import Annotation, Decision, Document, FirstPass, Layer, Relation


@dataclass(frozen=True, slots=True)
class Work:
    """A layer with what is in it, its first pass where one was kept, and the seconds of work."""

    layer: Layer
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()
    first_pass: FirstPass | None = None
    seconds: int = 0

    @property
    def first(self) -> FirstPass:
        """The first pass of a layer that was done: what is in it, where none was kept."""
        return self.first_pass or FirstPass(self.layer.id, self.annotations, self.relations)

    def mapped(
        self,
        layer: Layer,
        annotation: Callable[[Annotation], Annotation],
        relation: Callable[[Relation], Relation],
    ) -> "Work":
        """The same work in another layer, each annotation and relation in it made another one."""
        annotations, relations = (
            tuple(map(annotation, self.annotations)),
            map(relation, self.relations),
        )
        first = self.first_pass and FirstPass(
            layer.id,
            tuple(map(annotation, self.first_pass.annotations)),
            tuple(map(relation, self.first_pass.relations)),
        )
        return Work(layer, annotations, tuple(relations), first, self.seconds)


@dataclass(frozen=True, slots=True)
class Article:
    """A document with the work on it."""

    document: Document
    works: tuple[Work, ...] = ()
    decisions: tuple[Decision, ...] = ()

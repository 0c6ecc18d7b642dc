"""An article with the work on it, as formats, review and figures take it."""

from dataclasses import dataclass

from annotator.core.model import Annotation, Decision, Document, Layer, Relation


@dataclass(frozen=True, slots=True)
class Work:
    """A layer with what is in it."""

    layer: Layer
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A document with the work on it."""

    document: Document
    works: tuple[Work, ...] = ()
    decisions: tuple[Decision, ...] = ()

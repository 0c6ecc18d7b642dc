"""An article in review with all that is looked up in it, and what versions are in gold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotator.core.errors import UserError
from annotator.core.model import Annotation, Decision, Relation
from annotator.core.span import Span
from annotator.review.gold import Link, origin_of
from annotator.review.ground import sign
from annotator.review.links import Ties, realised
from annotator.review.places import ties
from annotator.review.standing import made_by, standing
from annotator.review.values import Place, Reviewed, Version

NO_END = "Both ends of a link must be in gold; decide its spans first."
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Made:
    """An annotation for gold: of `annotation` spans, label and attributes count.

    `origin` are the ids of those that it was made from, `how` is unanimous, majority, minority
    upheld, edited or new; `reading` counts from 1 where several readings stand, else it is 0.
    """

    annotation: Annotation
    origin: tuple[str, ...]
    how: str
    reading: int = 0


@dataclass(frozen=True)
class Desk:
    """An article in review, with what is looked up in it when it is first needed."""

    reviewed: Reviewed

    @property
    def annotations(self) -> Mapping[str, Annotation]:
        """What is compared, by id."""
        return self.reviewed.compared.annotations

    @cached_property
    def gold(self) -> Mapping[str, Annotation]:
        """The annotations of gold by id."""
        return {each.id: each for each in self.reviewed.gold.annotations}

    @cached_property
    def gold_links(self) -> Mapping[str, Relation]:
        """The relations of gold by id."""
        return {each.id: each for each in self.reviewed.gold.relations}

    @cached_property
    def owners(self) -> Mapping[str, Decision]:
        """The standing decisions by the ids of what they made in gold."""
        return {
            id_: each
            for each in standing(self.reviewed.article.decisions)
            for id_ in (*made_by(each, "layers"), *made_by(each, "links"))
        }

    def sign(self, annotation: Annotation) -> str:
        """The hash of an annotation; that of an annotator's is known."""
        compared = self.reviewed.compared
        if compared.annotations.get(annotation.id) is annotation:
            return compared.signs[annotation.id]
        return sign(annotation)

    def adopted(self, hash_: str) -> str:
        """The id of something of this hash that gold has by hand, "" for none; each is given once.

        A decision takes it over rather than to make the same again.
        """
        found = self._by_hand.get(hash_)
        return found.pop() if found else ""

    @cached_property
    def _by_hand(self) -> dict[str, list[str]]:
        """The ids of what gold has that no standing decision made, by hash."""
        found: dict[str, list[str]] = {}
        rows: tuple[Annotation | Relation, ...] = (*self.gold.values(), *self.gold_links.values())
        for each in rows:
            if each.id not in self.owners:
                found.setdefault(sign(each), []).append(each.id)
        return found

    @cached_property
    def ties(self) -> Ties:
        """The relations of the article, with the places of their ends."""
        return ties(self.reviewed)

    def at(self, place: Place, layers: Iterable[str] | None = None) -> list[Annotation]:
        """What annotators have at a place of spans, those of some layers or of all."""
        seen = place.seen["layers"]
        return [
            self.annotations[id_]
            for layer in (seen if layers is None else layers)
            for id_ in seen.get(layer, ())
        ]

    def made(self, place: Place, versions: Iterable[Version]) -> list[Made]:
        """What versions are in gold as they are."""
        taken = self._as_decided if place.kind == "decision" else self._as_marked
        return [taken(place, version, each) for version in versions for each in version.annotations]

    def _as_decided(self, _place: Place, _version: Version, annotation: Annotation) -> Made:
        """Gold's own annotation, as one of the reviewers left it."""
        origin = annotation.meta.get("origin")
        how = origin.get("how") if isinstance(origin, dict) else ""
        reading = annotation.meta.get("reading", 0)
        return Made(annotation, origin_of(annotation), str(how or "edited"), reading)

    def _as_marked(self, place: Place, version: Version, annotation: Annotation) -> Made:
        """An annotator's annotation, made from those of all who have the same."""
        meanings = self.reviewed.compared.meanings
        same, seen = meanings[annotation.id], place.seen["layers"]
        equal = tuple(id_ for layer in version.by for id_ in seen[layer] if meanings[id_] == same)
        if place.kind is None:
            return Made(annotation, equal, "unanimous")
        most = len(version.by) > _HALF * len(seen)
        return Made(annotation, equal, "majority" if most else "minority upheld")

    def reshaped(self, place: Place, base: Annotation, spans: tuple[Span, ...]) -> Made:
        """An annotation of other extents, made from all that annotators have at a place."""
        origin = tuple(each.id for each in self.at(place))
        return Made(replace(base, spans=spans), origin, "edited")

    def remade(self, place: Place, annotation: Annotation) -> Made:
        """What a reviewer made of a place, with what it was made from."""
        if annotation.id in {each.id for each in self.at(place)}:
            return Made(annotation, (annotation.id,), "edited")
        origin = origin_of(annotation)
        return Made(annotation, origin, "edited" if origin else "new")

    def links(self, place: Place, versions: Sequence[Version]) -> list[Link]:
        """The links of gold that versions of a place of relations stand for."""
        if place.kind == "decision":
            return [self.link(each) for version in versions for each in version.links]
        return realised(versions, place, self.ties)

    def link(self, relation: Relation) -> Link:
        """A link between annotations of gold; its ends may be annotators' that are there.

        Raises UserError where an end isn't in gold.
        """
        source, target = self._end(relation.source), self._end(relation.target)
        return Link(relation.type, source, target, relation.attributes)

    def _end(self, id_: str) -> Annotation:
        if id_ in self.gold:
            return self.gold[id_]
        end = self.ties.end(self.annotations[id_]) if id_ in self.annotations else None
        if end is None:
            raise UserError(NO_END)
        return end.annotation

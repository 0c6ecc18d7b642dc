"""What became of each annotator's versions, for the summary when nothing is pending."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from annotator.review.gold import end_of
from annotator.review.values import Place, Reviewed


@dataclass(frozen=True, slots=True)
class Tally:
    """How often what somebody marked under a label had this end.

    `agreed` by all; in conflicts `taken` as it is, `changed` or `rejected`; `missed` is what gold
    has and they don't.
    """

    agreed: int = 0
    taken: int = 0
    changed: int = 0
    rejected: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        names = [each.name for each in fields(self)]
        return Tally(*(getattr(self, name) + getattr(other, name) for name in names))


Key = tuple[str, str]
"""An annotator's name, and a label."""


def tallied(articles: Iterable[Reviewed]) -> dict[Key, Tally]:
    """By annotator and label, what became of their annotations at the places that are decided."""
    found: dict[Key, Tally] = {}
    for reviewed in articles:
        for place in reviewed.places:
            if place.status == "decided" and not place.relation:
                for key, tally in _of_place(place, reviewed):
                    found[key] = found.get(key, Tally()) + tally
    return dict(sorted(found.items()))


def _of_place(place: Place, reviewed: Reviewed) -> Iterable[tuple[Key, Tally]]:
    meaning = reviewed.ground.meaning
    gold = {meaning(each) for each in place.gold}
    for layer, ids in place.seen["layers"].items():
        name = reviewed.layers[layer].annotator
        own = [each for each in reviewed.works[layer].annotations if each.id in ids]
        for each in own:
            if meaning(each) in gold:
                alone = len(place.versions) == 1
                tally = Tally(agreed=1) if alone else Tally(taken=1)
            else:
                tally = Tally(changed=1) if end_of(each, place.gold) else Tally(rejected=1)
            yield (name, each.label), tally
        if not own:
            yield from (((name, each.label), Tally(missed=1)) for each in place.gold)

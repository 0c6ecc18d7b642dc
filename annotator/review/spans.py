"""The places of an article where annotators marked something, and how far each is."""

from collections.abc import Iterable, Sequence

from annotator.core.clusters import COINCIDING, shared
from annotator.core.model import Annotation, Decision
from annotator.review.ground import Ground
from annotator.review.judging import OnRecord, judged, reading_order
from annotator.review.standing import BY_HAND, DELETED, Register, is_real, made_by
from annotator.review.values import Compared, Place, Status, Version


def span_places(compared: Compared, register: Register, ground: Ground) -> list[Place]:
    """The places of the clusters with their status, in the same order."""
    decisions = register.on("layers", compared.at)
    return [
        _decided(each, decisions[number], register, ground) if number in decisions else each
        for number, each in enumerate(compared.places)
    ]


def _decided(
    place: Place, decisions: tuple[Decision, ...], register: Register, ground: Ground
) -> Place:
    """A place with decisions on it, and what they made."""
    gold = _gold(decisions, register)
    return judged(
        *(place, OnRecord(decisions, gold), register, ground),
        as_gold=lambda: _says(place, gold, ground),
    )


def first_decided(place: Place, decision: Decision, register: Register) -> Place:
    """A place as its first decision leaves it."""
    gold = _gold([decision], register)
    return Place(
        *(place.key, "", place.kind, "decided", place.versions, place.seen, (decision,), gold)
    )


def _gold(decisions: Iterable[Decision], register: Register) -> tuple[Annotation, ...]:
    """What these decisions have made in gold, as far as it is there, in reading order."""
    ids = {id_ for each in decisions for id_ in made_by(each, "layers")}
    found = [register.gold[id_] for id_ in ids if id_ in register.gold]
    return tuple(sorted(found, key=reading_order) if len(found) > 1 else found)


def _says(place: Place, gold: Sequence[Annotation], ground: Ground) -> bool:
    """Whether all agree on what gold has."""
    said = place.versions[0].annotations
    return place.kind is None and sorted(map(ground.meaning, said)) == sorted(
        map(ground.meaning, gold)
    )


def lost_places(
    compared: Compared, places: Sequence[Place], register: Register, ground: Ground
) -> tuple[list[Place], list[Place]]:
    """The places with the decisions whose annotations are gone, and the places of those alone.

    What such a decision made in gold may coincide with what annotators have marked anew; it stands
    there then. Else it has a place of its own, where nobody has anything.
    """
    found, alone = list(places), list[Place]()
    for decision in register.lost("layers"):
        gold = _gold([decision], register)
        at = _coinciding(gold, places)
        if at is not None:
            both = sorted((*found[at].decisions, decision), key=lambda each: each.id)
            found[at] = _decided(compared.places[at], tuple(both), register, ground)
        elif made_by(decision, "layers"):
            alone.append(_left_alone(decision, gold, register))
    return found, alone


def _coinciding(gold: Sequence[Annotation], places: Sequence[Place]) -> int | None:
    """The number of the first place where an annotation nearly coincides with one of these."""
    for number, place in enumerate(places):
        for one in (each for version in place.versions for each in version.annotations):
            if any(_coincide(one, each) for each in gold):
                return number
    return None


def _coincide(one: Annotation, other: Annotation) -> bool:
    common = shared(one.spans, other.spans)
    union = sum(map(len, one.spans)) + sum(map(len, other.spans)) - common
    return common >= COINCIDING * union


def _left_alone(decision: Decision, gold: tuple[Annotation, ...], register: Register) -> Place:
    """The place of a decision where nobody has anything any more."""
    status: Status = "decided" if is_real(decision) else "later"
    why = ""
    if register.judged(decision, "layers"):
        status, why = "stale", DELETED
    elif is_real(decision) and not register.is_whole(decision):
        status, why = "stale", BY_HAND
    return Place(
        *(f"decision {decision.id}", "", "missing", status),
        versions=(Version((), (), register.layers),),
        seen={"layers": {each: {} for each in register.layers}, "links": {}},
        decisions=(decision,),
        gold=gold,
        why=why,
    )

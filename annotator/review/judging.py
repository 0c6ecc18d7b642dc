"""How far a place is, by the decisions that stand on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotator.core.model import Annotation, Decision, Relation
from annotator.review.ground import Ground
from annotator.review.standing import (
    BY_HAND,
    CHANGED,
    FOLLOWS,
    Part,
    Register,
    is_real,
    made_by,
    rule_of,
)
from annotator.review.values import Place, Status, Version


def reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    """What annotations are put in reading order by."""
    span = annotation.envelope
    return (span.start, -span.end, annotation.label, annotation.id)


def part_of(place: Place) -> Part:
    """Whether annotations or relations are in question at a place."""
    return "links" if place.relation else "layers"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The decisions that stand on a place, and what they made in gold, as far as it is there."""

    decisions: tuple[Decision, ...]
    gold: tuple[Annotation, ...] = ()
    links: tuple[Relation, ...] = ()


def judged(
    place: Place, made: OnRecord, register: Register, ground: Ground, *, as_gold: Callable[[], bool]
) -> Place:
    """A place with the decisions on it, its status, and why.

    Where reviewers decided differently, its versions are theirs. `as_gold` says whether all agree
    and gold has just this: nothing is left to decide then, whatever was seen before.
    """
    real = [each for each in made.decisions if is_real(each)]
    part, kind, versions, why = part_of(place), place.kind, place.versions, ""
    status: Status = "decided"
    if not real:
        status = _undecided(place, made, ground)
    elif not all(map(register.is_whole, real)):
        status, why = "stale", BY_HAND
    elif not _are_exact(real, part, place, register) and not as_gold():
        status, why = "stale", CHANGED
    elif len(real) > 1 and len(theirs := _reviewers(real, made, ground)) > 1:
        status, kind, versions = "open", "decision", theirs
    # Not by `replace`, which takes its time: there may be ten thousands of places.
    return Place(
        *(place.key, place.relation, kind, status, versions, place.seen),
        *(made.decisions, made.gold, made.links, why),
    )


def _are_exact(decisions: Sequence[Decision], part: Part, place: Place, register: Register) -> bool:
    return all(register.is_exact(each, part, place.seen[part]) for each in decisions)


def _undecided(place: Place, made: OnRecord, ground: Ground) -> Status:
    if any(rule_of(each) != FOLLOWS for each in made.decisions):
        return "later"
    return "agreed" if place.kind is None and ground.rules.all_agree else "open"


def _reviewers(
    decisions: Sequence[Decision], made: OnRecord, ground: Ground
) -> tuple[Version, ...]:
    """What several decisions made of a place: the different ones, with the reviewers' names."""
    found: dict[tuple[object, ...], Version] = {}
    for each in decisions:
        annotations, relations = made_by(each, "layers"), made_by(each, "links")
        gold = tuple(one for one in made.gold if one.id in annotations)
        links = tuple(one for one in made.links if one.id in relations)
        key = (*sorted(_meaning(one, ground) for one in gold), *sorted(map(_ends, links)))
        known = found.get(key, Version(gold, links, ()))
        found[key] = replace(known, by=tuple(dict.fromkeys((*known.by, each.by))))
    return tuple(found.values())


def _meaning(gold: Annotation, ground: Ground) -> str:
    return f"{ground.meaning(gold)} {gold.meta.get('reading', '')}"


def _ends(link: Relation) -> str:
    return f"{link.type} {link.source} {link.target} {sorted(link.attributes.items())}"

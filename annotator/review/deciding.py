"""What a reviewer does with a place, as pure functions to an Edit; the door is Project.apply.

Each makes one decision, and with it what gold has there: the former goes, the new comes. Links in
gold follow their ends, and the relations that all agree on come as soon as both ends are there.
An annotator's rows are never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Unpack

from annotator.core.clusters import shared
from annotator.core.edits import Edit, change
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Decision, Relation
from annotator.core.span import Span
from annotator.core.verbs import joined
from annotator.review.desk import Desk, Made
from annotator.review.gold import Link, told
from annotator.review.settling import Said, decided, put_off
from annotator.review.values import Place, Reviewed, Version

NO_COMMON = "These versions have no character in common; take one of them, or both."


REASONS = ("slip", "guideline gap", "ambiguous text", "text defect")
"""Why annotators differ."""


def take(reviewed: Reviewed, place: Place, version: Version, **said: Unpack[Said]) -> Edit:
    """Take a version as it is; one where nobody has anything is the same as `none`."""
    desk = Desk(reviewed)
    if place.relation:
        links = desk.links(place, [version])
        return decided(desk, place, "take" if links else "none", said, links)
    made = desk.made(place, [version])
    return decided(desk, place, "take" if made else "none", said, made)


def none(reviewed: Reviewed, place: Place, **said: Unpack[Said]) -> Edit:
    """Reject what anybody has: gold has nothing here, and that is on record."""
    return decided(Desk(reviewed), place, "none", said)


def union(
    reviewed: Reviewed, place: Place, *, rest: Version | None = None, **said: Unpack[Said]
) -> Edit:
    """One span with all characters that any version has; of links, those of all versions.

    Label and attributes are those of `rest`, else of the version that most have.
    """
    desk = Desk(reviewed)
    if place.relation:
        return decided(desk, place, "union", said, desk.links(place, place.versions))
    spans = joined(span for each in _of_all(place) for span in each.spans)
    return decided(desk, place, "union", said, _reshaped(desk, place, spans, rest))


def intersection(
    reviewed: Reviewed, place: Place, *, rest: Version | None = None, **said: Unpack[Said]
) -> Edit:
    """One span with the characters that all versions share; of links, those that all have.

    Versions without anything don't count for spans. Raises UserError where nothing is shared.
    """
    desk = Desk(reviewed)
    if place.relation:
        every = [desk.links(place, [each]) for each in place.versions]
        common = set.intersection(*(_told(desk, links) for links in every))
        links = [each for each in every[0] if told(each, desk.reviewed.ground) <= common]
        return decided(desk, place, "intersection", said, links)
    having = [
        [span for each in version.annotations for span in each.spans]
        for version in place.versions
        if version.annotations
    ]
    spans = having[0] if having else []
    for others in having[1:]:
        spans = [found for one in spans for other in others if (found := _common(one, other))]
    if not spans:
        raise UserError(NO_COMMON)
    return decided(desk, place, "intersection", said, _reshaped(desk, place, joined(spans), rest))


def both_spans(
    reviewed: Reviewed,
    place: Place,
    *,
    versions: Sequence[Version] = (),
    **said: Unpack[Said],
) -> Edit:
    """Let the spans of several versions stand (of all, unless they are named), equal ones once.

    Of two with the same extents and label the one stands that most have.
    """
    desk = Desk(reviewed)
    chosen = versions or place.versions
    if place.relation:
        return decided(desk, place, "both spans", said, desk.links(place, chosen))
    found: dict[Any, Made] = {}
    for version in sorted(chosen, key=lambda each: -len(each.by)):
        for each in desk.made(place, [version]):
            found.setdefault((each.annotation.spans, each.annotation.label), each)
    return decided(desk, place, "both spans", said, list(found.values()))


def both_readings(
    reviewed: Reviewed,
    place: Place,
    *,
    versions: Sequence[Version] = (),
    **said: Unpack[Said],
) -> Edit:
    """Keep several versions (all, unless they are named) as legitimate readings of one passage.

    Each annotation in gold tells by `meta.reading` to which reading, from 1 on, it belongs.
    """
    desk = Desk(reviewed)
    chosen = versions or place.versions
    if place.relation:
        return decided(desk, place, "both readings", said, desk.links(place, chosen))
    having = [each for each in chosen if each.annotations]
    made = [
        replace(each, reading=number)
        for number, version in enumerate(having, start=1)
        for each in desk.made(place, [version])
    ]
    return decided(desk, place, "both readings", said, made)


def mix(
    reviewed: Reviewed,
    place: Place,
    extent: Version,
    rest: Version,
    *,
    values: Mapping[str, Version] | None = None,
    **said: Unpack[Said],
) -> Edit:
    """Extents from one version, label and attributes from another.

    `values` says from which version single attributes come, by their names. Of links the targets
    are those of `extent`, the attributes those of `rest`, where it has the link.
    """
    desk = Desk(reviewed)
    if place.relation:
        return decided(desk, place, "mix", said, _mixed_links(desk, place, extent, rest))
    made = []
    for one in desk.made(place, [extent]):
        base = _nearest(one.annotation, rest)
        found = dict(base.attributes)
        for name, version in (values or {}).items():
            found.pop(name, None)
            other = _nearest(one.annotation, version).attributes
            found |= {name: other[name]} if name in other else {}
        mixed = replace(base, spans=one.annotation.spans, attributes=found)
        made.append(Made(mixed, (*one.origin, base.id), "edited"))
    return decided(desk, place, "mix", said, made)


def edited(
    reviewed: Reviewed,
    place: Place,
    annotations: Sequence[Annotation] = (),
    links: Sequence[Relation] = (),
    **said: Unpack[Said],
) -> Edit:
    """Put in gold what the reviewer has made of a place, whatever others have.

    Only spans, labels and attributes of `annotations` count; one with the id of an annotator's is
    made from that. At a place of relations `links` count: their ends are annotations of gold, or
    annotators' that are there. Raises UserError where an end isn't.
    """
    desk = Desk(reviewed)
    if place.relation:
        return decided(desk, place, "edit", said, [desk.link(each) for each in links])
    return decided(desk, place, "edit", said, [desk.remade(place, each) for each in annotations])


def keep(reviewed: Reviewed, place: Place, **said: Unpack[Said]) -> Edit:
    """Confirm what gold has at a stale place: it stands, on the grounds of what is there now."""
    return edited(reviewed, place, place.gold, place.gold_links, **said)


def later(reviewed: Reviewed, place: Place, **said: Unpack[Said]) -> Edit:
    """Put a place off; what gold has there stays until it is decided. A decided one is reopened."""
    if place.status == "decided":
        return reopen(reviewed, place, **said)
    return put_off(Desk(reviewed), place, said)


def reopen(reviewed: Reviewed, place: Place, **said: Unpack[Said]) -> Edit:
    """Take a decision back, and what it made out of gold; the decision stays on record."""
    return decided(Desk(reviewed), place, "later", said)


def annotate(
    decision: Decision,
    *,
    reason: str | None = None,
    comment: str | None = None,
    confidence: str | None = None,
    gap: bool | None = None,
) -> Edit:
    """Say more of a decision: what is None stays as it is."""
    after = replace(
        decision,
        reason=decision.reason if reason is None else reason,
        comment=decision.comment if comment is None else comment,
        confidence=decision.confidence if confidence is None else confidence,
        guideline_gap=decision.guideline_gap if gap is None else gap,
    )
    return Edit("remark on decision", change(decision, after))


def _of_all(place: Place) -> list[Annotation]:
    return [each for version in place.versions for each in version.annotations]


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _reshaped(
    desk: Desk, place: Place, spans: tuple[Span, ...], rest: Version | None
) -> list[Made]:
    """One annotation of these extents, its label and attributes those of a version."""
    having = [each for each in place.versions if each.annotations]
    if not having:
        return []
    version = rest or max(having, key=lambda each: len(each.by))
    return [desk.reshaped(place, version.annotations[0], spans)]


def _nearest(annotation: Annotation, version: Version) -> Annotation:
    """The annotation of a version that shares most with one; the one itself where it is empty."""
    return max(
        version.annotations,
        key=lambda each: shared(each.spans, annotation.spans),
        default=annotation,
    )


def _told(desk: Desk, links: Sequence[Link]) -> set[tuple[str, str]]:
    return {one for each in links for one in told(each, desk.reviewed.ground)}


def _mixed_links(desk: Desk, place: Place, extent: Version, rest: Version) -> list[Link]:
    ground = desk.reviewed.ground
    others = desk.links(place, [rest])
    found = []
    for link in desk.links(place, [extent]):
        same = (each for each in others if told(each, ground) & told(link, ground))
        found.append(replace(link, attributes=next(same, link).attributes))
    return found

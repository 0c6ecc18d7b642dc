"""The one way in which decisions come about: the decision, what it makes in gold, what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Required, TypedDict

from annotator.core.edits import Change, Edit, change, combined, inserted
from annotator.core.ids import inner_id, new_id
from annotator.core.model import Annotation, Decision, Relation
from annotator.review.desk import Desk, Made
from annotator.review.gold import Link
from annotator.review.ground import sign
from annotator.review.moving import moved
from annotator.review.places import after
from annotator.review.values import Place, Reviewed

ALL_AGREE = "all agree"
"""The rule that takes what all have exactly."""
NAMES = {
    "take": "take a version",
    "union": "take all words of the versions",
    "intersection": "take the words that all have",
    "both spans": "let the spans of all versions stand",
    "both readings": "keep both readings",
    "mix": "mix two versions",
    "edit": "take an edited version",
    "none": "reject all versions",
    "later": "take a decision back",
}
"""What the edits are called that decisions are, by their actions."""


class Said(TypedDict, total=False):
    """What a reviewer says of a decision: who, why, in which words, how surely.

    `reason` is one of deciding.REASONS, `gap` says that the guideline has a gap here.
    """

    by: Required[str]
    reason: str
    comment: str
    confidence: str
    gap: bool


def decided(
    desk: Desk,
    place: Place,
    action: str,
    said: Said,
    made: Sequence[Made | Link] = (),
) -> Edit:
    """The edit that a decision is, with the agreed relations that become possible by it."""
    name = NAMES[action]
    edit = Edit(name, settled(desk, place, action, said, made))
    return combined(name, [edit, *followed(after(desk.reviewed, edit), said["by"])])


def put_off(desk: Desk, place: Place, said: Said) -> Edit:
    """The edit that puts a place off; gold stays as it is."""
    outcome = {
        "annotations": {each.id: sign(each) for each in place.gold},
        "links": {each.id: sign(each) for each in place.gold_links},
    }
    decision = _decision(desk, place, "later", said, outcome)
    return Edit("put a conflict off", inserted([decision]))


def settled(
    desk: Desk,
    place: Place,
    action: str,
    said: Said,
    made: Sequence[Made | Link] = (),
    *,
    rule: str = "",
) -> tuple[Change, ...]:
    """The changes of a decision: itself, what it makes in gold, and what goes from there."""
    annotations = _annotations(desk, place, [each for each in made if isinstance(each, Made)])
    links = _links(desk, place, [each for each in made if isinstance(each, Link)])
    outcome: dict[str, Any] = {
        "annotations": {each.id: hash_ for each, hash_ in annotations},
        "links": {each.id: hash_ for each, hash_ in links},
    }
    if rule:
        outcome["rule"] = rule
    gone = [each for each in place.gold if each.id not in outcome["annotations"]]
    unlinked = [each for each in place.gold_links if each.id not in outcome["links"]]
    return (
        *(inserted([desk.reviewed.gold.layer]) if desk.reviewed.fresh else ()),
        Change(None, _decision(desk, place, action, said, outcome)),
        *(Change(each, None) for each in unlinked),
        *moved(desk, gone, [each for each, _ in annotations], {each.id for each in unlinked}),
        *(Change(each, None) for each in gone),
        *(one for each, _ in annotations for one in change(desk.gold.get(each.id), each)),
        *(one for each, _ in links for one in change(desk.gold_links.get(each.id), each)),
    )


def followed(reviewed: Reviewed, by: str) -> list[Edit]:
    """The edits that take the relations which all agree on, now that their ends are there."""
    desk = Desk(reviewed)
    found = []
    for place in reviewed.places:
        if place.relation and place.status == "agreed":
            links = desk.links(place, place.versions)
            action = "take" if links else "none"
            changes = settled(desk, place, action, {"by": by}, links, rule=ALL_AGREE)
            found.append(Edit("", changes))
    return found


def _decided_id(layer: str, seen: Mapping[str, Mapping[str, str]], *content: object) -> str:
    """An id in gold that only the same reading of the same things gives: for all reviewers one."""
    ids = sorted(id_ for found in seen.values() for id_ in found)
    return inner_id(layer, " ".join(map(str, ("decided", *ids, *content))))


def _decision(
    desk: Desk, place: Place, action: str, said: Said, outcome: Mapping[str, Any]
) -> Decision:
    return Decision(
        *(new_id(), desk.reviewed.document.id, place.seen, action, outcome),
        by=said["by"],
        reason=said.get("reason", ""),
        comment=said.get("comment", ""),
        confidence=said.get("confidence", ""),
        guideline_gap=said.get("gap", False),
        supersedes=" ".join(each.id for each in place.decisions),
    )


def _annotations(desk: Desk, place: Place, made: Sequence[Made]) -> list[tuple[Annotation, str]]:
    """What a decision makes in gold, with hashes; what gold has by hand isn't doubled."""
    layer, seen = desk.reviewed.gold.layer.id, place.seen["layers"]
    found: dict[str, tuple[Annotation, str]] = {}
    for each in made:
        one, hash_ = each.annotation, desk.sign(each.annotation)
        adopted = desk.adopted(hash_)
        if adopted:
            found[adopted] = (desk.gold[adopted], hash_)
            continue
        number = 0
        while (id_ := _decided_id(layer, seen, hash_, each.reading, number)) in found:
            number += 1
        meta: dict[str, Any] = {"origin": {"from": list(each.origin), "how": each.how}}
        if each.reading:
            meta["reading"] = each.reading
        gold = Annotation(id_, layer, one.spans, one.label, one.attributes, meta=meta)
        found[id_] = (gold, hash_)
    return list(found.values())


def _links(desk: Desk, place: Place, links: Sequence[Link]) -> list[tuple[Relation, str]]:
    """The same for links."""
    layer, seen = desk.reviewed.gold.layer.id, place.seen["links"]
    found: dict[str, tuple[Relation, str]] = {}
    for each in links:
        one = Relation("", layer, each.type, each.source.id, each.target.id, each.attributes)
        hash_ = sign(one)
        id_ = desk.adopted(hash_) or _decided_id(layer, seen, hash_)
        found[id_] = (replace(one, id=id_), hash_)
    return list(found.values())

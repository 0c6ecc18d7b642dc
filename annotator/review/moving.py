"""Links in gold follow their ends when those are decided anew; what can't is open again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.core.edits import Change, change
from annotator.core.ids import inner_id, new_id
from annotator.core.model import Annotation, Decision, Relation
from annotator.review.desk import Desk
from annotator.review.gold import end_of
from annotator.review.ground import sign
from annotator.review.standing import FOLLOWS, made_by


def moved(
    desk: Desk, gone: Sequence[Annotation], made: Sequence[Annotation], but: set[str]
) -> list[Change]:
    """What becomes of links in gold, save some (`but`), whose ends go while others are made."""
    if not gone:
        return []
    ends = {each.id: end_of(each, made) for each in gone}
    now = {id_: end.annotation if end else None for id_, end in ends.items()}
    gold = {**desk.gold, **{each.id: each for each in made}, **now}
    hanging = {
        each.id: _between(desk, each, gold.get(each.source), gold.get(each.target))
        for each in desk.reviewed.gold.relations
        if each.id not in but and (each.source in ends or each.target in ends)
    }
    owners = {desk.owners[id_].id: desk.owners[id_] for id_ in hanging if id_ in desk.owners}
    changes = [
        one
        for id_, link in hanging.items()
        if id_ not in desk.owners
        for one in change(desk.gold_links[id_], link)
    ]
    for each in owners.values():
        changes += _carried(desk, each, hanging)
    return changes


def _between(
    desk: Desk, link: Relation, source: Annotation | None, target: Annotation | None
) -> Relation | None:
    """A link between the annotations that come for its ends, None where there can be none."""
    if source is None or target is None:
        return None
    if not desk.reviewed.ground.allows(link.type, source, target):
        return None
    return replace(link, source=source.id, target=target.id)


def _carried(
    desk: Desk, owner: Decision, hanging: Mapping[str, Relation | None]
) -> Iterable[Change]:
    """The changes that let a decision on links follow new ends, or, where one can't, reopen it."""
    own = [desk.gold_links[id_] for id_ in made_by(owner, "links") if id_ in desk.gold_links]
    new = [hanging.get(each.id, each) for each in own]
    follows = [_renamed(desk, old, each) for old, each in zip(own, new, strict=True) if each]
    whole = len(follows) == len(own)
    links = {each.id: each for each in follows} if whole else {}
    outcome = {**owner.outcome, "links": {id_: sign(each) for id_, each in links.items()}}
    decision = replace(
        owner,
        id=new_id(),
        action=owner.action if whole else "later",
        outcome=outcome if whole else outcome | {"rule": FOLLOWS},
        supersedes=owner.id,
    )
    yield Change(None, decision)
    before = {each.id: each for each in own}
    for id_ in {**before, **links}:
        yield from change(before.get(id_), links.get(id_))


def _renamed(desk: Desk, old: Relation, new: Relation) -> Relation:
    """A link with an id of its own where its ends are others: the same one for all reviewers."""
    if new == old:
        return new
    return replace(new, id=inner_id(desk.reviewed.gold.layer.id, f"{old.id} {sign(new)}"))

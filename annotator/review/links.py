"""The places of an article where annotators linked something: one for each span and type of link.

Links are compared by entity, never by mention, and as gold has decided their ends: a relation
comes after spans.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.core.model import Annotation, Decision, Relation
from annotator.review.gold import End, Link, Mentions, chosen, end_of, possible, told
from annotator.review.ground import Ground, text_of
from annotator.review.judging import OnRecord, judged
from annotator.review.standing import BY_HAND, DELETED, Register, is_real, made_by
from annotator.review.values import Compared, Group, Kind, Place, Status, Version, Vote

ENDS_PENDING = "its ends are not decided yet"
END_REJECTED = "an end of it was rejected"


@dataclass(frozen=True, slots=True)
class Ties:
    """The relations of an article with their ends in gold; `places` are those of the clusters."""

    compared: Compared
    places: Sequence[Place]
    ground: Ground
    mentions: Mentions
    _candidates: dict[str, list[tuple[Link, bool]]] = field(default_factory=dict)

    def place(self, annotation: Annotation) -> Place:
        """The place of an annotator's annotation."""
        return self.places[self.compared.at[annotation.id]]

    def is_settled(self, annotation: Annotation) -> bool:
        """Whether the place of an annotator's annotation is decided."""
        return self.place(annotation).status == "decided"

    def end(self, annotation: Annotation) -> End | None:
        """Where gold has an annotator's annotation; None where its place was rejected."""
        return end_of(annotation, self.place(annotation).gold)

    def candidates(self, vote: Vote) -> list[tuple[Link, bool]]:
        """The links of gold that a relation can be, and whether each is sure."""
        found = self._candidates.get(vote.relation.id)
        if found is None:
            ends = (self.end(vote.source), self.end(vote.target))
            named = self.ground.entities(vote.target)
            found = list(possible(vote.relation, ends, named, self.mentions))
            self._candidates[vote.relation.id] = found
        return found

    def items(self, vote: Vote) -> Iterator[tuple[object, str]]:
        """What a vote says of its target, by entity, or by cluster where it names none.

        As gold has decided the target, where it is decided; nothing where there is none.
        """
        targets = [vote.target]
        if self.is_settled(vote.source) and self.is_settled(vote.target):
            targets = [link.target for link, _ in self.candidates(vote)]
        for each in targets:
            named = self.ground.entities(each) or (self.compared.at[vote.target.id],)
            yield from ((one, vote.said) for one in named)


def link_places(ties: Ties, register: Register) -> list[Place]:
    """The places of relations, in reading order, and those of decisions whose links are gone."""
    groups = ties.compared.groups
    at = {
        id_: number
        for number, group in enumerate(groups)
        for ids in group.seen.values()
        for id_ in ids
    }
    decisions = register.on("links", at)
    found = (
        _place(ties, group, decisions.get(number, ()), register)
        for number, group in enumerate(groups)
    )
    return [*found, *_lost(register)]


def _place(ties: Ties, group: Group, decisions: tuple[Decision, ...], register: Register) -> Place:
    versions = _versions(ties, group)
    seen = {"layers": {}, "links": group.seen}
    kind: Kind | None = "relation" if len(versions) > 1 else None
    made = OnRecord(decisions, links=_gold(decisions, register))
    status, why = _before_deciding(ties, group, made.links)
    place = Place(
        *(group.key, group.type, kind, status, versions, seen, decisions),
        gold_links=made.links,
        why=why,
    )
    if status != "open":
        return place

    def as_gold() -> bool:
        said = chosen(candidates(group, versions, ties), ties.ground)
        return kind is None and _told(said, ties) == _told(_ends(place, register), ties)

    return judged(place, made, register, ties.ground, as_gold=as_gold)


def _before_deciding(ties: Ties, group: Group, gold: Sequence[Relation]) -> tuple[Status, str]:
    """Whether the links of a group can be decided yet, or there is nothing to be decided."""
    source = ties.places[group.number]
    votes = [each for several in group.votes.values() for each in several]
    if source.status != "decided":
        return "waiting", ENDS_PENDING
    if not source.gold:
        return "moot", END_REJECTED
    if not all(ties.is_settled(each.target) for each in votes):
        return "waiting", ENDS_PENDING
    if not gold and not any(ties.candidates(each) for each in votes):
        return "moot", END_REJECTED
    return "open", ""


def _told(links: Iterable[Link], ties: Ties) -> set[tuple[str, ...]]:
    """What links say, with their attributes."""
    ground = ties.ground
    return {(*one, text_of(each.attributes)) for each in links for one in told(each, ground)}


def _ends(place: Place, register: Register) -> Iterator[Link]:
    """The links that gold has at a place, with their ends."""
    gold = register.gold
    for each in place.gold_links:
        yield Link(each.type, gold[each.source], gold[each.target], each.attributes)


def _versions(ties: Ties, group: Group) -> tuple[Version, ...]:
    """What the voters have linked, equal things once, in the order of the voters.

    Who has in one piece what others have in parts says the same as those who link any part.
    """
    given: list[tuple[frozenset[object], frozenset[object] | None, list[str]]] = []
    for layer, votes in group.votes.items():
        what = frozenset(item for vote in votes for item in ties.items(vote))
        parts = frozenset(each.part for each in votes) if any(each.part for each in votes) else None
        for number, (known, cut, several) in enumerate(given):
            if known == what and (cut is None or parts is None or cut == parts):
                given[number] = (what, cut or parts, [*several, layer])
                break
        else:
            given.append((what, parts, [layer]))
    members = ties.compared.clusters[group.number].members
    return tuple(
        Version(
            members[several[0]],
            tuple(each.relation for each in group.votes[several[0]]),
            tuple(several),
        )
        for _, _, several in given
    )


def realised(versions: Sequence[Version], place: Place, ties: Ties) -> list[Link]:
    """The links of gold that versions of a place of relations stand for together, each once."""
    group = next((each for each in ties.compared.groups if each.key == place.key), None)
    return chosen(candidates(group, versions, ties), ties.ground) if group else []


def candidates(group: Group, versions: Sequence[Version], ties: Ties) -> list[tuple[Link, bool]]:
    """The links of gold that the votes for these versions can be, and whether each is sure."""
    return [
        one
        for version in versions
        for layer in version.by
        for vote in group.votes[layer]
        for one in ties.candidates(vote)
    ]


def _gold(decisions: Sequence[Decision], register: Register) -> tuple[Relation, ...]:
    ids = dict.fromkeys(id_ for each in decisions for id_ in made_by(each, "links"))
    return tuple(register.links[id_] for id_ in ids if id_ in register.links)


def _lost(register: Register) -> Iterator[Place]:
    """The places of decisions whose relations are gone, while what they made is in gold."""
    for decision in register.lost("links"):
        found = _gold([decision], register)
        if not found:
            continue
        status: Status = "decided" if is_real(decision) else "later"
        why = ""
        if register.judged(decision, "links"):
            status, why = "stale", DELETED
        elif is_real(decision) and not register.is_whole(decision):
            status, why = "stale", BY_HAND
        yield Place(
            *(f"decision {decision.id}", found[0].type, "missing", status),
            versions=(Version((), (), register.layers),),
            seen={"layers": {}, "links": {each: {} for each in register.layers}},
            decisions=(decision,),
            gold_links=found,
            why=why,
        )

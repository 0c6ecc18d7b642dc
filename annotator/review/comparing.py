"""What annotators have in an article, put side by side, and in what they differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from annotator.core.article import Work
from annotator.core.clusters import Cluster, clusters
from annotator.core.differing import differing
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.review.ground import Ground, sign
from annotator.review.standing import Seen
from annotator.review.values import Compared, Group, Kind, Place, Status, Version, Vote


def compared(works: Mapping[str, Work], ground: Ground) -> Compared:
    """What the layers in review have, by their ids in the order in which versions are shown."""
    found = tuple(clusters({layer: work.annotations for layer, work in works.items()}))
    annotations = {each.id: each for work in works.values() for each in work.annotations}
    signs = {id_: hash_ for each in found for id_, hash_ in _signs(each)}
    meanings = signs
    if ground.twins:
        meanings = {id_: ground.meaning(each) for id_, each in annotations.items()}
    links: dict[str, list[Relation]] = {}
    for work in works.values():
        for each in work.relations:
            links.setdefault(each.source, []).append(each)
    at = {
        each.id: number
        for number, cluster in enumerate(found)
        for several in cluster.members.values()
        for each in several
    }
    places = []
    for cluster in found:
        versions = _versions(cluster, meanings, links, list(works))
        seen = {
            layer: {each.id: signs[each.id] for each in cluster.members.get(layer, ())}
            for layer in works
        }
        kind = kind_of(versions, ground)
        status: Status = "agreed" if kind is None and ground.rules.all_agree else "open"
        both = {"layers": seen, "links": {}}
        places.append(Place(key_of(seen), "", kind, status, versions, both))
    ground_laid = Compared(found, tuple(places), annotations, at, signs, meanings)
    return replace(ground_laid, groups=tuple(_groups(works, ground_laid, ground)))


def _signs(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """The hashes of the annotations of a cluster, by id; of equal bare ones, as most are, one."""
    last, hash_ = None, ""
    for several in cluster.members.values():
        for each in several:
            if last is None or not _are_equal_and_bare(each, last):
                last, hash_ = each, sign(each)
            yield each.id, hash_


def _are_equal_and_bare(one: Annotation, other: Annotation) -> bool:
    """Whether two have no attributes, of which 1 and 1.0 would be equal too, and are the same."""
    if one.attributes or other.attributes:
        return False
    return one.label == other.label and one.spans == other.spans


def key_of(seen: Seen, relation: str = "") -> str:
    """The key of a place where this is to be seen."""
    ids = sorted(id_ for found in seen.values() for id_ in found)
    return blake2b(" ".join((relation, *ids)).encode(), digest_size=8).hexdigest()


def _versions(
    cluster: Cluster,
    meanings: Mapping[str, str],
    links: Mapping[str, Sequence[Relation]],
    layers: Sequence[str],
) -> tuple[Version, ...]:
    """What the layers have in a cluster: equal things once, in the order of the layers."""
    given: dict[tuple[str, ...], list[str]] = {}
    for layer in layers:
        found = cluster.members.get(layer, ())
        said = [meanings[each.id] for each in found]
        given.setdefault(tuple(sorted(said) if len(said) > 1 else said), []).append(layer)
    versions = []
    for several in given.values():
        found = cluster.members.get(several[0], ())
        going = tuple(link for each in found for link in links.get(each.id, ()))
        versions.append(Version(found, going, tuple(several)))
    return tuple(versions)


def _groups(works: Mapping[str, Work], found: Compared, ground: Ground) -> Iterator[Group]:
    """The relations from the clusters in reading order.

    One of a type that has no direction is looked at from the end that comes first.
    """
    groups: dict[tuple[int, str], dict[str, list[Vote]]] = {}
    for layer, work in works.items():
        for each in work.relations:
            vote = _vote(each, found, ground)
            group = groups.setdefault((found.at[vote.source.id], each.type), {})
            group.setdefault(layer, []).append(vote)
    for (number, type_), votes in sorted(groups.items()):
        members = found.clusters[number].members
        voters = {layer: votes.get(layer, ()) for layer in works if layer in members}
        seen = {
            layer: {each.relation.id: sign(each.relation) for each in several}
            for layer, several in voters.items()
        }
        key = key_of(found.places[number].seen["layers"], type_)
        yield Group(number, type_, key, voters, seen)


def _vote(relation: Relation, found: Compared, ground: Ground) -> Vote:
    source, target = found.annotations[relation.source], found.annotations[relation.target]
    if found.at[target.id] < found.at[source.id] and ground.is_symmetric(relation.type):
        source, target = target, source
    parts = _part(source, found), _part(target, found)
    part = (parts[0], found.at[target.id], parts[1]) if any(parts) else None
    return Vote(relation, source, target, ground.text(relation), part)


def _part(annotation: Annotation, found: Compared) -> tuple[Span, ...]:
    """The extents of one of several that a layer has in a cluster, () of the only one."""
    several = found.clusters[found.at[annotation.id]].members[annotation.layer]
    return annotation.spans if len(several) > 1 else ()


def kind_of(versions: Sequence[Version], ground: Ground) -> Kind | None:
    """In what versions differ first; None for one version."""
    if len(versions) == 1:
        return None
    having = [each.annotations for each in versions]
    return differing(having, ground.tagset, ground.attributes) or "attribute"

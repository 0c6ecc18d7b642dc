"""Which annotations of several layers are about the same place: what there is to agree on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from annotator.core.model import Annotation
from annotator.core.span import Span

COINCIDING = 0.8
"""From this share of common characters on (Jaccard), two labels stand against each other. A denial
and the claim inside it are both right; two labels on the same words are not."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the layers have at one place, by the layer's name: one annotation, several, or none.

    Several of one layer don't overlap: they are one thing in parts, where others took it for whole.
    """

    members: Mapping[str, tuple[Annotation, ...]]

    @property
    def start(self) -> int:
        """Where the first of its annotations starts, in code points."""
        return min(each.envelope.start for found in self.members.values() for each in found)


@dataclass(slots=True)
class _Node:
    """An annotation of a layer, and the group that it belongs to by now."""

    layer: str
    annotation: Annotation
    key: tuple[int, int, str, str, str]
    """Where it stands in reading order."""
    group: "list[_Node]" = field(default_factory=list)

    @classmethod
    def of(cls, layer: str, annotation: Annotation) -> "_Node":
        """A node that is a group of its own."""
        node = cls(layer, annotation, _key(layer, annotation))
        node.group.append(node)
        return node


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two annotations of different layers that share characters."""

    one: _Node
    other: _Node
    common: int
    union: int

    @property
    def alike(self) -> bool:
        """Whether they have the same label."""
        return self.one.annotation.label == self.other.annotation.label

    @property
    def rank(self) -> tuple[bool, int, float]:
        """Same label first, then what shares most, then what is most alike in extent."""
        return (not self.alike, -self.common, -self.common / self.union)


def clusters(layers: Mapping[str, Sequence[Annotation]]) -> list[Cluster]:
    """The clusters of the annotations of one article, by layer, in reading order.

    Annotations are matched one to one, same label first and largest overlap first; across labels
    only where the extents nearly coincide. What one layer has in parts joins what another has as a
    whole. The answer doesn't depend on the order of the layers.
    """
    found = list(_agreed(layers))
    apart = {id(each) for cluster in found for (each,) in cluster.members.values()}
    nodes = [
        _Node.of(layer, each)
        for layer, several in layers.items()
        for each in several
        if id(each) not in apart
    ]
    nodes.sort(key=lambda each: each.key)
    edges = sorted(_edges(nodes), key=lambda each: (each.rank, each.one.key, each.other.key))
    for edge in edges:
        if _are_apart(edge.one.group, edge.other.group):
            _join(edge.one.group, edge.other.group)
    for edge in edges:
        if _is_split(edge):
            _join(edge.one.group, edge.other.group)
    groups = {id(node.group): node.group for node in nodes}
    found += map(_cluster, groups.values())
    return sorted(found, key=_first)


def _agreed(layers: Mapping[str, Sequence[Annotation]]) -> Iterator[Cluster]:
    """The clusters of what all layers have once, with the same extents and label: most, as a rule.

    Nothing else can be matched with that: no other pair shares more of it, and what is part of it
    is nested in what the same layer has.
    """
    alike: dict[tuple[tuple[Span, ...], str], dict[str, list[Annotation]]] = {}
    for layer in sorted(layers):
        for each in layers[layer]:
            alike.setdefault((each.spans, each.label), {}).setdefault(layer, []).append(each)
    for found in alike.values():
        if len(found) == len(layers) and all(len(each) == 1 for each in found.values()):
            yield Cluster({layer: tuple(several) for layer, several in found.items()})


def _first(cluster: Cluster) -> tuple[int, int, str, str, str]:
    """The key of the first annotation of a cluster."""
    return min(_key(layer, each) for layer, several in cluster.members.items() for each in several)


def _key(layer: str, annotation: Annotation) -> tuple[int, int, str, str, str]:
    """What annotations are put in reading order by, whichever order their layers are in."""
    spans = annotation.spans
    return (spans[0].start, -spans[-1].end, annotation.label, layer, annotation.id)


def _edges(nodes: Sequence[_Node]) -> Iterator[_Edge]:
    """The pairs that may be about the same, in one sweep over the nodes in order."""
    open_: list[_Node] = []
    for node in nodes:
        start = node.key[0]
        open_ = [each for each in open_ if -each.key[1] > start]
        for earlier in open_:
            if earlier.layer != node.layer:
                edge = _edge(earlier, node)
                if edge.common and (edge.alike or edge.common >= COINCIDING * edge.union):
                    yield edge
        open_.append(node)


def _edge(one: _Node, other: _Node) -> _Edge:
    spans, others = one.annotation.spans, other.annotation.spans
    common = shared(spans, others)
    return _Edge(one, other, common, sum(map(len, spans)) + sum(map(len, others)) - common)


def shared(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How many code points two annotations' spans have in common."""
    if len(spans) == len(others) == 1:  # as nearly all are
        one, other = spans[0], others[0]
        return max(0, min(one.end, other.end) - max(one.start, other.start))
    return sum(
        max(0, min(span.end, other.end) - max(span.start, other.start))
        for span, other in product(spans, others)
    )


def _are_apart(group: list[_Node], other: list[_Node]) -> bool:
    """Whether two groups are different ones, and no layer has something in both."""
    if len(group) == len(other) == 1:  # as nearly all are
        return group[0].layer != other[0].layer
    return group is not other and not {each.layer for each in group} & {
        each.layer for each in other
    }


def _is_split(edge: _Edge) -> bool:
    """Whether one end is a part of what the other's layer has as a whole.

    The layer with the whole has nothing else where the part is, and no layer's own annotations
    would lie on each other: what is nested is meant to be two things.
    """
    one, other = edge.one, edge.other
    lengths = (sum(map(len, each.annotation.spans)) for each in (one, other))
    if one.group is other.group or not edge.alike or edge.common < _HALF * min(lengths):
        return False
    lacking = all(each.layer != one.layer for each in other.group) or all(
        each.layer != other.layer for each in one.group
    )
    return lacking and not any(
        each.layer == part.layer and shared(each.annotation.spans, part.annotation.spans)
        for each, part in product(one.group, other.group)
    )


def _join(group: list[_Node], other: list[_Node]) -> None:
    group.extend(other)
    for node in other:
        node.group = group


def _cluster(group: list[_Node]) -> Cluster:
    members: dict[str, tuple[Annotation, ...]] = {}
    for node in sorted(group, key=lambda each: (each.layer, each.key)):
        members[node.layer] = (*members.get(node.layer, ()), node.annotation)
    return Cluster(members)

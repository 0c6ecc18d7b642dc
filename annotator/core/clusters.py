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
    """Where it stands in an order that doesn't depend on the order of layers."""
    group: "list[_Node]" = field(default_factory=list)

    @classmethod
    def of(cls, layer: str, annotation: Annotation) -> "_Node":
        """A node that is a group of its own."""
        span = annotation.envelope
        key = (span.start, -span.end, annotation.label, layer, annotation.id)
        node = cls(layer, annotation, key)
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
    nodes = [_Node.of(layer, each) for layer, several in layers.items() for each in several]
    nodes.sort(key=lambda each: each.key)
    edges = sorted(_edges(nodes), key=lambda each: (each.rank, each.one.key, each.other.key))
    for edge in edges:
        if _are_apart(edge.one.group, edge.other.group):
            _join(edge.one.group, edge.other.group)
    for edge in edges:
        if _is_split(edge):
            _join(edge.one.group, edge.other.group)
    groups = {id(node.group): node.group for node in nodes}
    return [_cluster(group) for group in groups.values()]


def _edges(nodes: Sequence[_Node]) -> Iterator[_Edge]:
    """The pairs that may be about the same, in one sweep over the nodes in order."""
    open_: list[_Node] = []
    for node in nodes:
        start = node.annotation.envelope.start
        open_ = [each for each in open_ if each.annotation.envelope.end > start]
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
    return sum(
        max(0, min(span.end, other.end) - max(span.start, other.start))
        for span, other in product(spans, others)
    )


def _are_apart(group: list[_Node], other: list[_Node]) -> bool:
    """Whether two groups are different ones, and no layer has something in both."""
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

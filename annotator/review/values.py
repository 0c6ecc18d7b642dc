"""What a reviewer looks at: the places where annotators have something, and what stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.core.article import Article, Work
from annotator.core.clusters import Cluster
from annotator.core.model import Annotation, Attributes, Decision, Document, Layer, Relation
from annotator.review.ground import Ground

Kind = Literal[
    "missing", "boundary", "split", "label", "attribute", "relation", "entity", "count", "decision"
]
"""In what a conflict's versions differ first; "decision" where reviewers decided differently."""
Status = Literal["agreed", "open", "later", "stale", "decided", "waiting", "moot"]
"""How far a place is.

`agreed`: all say the same, and nobody has taken it yet. `open`, `later`, `stale`: pending, that is
to be decided. `waiting`: a relation one of whose ends is pending. `moot`: a relation one of whose
ends was rejected, so that there is nothing to decide.
"""
PENDING: frozenset[Status] = frozenset({"open", "later", "stale"})


@dataclass(frozen=True, slots=True)
class Version:
    """What one or several layers have at a place; without annotations and links: nothing.

    `annotations` are those of its first giver, in reading order, and `links` the relations that
    go out from them. In a place of relations only the links are in question. `by` are the ids of
    the layers that gave it; where reviewers decided differently, the reviewers' names.
    """

    annotations: tuple[Annotation, ...]
    links: tuple[Relation, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an article where done layers have something: what is agreed or in conflict there.

    `key` stays the same as long as what stands there does. `relation` is the type of the links in
    question, "" for spans. `kind` is None where all agree. `seen` is what a decision on it is based
    on, as Decision.seen has it. `decisions` stand on it, the newest last; `gold` is what they made.
    `why` says in words why it is stale, waiting or moot.
    """

    key: str
    relation: str
    kind: Kind | None
    status: Status
    versions: tuple[Version, ...]
    seen: Attributes
    decisions: tuple[Decision, ...] = ()
    gold: tuple[Annotation, ...] = ()
    gold_links: tuple[Relation, ...] = ()
    why: str = ""

    @property
    def start(self) -> int:
        """Where the first of its annotations starts, in code points."""
        found = [each for version in self.versions for each in version.annotations]
        return min((each.envelope.start for each in (*found, *self.gold)), default=0)

    @property
    def pending(self) -> bool:
        """Whether it is to be decided."""
        return self.status in PENDING


@dataclass(frozen=True, slots=True)
class Vote:
    """A layer's relation with its ends; `source` is in the cluster from which it is looked at.

    `said` are its attributes as text. `part` tells of which part of a cluster in parts it speaks,
    None where it is of no part.
    """

    relation: Relation
    source: Annotation
    target: Annotation
    said: str
    part: tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The votes on the links of a type that go out from a cluster, whose number it has.

    By layer, of all who have something in the cluster; `seen` is what Decision.seen has of them.
    """

    number: int
    type: str
    key: str
    votes: Mapping[str, Sequence[Vote]]
    seen: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """What annotators have in an article, whatever was decided on it.

    `places` are those of the clusters, in the same order, as if nobody had decided. `at` is the
    number of an annotation's cluster, by its id; `signs` and `meanings` are what ground.py gives.
    `groups` are in reading order.
    """

    clusters: tuple[Cluster, ...]
    places: tuple[Place, ...]
    annotations: Mapping[str, Annotation]
    at: Mapping[str, int]
    signs: Mapping[str, str]
    meanings: Mapping[str, str]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An article in review: its done layers, by id, its gold, and its places in reading order.

    The places of relations come after those of spans.
    """

    document: Document
    layers: Mapping[str, Layer]
    works: Mapping[str, Work]
    gold: Work
    places: tuple[Place, ...]
    fresh: bool
    """Whether the file doesn't have the gold layer yet."""
    article: Article
    ground: Ground
    compared: Compared
    """What the places were found from; deciding and `places.after` go on from there."""

    @property
    def pending(self) -> tuple[Place, ...]:
        """The places that are to be decided."""
        return tuple(each for each in self.places if each.pending)

"""The queue of places: what is in it, in which order, and which comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, get_args

from annotator.core.find import fold
from annotator.core.span import Span
from annotator.review.judging import part_of
from annotator.review.values import PENDING, Kind, Place, Reviewed, Status

Order = Literal["reading", "severity", "phrase"]
ORDERS: tuple[Order, ...] = get_args(Order)
SEVERITY: tuple[Kind | None, ...] = (
    *("decision", "missing", "label", "split", "count", "entity", "relation", "boundary"),
    *("attribute", None),
)
"""The kinds of conflicts, what matters most first; None where all agree."""


@dataclass(frozen=True, slots=True)
class Case:
    """A place as a queue knows it.

    `number` says where its article stands among the others, `at` where the place stands in it.
    `phrase` are its words, folded for comparison; `apart` the pairs of annotators who differ.
    """

    number: int
    document: str
    at: int
    key: str
    relation: str
    kind: Kind | None
    status: Status
    start: int
    labels: frozenset[str]
    phrase: str
    apart: frozenset[frozenset[str]]

    @property
    def pending(self) -> bool:
        """Whether it is to be decided."""
        return self.status in PENDING


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases are wanted: what is empty does not narrow.

    `pair` are two annotators who differ there, `phrase` words that are in the place.
    """

    kinds: frozenset[Kind] = frozenset()
    labels: frozenset[str] = frozenset()
    pair: frozenset[str] = frozenset()
    phrase: str = ""
    states: frozenset[Status] = frozenset()

    def wants(self, case: Case) -> bool:
        """Whether a case is wanted."""
        return (
            (not self.kinds or case.kind in self.kinds)
            and (not self.labels or not self.labels.isdisjoint(case.labels))
            and (not self.pair or self.pair in case.apart)
            and (not self.states or case.status in self.states)
            and _folded(self.phrase) in case.phrase
        )


def cases(reviewed: Reviewed, number: int = 0) -> list[Case]:
    """The places of an article as cases; `number` says where it stands among the articles."""
    return [_case(reviewed, number, at, place) for at, place in enumerate(reviewed.places)]


def words_of(place: Place, text: str) -> str:
    """The words of a place: from the first character that any version or gold has to the last."""
    found = [each for version in place.versions for each in version.annotations]
    spans = [each.envelope for each in (*found, *place.gold)]
    if not spans:
        return ""
    return Span(min(each.start for each in spans), max(each.end for each in spans)).of(text)


def heir(place: Place, reviewed: Reviewed) -> Place | None:
    """Where a place is in its article by now: the one with its key, or with most of what it had.

    None where nothing of that stands any more.
    """

    def common(other: Place) -> tuple[bool, int]:
        return other.key == place.key, len(stood & _standing(other))

    stood = _standing(place)
    alike = (each for each in reviewed.places if each.relation == place.relation)
    found = max(alike, key=common, default=None)
    return found if found is not None and any(common(found)) else None


def _standing(place: Place) -> set[tuple[str, str]]:
    """What stands at a place: layers, and the ids of annotations or relations."""
    return {(layer, id_) for layer, ids in place.seen[part_of(place)].items() for id_ in ids}


def ordered(found: Iterable[Case], order: Order = "reading") -> list[Case]:
    """Cases in an order: as read, the most severe first, or by phrase."""
    return sorted(found, key=lambda case: _rank(case, order))


def next_pending(
    found: Sequence[Case], current: Case | None, order: Order = "reading", *, back: bool = False
) -> Case | None:
    """The pending case behind (or, `back`, before) the current one; None where none is pending.

    Behind the last one comes the first again. `current` need not be among those found any more, nor
    be as it was: what follows is told by where it stood.
    """
    pending = ordered((each for each in found if each.pending), order)
    if back:
        pending.reverse()
    if not pending:
        return None
    if current is not None:
        here = _rank(current, order)
        for each in pending:
            if _rank(each, order) < here if back else _rank(each, order) > here:
                return each
    return pending[0]


def _case(reviewed: Reviewed, number: int, at: int, place: Place) -> Case:
    names = [
        frozenset(
            reviewed.layers[layer].annotator if layer in reviewed.layers else layer
            for layer in version.by
        )
        for version in place.versions
    ]
    apart = {
        frozenset((one, other))
        for left, right in combinations(names, 2)
        for one in left
        for other in right
    }
    annotations = (each for version in place.versions for each in version.annotations)
    return Case(
        *(number, reviewed.document.id, at, place.key, place.relation, place.kind, place.status),
        start=place.start,
        labels=frozenset(each.label for each in (*annotations, *place.gold)),
        phrase=_folded(words_of(place, reviewed.document.text)),
        apart=frozenset(apart),
    )


def _folded(words: str) -> str:
    return " ".join(fold(words).split())


def _rank(case: Case, order: Order) -> tuple[Any, ...]:
    reading = (case.number, bool(case.relation), case.start, case.at)
    if order == "severity":
        return (SEVERITY.index(case.kind), *reading)
    if order == "phrase":
        return (case.phrase, *sorted(case.labels), "", *reading)
    return reading

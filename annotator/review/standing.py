"""Which decisions stand, where, and whether they still hold what they saw and made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from annotator.core.model import Annotation, Decision, Relation
from annotator.review.ground import sign

Part = Literal["layers", "links"]
"""What a decision is about: annotations, or relations; the keys of Decision.seen."""
Seen = Mapping[str, Mapping[str, str]]
"""By layer, the ids of what was seen there, each with its hash."""
_MADE = {"layers": "annotations", "links": "links"}
CHANGED = "changed since decided"
DELETED = "deleted since decided"
BY_HAND = "gold was changed by hand"
FOLLOWS = "its ends were decided anew"
"""The rule by which a decision on relations is open again as if nobody had decided."""


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that no other one supersedes, the oldest first."""
    every = sorted(decisions, key=lambda each: each.id)
    gone = {id_ for each in every for id_ in each.supersedes.split()}
    return [each for each in every if each.id not in gone]


def seen_by(decision: Decision, part: Part) -> Seen:
    """What a decision saw of annotations or relations, by layer."""
    return _table(decision.seen.get(part))


def made_by(decision: Decision, part: Part) -> Mapping[str, str]:
    """The ids of what a decision made in gold, with their hashes."""
    found = decision.outcome.get(_MADE[part])
    return found if isinstance(found, dict) else {}


def _table(found: Any) -> Seen:
    if not isinstance(found, dict):
        return {}
    return {layer: ids for layer, ids in found.items() if isinstance(ids, dict)}


@dataclass(slots=True)
class Register:
    """The standing decisions on one article, by what they saw.

    `parked` are the layers that aren't done now: what stood there isn't judged until they are done
    again. `layers` are those that are compared; `gold` and `links` is what is in gold, by id.
    """

    decisions: list[Decision]
    layers: tuple[str, ...]
    parked: frozenset[str]
    gold: Mapping[str, Annotation]
    links: Mapping[str, Relation]
    _found: set[str] = field(default_factory=set)

    def on(self, part: Part, at: Mapping[str, int]) -> dict[int, tuple[Decision, ...]]:
        """The decisions by the number of their place, the oldest first at each.

        `at` is the number of the place where an id is to be seen. A decision whose annotations
        stand at several places by now is on the one that has most of them.
        """
        found: dict[int, tuple[Decision, ...]] = {}
        for each in self.decisions:
            places = [at[id_] for ids in seen_by(each, part).values() for id_ in ids if id_ in at]
            if places:
                number = places[0] if len(set(places)) == 1 else _most(places)
                found[number] = (*found.get(number, ()), each)
                self._found.add(each.id)
        return found

    def lost(self, part: Part) -> list[Decision]:
        """The decisions that were found at no place so far though they saw or made such things."""
        return [
            each
            for each in self.decisions
            if each.id not in self._found
            and (self.judged(each, part) or (not self._saw(each) and made_by(each, part)))
        ]

    def judged(self, decision: Decision, part: Part) -> Seen:
        """What a decision saw in layers that are judged now, without those that had nothing."""
        found = seen_by(decision, part)
        return {layer: ids for layer, ids in found.items() if ids and layer not in self.parked}

    def is_exact(self, decision: Decision, part: Part, seen: Seen) -> bool:
        """Whether a decision saw just what is to be seen at its place now."""
        found = seen_by(decision, part)
        kept = {
            layer: ids
            for layer, ids in found.items()
            if layer in seen or (ids and layer not in self.parked)
        }
        return kept == seen

    def is_whole(self, decision: Decision) -> bool:
        """Whether gold has what a decision made, unchanged."""
        annotations, links = made_by(decision, "layers"), made_by(decision, "links")
        return all(
            id_ in self.gold and sign(self.gold[id_]) == hash_ for id_, hash_ in annotations.items()
        ) and all(
            id_ in self.links and sign(self.links[id_]) == hash_ for id_, hash_ in links.items()
        )

    def _saw(self, decision: Decision) -> bool:
        return any(ids for part in ("layers", "links") for ids in seen_by(decision, part).values())


def _most(numbers: Sequence[int]) -> int:
    """The number that comes most often, the lowest of several."""
    return min(set(numbers), key=lambda each: (-numbers.count(each), each))


def is_real(decision: Decision) -> bool:
    """Whether a decision decides, rather than to put off."""
    return decision.action != "later"


def rule_of(decision: Decision) -> str:
    """The rule that took a decision, "" where a person did."""
    found = decision.outcome.get("rule", "")
    return found if isinstance(found, str) else ""

"""What an edit of the tag set does to the annotations there are, told before it is done."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from annotator.core.model import Attributes, Entity
from annotator.core.revision.carrying import Carrier
from annotator.core.revision.draft import Draft, Kind, Owner, Place, find, owners, sources
from annotator.core.tagset import Attribute, Label

What = Literal["added", "renamed", "merged", "removed", "converted", "narrowed", "worded", "order"]
_SAMPLES = 3
"""As many values that can't be converted are named."""
_KINDS: tuple[Kind, ...] = ("label", "relation")
_WORDS = {
    "title": "title",
    "key": "key",
    "color": "colour",
    "pattern": "pattern",
    "guideline": "guideline",
    "examples": "examples",
    "symmetric": "symmetry",
    "sources": "ends",
    "targets": "ends",
}
"""What people call the fields whose change alone changes no annotation."""


class Usage(Protocol):
    """What the annotations there are use of the tag set; a project's reader."""

    def counts_by_label(self) -> dict[str, int]:
        """Annotations by label."""

    def link_counts(self) -> dict[tuple[str, str, str], int]:
        """Links by type, label of the source, and label of the target."""

    def attribute_sets(self, kind: Kind, name: str) -> Iterable[tuple[Attributes, int]]:
        """The different attributes under a label or relation type, and how often they come."""

    def entities(self) -> Iterator[Entity]:
        """The register of entities."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes, at a `place` of before (of after, for what is added).

    `now` is what it is called after; `count` annotations (links, for a relation) are concerned,
    `lost` of them lose something, and `links` links go. `samples` are values that are lost.
    """

    what: What
    place: Place
    now: str = ""
    count: int = 0
    lost: int = 0
    links: int = 0
    samples: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether a person has to say what becomes of annotations or links."""
        return self.what == "removed" and not self.place.attribute and self.count > 0


@dataclass(slots=True)
class _Tally:
    """How many values of one attribute there are, and are lost; and how many of each choice."""

    count: int = 0
    lost: int = 0
    samples: dict[str, None] = field(default_factory=dict)
    values: Counter[str] = field(default_factory=Counter)

    def add(self, value: Any, count: int, *, lost: bool) -> None:
        """Count a value that comes so often."""
        self.count += count
        items = value if isinstance(value, list) else [value]
        for each in {str(item) for item in items}:
            self.values[each] += count
        if lost:
            self.lost += count
            if len(self.samples) < _SAMPLES:
                self.samples[", ".join(map(str, items))] = None


class _Tallies(defaultdict[str, _Tally]):
    """By attribute, as it was called before."""


def differences(draft: Draft, usage: Usage) -> list[Difference]:
    """What changes, labels first, in the order of the tag set."""
    names = {each.id: each.name for each in usage.entities()}
    told = _Teller(draft, Carrier(draft, names), usage)
    return [each for kind in _KINDS for each in told.of_kind(kind)]


class _Teller:
    """Finds the differences of one draft."""

    def __init__(self, draft: Draft, carrier: Carrier, usage: Usage) -> None:
        self._draft = draft
        self._carrier = carrier
        self._usage = usage
        self._links = usage.link_counts()
        self._counts: dict[Kind, Mapping[str, int]] = {
            "label": usage.counts_by_label(),
            "relation": _by_type(self._links),
        }
        self._narrowed, self._orphans = self._lost_links()

    def of_kind(self, kind: Kind) -> Iterator[Difference]:
        """The differences between labels, or between relation types."""
        before, after = owners(self._draft.before, kind), owners(self._draft.after, kind)
        for old in before:
            yield from self._of_owner(Place(kind, old.name), old)
        reached = [self._draft.destination(Place(kind, old.name)) for old in before]
        for new in after:
            if new.name not in reached:
                yield Difference("added", Place(kind, new.name))
        if kind == "relation":
            known = {old.name for old in before}
            yield from (
                Difference(
                    "narrowed", Place(kind, name), name, self._counts[kind][name], links=lost
                )
                for name, lost in self._narrowed.items()
                if name not in known  # of an older version, between labels that change now
            )
        stayed = [each.name for each in after if each.name in reached]
        if stayed != [name for name in dict.fromkeys(reached) if name is not None]:
            yield Difference("order", Place(kind, ""))

    def _of_owner(self, place: Place, old: Owner) -> Iterator[Difference]:
        count = self._counts[place.kind].get(old.name, 0)
        now = self._draft.destination(place)
        new = find(self._draft.after, place.kind, now) if now is not None else None
        if new is None:
            links = self._orphans[old.name] if place.kind == "label" else 0
            yield Difference("removed", place, count=count, lost=count, links=links)
            return
        merged = len(sources(self._draft, place.kind, new.name)) > 1
        if old.name != new.name:
            yield Difference("merged" if merged else "renamed", place, new.name, count)
        if old.name == new.name or not merged:
            was = self._with_ends_now(old)
            words = dict.fromkeys(_WORDS[each] for each in _WORDS if _differs(was, new, each))
            if words:
                yield Difference("worded", place, ", ".join(words))
        if place.kind == "relation" and (lost := self._narrowed[old.name]):
            yield Difference("narrowed", place, new.name, count, links=lost)
        yield from self._of_attributes(place, old, new)

    def _with_ends_now(self, old: Owner) -> Owner:
        """A relation type with its ends called as they are now: their renaming isn't its change."""
        if isinstance(old, Label):
            return old
        sources_, targets = (
            tuple(dict.fromkeys(filter(None, (self._carrier.name("label", each) for each in ends))))
            for ends in (old.sources, old.targets)
        )
        return replace(old, sources=sources_, targets=targets)

    def _of_attributes(self, place: Place, old: Owner, new: Owner) -> Iterator[Difference]:
        tallies = self._tallies(place)
        reached: list[str | None] = []
        for each in old.attributes:
            spot = replace(place, attribute=each.name)
            now = self._draft.destination(spot)
            attribute = new.attribute(now) if now is not None else None
            reached.append(now)
            if attribute is None:
                count = tallies[each.name].count
                yield Difference("removed", spot, count=count, lost=count)
                continue
            if each.name != attribute.name:
                yield Difference("renamed", spot, attribute.name, tallies[each.name].count)
            yield from self._of_values(spot, each, attribute, tallies)
        for name in tallies:
            if not old.attribute(name) and tallies[name].lost:
                yield _lossy("removed", replace(place, attribute=name), "", tallies[name])
        if self._own(place):
            for each in new.attributes:
                if each.name not in reached:
                    yield Difference("added", replace(place, attribute=each.name))

    def _of_values(
        self, place: Place, old: Attribute, new: Attribute, tallies: _Tallies
    ) -> Iterator[Difference]:
        tally = tallies[old.name]
        if old.type != new.type or old.several != new.several or old.type != "choice":
            if tally.lost or (old.type, old.several) != (new.type, new.several):
                yield _lossy("converted", place, new.name, tally)
            return
        reached = []
        for value in old.values:
            spot = replace(place, value=value)
            now = self._draft.destination(spot)
            reached.append(now)
            count = tally.values[value]
            if now is None:
                yield Difference("removed", spot, count=count, lost=count)
            elif now != value:
                yield Difference("renamed", spot, now, count)
        if self._own(place):
            yield from (
                Difference("added", replace(place, value=value))
                for value in new.values
                if value not in reached
            )

    def _own(self, place: Place) -> bool:
        """Whether what a label or relation type has now isn't another one's."""
        now = self._draft.destination(Place(place.kind, place.owner))
        found = sources(self._draft, place.kind, now or "")
        return len(found) < 2 or place.owner == now

    def _tallies(self, place: Place) -> _Tallies:
        """What there is and what is lost of the attributes of what is tagged as `place`."""
        found = _Tallies(_Tally)
        if self._carrier.concerns(place):
            for attributes, count in self._usage.attribute_sets(place.kind, place.owner):
                lost = self._carrier.attributes(place, attributes).lost
                for name, value in attributes.items():
                    found[name].add(value, count, lost=name in lost)
        return found

    def _lost_links(self) -> tuple[Counter[str], Counter[str]]:
        """Links that no longer fit, by type, and those that lose an end, by its label."""
        narrowed: Counter[str] = Counter()
        orphans: Counter[str] = Counter()
        carrier = self._carrier
        for (type_, *ends), count in self._links.items():
            before = (ends[0], ends[1])
            after = (carrier.name("label", before[0]), carrier.name("label", before[1]))
            if carrier.name("relation", type_) is None:
                continue
            if None in after:
                orphans[before[after.index(None)]] += count
            elif carrier.joins(type_, before, after) is None:
                narrowed[type_] += count
        return narrowed, orphans


def _lossy(what: What, place: Place, now: str, tally: _Tally) -> Difference:
    samples = tuple(tally.samples)[:_SAMPLES]
    return Difference(what, place, now, tally.count, tally.lost, samples=samples)


def _differs(old: Owner, new: Owner, field_: str) -> bool:
    return getattr(old, field_, None) != getattr(new, field_, None)


def _by_type(links: Mapping[tuple[str, str, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (type_, _, _), count in links.items():
        found[type_] += count
    return found

"""What stands in the ledger: who, how many, what was said where, and what belongs together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from annotator.core.model import State
from annotator.core.roles import Kind

Days = tuple[date, date]
"""The first and the last day."""
Voice = Literal["reported", "own", "unattributed"]
"""Whether somebody is said to have said it, the article itself does, or neither is marked."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who speaks, is accused, or is hurt: an entity, or a mention that names none.

    `annotation` is the mention, None where only the entity is known; `entity` is an id of the
    register, of twins always the same; `side` is "" where nobody gave it.
    """

    annotation: str | None
    entity: str | None
    name: str
    side: str = ""

    @property
    def key(self) -> str:
        """What tells it from others: the entity, never the mention; without one, the words."""
        return self.entity or f" {self.name.casefold()}"


Parties = tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """What a casualty says: an end that isn't given is None, a word that isn't given ""."""

    outcome: str = ""
    low: int | None = None
    high: int | None = None
    bound: str = ""
    victims: str = ""
    whose: Parties = ()

    @property
    def account(self) -> tuple[int | None, int | None, str]:
        """The numbers alone."""
        return self.low, self.high, self.bound

    @property
    def crossed(self) -> bool:
        """Whether the low end is above the high one, so that one of them is a slip."""
        return self.low is not None and self.high is not None and self.low > self.high


@dataclass(frozen=True, slots=True)
class Entry:
    """One annotation as the ledger sees it; positions are code points.

    `sources` and `when` may be taken from the statement around it, the annotation `origin`.
    """

    annotation: str
    layer: str
    document: str
    label: str
    start: int
    text: str
    sources: Parties = ()
    against: Parties = ()
    when: Days | None = None
    words: str = ""
    voice: Voice = "unattributed"
    state: State = "open"
    count: Count | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that something in the ledger stands in; `day` is that of its date, if any."""

    document: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    day: date | None = None


Pair = tuple[str, str]
"""The ids of two annotations."""


@dataclass(frozen=True, slots=True)
class Page:
    """One layer of an article: what it says, and which of it denies, disputes or repeats which.

    `loose` counts the links that lead to something that isn't in the layer.
    """

    source: Source
    layer: str
    entries: Mapping[Kind, tuple[Entry, ...]]
    denies: tuple[Pair, ...] = ()
    disputes: tuple[Pair, ...] = ()
    repeats: tuple[Pair, ...] = ()
    loose: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """The same said at one or more places, in reading order; the first one is shown."""

    places: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The id of the first place's annotation."""
        return self.places[0].annotation

    @property
    def first(self) -> Entry:
        """The place that stands for all."""
        return self.places[0]

    @property
    def own(self) -> bool:
        """Whether only articles themselves say it."""
        return all(each.voice == "own" for each in self.places)

    @property
    def sources(self) -> Parties:
        """Whoever says it, at any of its places, each once."""
        found = {party.key: party for each in reversed(self.places) for party in each.sources}
        return tuple(sorted(found.values(), key=lambda each: (each.name, each.key)))


@dataclass(frozen=True)
class Ledger:
    """Who claims what, who denies it, and who was hurt; links are between annotations."""

    claims: tuple[Statement, ...] = ()
    denials: tuple[Statement, ...] = ()
    casualties: tuple[Statement, ...] = ()
    denies: tuple[Pair, ...] = ()
    disputes: tuple[Pair, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    loose: int = 0

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The statement that each annotation belongs to, by the annotation's id."""
        return {
            place.annotation: each
            for several in (self.claims, self.denials, self.casualties)
            for each in several
            for place in each.places
        }

    @cached_property
    def denied_by(self) -> dict[str, tuple[Statement, ...]]:
        """By the id of a statement, the denials that answer it, at whichever of its places."""
        return self._linked((target, denial) for denial, target in self.denies)

    @cached_property
    def denying(self) -> dict[str, tuple[Statement, ...]]:
        """By the id of a denial, what it denies."""
        return self._linked(self.denies)

    def _linked(self, pairs: Iterable[Pair]) -> dict[str, tuple[Statement, ...]]:
        """By statement, those that it is linked to, in their order; an end may be filtered out."""
        known, found = self.statements, defaultdict[str, dict[str, Statement]](dict)
        for one, other in pairs:
            if one in known and other in known:
                found[known[one].id][known[other].id] = known[other]
        order = {each: at for at, each in enumerate(known)}
        return {
            id_: tuple(sorted(several.values(), key=lambda each: order[each.id]))
            for id_, several in found.items()
        }

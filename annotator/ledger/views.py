"""What can be read from a ledger: who is answered, what competes, by side, and over time."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.ledger.joining import keys
from annotator.ledger.values import Count, Days, Entry, Ledger, Pair, Parties, Statement

Dated = tuple[Days | None, tuple[Statement, ...]]
"""Statements of the same days; None for those without."""
_STATED = ("military", "civilian")
"""Victims that can't be the others."""


def unanswered(ledger: Ledger) -> tuple[Statement, ...]:
    """The claims that nobody denies."""
    return tuple(each for each in ledger.claims if each.id not in ledger.denied_by)


def untargeted(ledger: Ledger) -> tuple[Statement, ...]:
    """The denials of nothing that is in the ledger."""
    return tuple(each for each in ledger.denials if each.id not in ledger.denying)


def unattributed(ledger: Ledger) -> tuple[Statement, ...]:
    """The claims that aren't the article's own, and have no source."""
    return tuple(each for each in ledger.claims if not each.own and not each.sources)


def disputed(ledger: Ledger) -> tuple[tuple[Statement, Statement], ...]:
    """The pairs of statements that are linked as competing versions, each pair once."""
    known = ledger.statements
    found: dict[Pair, tuple[Statement, Statement]] = {}
    for one, other in ledger.disputes:
        if one in known and other in known and known[one] != known[other]:
            pair = known[one], known[other]
            found.setdefault((min(each.id for each in pair), max(each.id for each in pair)), pair)
    return tuple(found.values())


def competing(ledger: Ledger) -> tuple[tuple[Statement, ...], ...]:
    """The counts that differ about the same days, people and outcome, side by side.

    Where it isn't told when it was or whose they are, nothing competes, nor do soldiers with
    civilians.
    """
    groups: defaultdict[Hashable, list[Statement]] = defaultdict(list)
    for each in ledger.casualties:
        count = count_of(each)
        if each.first.when and count.whose:
            groups[(each.first.when, keys(count.whose), count.outcome)].append(each)
    parts = (part for several in groups.values() for part in _by_victims(several))
    return tuple(part for part in parts if len({count_of(each).account for each in part}) > 1)


def _by_victims(several: list[Statement]) -> Iterator[tuple[Statement, ...]]:
    """Parted where some say soldiers and others civilians; else as they are."""
    parts: defaultdict[str, list[Statement]] = defaultdict(list)
    for each in several:
        victims = count_of(each).victims
        parts[victims if victims in _STATED else ""].append(each)
    apart = all(each in parts for each in _STATED)
    yield from map(tuple, parts.values() if apart else [several])


def count_of(statement: Statement) -> Count:
    """The count of a casualty, that of its first place."""
    return statement.first.count or Count()


def by_days(statements: Iterable[Statement]) -> tuple[Dated, ...]:
    """Casualties by their days, the latest first and the undated last; then by whose, said by whom.

    Within these by outcome, and as they stand in the articles.
    """
    found: defaultdict[Days | None, list[Statement]] = defaultdict(list)
    for each in statements:
        found[each.first.when].append(each)
    dated = sorted((each for each in found if each is not None), reverse=True)
    order: list[Days | None] = [*dated, *(each for each in found if each is None)]
    return tuple((days, tuple(sorted(found[days], key=_rank))) for days in order)


def _rank(statement: Statement) -> tuple[object, ...]:
    count = count_of(statement)
    return names(count.whose), names(statement.sources), count.outcome


def names(parties: Parties) -> tuple[str, ...]:
    """Their names."""
    return tuple(each.name for each in parties)


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers whom: how many denials of a side are of what another one says.

    `sides` are those that deny or are denied, by name, "" for whoever has none, the last.
    """

    sides: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]


def answers(ledger: Ledger) -> Answers:
    """Who answers whom, by side, the denier first; a denial counts once for each side it denies."""
    known = ledger.statements
    denied = defaultdict[str, set[str]](set)
    for denial, target in ledger.denies:
        if denial in known and target in known:
            denied[known[denial].id] |= _sides_of(known[target], target)
    counts = Counter(
        (denier, side)
        for each in ledger.denials
        for denier in sides(each.sources)
        for side in denied.get(each.id, ())
    )
    found = {side for pair in counts for side in pair}
    in_order = sorted(found, key=lambda each: (not each, each))
    return Answers(tuple(in_order), dict(sorted(counts.items())))


def _sides_of(statement: Statement, annotation: str) -> set[str]:
    """The sides of whoever says it at this place; where nobody is told, at all its places."""
    here = next(each for each in statement.places if each.annotation == annotation)
    return sides(here.sources or statement.sources)


def sides(parties: Parties) -> set[str]:
    """The sides of some parties, "" for those without, also where there are none."""
    return {each.side for each in parties} or {""}


@dataclass(frozen=True, slots=True)
class Moment:
    """What is said about some days, or in the articles of a day; None for what isn't dated."""

    days: Days | None
    claims: tuple[Statement, ...] = ()
    denials: tuple[Statement, ...] = ()
    casualties: tuple[Statement, ...] = ()


def over_time(ledger: Ledger, by: Literal["when", "published"] = "when") -> tuple[Moment, ...]:
    """The ledger by what it is about, or by the date of the article; the earliest first."""

    def days(entry: Entry) -> Days | None:
        if by == "when":
            return entry.when
        day = ledger.sources[entry.document].day
        return (day, day) if day else None

    found: defaultdict[Days | None, tuple[list[Statement], ...]]
    found = defaultdict(lambda: ([], [], []))
    for at, several in enumerate((ledger.claims, ledger.denials, ledger.casualties)):
        for each in several:
            for moment in dict.fromkeys(map(days, each.places)):
                found[moment][at].append(each)
    order = sorted(found, key=lambda each: (each is None, each or ()))
    return tuple(Moment(each, *map(tuple, found[each])) for each in order)

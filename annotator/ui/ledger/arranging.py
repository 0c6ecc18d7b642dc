"""A ledger arranged for the window: rows of cards, lines of counts, a timeline, a matrix."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotator.core.text import counted
from annotator.ledger.filters import Filter, shown
from annotator.ledger.values import Days, Entry, Ledger, Party, Statement
from annotator.ledger.views import (
    answers,
    by_days,
    competing,
    count_of,
    disputed,
    sides,
    unattributed,
    untargeted,
)
from annotator.ledger.words import NO_DATE, days, who

Between = Literal["denied by", "no denial", "no target", "disputed by"]
"""What stands between the two cards of a row."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """Two cards side by side, or, with a `title`, the heading of the rows below.

    With `again` the left one is that of the row before, which has several answers.
    """

    title: str = ""
    left: Statement | None = None
    right: Statement | None = None
    between: Between = "denied by"
    again: bool = False


@dataclass(frozen=True, slots=True)
class CountRow:
    """One casualty, or, with a `title`, the heading of the rows below."""

    title: str = ""
    statement: Statement | None = None
    rival: bool = False


Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Casualties by who says it (the rows) and when it was (the columns, the earliest first)."""

    speakers: tuple[str, ...] = ()
    days: tuple[Days | None, ...] = ()
    cells: Mapping[Cell, tuple[Statement, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Denials by the side that denies (the rows) and the side that is denied; "" is no side."""

    sides: tuple[str, ...] = ()
    cells: Mapping[Cell, tuple[Statement, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offers:
    """What a whole ledger can be narrowed by; `actors` are names by the ids of entities."""

    sides: tuple[str, ...] = ()
    actors: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """All that the window shows of a ledger; `ledger` has what the filter left."""

    ledger: Ledger = field(default_factory=Ledger)
    cards: tuple[CardRow, ...] = ()
    counts: tuple[CountRow, ...] = ()
    timeline: Timeline = Timeline()
    matrix: Matrix = Matrix()
    totals: str = ""
    hidden: int = 0
    largest: int = 0


def arranged(whole: Ledger, wanted: Filter) -> Arranged:
    """A ledger, as far as it is wanted, arranged."""
    found = shown(whole, wanted)
    hidden = 0
    if not wanted.own_voice:
        own = (*whole.claims, *whole.casualties)
        hidden = sum(each.own and each.id not in whole.denied_by for each in own)
    counts = [count_of(each) for each in found.casualties]
    return Arranged(
        found,
        tuple(_cards(found)),
        tuple(_counts(found)),
        _timeline(found),
        _matrix(found),
        _totals(found),
        hidden,
        max((max(each.low or 0, each.high or 0) for each in counts), default=0),
    )


def offers(whole: Ledger) -> Offers:
    """What a ledger can be narrowed by."""
    parties: dict[str, Party] = {}
    labels, states = set[str](), set[str]()
    for entry in entries(whole):
        labels.add(entry.label)
        states.add(entry.state)
        parties.update((each.key, each) for each in _named(entry))
    actors = {each.entity: each.name for each in parties.values() if each.entity}
    return Offers(
        tuple(sorted({each.side for each in parties.values() if each.side})),
        dict(sorted(actors.items(), key=lambda each: (each[1].casefold(), each[0]))),
        tuple(sorted(labels)),
        tuple(sorted(states)),
    )


def entries(ledger: Ledger) -> Iterator[Entry]:
    """Every annotation in a ledger."""
    for several in (ledger.claims, ledger.denials, ledger.casualties):
        for each in several:
            yield from each.places


def said_by(statement: Statement) -> str:
    """Whoever says it, in words."""
    return "the article" if statement.own else who(statement.sources)


def _named(entry: Entry) -> tuple[Party, ...]:
    return (*entry.sources, *entry.against, *(entry.count.whose if entry.count else ()))


def _cards(ledger: Ledger) -> Iterator[CardRow]:
    """Claims that are denied, then those that nobody answers, then what lacks something."""
    nameless = {each.id for each in unattributed(ledger)}
    named = [each for each in ledger.claims if each.id not in nameless]
    others = (*ledger.denials, *ledger.casualties)
    sections: tuple[tuple[str, list[Statement]], ...] = (
        ("Denied", [each for each in named if each.id in ledger.denied_by]),
        ("Nobody answers", [each for each in named if each.id not in ledger.denied_by]),
        ("Claims without a source", [each for each in ledger.claims if each.id in nameless]),
        ("Denied counts and denials", [each for each in others if each.id in ledger.denied_by]),
    )
    for title, statements in sections:
        if statements:
            yield CardRow(f"{title} · {len(statements):,}")
        for each in statements:
            yield from _answered(ledger, each)
    loose = untargeted(ledger)
    if loose:
        yield CardRow(f"Denials without a target · {len(loose):,}")
    yield from (CardRow(right=each, between="no target") for each in loose)
    pairs = disputed(ledger)
    if pairs:
        yield CardRow(f"Disputed · {len(pairs):,}")
    yield from (CardRow(left=one, right=other, between="disputed by") for one, other in pairs)


def _answered(ledger: Ledger, statement: Statement) -> Iterator[CardRow]:
    denials = ledger.denied_by.get(statement.id, ())
    if not denials:
        yield CardRow(left=statement, between="no denial")
    for number, denial in enumerate(denials):
        yield CardRow(left=statement, right=denial, again=number > 0)


def _counts(ledger: Ledger) -> Iterator[CountRow]:
    """First the counts that compete, side by side; then all by when, whose, said by whom."""
    rivals: set[str] = set()
    for group in competing(ledger):
        first = group[0].first
        whose = who(count_of(group[0]).whose)
        about = filter(None, (days(first.when), whose, count_of(group[0]).outcome))
        yield CountRow(f"competing: {', '.join(about)}")
        for each in group:
            rivals.add(each.id)
            yield CountRow(statement=each, rival=True)
    for dated, statements in by_days(ledger.casualties):
        yield CountRow(days(dated) if dated else NO_DATE)
        for each in statements:
            yield CountRow(statement=each, rival=each.id in rivals)


def _timeline(ledger: Ledger) -> Timeline:
    found: defaultdict[tuple[str, Days | None], list[Statement]] = defaultdict(list)
    for each in ledger.casualties:
        found[said_by(each), each.first.when].append(each)
    speakers = sorted({speaker for speaker, _ in found})
    moments = sorted({when for _, when in found}, key=lambda each: (each is None, each or ()))
    rows = {each: number for number, each in enumerate(speakers)}
    columns = {each: number for number, each in enumerate(moments)}
    cells = {(rows[speaker], columns[when]): tuple(each) for (speaker, when), each in found.items()}
    return Timeline(tuple(speakers), tuple(moments), cells)


def _matrix(ledger: Ledger) -> Matrix:
    """As `answers` counts, with the denials behind each number."""
    names = answers(ledger).sides
    places = {each: number for number, each in enumerate(names)}
    found: defaultdict[Cell, dict[str, Statement]] = defaultdict(dict)
    known = ledger.statements
    for denial, target in ledger.denies:
        if denial not in known or target not in known:
            continue
        denier, said = known[denial], known[target]
        here = next(each for each in said.places if each.annotation == target)
        for one in sides(denier.sources):
            for other in sides(here.sources or said.sources):
                if one in places and other in places:
                    found[places[one], places[other]][denier.id] = denier
    cells = {cell: tuple(several.values()) for cell, several in found.items()}
    return Matrix(names, cells)


def _totals(ledger: Ledger) -> str:
    said: Iterable[tuple[int, str]] = (
        (len(ledger.sources), "article"),
        (len(ledger.claims), "claim"),
        (len(ledger.denials), "denial"),
        (len(ledger.casualties), "casualty"),
        (len({each.key for entry in entries(ledger) for each in _named(entry)}), "actor"),
    )
    return " · ".join(_counted(number, noun) for number, noun in said)


def _counted(number: int, noun: str) -> str:
    plural = {"casualty": "casualties"}
    if number != 1 and noun in plural:
        return f"{number:,} {plural[noun]}"
    return counted(number, noun)

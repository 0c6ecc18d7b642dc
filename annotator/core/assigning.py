"""Articles given to annotators: every one to so many of them, as evenly as can be.

Each article goes to those who then have the fewest; what is uneven after that, because of what
people had before, is evened out by handing articles on along chains of people, the shortest chain
first, until no chain leads from somebody to another with at least two articles fewer. (Then no
other way to give them is more even: articles and people are a network of flow with convex costs, in
which every better flow begins with such a chain. Ahuja, Magnanti and Orlin 1993, "Network Flows",
chapter 14.)
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from annotator.core.errors import UserError

Given = dict[str, tuple[str, ...]]
"""Names of annotators by an article's id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of a plan.

    Every article goes to `each` of the annotators; a `share` of the articles (0 to 1), on which
    agreement is measured, to `common` of them, or, for 0, to all. Another `seed` chooses otherwise.
    """

    annotators: tuple[str, ...]
    each: int = 1
    share: float = 0.0
    common: int = 0
    seed: int = 0

    @property
    def together(self) -> int:
        """How many annotators have an article of the share."""
        return self.common or len(self.annotators)

    def require(self) -> None:
        """Raise UserError, a sentence, where nobody can give articles so."""
        people = len(self.annotators)
        if not people or len(set(self.annotators)) != people:
            raise UserError("Name each annotator once, and at least one.")
        if not 1 <= self.each <= people:
            raise UserError(f"An article can go to 1 to {people} of {people}, not to {self.each}.")
        if not 0 <= self.share <= 1:
            raise UserError("The share for agreement is a number from 0 to 1.")
        if not self.each <= self.together <= people:
            raise UserError(
                f"The share for agreement can go to {self.each} to {people} annotators,"
                f" not to {self.together}."
            )


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is to get which articles besides what they have; `common` are those of the share."""

    new: Mapping[str, tuple[str, ...]]
    common: frozenset[str]


def assigned(articles: Sequence[str], wanted: Wanted, has: Mapping[str, Sequence[str]]) -> Assigned:
    """Give articles (ids) to annotators; `has` are those who have one already, whoever it is.

    Who has an article keeps it, and counts. The same seed gives the same plan, in whatever order
    the articles come. Raises UserError where it can't be done.
    """
    wanted.require()
    ordered = sorted(set(articles), key=lambda id_: _chance(wanted.seed, id_))
    common = _common(ordered, wanted, has)
    loads = Counter(dict.fromkeys(wanted.annotators, 0))
    loads.update(name for id_ in ordered for name in has.get(id_, ()) if name in loads)
    holders = {id_: set(has.get(id_, ())) for id_ in ordered}
    new: dict[str, set[str]] = {}
    for id_ in ordered:
        asked = wanted.together if id_ in common else wanted.each
        free = [name for name in wanted.annotators if name not in holders[id_]]
        free.sort(key=lambda name: (loads[name], _chance(wanted.seed, id_, name)))
        new[id_] = set(free[: max(0, asked - len(holders[id_]))])
        holders[id_] |= new[id_]
        loads.update(new[id_])
    while _evened(new, holders, loads):
        pass
    order = {name: number for number, name in enumerate(wanted.annotators)}
    return Assigned(
        {id_: tuple(sorted(names, key=order.__getitem__)) for id_, names in new.items() if names},
        frozenset(common),
    )


def _chance(seed: int, *names: str) -> bytes:
    """What puts things in an order by chance, the same wherever and whenever it is asked."""
    return sha256("\n".join((str(seed), *names)).encode()).digest()


def _common(ordered: Sequence[str], wanted: Wanted, has: Mapping[str, Sequence[str]]) -> set[str]:
    """The articles of the share: those that so many have already, then the first by chance."""
    if wanted.together == wanted.each:
        return set()
    number = round(wanted.share * len(ordered))
    full = [id_ for id_ in ordered if len(has.get(id_, ())) >= wanted.together]
    rest = [id_ for id_ in ordered if len(has.get(id_, ())) < wanted.together]
    return {*full[:number], *rest[: max(0, number - len(full))]}


def _evened(
    new: Mapping[str, set[str]], holders: Mapping[str, set[str]], loads: Counter[str]
) -> bool:
    """Hand articles on along one chain that makes the loads more even; whether there is one."""
    steps = _steps(new, holders, loads)
    for most in sorted(loads, key=lambda name: -loads[name]):
        chain = _chain(most, steps, loads)
        if chain:
            for giver, taker in pairwise(chain):
                id_ = steps[giver][taker]
                for held in (new[id_], holders[id_]):
                    held.remove(giver)
                    held.add(taker)
            loads[chain[0]] -= 1
            loads[chain[-1]] += 1
            return True
    return False


def _steps(
    new: Mapping[str, set[str]], holders: Mapping[str, set[str]], people: Iterable[str]
) -> dict[str, dict[str, str]]:
    """By giver and taker, an article that one could hand on to the other."""
    steps: dict[str, dict[str, str]] = {name: {} for name in people}
    for id_, names in new.items():
        for giver in names:
            for taker in steps:
                if taker not in holders[id_]:
                    steps[giver].setdefault(taker, id_)
    return steps


def _chain(most: str, steps: Mapping[str, Mapping[str, str]], loads: Counter[str]) -> list[str]:
    """The shortest chain from a person to one with at least two articles fewer; [] for none."""
    before: dict[str, str] = {most: ""}
    waiting = deque([most])
    while waiting:
        name = waiting.popleft()
        if loads[name] <= loads[most] - 2:
            chain = [name]
            while before[chain[-1]]:
                chain.append(before[chain[-1]])
            return chain[::-1]
        for taker in steps[name]:
            if taker not in before:
                before[taker] = name
                waiting.append(taker)
    return []

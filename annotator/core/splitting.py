"""Articles shared out among the parts of a corpus that something is to be learned from.

What must stay together (near-duplicates) is one group. Groups go, the largest first, to the part
that then has the least squared distance from its share of everything counted: articles, sources,
labels. (After the idea of Sechidis, Tsoumakas and Vlahavas 2011, "On the Stratification of
Multi-Label Data", with a sum of squares in the place of its choice by the rarest label.)
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.errors import UserError
from annotator.core.similar import Index

LEAST = 0.5
"""Texts with this similarity stay together: what was learned of one is known of the other."""
ARTICLES = ("articles", "")
"""What is counted of each article, beside its source and labels."""
Strata = Mapping[tuple[str, str], int]
"""What is counted, by kind ("source", "label", "articles") and name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be shared out whole: `key` is the same whatever else there is."""

    key: str
    strata: Strata


def together(
    keys: Sequence[Sequence[int]], similar: Callable[[int, int], float]
) -> list[list[int]]:
    """The numbers of the texts that are alike, or linked by others that are; each number once.

    `keys` are those of each text in an index (similar.py); `similar` says how much two of the texts
    have in common.
    """
    leader = list(range(len(keys)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    index = Index()
    for number, each in enumerate(keys):
        for other in index.near(each):
            if lead(other) == lead(number):
                continue
            if similar(number, other) >= LEAST:
                leader[lead(number)] = lead(other)
            else:
                index.lead_astray(each, other)
        index.add(each)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(keys)):
        found[lead(number)].append(number)
    return list(found.values())


def parse_parts(words: str) -> dict[str, float]:
    """Shares by name from "train=80,dev=10,test=10"; they add up to 1.

    Raises UserError where these are no parts.
    """
    found: dict[str, float] = {}
    for each in words.split(","):
        name, _, share = (part.strip() for part in each.partition("="))
        try:
            number = float(share)
        except ValueError:
            number = 0.0
        if not name.isidentifier() or name in found or not 0 < number < 1e9:
            raise UserError(f'"{words}" names no parts; write them as train=80,dev=10,test=10.')
        found[name] = number
    total = sum(found.values())
    return {name: number / total for name, number in found.items()}


def shared_out(pieces: Sequence[Piece], parts: Mapping[str, float], seed: int) -> dict[str, str]:
    """The part of each piece, by key; `parts` are shares that add up to 1.

    The same pieces in any order give the same parts for the same seed, and none is empty. Raises
    UserError where there are fewer pieces than parts.
    """
    if len(pieces) < len(parts):
        raise UserError(
            f"{len(parts)} parts need as many articles that are not alike; there are {len(pieces)}."
        )
    total: Counter[tuple[str, str]] = Counter()
    for piece in pieces:
        total.update(piece.strata)
    weights = _weights(total)
    ordered = sorted(pieces, key=lambda each: each.key)
    random.Random(seed).shuffle(ordered)  # noqa: S311  (nothing secret)
    ordered.sort(key=lambda each: -_size(each.strata, weights))
    has: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in parts}
    found = {}
    for piece in ordered:
        part = min(parts, key=lambda name: _growth(piece.strata, has[name], parts[name], weights))
        has[part].update(piece.strata)
        found[piece.key] = part
    _fill(found, [each.key for each in ordered], parts)
    return found


def _fill(found: dict[str, str], keys: Sequence[str], parts: Mapping[str, float]) -> None:
    """Give each part that got nothing the smallest piece of the one with the most."""
    for name in parts:
        sizes = Counter(found.values())
        if name not in sizes:
            fullest = max(parts, key=lambda each: sizes[each])
            found[next(key for key in reversed(keys) if found[key] == fullest)] = name


def _weights(total: Counter[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """For each thing counted one over its total, each kind as heavy as the others together."""
    kinds = Counter(kind for kind, _ in total)
    return {
        stratum: 1 / count / kinds[stratum[0]] ** 0.5 for stratum, count in total.items() if count
    }


def _size(strata: Strata, weights: Mapping[tuple[str, str], float]) -> float:
    return sum(count * weights.get(stratum, 0) for stratum, count in strata.items())


def _growth(
    strata: Strata, has: Strata, share: float, weights: Mapping[tuple[str, str], float]
) -> float:
    """What the sum over the parts of (has - should)² / share grows by if this part gets these.

    What is the same for every part is left out.
    """
    growth = 0.0
    for stratum, count in strata.items():
        weight = weights.get(stratum, 0)
        before = has.get(stratum, 0) * weight
        growth += ((before + count * weight) ** 2 - before**2) / share
    return growth

"""Texts that read almost alike: sketches of their word shingles, and an index of sketches.

A sketch holds the smallest hashes of a text's shingles (Broder 1997, "On the resemblance and
containment of documents": bottom-k). The same text gives the same sketch on every machine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from heapq import nsmallest
from zlib import crc32

ALIKE = 0.8
"""From here on, two texts read almost alike: they share four fifths of their shingles."""
_SIZE = 128
_KEYS = 8
_SHARED = 2
_COMPARED = 8
"""As many articles with most hashes shared are compared in full."""
_WORD = re.compile(r"\w+")
_LONGEST = 24
_HALF = 12
_PIECE = 4
_MANY = 50
"""Articles that share a hash beyond this many share a phrase of their outlet, no text."""
_MASK = (1 << 64) - 1
_PRIME = 0x9E3779B97F4A7C15
Signature = tuple[int, ...]
"""The sketch of a text: up to 128 hashes of 64 bits, sorted."""


def signature(text: str) -> Signature:
    """The sketch of a text; of its words count letters and digits, not case or marks between."""
    words = [crc32(each.encode()) for each in _words(text.lower())]
    if 0 < len(words) < 4:
        words += [0] * (4 - len(words))
    # Four words in a row as one number; the last step spreads neighbours over all numbers.
    mixed = {
        (((a * 31 + b) * 31 + c) * 31 + d) * _PRIME & _MASK
        for a, b, c, d in zip(words, words[1:], words[2:], words[3:], strict=False)
    }
    return tuple(nsmallest(_SIZE, mixed))


def _words(text: str) -> Iterator[str]:
    """The words of a text; a run of letters without spaces, as in Chinese, in pieces."""
    for each in _WORD.findall(text):
        if len(each) <= _LONGEST:
            yield each
        else:
            yield from (each[at : at + _PIECE] for at in range(len(each) - _PIECE + 1))


def phrases(text: str, number: int) -> list[str]:
    """Some places of a text to know it by: of its shingles those with most letters."""
    words = _WORD.findall(text)
    rows = set(map(" ".join, zip(words, words[1:], words[2:], words[3:], strict=False)))
    if max(map(len, words), default=0) > _LONGEST:
        long = {each[:_HALF] for each in words if len(each) > _LONGEST}
        rows = long | {each for each in rows if max(map(len, each.split())) <= _LONGEST}
    return nsmallest(number, rows, key=lambda each: (-len(each), each)) or words[:1]


def similarity(one: Signature, other: Signature) -> float:
    """How much two texts have in common, from 0 to 1: shared shingles by all of both's.

    An estimate (standard error at most .045), exact for texts of up to some 60 words.
    """
    first, second = set(one), set(other)
    both = sorted(first | second)[:_SIZE]
    return len(first.intersection(second, both)) / len(both) if both else 0.0


class Index:
    """Sketches by a name, in which those that are almost alike are found without comparing all."""

    def __init__(self) -> None:
        self._sketches: dict[str, Signature] = {}
        self._by_key: defaultdict[int, list[str]] = defaultdict(list)

    def add(self, name: str, sketch: Signature) -> None:
        """Remember a sketch."""
        self._sketches[name] = sketch
        for key in sketch[:_KEYS]:
            names = self._by_key[key]
            if len(names) < _MANY:
                names.append(name)

    def like(self, sketch: Signature, least: float = ALIKE) -> list[tuple[str, float]]:
        """The names of sketches that are at least so similar, the most similar first.

        Of texts with a similarity of .8, one in some ten thousand is missed: they share fewer than
        two of their eight smallest hashes.
        """
        keys = sketch[:_KEYS]
        shared = Counter(name for key in keys for name in self._by_key.get(key, ()))
        least_shared = min(_SHARED, len(keys))
        near = (name for name, number in shared.most_common(_COMPARED) if number >= least_shared)
        found = ((name, similarity(sketch, self._sketches[name])) for name in near)
        return sorted(
            ((name, how) for name, how in found if how >= least),
            key=lambda each: (-each[1], each[0]),
        )

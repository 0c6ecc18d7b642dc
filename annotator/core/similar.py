"""Texts that read almost alike: sketches of their word shingles, and an index to find such texts.

A sketch holds the smallest hashes of a text's shingles (Broder 1997, "On the resemblance and
containment of documents": bottom-k). The same text gives the same sketch on every machine.
"""

import re
from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from heapq import nsmallest
from itertools import islice
from zlib import crc32

ALIKE = 0.8
"""From here on, two texts read almost alike: they share four fifths of their shingles."""
KEYS = 16
"""As many hashes of a sketch do for an index in which texts with half of their shingles in common
are to be found."""
_SIZE = 128
_LANDMARKS = 32
_SKETCHED = 8
_SHARED = 2
_COMPARED = 4
"""As many texts with most keys shared are worth a comparison."""
_WORD = re.compile(r"\w+")
_PHRASE = re.compile(r"\w[\w ]{15,}")
_FEW_PHRASES = 16
_HARDLY_ANY = 4
_LONGEST = 24
_HALF = 12
_PIECE = 4
_MANY = 16
"""Texts that share a key beyond this many are not remembered under it."""
_ASTRAY = 3
"""A key that led so often to a text that is another is a phrase of an outlet, and tells nothing."""
_ROWS = 1 << 12
Signature = tuple[int, ...]
"""The sketch of a text: up to 128 hashes of 32 bits, sorted."""


def signature(text: str) -> Signature:
    """The sketch of a text; of its words count letters and digits, not case or marks between."""
    words = " ".join(_words(text.lower())).encode().split()
    if 0 < len(words) < 4:
        words += [b""] * (4 - len(words))
    rows = zip(words, words[1:], words[2:], words[3:], strict=False)
    return tuple(sorted(set(map(crc32, map(b" ".join, rows))))[:_SIZE])


def _words(text: str) -> Iterator[str]:
    """The words of a text; a run of letters without spaces, as in Chinese, in pieces."""
    for each in _WORD.findall(text):
        if len(each) <= _LONGEST:
            yield each
        else:
            yield from (each[at : at + _PIECE] for at in range(len(each) - _PIECE + 1))


def landmarks(text: str) -> Sequence[int]:
    """Keys for an index in which texts that read almost alike are to be found.

    They are the smallest hashes of its phrases between marks, which takes a quarter of the time of
    a sketch; a text of few phrases has some of its sketch beside them, one of hardly any that only.
    """
    found = _PHRASE.findall(text.lower())
    many = _LANDMARKS if len(found) >= _HARDLY_ANY else 0
    keys = sorted(set(map(crc32, map(str.encode, found))))[:many]
    return keys if len(found) >= _FEW_PHRASES else [*signature(text)[:_SKETCHED], *keys]


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
    """Texts by number, from 0 on, of which those that may be alike are found by their keys.

    It keeps 8 bytes a key, so that a million texts have room. A key under which one text after the
    other proves to be another is no longer looked at, so that in the end a phrase which half of a
    corpus has costs nothing, while copies of a text are found however many there are.
    """

    def __init__(self) -> None:
        self._next = 0
        self._rows: defaultdict[int, array[int]] = defaultdict(partial(array, "Q"))
        self._led_astray: Counter[int] = Counter()

    def add(self, keys: Sequence[int]) -> None:
        """Remember a text, as the next number; its keys are numbers of 32 bits."""
        for key in self._telling(keys):
            if len(self._having(key)) < _MANY:
                insort(self._rows[key % _ROWS], key << 32 | self._next)
        self._next += 1

    def near(self, keys: Sequence[int]) -> list[int]:
        """A few texts that share keys, those that share most of them first.

        One key alone is chance, or a phrase of an outlet. Of texts with a similarity of
        .8 to .9, landmarks miss one or two in a hundred, more where most phrases are an outlet's.
        """
        shared = Counter(number for key in self._telling(keys) for number in self._having(key))
        least = min(_SHARED, len(keys))
        return [number for number, many in shared.most_common(_COMPARED) if many >= least]

    def lead_astray(self, keys: Sequence[int], number: int) -> None:
        """Say of a text that was near these keys that it is another one than theirs."""
        self._led_astray.update(key for key in keys if number in self._having(key))

    def _telling(self, keys: Sequence[int]) -> Iterator[int]:
        """The first of the keys that tell something."""
        led_astray = self._led_astray
        return islice((key for key in keys if led_astray.get(key, 0) < _ASTRAY), KEYS)

    def _having(self, key: int) -> list[int]:
        row = self._rows.get(key % _ROWS, ())
        start = bisect_left(row, key << 32)
        return [each & 0xFFFFFFFF for each in row[start : start + _MANY] if each >> 32 == key]

"""What a REFI-QDA project refers to from far away, laid aside on the disk while it is read."""

import json
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from itertools import takewhile
from tempfile import SpooledTemporaryFile
from typing import NamedTuple
from zlib import crc32

_IN_MEMORY = 8_000_000
_BITS = 40


class Places:
    """Where things with names are, as numbers of up to 40 bits; 8 bytes each.

    Names are kept as 24 bits of a hash: who looks there sees whether it is the one.
    """

    def __init__(self) -> None:
        self._rows = array("Q")
        self._sorted = True

    def add(self, name: str, place: int) -> None:
        """Remember a place."""
        self._rows.append(_hash(name) << _BITS | place)
        self._sorted = False

    def of(self, name: str) -> Iterator[int]:
        """The places with this name, in order, and hardly any others."""
        if not self._sorted:
            self._rows = array("Q", sorted(self._rows))
            self._sorted = True
        rows, key = self._rows, _hash(name)
        coming = range(bisect_left(rows, key << _BITS), len(rows))
        found = takewhile(lambda row: row >> _BITS == key, (rows[at] for at in coming))
        return (row & (1 << _BITS) - 1 for row in found)


def _hash(name: str) -> int:
    return crc32(name.encode()) >> 8


class Link(NamedTuple):
    """A link of the file: its guid as it stands there, the guids of its ends, and its name."""

    guid: str
    origin: str
    target: str
    name: str


class Links:
    """Links on the disk, found by where they begin; in memory are 17 bytes each."""

    def __init__(self, stack: ExitStack) -> None:
        self._file = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  (the stack does)
        self._starts = array("Q")
        self._taken = bytearray()
        self._places = Places()

    def add(self, link: Link) -> None:
        """Lay a link aside, behind those before it."""
        self._places.add(link.origin, len(self._starts))
        self._starts.append(self._file.tell())
        self._taken.append(False)
        self._file.write(json.dumps(link).encode() + b"\n")

    def take(self, origins: Collection[str]) -> Iterator[Link]:
        """Take the links that begin at one of these, in the order in which they came."""
        for number in sorted({place for each in origins for place in self._places.of(each)}):
            link = self._link(number)
            if not self._taken[number] and link.origin in origins:
                self._taken[number] = True
                yield link

    def left(self) -> Iterator[Link]:
        """The links that nobody took, in the order in which they came."""
        return (self._link(number) for number, taken in enumerate(self._taken) if not taken)

    def _link(self, number: int) -> Link:
        self._file.seek(self._starts[number])
        return Link(*json.loads(self._file.readline()))

"""In which order a project's articles are worked on: as listed, the least sure first, at random."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Literal, get_args

Way = Literal["queue", "uncertainty", "random"]
WAYS: tuple[Way, ...] = get_args(Way)
KEY = "work order"
"""The key of the setting that keeps the order."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """`by` says what comes next; `seed` is what chance goes by, the same one everywhere."""

    by: Way = "queue"
    seed: int = 0

    @classmethod
    def loads(cls, text: str) -> "WorkOrder":
        """The order in a setting's text; what is of no use there is as by default."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            found = {}
        known = found if isinstance(found, dict) else {}
        by: Way = next((way for way in WAYS if way == known.get("by")), "queue")
        seed = known.get("seed")
        return cls(by, seed if type(seed) is int else 0)

    def dumps(self) -> str:
        """The order as a setting's text."""
        return json.dumps(asdict(self), sort_keys=True)

    def ranked(self, documents: Sequence[str], doubts: Mapping[str, float]) -> list[int]:
        """The places in a list of articles (ids), the first to be worked on first.

        `doubts` tells how unsure the machine is of an article, from 0 to 1; those it says nothing
        of come last. At random each article has a number of its own by the seed, so that one that
        comes in, or is left out, moves none of the others.
        """
        places = range(len(documents))
        if self.by == "uncertainty":
            return sorted(places, key=lambda place: -doubts.get(documents[place], -1.0))
        if self.by == "random":
            return sorted(places, key=lambda place: self._chance(documents[place]))
        return list(places)

    def _chance(self, document: str) -> bytes:
        return sha256(f"{self.seed}\n{document}".encode()).digest()

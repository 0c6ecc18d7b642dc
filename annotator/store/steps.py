"""Which edits stand, and which undos can be done again: followed step by step through a journal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

Step = tuple[int, str, str, str, str]
"""Of an entry of the journal: seq, id, who, kind, and the edit it undoes or redoes, if any."""
STEPS = "SELECT seq, id, who, kind, of FROM journal WHERE part = 0 ORDER BY seq"


@dataclass(slots=True)
class Stacks:
    """What triggers keep in the tables `undo_stack` and `redo_stack`, computed afresh."""

    standing: dict[str, tuple[str, int]] = field(default_factory=dict)
    undos: dict[str, list[int]] = field(default_factory=dict)
    """By person, the entries whose undo they have neither redone nor followed by a new edit."""

    def follow(self, steps: Iterable[Step]) -> None:
        """Take in entries, the oldest first."""
        edits: dict[str, tuple[str, int]] = {}
        for seq, id_, who, kind, of in steps:
            if kind == "edit":
                edits[id_] = self.standing[id_] = (who, seq)
                self.undos.pop(who, None)
            elif kind == "undo":
                self.standing.pop(of, None)
                self.undos.setdefault(who, []).append(seq)
            else:
                if of in edits:
                    self.standing[of] = edits[of]
                del self.undos.get(who, [])[-1:]

    def undo_rows(self) -> Iterator[tuple[str, int]]:
        """The rows of `undo_stack`."""
        return iter(self.standing.values())

    def redo_rows(self) -> Iterator[tuple[str, int]]:
        """The rows of `redo_stack`."""
        return chain.from_iterable(
            ((who, seq) for seq in found) for who, found in self.undos.items()
        )

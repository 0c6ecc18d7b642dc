"""Changes that wait to be added to a project, and what the project has with them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from annotator.core.edits import Change
from annotator.core.model import KINDS, Document, Layer, Value, kind_of
from annotator.formats.base import Note, Problem
from annotator.store.intake import Intake

_VALUES = 2_000
_CHARACTERS = 2_000_000
_ORDER = {kind: number for number, kind in enumerate(KINDS)}


class Batch:
    """What came in so far: the part that waits, counts by kind, problems and notes.

    Values that an earlier batch has added are read back from the project, so that an import of any
    size needs the memory of one batch.
    """

    def __init__(self, intake: Intake) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.counts: Counter[str] = Counter()
        self.read = intake.read
        self._intake = intake
        self._waiting: dict[tuple[str, str], Change] = {}
        self._hashes: dict[str, str] = {}
        self._characters = 0

    @property
    def full(self) -> bool:
        """Whether it is time to add it."""
        return len(self._waiting) >= _VALUES or self._characters >= _CHARACTERS

    def flush(self) -> None:
        """Add what waits, parents before children."""
        changes = sorted(self._waiting.values(), key=lambda each: _ORDER[each.kind])
        self._waiting, self._hashes, self._characters = {}, {}, 0
        self._intake.add(changes)

    def problem(self, where: str, what: str) -> None:
        """Name what stays out."""
        self.problems.append(Problem(where, what))

    def note(self, where: str, what: str) -> None:
        """Say what was done."""
        self.notes.append(Note(where, what))

    def value(self, kind: str, id_: str) -> Value | None:
        """A value that the project has, or will have."""
        waiting = self._waiting.get((kind, id_))
        return self.read.value(kind, id_) if waiting is None else waiting.after

    def values(self, kind: str, ids: Sequence[str]) -> dict[str, Value]:
        """Those values of a kind with one of these ids that the project has, or will have."""
        found = self.read.values(kind, ids) if ids else {}
        waiting = (self._waiting.get((kind, id_)) for id_ in ids)
        values = (change.after for change in waiting if change is not None)
        found.update((value.id, value) for value in values if value is not None)
        return found

    def documents_like(self, id_: str, sha256: str) -> dict[str, str]:
        """Id and hash of the document with this id, and of one with this hash, if there are any."""
        found = self.read.documents_like(id_, sha256)
        if sha256 in self._hashes:
            found.setdefault(self._hashes[sha256], sha256)
        waiting = self._waiting.get(("document", id_))
        if waiting is not None and isinstance(waiting.after, Document):
            found[id_] = waiting.after.sha256
        return found

    def put(self, before: Value | None, after: Value) -> None:
        """Let a value wait that is new, or that takes the place of `before`."""
        kind = kind_of(after)
        earlier = self._waiting.get((kind, after.id))
        self._waiting[kind, after.id] = Change(earlier.before if earlier else before, after)
        self.counts[kind] += before is None

    def put_text(self, id_: str, sha256: str, length: int) -> None:
        """Remember the hash of a document that waits; `length` of its text in code points."""
        self._hashes[sha256] = id_
        self._characters += length

    def compare(self, value: Value, known: Value | None, where: str) -> bool:
        """Put a value that is new, count one that is the same, name one that differs."""
        if known is None:
            self.put(None, value)
        elif known == value:
            self.counts["same"] += 1
        else:
            self.problem(where, f"the project has another {kind_of(value)} with this id")
            return False
        return True

    def set_tagset(self, layers: set[str], version: int) -> None:
        """Let those of these layers that wait be made with this version of the tag set."""
        for id_ in layers:
            change = self._waiting.get(("layer", id_))
            if change is not None and isinstance(change.after, Layer):
                after = replace(change.after, tagset=version)
                self._waiting["layer", id_] = Change(change.before, after)

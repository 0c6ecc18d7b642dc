"""First passes: what done layers hold is kept before an edit first changes it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from annotator.core.edits import Change, Kind
from annotator.core.model import Annotation, FirstPass, Layer, Relation
from annotator.store.tables import TABLES, to_json

NAME = "keep the first pass"
"""The name of nobody's entries that keep first passes."""
_OWED = (
    "SELECT id FROM layer l WHERE role = 'annotator' AND state = 'done' AND NOT EXISTS"
    " (SELECT 1 FROM first_pass p WHERE p.id = l.id) AND id IN (SELECT value FROM json_each(?))"
)


class FirstPasses:
    """Tells which first passes are owed while an entry of this kind is written, bit by bit.

    A layer is looked at once an entry. One that the entry itself brings, makes done or takes away
    owes nothing; neither does one whose "done" is undone, as if it had never been said.
    """

    def __init__(self, connection: sqlite3.Connection, kind: Kind) -> None:
        self._connection = connection
        self._kind = kind
        self._judged: set[str] = set()

    def owed(self, changes: Sequence[Change]) -> Iterator[FirstPass]:
        """The first passes to be kept before these changes are written."""
        touched = self._touched(changes) - self._judged
        self._judged |= touched
        if touched:
            for row in self._connection.execute(_OWED, (to_json(sorted(touched)),)).fetchall():
                yield self._present(row[0])

    def _touched(self, changes: Iterable[Change]) -> set[str]:
        """The layers that changes take from being done, or change something in."""
        found: set[str] = set()
        for change in changes:
            for value in (change.before, change.after):
                if isinstance(value, Annotation | Relation):
                    found.add(value.layer)
            match change.before, change.after:
                case (FirstPass(), _) | (None, FirstPass()):
                    self._judged.add(change.id)
                case Layer(state="done"), Layer(state="done"):
                    pass
                case Layer(state="done"), Layer() if self._kind != "undo":
                    found.add(change.id)
                case (Layer(), _) | (None, Layer()):
                    self._judged.add(change.id)
                case _:
                    pass
        return found

    def _present(self, layer: str) -> FirstPass:
        annotations, relations = (
            tuple(map(TABLES[kind].value, self._connection.execute(sql, (layer,)).fetchall()))
            for kind, sql in _INSIDE.items()
        )
        return FirstPass(
            layer, cast(tuple[Annotation, ...], annotations), cast(tuple[Relation, ...], relations)
        )


_INSIDE = {
    "annotation": f'{TABLES["annotation"].select} WHERE layer = ? ORDER BY "start", "end" DESC, id',
    "relation": f"{TABLES['relation'].select} WHERE layer = ? ORDER BY id",
}

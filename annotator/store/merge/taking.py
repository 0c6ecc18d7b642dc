"""A hand-off on its way into a fresh file: chosen values as they stand, with their stamps."""

import sqlite3
from collections.abc import Iterable, Sequence

from annotator.core.steps import Counted
from annotator.store.merge.past import Past
from annotator.store.merge.stamped import put
from annotator.store.tables import TABLES
from annotator.store.writer import Writing, batches, stored_rows

NAME = "hand-off"
"""The name of nobody's entry that brings what is handed out."""
Records = Iterable[tuple[str, Sequence[str]]]
"""Kinds of values with ids, parents before children."""


def take_over(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    writing: Writing,
    records: Records,
    *,
    handoff: str,
) -> Counted[None]:
    """Write values of one file into another as they stand, and the heads of what wrote them.

    Yields how many values were written so far.
    """
    done = 0
    theirs, own = Past(source), Past(target)
    target.execute(
        "INSERT INTO merge (edit, file, project, handoff) VALUES (?, '', ?, ?)",
        (writing.id, theirs.project, handoff),
    )
    for kind, ids in records:
        table = TABLES[kind]
        for batch in batches(ids, lambda each: each):
            rows = stored_rows(source, table, [table.native(id_) for id_ in batch])
            ordered = ((id_, rows.get(table.native(id_))) for id_ in batch)
            put(target, writing.journal, kind, [(id_, row) for id_, row in ordered if row])
            stamps = [str(row["edit"]) for row in rows.values() if row["edit"] is not None]
            own.bring(list(theirs.heads(stamps)), writing.id)
            done += len(rows)
            yield done

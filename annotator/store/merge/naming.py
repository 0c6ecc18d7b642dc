"""What people are called in two files, and the other names that follow in one of them.

A name is no version of anybody's work: rows move to another name with the stamps that they have,
so that work is as late as when it was done, whoever has been renamed since, and wherever. What is
a version is the name itself, in the setting that tells it by the person's first name (core.people):
of two the later one holds, like that of any value.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from annotator.core.errors import UserError
from annotator.core.people import RENAMED, first_name
from annotator.core.steps import Counted
from annotator.store.merge.matching import Matching, called_otherwise
from annotator.store.merge.side import Side, Standing, What
from annotator.store.merge.stamped import Target, put
from annotator.store.tables import TABLES, Row, to_json
from annotator.store.writer import Writing, among, batches, stored_rows, tombs

_INSIDE = ("annotation", "relation")
_BESIDE = ("first_pass", "work")
"""The kinds that are kept of a layer, under its id."""


@dataclass(frozen=True, slots=True)
class Naming:
    """By the name that somebody has in a file, the one to have in both, where it is another one.

    `told` are the settings of the other file that are later than ours.
    """

    here: Mapping[str, str]
    there: Mapping[str, str]
    told: tuple[Target, ...]


def naming(here: Side, there: Side) -> Naming:
    """What people of two files are to be called.

    Raises UserError where two people would have one name.
    """
    keys = sorted({*_keys(here.connection), *_keys(there.connection)})
    ours, theirs = (each.standings("setting", keys) for each in (here, there))
    told = {
        key: their
        for key, their in theirs.items()
        if key not in ours or their.version.rank > ours[key].version.rank
    }
    latest = _names(ours | told)
    moved = []
    bearers: dict[str, str] = {}
    for side, known in ((here, _names(ours)), (there, _names(theirs))):
        firsts = {name: first_name(known, name) for name in _people(side.connection)}
        now = {name: latest.get(first, first) for name, first in firsts.items()}
        for name, first in firsts.items():
            if bearers.setdefault(now[name], first) != first:
                raise UserError(_clash(now[name], bearers[now[name]], first))
        moved.append({old: new for old, new in now.items() if old != new})
    ours_now, theirs_now = moved
    return Naming(
        ours_now, theirs_now, tuple((key, each.version.row) for key, each in told.items())
    )


def _clash(name: str, one: str, other: str) -> str:
    first = " and ".join(f"“{each}”" for each in sorted((one, other)))
    return (
        f"“{name}” would be the name of two people, who were called {first} at first; "
        "give one of them another name and merge again"
    )


def _keys(connection: sqlite3.Connection) -> Iterator[str]:
    """The settings that tell names, those that were taken back too."""
    sql = (
        "SELECT key FROM project WHERE key GLOB ? UNION"
        " SELECT id FROM tombstone WHERE kind = 'setting' AND id GLOB ?"
    )
    return (str(row[0]) for row in connection.execute(sql, (f"{RENAMED}*",) * 2))


def _names(known: Mapping[str, Standing]) -> dict[str, str]:
    """What people are called now, by their first names."""
    return {
        key.removeprefix(RENAMED): str(each.version.row["value"])
        for key, each in known.items()
        if each.version.lives
    }


def _people(connection: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("SELECT name FROM annotator ORDER BY pk")]


def rename(here: Side, writing: Writing, names: Mapping[str, str]) -> Counted[None]:
    """Give people other names, and all that is theirs; yields how many rows were looked at.

    What they are called isn't noted. Two may get each other's names.
    """
    moving = _Moving(here, writing, called_otherwise(here.connection, names))
    inside = {kind: moving.inside(kind) for kind in _INSIDE}  # told before anything moves
    done = 0
    for each in (
        moving.copy("annotator", names),
        moving.copy("layer", moving.layers),
        *(moving.translate(kind, ids) for kind, ids in inside.items()),
        *(moving.copy(kind, moving.layers) for kind in _BESIDE),
        *(moving.leave(kind, moving.layers) for kind in _BESIDE),
        moving.translate("decision", moving.decisions()),
        moving.leave("layer", moving.layers),
        moving.leave("annotator", list(names)),
    ):
        for more in each:
            done += more
            yield done
    moving.asides()


class _Moving:
    """Rows on their way from names to names, some at a time; yields how many those are."""

    def __init__(self, here: Side, writing: Writing, matching: Matching) -> None:
        self.layers = list(matching.layers)
        self._here = here
        self._connection = here.connection
        self._writing = writing
        self._matching = matching

    def inside(self, kind: str) -> list[str]:
        """The ids of what is in the layers."""
        sql = f"SELECT id FROM {kind} WHERE layer"  # noqa: S608  (our own names)
        return [str(row[0]) for row in among(self._connection, sql, self.layers)]

    def decisions(self) -> list[str]:
        """The ids of all decisions, any of which may tell of the people or of their layers."""
        return [str(row[0]) for row in self._connection.execute("SELECT id FROM decision")]

    def copy(self, kind: str, ids: Iterable[str]) -> Iterator[int]:
        """Let rows and deletions be those of the other ids too."""
        asked = list(ids)
        rows = stored_rows(self._connection, TABLES[kind], asked)
        gone = [each for each in asked if each not in rows]
        known: dict[str, Row] = {
            id_: {"edit": by} for id_, by in tombs(self._connection, kind, gone).items()
        }
        known |= {str(key): self._matching.row(kind, row) for key, row in rows.items()}
        yield from self._put(kind, ((self._matching.id(kind, id_), known[id_]) for id_ in known))

    def leave(self, kind: str, ids: Sequence[str]) -> Iterator[int]:
        """Let there be neither rows nor deletions of these ids, unless they are others' now."""
        taken = {self._matching.id(kind, each) for each in ids}
        yield from self._put(kind, ((each, None) for each in ids if each not in taken))

    def translate(self, kind: str, ids: Iterable[str]) -> Iterator[int]:
        """Let rows tell of people and layers by their new names."""
        for batch in batches(ids, str):
            rows = stored_rows(self._connection, TABLES[kind], batch)
            told = ((str(id_), self._matching.row(kind, row)) for id_, row in rows.items())
            yield from self._put(kind, told)

    def asides(self) -> None:
        """Let what lies aside do so under the new names."""
        moved: dict[What, Row] = {}
        for (kind, id_), row in self._here.aside.items():
            moved[kind, self._matching.id(kind, id_)] = self._matching.row(kind, row)
        fresh = {what: row for what, row in moved.items() if self._here.aside.get(what) != row}
        self._connection.executemany(
            "INSERT INTO aside (kind, id, row, merge) VALUES (?, ?, ?, ?)",
            [(*what, to_json(row), self._writing.id) for what, row in fresh.items()],
        )
        self._here.aside = moved

    def _put(self, kind: str, targets: Iterable[Target]) -> Iterator[int]:
        for batch in batches(targets, itemgetter(0)):
            put(self._connection, self._writing.journal, kind, batch)
            yield len(batch)

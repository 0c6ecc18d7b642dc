"""The merge of another file into this one: for each value the later version, whatever the order.

The latest version of a value is told by when the edit that wrote it was written, and by its id. A
link whose latest version lives is shown where both its ends are; an article, a layer, a person or
an entity that was deleted is shown as long as something there needs it. What is latest but can't
be shown lies aside, so that files may come in any order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.core.steps import Counted
from annotator.store.journal import former_row
from annotator.store.merge.ends import Ends, needed
from annotator.store.merge.matching import Matching
from annotator.store.merge.side import Side, Standing, Version
from annotator.store.merge.stamped import Target, is_row, put
from annotator.store.merge.tally import Pair, Tally
from annotator.store.tables import Row, to_json
from annotator.store.writer import Writing, among, batches

_HOLDERS = ("annotator", "entity", "document", "layer")
"""The kinds that others are in, or name: parents before children."""
_HELD = ("annotation", "relation", "decision", "work", "first_pass", "setting")
_TAKEN_AWAY = ("entity", "layer", "document", "annotator")
"""_HOLDERS, in the order in which they stop being needed."""


class Merge:
    """One file on its way into another, inside one transaction and under one entry."""

    def __init__(self, here: Side, there: Side, matching: Matching, writing: Writing) -> None:
        self.tally = Tally(refused=matching.refused, mapped=list(matching.documents.items()))
        self._here = here
        self._there = there
        self._matching = matching
        self._writing = writing
        self._ends = Ends(here.connection)
        self._dead = {kind: dict[str, tuple[Version, Row]]() for kind in _HOLDERS}
        self._shaken: list[str] = []
        self._aside: dict[tuple[str, str], Row] = {}

    def run(self) -> Counted[None]:
        """Do it; yields how many values and deletions of the other file were looked at."""
        done = 0
        for kind in (*_HOLDERS, *_HELD):
            for page, lives in self._there.stamps(kind):
                self._look(kind, page, lives=lives)
                done += len(page)
                yield done
            if kind == "relation":
                self._settle_links()
        self._settle_holders()
        self._keep_aside()
        for told in self._there.past.told():
            self.tally.entries += self._here.past.bring(told, self._writing.id)
            yield done

    def _look(self, kind: str, page: Mapping[str, str], *, lives: bool) -> None:
        """Compare values or deletions of the other file with ours, and take what is later."""
        asked = self._differing(kind, page)
        self.tally.same[kind] += (len(page) - len(asked)) * lives
        pairs = list(self._pairs(kind, asked))
        for each in pairs:
            self.tally.count(each)
        if kind == "relation":
            self._link({each.id: each.winner for each in pairs})
        elif kind in _HOLDERS:
            self._hold(kind, pairs)
        else:
            if kind == "annotation":
                self._shaken += [each.id for each in pairs if each.our and each.comes]
            self._put(kind, [(each.id, each.winner.row) for each in pairs])

    # What differs

    def _differing(self, kind: str, page: Mapping[str, str]) -> list[str]:
        """The ids there of what has another stamp here, or lies aside in one of the files."""
        here_of = {id_: self._matching.id(kind, id_) for id_ in page}
        own = self._here.stamps_of(kind, list(here_of.values()))
        return [
            id_
            for id_, stamp in page.items()
            if own.get(here_of[id_]) != stamp
            or (kind, here_of[id_]) in self._here.aside
            or (kind, id_) in self._there.aside
        ]

    def _pairs(self, kind: str, asked: Sequence[str]) -> Iterator[Pair]:
        """What both files have of these values, which are those of the other file."""
        theirs: dict[str, Standing] = {}
        for id_, found in self._there.standings(kind, asked).items():
            here, now = self._matching.id(kind, id_), self._translated(kind, found)
            later = here not in theirs or now.version.rank > theirs[here].version.rank
            if later and not self._matching.stays_there(kind, id_):
                theirs[here] = now
        ours = self._here.standings(kind, list(theirs))
        known_here = self._here.past.known(_stamps(theirs)) if ours else set()
        known_there = self._there.past.known(_stamps(ours))
        for id_, their in theirs.items():
            our = ours.get(id_)
            rows = [one.version.row for one in (our, their) if one]
            if not any(self._matching.is_closed(kind, id_, row) for row in rows):
                yield Pair(
                    *(kind, id_, our, their),
                    changed_here=our is not None and our.version.stamp not in known_there,
                    changed_there=their.version.stamp not in known_here,
                )

    def _translated(self, kind: str, standing: Standing) -> Standing:
        """What the other file has, as it is to be here."""
        version, shown = standing.version, standing.shown
        row = self._matching.row(kind, version.row)
        if row is version.row is shown:
            return standing
        if shown is version.row or shown is None:
            return Standing(Version(row, version.time), shown and row)
        return Standing(Version(row, version.time), self._matching.row(kind, shown))

    # What is taken

    def _put(self, kind: str, targets: Sequence[Target]) -> int:
        done = put(self._here.connection, self._writing.journal, kind, targets)
        self.tally.rows += done
        return done

    def _hold(self, kind: str, pairs: Iterable[Pair]) -> None:
        """Take what lives; what is deleted waits until all that may need it is there."""
        targets: list[Target] = []
        for each in pairs:
            rows = [one.shown for one in (each.our, each.their) if one and one.shown]
            if each.winner.lives or not rows:
                targets.append((each.id, each.winner.row))
            else:
                self._dead[kind][each.id] = each.winner, rows[0]
        self._put(kind, targets)

    def _link(self, versions: Mapping[str, Version]) -> None:
        """Show those links whose latest versions live and have both ends, and no others."""
        live = ((id_, each.row) for id_, each in versions.items() if each.lives)
        why = self._ends.missing(live)
        targets = [(id_, None if why.get(id_) else each.row) for id_, each in versions.items()]
        self._put("relation", targets)
        for id_, reason in why.items():
            if reason and self._set_aside("relation", id_, versions[id_].row):
                self.tally.dropped.append((id_, reason))

    def _settle_links(self) -> None:
        """Look again at links that lay aside, and at those whose ends were changed."""
        ids = {id_ for kind, id_ in self._here.aside if kind == "relation"}
        for end in ("source", "target"):
            sql = f"SELECT id FROM relation WHERE {end}"  # noqa: S608  (our own names)
            ids.update(str(row[0]) for row in among(self._here.connection, sql, self._shaken))
        ids -= {id_ for _, id_ in self._aside}
        for batch in batches(sorted(ids), str):
            found = self._here.standings("relation", batch)
            self._link({id_: each.version for id_, each in found.items()})

    def _settle_holders(self) -> None:
        """Take away what is deleted and nothing needs; the rest is as the deletion found it."""
        for kind, id_ in self._here.aside:
            found = self._here.standings(kind, [id_])[id_] if kind in self._dead else None
            if found and found.shown and not found.version.lives:
                self._dead[kind].setdefault(id_, (found.version, found.shown))
        for kind in _TAKEN_AWAY:
            for batch in batches(sorted(self._dead[kind]), str):
                stay = needed(self._here.connection, kind, batch)
                targets = [
                    (id_, self._revived(kind, id_) if id_ in stay else self._dead[kind][id_][0].row)
                    for id_ in batch
                ]
                self._put(kind, targets)

    def _revived(self, kind: str, id_: str) -> Row:
        """A value that is deleted and needed, as the deletion found it wherever that is told."""
        version, shown = self._dead[kind][id_]
        if self._set_aside(kind, id_, version.row):
            self.tally.kept.append((kind, id_))
        what = kind, id_
        own = former_row(self._here.connection, version.stamp, what)
        theirs = former_row(self._there.connection, version.stamp, what)
        rows = (own, theirs and self._matching.row(kind, theirs), shown)
        return next(row for row in rows if row is not None and is_row(row))

    def _set_aside(self, kind: str, id_: str, row: Row) -> bool:
        """Keep the latest version of what can't be shown as that; whether this is news."""
        if self._here.aside.get((kind, id_)) == row:
            return False
        self._aside[kind, id_] = row
        return True

    def _keep_aside(self) -> None:
        self._here.connection.executemany(
            "INSERT OR REPLACE INTO aside (kind, id, row, merge) VALUES (?, ?, ?, ?)",
            [(*what, to_json(row), self._writing.id) for what, row in self._aside.items()],
        )
        self.tally.asides = len(self._aside)


def _stamps(standings: Mapping[str, Standing]) -> list[str]:
    return [each.version.stamp for each in standings.values()]

"""Copies of a project that go their own ways, and what a merge of them leaves."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import ACTIONS, Decision
from annotator.project import Project
from annotator.store.tables import TABLES
from annotator.transfer import finish
from annotator.transfer.merging import MergeReport, merge
from annotator.transfer.people import rename_person
from tests.rows import Rows, rows
from tests.strategies import Gesture, document_of, done, gestures

PEOPLE = ("ada", "bob")
NAMES = (*PEOPLE, "cem", "dan")
"""What people may be called."""
KINDS = (
    *("annotator", "entity", "document", "layer", "annotation", "relation", "decision"),
    *("work", "first_pass"),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to a copy: a gesture, or `what` else."""

    who: str
    what: str
    gesture: Gesture


def deeds() -> st.SearchStrategy[Deed]:
    """Anything that anybody may do."""
    what = st.sampled_from(
        (
            *("gesture",) * 9,
            *("undo", "redo", "merge entities", "decide", "undecide", "delete", "rename"),
        )
    )
    return st.builds(Deed, st.sampled_from(PEOPLE), what, gestures())


def do(project: Project, deed: Deed) -> None:
    """Do it, where it can be done."""
    project.switch(deed.who)
    try:
        if deed.what == "undo":
            project.undo(through=deed.gesture.which % 2 == 0)
        elif deed.what == "redo":
            project.redo()
        elif deed.what == "rename":
            name = NAMES[deed.gesture.which % len(NAMES)]
            finish(rename_person(project, project.who, name))
        elif deed.what == "gesture":
            # One text under two ids is another matter: it is put onto the project's article.
            unlike = new_id() if deed.gesture.verb == "article" else deed.gesture.text
            done(project, replace(deed.gesture, text=unlike))
        else:
            project.apply(_edit(project, deed))
    except UserError:
        pass


def _edit(project: Project, deed: Deed) -> Edit:
    read, number = project.read, deed.gesture.which
    entities, documents = list(read.entities()), list(read.documents())
    if deed.what == "merge entities" and len(entities) > 1:
        kept, gone = entities[number % len(entities)], entities[deed.gesture.other % len(entities)]
        users = [
            value
            for kind in ("annotation", "relation")
            for value in read.values(kind, list(read.users_of_entity(gone.id))).values()
        ]
        if kept != gone:
            works = read.works_naming(gone.id)
            return verbs.merge_entities(kept, gone, users, works)  # type: ignore[arg-type]
    if not documents:
        return Edit("", ())
    document = documents[number % len(documents)]
    decisions = list(read.decisions(document=document.id))
    if deed.what == "decide":
        action = ACTIONS[deed.gesture.other % len(ACTIONS)]
        return Edit("decide", inserted([Decision(new_id(), document.id, {}, action, by=deed.who)]))
    if deed.what == "undecide" and decisions:
        return Edit("undecide", (Change(decisions[0], None),))
    if deed.what == "delete" and len(documents) > 1:
        layers = list(read.layers(document=document.id))
        return verbs.delete_document(
            document,
            layers,
            (each for layer in layers for each in read.annotations(layer=layer.id)),
            (each for layer in layers for each in read.relations(layer=layer.id)),
            decisions,
        )
    return Edit("", ())


@cache
def _beginning() -> bytes:
    """A project of two articles, with the people in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        with Project.create(path, who="ada") as project:
            for text in ("Ada denied that 14 soldiers were killed.", "Bob said that it was so."):
                project.apply(Edit("import", inserted([document_of(text)])))
            project.switch("bob")
            project.apply(verbs.add_entity("Ministry"))
        return path.read_bytes()


def start(path: Path) -> None:
    """The same small project each time."""
    path.write_bytes(_beginning())


def copy(path: Path, name: str) -> Path:
    """A copy of a closed project beside it."""
    target = path.with_name(name)
    shutil.copyfile(path, target)
    return target


def merged(path: Path, *others: Path, who: str = "ada", dry: bool = False) -> MergeReport:
    """Merge others into a project, prove it, and return the report."""
    with Project.open(path, who=who) as project:
        report = finish(merge(project, others, dry=dry))
        assert project.check() == []
    return report


def values(path: Path, *, stamps: bool = True) -> Rows:
    """The rows of a closed project that a merge has to do with."""
    with closing(sqlite3.connect(path)) as connection:
        found = rows(connection, stamps=stamps)
    return {kind: found[kind] for kind in KINDS}


def past(path: Path) -> set[str]:
    """The ids of all entries that a closed project tells of."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT id FROM journal UNION SELECT id FROM foreign_journal"
        return {row[0] for row in connection.execute(sql)}


def known(path: Path) -> set[tuple[str, str]]:
    """Kind and id of all values that a closed project shows, keeps aside, or knows as deleted.

    Layers, and what is kept of them, have other ids where somebody is called otherwise, and are
    told by their number.
    """
    sql = " UNION ".join(f"SELECT '{kind}', {TABLES[kind].key} FROM {kind}" for kind in KINDS)
    with closing(sqlite3.connect(path)) as connection:
        sql += " UNION SELECT kind, id FROM tombstone UNION SELECT kind, id FROM aside"
        found = connection.execute(f"SELECT * FROM ({sql}) ORDER BY 1").fetchall()
    named = ("annotator", "layer", "work", "first_pass")
    return {
        (kind, f"number {number}" if kind in named else id_)
        for kind, group in groupby(found, key=itemgetter(0))
        for number, (_, id_) in enumerate(group)
    }

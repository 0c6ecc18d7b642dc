"""The merge of project files into a project: a report first, then all in one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from annotator.core.apart import apart
from annotator.core.entry_words import EntryTeller
from annotator.core.errors import UserError
from annotator.core.model import Entity, Value
from annotator.core.tagset_toml import loads
from annotator.core.text import counted
from annotator.core.twins import twins
from annotator.project import Project
from annotator.store.merge.door import Merging
from annotator.store.merge.incoming import Incoming, opened
from annotator.store.merge.tally import Tally
from annotator.store.reader import Reader
from annotator.transfer.report import Job, Progress, finish
from annotator.transfer.tagsets import Reconciled, reconcile

_NOUNS = {
    "document": "article",
    "annotation": "annotation",
    "relation": "link",
    "entity": "actor",
    "decision": "decision",
}
"""The kinds of values that a report counts, as people call them."""
_NAMED = 500
"""As many values of a file are told of, by what they are called; the others are counted."""
_SKEW = timedelta(minutes=5)
"""A clock that is further ahead than this is told of."""


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What one file brings; `ahead` is by how many seconds its clock is ahead, 0 where it isn't.

    `names` are what the values that it tells of are called, by kind and id.
    """

    path: Path
    tally: Tally
    tagset: Reconciled
    ahead: int = 0
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def sentence(self) -> str:
        """What it brings, in one sentence."""
        new = [
            counted(self.tally.new[kind], noun)
            for kind, noun in _NOUNS.items()
            if self.tally.new[kind]
        ]
        sides = [f"{number:,} {where}" for where, number in _sides(self.tally) if number]
        nothing = "nothing new"
        if self.tally.did_something and not sides:
            nothing += " but states, times, settings and history"
        parts = [f"new: {', '.join(new)}" if new else nothing, *sides]
        return f"{self.path.name}: {'; '.join(parts)}."

    def details(self) -> Iterator[str]:
        """A line for each thing that a person may have to look at, the values up to 500."""
        name = self.path.name
        for former, now in self.tally.renamed:
            yield f"{name}: {former} is called {now} there, and so here from now on."
        if self.tagset.differs:
            yield f"{name}: its tag set is another one; {_told(self.tagset)}."
        for problem in self.tagset.unlike:
            yield f"{name}: the tag set can't have that {problem}; it is kept as it was made."
        if self.ahead:
            ahead = timedelta(seconds=self.ahead)
            yield f"{name}: its clock was ahead of this one's by {ahead}, so its changes may win."
        values = self._values()
        yield from (f"{name}: {each}" for each in islice(values, _NAMED))
        if more := sum(1 for _ in values):
            yield f"{name}: {more:,} more like these; merge with --json lists their ids."

    def _values(self) -> Iterator[str]:
        """What befell each value that isn't simply new or the same, in the order of `_names`."""
        for id_ in self.tally.refused:
            article = self._called("document", id_)
            yield f"{article} has another text here; nothing of it was merged."
        for _, here in self.tally.mapped:
            article = self._called("document", here)
            yield f"{article} was imported there on its own; the work on both is together."
        for id_, why in self.tally.dropped:
            yield f"{self._called('relation', id_)} is not shown, because {why}."
        for what in self.tally.kept:
            yield f"{self._called(*what)} was deleted on one side, and stays: it is needed."
        for kind, id_, kept in self.tally.conflicts:
            side = "this project's" if kept == "here" else "the file's"
            called = self._called(kind, id_)
            yield f"{called} was changed on both sides; {side} is later and holds."

    def _called(self, kind: str, id_: str) -> str:
        return self.names.get((kind, id_)) or f"the {_NOUNS.get(kind, kind)} {id_}"

    def as_json(self) -> dict[str, Any]:
        """The report on this file as the command line gives it to scripts."""
        tally = self.tally
        return {
            "file": str(self.path),
            **_counts([tally]),
            **{where: _by_kind(getattr(tally, where)) for where in ("here", "there", "both")},
            "conflicts": _conflicts(tally),
            "refused": list(tally.refused),
            "mapped": [{"document": there, "onto": here} for there, here in tally.mapped],
            "renamed": [{"former": old, "name": new} for old, new in tally.renamed],
            "dropped": [{"relation": id_, "why": why} for id_, why in tally.dropped],
            "kept": [{"table": kind, "id": id_} for kind, id_ in tally.kept],
            "tagset": {
                "differs": self.tagset.differs,
                "added": list(self.tagset.added),
                "unlike": list(self.tagset.unlike),
            },
            "clock_ahead": self.ahead,
        }


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What files bring; `applied` says whether they were merged, or only looked at.

    `twins` are entities of one name and type, at least one of which came or was changed; `backup`
    is the file that has the project as it was before.
    """

    files: tuple[MergedFile, ...]
    twins: tuple[tuple[Entity, ...], ...] = ()
    applied: bool = False
    backup: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether the merge has changed the project, or would."""
        return any(each.tally.did_something for each in self.files)

    def sentence(self) -> str:
        """What they bring, in a line for each."""
        return "\n".join(each.sentence() for each in self.files)

    def details(self) -> list[str]:
        """A line for each thing that a person may have to look at."""
        same = (
            f"“{each[0].name}” is in the register {len(each)} times; merge the entries if they are "
            "one."
            for each in self.twins
        )
        return [*(line for each in self.files for line in each.details()), *same]

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        tallies = [each.tally for each in self.files]
        return {
            **_counts(tallies),
            "conflicts": [one for each in tallies for one in _conflicts(each)],
            "twins": [[each.id for each in same] for same in self.twins],
            "files": [each.as_json() for each in self.files],
            "applied": self.applied,
            "backup": self.backup and str(self.backup),
        }


def survey(project: Project, path: Path) -> MergeReport:
    """What a file would bring; nothing is written."""
    return finish(merge(project, [path], dry=True))


def merge(project: Project, paths: Sequence[Path], *, dry: bool = False) -> Job[MergeReport]:
    """Merge files into a project, each as one edit, all or none of them; `dry` only tells.

    Raises UserError, naming the file, where one is no project, is of a newer version, is damaged,
    or is the project itself; then nothing is changed, as when the job is closed. The files are only
    read.
    """
    with ExitStack() as files:
        coming = []
        for path in paths:
            yield Progress(0, 0, f"Opening {path.name}")
            if path.exists() and path.samefile(project.path):
                raise UserError(f"{path} is the project itself; name a file to merge into it.")
            coming.append(files.enter_context(opened(path)))
        with project.merging(dry=dry) as door:
            merged: list[MergedFile] = []
            for each in coming:
                merged += [(yield from _merge(door, each))]
            named = {id_ for each in merged for id_ in each.tally.entities}
            found = tuple(_twins(door.read, named))
    return MergeReport(tuple(merged), found, not dry, door.backup if door.done else None)


def _merge(door: Merging, incoming: Incoming) -> Job[MergedFile]:
    path, total = incoming.path, incoming.side.size()
    tagset = reconcile(door.read, incoming.read, follows=door.follows(incoming))
    job = door.merge(
        incoming, f"merge {path.name}", versions=tagset.versions, changes=tagset.changes
    )
    while True:
        try:
            yield Progress(min(next(job), total), total, f"Merging {path.name}")
        except StopIteration as end:
            names = dict(_names(end.value, door.read, incoming.read))
            return MergedFile(path, end.value, tagset, _ahead(incoming.newest), names)


def _names(tally: Tally, here: Reader, there: Reader) -> Iterator[tuple[tuple[str, str], str]]:
    """By kind and id, what the values that a report tells of are called, as far as it is told."""

    def find(kind: str, id_: str) -> Value | None:
        return here.last_value(kind, id_) or there.last_value(kind, id_)

    entities = {each.id: each for each in here.entities()}
    teller = EntryTeller(find, loads(here.tagset().toml), entities)
    told = chain(
        (("document", id_) for id_ in tally.refused),
        (("document", id_) for _, id_ in tally.mapped),
        (("relation", id_) for id_, _ in tally.dropped),
        tally.kept,
        ((kind, id_) for kind, id_, _ in tally.conflicts),
    )
    return ((what, teller.called(*what)) for what in islice(told, _NAMED))


def _ahead(newest: str) -> int:
    """By how many seconds a time is later than now, 0 where that is little."""
    if not newest:
        return 0
    ahead = datetime.fromisoformat(newest) - datetime.now(UTC)
    return int(ahead.total_seconds()) if ahead > _SKEW else 0


def _twins(read: Reader, named: set[str]) -> Iterator[tuple[Entity, ...]]:
    known = {each.id: each for each in read.entities()}
    groups: dict[str, list[Entity]] = {}
    for id_, first in twins(known.values(), apart(read.settings())).items():
        groups.setdefault(first, []).append(known[id_])
    for same in groups.values():
        if len(same) > 1 and named & {each.id for each in same}:
            yield tuple(same)


def _sides(tally: Tally) -> tuple[tuple[str, int], ...]:
    return (
        ("changed there", tally.there.total()),
        ("changed here", tally.here.total()),
        ("changed on both sides", tally.both.total()),
    )


def _counts(tallies: Sequence[Tally]) -> dict[str, Any]:
    return {
        name: _by_kind(sum((getattr(each, name) for each in tallies), Counter()))
        for name in ("new", "same", "changed")
    }


def _by_kind(counts: Counter[str]) -> dict[str, int]:
    return {kind: counts[kind] for kind in _NOUNS}


def _conflicts(tally: Tally) -> list[dict[str, str]]:
    return [{"table": kind, "id": id_, "kept": kept} for kind, id_, kept in tally.conflicts]


def _told(tagset: Reconciled) -> str:
    if tagset.added:
        return f"added to the project's: {', '.join(tagset.added)}"
    return "it was taken" if tagset.changes else "the project's holds"

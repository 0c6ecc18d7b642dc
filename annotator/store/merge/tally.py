"""One value in two files, and what a merge found and did in numbers and lists."""

from collections import Counter
from dataclasses import dataclass, field

from annotator.store.merge.side import Standing, Version


@dataclass(frozen=True, slots=True)
class Pair:
    """What both files have of a value; `changed_…` says where since the other has seen it."""

    kind: str
    id: str
    our: Standing | None
    their: Standing
    changed_here: bool = False
    changed_there: bool = True

    @property
    def comes(self) -> bool:
        """Whether the other file's version is the later one."""
        return self.our is None or self.their.version.rank > self.our.version.rank

    @property
    def winner(self) -> Version:
        """The later version."""
        return self.their.version if self.our is None or self.comes else self.our.version

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        assert self.our is not None
        return not self.our.version.says_as(self.their.version)


@dataclass(slots=True)
class Tally:
    """Counts by kind of value, and what a person should know by name.

    `changed` is what differs from what the file has; `here`, `there` and `both` are where it was
    changed. `conflicts` are kind, id and which side was kept ("here" or "there") of what was
    changed on both; `dropped` the links that can't be shown, with why; `kept` what was deleted on
    one side and stays because something needs it. `refused` and `mapped` are articles, as
    matching.py has them, `entities` the actors that came or were changed there,
    `renamed` people here with the names that they have since.
    """

    new: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    here: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    mapped: list[tuple[str, str]] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    rows: int = 0
    entries: int = 0
    asides: int = 0

    @property
    def did_something(self) -> bool:
        """Whether the merge has changed the file in any way."""
        return bool(self.rows or self.entries or self.asides)

    def count(self, pair: Pair) -> None:
        """Count a value of the other file."""
        kind, their = pair.kind, pair.their.version
        if kind == "entity" and pair.comes and their.lives:
            self.entities.append(pair.id)
        if pair.our is None:
            self.new[kind] += their.lives
        elif not pair.differs:
            self.same[kind] += their.lives
        else:
            self.changed[kind] += 1
            self._say_where(pair)

    def _say_where(self, pair: Pair) -> None:
        kept = "there" if pair.comes else "here"
        if pair.changed_here and pair.changed_there:
            self.both[pair.kind] += 1
            self.conflicts.append((pair.kind, pair.id, kept))
        elif pair.changed_here or (not pair.changed_there and kept == "here"):
            self.here[pair.kind] += 1
        else:
            self.there[pair.kind] += 1

"""An edit is a named tuple of changes, and has an inverse. There are no command classes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from annotator.core.ids import new_id
from annotator.core.model import KINDS, Value, kind_of

Kind = Literal["edit", "undo", "redo"]
"""What an entry of the journal is."""
Step = Literal["undo", "redo"]
"""Which way somebody goes in the journal."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after: `before` is None for an insertion, `after` for a removal.

    Raises ValueError when both are None, or when the two are not versions of the same value.
    """

    before: Value | None
    after: Value | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a before or an after")
        if self.before is not None and self.after is not None:
            same = type(self.before) is type(self.after) and self.before.id == self.after.id
            if not same:
                raise ValueError("before and after of a change are different things")

    @property
    def either(self) -> Value:
        """The later version there is."""
        value = self.after if self.after is not None else self.before
        assert value is not None
        return value

    @property
    def kind(self) -> str:
        """The kind of the value, as in model.KINDS."""
        return kind_of(self.either)

    @property
    def id(self) -> str:
        """The id of the value."""
        return self.either.id

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """What one gesture changes, under a name that a person reads ("tag claim")."""

    name: str
    changes: tuple[Change, ...]
    id: str = field(default_factory=new_id, compare=False)

    def inverse(self) -> "Edit":
        """The edit that takes this one back, its changes in reverse order."""
        return Edit(self.name, tuple(change.inverse() for change in reversed(self.changes)))

    def touched(self, kind: str) -> Iterator[Change]:
        """The changes to values of this kind."""
        # By the class at once: an edit of ten thousands of changes is asked by every widget.
        sought = KINDS[kind]
        return (each for each in self.changes if sought in (type(each.after), type(each.before)))

    def __bool__(self) -> bool:
        """Whether the edit changes anything."""
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry of the journal, without its changes; `time` is ISO 8601 in UTC.

    `of` is the edit that an undo or a redo is about.
    """

    id: str
    time: str
    who: str
    name: str
    kind: Kind
    of: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What one entry of the journal did to one value, as a whole."""

    entry: Noted
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What an entry of the journal changed, as far as it is told.

    `some` are a few of its changes of the kind that matters most, `count` is how many of that kind
    there are, or, where it is not `whole`, how many at least.
    """

    entry: Noted
    some: tuple[Happened, ...] = ()
    count: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of the journal, and whether what it did is still done."""

    entry: Noted
    stands: bool


def change(before: Value | None, after: Value | None) -> tuple[Change, ...]:
    """One change, or none where nothing differs."""
    return () if before == after else (Change(before, after),)


def inserted(values: Iterable[Value]) -> tuple[Change, ...]:
    """The changes that bring these values in."""
    return tuple(Change(None, value) for value in values)


def combined(name: str, edits: Iterable[Edit]) -> Edit:
    """What edits made one after the other change together; what they bring and take is left out."""
    found: dict[tuple[str, str], tuple[Value | None, Value | None]] = {}
    for each in (one for edit in edits for one in edit.changes):
        what = (each.kind, each.id)
        found[what] = (found[what][0] if what in found else each.before, each.after)
    return Edit(name, tuple(one for pair in found.values() for one in change(*pair)))


Listener = Callable[[Edit], None]
"""What is told of an edit, after it is durable."""

"""An edit is a named tuple of changes, and has an inverse. There are no command classes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from annotator.core.ids import new_id
from annotator.core.model import Value, kind_of


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
        return (change for change in self.changes if change.kind == kind)

    def __bool__(self) -> bool:
        """Whether the edit changes anything."""
        return bool(self.changes)


def change(before: Value | None, after: Value | None) -> tuple[Change, ...]:
    """One change, or none where nothing differs."""
    return () if before == after else (Change(before, after),)


def inserted(values: Iterable[Value]) -> tuple[Change, ...]:
    """The changes that bring these values in."""
    return tuple(Change(None, value) for value in values)


Listener = Callable[[Edit], None]
"""What is told of an edit, after it is durable."""

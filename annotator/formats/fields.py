"""The fields of a JSON record, taken one by one, each of the kind that it must be."""

from collections.abc import Mapping
from typing import Any

_NOTHING: Any = object()
_LARGEST = 1 << 62
"""Well inside what SQLite has room for."""
_DEEPEST = 50
_TWO_NUMBERS = [int, int]


class Bad(Exception):  # noqa: N818  (it says what is bad)
    """A record that can't be taken; the text is a phrase that says why."""


class Fields:
    """A record's fields; whoever took all that it knows calls `end`, so that no field is lost.

    A corpus has millions of them: each is looked at where it stands, with few calls.
    """

    __slots__ = ("_left",)

    def __init__(self, raw: Any) -> None:
        if not isinstance(raw, dict):
            raise Bad("it is no JSON object")
        self._left = dict(raw)

    def text(self, key: str, default: str = _NOTHING, *, empty: bool = True) -> str:
        """A text."""
        value = self._left.pop(key, default)
        if not isinstance(value, str):
            raise _wrong(key, value, "is not a text")
        if not value and not empty:
            raise Bad(f'"{key}" is empty')
        return value

    def number(self, key: str, default: int = _NOTHING) -> int:
        """A whole number from 1."""
        value = self._left.pop(key, default)
        if not _whole(value) or not 1 <= value <= _LARGEST:
            raise _wrong(key, value, "is not a whole number from 1")
        return int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._left.pop(key, default)
        if not isinstance(value, bool):
            raise _wrong(key, value, "is neither true nor false")
        return value

    def one_of(self, key: str, choices: tuple[Any, ...], default: str = _NOTHING) -> Any:
        """One of some texts."""
        value = self._left.pop(key, default)
        if value not in choices:
            raise _wrong(key, value, f"is not one of {', '.join(choices)}")
        return value

    def table(self, key: str) -> Mapping[str, Any]:
        """A JSON object, {} where there is none."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict):
            raise Bad(f'"{key}" is no JSON object')
        if value:
            _require_shallow(value, key)
        return value

    def rows(self, key: str) -> list[Any]:
        """A list of anything, [] where there is none."""
        value = self._left.pop(key, [])
        if not isinstance(value, list):
            raise Bad(f'"{key}" is no list')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.rows(key)
        for each in value:
            if not isinstance(each, str):
                raise Bad(f'"{key}" is no list of texts')
        return tuple(value)

    def pairs(self, key: str) -> tuple[tuple[int, int], ...]:
        """A list of pairs of whole numbers."""
        value = self.rows(key)
        for each in value:
            if not (isinstance(each, list) and [*map(type, each)] == _TWO_NUMBERS):
                raise Bad(f'"{key}" is no list of pairs of whole numbers')
        return tuple([(start, end) for start, end in value])

    def has(self, key: str) -> bool:
        """Whether there is such a field still to be taken."""
        return key in self._left

    def given(self, key: str) -> bool:
        """Whether there is such a field, and it is not null."""
        return self._left.get(key) is not None

    def end(self) -> None:
        """Raise Bad for a field that nobody took."""
        for key in self._left:
            raise Bad(f'it has an unknown field "{key}"')


def _wrong(key: str, value: Any, how: str) -> Bad:
    """What is wrong with a field: that it isn't there, else `how` it is."""
    return Bad(f'it has no "{key}"' if value is _NOTHING else f'"{key}" {how}')


def _require_shallow(value: dict[str, Any] | list[Any], key: str, left: int = _DEEPEST) -> None:
    if left == 0:
        raise Bad(f'"{key}" is nested too deeply')
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            _require_shallow(each, key, left - 1)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)

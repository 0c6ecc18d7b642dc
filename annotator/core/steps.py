"""Work that can be done bit by bit, so that a window stays awake meanwhile."""

from collections.abc import Generator
from typing import Any, TypeVar

Made = TypeVar("Made")
Steps = Generator[None, None, Made]
"""Yields between two bits of work, and returns what it has made."""


Counted = Generator[int, None, Made]
"""As Steps; yields how much is done by then."""


def at_once(steps: Generator[Any, None, Made]) -> Made:
    """All of the work, without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            made: Made = stop.value
            return made

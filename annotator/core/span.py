"""A half-open range of code points in a text that never changes."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]` in Unicode code points; start included, end excluded, never empty.

    Raises ValueError when start is negative or end is not beyond start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise ValueError(f"no span from {self.start} to {self.end}")

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def __contains__(self, position: int) -> bool:
        """Whether the code point at `position` belongs to the span."""
        return self.start <= position < self.end

    def of(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Self) -> bool:
        """Whether the two share at least one code point; touching is not overlapping."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Self) -> bool:
        """Whether every code point of `other` is one of this span's."""
        return self.start <= other.start and other.end <= self.end


def envelope(spans: tuple[Span, ...]) -> Span:
    """The shortest span that covers all of `spans`, which are in order and at least one."""
    if len(spans) == 1:
        return spans[0]
    return Span(spans[0].start, max(span.end for span in spans))

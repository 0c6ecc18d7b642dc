"""What an import or an export says of itself, on its way and at its end."""

from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from annotator.formats.base import FEATURES, Note, Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total`, in bytes read or articles written; `what` is at work."""

    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came in. `duplicates` are articles that the project had already.

    `added` are the labels, attributes ("claim.tone") and relation types that the tag set lacked.
    """

    documents: int = 0
    annotations: int = 0
    relations: int = 0
    decisions: int = 0
    entities: int = 0
    duplicates: int = 0
    added: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        counts = ("documents", "annotations", "relations", "decisions", "entities", "duplicates")
        return {
            **{name: getattr(self, name) for name in counts},
            "added_labels": list(self.added),
            "problems": [{"where": each.where, "what": each.what} for each in self.problems],
            "notes": [{"where": each.where, "what": each.what} for each in self.notes],
        }


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What went out, and what could not: how many of each of FEATURES the format lost."""

    documents: int = 0
    annotations: int = 0
    relations: int = 0
    lost: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, counts: "Counter[str]", keeps: frozenset[str]) -> "ExportReport":
        """The report on features counted on their way out."""
        lost = tuple((each, counts[each]) for each in FEATURES if each not in keeps and counts[each])
        return cls(counts["articles"], counts["annotations"], counts["relations"], lost)

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "lost": [{"what": what, "count": count} for what, count in self.lost],
        }


Report = TypeVar("Report")
Job = Generator[Progress, None, Report]
"""Long work: yields Progress, returns its report, and closing it takes everything back."""


def finish(job: Job[Report], tell: Callable[[Progress], object] = lambda _: None) -> Report:
    """Run a job to its end; an exception, KeyboardInterrupt too, takes everything back."""
    try:
        while True:
            tell(next(job))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    finally:
        job.close()

"""What an import or an export says of itself, on its way and at its end."""

from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from annotator.core.text import counted
from annotator.formats.base import FEATURES, Lost, Note, Problem, counted_feature


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total`, such as articles; `what` is at work."""

    done: int
    total: int
    what: str
    in_bytes: bool = False

    def count(self) -> str:
        """How far it is, in words."""
        if not self.in_bytes:
            return f"{self.done:,} of {self.total:,}"
        unit, name = (1_000_000, "MB") if self.total >= 1_000_000 else (1_000, "KB")
        return f"{self.done // unit:,} of {-(-self.total // unit):,} {name}"


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

    def sentence(self) -> str:
        """What came in, in one sentence."""
        counts = (
            (self.documents, "article"),
            (self.annotations, "annotation"),
            (self.relations, "link"),
        )
        parts = [counted(number, noun) for number, noun in counts if number]
        text = f"Imported {', '.join(parts) or 'nothing new'}"
        if self.duplicates:
            text += f"; {self.duplicates:,} there already"
        if self.added:
            text += f"; added to the tag set: {', '.join(self.added)}"
        if self.problems:
            text += f"; {counted(len(self.problems), 'problem')}"
        return f"{text}."

    def details(self) -> list[str]:
        """A line for each thing that was left out or done, and where; what was left out first."""
        problems = [f"{each.where}: {each.what}." for each in self.problems]
        return problems + [f"{each.where}: {each.what}" for each in self.notes]

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
    """What went out, and what could not: how many of each of FEATURES were lost, and where.

    Of those, the ones `moved` are there, but not where they were; they count as what went out.
    With `tagset_only` nothing but the tag set was to go out.
    """

    documents: int = 0
    annotations: int = 0
    relations: int = 0
    lost: tuple[tuple[str, int], ...] = ()
    places: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    tagset_only: bool = False
    moved: Mapping[str, int] = field(default_factory=dict)

    def sentence(self) -> str:
        """What went out, as part of a sentence."""
        if self.tagset_only:
            return "the tag set"
        counts = (
            (self.documents, "article"),
            (self.annotations, "annotation"),
            (self.relations, "link"),
        )
        return ", ".join(counted(number, noun) for number, noun in counts if number) or "nothing"

    @classmethod
    def of(
        cls, counts: Mapping[str, int], keeps: frozenset[str], said: Sequence[Lost] = ()
    ) -> "ExportReport":
        """The report on features counted on their way out; `said` is what the format lost."""
        found = {each: counts.get(each, 0) for each in FEATURES}
        gone = {each: 0 if each in keeps else found[each] for each in FEATURES}
        moved: Counter[str] = Counter()
        for each in said:
            gone[each.what] += each.count
            moved[each.what] += each.count * each.moved
        kept = {each: found[each] - gone[each] + moved[each] for each in FEATURES}
        lost = tuple((each, number) for each, number in gone.items() if number)
        places = tuple(
            f"{each.where}: {each.count:,} of the {each.what} "
            f"{'not as they were' if each.moved else 'lost'}, because {each.why}."
            for each in said
            if each.where
        )
        out = kept["articles"], kept["annotations"], kept["relations"]
        return cls(*out, lost, places, tagset_only=not keeps, moved=+moved)

    def losses(self) -> list[str]:
        """A phrase for each kind of thing that is lost, with how many."""
        return [
            counted_feature(count, what) + self._moved(what, count) for what, count in self.lost
        ]

    def _moved(self, what: str, count: int) -> str:
        number = self.moved.get(what, 0)
        if not number:
            return ""
        return " (moved, not gone)" if number == count else f" ({number:,} moved, not gone)"

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "lost": [{"what": what, "count": count} for what, count in self.lost],
            "places": list(self.places),
            "notes": [{"where": each.where, "what": each.what} for each in self.notes],
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
        # What a generator returns has no type on the exception that carries it.
        return end.value  # type: ignore[no-any-return]
    finally:
        job.close()

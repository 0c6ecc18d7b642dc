"""Plans of who annotates what: made, shown, and put down as layers that are new."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.core import rules
from annotator.core.assigning import Wanted, assigned
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import STATES, Annotator, Layer
from annotator.core.text import counted
from annotator.project import Project
from annotator.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """An article of a plan: who has it, who gets it, and whether it is for agreement."""

    document: str
    title: str
    has: tuple[str, ...]
    new: tuple[str, ...]
    common: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What a person has of a plan's articles, and gets; `common` are those for agreement."""

    annotator: str
    has: int
    new: int
    common: int

    @property
    def total(self) -> int:
        """How many articles the person has then."""
        return self.has + self.new


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to annotate what; nothing is written yet."""

    wanted: Wanted
    rows: tuple[Row, ...]

    @property
    def new(self) -> int:
        """How many assignments it makes."""
        return sum(len(each.new) for each in self.rows)

    @property
    def shares(self) -> tuple[Share, ...]:
        """What each of its annotators has, and gets."""
        has = Counter(name for row in self.rows for name in row.has)
        new = Counter(name for row in self.rows for name in row.new)
        both = ((name, row) for row in self.rows if row.common for name in (*row.has, *row.new))
        common = Counter(name for name, _ in both)
        names = self.wanted.annotators
        return tuple(Share(name, has[name], new[name], common[name]) for name in names)

    def table(self) -> list[str]:
        """The plan as lines of text, a person each."""
        head = ("annotator", "has", "gets", "total", "for agreement")
        rows = [
            (each.annotator, *map(str, (each.has, each.new, each.total, each.common)))
            for each in self.shares
        ]
        return lined([head, *rows])

    def as_json(self) -> dict[str, Any]:
        """The plan as the command line gives it to scripts."""
        return {
            "articles": len(self.rows),
            "assigned": self.new,
            "annotators": {
                each.annotator: {"has": each.has, "new": each.new, "common": each.common}
                for each in self.shares
            },
            "plan": [
                {
                    "document": each.document,
                    "title": each.title,
                    "has": list(each.has),
                    "new": list(each.new),
                    "common": each.common,
                }
                for each in self.rows
            ],
        }


@dataclass(frozen=True, slots=True)
class Load:
    """What a person has: how many articles, by state, with how many annotations and seconds."""

    annotator: str
    states: Counter[str]
    annotations: int
    seconds: int

    @property
    def articles(self) -> int:
        """How many articles the person has."""
        return self.states.total()

    @property
    def minutes(self) -> int:
        """Whole minutes of work."""
        return self.seconds // 60

    def as_json(self) -> dict[str, Any]:
        """What the person has, as the command line gives it to scripts."""
        return {
            "articles": self.articles,
            **{state: self.states[state] for state in STATES},
            "annotations": self.annotations,
            "minutes": self.minutes,
        }


def plan(read: Reader, wanted: Wanted, documents: Sequence[str] = ()) -> Plan:
    """Give these articles (ids; none for all) to annotators as `wanted` says.

    Who has an article keeps it. Raises UserError where that can't be done.
    """
    for name in wanted.annotators:
        if problem := rules.name_problem(name):
            raise UserError(problem)
    has: dict[str, list[str]] = {}
    for document, annotator, _ in read.holders():
        has.setdefault(document, []).append(annotator)
    titles = {each.id: each.title for each in read.documents(ids=tuple(documents))}
    if not titles:
        raise UserError("There is no article to give to anybody.")
    found = assigned(list(titles), wanted, has)
    return Plan(
        wanted,
        tuple(
            Row(id_, title, tuple(has.get(id_, ())), found.new.get(id_, ()), id_ in found.common)
            for id_, title in titles.items()
        ),
    )


def put_down(project: Project, made: Plan) -> Edit:
    """Write a plan down as one edit: a new layer for each article that a person gets.

    Raises Conflict where somebody has begun with one of these meanwhile.
    """
    number = project.tagset.version
    layers = [Layer.of(row.document, name, tagset=number) for row in made.rows for name in row.new]
    known = {each.name for each in project.read.annotators()}
    people = dict.fromkeys(each.annotator for each in layers if each.annotator not in known)
    name = f"plan {counted(len(layers), 'assignment')}"
    return project.apply(Edit(name, inserted([*map(Annotator, people), *layers])))


def loads(read: Reader) -> tuple[Load, ...]:
    """What each person of the project has, and how far they are."""
    states: dict[str, Counter[str]] = {each.name: Counter() for each in read.annotators()}
    for _, annotator, state in read.holders():
        states[annotator][state] += 1
    done = read.work_by_annotator()
    return tuple(
        Load(name, found, *done.get(name, (0, 0)))
        for name, found in states.items()
        if found and name not in ("gold", "machine")
    )


def table(found: Iterable[Load]) -> list[str]:
    """What people have, as lines of text."""
    head = ("annotator", "articles", *STATES, "annotations", "minutes")
    rows = [
        (
            each.annotator,
            *map(str, (each.articles, *(each.states[state] for state in STATES))),
            *map(str, (each.annotations, each.minutes)),
        )
        for each in found
    ]
    return lined([head, *rows])


def lined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines in columns, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]

"""A UIMA CAS as far as this program uses one: a text, and structures with features over it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from annotator.formats.base import Problem
from annotator.formats.fields import Bad

ANNOTATION = "webanno.custom.Annotation"
LINK = "webanno.custom.Link"
ARTICLE = "webanno.custom.Article"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"  # noqa: S105  (no secret)
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
STRING = "uima.cas.String"
SPANNING = "uima.tcas.Annotation"
VIEW = "_InitialView"


class Ref(int):
    """The id of a structure, as the value of a feature that points to it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A feature structure; `begin` and `end` are in the file's unit, None where it has no place."""

    id: int
    type: str
    begin: int | None = None
    end: int | None = None
    features: Mapping[str, Any] = field(default_factory=dict)

    @property
    def layer(self) -> str:
        """What people call its type."""
        return self.type.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Cas:
    """What a file holds; `problems` are the structures that could not be taken."""

    text: str
    structures: Mapping[int, Structure]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """A type of a type system: its features with their ranges."""

    name: str
    base: str
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CAS to be written; offsets are UTF-16 units.

    `sentences` and `tokens` stand apart because they are many and have no features.
    """

    text: str
    structures: Sequence[Structure]
    types: Sequence[Type]
    sentences: Sequence[tuple[int, int]] = ()
    tokens: Sequence[tuple[int, int]] = ()


Row = TypeVar("Row")


def taken(
    rows: Iterable[tuple[int, Row]], make: Callable[[Row], Structure], name: str
) -> tuple[dict[int, Structure], list[Problem]]:
    """What `make` makes of the numbered rows of a file, by id, and the problems of the others."""
    structures: dict[int, Structure] = {}
    problems = []
    for number, row in rows:
        where = f"{name}, structure {number}"
        try:
            each = make(row)
        except Bad as error:
            problems.append(Problem(where, str(error)))
            continue
        if structures.setdefault(each.id, each) is not each:
            problems.append(Problem(where, f"there is another structure with the id {each.id}"))
    return structures, problems

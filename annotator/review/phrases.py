"""The same phrase over a corpus: places that one decision can settle."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Unpack

from annotator.core.edits import Edit, combined
from annotator.core.text import counted
from annotator.review import deciding
from annotator.review.ground import Ground
from annotator.review.places import after
from annotator.review.queue import words_of
from annotator.review.settling import Said
from annotator.review.values import Place, Reviewed, Version

Shape = tuple[tuple[tuple[tuple[int, int], ...], str], ...]
"""The extents, from where the place starts, and labels of a version's annotations."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands at a place, as it may stand elsewhere: its words, and the shapes of versions."""

    words: str
    shapes: frozenset[Shape]

    @classmethod
    def of(cls, place: Place, text: str) -> "Pattern":
        """The pattern of a place of spans; spaces of any kind and number are the same."""
        words = " ".join(words_of(place, text).split())
        return cls(words, frozenset(_shape(each, place.start) for each in place.versions))


@dataclass(frozen=True, slots=True)
class Alike:
    """A place of the same phrase, and its version that says the same as the one chosen."""

    reviewed: Reviewed
    place: Place
    version: Version


def alike(
    reviewed: Reviewed, place: Place, version: Version, articles: Iterable[Reviewed]
) -> Iterator[Alike]:
    """The pending places of spans, in these articles, that are like this one: `version` fits there.

    Their words and the shapes of their versions are the same, and one version says the same.
    """
    pattern = Pattern.of(place, reviewed.document.text)
    said = _says(version, reviewed.ground)
    for other in articles:
        for one in other.pending:
            if not one.relation and Pattern.of(one, other.document.text) == pattern:
                same = [each for each in one.versions if _says(each, other.ground) == said]
                yield from (Alike(other, one, each) for each in same[:1])


def settled(found: Sequence[Alike], **said: Unpack[Said]) -> Edit:
    """The edit that takes its version at each of these places, which are of any articles."""
    edits = []
    now: dict[str, Reviewed] = {}
    for each in found:
        document = each.reviewed.document.id
        reviewed = now.get(document, each.reviewed)
        edit = deciding.take(reviewed, each.place, each.version, **said)
        now[document] = after(reviewed, edit)
        edits.append(edit)
    return combined(f"decide {counted(len(edits), 'conflict')} on one phrase", edits)


def _shape(version: Version, origin: int) -> Shape:
    return tuple(
        (tuple((span.start - origin, span.end - origin) for span in each.spans), each.label)
        for each in version.annotations
    )


def _says(version: Version, ground: Ground) -> tuple[object, ...]:
    """What a version says, wherever it stands: shape from its own start, label, attributes."""
    found = version.annotations
    start = min((each.envelope.start for each in found), default=0)
    return (_shape(version, start), *map(ground.text, found))

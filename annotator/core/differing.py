"""In what annotators differ at a place: the same for a review as for figures."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, get_args

from annotator.core.model import Annotation, Attributes
from annotator.core.tagset import Label, Tagset

Kind = Literal["missing", "split", "boundary", "label", "count", "entity", "attribute"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are looked at: the first that holds is the one."""
_BOUND = "bound"
"""The attribute of a label that counts, beside its numbers, which says how exact they are."""
Several = Sequence[Annotation]
Names = Callable[[Label], Iterator[str]]


def differing(
    found: Sequence[Several], tagset: Tagset, attributes: Callable[[Annotation], Attributes]
) -> Kind | None:
    """In what those who have something at a place differ first, None where in nothing.

    `found` is what each of them has there, in reading order; () where one has nothing. Attributes
    are compared as `attributes` gives them, so that it may make twins one.
    """
    if not all(found):
        return "missing"
    if len({sum([len(each.spans) for each in several]) for several in found}) > 1:
        return "split"
    if not _differ(found, lambda each: (each.spans, each.label, attributes(each))):
        return None

    def some(names: Names) -> Callable[[Annotation], object]:
        return lambda each: _some(names, tagset.label(each.label), attributes(each))

    tests: tuple[tuple[Kind, Callable[[Annotation], object]], ...] = (
        ("boundary", lambda each: each.spans),
        ("label", lambda each: each.label),
        ("count", some(_counting)),
        ("entity", some(_entities)),
    )
    return next((kind for kind, told in tests if _differ(found, told)), "attribute")


def _differ(found: Sequence[Several], told: Callable[[Annotation], object]) -> bool:
    first = [told(each) for each in found[0]]
    return any([told(each) for each in several] != first for several in found[1:])


def _some(names: Names, label: Label | None, found: Attributes) -> Attributes:
    """Those attributes of a label that are asked for."""
    return {name: found.get(name) for name in names(label)} if label else {}


def _counting(label: Label) -> Iterator[str]:
    """The names of the attributes that say how many, of a label that counts."""
    if label.counts:
        yield from (each.name for each in label.attributes if each.type == "number")
        yield _BOUND


def _entities(label: Label) -> Iterator[str]:
    """The names of the attributes that say who it is."""
    return (each.name for each in label.attributes if each.type == "entity")

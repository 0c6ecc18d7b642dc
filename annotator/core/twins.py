"""Entities of equal name and type: they stand for one actor until somebody decides."""

from collections.abc import Iterable, Mapping

from annotator.core.find import fold
from annotator.core.model import Entity


def twins(entities: Iterable[Entity]) -> Mapping[str, str]:
    """For each entity's id, that of the first by id with its name and type, often its own.

    Names are compared without regard to case, accents and spaces around.
    """
    first: dict[tuple[str, str], str] = {}
    found: dict[str, str] = {}
    for each in sorted(entities, key=lambda each: each.id):
        name = " ".join(fold(each.name).split())
        found[each.id] = first.setdefault((name, each.type), each.id) if name else each.id
    return found

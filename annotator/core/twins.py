"""Entities of equal name and type: they stand for one actor until somebody decides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from annotator.core.apart import NONE, Apart
from annotator.core.find import fold
from annotator.core.model import Entity


def twins(entities: Iterable[Entity], apart: Apart = NONE) -> Mapping[str, str]:
    """For each entity's id, that of the first by id with its name and type, often its own.

    Names are compared without regard to case, accents and spaces around. Of those that are kept
    `apart` none stands for another.
    """
    groups: defaultdict[tuple[str, str], list[list[str]]] = defaultdict(list)
    found: dict[str, str] = {}
    for each in sorted(entities, key=lambda each: each.id):
        name = " ".join(fold(each.name).split())
        alike = groups[name, each.type] if name else []
        others = apart.get(each.id, ())
        group = next((one for one in alike if not others or others.isdisjoint(one)), None)
        if group is None:
            group = []
            alike.append(group)
        group.append(each.id)
        found[each.id] = group[0]
    return found

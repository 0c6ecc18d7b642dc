"""The register of actors as the ledger asks it: whom an entity's id means, twins as one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from annotator.core.apart import NONE, Apart
from annotator.core.model import Entity
from annotator.core.twins import twins
from annotator.ledger.values import Parties, Party

_GONE = "not in the register"


class Register:
    """The entities of a project, each as a party; twins that are kept apart are several."""

    def __init__(self, entities: Iterable[Entity] = (), apart: Apart = NONE) -> None:
        known = {each.id: each for each in entities}
        groups: defaultdict[str, list[Entity]] = defaultdict(list)
        for id_, first in twins(known.values(), apart).items():
            groups[first].append(known[id_])
        self._parties: dict[str, Party] = {}
        for first, several in groups.items():
            side = next((each.side for each in several if each.side), "")
            party = Party(None, first, known[first].name, side)
            self._parties |= dict.fromkeys((each.id for each in several), party)

    def named(self, value: Any) -> Parties:
        """Those whom an attribute's value names: an entity's id, or a list of them."""
        ids = value if isinstance(value, list) else [value]
        found = {
            each: self._parties.get(each) or Party(None, each, _GONE)
            for each in ids
            if isinstance(each, str) and each
        }
        return tuple({each.key: each for each in found.values()}.values())

    def mentioned(self, annotation: str, value: Any, words: str) -> Parties:
        """Those whom a mention of these words names; the words themselves where it names none."""
        found = self.named(value)
        if not found:
            return (Party(annotation, None, words),)
        return tuple(replace(each, annotation=annotation) for each in found)

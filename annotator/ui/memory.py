"""What was read of articles lately, so that the next one, or one seen before, opens at once."""

from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.steps import Steps
from annotator.store.reader import Reader

MOST = 4
"""Articles that are kept."""
_BIT = 200
"""Rows read in one step."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with one person's layer of it. Who shows it keeps the mappings up to date."""

    document: Document
    layer: Layer | None
    annotations: dict[str, Annotation]
    relations: dict[str, Relation]


def opened_steps(read: Reader, document: Document, layer: Layer | None) -> Steps[Opened]:
    """Read an article's annotations and relations, bit by bit."""
    name = layer.id if layer else ""
    opened = Opened(document, layer, {}, {})
    rows = iter(read.annotations(layer=name))
    while bit := list(islice(rows, _BIT)):
        opened.annotations.update((each.id, each) for each in bit)
        yield
    links = iter(read.relations(layer=name))
    while found := list(islice(links, _BIT)):
        opened.relations.update((each.id, each) for each in found)
        yield
    return opened


class Memory:
    """The articles opened lately, by their ids, the one longest unseen first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Opened] = OrderedDict()
        self.forgot = 0
        """How often something was to be forgotten; what is being read meanwhile may be old."""

    def get(self, document: Document, layer: Layer | None) -> Opened | None:
        """What is known of an article, if it and its layer are still as they were."""
        known = self._known.get(document.id)
        if known is None or known.document != document or known.layer != layer:
            return None
        self._known.move_to_end(document.id)
        return known

    def keep(self, opened: Opened) -> None:
        """Keep what was read of an article."""
        self._known[opened.document.id] = opened
        self._known.move_to_end(opened.document.id)
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def follow(self, edit: Edit, shown: str) -> None:
        """Forget what an edit changed of layers other than `shown`, a layer's id."""
        layers = {
            each.either.layer
            for each in edit.changes
            if isinstance(each.either, Annotation | Relation)
        }
        self.forgot += not edit or layers != {shown}
        if not edit:
            self._known.clear()
        for name, opened in list(self._known.items()):
            if opened.layer and opened.layer.id in layers - {shown}:
                del self._known[name]

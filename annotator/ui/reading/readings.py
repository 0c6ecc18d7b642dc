"""The readings of the articles shown lately; making one takes longer than showing it."""

from collections import OrderedDict

from annotator.core.model import Document
from annotator.core.reading import Reading, raw_layout, reading_steps
from annotator.core.steps import Steps

MOST = 6
"""Readings that are kept."""


class Readings:
    """Readings by article and layout ("reading" or "raw"), the one longest unused first."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], Reading] = OrderedDict()

    def steps(self, document: Document, layout: str) -> Steps[Reading]:
        """The reading of an article, made bit by bit if it isn't known."""
        name = document.id, layout
        known = self._known.get(name)
        if known is None or known.text != document.text:
            if layout == "raw":
                known = raw_layout(document.text)
            else:
                known = yield from reading_steps(document.text)
        self._known[name] = known
        self._known.move_to_end(name)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return known

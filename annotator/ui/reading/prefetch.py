"""The article likely to be opened next, made ready bit by bit while nothing else is done."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from annotator.core.steps import Steps
from annotator.settings import Settings
from annotator.ui.article.view import ArticleView
from annotator.ui.hub import Hub
from annotator.ui.reading.readings import Readings

_SLICE = 0.002
"""Seconds after which an event that waits has its turn; one step may take some more."""


class Prefetch(QObject):
    """Reads an article, breaks it into paragraphs, lays it out and indexes its annotations."""

    def __init__(
        self, hub: Hub, view: ArticleView, readings: Readings, settings: Callable[[], Settings]
    ) -> None:
        super().__init__(view)
        self._hub = hub
        self._view = view
        self._readings = readings
        self._settings = settings
        self._coming: Steps[None] | None = None
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._on_idle)

    @property
    def busy(self) -> bool:
        """Whether an article is not ready yet."""
        return self._coming is not None

    def expect(self, document: str | None) -> None:
        """Make the article of this id ready, or none."""
        self._coming = self._steps(document) if document else None
        if self._coming is not None:
            self._idle.start()

    def work(self) -> None:
        """Some milliseconds of it."""
        until = perf_counter() + _SLICE
        while self._coming is not None:
            try:
                next(self._coming)
            except StopIteration:
                self._coming = None
            if perf_counter() >= until:
                break

    def _steps(self, document: str) -> Steps[None]:
        opened = yield from self._hub.fetch(document)
        if opened is None:
            return
        reading = yield from self._readings.steps(opened.document, self._settings().layout)
        yield from self._view.prepare(reading, opened.annotations.values(), opened.annotations)
        while not self._view.index_prepared():
            yield

    def _on_idle(self) -> None:
        self.work()
        if not self.busy:
            self._idle.stop()

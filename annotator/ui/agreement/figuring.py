"""Computes figures aside, and finds the spans behind one of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from annotator.agreement.report import Report
from annotator.project import Project
from annotator.transfer.figures import Cache, Chosen, agreement
from annotator.ui.agreement.aside import Aside
from annotator.ui.agreement.behind import Behind, Listed, listed
from annotator.ui.hub import Hub
from annotator.ui.jobs import left

if TYPE_CHECKING:
    from annotator.transfer import Job, Progress


class Figuring(QObject):
    """Runs one report, and one search for spans, at a time; what is known is kept by content."""

    reported = Signal(object)
    """A Report is there."""
    found = Signal(object, object)
    """The spans behind a number are there: its Behind, and what is Listed."""
    progressed = Signal(int, int, str)
    """So much of so much is done, with a sentence; both 0 when nothing is on its way."""
    failed = Signal(str)
    """There is no report, for this reason."""

    def __init__(self, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self.chosen = Chosen()
        self._cache = Cache()
        self._figures = Aside(self)
        self._search = Aside(self)
        self._clock = QElapsedTimer()

    @property
    def busy(self) -> bool:
        """Whether a report is on its way."""
        return self._figures.busy

    def compute(self, chosen: Chosen) -> None:
        """Compute the report on these, in place of one on its way."""
        self.stop()
        self.chosen = chosen
        self._clock.start()
        cache = self._cache

        def make() -> "Job[Report]":
            with self._opened() as project:
                return (yield from agreement(project, chosen, cache))

        self._figures.start(
            make, done=self._on_done, failed=self._on_failed, tell=self._on_progress
        )

    def find(self, behind: Behind) -> None:
        """Find the spans behind a number."""
        names = {each.id: each.name for each in self._hub.entities.values()}
        chosen = self.chosen

        def make() -> "Job[Listed]":
            with self._opened() as project:
                return (yield from listed(project, chosen, behind, names))

        def done(made: Listed) -> None:
            self.found.emit(behind, made)

        self._search.start(make, done=done, failed=self.failed.emit)

    def stop(self) -> None:
        """End what is on its way."""
        self._figures.stop()
        self._search.stop()
        self.progressed.emit(0, 0, "")

    def _opened(self) -> Project:
        """The project, opened by whoever reads it aside."""
        return Project.open(self._hub.project.path, who=self._hub.project.who)

    def _on_done(self, report: Report) -> None:
        self.progressed.emit(0, 0, "")
        self.reported.emit(report)

    def _on_failed(self, words: str) -> None:
        self.progressed.emit(0, 0, "")
        self.failed.emit(words)

    def _on_progress(self, progress: "Progress") -> None:
        remaining = left(progress, self._clock.elapsed())
        words = f"{progress.what}: {progress.done:,} of {progress.total:,}{remaining}"
        self.progressed.emit(progress.done, max(1, progress.total), words)

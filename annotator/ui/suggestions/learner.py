"""Learns in the background from the articles that are done, for those that come next."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTemporaryDir, QTimer, Signal

import annotator
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.ui.hub import Hub

if TYPE_CHECKING:
    from annotator.suggest.proposing import Proposal

AHEAD = 20
"""Articles for which something is proposed after each learning."""
MACHINE = "machine"


class Learner(QObject):
    """One process at a time; what was done meanwhile is learned from right after.

    It learns once somebody has asked for suggestions in this project, and while they are shown.
    `ahead` gives the ids of so many articles that come next.
    """

    learned = Signal()
    """What was learned stands in the articles that come next."""
    failed = Signal(str)
    """Why nothing could be learned."""

    def __init__(
        self,
        hub: Hub,
        on: Callable[[], bool],
        ahead: Callable[[int], list[str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._on = on
        self._ahead = ahead
        self._again = False
        self._folder: QTemporaryDir | None = None
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(Path(annotator.__file__).parent.parent))
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._brought: list[tuple[str, list[Proposal]]] = []
        self._bringing = QTimer(self)
        self._bringing.setInterval(0)
        self._bringing.timeout.connect(self._on_bring)
        hub.changed.connect(self._on_changed)

    @property
    def busy(self) -> bool:
        """Whether it is learning, or bringing in what it has learned."""
        running = self._process.state() != QProcess.ProcessState.NotRunning
        return running or self._bringing.isActive()

    def start(self) -> None:
        """Learn anew; where that goes on already, once more afterwards."""
        if self.busy:
            self._again = True
            return
        project = self._hub.project
        if project.read_only or not self._on() or project.read.annotator(MACHINE) is None:
            return
        from annotator.transfer.learner import command  # noqa: PLC0415 - loaded when it is used

        here = self._hub.document
        ids = list(dict.fromkeys([*([here.id] if here else []), *self._ahead(AHEAD)]))
        self._folder = QTemporaryDir()
        program, *arguments = command(project.path.resolve(), self._answer)
        self._process.start(program, arguments)
        self._process.write("\n".join(ids).encode())
        self._process.closeWriteChannel()

    def close(self) -> None:
        """Give up what goes on."""
        self._bringing.stop()
        self._brought.clear()
        self._process.finished.disconnect(self._on_finished)
        self._process.errorOccurred.disconnect(self._on_error)
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished()
        self._folder = None

    @property
    def _answer(self) -> Path:
        assert self._folder is not None
        return Path(self._folder.filePath("proposals.json"))

    def _on_changed(self, edit: Edit) -> None:
        """Somebody's work on an article is done."""
        for each in edit.touched("layer"):
            before, after = each.before, each.after
            done = [isinstance(one, Layer) and one.state == "done" for one in (before, after)]
            if done == [False, True] and isinstance(after, Layer) and after.role != "machine":
                QTimer.singleShot(0, self, self.start)  # the next article is to open first
                return

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit("What learns could not be started.")

    def _on_finished(self, code: int) -> None:
        from annotator.transfer.learner import loads  # noqa: PLC0415 - loaded when it is used

        if code == 0:
            self._brought = list(loads(self._answer.read_text("utf-8")).items())
            self._bringing.start()
        else:
            words = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self.failed.emit(words.strip().rpartition("\n")[2])
        self._folder = None
        if code:
            self._go_on()

    def _on_bring(self) -> None:
        """Bring in what is proposed for one article: each is written in some milliseconds."""
        from annotator.suggest.learning import NAME  # noqa: PLC0415 - loaded when it is used
        from annotator.transfer.suggesting import bring  # noqa: PLC0415 - as above

        if self._brought and self._on():
            document, proposals = self._brought.pop(0)
            try:
                bring(self._hub.project, NAME, {document: proposals})
            except UserError:  # an import is running, or the file is held: the next time, then
                self._brought.clear()
            return
        self._bringing.stop()
        self.learned.emit()
        self._go_on()

    def _go_on(self) -> None:
        again, self._again = self._again, False
        if again:
            self.start()

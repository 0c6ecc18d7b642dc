"""What a window does with suggesters: asks them, hides what they say, tells how good they are."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.core.edits import Edit, change
from annotator.core.errors import UserError
from annotator.core.model import Setting
from annotator.core.suggestions import KEY, OFF
from annotator.suggest import work_order
from annotator.suggest.work_order import Way, WorkOrder
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.panels.next_up import NextUp
from annotator.ui.suggestions.learner import Learner
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.transfer.suggesting import SuggestReport

_SEEDS = 1_000_000
_SAID: dict[Way, str] = {
    "queue": "The next article is the next one of the list.",
    "uncertainty": "The next article is the one that the machine is least sure of.",
    "random": "The next article comes at random, by the seed {seed}, the same for everybody.",
}


class Assistant(QObject):
    """`window` is what the dialogs stand on; `row` tells where in the list the person is."""

    def __init__(
        self,
        hub: Hub,
        next_up: NextUp,
        row: Callable[[], int],
        theme: Callable[[], Theme],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.job: Run[SuggestReport] | None = None
        self._hub = hub
        self._next_up = next_up
        self._theme = theme
        self._window = window
        self._told: str | None = None
        self.learner = Learner(hub, lambda: self.on, lambda n: next_up.ahead(row(), n), self)
        self.learner.failed.connect(self._on_learning_failed)
        self.learner.learned.connect(self._on_learned)

    @property
    def on(self) -> bool:
        """Whether the project shows suggestions."""
        return self._hub.project.read.setting(KEY) != OFF

    @property
    def way(self) -> Way:
        """In which order the articles are worked on."""
        return self._next_up.order.by

    def close(self) -> None:
        """Give up what runs in the background."""
        self.learner.close()

    def suggest(self, *, everywhere: bool = False) -> None:
        """Let the suggesters go over the open article, or over all; then what was learned."""
        from annotator.suggest.registry import suggesters  # noqa: PLC0415 - loaded when it is used
        from annotator.transfer.suggesting import suggest  # noqa: PLC0415 - as above

        hub, document = self._hub, self._hub.document
        if document is None and not everywhere:
            return
        try:
            found = list(suggesters().values())
        except UserError as error:
            hub.failed.emit(str(error))
            return
        chosen = () if everywhere or document is None else (document.id,)
        job = suggest(hub.project, found, documents=chosen)
        title, failed = "Suggesting annotations", hub.failed.emit
        self.job = Run(job, title, self._window, done=self._on_suggested, failed=failed)

    def switch(self) -> None:
        """Show suggestions to whoever works in this project, or hide them from all."""
        name = "hide suggestions" if self.on else "show suggestions"
        if self._set(KEY, OFF if self.on else "on", name):
            words = "Suggestions are shown." if self.on else "No suggestions are shown any more."
            self._hub.said.emit(f"{words} That holds for the whole project.")

    def set_order(self, by: Way) -> None:
        """Work in this order from now on; at random once more is another chance."""
        seed = secrets.randbelow(_SEEDS) + 1 if by == "random" else self._next_up.order.seed
        if self._set(work_order.KEY, WorkOrder(by, seed).dumps(), "order of work"):
            self._hub.said.emit(_SAID[by].format(seed=seed))

    def show_quality(self) -> None:
        """Show which suggester is how good in this project."""
        from annotator.ui.suggestions.quality_dialog import QualityDialog  # noqa: PLC0415 - as above

        QualityDialog(self._hub, self._theme(), self._window).open()

    def _set(self, key: str, value: str, name: str) -> bool:
        """Give the project a setting; False where that was not saved."""
        now = self._hub.project.read.setting(key)
        before = Setting(key, now) if now else None
        return self._hub.apply(Edit(name, change(before, Setting(key, value))))

    def _on_suggested(self, report: "SuggestReport") -> None:
        self._hub.said.emit(report.sentence())
        self._told = None  # who asks for suggestions is to hear why nothing is learned
        self.learner.start()

    def _on_learned(self) -> None:
        """What hindered it is over: should it come again, it is news."""
        self._told = None

    def _on_learning_failed(self, why: str) -> None:
        """Say why, but once only: nobody has asked for it just now."""
        if why != self._told:
            self._told = why
            self._hub.said.emit(f"Nothing was learned in the background. {why}".strip())

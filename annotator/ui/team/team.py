"""What a window does for a team: plans, hand-offs, merges, names, and whole copies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from annotator.core.errors import UserError
from annotator.paths import keeping
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.theme import Theme


class Team(QObject):
    """Asks what is to be known; `window` is what the dialogs stand on.

    `selected` are the articles selected in the list (ids); `before` saves what is typed.
    """

    person_changed = Signal()
    """The person who works is called otherwise."""

    def __init__(
        self,
        hub: Hub,
        selected: Callable[[], list[str]],
        before: Callable[[], object],
        theme: Callable[[], Theme],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.job: Run[int] | None = None
        self._hub = hub
        self._selected = selected
        self._before = before
        self._theme = theme
        self._window = window
        self._who = hub.project.who
        hub.changed.connect(self._on_changed)

    # The dialogs are loaded when they are used, so that the window opens sooner.

    def ask_handoff(self, name: str = "") -> None:
        """Ask what is handed out to whom."""
        from annotator.ui.team.handoff_dialog import HandoffDialog  # noqa: PLC0415

        self._before()
        chosen = () if name else tuple(self._selected())
        HandoffDialog(self._hub, chosen, self._theme(), self._window, name=name).open()

    def ask_plan(self) -> None:
        """Ask who is to have which articles."""
        from annotator.ui.team.plan_dialog import PlanDialog  # noqa: PLC0415

        self._before()
        PlanDialog(self._hub, self._selected(), self._theme(), self._window).open()

    def ask_merge(self) -> None:
        """Ask which files are to be merged."""
        from annotator.ui.team.merge_dialog import MergeDialog  # noqa: PLC0415

        self._before()
        MergeDialog(self._hub, self._theme(), self._window).open()

    def show_holdings(self) -> None:
        """Show who has what."""
        from annotator.ui.team.holdings_dialog import HoldingsDialog  # noqa: PLC0415

        self._before()
        HoldingsDialog(
            *(self._hub, self._theme(), self._window),
            hand_out=self.ask_handoff,
            rename=self.ask_name,
        ).open()

    def ask_name(self, former: str = "") -> None:
        """Ask what a person is to be called; without a name, whoever works here."""
        former = former or self._hub.project.who
        self._before()
        name, agreed = QInputDialog.getText(
            self._window, "Rename person", f"What is {former} to be called?", text=former
        )
        if agreed and name.strip() != former:
            self.rename(former, name.strip())

    def rename(self, former: str, name: str) -> None:
        """Give a person another name; all of their work follows."""
        from annotator.transfer.people import rename_person  # noqa: PLC0415

        def done(_layers: int) -> None:
            self._hub.said.emit(f"{former} is called {name} now – Ctrl+Z takes it back.")
            self._on_changed()

        job = rename_person(self._hub.project, former, name)
        self.job = Run(
            job, "Renaming a person", self._window, done=done, failed=self._hub.failed.emit
        )

    def ask_copy(self) -> None:
        """Ask where a whole copy of the project goes, and write it."""
        self._before()
        path = self._hub.project.path
        proposed = str(keeping(path) / f"{path.stem}-copy{path.suffix}")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", proposed)
        if name:
            self.copy_to(Path(name))

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the project; who chose the place has agreed to replace it."""
        try:
            self._hub.project.copy_to(path, force=path.exists())
        except UserError as error:
            self._hub.failed.emit(str(error))
        else:
            self._hub.said.emit(f"Saved a copy as {path.name}; you go on in the first file.")

    def _on_changed(self) -> None:
        if self._hub.project.who != self._who:
            self._who = self._hub.project.who
            self.person_changed.emit()

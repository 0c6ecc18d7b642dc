"""The dialog of a merge: which files, what they would bring, then the merge and what it did."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.text import counted
from annotator.transfer.merging import MergedFile, MergeReport, merge
from annotator.transfer.report import Progress
from annotator.ui.exchange.background import Background
from annotator.ui.exchange.summary import Summary, reading_box
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.panels.parts import plain_label
from annotator.ui.projects import PROJECTS
from annotator.ui.room import fit
from annotator.ui.team.table import Row, Rows, table_of
from annotator.ui.theme import Theme

_LETTERS = 110
_HEIGHT = 640
_FILES = 4
"""Files that are seen at once."""
_COLUMNS = ("File", "New", "Changed there", "Changed here", "On both sides", "Same")
_NOTHING = "Add the files that came back. What they would bring is told here first."
_TAKEN_BACK = "Ctrl+Z takes the merge back."
_UNCHANGED = "The project has all of that already; nothing was changed."
_ALL_THERE = "The project has all of that already; there is nothing to merge."
_REFUSED = "Nothing was changed. Remove that file from the list to go on."
_SAFE = "A backup is made first, and Ctrl+Z takes the whole merge back."


class MergeDialog(QDialog):
    """Looks into the files while it asks; nothing is written before Merge."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Merge files")
        self.job: Run[MergeReport] | None = None
        self._hub = hub
        self._paths: list[Path] = []
        self._background = Background(self)
        self.files = QListWidget(self)
        self.add = QPushButton("Add files…", self)
        self.remove = QPushButton("Remove", self)
        self.counts = Rows(_COLUMNS, self)
        self.table = table_of(self.counts, "What the files bring", theme, self)
        self.told = QPlainTextEdit(self)
        self.said = plain_label(_SAFE, name="dim", wrap=True)
        self.cancel = QPushButton("Cancel", self)
        self.merge = QPushButton("Merge", self)
        self.summary = Summary(self)
        self._pages = QStackedWidget(self)
        self._build(theme)
        self._connect()
        self._look()
        self.add.setFocus()

    def done(self, result: int) -> None:
        self._background.stop()
        super().done(result)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take these files too, and look what they would bring."""
        for path in paths:
            if path not in self._paths:
                self._paths.append(path)
                self.files.addItem(path.name)
                self.files.item(self.files.count() - 1).setToolTip(str(path))
        self.files.setCurrentRow(self.files.count() - 1)
        self._look()

    def ask_files(self) -> None:
        """Ask for files to add."""
        folder = str(self._hub.project.path.parent)
        names, _ = QFileDialog.getOpenFileNames(self, "Files to merge", folder, PROJECTS)
        if names:
            self.add_files([Path(name) for name in names])

    def _build(self, theme: Theme) -> None:
        self.files.setAccessibleName("Files to merge")
        self.files.setUniformItemSizes(True)
        self.files.setFixedHeight(_FILES * theme.px("layout", "control_height"))
        reading_box(self.told, "What the files would bring")
        self.merge.setObjectName("primary")
        for button in (self.add, self.remove, self.cancel):
            button.setAutoDefault(False)
        at_side = QVBoxLayout()
        at_side.addWidget(self.add)
        at_side.addWidget(self.remove)
        at_side.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.files, 1)
        top.addLayout(at_side)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.merge)
        asking = QWidget(self)
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 2)
        column.addWidget(self.told, 3)
        column.addLayout(buttons)
        self._pages.addWidget(asking)
        self._pages.addWidget(self.summary)
        QVBoxLayout(self).addWidget(self._pages)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def _connect(self) -> None:
        self.add.clicked.connect(self.ask_files)
        self.remove.clicked.connect(self._on_removed)
        self.cancel.clicked.connect(self.reject)
        self.merge.clicked.connect(self.bring_in)
        self.summary.closed.connect(self.accept)

    def _on_removed(self) -> None:
        row = self.files.currentRow()
        if row >= 0:
            self.files.takeItem(row)
            del self._paths[row]
            self._look()

    # What is told before

    def _look(self) -> None:
        """Tell what the files would bring, as soon as that is known."""
        self._background.stop()
        self.merge.setEnabled(False)
        self.remove.setEnabled(bool(self._paths))
        self.counts.show_rows([])
        if not self._paths:
            self.told.setPlainText(_NOTHING)
            return
        self.told.setPlainText("Looking into the files …")
        self._background.start(
            merge(self._hub.project, self._paths, dry=True),
            done=self._on_looked,
            failed=self._on_refused,
            tell=self._on_progress,
        )

    def _on_progress(self, progress: Progress) -> None:
        share = f": {100 * progress.done // progress.total} %" if progress.total else ""
        self.told.setPlainText(f"Looking into the files{share} …")

    def _on_refused(self, sentence: str) -> None:
        self.told.setPlainText(f"{sentence}\n{_REFUSED}")

    def _on_looked(self, report: MergeReport) -> None:
        self.counts.show_rows([_row(each) for each in report.files])
        details = report.details()
        heading = counted(len(details), "thing") + " to know:" if details else "Nothing stands out."
        self.told.setPlainText("\n".join([report.sentence(), "", heading, *details]))
        self.merge.setEnabled(report.changed)
        self.merge.setDefault(report.changed)
        if not report.changed:
            self.told.appendPlainText(f"\n{_ALL_THERE}")
        elif self.add.hasFocus():
            self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    # The merge

    def bring_in(self) -> None:
        """Merge the files."""

        def done(report: MergeReport) -> None:
            self._pages.setCurrentWidget(self.summary)
            lines = [report.sentence(), _TAKEN_BACK if report.changed else _UNCHANGED]
            if report.backup:
                lines.append(f"The project as it was before: {report.backup.name}, beside it.")
            details = report.details()
            self.summary.show_lines([*lines, "", *details] if details else lines)
            merged = f"Merged {counted(len(report.files), 'file')}."
            self._hub.said.emit(merged if report.changed else _UNCHANGED)

        self._background.stop()
        self.job = Run(
            merge(self._hub.project, self._paths),
            "Merging files",
            self,
            done=done,
            failed=self.told.setPlainText,
        )


def _row(file: MergedFile) -> Row:
    """A file as a line of the table."""
    tally, told = file.tally, file.as_json()
    changed = (each.total() for each in (tally.there, tally.here, tally.both))
    return (file.path.name, sum(told["new"].values()), *changed, sum(told["same"].values()))

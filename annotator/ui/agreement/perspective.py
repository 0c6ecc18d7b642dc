"""The Agreement perspective: what is compared, the figures on it, the spans behind each."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator import __version__
from annotator.agreement.markdown import markdown
from annotator.agreement.parts import BY
from annotator.agreement.report import Report
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.text import counted
from annotator.paths import keeping
from annotator.ui.agreement.behind import Behind, Listed
from annotator.ui.agreement.choices import Choices
from annotator.ui.agreement.figuring import Figuring
from annotator.ui.agreement.pages import Causes, Figures, Labels, Page, Parts
from annotator.ui.agreement.panel import BehindPanel
from annotator.ui.agreement.saving import as_csv, require_known, sentence, write
from annotator.ui.drawing.picture import SUFFIXES, save_picture
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import ElidedLabel, as_tip, plain_label
from annotator.ui.panes import Panes
from annotator.ui.perspectives import Pane, Perspective, Standing
from annotator.ui.theme import Theme
from annotator.ui.topbar import Switch

NOBODY = (
    "No article was done by two of these people. Figures come as soon as two are done with the "
    "same article (Ctrl+Enter in Annotate)."
)
_KINDS = ("layer", "tagset", "entity", "document")
"""Changes of these change figures; other work changes no first pass."""
_WORK = ("annotation", "relation")


class Agreement(Perspective):
    """Computes in the background as soon as it is shown, and again when what counts has changed."""

    name = "agreement"

    def __init__(
        self, hub: Hub, theme: Theme, selected: Callable[[], list[str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.hub = hub
        self._theme = theme
        self.report: Report | None = None
        self._came_from = ""
        self._stale = True
        self._waits = False
        self._then: Callable[[], None] | None = None
        """What is to be done as soon as there is the report that it asked for."""
        self.choices = Choices(hub, theme, selected, self)
        self.panel = BehindPanel(theme, self)
        self.middle = QWidget(self)
        self.switch = Switch(theme, self.middle, "Page")
        self.pages: dict[str, Page] = {}
        self._stack = QStackedWidget(self.middle)
        self.said = ElidedLabel("dim", self.middle)
        self.notice = plain_label(name="notice", wrap=True)
        self.progress = QProgressBar(self.middle)
        self.doing = plain_label(name="dim")
        self.cancel = QPushButton("Cancel", self.middle)
        self.copy_sentence = QPushButton("Copy as a sentence", self.middle)
        self.picture = QPushButton("Save picture…", self.middle)
        self.table = QPushButton("Save table…", self.middle)
        self.save_report = QPushButton("Save report…", self.middle)
        self.figuring = Figuring(hub, self)
        self._build()
        self._panes = Panes((self.choices, self.panel), self.middle, theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        self._connect()
        self.show_page("Figures")
        self._show_progress(0, 0, "")

    # What every perspective answers

    def enter(self, document: str) -> None:
        self._came_from = document or self._came_from
        if self._stale:
            self._compute()
        self._waits = self.report is None
        self.take_focus()

    def leave(self) -> None:
        if self.figuring.busy:
            self._stale = True
        self.figuring.stop()

    def close_project(self) -> None:
        self.figuring.stop()

    def take_focus(self) -> None:
        if self.report is not None and self.report.articles:
            self.page.take_focus()
        else:
            self.choices.take_focus()

    def stops(self) -> Sequence[Pane]:
        panes: list[Pane] = [(self.choices, self.choices.take_focus)]
        if self.report is not None and self.report.articles:
            panes.append((self.middle, self.page.take_focus))
        if self.panel.list.isVisible():
            panes.append((self.panel, self.panel.take_focus))
        return panes

    def copy(self) -> None:
        """Copy the current figure as a sentence."""
        self._on_copied()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.panel.set_theme(theme)
        for each in self.pages.values():
            each.set_theme(theme)

    @property
    def standing(self) -> Standing:
        if self.report is None:
            return Standing()
        return Standing(
            counted(self.report.articles, "article"), f"{len(self.report.raters)} annotators"
        )

    @property
    def busy(self) -> bool:
        return self.figuring.busy

    @property
    def document(self) -> str:
        return self._came_from

    # The pages

    @property
    def page(self) -> Page:
        """The page that is shown."""
        found = self._stack.currentWidget()
        assert isinstance(found, Page)
        return found

    def show_page(self, name: str) -> None:
        """Show a page, by its title."""
        self._stack.setCurrentWidget(self.pages[name])
        self.switch.choose(name)
        self.picture.setEnabled(self.page.view is not None)
        self.copy_sentence.setEnabled(name in (Figures.title, Parts.title))

    # Saving

    def write_picture(self, path: Path) -> None:
        """Write the plot of the page, as PNG or SVG by the name's ending."""
        drawing = self.page.drawing
        if drawing is not None:
            require_known(path, SUFFIXES)
            save_picture(drawing, self._theme, path, own=self.hub.project.path)

    def write_table(self, path: Path) -> None:
        """Write the numbers of the page as CSV."""
        require_known(path, (".csv",))
        write(path, as_csv(self.page.cells()), own=self.hub.project.path)

    def write_report(self, path: Path) -> None:
        """Write the whole report as Markdown."""
        if self.report is not None:
            require_known(path, (".md",))
            made = markdown(self.report, self.hub.tagset, __version__)
            write(path, made.encode(), own=self.hub.project.path)

    def _ask(self, kinds: str, ending: str, to: Callable[[Path], None], *_checked: bool) -> None:
        own = self.hub.project.path
        proposed = str(keeping(own) / f"{own.stem}-agreement{ending}")
        name, chosen = QFileDialog.getSaveFileName(self, "Save", proposed, kinds)
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_suffix(chosen.rpartition("*")[2].rstrip(")") or ending)
        try:
            to(path)
        except UserError as error:
            self.hub.failed.emit(str(error))
        else:
            self.hub.said.emit(f"Wrote {path}.")

    def _on_copied(self) -> None:
        line, report = self.page.line(), self.report
        if line is None or report is None or not line.name:
            self.hub.said.emit("Go to a figure first.")
            return
        words = sentence(report, line.name, line.part, __version__)
        QGuiApplication.clipboard().setText(words)
        self.hub.said.emit(f"Copied: {words}")

    # Building

    def _build(self) -> None:
        for kind in (Figures, Parts, Labels, Causes):
            page = self.pages[kind.title] = kind(self._theme, self._stack)
            page.opened.connect(self._on_opened)
            self._stack.addWidget(page)
        self.switch.offer([(each, each, "") for each in self.pages])
        self.middle.setAccessibleName("Figures")
        theme = self._theme
        pad, small = theme.px("pad", "medium"), theme.px("pad", "small")
        head = QHBoxLayout()
        head.setSpacing(pad)
        head.addWidget(self.switch)
        head.addWidget(self.said, 1)
        doing = QHBoxLayout()
        for each in (self.doing, self.progress, self.cancel):
            doing.addWidget(each)
        doing.addStretch(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(small)
        buttons.addStretch(1)
        for button in (self.copy_sentence, self.picture, self.table, self.save_report):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        self.cancel.setAutoDefault(True)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Computing")
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(small)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addLayout(doing)
        # What is said while there are no pages stands at the top.
        policy = self._stack.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._stack.setSizePolicy(policy)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        self._note("")
        self._show_pages(shown=False)

    def _connect(self) -> None:
        self.hub.changed.connect(self._on_changed)
        self.hub.reread.connect(self._on_reread)
        self.choices.changed.connect(self._compute)
        parts = self.pages[Parts.title]
        assert isinstance(parts, Parts)
        parts.lacking.connect(self._want)
        self.switch.clicked.connect(self.show_page)
        self.cancel.clicked.connect(self._on_canceled)
        self.copy_sentence.clicked.connect(self._on_copied)
        pictures = "PNG picture (*.png);;SVG picture (*.svg)"
        for button, kinds, ending, to in (
            (self.picture, pictures, ".png", self.write_picture),
            (self.table, "CSV table (*.csv)", ".csv", self.write_table),
            (self.save_report, "Markdown report (*.md)", ".md", self.write_report),
        ):
            asking = partial(self._ask, kinds, ending, to)
            button.clicked.connect(partial(self._with_all, asking) if ending == ".md" else asking)
        figuring = self.figuring
        figuring.reported.connect(self._on_reported)
        figuring.found.connect(self._on_found)
        figuring.progressed.connect(self._show_progress)
        figuring.failed.connect(self._show_nothing)
        self.panel.place_wanted.connect(self.place_wanted)
        self._panes.left_pane.connect(self.take_focus)

    # Following

    def _want(self, *by: str) -> None:
        """Compute the figures by these, too."""
        if not self.choices.by.issuperset(by):
            self.choices.by.update(by)
            self._compute()

    def _with_all(self, then: Callable[[], None], *_checked: bool) -> None:
        """Do this when the report has all that figures can be taken apart by."""
        if self.report is not None and self.report.by.keys() >= BY.keys():
            then()
        else:
            self._then = then
            self._want(*BY)

    def _compute(self) -> None:
        """Compute what is asked for, or say what is lacking."""
        self.choices.offer(self._came_from)
        self._stale = False
        if self.choices.lack:
            self.figuring.stop()
            self._show_nothing(self.choices.lack)
        else:
            self.figuring.compute(self.choices.chosen)

    def _on_reported(self, report: Report) -> None:
        if not report.articles:
            self._show_nothing(NOBODY)
            return
        self.report = report
        self.panel.forget()
        articles = counted(report.articles, "article")
        self.said.setText(f"{', '.join(report.raters)} · {articles}")
        self.said.setToolTip(as_tip(self.said.text()))
        told = ". ".join(each[:1].upper() + each[1:] for each in report.warnings)
        self._note(f"{told}." if told else "")
        for each in self.pages.values():
            each.show_report(report, self.hub.tagset)
        self._show_pages(shown=True)
        self.told.emit()
        if self._waits and self.isVisible():
            self._waits = False
            self.take_focus()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _show_nothing(self, why: str) -> None:
        """There are no figures, for this reason."""
        self.report = self._then = None
        self.said.setText("")
        self.panel.forget()
        self._note(why)
        self._show_pages(shown=False)
        self.told.emit()

    def _note(self, words: str) -> None:
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _show_pages(self, *, shown: bool) -> None:
        self._stack.setEnabled(shown)
        self._stack.setVisible(shown)
        self.switch.setVisible(shown)
        for each in (self.copy_sentence, self.picture, self.table, self.save_report):
            each.setVisible(shown)

    def _show_progress(self, done: int, total: int, words: str) -> None:
        busy = total > 0
        for each in (self.progress, self.doing, self.cancel):
            each.setVisible(busy)
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        self.doing.setText(words)

    def _on_canceled(self) -> None:
        self.figuring.stop()
        self.choices.by.intersection_update(self.report.by if self.report else ())
        self._then = None
        if self.report is None:
            self._show_nothing("Cancelled. Change what is compared to compute again.")
        self.hub.said.emit("Cancelled; the figures are those from before.")
        self.take_focus()

    def _on_opened(self, behind: Behind) -> None:
        self.figuring.find(behind)

    def _on_found(self, behind: Behind, listed: Listed) -> None:
        self._panes.reveal(self.panel)
        self.panel.show_listed(behind, listed)

    def _on_changed(self, edit: Edit) -> None:
        kinds = {each.kind for each in edit.changes}
        counts = (*_KINDS, *_WORK) if self.choices.present.isChecked() else _KINDS
        if kinds.intersection(counts):
            self._on_reread()

    def _on_reread(self) -> None:
        self._stale = True
        if self.isVisible():
            self._compute()

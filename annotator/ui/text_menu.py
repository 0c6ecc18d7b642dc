"""The menu of the article: what can be done with the selection or the span that was clicked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWhatsThis

from annotator.ui.actions.table import ACTIONS
from annotator.ui.panels.parts import as_tip

if TYPE_CHECKING:
    from annotator.ui.window import Window

MOST_LABELS = 9
"""Labels that stand in the menu itself; more have one of their own."""
ROWS = (
    ("enter", "other end", "add passage", "take passage", "remove"),
    ("note", "fill", "history"),
    ("alike", "alike everywhere", "find"),
    ("copy", "quotation"),
)
"""The actions that are about a place in the text, in groups."""


class TextMenu(QMenu):
    """Drawn anew from the table of actions each time that it opens; a row that can't be is grey."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName("Menu of the article")
        self.aboutToHide.connect(self.deleteLater)
        if window.bench is not None and window.bench.hub.document is not None:
            if not window.bench.hub.project.read_only:
                self._add_labels()
                self._add_links()
            self._add_rows()
            self._add_guideline()

    def _add_labels(self) -> None:
        tagset, window = self._window.desk.hub.tagset, self._window
        several = len(tagset.labels) > MOST_LABELS
        menu = self.addMenu("Tag as") if several else self
        selected = window.desk.view.selected_span() is not None
        focused = window.desk.hub.focused
        verb = "Tag as" if selected or focused is None else "Change to"
        for label in tagset.labels:
            title = tagset.label_title(label.name)
            made = QAction(title if several else f"{verb} {title.lower()}", menu)
            _add(menu, made, label.key)
            made.setEnabled(selected or (focused is not None and focused.label != label.name))
            made.triggered.connect(lambda _checked=False, name=label.name: window.desk.tag(name))
        self.addSeparator()

    def _add_links(self) -> None:
        tagset, window = self._window.desk.hub.tagset, self._window
        focused = window.desk.hub.focused
        if focused is None:
            return
        menu = self.addMenu("Link")
        for relation in tagset.relations:
            if focused.label not in (*relation.sources, *relation.targets):
                continue
            made = QAction(tagset.relation_title(relation.name), menu)
            _add(menu, made, relation.key)
            made.triggered.connect(
                lambda _checked=False, name=relation.name: window.desk.start_link(name)
            )
        menu.menuAction().setEnabled(not menu.isEmpty())

    def _add_rows(self) -> None:
        known = {row.id: row for row in ACTIONS}
        for group in ROWS:
            self.addSeparator()
            for row in (known[name] for name in group):
                made = QAction(row.text, self)
                _add(self, made, row.keys[0] if row.keys else "")
                made.setEnabled(row.possible(self._window))
                made.triggered.connect(lambda _checked=False, row=row: self._window.menu.run(row))

    def _add_guideline(self) -> None:
        hub = self._window.desk.hub
        label = hub.tagset.label(hub.focused.label) if hub.focused is not None else None
        if label is None or not label.guideline:
            return
        self.addSeparator()
        made = self.addAction(f"Guideline of {hub.tagset.label_title(label.name).lower()}")
        made.triggered.connect(lambda: self._show_guideline(self.pos(), label.guideline))

    def _show_guideline(self, point: QPoint, words: str) -> None:
        QWhatsThis.showText(point, as_tip(words), self._window)


def _add(menu: QMenu, made: QAction, key: str) -> None:
    """Put a row in a menu, with its key to be seen only; `&` is a sign like others."""
    text = made.text().replace("&", "&&")
    made.setText(f"{text}\t{key}" if key else text)
    menu.addAction(made)

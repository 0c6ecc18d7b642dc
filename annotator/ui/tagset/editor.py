"""The tag set editor: labels and relations, what they are, and what a change of them does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.revision.draft import Kind, added, duplicated, free_name, moved, owners, removed
from annotator.core.tagset import PATTERNS, SPARE_COLORS, Label, RelationType
from annotator.core.tagset_toml import dumps, loads
from annotator.core.text import counted
from annotator.transfer import read_toml, retag
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.keys.press import press
from annotator.ui.panels.parts import KeyButton, plain_label
from annotator.ui.room import fit
from annotator.ui.tagset.effects import Effects
from annotator.ui.tagset.form import OwnerForm
from annotator.ui.tagset.judge import Judge
from annotator.ui.tagset.keys import free_keys
from annotator.ui.tagset.listing import OwnerList
from annotator.ui.tagset.sheet import Sheet
from annotator.ui.theme import Theme

_FILES = "Tag sets (*.toml);;All files (*)"
_ROWS = 4
"""Lines of what will change that are seen at once, where there is room."""
_LETTERS, _HEIGHT = 170, 820
"""How large the editor opens, in letters and pixels, where there is room."""


class TagsetEditor(QDialog):
    """Labels and relations at the left, the form of one at the right, what changes at the foot.

    Nothing is done to the project before Apply.
    """

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tag set")
        self._hub = hub
        self._theme = theme
        self._job: Run[int] | None = None
        self._leaving = False
        names = dict.fromkeys((theme.name, "light", "dark", "contrast"))
        themes = [Theme.load(name, scale=theme.scale) for name in names]
        self._judge = Judge(themes)
        self.sheet = Sheet(hub.tagset, self)
        self.list = OwnerList(self.sheet, theme, self)
        self.form = OwnerForm(self.sheet, themes, theme, self)
        project = hub.project
        self.effects = Effects(self.sheet, project.read, project.who, theme, self)
        self.notice = plain_label(name="notice", wrap=True)
        self.notice.hide()
        self.apply = KeyButton("Apply", "Ctrl+Enter", theme, name="primary")
        self._build()
        self._connect()
        self._on_effects()
        fit(self, _LETTERS, _HEIGHT)
        self.list.setFocus()

    # What is done to the draft

    def add_label(self) -> None:
        """Add a label in a colour that is far from the others."""
        sheet = self.sheet
        labels = sheet.draft.after.labels
        name = free_name(sheet.draft, "label", "new label")
        color = (self._judge.proposals([each.color for each in labels]) or SPARE_COLORS)[0]
        used = [each.pattern for each in labels]
        pattern = min(PATTERNS, key=used.count)
        keys = free_keys("label", name, sheet.draft.after)
        label = Label(name, "New label", (*keys, "")[0], color, pattern)
        sheet.put(added(sheet.draft, "label", label))
        self._go("label", name)

    def add_relation(self) -> None:
        """Add a relation."""
        name = free_name(self.sheet.draft, "relation", "new relation")
        relation = RelationType(name, "New relation")
        self.sheet.put(added(self.sheet.draft, "relation", relation))
        self._go("relation", name)

    def duplicate(self) -> None:
        """Put a copy behind what is chosen, and choose it."""
        sheet = self.sheet
        if sheet.owner is not None:
            draft, name = duplicated(sheet.draft, sheet.kind, sheet.name)
            sheet.put(draft)
            self._go(sheet.kind, name)

    def remove(self) -> None:
        """Remove what is chosen; its annotations wait for a choice at the foot."""
        sheet = self.sheet
        if sheet.owner is None:
            return
        if sheet.kind == "label" and len(sheet.draft.after.labels) == 1:
            self._say("A tag set needs at least one label.")
            return
        names = [each.name for each in owners(sheet.draft.after, sheet.kind)]
        index = names.index(sheet.name)
        rest = [*names[index + 1 :], *reversed(names[:index])]
        sheet.put(removed(sheet.draft, sheet.kind, sheet.name))
        if rest:
            sheet.choose(sheet.kind, rest[0])

    def move_by(self, step: int) -> None:
        """Move what is chosen up or down."""
        sheet = self.sheet
        if sheet.owner is not None:
            sheet.put(moved(sheet.draft, sheet.kind, sheet.name, step))

    def discard(self) -> None:
        """Go back to the tag set as it is."""
        self.sheet.restart(self.sheet.draft.before)

    # Files

    def ask_import(self) -> None:
        """Ask for a TOML file and take its tag set for the one to be; nothing is applied."""
        name, _ = QFileDialog.getOpenFileName(self, "Import a tag set", "", _FILES)
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take the tag set of a file for the one to be, or say what is wrong with the file."""
        try:
            found = loads(read_toml(path))
        except UserError as error:
            self._say(str(error))
            return
        self._say("")
        self.sheet.restart(replace(found, version=self.sheet.draft.before.version))

    def ask_export(self) -> None:
        """Ask for a file and write the tag set, as it is to be, into it."""
        name, _ = QFileDialog.getSaveFileName(self, "Export the tag set", "tagset.toml", _FILES)
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the tag set as it is to be into a file."""
        try:
            path.write_text(dumps(self.sheet.draft.after), encoding="utf-8")
        except OSError as error:
            self._say(f"{path} can't be written: {error.strerror}.")
            return
        self._say(f"The tag set was written to {path}.")

    # The end

    def accept(self) -> None:
        self.form.commit()
        seen = self.effects.concerned
        self.effects.look()
        if self.effects.concerned != seen:
            self._say("Look at what will change, then apply.")
            return
        if self.effects.open:
            self._say(f"Choose first: {self.effects.go_to_open()}")
            return
        if not self.sheet.touched or self._job is not None:
            return
        try:
            loads(dumps(self.sheet.draft.after))
        except UserError as error:
            self._say(str(error))
            return
        self._job = Run(
            retag(self._hub.project, self.sheet.draft),
            "Changing the tag set",
            self,
            done=self._on_done,
            failed=self._on_failed,
        )

    def reject(self) -> None:
        if self.sheet.touched and not self._leaving and self._job is None:
            self._say("Nothing was applied yet. Esc again leaves, and forgets the changes.")
            self._leaving = True
        elif self._job is None:
            super().reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # As high with one line as with many: buttons that move away are missed.
        line = self._theme.px("layout", "control_height")
        self.effects.setFixedHeight(min(_ROWS * line + line // 2, self.height() // 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = press(event).name
        if name == "Ctrl+Enter":
            self.accept()
        elif name == "Enter":
            event.accept()  # it ends a field; only Ctrl+Enter applies
        else:
            super().keyPressEvent(event)

    def _on_done(self, changes: int) -> None:
        self._job = None
        others = counted(changes - 1, "change")
        told = f", with {others} to annotations and links" if changes > 1 else ""
        self._hub.said.emit(f"The tag set was changed{told}. Ctrl+Z takes it back.")
        super().accept()

    def _on_failed(self, sentence: str) -> None:
        self._job = None
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._leaving = False
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _go(self, kind: Kind, name: str) -> None:
        self.sheet.choose(kind, name)
        self.form.start()

    def _on_key(self, key: str) -> None:
        match key:
            case "Delete" | "Backspace":
                self.remove()
            case "Alt+Up" | "Alt+Down":
                self.move_by(-1 if key == "Alt+Up" else 1)
            case "Ctrl+Z":
                self._say("" if self.sheet.take_back() else "Nothing was done yet.")
            case "Ctrl+D":
                self.duplicate()
            case "Ctrl+N":
                (self.add_label if self.sheet.kind == "label" else self.add_relation)()
            case _:
                self.form.start()

    def _on_effects(self) -> None:
        waiting = len(self.effects.open)
        touched = self.sheet.touched
        self._heading.setText(
            f"What will change · {counted(waiting, 'choice')} to make"
            if waiting
            else "What will change"
        )
        self.apply.setEnabled(touched and not waiting and not self._hub.project.read_only)
        self._discard.setEnabled(touched)

    def _connect(self) -> None:
        self.list.pressed_key.connect(self._on_key)
        self.sheet.changed.connect(lambda: self._say(""))
        self.effects.shown.connect(self._on_effects)
        self.apply.clicked.connect(self.accept)

    def _build(self) -> None:
        theme = self._theme
        area = QScrollArea(self)
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QWidget(self)
        left.setObjectName("documents")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, theme.px("pad", "small"))
        column.addWidget(self.list, 1)
        column.addLayout(self._tools())
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.addWidget(left)
        panes.addWidget(area)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        panes.setStretchFactor(1, 1)
        panes.setSizes([theme.px("layout", "list_width"), 4 * theme.px("layout", "list_width")])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(panes, 1)
        layout.addWidget(self._foot())

    def _tools(self) -> QHBoxLayout:
        """The buttons below the list."""
        row = QHBoxLayout()
        pad = self._theme.px("pad", "small")
        row.setContentsMargins(pad, 0, pad, 0)
        row.setSpacing(self._theme.px("pad", "tiny"))
        menus: tuple[tuple[str, tuple[tuple[str, Callable[[], object]], ...]], ...] = (
            ("Add", (("Label", self.add_label), ("Relation", self.add_relation))),
            (
                "Change",
                (
                    ("Duplicate\tCtrl+D", self.duplicate),
                    ("Remove\tDelete", self.remove),
                    ("Move up\tAlt+Up", lambda: self.move_by(-1)),
                    ("Move down\tAlt+Down", lambda: self.move_by(1)),
                    ("Take back\tCtrl+Z", lambda: self._on_key("Ctrl+Z")),
                ),
            ),
        )
        for title, rows in menus:
            button = QPushButton(title, self)
            button.setAutoDefault(False)
            menu = QMenu(button)
            for text, run in rows:
                menu.addAction(text).triggered.connect(lambda _=False, run=run: run())
            button.setMenu(menu)
            row.addWidget(button, 1)
        return row

    def _foot(self) -> QWidget:
        theme = self._theme
        foot = QFrame(self)
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        pad = theme.px("pad", "large")
        column.setContentsMargins(0, theme.px("pad", "small"), 0, theme.px("pad", "medium"))
        self._heading = plain_label("", "heading")
        self._heading.setFont(theme.heading_font())
        self._discard = _button("Discard", self.discard)
        row = QHBoxLayout()
        row.setContentsMargins(pad, 0, pad, 0)
        for text, run in (("Import…", self.ask_import), ("Export…", self.ask_export)):
            row.addWidget(_button(text, run))
        row.addStretch(1)
        row.addWidget(_button("Leave", self.reject))
        row.addWidget(self._discard)
        self.apply.setAutoDefault(False)
        row.addWidget(self.apply)
        head = QHBoxLayout()
        head.setContentsMargins(pad, 0, pad, 0)
        head.setSpacing(pad)
        head.addWidget(self._heading)
        head.addWidget(self.notice, 1)
        column.addLayout(head)
        column.addWidget(self.effects)
        column.addLayout(row)
        return foot


def _button(text: str, run: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: run())
    return button

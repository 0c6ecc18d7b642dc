"""The dialog of the register: find actors, change, add, merge and remove them."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core import verbs
from annotator.core.describe import isolated
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Entity, Relation
from annotator.core.text import counted
from annotator.transfer.reviewing import with_decisions
from annotator.ui.hub import Hub
from annotator.ui.keys.press import press
from annotator.ui.panels.entity_dialog import EntityDialog
from annotator.ui.panels.focused_row import FocusedRow
from annotator.ui.panels.parts import Combo, plain_label
from annotator.ui.panels.register import COLUMNS, MENTIONS, Register
from annotator.ui.room import fit
from annotator.ui.theme import Theme

_LETTERS = 110
"""How wide the dialog opens, where there is room."""


class RegisterDialog(QDialog):
    """Lists the register. Each change is saved at once; Ctrl+Z takes it back here too."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Register of actors")
        self._hub = hub
        self._theme = theme
        self.register = Register()
        self._chosen: list[str] = []
        """The ids of the selected ones, while the table is arranged anew."""
        self.filter = QLineEdit(self)
        self.order = Combo(self)
        self.table = QTableView(self)
        self.said = plain_label(name="dim", wrap=True)
        self.merging = MergeStrip(theme, self)
        self.new = QPushButton("New…", self)
        self.edit = QPushButton("Edit…", self)
        self.merge = QPushButton("Merge…", self)
        self.remove = QPushButton("Remove", self)
        self.close_ = QPushButton("Close", self)
        self._build()
        self._connect()
        self._read()
        self.filter.setFocus()

    @property
    def selected(self) -> list[Entity]:
        """The entities of the selected rows, from top to bottom."""
        rows = sorted(each.row() for each in self.table.selectionModel().selectedRows())
        return [self.register.entities[row] for row in rows]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if watched is self.filter and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_to_table()
        elif watched is self.table and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit.click()
        elif watched is self.table and key == Qt.Key.Key_Delete:
            self.remove.click()
        else:
            return super().eventFilter(watched, event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = press(event).name
        if pressed == "Esc" and self.merging.isVisible():
            self._end_merge()
        elif pressed == "Ctrl+Z":
            self._hub.undo()
        elif pressed in ("Ctrl+Shift+Z", "Ctrl+Y"):
            self._hub.redo()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        small = self._theme.px("pad", "small")
        self.filter.setPlaceholderText("Filter by name, side or type")
        self.filter.setAccessibleName("Filter the register")
        self.filter.setClearButtonEnabled(True)
        self.order.setAccessibleName("Order of the register")
        self.order.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        for place, column in enumerate(COLUMNS):
            self.order.addItem(f"by {column.lower()}", place)
        top = QHBoxLayout()
        top.setSpacing(small)
        top.addWidget(self.filter, 1)
        top.addWidget(self.order)
        self._build_table()
        buttons = QHBoxLayout()
        buttons.setSpacing(small)
        for button in (self.new, self.edit, self.merge, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_)
        self.close_.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.setSpacing(small)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.said)
        rows.addWidget(self.merging)
        rows.addLayout(buttons)
        fit(self, _LETTERS, self._theme.px("layout", "inspector_width") * 3 // 2)

    def _build_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.register)
        table.setAccessibleName("Actors")
        table.setItemDelegate(FocusedRow(self._theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px("layout", "control_height"))
        table.setSortingEnabled(True)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(MENTIONS, QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(0)  # the rows in view: there may be ten thousands
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.register.show_like)
        self.register.modelAboutToBeReset.connect(self._on_arranging)
        self.register.modelReset.connect(self._on_arranged)
        self.filter.installEventFilter(self)
        self.table.installEventFilter(self)
        self.order.currentIndexChanged.connect(self._on_order_chosen)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.doubleClicked.connect(self.edit.click)
        self.new.clicked.connect(self._on_new)
        self.edit.clicked.connect(self._on_edit)
        self.merge.clicked.connect(self._on_merge)
        self.remove.clicked.connect(self._on_remove)
        self.close_.clicked.connect(self.accept)
        self.merging.agreed.clicked.connect(self._on_merge_agreed)
        self.merging.cancelled.clicked.connect(self._end_merge)
        self._hub.changed.connect(self._on_changed)
        self._hub.failed.connect(self.said.setText)
        self._hub.said.connect(self.said.setText)

    def _read(self) -> None:
        mentions = self._hub.project.read.mentions()
        self.register.show_entities(self._hub.entities.values(), mentions)

    def _on_arranging(self) -> None:
        self._chosen = [each.id for each in self.selected]

    def _on_arranged(self) -> None:
        """Select again what was selected, as far as it is still shown."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        for row, entity in enumerate(self.register.entities):
            if entity.id in self._chosen:
                index = self.register.index(row, 0)
                selection.setCurrentIndex(index, flags.Select | flags.Rows)
                self.table.scrollTo(index)
        self._on_selected()

    def _on_changed(self, edit: Edit) -> None:
        if any(edit.touched("entity")):
            self._read()

    def _on_order_chosen(self) -> None:
        column = self.order.currentData()
        most_first = column == MENTIONS
        order = Qt.SortOrder.DescendingOrder if most_first else Qt.SortOrder.AscendingOrder
        self.table.sortByColumn(column, order)

    def _on_selected(self) -> None:
        chosen, writable = self.selected, not self._hub.project.read_only
        self._end_merge()
        unused = bool(chosen) and not any(map(self.register.mentions, chosen))
        self.new.setEnabled(writable)
        self.edit.setEnabled(writable and len(chosen) == 1)
        self.merge.setEnabled(writable and len(chosen) == 2)
        self.remove.setEnabled(writable and unused)
        self.merge.setToolTip("Select two actors: hold Shift or Ctrl.")
        self.remove.setToolTip("" if unused else "Only what nothing names can be removed.")
        number = counted(len(self._hub.entities), "actor")
        told = f"{number}. To merge, select two: Shift+Down, or Ctrl+Down and then Ctrl+Space."
        if chosen and not unused:
            times = counted(sum(map(self.register.mentions, chosen)), "mention")
            told += f" It can't be removed: it has {times}." if len(chosen) == 1 else ""
        self.said.setText(told)

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.selected and self.register.rowCount():
            self.table.selectRow(0)

    def _on_new(self) -> None:
        EntityDialog(self._hub, None, self).open()

    def _on_edit(self) -> None:
        EntityDialog(self._hub, self.selected[0], self).open()

    def _on_remove(self) -> None:
        gone = self.selected
        edits = [verbs.remove_entity(each) for each in gone]
        changes = tuple(change for each in edits for change in each.changes)
        if self._hub.apply(Edit(edits[0].name, changes)):
            self.said.setText(f"Removed: {', '.join(each.name for each in gone)}.")

    def _on_merge(self) -> None:
        self.merging.ask(self.selected, self.register)

    def _end_merge(self) -> None:
        if self.merging.isVisible():
            self.merging.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_merge_agreed(self) -> None:
        kept, gone = self.merging.chosen
        users = users_of(self._hub, gone)
        if self._hub.apply(merged(self._hub, kept, gone)):
            moved = counted(len(users), "mention")
            one, other = f"“{isolated(kept.name)}”", f"“{isolated(gone.name)}”"
            self.said.setText(f"{other} is {one} now: {moved} moved. Ctrl+Z takes it back.")


def users_of(hub: Hub, entity: Entity) -> list[Annotation | Relation]:
    """What names an entity, in all layers."""
    read = hub.project.read
    ids = list(read.users_of_entity(entity.id))
    found = [*read.values("annotation", ids).values(), *read.values("relation", ids).values()]
    return [each for each in found if isinstance(each, Annotation | Relation)]


def merged(hub: Hub, kept: Entity, gone: Entity) -> Edit:
    """The edit that makes one actor of two, for all that names the one that goes."""
    read = hub.project.read
    works = read.works_naming(gone.id)
    return with_decisions(read, verbs.merge_entities(kept, gone, users_of(hub, gone), works))


class MergeStrip(QFrame):
    """What a merge of two actors would do, and which name they keep."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._two: list[Entity] = []
        self._register: Register | None = None
        self.preview = plain_label(wrap=True)
        self.kept = Combo(self)
        self.kept.setAccessibleName("The name that is kept")
        self.agreed = QPushButton("Merge", self)
        self.agreed.setObjectName("primary")
        self.cancelled = QPushButton("Cancel", self)
        self.kept.currentIndexChanged.connect(self._tell)
        small = theme.px("pad", "small")
        row = QHBoxLayout()
        row.setSpacing(small)
        row.addWidget(plain_label("Keep", "dim"))
        row.addWidget(self.kept, 1)
        row.addWidget(self.agreed)
        row.addWidget(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(small, small, small, small)
        column.setSpacing(small)
        column.addWidget(self.preview)
        column.addLayout(row)
        self.hide()

    @property
    def chosen(self) -> tuple[Entity, Entity]:
        """The entity that is kept, and the one that goes."""
        place = max(self.kept.currentIndex(), 0)
        return self._two[place], self._two[1 - place]

    def ask(self, two: list[Entity], register: Register) -> None:
        """Ask which of two to keep; the one that is named more often comes first."""
        self._two = sorted(two, key=register.mentions, reverse=True)
        self._register = register
        self.kept.clear()
        self.kept.addItems([each.name for each in self._two])
        self._tell()
        self.show()
        self.kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        if self._register is not None and self.kept.count() == len(self._two):
            kept, gone = self.chosen
            moved = counted(self._register.mentions(gone), "mention")
            one, other = f"“{isolated(kept.name)}”", f"“{isolated(gone.name)}”"
            self.preview.setText(
                f"{moved} of {other} will be of {one}, in all articles and layers. "
                f"{other} becomes another name of it."
            )
            self.agreed.setAccessibleDescription(self.preview.text())

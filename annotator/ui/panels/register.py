"""The register of actors as a table: filtered, and in the order of any column."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.core.model import Entity
from annotator.ui.panels.offers import folded, told

COLUMNS = ("Name", "Also called", "Side", "Type", "Mentions")
MENTIONS = COLUMNS.index("Mentions")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Register(QAbstractTableModel):
    """The entities, one row each, with how many spans and links name it."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Entity] = []
        self._mentions: Mapping[str, int] = {}
        self._words: list[str] = []
        self._order = (0, Qt.SortOrder.AscendingOrder)
        self.entities: list[Entity] = []
        """Those that are shown, in order."""

    def show_entities(self, entities: Iterable[Entity], mentions: Mapping[str, int]) -> None:
        """Show these entities, of those those that are asked for."""
        self._all, self._mentions = list(entities), mentions
        self._arrange()

    def show_like(self, text: str) -> None:
        """Show only those that have all these words, or beginnings, somewhere in their row."""
        self._words = folded(text).split()
        self._arrange()

    def mentions(self, entity: Entity) -> int:
        """How many spans and links name an entity."""
        return self._mentions.get(entity.id, 0)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = column, order
        self._arrange()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entities)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cell(self.entities[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == MENTIONS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _cell(self, entity: Entity, column: int) -> str:
        if column == MENTIONS:
            return f"{self.mentions(entity):,}"
        return (entity.name, "; ".join(entity.aliases), entity.side, entity.type)[column]

    def _arrange(self) -> None:
        """Show what is asked for, in the order asked for; what is equal goes by name."""
        column, order = self._order
        self.beginResetModel()
        found = [each for each in self._all if all(word in told(each) for word in self._words)]
        found.sort(key=lambda each: (folded(each.name), each.id))
        backwards = order == Qt.SortOrder.DescendingOrder
        if column == MENTIONS:
            found.sort(key=self.mentions, reverse=backwards)
        else:
            found.sort(key=lambda each: folded(self._cell(each, column)), reverse=backwards)
        self.entities = found
        self.endResetModel()

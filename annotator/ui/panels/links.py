"""The list of links of one span: by type and direction, each a way to the span at its other end."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.core import verbs
from annotator.core.edits import Change
from annotator.core.model import Annotation, Relation
from annotator.core.tagset import RelationType
from annotator.ui.hub import Hub
from annotator.ui.panels.attributes import AttributesForm
from annotator.ui.panels.editors import row_title, titled
from annotator.ui.panels.parts import ElidedButton, KeyButton, plain_label
from annotator.ui.panels.signs import LabelSign
from annotator.ui.reading.captions import entity_names
from annotator.ui.theme import Theme

INCOMING = {"source": "Source of", "denies": "Denied by", "against": "Accused by"}
"""How the relations of the default tag set read from their target."""
MOST_SHOWN = 50
"""Links of one type that are shown; the rest are counted."""

Linked = tuple[Relation, Annotation]
"""A link, and the annotation at its other end."""


def target_words(annotation: Annotation, hub: Hub) -> str:
    """What a link to an annotation reads: the entity's name, else the words of the text."""
    names = " + ".join(entity_names(annotation, hub.tagset, hub.entities))
    text = hub.document.text if hub.document else ""
    return names or " ".join(annotation.quote(text).split())


def section_title(relation: RelationType, *, incoming: bool) -> str:
    """What stands beside the links of a type, by the end they are seen from."""
    title = relation.title or titled(relation.name)
    if not incoming or relation.symmetric:
        return title
    return INCOMING.get(relation.name, f"← {title}")


class HopButton(ElidedButton):
    """The way to the other end; Up and Down go on to other links."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the list's; a button would go wherever Tab goes
        else:
            super().keyPressEvent(event)


class LinkCard(QFrame):
    """One link: the sign and the words of its other end, what it says itself, and an end to it."""

    hopped = Signal(str)
    """The annotation at the other end is to be focused, by its id."""
    unlinked = Signal(str)
    """The link is to go, by its id."""

    def __init__(self, title: str, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._hub = hub
        self._theme = theme
        self._title = title
        self._linked: Linked | None = None
        self._form: AttributesForm | None = None
        self._sign = LabelSign(theme, self)
        self.hop = HopButton("hop", self)
        self.hop.clicked.connect(self._on_hop)
        self.remove = QToolButton(self)
        self.remove.setObjectName("remove")
        self.remove.setText("×")
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Delete does it on the row
        self.remove.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.setSpacing(theme.px("pad", "tiny"))
        row.addWidget(self._sign)
        row.addWidget(self.hop, 1)
        row.addWidget(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 2, 3, 2)
        self._column.setSpacing(0)
        self._column.addLayout(row)

    def show_link(self, linked: Linked, *, writable: bool) -> None:
        """Show this link; text that is pending in its attributes stays."""
        self._linked = linked
        relation, other = linked
        label = self._hub.tagset.label(other.label)
        words = target_words(other, self._hub)
        kind = self._hub.tagset.label_title(other.label)
        self._sign.set_label(label, self._theme)
        self.hop.set_words(words[:300], named=f"{self._title} {kind}: {words[:300]}")
        self.remove.setAccessibleName(f"Unlink {words[:80]}")
        self.remove.setToolTip("Unlink (Delete)")
        self.remove.setEnabled(writable)
        schema = self._hub.tagset.relation(relation.type)
        if self._form is None and schema is not None and schema.attributes:
            self._form = AttributesForm(
                schema.attributes, self._save, self._hub, self._theme, self,
                titles=any(each.type != "flag" for each in schema.attributes),
            )  # fmt: skip
            self._column.addWidget(self._form)
        if self._form is not None:
            self._form.show_values(relation.attributes, writable=writable)

    def commit(self) -> list[str]:
        """Save what is pending; sentences about what can't be saved."""
        return self._form.commit() if self._form else []

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        return [self.hop, *(self._form.stops() if self._form else [])]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.remove.isEnabled():
            self._on_remove()
        else:
            super().keyPressEvent(event)

    def _save(self, name: str, value: Any, others: tuple[Change, ...]) -> bool:
        if self._linked is None:
            return False
        id_ = self._linked[0].id
        relation = self._hub.relations.get(id_) or self._hub.project.read.relation(id_)
        if relation is None:
            return False
        edit = verbs.set_attribute(relation, name, value)
        return self._hub.apply(replace(edit, changes=(*others, *edit.changes)))

    def _on_hop(self) -> None:
        if self._linked is not None:
            self.hopped.emit(self._linked[1].id)

    def _on_remove(self) -> None:
        if self._linked is not None:
            self.unlinked.emit(self._linked[0].id)


class LinkSection(QWidget):
    """The links of one type in one direction, and a button that makes one more."""

    def __init__(
        self, relation: RelationType, hub: Hub, theme: Theme, parent: "LinkList", *, incoming: bool
    ) -> None:
        super().__init__(parent)
        self.title = section_title(relation, incoming=incoming)
        self._hub = hub
        self._theme = theme
        self._list = parent
        self._more = row_title("")
        self._inherited = plain_label(name="dim", wrap=True)
        self._inherited.hide()
        self._cards: dict[str, LinkCard] = {}
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(theme.px("pad", "tiny"))
        self._holder.addWidget(self._more)
        self._holder.addWidget(self._inherited)
        self.add: KeyButton | None = None
        if not incoming:
            self.add = KeyButton("Link…", relation.key, theme, name="add", parent=self)
            self.add.setAccessibleName(f"{self.title}: link, {relation.key}")
            self.add.clicked.connect(lambda: parent.link_asked.emit(relation.name))
            self._holder.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_links(self, links: list[Linked], *, writable: bool) -> None:
        """Show these links."""
        shown = {relation.id: (relation, other) for relation, other in links[:MOST_SHOWN]}
        for id_ in [each for each in self._cards if each not in shown]:
            self._drop(id_)
        for place, (id_, linked) in enumerate(shown.items()):
            card = self._cards.get(id_) or self._add_card(id_)
            card.show_link(linked, writable=writable)
            self._holder.insertWidget(place, card)
        self._cards = {id_: self._cards[id_] for id_ in shown}
        rest = len(links) - len(shown)
        self._more.setText(f"and {rest:,} more")
        self._more.setVisible(rest > 0)
        if self.add is not None:
            self.add.setVisible(writable and not links)

    def show_inherited(self, words: str) -> None:
        """Show what the annotation takes over where it has no link of its own, "" for nothing."""
        self._inherited.setText(words)
        self._inherited.setVisible(bool(words))

    def commit(self) -> list[str]:
        """Save what is pending; sentences about what can't be saved."""
        return [problem for card in self._cards.values() for problem in card.commit()]

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        own = [stop for card in self._cards.values() for stop in card.stops()]
        return [*own, self.add] if self.add is not None else own

    @property
    def cards(self) -> list[LinkCard]:
        """The cards, in order."""
        return list(self._cards.values())

    def _add_card(self, id_: str) -> LinkCard:
        card = self._cards[id_] = LinkCard(self.title, self._hub, self._theme, self)
        card.hopped.connect(self._list.hopped)
        card.unlinked.connect(self._list.unlink)
        return card

    def _drop(self, id_: str) -> None:
        card = self._cards.pop(id_)
        if card.isAncestorOf(self.window().focusWidget() or self):
            self._list.focus_lost.emit()
        self._holder.removeWidget(card)
        card.hide()
        card.deleteLater()


class LinkList(QWidget):
    """All links of one annotation."""

    hopped = Signal(str)
    """An annotation is to be focused, by its id."""
    link_asked = Signal(str)
    """A link of this relation type is to be made from the annotation."""
    focus_lost = Signal()
    """The row that had the keyboard is about to go."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._theme = theme
        self.sections: dict[tuple[str, bool], LinkSection] = {}
        self._titles: dict[tuple[str, bool], QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px("pad", "small"))
        self._grid.setColumnStretch(1, 1)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme, and with the tag set as it is now: everything is made anew."""
        self._theme = theme
        for widget in (*self.sections.values(), *self._titles.values()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.sections.clear()
        self._titles.clear()

    def show_links(
        self, annotation: Annotation, relations: Iterable[Relation], *, writable: bool
    ) -> None:
        """Show the links of an annotation: those of `relations` that it is an end of."""
        found: dict[tuple[str, bool], list[Linked]] = {}
        for relation in relations:
            incoming = relation.source != annotation.id
            other = self._hub.annotations.get(relation.source if incoming else relation.target)
            schema = self._hub.tagset.relation(relation.type)
            if other is not None and schema is not None:
                key = relation.type, incoming and not schema.symmetric
                found.setdefault(key, []).append((relation, other))
        for number, schema in enumerate(self._hub.tagset.relations):
            for incoming in (False, True):
                key = schema.name, incoming
                allowed = not incoming and annotation.label in schema.sources
                if key in found or allowed or key in self.sections:
                    section = self._section(schema, 2 * number + incoming, incoming=incoming)
                    section.show_links(found.get(key, []), writable=writable)
                    shown = key in found or (allowed and writable)
                    section.setVisible(shown)
                    self._titles[key].setVisible(shown)
        self.setVisible(any(not each.isHidden() for each in self.sections.values()))

    def show_inherited(self, links: Mapping[str, Iterable[Relation]], origin: str) -> None:
        """Show the links, by type, that are taken over from `origin`."""
        for (type_, incoming), section in self.sections.items():
            found = () if incoming else links.get(type_, ())
            ends = (self._hub.annotations.get(each.target) for each in found)
            words = ", ".join(target_words(each, self._hub) for each in ends if each)
            section.show_inherited(f"{words}, {origin}" if words else "")

    def commit(self) -> list[str]:
        """Save what is pending; sentences about what can't be saved."""
        return [problem for each in self.sections.values() for problem in each.commit()]

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        keys = [(each.name, back) for each in self._hub.tagset.relations for back in (False, True)]
        rows = [self.sections[key] for key in keys if key in self.sections]
        return [stop for row in rows if not row.isHidden() for stop in row.stops()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hops = [stop for stop in self.stops() if isinstance(stop, HopButton)]
        here = next((place for place, each in enumerate(hops) if each.hasFocus()), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if here is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= here + step < len(hops):
            hops[here + step].setFocus(Qt.FocusReason.TabFocusReason)

    def unlink(self, id_: str) -> None:
        """Remove a link, by its id."""
        relation = self._hub.relations.get(id_)
        if relation is not None:
            self._hub.apply(verbs.unlink(relation))

    def _section(self, schema: RelationType, row: int, *, incoming: bool) -> LinkSection:
        key = schema.name, incoming
        if key not in self.sections:
            section = LinkSection(schema, self._hub, self._theme, self, incoming=incoming)
            title = row_title(section.title)
            title.setFixedWidth(self._theme.px("layout", "control_height") * 2)
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(section, row, 1)
            self.sections[key], self._titles[key] = section, title
        return self.sections[key]

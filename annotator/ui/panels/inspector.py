"""The inspector: what is known of the focused span, to be changed; and what the article has."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.core.edits import Edit
from annotator.core.model import Annotation
from annotator.ui.gestures.links import Links
from annotator.ui.gestures.modes import Slot
from annotator.ui.hub import Hub
from annotator.ui.panels.card import SpanCard
from annotator.ui.panels.counts import Counts, Guideline, Summary
from annotator.ui.panels.editors import Editor
from annotator.ui.panels.gaps import Gaps
from annotator.ui.panels.history import History
from annotator.ui.panels.parts import KeyButton, laid_out_once, plain_label
from annotator.ui.theme import Theme


class Inspector(QFrame):
    """The panel at the right. What is typed is saved to the span that it was typed for.

    Text is saved when its line is left, on Enter, and before another span or article is shown; call
    `commit` before the project is closed or another person goes on.
    """

    left = Signal()
    """Esc: the keyboard goes back to the text."""
    entered = Signal()
    """What was typed for a slot, or as a note, is saved: the keyboard goes back to the text."""
    hopped = Signal(str)
    """The linked span of this id is to be gone to."""
    question_asked = Signal()
    done_asked = Signal()
    link_asked = Signal(str)
    """A link of this relation type is to be made from the focused span."""

    def __init__(
        self, hub: Hub, theme: Theme, parent: QWidget | None = None, *, with_foot: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self._hub = hub
        self._theme = theme
        self._bound: str | None = None
        self._filling = False
        self._neighbours: tuple[Sequence[QWidget], Sequence[QWidget]] = (), ()
        self._links = Links(hub.relations.values())
        self._gaps = Gaps(hub)
        self._notice = plain_label(name="notice", wrap=True)
        self.card = SpanCard(hub, theme, self._current)
        self.summary = Summary(hub.tagset, theme)
        self.guideline = Guideline(theme)
        self.history = History(hub, theme)
        self.counts = Counts(hub.tagset, theme)
        self.question = KeyButton("Ask a question", "Q", theme)
        self.done = KeyButton("Done, next", "Ctrl ↵", theme, name="primary")
        self._foot = QFrame(self)
        self._foot_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        self.area = QScrollArea(self)
        self.body = QWidget()
        self._build()
        self._foot.setVisible(with_foot)
        self._connect()
        self._on_document_opened()

    # What the window may ask

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self.guideline.set_theme(theme)
        self.history.set_theme(theme)
        self.question.set_theme(theme)
        self.done.set_theme(theme)
        self._set_look()

    def set_neighbours(self, before: Sequence[QWidget], after: Sequence[QWidget]) -> None:
        """Let Tab come from the widgets of `before`, and go on to those of `after`."""
        self._neighbours = before, after
        self._order_stops()

    def commit(self) -> None:
        """Save what is pending, to the span that it was typed for; tell what can't be saved."""
        if self._bound is None:
            return
        problems = self.card.commit()
        if problems:
            self._hub.failed.emit(f"Not saved: {problems[0]}")

    def take_focus(self) -> None:
        """Put the keyboard on the first thing that can be changed."""
        stops = [stop for stop in self._stops() if stop.isVisibleTo(self) and stop.isEnabled()]
        if stops:
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(stops[0])

    def show_history(self) -> None:
        """Unfold the history of the focused span, and put the keyboard there."""
        self.history.set_open(open_=True)
        self.history.heading.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # What is unfolded has its place only after the layouts have been told.
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.history))

    def show_letters(self, letters: Mapping[Slot, str]) -> None:
        """Show the letters that fill in the focused span's attributes; none takes them away."""
        began, self._filling = bool(letters) and not self._filling, bool(letters)
        self.card.show_letters(letters)
        if began and self.card.form is not None:
            QApplication.sendPostedEvents(self.body, QEvent.Type.LayoutRequest)
            top = self.card.form.mapTo(self.body, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top - self._theme.px("pad", "large"))

    def edit(self, slot: Slot) -> None:
        """Put the keyboard where the value of a slot is typed."""
        widget = self.card.typed_in(slot) if self._bound is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(widget)
            self.card.begin(slot)

    @property
    def pending(self) -> bool:
        """Whether text waits to be saved, or can't be."""
        return self._bound is not None and self.card.pending

    # Qt's

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.commit()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # Qt sends a method's values by position.
    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001
        """Tab ends what is typed while letters fill in, as Enter does, but within an editor."""
        if not self._filling:
            return super().focusNextPrevChild(next)
        now = self.focusWidget()
        editor = now.parentWidget() if now else None
        if next and isinstance(editor, Editor) and now in (stops := editor.stops())[:-1]:
            stops[stops.index(now) + 1].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if not self.card.commit():
            self.entered.emit()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margins = self._foot_row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._foot_row.spacing()
        buttons, directions = (self.question, self.done), QBoxLayout.Direction
        roomy = sum(each.wide_hint(with_key=True) for each in buttons) <= room
        beside = sum(each.wide_hint(with_key=False) for each in buttons) <= room
        for each in buttons:
            each.show_key(shown=roomy or (not beside and each.wide_hint(with_key=True) <= room))
        self._foot_row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    # Building

    def _build(self) -> None:
        theme = self._theme
        large, medium = theme.px("pad", "large"), theme.px("pad", "medium")
        column = QVBoxLayout(self.body)
        column.setContentsMargins(large, large, large, large)
        column.setSpacing(large)
        own = (self._notice, self.card, self.guideline, self.history)
        for part in (*own, self.counts, self.summary):
            column.addWidget(part)
        column.addStretch(1)
        self.area.setWidget(self.body)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot.setObjectName("foot")
        self._foot_row.setContentsMargins(medium, medium, medium, medium)
        self._foot_row.setSpacing(theme.px("pad", "small"))
        self._foot_row.addWidget(self.question)
        self._foot_row.addWidget(self.done)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.area, 1)
        rows.addWidget(self._foot)
        self.setMinimumWidth(theme.px("layout", "inspector_width_min"))

    def _connect(self) -> None:
        self._hub.changed.connect(self._on_changed)
        self._hub.document_opened.connect(self._on_document_opened)
        self._hub.focus_moved.connect(self._on_focus_moved)
        self.card.links.hopped.connect(self.hopped)
        self.card.entered.connect(self._on_entered)
        self.card.links.link_asked.connect(self.link_asked)
        self.card.links.focus_lost.connect(self.take_focus)
        self.question.clicked.connect(self.question_asked)
        self.done.clicked.connect(self.done_asked)

    # Following the hub

    def _on_document_opened(self) -> None:
        self._unbind()
        self._links = Links(self._hub.relations.values())
        self.counts.recount(self._hub.annotations.values())
        self._bind()

    def _on_focus_moved(self) -> None:
        focused = self._hub.focused
        if (focused.id if focused else None) != self._bound:
            self._unbind()
            self._bind()

    def _on_entered(self) -> None:
        if self._filling or self.card.note.hasFocus():
            self.entered.emit()

    def _on_changed(self, edit: Edit) -> None:
        layer = self._hub.layer
        self._links.follow(edit)
        if layer is not None:
            self.counts.follow(edit, layer.id)
        if any(edit.touched("tagset")):
            self.commit()
            self._set_look()
        elif self._gaps.follow(edit) or self._concerns(edit):
            self._show()
        if any(edit.touched("layer")):
            self._show_state()

    def _concerns(self, edit: Edit) -> bool:
        """Whether an edit may have changed what is shown of the span."""
        if self._bound is None:
            return False
        shown = {self._bound, *self._links.neighbours(self._bound)}
        return any(
            each.kind in ("relation", "entity") or (each.kind == "annotation" and each.id in shown)
            for each in edit.changes
        )

    def _unbind(self) -> None:
        """Save what is pending to the span it was typed for, then be about none."""
        if self._bound is not None:
            self.commit()
            self.card.discard()
            self._bound = None

    def _bind(self) -> None:
        focused = self._hub.focused
        self._bound = focused.id if focused else None
        self.area.verticalScrollBar().setValue(0)
        self._show()
        self._show_state()

    def _current(self) -> Annotation | None:
        """The span that is shown, as it is now, also where another article is open by now."""
        if self._bound is None:
            return None
        return self._hub.annotations.get(self._bound) or self._hub.project.read.annotation(
            self._bound
        )

    def _set_look(self) -> None:
        self.card.set_theme(self._theme)
        self.counts.set_look(self._hub.tagset, self._theme)
        self.summary.set_look(self._hub.tagset, self._theme)
        self._show()

    def _show(self) -> None:
        """Show the span, or what there is without one; text that is pending stays."""
        annotation = self._hub.annotations.get(self._bound) if self._bound else None
        inside = self.card.isAncestorOf(QApplication.focusWidget() or self)
        with laid_out_once(self.body, self.card, self.card.links, self.guideline):
            if annotation is not None:
                self.card.show_annotation(annotation, self._links)
            self.card.setVisible(annotation is not None)
            self.history.show_annotation(annotation)
            label = self._hub.tagset.label(annotation.label) if annotation is not None else None
            self.guideline.show_label(label, self._gaps.of(label.name) if label else ())
            open_ = self._hub.document is not None
            self.counts.setVisible(open_)
            self.summary.setVisible(open_ and annotation is None)
        self._order_stops()
        if inside and annotation is None:
            self.left.emit()

    def _show_state(self) -> None:
        layer, reason = self._hub.layer, self._hub.project.read_only
        state = layer.state if layer else "new"
        asked = state == "question"
        self.question.set_words("Withdraw question" if asked else "Ask a question")
        if reason:
            sentence = f"Nothing can be changed here: {reason}."
        elif asked:
            sentence = "This article is marked as a question."
        elif state == "done":
            sentence = "This article is done. Changes to it are still saved."
        else:
            sentence = ""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
        for button in (self.question, self.done):
            button.setEnabled(layer is not None and not reason)

    def _stops(self) -> list[QWidget]:
        shown = (*self.card.stops(), self.guideline.heading, self.history.heading)
        own = shown if self._bound is not None else ()
        return [*own, self.question, self.done] if not self._foot.isHidden() else list(own)

    def _order_stops(self) -> None:
        before, after = self._neighbours
        stops = [*before, *self._stops(), *after]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

"""What is known of one span: its label, its words, its links, its attributes and its note."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.core import verbs
from annotator.core.edits import Change
from annotator.core.inherit import inherited
from annotator.core.model import Annotation
from annotator.ui.gestures import proposals
from annotator.ui.gestures.links import Links
from annotator.ui.gestures.modes import Slot
from annotator.ui.hub import Hub
from annotator.ui.panels.attributes import AttributesForm
from annotator.ui.panels.editors import Editor, NoteEdit, row_title
from annotator.ui.panels.links import LinkList
from annotator.ui.panels.parts import InkHeading
from annotator.ui.panels.proposal import ProposalCard
from annotator.ui.panels.quote import Quote
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.core.span import Span


class SpanCard(QWidget):
    """Shows one annotation and saves what is changed of it.

    `current` gives the annotation that is shown, as it is at that moment.
    """

    entered = Signal()
    """What was typed is saved, and ended with Enter; a note with Ctrl+Enter."""

    def __init__(
        self,
        hub: Hub,
        theme: Theme,
        current: Callable[[], Annotation | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._theme = theme
        self._current = current
        self.touching: Callable[[Span], Iterable[Annotation]] = lambda _: hub.annotations.values()
        """The annotations among which those at a span are; whoever has an index tells them."""
        self.heading = InkHeading(theme)
        self.quote = Quote(theme)
        self.links = LinkList(hub, theme)
        self.form: AttributesForm | None = None
        self._forms: dict[str, AttributesForm] = {}
        self.note = NoteEdit(self._save_note)
        self.note.entered.connect(self.entered)
        self.proposal = ProposalCard(theme)
        self.proposal.taken.connect(lambda: proposals.take(hub))
        self.proposal.rejected.connect(lambda: proposals.reject(hub))
        self._slot = QVBoxLayout()
        self._build()

    def show_annotation(self, annotation: Annotation, links: Links) -> None:
        """Show this annotation with its links, one of `links`; text that is pending stays."""
        writable = not self._hub.project.read_only
        label = self._hub.tagset.label(annotation.label)
        ink = self._theme.label_ink(label.color) if label else self._theme.text_dim
        self.heading.set_look(self._theme, ink)
        self.heading.setText(self._hub.tagset.label_title(annotation.label))
        text = self._hub.document.text if self._hub.document else ""
        words = annotation.quote(text)
        self.quote.set_quote(words)
        self.links.show_links(annotation, links.at(annotation.id), writable=writable)
        self._choose_form(annotation.label)
        if self.form is not None:
            self.form.set_words(words)
            self.form.show_values(annotation.attributes, writable=writable)
        self.proposal.show_proposal(proposals.of_focused(self._hub))
        self._show_inherited(annotation, links)
        self.note.show_saved(annotation.note)
        self.note.setReadOnly(not writable)

    def commit(self) -> list[str]:
        """Save what is pending; sentences about what can't be saved."""
        problems = [*self.links.commit(), *(self.form.commit() if self.form else [])]
        note = self.note.commit()
        return [*problems, f"Note: {note}"] if note else problems

    def discard(self) -> None:
        """Forget what is pending."""
        if self.form is not None:
            self.form.discard()
        self.note.discard()

    @property
    def pending(self) -> bool:
        """Whether something waits to be saved, or can't be."""
        editors = self.findChildren(Editor)
        return self.note.pending or any(each.pending for each in editors)

    def show_letters(self, letters: Mapping[Slot, str]) -> None:
        """Show the letters that fill in; none takes them away."""
        if self.form is not None:
            self.form.show_letters(letters)
        self.note.show_letter(letters.get(Slot(), ""))

    def typed_in(self, slot: Slot) -> QWidget | None:
        """The widget in which the value of a slot is typed; that of Slot() is the note."""
        editor = self.form.editors.get(slot.attribute) if self.form is not None else None
        return editor.typed_in() if editor is not None else self.note

    def begin(self, slot: Slot) -> None:
        """Offer at once what there is to choose for a slot; a note is gone on with at its end."""
        editor = self.form.editors.get(slot.attribute) if self.form is not None else None
        if editor is not None:
            editor.begin()
        else:
            self.note.moveCursor(QTextCursor.MoveOperation.End)

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        own = self.form.stops() if self.form else []
        return [*self.links.stops(), *self.proposal.stops(), *own, self.note]

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme, and with the tag set as it is now."""
        self._theme = theme
        self.quote.set_theme(theme)
        self.links.set_theme(theme)
        self.proposal.set_theme(theme)
        for form in self._forms.values():
            self._slot.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._forms.clear()
        self.form = None

    def _build(self) -> None:
        small = self._theme.px("pad", "small")
        note = QGridLayout()
        note.setSpacing(small)
        title = row_title("Note")
        title.setFixedWidth(self._theme.px("layout", "control_height") * 2)
        title.setBuddy(self.note)
        note.addWidget(title, 0, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self.note, 0, 1)
        note.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(small)
        for widget in (self.heading, self.quote, self.links, self.proposal):
            column.addWidget(widget)
        column.addLayout(self._slot)
        column.addLayout(note)

    def _show_inherited(self, annotation: Annotation, links: Links) -> None:
        """Show what a count takes from the claim or denial around it."""
        hub = self._hub
        near = self.touching(annotation.envelope)
        found = inherited(annotation, near, links.at, hub.tagset)
        title = hub.tagset.label_title(found.origin.label).lower() if found else ""
        origin = f"from the {title} around it"
        self.links.show_inherited(found.links if found else {}, origin)
        if self.form is not None:
            self.form.show_inherited(found.attributes if found else {}, origin)

    def _choose_form(self, label: str) -> None:
        """Show the form of this label; the keyboard stays with the attribute it was with."""
        schema = self._hub.tagset.label(label)
        form = self._forms.get(label)
        if form is None:
            attributes = schema.attributes if schema else ()
            form = AttributesForm(attributes, self._save, self._hub, self._theme, self)
            for editor in form.editors.values():
                editor.entered.connect(self.entered)
            self._forms[label] = form
            self._slot.addWidget(form)
        if form is self.form:
            return
        old, self.form = self.form, form
        typed = old.focused_name() if old is not None else None
        form.setVisible(bool(form.editors))
        if typed is not None and typed in form.editors:
            form.editors[typed].stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            old.hide()

    def _save(self, name: str, value: Any, others: tuple[Change, ...]) -> bool:
        annotation = self._current()
        if annotation is None:
            return False
        edit = verbs.set_attribute(annotation, name, value)
        return self._hub.apply(replace(edit, changes=(*others, *edit.changes)))

    def _save_note(self, note: str) -> bool:
        annotation = self._current()
        return annotation is not None and self._hub.apply(verbs.set_note(annotation, note))

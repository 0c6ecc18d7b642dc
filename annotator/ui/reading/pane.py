"""The middle of the window: a line about the article, the article, and the popover of labels.

Over 400 lines because here what the hub says and what the text does meet.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.describe import isolated
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Document
from annotator.core.query import Query
from annotator.core.quotation import quotation
from annotator.core.span import Span
from annotator.core.steps import at_once
from annotator.settings import Settings
from annotator.ui.advice.checks import Checks
from annotator.ui.advice.strip import AdviceStrip
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.view import ArticleView
from annotator.ui.find.bar import FindBar
from annotator.ui.find.finding import Finder
from annotator.ui.gestures.alike import Alike
from annotator.ui.gestures.alike_strip import AlikeStrip
from annotator.ui.gestures.desk import Desk
from annotator.ui.gestures.links import Links
from annotator.ui.gestures.modes import Idle
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import ElidedLabel
from annotator.ui.reading.announcer import Announcer
from annotator.ui.reading.captions import caption
from annotator.ui.reading.look import article_look
from annotator.ui.reading.popover import LabelPopover
from annotator.ui.reading.prefetch import Prefetch
from annotator.ui.reading.readings import Readings
from annotator.ui.suggestions.strip import SuggestionStrip
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.core.reading import Reading


def about(document: Document, layout: str, state: str, minutes: int = 0) -> str:
    """The line above the article: file, length, language, layout, state and time of work."""
    name = document.meta.get("file") or document.title
    parts = [
        isolated(str(name)),
        f"{len(document.text):,} characters",
        language_name(document.language),
    ]
    parts.append("raw lines" if layout == "raw" else "reading layout")
    if state in ("done", "question"):
        parts.append(state)
    if minutes:
        parts.append(f"{minutes:,} min")
    return " · ".join(part for part in parts if part)


def language_name(code: str) -> str:
    """The English name of a language by its code, the code itself where unknown."""
    if not code:
        return ""
    language = QLocale(code).language()
    known = language not in (QLocale.Language.C, QLocale.Language.AnyLanguage)
    return QLocale.languageToString(language) if known else code


class ArticlePane(QFrame):
    """Shows the hub's article, and follows the hub."""

    import_clicked = Signal()
    place_changed = Signal()
    """The caret stands in another paragraph, or there is another article."""
    menu_asked = Signal(QPoint)
    """A menu is wanted at a point of the screen."""

    def __init__(
        self,
        hub: Hub,
        theme: Theme,
        settings: Callable[[], Settings],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("article")
        self._hub = hub
        self._theme = theme
        self._settings = settings
        self._links = Links()
        self._focused = ""
        self._open = ""
        self._carets: dict[str, int] = {}
        """By the id of an article where its caret stood when it was left, in code points."""
        self._reading: Reading | None = None
        self._readings = Readings()
        self._minutes = 0
        self.header = ElidedLabel("header", self)
        self.view = ArticleView(self)
        self.view.movable = not hub.project.read_only
        self.desk = Desk(hub, self.view, self)
        self.prefetch = Prefetch(hub, self.view, self._readings, settings)
        self.announcer = Announcer(hub, self.view, self._caption)
        self.find_bar = FindBar(theme, self)
        self.finder = Finder(self.view, self.find_bar, self._text)
        self.suggestion_strip = SuggestionStrip(hub, self.desk.suggestions, theme, self)
        self.checks = Checks(hub, self.desk, AdviceStrip(theme, self))
        self.alike_strip = AlikeStrip(theme, self)
        self.alike = Alike(self.desk, self.alike_strip)
        self.popover = LabelPopover(hub.tagset, theme, self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self.show_snap()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme and in the size of letters that the settings have."""
        self._theme = theme
        self.view.set_look(article_look(theme, self._hub.tagset, self._settings()))
        self.popover.fill(self._hub.tagset, theme)
        self.find_bar.set_theme(theme)
        self.alike_strip.set_theme(theme)
        self.suggestion_strip.set_theme(theme)
        self.checks.strip.set_theme(theme)
        self._align_header()

    def expect(self, document: str | None) -> None:
        """Make an article ready, by its id, while nothing else is to be done."""
        self.prefetch.expect(document)

    def show_snap(self) -> None:
        """Let selections by mouse grow as the settings say."""
        self.view.snap = self._settings().snap

    def show_minutes(self, minutes: int) -> None:
        """Show how long the person has worked on the article."""
        self._minutes = minutes
        self._show_header()

    def show_layout(self) -> None:
        """Show the article in the layout that the settings have, the caret where it was."""
        caret = self.view.caret()
        self._show_article()
        if self._reading is not None:
            cursor = self.view.textCursor()
            cursor.setPosition(self._reading.to_widget(caret))
            self.view.setTextCursor(cursor)
        self._on_focus_moved()
        self.desk.suggestions.show()

    def escape(self) -> None:
        """Leave a mode, drop the selection, close the find bar, or drop the focus."""
        busy = not isinstance(self.desk.mode, Idle) or self.view.selected_span() is not None
        if busy or self.find_bar.isHidden() or self.view.pulling:
            self.desk.escape()
        else:
            self.finder.close(select=False)

    def show_hits(self, query: Query) -> None:
        """Mark in the text what the articles were searched for; the focus stays where it is."""
        self.finder.show_hits(query)

    def print_article(self, *, on_paper: bool) -> None:
        """Ask where to, and print the article with its annotations, or keep it as a PDF file."""
        from annotator.ui.printing.asking import Printing  # noqa: PLC0415 - loaded when it is used

        if self._hub.document is not None and self._reading is not None:
            printing = Printing(self._hub, self._reading, self._settings(), self)
            if on_paper:
                printing.ask_printer()
            else:
                printing.ask_file()

    def copy_quotation(self) -> None:
        """Put the selection, else the focused span, on the clipboard with where it is from."""
        hub, selected = self._hub, self.view.selected_span()
        focused = hub.focused if selected is None else None
        if hub.document is None or (selected is None and focused is None):
            return
        spans = (selected,) if selected else focused.spans if focused else ()
        label = hub.tagset.label_title(focused.label).lower() if focused else ""
        words = quotation(hub.document, spans, label=label, by=hub.project.who)
        QGuiApplication.clipboard().setText(words)
        hub.said.emit("The quotation is copied, with where it is from.")

    def place(self) -> tuple[int, int]:
        """The paragraph of the caret, counted from 1, and how many there are."""
        if self._reading is None:
            return 0, 0
        return self.view.textCursor().blockNumber() + 1, len(self._reading.paragraphs)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self.popover.hide()
            QTimer.singleShot(0, self, self._align_header)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        theme = self._theme
        self.header.setFont(theme.font("sans", theme.px("size", "small")))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setTabChangesFocus(True)
        self.view.installEventFilter(self)
        page = QWidget(self)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, theme.px("pad", "page"), 0, 0)
        rows.setSpacing(theme.px("pad", "small"))
        rows.addWidget(self.header)
        rows.addWidget(self.find_bar)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.suggestion_strip)
        rows.addWidget(self.alike_strip)
        rows.addWidget(self.checks.strip)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        words = QLabel("No article is open.", page)
        words.setObjectName("dim")
        button = QPushButton("Import articles…", page)
        button.setAccessibleName("Import articles")
        button.clicked.connect(self.import_clicked)
        rows = QVBoxLayout(page)
        rows.addStretch(1)
        rows.addWidget(words, alignment=Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)
        return page

    def _connect(self) -> None:
        hub, view = self._hub, self.view
        hub.document_opened.connect(self._on_document_opened)
        hub.changed.connect(self._on_changed)
        hub.changed.connect(self._on_tagged)
        hub.focus_moved.connect(self._on_focus_moved)
        view.set_captions(self._caption)
        view.selection_settled.connect(self._on_selection_settled)
        view.span_clicked.connect(self._on_span_clicked)
        view.menu_asked.connect(self._on_menu_asked)
        view.boundary_dragged.connect(self.desk.move_passage)
        view.cursorPositionChanged.connect(self.place_changed)
        view.selectionChanged.connect(self._on_selection_changed)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.popover.hide())
        self.popover.chosen.connect(self._on_label_chosen)
        self.desk.mode_changed.connect(self.popover.hide)
        self.desk.suggestions.follow()
        self.desk.suggestions.moved.connect(self._on_suggestion_moved)

    def _show_article(self) -> None:
        document = self._hub.document
        self.popover.hide()
        self._pages.setCurrentIndex(0 if document else 1)
        if document is None:
            self._reading = None
            self.view.clear_article()
        else:
            annotations = self._hub.annotations
            self._reading = at_once(self._readings.steps(document, self._settings().layout))
            self.view.show_article(self._reading, annotations.values(), annotations)
        self._show_header()
        self.place_changed.emit()

    def _text(self) -> str:
        """The text of the article, "" without one."""
        return self._hub.document.text if self._hub.document else ""

    def _show_header(self) -> None:
        document, layer = self._hub.document, self._hub.layer
        state = layer.state if layer else ""
        layout = self._settings().layout
        self.header.setText(about(document, layout, state, self._minutes) if document else "")
        self._align_header()

    def _align_header(self) -> None:
        """Put the line above the article where the article's column begins."""
        layout = self.view.document().documentLayout()
        left = layout.column.left if isinstance(layout, RoomyLayout) else 0
        self.header.setContentsMargins(left, 0, self._theme.px("pad", "large"), 0)
        self.find_bar.align(left)

    def _caption(self, annotation: Annotation) -> str:
        hub = self._hub
        if hub.document is None:
            return ""
        partners = [
            (each, hub.annotations[each.target])
            for each in self._links.at(annotation.id)
            if each.source == annotation.id and each.target in hub.annotations
        ]
        return caption(
            annotation,
            tagset=hub.tagset,
            text=hub.document.text,
            partners=partners,
            entities=hub.entities,
        )

    def _on_document_opened(self) -> None:
        self._links = Links(self._hub.relations.values())
        self._focused = ""
        if self._open:
            self._carets[self._open] = self.view.caret()
        self._open = self._hub.document.id if self._hub.document else ""
        self._show_article()
        if caret := self._carets.get(self._open):
            self.view.put_caret(caret)
            self.view.show_position(caret)
        self.finder.follow()

    def _on_changed(self, edit: Edit) -> None:
        layer = self._hub.layer
        if layer is None:
            return
        touched = {
            each.id
            for each in edit.touched("annotation")
            if isinstance(each.either, Annotation) and each.either.layer == layer.id
        }
        affected = set(touched)
        for each in touched:
            affected |= self._links.neighbours(each)
        self._links.follow(edit)
        for change in edit.touched("relation"):
            for link in (change.before, change.after):
                affected |= {getattr(link, "source", ""), getattr(link, "target", "")}
        self._repaint(affected)
        if any(edit.touched("entity")):
            self.view.set_captions(self._caption)
        if any(edit.touched("tagset")):
            self.set_theme(self._theme)
        if any(edit.touched("layer")) or any(edit.touched("document")):
            self._show_header()
        if any(edit.touched("relation")):
            self._light_partners()

    def _on_tagged(self, edit: Edit) -> None:
        for each in edit.touched("annotation"):
            if each.before is None and each.id in self._hub.annotations:
                self.popover.used(self._hub.annotations[each.id].label)

    def _repaint(self, ids: set[str]) -> None:
        ids = ids - {""}
        added = [self._hub.annotations[each] for each in ids if each in self._hub.annotations]
        if ids:
            self.view.patch(ids, added)

    def _on_focus_moved(self) -> None:
        focused = self._hub.focused
        self._focused = focused.id if focused else ""
        self._light_partners()

    def _on_suggestion_moved(self) -> None:
        if self.desk.suggestions.focused is not None:
            self.announcer.say(self.suggestion_strip.words)
        self.place_changed.emit()

    def _light_partners(self) -> None:
        focused = self._focused
        partners = self._links.neighbours(focused) if focused else set()
        self.view.set_focused(focused or None, partners)

    # Qt sends a signal's values by position.
    def _on_selection_settled(self, span: Span | None, by_mouse: bool) -> None:  # noqa: FBT001
        self.popover.hide()
        if span is None or not by_mouse or self._hub.project.read_only:
            return
        if not self.desk.take_selection(span):
            QTimer.singleShot(0, self, self._show_popover)

    def _on_selection_changed(self) -> None:
        if not self.view.textCursor().hasSelection():
            self.popover.hide()

    def _show_popover(self) -> None:
        if self.view.selected_span() is None:
            return
        place = self.view.margin_rect_for_selection()
        if place.width() >= self.popover.narrowest():
            corner = self.view.viewport().mapTo(self, place.topLeft())
            self.popover.show_at(QRect(corner, place.size()))
        else:  # no margin beside the text: a row above it, over the line about the article
            self.popover.show_above(
                self.view.geometry().top(), self.header.contentsMargins().left()
            )

    def _on_span_clicked(self, annotation: str) -> None:
        if annotation and self.desk.pick(annotation):
            return
        self.desk.leave_unless_armed()
        self.desk.suggestions.focus(annotation)
        self._hub.focus(annotation or None)

    def _on_menu_asked(self, point: QPoint, annotation: str | None) -> None:
        self.popover.hide()
        if annotation is not None:
            self.desk.leave()
            self.view.select(None)
            self._hub.focus(annotation or None)
        self.menu_asked.emit(self.view.viewport().mapToGlobal(point))

    def _on_label_chosen(self, label: str) -> None:
        self.popover.hide()
        self.desk.tag(label)
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)

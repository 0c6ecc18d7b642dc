"""The middle of the window: a line about the article, the article, and the popover of labels."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Document
from annotator.core.reading import Reading, raw_layout, reading_layout
from annotator.core.span import Span
from annotator.settings import USUAL_TEXT, Settings
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.look import ArticleLook
from annotator.ui.article.view import ArticleView
from annotator.ui.captions import caption
from annotator.ui.desk import Desk
from annotator.ui.hub import Hub
from annotator.ui.links import Links
from annotator.ui.popover import LabelPopover
from annotator.ui.theme import Theme


def article_look(
    theme: Theme, tagset_colors: Mapping[str, tuple[str, str]], size: int
) -> ArticleLook:
    """How articles look in a theme, with letters of `size` pixels.

    `tagset_colors` gives each label's colour in the tag set and its pattern.
    """
    tag = max(theme.px("size", "tag_min"), theme.px("size", "tag") * size // USUAL_TEXT)
    return ArticleLook(
        text=theme.text,
        background=theme.article,
        dim=theme.text_dim,
        focus=theme.focus,
        selection=theme.selection,
        accent=theme.accent,
        inks={name: theme.label_ink(color) for name, (color, _) in tagset_colors.items()},
        washes={name: theme.label_wash(color) for name, (color, _) in tagset_colors.items()},
        patterns={name: pattern for name, (_, pattern) in tagset_colors.items()},
        font=theme.font("serif", size),
        tag_font=theme.font("sans", tag, strong=True),
        line_height=theme.number("text", "line_height"),
        column_width=theme.px("text", "column"),
    )


def about(document: Document, layout: str, state: str) -> str:
    """The line above the article: file, length, language, layout and state."""
    name = document.meta.get("file") or document.title
    parts = [str(name), f"{len(document.text):,} characters", language_name(document.language)]
    parts.append("raw lines" if layout == "raw" else "reading layout")
    if state in ("done", "question"):
        parts.append(state)
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
        self._reading: Reading | None = None
        self.header = QLabel(self)
        self.view = ArticleView(self)
        self.desk = Desk(hub, self.view, self)
        self.popover = LabelPopover(hub.tagset, theme, self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self.show_snap()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme and in the size of letters that the settings have."""
        self._theme = theme
        colors = {each.name: (each.color, each.pattern) for each in self._hub.tagset.labels}
        self.view.set_look(article_look(theme, colors, self._settings().text_size))
        self.popover.fill(self._hub.tagset, theme)
        self._align_header()

    def show_snap(self) -> None:
        """Let selections by mouse grow as the settings say."""
        self.view.snap = self._settings().snap

    def show_layout(self) -> None:
        """Show the article in the layout that the settings have, the caret where it was."""
        caret = self.view.caret()
        self._show_article()
        if self._reading is not None:
            cursor = self.view.textCursor()
            cursor.setPosition(self._reading.to_widget(caret))
            self.view.setTextCursor(cursor)
        self._on_focus_moved()

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
        self.header.setObjectName("header")
        self.header.setFont(theme.font("sans", theme.px("size", "small")))
        self.header.setTextFormat(Qt.TextFormat.PlainText)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setTabChangesFocus(True)
        self.view.installEventFilter(self)
        page = QWidget(self)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, theme.px("pad", "page"), 0, 0)
        rows.setSpacing(theme.px("pad", "small"))
        rows.addWidget(self.header)
        rows.addWidget(self.view, 1)
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
        hub.focus_moved.connect(self._on_focus_moved)
        view.set_captions(self._caption)
        view.selection_settled.connect(self._on_selection_settled)
        view.span_clicked.connect(self._on_span_clicked)
        view.cursorPositionChanged.connect(self.place_changed)
        view.selectionChanged.connect(self._on_selection_changed)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.popover.hide())
        self.popover.chosen.connect(self._on_label_chosen)
        self.desk.mode_changed.connect(self.popover.hide)

    def _show_article(self) -> None:
        document = self._hub.document
        self.popover.hide()
        self._pages.setCurrentIndex(0 if document else 1)
        if document is None:
            self._reading = None
            self.view.clear_article()
        else:
            raw = self._settings().layout == "raw"
            self._reading = (raw_layout if raw else reading_layout)(document.text)
            self.view.show_article(self._reading, self._hub.annotations.values())
        self._show_header()
        self.place_changed.emit()

    def _show_header(self) -> None:
        document, layer = self._hub.document, self._hub.layer
        state = layer.state if layer else ""
        self.header.setText(about(document, self._settings().layout, state) if document else "")
        self._align_header()

    def _align_header(self) -> None:
        """Put the line above the article where the article's column begins."""
        layout = self.view.document().documentLayout()
        left = layout.column.left if isinstance(layout, RoomyLayout) else 0
        self.header.setContentsMargins(left, 0, self._theme.px("pad", "large"), 0)

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
        self._show_article()

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

    def _repaint(self, ids: set[str]) -> None:
        ids = ids - {""}
        added = [self._hub.annotations[each] for each in ids if each in self._hub.annotations]
        if ids:
            self.view.patch(ids, added)

    def _on_focus_moved(self) -> None:
        focused = self._hub.focused
        self._focused = focused.id if focused else ""
        self._light_partners()

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
        self._hub.focus(annotation or None)

    def _on_label_chosen(self, label: str) -> None:
        self.popover.hide()
        self.desk.tag(label)
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)

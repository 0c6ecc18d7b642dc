"""The middle of the Review perspective: a line about the article, and the article once."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.describe import isolated
from annotator.core.model import Annotation
from annotator.core.steps import at_once
from annotator.core.tagset import Tagset
from annotator.review.values import Place, Reviewed
from annotator.settings import Settings
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.view import ArticleView
from annotator.ui.panels.parts import ElidedLabel, plain_label
from annotator.ui.reading.captions import caption
from annotator.ui.reading.look import article_look
from annotator.ui.reading.readings import Readings
from annotator.ui.review.differences import Words
from annotator.ui.review.look import review_look
from annotator.ui.review.scene import Scene, changed, scene
from annotator.ui.theme import Theme

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class ReviewPage(QFrame):
    """Shows one article in review: gold, and the versions of one place."""

    clicked = Signal(str)
    """The place of this key was clicked on."""

    def __init__(self, theme: Theme, settings: Callable[[], Settings], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("article")
        self.setAccessibleName("Text")
        self._settings = settings
        self._readings = Readings()
        self._words: Words | None = None
        self._scene = Scene()
        self._source: object = None
        self.header = ElidedLabel("header", self)
        self.view = ArticleView(self)
        self.nothing = plain_label(name="dim", wrap=True)
        self.strips = QVBoxLayout()
        """Below the article."""
        self._pages = QStackedWidget(self)
        self._build(theme)

    @property
    def scene(self) -> Scene:
        """What is drawn."""
        return self._scene

    def set_theme(self, theme: Theme, tagset: Tagset) -> None:
        """Draw in this theme, and in the sizes that the settings have."""
        self.view.set_look(review_look(article_look(theme, tagset, self._settings()), tagset))
        self._align()

    def show_article(self, words: Words) -> None:
        """Show another article, from its beginning, and no place of it."""
        self._words, self._scene, self._source = words, Scene(), object()
        self._pages.setCurrentIndex(0)
        document = words.reviewed.document
        reading = at_once(self._readings.steps(document, self._settings().layout))
        self._scene = scene(words, None, None)
        self.view.set_levels(self._scene.levels)
        self.view.set_captions(self._caption)
        self.view.show_article(reading, self._scene.drawn.values())
        self.header.setText(about(words.reviewed))
        self._align()

    def show_nothing(self, why: str) -> None:
        """Show no article, and why."""
        self._words, self._scene = None, Scene()
        self.view.clear_article()
        self.nothing.setText(why)
        self._pages.setCurrentIndex(1)

    def forget(self) -> None:
        """Somebody else has drawn in the article: draw the next place wholly."""
        self.view.set_captions(self._caption)
        self._scene = Scene()

    def show_place(self, words: Words, place: Place | None, previewed: int | None) -> None:
        """Show a place of the article, one of its versions previewed; only what differs is drawn.

        `words` are of the same article, which may have changed.
        """
        before, self._words = self._scene, words
        self._scene = now = scene(words, place, previewed)
        self.view.set_levels(now.levels)
        focused = now.ring[0] if now.ring else None
        self.view.patch_focused(*changed(before, now), focused, now.ring[1:])
        if place is not None and focused is None:
            self.view.show_position(place.start)
        self.header.setText(about(words.reviewed))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._align)
        return super().eventFilter(watched, event)

    def _build(self, theme: Theme) -> None:
        self.header.setFont(theme.font("sans", theme.px("size", "small")))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.installEventFilter(self)
        self.view.span_clicked.connect(self._on_clicked)
        page, empty = QWidget(self), QWidget(self)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, theme.px("pad", "page"), 0, 0)
        rows.setSpacing(theme.px("pad", "small"))
        rows.addWidget(self.header)
        rows.addWidget(self.view, 1)
        rows.addLayout(self.strips)
        around = QVBoxLayout(empty)
        around.setContentsMargins(*[theme.px("pad", "page")] * 4)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(1)
        around.addWidget(self.nothing)
        around.addStretch(2)
        self._pages.addWidget(page)
        self._pages.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _align(self) -> None:
        """Put the line above the article where the article's column begins."""
        layout = self.view.document().documentLayout()
        left = layout.column.left if isinstance(layout, RoomyLayout) else 0
        self.header.setContentsMargins(left, 0, 16, 0)

    def _caption(self, annotation: Annotation) -> str:
        words = self._words
        if annotation.id in self._scene.tags:
            return self._scene.tags[annotation.id]
        if words is None:
            return ""
        gold = words.reviewed.gold
        known = {each.id: each for each in gold.annotations}
        partners = [
            (each, known[each.target])
            for each in gold.relations
            if each.source == annotation.id and each.target in known
        ]
        return caption(
            annotation,
            tagset=words.tagset,
            text=words.reviewed.document.text,
            partners=partners,
            entities=words.entities,
        )

    def _on_clicked(self, annotation: str) -> None:
        if key := self._scene.places.get(annotation):
            self.clicked.emit(key)


def about(reviewed: Reviewed) -> str:
    """The line above the article: file, how many have done it, and whether the review is blind."""
    document, count = reviewed.document, len(reviewed.layers)
    number = NUMBERS[count] if count < len(NUMBERS) else f"{count}"
    parts = [
        isolated(str(document.meta.get("file") or document.title)),
        f"{number} {'layer' if count == 1 else 'layers'} done",
    ]
    if reviewed.ground.rules.blind:
        parts.append("blind: who gave a version is shown after the decision")
    return " · ".join(parts)

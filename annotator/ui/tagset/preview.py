"""How a span of a label looks in the article, in each theme, drawn as the article draws it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.core.model import Annotation
from annotator.core.reading import raw_layout
from annotator.core.span import Span
from annotator.core.tagset import Label, Tagset
from annotator.settings import Settings
from annotator.ui.article.page import ArticlePage
from annotator.ui.panels.parts import plain_label
from annotator.ui.reading.look import article_look
from annotator.ui.theme import Theme

_SAMPLE = "words of a span"
_WORDS = 3
"""As many words of an example are shown, so that they stand on one line."""
_HEIGHT = 3.8
"""Of a line with its tag and lane, in heights of the letters."""


class Preview(QWidget):
    """One line of an article for each theme."""

    def __init__(self, themes: Sequence[Theme], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How it looks")
        self._themes = themes
        self._pages = [ArticlePage(self) for _ in themes]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(1)
        for column, (theme, page) in enumerate(zip(themes, self._pages, strict=True)):
            grid.addWidget(plain_label(theme.name.capitalize(), "dim"), 0, column)
            grid.addWidget(page, 1, column)
            page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            page.setAccessibleName(f"In the {theme.name} theme")

    def show_label(self, label: Label) -> None:
        """Show a span of this label."""
        words = " ".join(label.examples[0].split()[:_WORDS]) if label.examples else ""
        text = words or _SAMPLE
        article = replace(label, attributes=())  # so that it isn't quiet about its tag
        title = (label.title or label.name).upper()
        one = Annotation("preview", "", (Span(0, len(text)),), label.name)
        for theme, page in zip(self._themes, self._pages, strict=True):
            look = article_look(theme, Tagset("", labels=(article,)), Settings())
            page.set_look(look)
            page.set_captions(lambda _: title)
            page.show_article(raw_layout(text), (one,))
            page.setStyleSheet(f"background: {theme.article.name()}; color: {theme.text.name()}")
            page.setFixedHeight(round(_HEIGHT * look.font.pixelSize()))

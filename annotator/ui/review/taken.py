"""What rules took without asking: a sentence, and a list of which each line leads there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotator.core.describe import quoted
from annotator.core.text import counted
from annotator.review.queue import words_of
from annotator.review.standing import rule_of
from annotator.review.values import Place
from annotator.ui.panels.fold import Fold
from annotator.ui.panels.parts import plain_label
from annotator.ui.review.differences import Words
from annotator.ui.theme import Theme

_WORDS = 48
"""Code points of a place's words in a line."""
_SEEN = 8
"""Lines that are seen at once."""


class Taken(Fold):
    """Lists the places of the open article that were decided by a rule; Enter goes to one."""

    wanted = Signal(str)
    """The place of this key is wanted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Taken without asking", theme, parent)
        self.words = plain_label(name="dim", wrap=True)
        self.list = QListWidget(self)
        self.list.setObjectName("files")
        self.list.setAccessibleName("Taken without asking")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        self.rows.addWidget(self.list)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.words)
        self.unfolded.connect(lambda _open: self._fill())
        self._words: Words | None = None
        self._shown: list[str] = []

    def show_article(self, words: Words) -> None:
        """Show what was taken in this article."""
        self._words = words
        found = self._found()
        rules: dict[str, int] = {}
        for place in found:
            rule = rule_of(place.decisions[-1])
            rules[rule] = rules.get(rule, 0) + 1
        parts = (f"{counted(number, 'place')} ({rule})" for rule, number in rules.items())
        self.words.setText(f"{', '.join(parts)}." if rules else "Nothing in this article.")
        if self.is_open:
            self._fill()

    def _found(self) -> list[Place]:
        places = self._words.reviewed.places if self._words else ()
        return [
            each
            for each in places
            if each.status == "decided" and each.decisions and rule_of(each.decisions[-1])
        ]

    def _fill(self) -> None:
        """List them; only while the list is seen."""
        found = self._found() if self.is_open else []
        keys = [each.key for each in found]
        if keys == self._shown or self._words is None:
            return
        self._shown = keys
        self.list.clear()
        text, tagset = self._words.reviewed.document.text, self._words.tagset
        for place in found:
            titles = {tagset.label_title(each.label) for each in place.gold}
            title = tagset.relation_title(place.relation) if place.relation else ", ".join(titles)
            item = QListWidgetItem(f"{quoted(words_of(place, text), _WORDS)} {title.lower()}")
            item.setData(Qt.ItemDataRole.UserRole, place.key)
            self.list.addItem(item)
        height = self.list.sizeHintForRow(0) * max(1, min(_SEEN, len(found)))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 4)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))

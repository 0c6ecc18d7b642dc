"""The search box over the articles: words, phrases and facets, completed while one types."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from annotator.core.query import FACETS, Query, parse

SEARCH_DELAY = 120
"""Milliseconds of rest before a search runs."""
HELP = "Words, “a phrase”, -without · " + " ".join(f"{name}:" for name in FACETS)
_OFFERS = 12
_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """`values` gives what a facet can be, by its name."""

    asked = Signal(object)
    """A Query is to be searched for."""
    entered = Signal()
    """Enter was pressed: the first article found is wanted."""
    left_down = Signal()
    """The list below is wanted."""
    focus_changed = Signal()

    def __init__(
        self, values: Callable[[str], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values = values
        self._known: dict[str, Sequence[str]] = {}
        self.query = Query()
        self._offers = QStringListModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        popup = self._completer.popup()
        assert popup is not None  # it makes one
        self._popup = popup
        self._popup.setObjectName("offers")
        self._popup.setAccessibleName("What can be searched for")
        self._completer.activated.connect(self._on_taken)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self._timer.timeout.connect(self.ask)
        self.setPlaceholderText("Search text and titles")
        self.setAccessibleName("Search the articles")
        self.setAccessibleDescription(HELP)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(lambda _text: self._timer.start())
        self.textEdited.connect(lambda _text: self._offer())

    def ask(self) -> None:
        """Search for what stands in the box now."""
        self._timer.stop()
        query = parse(self.text())
        if query != self.query:
            self.query = query
            self.asked.emit(query)

    def set_state(self, state: str, *, wanted: bool) -> None:
        """Search for articles in this state, beside the rest; or no longer."""
        terms = [each for each in self.text().split() if each.lower() != f"state:{state}"]
        self.setText(" ".join([*terms, f"state:{state}"] if wanted else terms))
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup.isVisible() and event.key() in _KEYS and popup.currentIndex().isValid():
            event.ignore()  # the list of offers takes it
        elif event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left_down.emit()
        elif event.key() in _KEYS[1:]:
            popup.hide()
            self.ask()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._known.clear()
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def offers(self) -> list[str]:
        """How the term before the caret could go on."""
        term = self._term()
        sign, term = ("-", term[1:]) if term.startswith("-") else ("", term)
        name, colon, begun = term.partition(":")
        if not colon:
            begun = term.lower() if len(term) > 1 else "-"  # one letter begins too many words
            return [f"{sign}{each}:" for each in FACETS if each.startswith(begun)]
        if name.lower() not in FACETS or name.lower() == "note":
            return []
        if name not in self._known:
            self._known[name] = self._values(name.lower())
        sought = begun.strip('"').casefold()
        found = [each for each in self._known[name] if sought in each.casefold()]
        found.sort(key=lambda each: not each.casefold().startswith(sought))
        shown = (f'"{each}"' if " " in each else each for each in found[:_OFFERS])
        return [f"{sign}{name}:{each}" for each in shown if f"{name}:{each}" != term]

    def _term(self) -> str:
        """What stands between the caret and the last space before it that isn't quoted."""
        before = self.text()[: self.cursorPosition()]
        start = 0
        quoted = False
        for place, sign in enumerate(before):
            quoted ^= sign in '"“”'
            if sign == " " and not quoted:
                start = place + 1
        return before[start:]

    def _offer(self) -> None:
        offers = self.offers()
        self._offers.setStringList(offers)
        if offers and self.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_taken(self, offer: str) -> None:
        end = self.cursorPosition()
        start = end - len(self._term())
        rest = self.text()[end:]
        gap = "" if offer.endswith(":") or rest.startswith(" ") else " "
        self.setText(self.text()[:start] + offer + gap + rest)
        self.setCursorPosition(start + len(offer) + len(gap))
        if offer.endswith(":"):
            QTimer.singleShot(0, self, self._offer)
        else:
            self.ask()

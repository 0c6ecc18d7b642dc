"""What of the ledger is wanted: the layer, the articles, and what narrows what is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.core.dates import EXAMPLES, read_days
from annotator.core.model import STATES
from annotator.core.similar import ALIKE
from annotator.core.tagset import Tagset
from annotator.ledger.filters import Filter
from annotator.ui.hub import Hub
from annotator.ui.ledger.accounts import Wish
from annotator.ui.ledger.arranging import Offers
from annotator.ui.panels.parts import Check, Combo, as_tip, plain_label
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ledger.values import Days
    from annotator.store.reader import Reader

_PAUSE = 200
"""Milliseconds without a key after which what is typed counts."""
Choices = Sequence[tuple[str, object]]
"""Words to show, each with the value that it stands for."""
_LIKENESS: Choices = (
    ("repeats: almost the same words", ALIKE),
    ("repeats: similar words", 0.5),
    ("repeats: exactly the same words", 1.0),
)


def layer_choices(read: "Reader", who: str) -> list[tuple[str, str]]:
    """The layers that there are to choose from, gold first, then this person's own."""
    roles = read.layer_counts()
    people = {each.annotator for each in read.layers() if each.role == "annotator"}
    found = [("gold", "gold")] if "gold" in roles else []
    found += [
        (f"{each}’s layer", each) for each in sorted(people, key=lambda one: (one != who, one))
    ]
    return [*found, ("machines’ layers", "machine")] if "machine" in roles else found


class Asking(QWidget):
    """Two rows of fields; each change counts at once, or after a rest where one types.

    `selected` gives the ids of the articles that are selected in the Annotate perspective.
    """

    wished = Signal()
    """Another layer or other articles are wanted (`wish`)."""
    likened = Signal(float)
    """What is so much alike, from 0 to 1, is wanted as one."""
    narrowed = Signal()
    """Something else is wanted of what is read (`filter`)."""

    def __init__(
        self, hub: Hub, selected: Callable[[], Sequence[str]], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("What is shown")
        self._hub = hub
        self._selected = selected
        self._days: Days | None = None
        self._offered: tuple[Offers, Tagset] | None = None
        self.document = ""
        self.layer, self.articles = Combo(self), Combo(self)
        self.words, self.when = QLineEdit(self), QLineEdit(self)
        self.side, self.actor = Combo(self), Combo(self)
        self.label, self.state = Combo(self), Combo(self)
        self.alike = Combo(self)
        self.own_voice = Check("The articles’ own voice", self)
        self.reset = QPushButton("Show all", self)
        self.said = plain_label(name="error", wrap=True)
        self.said.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._build(theme)
        _fill(self.alike, _LIKENESS)
        self._connect()
        self.offer(Offers(), hub.tagset)

    @property
    def wish(self) -> Wish:
        """The layer and the articles."""
        scope = self.articles.currentData()
        documents: tuple[str, ...] = ()
        if scope == "open" and self.document:
            documents = (self.document,)
        elif scope == "selected":
            documents = tuple(self._selected())
        return Wish(str(self.layer.currentData() or ""), documents)

    @property
    def filter(self) -> Filter:
        """What is to be shown of it."""
        return Filter(
            side=self.side.currentData() or None,
            actor=self.actor.currentData() or "",
            days=self._days,
            label=self.label.currentData() or "",
            state=self.state.currentData() or None,
            own_voice=self.own_voice.isChecked(),
            words=self.words.text().strip(),
        )

    def offer_wishes(self, document: str) -> None:
        """Offer the layers and articles that there are now; `document` is the article looked at."""
        project = self._hub.project
        self.document = document or self.document
        _fill(self.layer, layer_choices(project.read, project.who))
        every = f"all articles ({project.read.count_documents():,})"
        articles: list[tuple[str, object]] = [(every, "all")]
        if self.document:
            articles.append(("the open article", "open"))
        if len(self._selected()) > 1:
            articles.append((f"the selected articles ({len(self._selected()):,})", "selected"))
        _fill(self.articles, articles)

    def offer(self, offers: Offers, tagset: Tagset) -> None:
        """Offer what a ledger can be narrowed by; what is chosen stays chosen."""
        if (offers, tagset) == self._offered:
            return
        self._offered = offers, tagset
        _fill(self.side, [("any side", ""), *((each, each) for each in offers.sides)])
        actors = [(name, entity) for entity, name in offers.actors.items()]
        _fill(self.actor, [("any actor", ""), *actors])
        labels = [(tagset.label_title(each), each) for each in offers.labels]
        _fill(self.label, [("any label", ""), *labels])
        states = [(each, each) for each in STATES if each in offers.states]
        _fill(self.state, [("any state", ""), *states])

    def show_all(self) -> None:
        """Narrow nothing any more."""
        for each in (self.side, self.actor, self.label, self.state):
            with QSignalBlocker(each):
                each.setCurrentIndex(0)
        for line in (self.words, self.when):
            with QSignalBlocker(line):
                line.clear()
        self._take()

    def take_focus(self) -> None:
        """Take the keyboard where words are typed."""
        self.words.setFocus()
        self.words.selectAll()

    def _build(self, theme: Theme) -> None:
        names: Mapping[QWidget, str] = {
            self.layer: "Layer",
            self.articles: "Articles",
            self.words: "Words",
            self.side: "Side",
            self.actor: "Actor",
            self.label: "Label",
            self.state: "State of the layer",
            self.when: "When",
            self.alike: "What several articles repeat is shown once",
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        self.words.setPlaceholderText("words in claims and denials")
        self.words.setClearButtonEnabled(True)
        self.when.setPlaceholderText("when, such as 2022-09")
        self.when.setToolTip(as_tip(f"When it was, such as {EXAMPLES}"))
        self.when.setAccessibleDescription(f"such as {EXAMPLES}")
        rows: tuple[tuple[tuple[QWidget, int], ...], ...] = (
            (
                (self.layer, 2),
                (self.articles, 2),
                (self.words, 3),
                (self.alike, 3),
                (self.own_voice, 0),
            ),
            (
                *((self.side, 2), (self.actor, 3), (self.label, 2), (self.state, 2)),
                *((self.when, 3), (self.reset, 0)),
            ),
        )
        self._lay_out(rows, theme.px("pad", "small"))

    def _lay_out(self, rows: Sequence[Sequence[tuple[QWidget, int]]], gap: int) -> None:
        """Put the fields into rows, each with its share of the width; Tab goes along them."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        before: QWidget | None = None
        for widgets in rows:
            row = QHBoxLayout()
            row.setSpacing(gap)
            for widget, share in widgets:
                row.addWidget(widget, share)
                if before is not None:
                    self.setTabOrder(before, widget)
                before = widget
            column.addLayout(row)
        column.addWidget(self.said)

    def _connect(self) -> None:
        for wish in (self.layer, self.articles):
            wish.currentIndexChanged.connect(lambda _index: self.wished.emit())
        self.alike.currentIndexChanged.connect(
            lambda _index: self.likened.emit(self.alike.currentData())
        )
        for combo in (self.side, self.actor, self.label, self.state):
            combo.currentIndexChanged.connect(lambda _index: self._take())
        for line in (self.words, self.when):
            line.textChanged.connect(lambda _text: self._pause.start())
            line.returnPressed.connect(self._take)
        self._pause.timeout.connect(self._take)
        self.own_voice.toggled.connect(lambda _on: self._take())
        self.reset.clicked.connect(self.show_all)

    def _take(self) -> None:
        """What is asked for counts from now on; a date that isn't one is told, and doesn't."""
        self._pause.stop()
        typed, problem = self.when.text().strip(), ""
        try:
            self._days = read_days(typed) if typed else None
        except ValueError as error:
            self._days, problem = None, str(error)
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        self.narrowed.emit()


def _fill(combo: Combo, choices: Choices) -> None:
    """Give a choice its values without telling; the one chosen stays, else it is the first."""
    before = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for words, value in choices:
            combo.addItem(words, value)
        combo.setCurrentIndex(max(0, combo.findData(before)) if choices else -1)
    combo.setEnabled(bool(choices))

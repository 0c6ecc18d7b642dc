"""What applying the draft will do, a sentence each, with a choice where a person has to choose."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from annotator.core.model import Attributes, Entity
from annotator.core.revision.changes import Difference, differences
from annotator.core.revision.draft import Kind, Place, find, owners, settled
from annotator.core.revision.words import sentence
from annotator.store.reader import Reader
from annotator.ui.panels.parts import Combo, plain_label
from annotator.ui.tagset.sheet import Sheet
from annotator.ui.theme import Theme

_PAUSE = 150
"""Milliseconds without a change after which the effects are looked up."""
_WIDTH = 3
"""As many widths of a list are the sentences and their choices wide at most."""
_LETTERS = 18
"""Letters of a choice that are seen."""
_MOST = 60
"""As many differences are listed."""


class Uses:
    """What the annotations use of the tag set, each thing read once."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._labels: dict[str, int] | None = None
        self._links: dict[tuple[str, str, str], int] | None = None
        self._sets: dict[tuple[Kind, str], list[tuple[Attributes, int]]] = {}

    def counts_by_label(self) -> dict[str, int]:
        """Annotations by label."""
        if self._labels is None:
            self._labels = self._read.counts_by_label()
        return self._labels

    def link_counts(self) -> dict[tuple[str, str, str], int]:
        """Links by type, label of the source, and label of the target."""
        if self._links is None:
            self._links = self._read.link_counts()
        return self._links

    def attribute_sets(self, kind: Kind, name: str) -> list[tuple[Attributes, int]]:
        """The different attributes under a label or relation type, and how often they come."""
        if (kind, name) not in self._sets:
            self._sets[kind, name] = list(self._read.attribute_sets(kind, name))
        return self._sets[kind, name]

    def entities(self) -> Iterator[Entity]:
        """The register of entities."""
        return self._read.entities()


class Effects(QScrollArea):
    """The list of differences between the tag set as it is and the draft."""

    shown = Signal()
    """The list is up to date again."""

    def __init__(
        self, sheet: Sheet, read: Reader, who: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._read = read
        self._who = who
        self._uses = Uses(read)
        self._theme = theme
        self.found: list[Difference] = []
        self.setAccessibleName("What will change")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.look)
        sheet.changed.connect(self._timer.start)
        self.look()

    @property
    def open(self) -> list[Difference]:
        """Those of which a person has still to say what becomes of the annotations."""
        return [each for each in self.found if each.asks and each.place not in self._sheet.decided]

    @property
    def concerned(self) -> list[Difference]:
        """Those that change annotations or links."""
        return [each for each in self.found if each.count or each.links]

    def go_to_open(self) -> str:
        """Go to the first choice that is still to be made; the sentence that it stands behind."""
        page = self.widget()
        for choice in page.findChildren(Combo) if page is not None else ():
            if choice.itemData(0) is None:  # “Choose…”
                choice.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(choice)
                return choice.accessibleName()
        return ""

    def look(self) -> None:
        """Look up what changes, now, and show it."""
        self._timer.stop()
        draft = self._sheet.draft
        self.found = differences(draft, self._uses) if self._sheet.touched else []
        page = QWidget(self)
        page.setObjectName("effects")
        page.setMaximumWidth(_WIDTH * self._theme.px("layout", "list_width"))
        grid = QGridLayout(page)
        pad = self._theme.px("pad", "large")
        grid.setContentsMargins(pad, self._theme.px("pad", "small"), pad, 0)
        grid.setVerticalSpacing(self._theme.px("pad", "tiny"))
        grid.setColumnStretch(0, 1)
        lines = [*self.found[:_MOST]]
        for row, each in enumerate(lines):
            words = plain_label(
                sentence(each, draft), "strong" if each in self.open else "", wrap=True
            )
            grid.addWidget(words, row, 0)
            choice = self._choice(each)
            if choice is not None:
                grid.addWidget(choice, row, 1)
        for row, told in enumerate(self._notes(len(self.found) - len(lines)), len(lines)):
            grid.addWidget(plain_label(told, "dim", wrap=True), row, 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(page)
        self.shown.emit()

    def _notes(self, more: int) -> Iterator[str]:
        """What is to be said below the list."""
        if more > 0:
            yield f"… and {more:,} more."
        used = [each for each in self.found if each.count]
        names: dict[Kind, list[str]] = {
            kind: [each.place.owner for each in used if each.place.kind == kind]
            for kind in ("label", "relation")
        }
        others = [
            name
            for name in (
                self._read.annotators_of(names["label"], names["relation"]) if used else ()
            )
            if name != self._who
        ]
        if others:
            yield f"The work of others changes too: {', '.join(others)}."
        if not self.found:
            yield "Nothing changes yet."

    def _choice(self, each: Difference) -> Combo | None:
        """What can become of what is gone; None where nothing is to be chosen."""
        place, sheet = each.place, self._sheet
        decided = place in sheet.decided
        whole = bool(place.attribute) and place.value is None  # an attribute just goes
        if not each.count or whole or not (decided or each.what == "removed"):
            return None
        choice = Combo(self)
        choice.setMinimumContentsLength(_LETTERS)
        choice.setAccessibleName(sentence(each, sheet.draft))
        if each.asks and not decided:
            choice.addItem("Choose…")
        nouns = {"label": "remove the annotations", "relation": "remove the links"}
        choice.addItem("take it away" if place.attribute else nouns[place.kind], (None,))
        for name, title in self._targets(place):
            choice.addItem(f"make it “{title}”", (name,))
            if name == each.now:
                choice.setCurrentIndex(choice.count() - 1)
        choice.activated.connect(lambda _: self._on_chosen(place, choice.currentData()))
        return choice

    def _targets(self, place: Place) -> list[tuple[str, str]]:
        """What a place that is gone can become: names, and what people read for them."""
        draft = self._sheet.draft
        if place.value is None:
            return [(one.name, one.title or one.name) for one in owners(draft.after, place.kind)]
        owner = draft.destination(replace(place, attribute="", value=None))
        name = draft.destination(replace(place, value=None))
        schema = find(draft.after, place.kind, owner or "")
        attribute = schema.attribute(name) if schema and name is not None else None
        return [(value, value) for value in (attribute.values if attribute else ())]

    def _on_chosen(self, place: Place, fate: tuple[str | None] | None) -> None:
        if fate is not None:
            self._sheet.decide(settled(self._sheet.draft, place, fate[0]), place)

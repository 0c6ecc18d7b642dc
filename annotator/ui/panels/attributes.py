"""Editors of attributes, one kind for each type of the tag set, and the form that holds them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.core.codecs import DAY_HINT, Codec, codec_of, dated, show_days, shown
from annotator.core.dates import EXAMPLES
from annotator.core.edits import Change
from annotator.core.model import Attributes
from annotator.core.tagset import Attribute
from annotator.ui.gestures.modes import Slot
from annotator.ui.hub import Hub
from annotator.ui.panels.choices import ChoiceEditor, ChoicesEditor, FlagEditor
from annotator.ui.panels.editors import NOT_SAVED, Editor, Line, Save, row_title, titled
from annotator.ui.panels.entities import EntityEditor
from annotator.ui.theme import Theme


class LineEditor(Editor):
    """A value that is typed on one line."""

    def __init__(self, title: str, save: Save, codec: Codec, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self._codec = codec
        self.line = Line(title, self)
        self.line.setPlaceholderText(codec.hint)
        self.line.returnPressed.connect(self._on_entered)
        self.line.editingFinished.connect(self.commit)
        self.line.textEdited.connect(self._on_typed)
        self._place(self.line)

    @property
    def pending(self) -> bool:
        return self.line.pending

    def show_value(self, value: Any) -> None:
        self.line.show_saved(self._codec.show(value))
        if not self.line.pending:
            self.show_problem("")

    def commit(self) -> str:
        if not self.line.pending:
            return ""
        try:
            value = self._codec.read(self.line.text())
        except ValueError as error:
            self.show_problem(str(error))
            return str(error)
        self.show_problem("")
        if not self._save(value, ()):
            self.show_problem(NOT_SAVED)
            return f"“{self.line.text()}” could not be saved."
        self.line.accept_saved(self._codec.show(value))
        return ""

    def discard(self) -> None:
        self.line.discard()
        self.show_problem("")

    def stops(self) -> list[QWidget]:
        return [self.line]

    def typed_in(self) -> QWidget:
        return self.line

    def _on_typed(self, text: str) -> None:
        """Say at once what can't become a value by typing on."""
        self.show_problem(self._codec.hopeless(text))


class DateEditor(Editor):
    """A date or a range of days, and the words for it that the text has."""

    def __init__(self, title: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self.days = Line(title, self)
        self.days.setPlaceholderText(DAY_HINT)
        self.days.setToolTip(
            f"Type a date, a month, a year or a range: {EXAMPLES}. Down repeats the last one."
        )
        self._latest = ""
        """The days that were saved here last, for whichever span."""
        self.words = Line(f"{title}, in the words of the text", self)
        self.words.setPlaceholderText("in the words of the text")
        for line in (self.days, self.words):
            line.returnPressed.connect(self._on_entered)
            line.editingFinished.connect(self.commit)
            line.textEdited.connect(lambda _text: self.show_problem(""))
        self._place(self.days, self.words)

    def show_inherited(self, value: Any, origin: str) -> None:
        """Show, where there is no date, the one that is taken over from `origin`, if any."""
        days = show_days(value)
        self.days.setPlaceholderText(f"{days}, {origin}" if days else DAY_HINT)
        self.days.setAccessibleDescription(f"{days}, {origin}" if days else "")

    def show_value(self, value: Any) -> None:
        self.days.show_saved(show_days(value))
        self.words.show_saved(shown(value.get("text")) if isinstance(value, dict) else "")
        if not self.pending:
            self.show_problem("")

    def commit(self) -> str:
        if not self.pending:
            return ""
        words = self.words.text().strip()
        try:
            value = dated(self.days.text(), words) if self.days.text().strip() else None
        except ValueError as error:
            self.show_problem(str(error))
            return str(error)
        if value is None and words:
            self.show_problem("Type the date too, such as 2022-09-12.")
            return f"“{words}” needs a date too."
        if not self._save(value, ()):
            self.show_problem(NOT_SAVED)
            return f"“{self.days.text()}” could not be saved."
        self.days.accept_saved(show_days(value))
        self.words.accept_saved(words)
        self._latest = show_days(value) or self._latest
        self.show_problem("")
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and self.days.hasFocus()
        if down and self._latest and not self.days.text().strip():
            self.days.setText(self._latest)
        else:
            super().keyPressEvent(event)

    def discard(self) -> None:
        self.days.discard()
        self.words.discard()
        self.show_problem("")

    def stops(self) -> list[QWidget]:
        return [self.days, self.words]

    def typed_in(self) -> QWidget:
        return self.days

    @property
    def pending(self) -> bool:
        return self.days.pending or self.words.pending


def editor_of(attribute: Attribute, save: Save, hub: Hub, theme: Theme) -> Editor:
    """The editor for an attribute of this type."""
    title = titled(attribute.name)
    several = attribute.several
    match attribute.type:
        case "entity":
            return EntityEditor(title, save, hub, theme, several=several)
        case "choice":
            choice = ChoicesEditor if several else ChoiceEditor
            return choice(title, save, attribute.values)
        case "flag" if not several:
            return FlagEditor(title, save)
        case "date" if not several:
            return DateEditor(title, save)
        case _:
            return LineEditor(title, save, codec_of(attribute))


class AttributesForm(QWidget):
    """The editors of all attributes of a label or a relation.

    `save` is given the attribute's name, the value (None takes it away) and the changes that come
    before, and tells whether it was saved.
    """

    def __init__(
        self,
        attributes: Iterable[Attribute],
        save: Callable[[str, Any, tuple[Change, ...]], bool],
        hub: Hub,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        titles: bool = True,
    ) -> None:
        super().__init__(parent)
        self.editors: dict[str, Editor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px("pad", "small"))
        grid.setColumnStretch(1, 1)
        if titles:
            grid.setColumnMinimumWidth(0, theme.px("layout", "control_height") * 2)
        for row, each in enumerate(attributes):
            editor = editor_of(each, _saver(save, each.name), hub, theme)
            self.editors[each.name] = editor
            if titles and each.type != "flag":
                title = row_title(editor.title)
                title.setFixedWidth(theme.px("layout", "control_height") * 2)
                title.setBuddy(editor.stops()[0])
                grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, row, 1)

    def show_values(self, values: Attributes, *, writable: bool = True) -> None:
        """Show these saved values; text that is pending stays."""
        for name, editor in self.editors.items():
            editor.show_value(values.get(name))
            editor.set_writable(writable=writable)
        self._compare(values)

    def commit(self) -> list[str]:
        """Save what is pending; sentences about what can't be saved."""
        found = ((each.title, each.commit()) for each in self.editors.values())
        return [f"{title}: {problem}" for title, problem in found if problem]

    def discard(self) -> None:
        """Forget what is pending."""
        for editor in self.editors.values():
            editor.discard()

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        return [stop for editor in self.editors.values() for stop in editor.stops()]

    def show_letters(self, letters: Mapping[Slot, str]) -> None:
        """Show the letters that fill in; none takes them away."""
        for name, editor in self.editors.items():
            own = {slot.value: each for slot, each in letters.items() if slot.attribute == name}
            editor.show_letters(own)

    def show_inherited(self, values: Attributes, origin: str) -> None:
        """Show the dates that are taken over from `origin` ("from the claim around it")."""
        for name, editor in self.editors.items():
            if isinstance(editor, DateEditor):
                editor.show_inherited(values.get(name), origin)

    def set_words(self, words: str) -> None:
        """Tell the editors the words of the text that their values are about."""
        for editor in self.editors.values():
            if isinstance(editor, EntityEditor):
                editor.words = words

    def focused_name(self) -> str | None:
        """The name of the attribute that the keyboard is with."""
        for name, editor in self.editors.items():
            if any(stop.hasFocus() for stop in editor.stops()):
                return name
        return None

    def _compare(self, values: Attributes) -> None:
        """Advise where a count's ends are the wrong way round; that is no reason not to save."""
        low, high = values.get("low"), values.get("high")
        editor = self.editors.get("high")
        if isinstance(editor, LineEditor) and not editor.line.pending:
            crossed = isinstance(low, int) and isinstance(high, int) and high < low
            editor.show_problem(f"This is below the low of {low}." if crossed else "")


def _saver(save: Callable[[str, Any, tuple[Change, ...]], bool], name: str) -> Save:
    return lambda value, others: save(name, value, others)

"""The options of a format as fields of a form."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.formats.base import Option, Options
from annotator.ui.panels.parts import Combo, as_tip, plain_label

ENCODINGS = (
    *("utf-8", "utf-16", "cp1252", "iso8859-15", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1254"),
    *("cp1255", "cp1256", "cp1257", "gb18030", "big5", "shift_jis", "euc_jp", "cp949"),
)
"""Those that are offered; the ones of which most texts are."""
_TITLES = {"url": "URL", "id": "ID"}
Choices = Sequence[tuple[str, str]]
"""Words to show, each with the value that it stands for."""


def plain_form() -> QFormLayout:
    """A form whose fields are as wide as there is room, and go below long titles."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_field(form: QFormLayout, title: str, field: QWidget, note: str = "") -> None:
    """A line of a form, named for assistive programs, with a note on it as a tooltip."""
    label = plain_label(title)
    label.setBuddy(field)
    field.setAccessibleName(title)
    if note:
        field.setAccessibleDescription(note)
        for each in (label, field):
            each.setToolTip(as_tip(note))
    form.addRow(label, field)


def scrolled(form: QFormLayout, parent: QWidget) -> QScrollArea:
    """A form that scrolls where it has no room."""
    page = _Page(parent)
    page.setObjectName("page")
    page.setLayout(form)
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def fill(combo: Combo, choices: Choices, chosen: str = "") -> None:
    """Give a choice its values, the first one chosen where `chosen` is none of them."""
    combo.clear()
    for words, value in choices:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))


class _Page(QWidget):
    """A page that is never lower than its layout needs at its width: words that wrap need more."""

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        layout = self.layout()
        if layout is not None and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(max(0, layout.heightForWidth(self.width())))
        return handled


class OptionFields(QWidget):
    """A field for each option: a choice, or a line to type in; Tab comes to them from `before`."""

    changed = Signal()
    """A person gave an option another value."""

    def __init__(self, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Combo | QLineEdit] = {}
        self._before = before
        self._page = QWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)

    def show_options(
        self,
        options: Sequence[Option],
        values: Options,
        offered: Mapping[str, Choices] = MappingProxyType({}),
    ) -> None:
        """Show these options with their values; `offered` are choices where an option has none.

        The keyboard stays on the option of the same name.
        """
        focused = next((name for name, field in self.fields.items() if field.hasFocus()), "")
        old, self._page, self.fields = self._page, QWidget(self), {}
        form = plain_form()
        form.setContentsMargins(0, 0, 0, 0)
        self._page.setLayout(form)
        for each in options:
            field = self._field(each, values, offered)
            add_field(form, _TITLES.get(each.name) or each.name.capitalize(), field, each.note)
            if each.name not in offered:
                form.addRow(plain_label(each.note, "dim", wrap=True))
            self.fields[each.name] = field
        for one, other in pairwise((self._before, *self.fields.values())):
            self.setTabOrder(one, other)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(old, self._page)
        old.hide()
        old.deleteLater()
        self._page.show()
        self.setVisible(bool(options))
        if focused in self.fields:
            self.fields[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, str]:
        """What is chosen, without what is left to the format."""
        found = {
            name: str(field.currentData()) if isinstance(field, Combo) else field.text().strip()
            for name, field in self.fields.items()
        }
        return {name: value for name, value in found.items() if value}

    def _field(
        self, option: Option, values: Options, offered: Mapping[str, Choices]
    ) -> "Combo | QLineEdit":
        choices = offered.get(option.name) or _choices(option)
        field = self._choice(choices) if choices else self._line()
        value = values.get(option.name, option.default)
        if isinstance(field, Combo):
            field.setCurrentIndex(max(0, field.findData(value)))
        else:
            field.setText(value)
        return field

    def _choice(self, choices: Choices) -> Combo:
        combo = Combo(self)
        fill(combo, choices)
        combo.activated.connect(self.changed)
        return combo

    def _line(self) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText("as usual")
        line.editingFinished.connect(lambda: self._on_typed(line))
        return line

    def _on_typed(self, line: QLineEdit) -> None:
        if line.isModified():  # Enter and the leaving keyboard both end typing
            line.setModified(False)
            self.changed.emit()


def _choices(option: Option) -> list[tuple[str, str]]:
    """The values of an option in words; none where it is free text."""
    if option.name == "encoding":
        return [("found out", ""), *((each, each) for each in ENCODINGS)]
    listed = [(each or "as usual", each) for each in option.choices]
    if listed and option.default not in option.choices:
        listed.insert(0, ("as usual", option.default))
    return listed

"""The dialog before an import: how each file is read, whose work it is, what it is called here."""

import os
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.model import RESERVED_NAMES, ROLES, STATES
from annotator.core.rules import name_problem
from annotator.core.text import counted
from annotator.formats.base import Source
from annotator.formats.registry import formats
from annotator.formats.table.format import NONE, proposal
from annotator.transfer import Imported, Survey, Way, Wishes, survey
from annotator.transfer.survey import SAMPLES
from annotator.ui.exchange.background import Background
from annotator.ui.exchange.fields import Choices, OptionFields, add_field, fill, plain_form
from annotator.ui.exchange.naming import KINDS, NameFields, heading
from annotator.ui.exchange.preview import page, sentence
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import Check, Combo, plain_label
from annotator.ui.room import fit
from annotator.ui.theme import Theme

_LETTERS = 150
_HEIGHT = 760
_ROWS = 6
"""Files that are seen at once."""
_AS_IN_FILE = "as in the file"
_ROLE_OF = {"published": "date"}
"""The option's name of a column's role, where it is another one."""


class ImportDialog(QDialog):
    """Looks into the files while it asks; what is chosen goes out as Wishes when it ends well."""

    wished = Signal(object)

    def __init__(self, hub: Hub, sources: Sequence[Source], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import")
        self._hub = hub
        self._sources = list(sources)
        self._titles = _short([each.name for each in sources])
        self._ways: dict[str, Way] = {}
        self._surveys: dict[str, Survey] = {}
        self._background = Background(self)
        self.files = QListWidget(self)
        self.format = Combo(self)
        self.options = OptionFields(self.format, self)
        self.alike = Check("", self)
        self.annotator = QLineEdit(self)
        self.role, self.state = Combo(self), Combo(self)
        known = hub.project.read
        self._people = [each.name for each in known.annotators()]
        self.names = NameFields(
            {
                "labels": [each.name for each in hub.tagset.labels],
                "relations": [each.name for each in hub.tagset.relations],
                "annotators": self._people,
            },
            self.state,
            self,
        )
        self.preview = QTextBrowser(self)
        self.said = plain_label(name="dim", wrap=True)
        self.cancel = QPushButton("Cancel", self)
        self.import_ = QPushButton("Import", self)
        self._layered: list[QWidget] = []
        self._shown: tuple[object, ...] = ()
        self._build(theme)
        self._connect()
        self.files.setCurrentRow(0)
        self.files.setFocus()

    @property
    def source(self) -> Source:
        """The current file."""
        return self._sources[max(0, self.files.currentRow())]

    def wishes(self) -> Wishes:
        """What was chosen."""
        given = Imported(
            self.annotator.text().strip(),
            self.role.currentData() or None,
            self.state.currentData() or None,
        )
        return Wishes(dict(self._ways), given, self.names.renaming())

    def accept(self) -> None:
        wishes = self.wishes()
        super().accept()
        self.wished.emit(wishes)

    def done(self, result: int) -> None:
        self._background.stop()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), QLineEdit | Combo):
            event.accept()  # it ends typing; to import is another step
        else:
            super().keyPressEvent(event)

    # What is seen

    def _build(self, theme: Theme) -> None:
        for each in self._sources:
            self.files.addItem(self._titles[each.name])
        self.files.setObjectName("files")
        self.files.setAccessibleName("Files")
        self.files.setUniformItemSizes(True)
        row = self.files.sizeHintForRow(0)
        self.files.setFixedHeight((min(len(self._sources), _ROWS) + 1) * row)
        self.annotator.setPlaceholderText(_AS_IN_FILE)
        self.annotator.setCompleter(QCompleter(self._people, self.annotator))
        for combo, values in ((self.role, ROLES), (self.state, STATES)):
            fill(combo, [(_AS_IN_FILE, ""), *((each, each) for each in values)])
        column = QWidget(self)
        column.setObjectName("page")
        column.setLayout(self._form(theme))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(column)
        self.preview.setAccessibleName("Preview")
        self.preview.setOpenLinks(False)
        self.preview.setTabChangesFocus(True)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setChildrenCollapsible(False)
        for stretch, pane in ((2, area), (3, self.preview)):
            panes.addWidget(pane)
            panes.setStretchFactor(panes.count() - 1, stretch)
        self.import_.setObjectName("primary")
        self.import_.setDefault(True)
        self.cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.import_)
        whole = QVBoxLayout(self)
        whole.addWidget(panes, 1)
        whole.addLayout(buttons)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))
        panes.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])

    def _form(self, theme: Theme) -> QFormLayout:
        form = plain_form()
        form.setVerticalSpacing(theme.px("pad", "small"))
        form.addRow(self.files)
        add_field(form, "Format", self.format)
        form.addRow(self.options)
        form.addRow(self.alike)
        self._layered.append(heading(form, "Whose work"))
        for title, field in (
            ("Annotator", self.annotator),
            ("Role", self.role),
            ("State", self.state),
        ):
            add_field(form, title, field)
            self._layered.append(field)
        self._layered += [heading(form, "Names in the project"), self.names]
        form.addRow(self.names)
        titles = (form.labelForField(each) for each in tuple(self._layered))
        self._layered += [each for each in titles if each is not None]
        return form

    def _connect(self) -> None:
        self.files.currentRowChanged.connect(self._on_file)
        self.format.activated.connect(self._on_format)
        self.options.changed.connect(self._on_options)
        self.names.changed.connect(self._show_preview)
        self.annotator.textChanged.connect(self._show_total)
        self.cancel.clicked.connect(self.reject)
        self.import_.clicked.connect(self.accept)

    def _on_file(self) -> None:
        suffix = _suffix(self.source)
        same = [each for each in self._sources if _suffix(each) == suffix]
        self.alike.setVisible(len(same) > 1)
        self.alike.setText(
            f"The same for all {len(same):,} files like this ({suffix or 'no ending'})"
        )
        self.alike.setChecked(True)
        self._show_way()
        self._look()

    def _show_way(self) -> None:
        """Show how the current file is read; what is typed stays where that is the same."""
        way, found = self._way(), self._surveys.get(self.source.name)
        told = found.format if found and not way.format else ""
        readable = [(each.name, each.name) for each in formats().values() if each.read]
        as_found = f"as found: {told}" if told else "as found"
        fill(self.format, [(as_found, ""), *readable], way.format)
        name = way.format or told
        options = formats()[name].reading if name in formats() else ()
        offered = self._columns(way) if name == "table" else {}
        shown = self.source, name, offered
        if shown != self._shown:
            self._shown = shown
            self.options.show_options(options, way.options, offered)

    def _columns(self, way: Way) -> dict[str, Choices]:
        """The columns of a table that each role can have, with what is proposed."""
        try:
            found = proposal(self.source, {**way.options, **dict.fromkeys(_roles(), "")})
        except (UserError, OSError):
            return {}
        listed = [(each, each) for each in found.columns]
        offered: dict[str, Choices] = {}
        for role in _roles():
            column = {_ROLE_OF.get(key, key): value for key, value in found.mapping.items()}.get(
                role
            )
            likely = f"as proposed: {column}" if column else "as proposed: none"
            none = [("none", NONE)] if role != "text" else []
            offered[role] = [(likely, ""), *none, *listed]
        return offered

    # What a person changes

    def _way(self) -> Way:
        return self._ways.get(self.source.name, Way())

    def _on_format(self) -> None:
        self._go(Way(str(self.format.currentData())))
        self._show_way()

    def _on_options(self) -> None:
        self._go(Way(self._way().format, self.options.values()))

    def _go(self, way: Way) -> None:
        """Read the current file, and those like it if that is wanted, in another way."""
        suffix = _suffix(self.source)
        alike = self.alike.isVisibleTo(self) and self.alike.isChecked()
        for each in self._sources:
            if each is self.source or (alike and _suffix(each) == suffix):
                self._ways[each.name] = way
                self._surveys.pop(each.name, None)
        self._look()

    # The look into the files

    def _look(self) -> None:
        """Look into the current file a little, then into all of each."""
        self._background.stop()
        self._show_preview()
        self._next()

    def _next(self) -> None:
        current, most = self.source, None
        if current.name not in self._surveys:
            most = SAMPLES
        else:
            left = (each for each in (current, *self._sources) if not self._known(each))
            found = next(left, None)
            if found is None:
                self._show_total()
                return
            current = found
        self._background.start(
            survey(self._hub.project.read, current, self._ways.get(current.name, Way()), most=most),
            done=partial(self._on_surveyed, current),
            failed=self.said.setText,
        )

    def _known(self, source: Source) -> bool:
        return source.name in self._surveys and self._surveys[source.name].whole

    def _on_surveyed(self, source: Source, found: Survey) -> None:
        first = source.name not in self._surveys
        self._surveys[source.name] = found
        self.files.item(self._sources.index(source)).setText(
            f"{self._titles[source.name]} · {sentence(found)}"
        )
        if source is self.source:
            if first:
                self._show_way()
            self._show_preview()
        self._show_names()
        self._show_total()
        self._next()

    def _show_preview(self) -> None:
        found = self._surveys.get(self.source.name)
        if found is None:
            self.preview.setPlainText("Reading …")
            return
        place = self.preview.verticalScrollBar().value()
        hub = self._hub
        self.preview.setHtml(page(found, self.names.renaming(), hub.tagset, hub.project.who))
        self.preview.verticalScrollBar().setValue(place)

    def _show_names(self) -> None:
        found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        layered = False
        for each in self._surveys.values():
            for kind in KINDS:
                found[kind].update(getattr(each, kind))
            layered |= each.format in formats() and formats()[each.format].layers != "none"
        for widget in self._layered:
            widget.setVisible(layered)
        self.names.offer(found)

    def _show_total(self) -> None:
        name = self.annotator.text().strip()
        problem = name_problem(name) if name and name not in RESERVED_NAMES else None
        self.import_.setEnabled(not problem)
        if problem:
            self.said.setText(problem)
            return
        counts = sum((each.counts for each in self._surveys.values()), Counter())
        parts = [counted(len(self._sources), "file"), counted(counts["article"], "article")]
        parts += [
            counted(counts[one], one)
            for one in ("annotation", "duplicate", "problem")
            if counts[one]
        ]
        whole = all(self._known(each) for each in self._sources)
        self.said.setText(", ".join(parts) + ("." if whole else ", reading on …"))


def _suffix(source: Source) -> str:
    return Path(source.name).suffix.lower()


def _short(names: Sequence[str]) -> dict[str, str]:
    """The names of files without the folder that they all are in."""
    folder = os.path.commonpath([str(Path(each).parent) for each in names])
    return {each: os.path.relpath(each, folder) for each in names}


def _roles() -> tuple[str, ...]:
    return ("text", "title", "source", "date", "language", "url", "id")

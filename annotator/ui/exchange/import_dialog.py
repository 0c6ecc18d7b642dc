"""The dialog before an import: how each file is read, whose work it is, what it is called here."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
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
from annotator.ui.exchange.background import Background
from annotator.ui.exchange.fields import (
    Choices,
    OptionFields,
    add_field,
    fill,
    plain_form,
    scrolled,
)
from annotator.ui.exchange.looks import Looks
from annotator.ui.exchange.naming import NameFields, heading
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
        self._looks = Looks(sources)
        self._titles = _short([each.name for each in sources])
        self._background = Background(self)
        self.files = QListWidget(self)
        self.format = Combo(self)
        self.options = OptionFields(self.format, self)
        self.alike = Check("", self)
        self.attach = Check("Attach articles that come without their texts to the texts", self)
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
        return self._looks.sources[max(0, self.files.currentRow())]

    def wishes(self) -> Wishes:
        """What was chosen."""
        given = Imported(
            self.annotator.text().strip(),
            self.role.currentData() or None,
            self.state.currentData() or None,
        )
        attach = self.attach.isVisibleTo(self) and self.attach.isChecked()
        return Wishes(dict(self._looks.ways), given, self.names.renaming(), attach)

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
        for each in self._looks.sources:
            self.files.addItem(self._titles[each.name])
        self.files.setObjectName("files")
        self.files.setAccessibleName("Files")
        self.files.setUniformItemSizes(True)
        row = self.files.sizeHintForRow(0)
        self.files.setFixedHeight((min(self.files.count(), _ROWS) + 1) * row)
        self.annotator.setPlaceholderText(_AS_IN_FILE)
        self.annotator.setCompleter(QCompleter(self._people, self.annotator))
        for combo, values in ((self.role, ROLES), (self.state, STATES)):
            fill(combo, [(_AS_IN_FILE, ""), *((each, each) for each in values)])
        self.preview.setAccessibleName("Preview")
        self.preview.setOpenLinks(False)
        self.preview.setTabChangesFocus(True)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setChildrenCollapsible(False)
        form = scrolled(self._form(theme), self)
        for stretch, pane in ((2, form), (3, self.preview)):
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
        form.addRow(self.attach)
        self.attach.hide()
        self.attach.setChecked(True)
        self.attach.setToolTip("by their hashes: texts of the project, or of the files named here")
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
        self.annotator.textChanged.connect(self._show_preview)
        self.role.activated.connect(self._show_preview)
        self.cancel.clicked.connect(self.reject)
        self.import_.clicked.connect(self.accept)

    def _on_file(self) -> None:
        same, suffix = self._alike(), _suffix(self.source)
        self.alike.setVisible(len(same) > 1)
        self.alike.setText(
            f"The same for all {len(same):,} files like this ({suffix or 'no ending'})"
        )
        self.alike.setChecked(True)
        self._show_way()
        self._look()

    def _show_way(self) -> None:
        """Show how the current file is read; what is typed stays where that is the same."""
        way, found = self._looks.way(self.source), self._looks.survey(self.source)
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

    def _alike(self) -> list[Source]:
        """The files with the ending of the current one."""
        suffix = _suffix(self.source)
        return [each for each in self._looks.sources if _suffix(each) == suffix]

    def _on_format(self) -> None:
        self._go(Way(str(self.format.currentData())))
        self._show_way()

    def _on_options(self) -> None:
        self._go(Way(self._looks.way(self.source).format, self.options.values()))

    def _go(self, way: Way) -> None:
        """Read the current file, and those like it if that is wanted, in another way."""
        alike = self.alike.isVisibleTo(self) and self.alike.isChecked()
        self._looks.set_way(self._alike() if alike else [self.source], way)
        self._look()

    # The look into the files

    def _look(self) -> None:
        """Look into the current file a little, then into all of each."""
        self._background.stop()
        self._show_preview()
        self._next()

    def _next(self) -> None:
        following = self._looks.next(self.source)
        if following is None:
            return
        source, most = following
        self._background.start(
            survey(self._hub.project.read, source, self._looks.way(source), most=most),
            done=partial(self._on_surveyed, source),
            failed=self.said.setText,
        )

    def _on_surveyed(self, source: Source, found: Survey) -> None:
        first = self._looks.survey(source) is None
        self._looks.put(source, found)
        row = self.files.item(self._looks.row(source))
        row.setText(f"{self._titles[source.name]} · {sentence(found)}")
        if source is self.source:
            if first:
                self._show_way()
            self._show_preview()
        self._show_names()
        self._show_total()
        self._next()

    def _show_preview(self) -> None:
        found = self._looks.survey(self.source)
        if found is None:
            self.preview.setPlainText("Reading …")
            return
        place = self.preview.verticalScrollBar().value()
        hub = self._hub
        self.preview.setHtml(page(found, self.wishes(), hub.tagset, hub.project.who))
        self.preview.verticalScrollBar().setValue(place)

    def _show_names(self) -> None:
        known = (formats()[name] for name in self._looks.formats if name in formats())
        layered = any(each.layers != "none" for each in known)
        for widget in self._layered:
            widget.setVisible(layered)
        self.names.offer(self._looks.names)
        self.attach.setVisible(self._looks.counts["withheld"] > 0)

    def _show_total(self) -> None:
        name = self.annotator.text().strip()
        problem = name_problem(name) if name and name not in RESERVED_NAMES else None
        self.import_.setEnabled(not problem)
        if problem:
            self.said.setText(problem)
            return
        counts = self._looks.counts
        parts = [counted(self.files.count(), "file"), counted(counts["article"], "article")]
        parts += [
            counted(counts[one], one)
            for one in ("annotation", "duplicate", "problem")
            if counts[one]
        ]
        self.said.setText(", ".join(parts) + ("." if self._looks.whole else ", reading on …"))


def _suffix(source: Source) -> str:
    return Path(source.name).suffix.lower()


def _short(names: Sequence[str]) -> dict[str, str]:
    """The names of files without the folder that they all are in."""
    folder = os.path.commonpath([str(Path(each).parent) for each in names])
    return {each: os.path.relpath(each, folder) for each in names}


def _roles() -> tuple[str, ...]:
    return ("text", "title", "source", "date", "language", "url", "id")

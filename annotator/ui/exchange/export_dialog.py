"""The dialog of an export: what, how and where, with what will be lost told before."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.text import counted
from annotator.formats.registry import formats
from annotator.paths import keeping
from annotator.transfer import Exported, ExportReport, Progress, export_to, is_folder, rehearse
from annotator.transfer.publishing import Published, Publishing
from annotator.transfer.renaming import AS_NAMED
from annotator.transfer.targets import file_at
from annotator.ui.exchange.background import Background
from annotator.ui.exchange.fields import OptionFields, add_field, fill, plain_form, scrolled
from annotator.ui.exchange.naming import NameFields
from annotator.ui.exchange.summary import Summary, reading_box
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.panels.parts import Check, Combo, plain_label
from annotator.ui.room import fit
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.formats.base import Format
    from annotator.store.reader import Reader

_LETTERS = 92
_HEIGHT = 720
_LOSSES = 110
"""Pixels of height of what will be lost."""
_BEHIND = "Who is behind the pseudonyms, which is in none of the files:"
_NAMES = "JSON files (*.json)"
_PAUSE = 250
"""Milliseconds without a change after which it is looked what will be lost."""


class ExportDialog(QDialog):
    """Asks, rehearses at each change, writes, and tells.

    `chosen` are the ids of the articles selected in the list; with `only` they are what is
    proposed, else all articles are.
    """

    def __init__(
        self, hub: Hub, chosen: Sequence[str], theme: Theme, parent: QWidget, *, only: bool
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self.job: Run[ExportReport] | None = None
        self._hub = hub
        self._chosen = tuple(chosen)
        self._rehearsed = False
        self._background = Background(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._rehearse)
        self.what, self.layer, self.format = Combo(self), Combo(self), Combo(self)
        self.note = plain_label(name="dim", wrap=True)
        self.options = OptionFields(self.format, self)
        self.without_text = Check("Without the texts: offsets and hashes only", self)
        self.pseudonyms = Check("Pseudonyms for annotators, no local paths", self)
        self.renamed = Check("Other names for labels, links and annotators", self)
        known = names_in(hub.project.read)
        self.names = NameFields(known, self.renamed, self)
        self.target = QLineEdit(self)
        self.choose = QPushButton("Choose…", self)
        self.replace = Check("Replace what is there", self)
        self.losses = QPlainTextEdit(self)
        self.said = plain_label(name="error", wrap=True)
        self.cancel = QPushButton("Cancel", self)
        self.export = QPushButton("Export", self)
        self.summary = Summary(self)
        self._pages = QStackedWidget(self)
        self._fill(only=only)
        self._build(theme)
        self.names.offer(known)
        self.names.hide()
        self._connect()
        self._on_format()
        self.what.setFocus()

    @property
    def chosen_format(self) -> "Format":
        """The format that is chosen."""
        return formats()[self.format.currentData()]

    def wish(self) -> Exported:
        """What is to go out."""
        documents: tuple[str, ...] = ()
        if self.what.currentData() == "selected":
            documents = self._chosen
        elif self.what.currentData() == "open" and self._hub.document is not None:
            documents = (self._hub.document.id,)
        textless = self.without_text.isEnabled() and self.without_text.isChecked()
        publishing = Publishing(textless, self.pseudonyms.isChecked())
        layer = str(self.layer.currentData())
        named = self.names.renaming() if self.renamed.isChecked() else AS_NAMED
        return Exported(layer, documents, self.options.values(), publishing, named)

    def place(self) -> Path:
        """Where it goes: a name without a folder is beside the project; a file has an ending."""
        typed = self.target.text().strip()
        # os.path's functions, since Path's raise for what is half typed: ~nobody, a name too long.
        path = keeping(self._hub.project.path) / os.path.expanduser(typed)  # noqa: PTH111
        if typed and path.name and not path.suffix and not self._is_folder():
            path = path.with_name(path.name + self.chosen_format.suffixes[0])
        return path

    def done(self, result: int) -> None:
        self._pause.stop()
        self._background.stop()
        super().done(result)

    # What is asked

    def _fill(self, *, only: bool) -> None:
        read = self._hub.project.read
        what = [(f"all articles ({read.count_documents():,})", "all")]
        if self._chosen:
            what.append((f"the selected articles ({len(self._chosen):,})", "selected"))
        if self._hub.document is not None:
            what.append((f"the open article: {self._hub.document.title}", "open"))
        fill(self.what, what, "selected" if only else "all")
        layers = [("all layers", "all")]
        roles = read.layer_counts()
        layers += [("gold alone", "gold")] if "gold" in roles else []
        layers += [("machines' alone", "machine")] if "machine" in roles else []
        people = dict.fromkeys(each.annotator for each in read.layers() if each.role == "annotator")
        fill(self.layer, [*layers, *((f"{name}'s alone", name) for name in people)])
        kinds = [each for each in formats().values() if each.write]
        fill(self.format, [(each.name, each.name) for each in kinds])
        for index, each in enumerate(kinds):
            self.format.setItemData(index, each.note, Qt.ItemDataRole.ToolTipRole)

    def _build(self, theme: Theme) -> None:
        reading_box(self.losses, "What will be lost")
        self.losses.setMinimumHeight(round(_LOSSES * theme.scale))
        self.export.setObjectName("primary")
        self.export.setDefault(True)
        for button in (self.choose, self.cancel):
            button.setAutoDefault(False)
        asking = QWidget(self)
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(self._form(theme), self), 3)
        column.addLayout(self._place_row(theme))
        column.addWidget(self.replace)
        column.addWidget(self.losses, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.export)
        column.addLayout(buttons)
        self._pages.addWidget(asking)
        self._pages.addWidget(self.summary)
        QVBoxLayout(self).addWidget(self._pages)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def _form(self, theme: Theme) -> QFormLayout:
        form = plain_form()
        form.setVerticalSpacing(theme.px("pad", "small"))
        add_field(form, "Articles", self.what)
        add_field(form, "Annotations", self.layer)
        add_field(form, "Format", self.format)
        checks = (self.without_text, self.pseudonyms, self.renamed)
        for each in (self.note, self.options, *checks, self.names):
            form.addRow(each)
        return form

    def _place_row(self, theme: Theme) -> QHBoxLayout:
        title = plain_label("Write to")
        title.setBuddy(self.target)
        self.target.setAccessibleName("Write to")
        row = QHBoxLayout()
        row.setSpacing(theme.px("pad", "small"))
        row.addWidget(title)
        row.addWidget(self.target, 1)
        row.addWidget(self.choose)
        return row

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._on_format)
        for combo in (self.what, self.layer):
            combo.currentIndexChanged.connect(self._on_changed)
        self.options.changed.connect(self._on_changed)
        for check in (self.without_text, self.pseudonyms, self.renamed):
            check.toggled.connect(self._on_changed)
        self.renamed.toggled.connect(self.names.setVisible)
        self.names.changed.connect(self._on_changed)
        self.target.textChanged.connect(self._show_place)
        self.replace.toggled.connect(self._show_place)
        self.choose.clicked.connect(self.ask_place)
        self.cancel.clicked.connect(self.reject)
        self.export.clicked.connect(self.write)
        self.summary.closed.connect(self.accept)
        self.summary.save.clicked.connect(self.ask_key)

    def ask_place(self) -> None:
        """Ask for a file or a folder."""
        now, title = str(self.place()), f"Export as {self.chosen_format.name}"
        if self._is_folder():
            name = QFileDialog.getExistingDirectory(self, title, str(self.place().parent))
        else:
            name, _ = QFileDialog.getSaveFileName(self, title, now)
        if name:
            self.target.setText(name)
            self.replace.setChecked(Path(name).exists())

    # What is told before

    def _on_format(self) -> None:
        format_ = self.chosen_format
        self.options.show_options(format_.writing, {})
        lost = f" It can't hold: {', '.join(format_.loses)}." if format_.loses else ""
        self.note.setText(f"{format_.note}.{lost}")
        self.without_text.setEnabled(format_.textless)
        self.without_text.setToolTip("" if format_.textless else "This format needs the texts.")
        stem, known = self.target.text().strip(), {each.suffixes[0] for each in formats().values()}
        if not stem:
            path = self._hub.project.path
            stem = str(keeping(path) / f"{path.stem}-export")
        elif Path(stem).suffix in known:
            stem = str(Path(stem).with_suffix(""))
        ending = "" if self._is_folder() else format_.suffixes[0]
        self.target.setText(f"{stem}{ending}")
        self._on_changed()

    def _on_changed(self) -> None:
        self._background.stop()
        self._rehearsed = False
        self.losses.setPlainText("Looking what will be lost …")
        self._pause.start()
        self._show_place()

    def _rehearse(self) -> None:
        self._background.start(
            rehearse(self._hub.project, self.chosen_format, self.wish()),
            done=self._on_rehearsed,
            failed=self.losses.setPlainText,
            tell=self._on_progress,
        )

    def _on_progress(self, progress: Progress) -> None:
        done = f"{progress.done:,} of {counted(progress.total, 'article')}"
        self.losses.setPlainText(f"Looking what will be lost: {done} …")

    def _on_rehearsed(self, report: ExportReport) -> None:
        lost = losses(report)
        sure = "Nothing will be lost." if not lost else "\n".join(["Will be lost:", *lost])
        self.losses.setPlainText(f"This writes {report.sentence()}. {sure}")
        self._rehearsed = True
        self._show_place()

    def _is_folder(self) -> bool:
        try:
            return is_folder(self._hub.project.read, self.chosen_format, self.wish())
        except UserError:
            return False

    def _show_place(self) -> None:
        path, typed = self.place(), bool(self.target.text().strip())
        there = typed and os.path.exists(path)  # noqa: PTH110 - as in place()
        self.replace.setVisible(there)
        whole = (
            "files of the same names there" if there and path.is_dir() else "the file that is there"
        )
        self.replace.setText(f"Replace {whole}")
        free = not there or self.replace.isChecked()
        self.said.setText("" if free else f"{path.name} is there already.")
        self.export.setEnabled(typed and free and self._rehearsed)

    # The export

    def write(self) -> None:
        """Write it."""
        target, wish = self.place(), self.wish()
        job = export_to(
            self._hub.project,
            self.chosen_format,
            target,
            chosen=wish,
            force=self.replace.isChecked(),
        )

        def done(report: ExportReport) -> None:
            sentence = f"Wrote {report.sentence()} to {target}."
            lines = [sentence]
            for title, part in (("Lost:", losses(report)), (_BEHIND, self._behind(wish))):
                lines += ["", title, *part] if part else []
            self._pages.setCurrentWidget(self.summary)
            self.summary.save.setVisible(wish.publishing.pseudonyms)
            self.summary.show_lines(lines)
            self._hub.said.emit(sentence)

        self.said.setText("")
        self.job = Run(job, "Exporting articles", self, done=done, failed=self.said.setText)

    def ask_key(self) -> None:
        """Ask for a file, and write there who is behind the pseudonyms."""
        out = self.place()
        proposed = str(out.parent / f"{out.stem}-names.json")
        name, _ = QFileDialog.getSaveFileName(self, "Save the names", proposed, _NAMES)
        if name:
            self.summary.add_line(self._key_written(Path(name), out))

    def _key_written(self, path: Path, out: Path) -> str:
        """A sentence on the file of names, which is never among those that are published."""
        if path.absolute().is_relative_to(out.absolute()):
            return f"The names must not be among what is published, in {out}; choose another place."
        project = self._hub.project
        names = Published.of(self.wish().publishing, project.read).key_file()
        try:
            with file_at(path, own=project.path, force=True) as stream:
                stream.write(names)
        except UserError as error:
            return str(error)
        return f"Wrote the names to {path}."

    def _behind(self, wish: Exported) -> list[str]:
        """A line for each pseudonym that went out."""
        key = Published.of(wish.publishing, self._hub.project.read).key
        return [f"{pseudonym} is {name}" for name, pseudonym in sorted(key.items())]


def names_in(read: "Reader") -> dict[str, Counter[str]]:
    """The names of labels, links and annotators in a project, and how often each is there."""
    links: Counter[str] = Counter()
    for (_, type_, _), number in read.link_counts().items():
        links[type_] += number
    people = Counter(each.annotator for each in read.layers() if each.role == "annotator")
    return {"labels": Counter(read.counts_by_label()), "relations": links, "annotators": people}


def losses(report: ExportReport) -> list[str]:
    """A line for each kind of thing that is lost, then one for each place that has a reason."""
    return [*report.losses(), *report.places]

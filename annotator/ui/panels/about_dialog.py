"""The dialog about an article: its title, where and when it appeared, and its language."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core import verbs
from annotator.core.dates import read_days
from annotator.core.model import Document
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import plain_label
from annotator.ui.room import fit

_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A code as of BCP 47."""
_MONTH = re.compile(r"\d{4}(-\d\d)?")
"""A month, or a year."""
_LETTERS, _LINES = 64, 14


class AboutDialog(QDialog):
    """Changes what is known of one article, in one edit; it stays open where that can't be."""

    def __init__(self, hub: Hub, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About this article")
        self._hub = hub
        self._id = document.id
        read = hub.project.read
        self.title = self._line("Title", document.title)
        self.source = self._line("Source", document.source, read.facet_values("source"))
        self.source.setPlaceholderText("who published it")
        self.published = self._line("Date", document.published)
        self.published.setPlaceholderText("2022-09-13, or 2022-09")
        self.url = self._line("Address", document.url)
        self.url.setPlaceholderText("https://…")
        self.language = self._line("Language", document.language, read.facet_values("language"))
        self.language.setPlaceholderText("a short code: en, ru, hy, ar, zh")
        self.error = plain_label(name="error", wrap=True)
        self.error.hide()
        self._build()

    def accept(self) -> None:
        document = self._hub.project.read.document(self._id)
        if document is None:
            self._say("This article is no longer in the project.")
            return
        typed = {
            name: " ".join(field.text().split())
            for name, field in (
                ("title", self.title),
                ("source", self.source),
                ("published", self.published),
                ("url", self.url),
                ("language", self.language),
            )
        }
        try:
            typed["published"] = _published(typed["published"], document.published)
        except ValueError as error:
            self._say(str(error))
            return
        if problem := _problem(document, typed):
            self._say(problem)
            return
        edit = verbs.describe_document(document, **typed)
        if not edit.changes or self._hub.apply(edit):
            super().accept()
        else:
            self._say("Not saved; what you typed is kept.")

    def _line(self, title: str, text: str, known: Sequence[str] = ()) -> QLineEdit:
        """A field, which `known` values complete."""
        line = QLineEdit(text, self)
        line.setAccessibleName(title)
        line.setCursorPosition(0)
        if known:
            completer = QCompleter(list(known), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line

    def _build(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for field in (self.title, self.source, self.published, self.url, self.language):
            form.addRow(field.accessibleName(), field)
            field.setReadOnly(bool(self._hub.project.read_only))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = QPushButton("Save", self)
        save.setObjectName("primary")
        save.setDefault(True)
        save.setDisabled(bool(self._hub.project.read_only))
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addWidget(buttons)
        fit(self, _LETTERS, self.fontMetrics().lineSpacing() * _LINES)
        self.title.setFocus()

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()


def _problem(document: Document, typed: dict[str, str]) -> str:
    """Why this can't be so, "" where it can; what came with an article may be anything."""
    if not typed["title"]:
        return "An article needs a title."
    language = typed["language"]
    if language and language != document.language and not _LANGUAGE.fullmatch(language):
        return f"“{language}” is no code of a language. Type one such as en, ru, hy, ar or zh."
    return ""


def _published(typed: str, before: str) -> str:
    """A day, a month or a year as articles are sorted by it, or what came with the article.

    Raises ValueError, its text a sentence.
    """
    if not typed or typed == before:
        return typed
    first, last = read_days(typed)
    if first == last:
        return first.isoformat()
    if not _MONTH.fullmatch(typed):
        raise ValueError("An article appears on one day: type it as 2022-09-13, or as 2022-09.")
    return typed

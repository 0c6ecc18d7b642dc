"""The dialog about an article: one edit, refused in a sentence where it can't be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.ui.bench import Bench
from annotator.ui.panels.about_dialog import AboutDialog
from annotator.ui.window import Window


@pytest.fixture
def bench(window: Window) -> Bench:
    assert window.bench is not None
    return window.bench


def opened(bench: Bench) -> AboutDialog:
    bench.show_about()
    return next(each for each in bench.findChildren(AboutDialog) if each.isVisible())


def test_what_is_typed_is_one_edit_that_can_be_undone(bench: Bench) -> None:
    before = bench.hub.document
    dialog = opened(bench)
    for field, typed in (
        (dialog.title, "Shells  fell"),
        (dialog.source, "Daily News"),
        (dialog.published, "13 September 2022"),
        (dialog.url, "https://example.org/1"),
        (dialog.language, "hy"),
    ):
        field.setText(typed)
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    after = bench.hub.document
    assert after is not None
    assert (after.title, after.source, after.published) == (
        "Shells fell",
        "Daily News",
        "2022-09-13",
    )
    assert (after.url, after.language) == ("https://example.org/1", "hy")
    listing = bench.documents.model.listing(0)
    assert listing is not None
    assert listing.title == "Shells fell"
    bench.hub.undo()
    assert bench.hub.document == before


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", " ", "needs a title"),
        ("published", "yesterday", "yesterday"),
        ("published", "12–13 September 2022", "one day"),
        ("language", "English!", "no code of a language"),
    ],
)
def test_what_cannot_be_is_said(bench: Bench, name: str, typed: str, said: str) -> None:
    dialog = opened(bench)
    field = getattr(dialog, name)
    assert isinstance(field, QLineEdit)
    field.setText(typed)
    dialog.accept()
    assert dialog.isVisible()
    assert said in dialog.error.text()
    dialog.published.setText("2022-09")
    dialog.title.setText("Title")
    dialog.language.setText("")
    dialog.accept()
    assert not dialog.isVisible()
    assert bench.hub.document is not None
    assert bench.hub.document.published == "2022-09"


def test_what_is_not_changed_is_no_edit(bench: Bench) -> None:
    name = bench.hub.project.undo_name
    opened(bench).accept()
    assert bench.hub.project.undo_name == name


def test_an_article_that_is_gone_is_said(bench: Bench) -> None:
    dialog = opened(bench)
    assert bench.hub.document is not None
    bench.hub.apply(verbs.delete_document(bench.hub.document, (), (), (), ()))
    dialog.accept()
    assert "no longer" in dialog.error.text()


def test_known_values_complete_and_are_named_where_nothing_is_found(
    bench: Bench, qtbot: QtBot
) -> None:
    dialog = opened(bench)
    completer = dialog.language.completer()
    assert completer is not None
    dialog.close()
    bench.documents.search.setText("language:de")
    bench.documents.search.ask()
    qtbot.waitUntil(lambda: "languages are: en." in bench.documents._nothing.text())
    bench.documents.search.setText("source:x")
    bench.documents.search.ask()
    qtbot.waitUntil(lambda: "No article has a source yet" in bench.documents._nothing.text())
    bench.documents.search.setText("zzz")
    bench.documents.search.ask()
    qtbot.waitUntil(lambda: bench.documents._nothing.text() == "Nothing found for “zzz”.")

"""Printing a marked-up article: pages, words, pictures, and files that are whole or not there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.core.edits import Edit, change
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Entity, Relation
from annotator.core.reading import reading_layout
from annotator.core.span import Span
from annotator.core.tagset_toml import loads
from annotator.settings import Settings
from annotator.transfer import Progress, finish
from annotator.ui.printing.asking import Printing
from annotator.ui.printing.marked_up import MarkedUp
from annotator.ui.printing.paper import pdf_file, print_job
from annotator.ui.printing.sheet import Sheet
from annotator.ui.printing.strips import Strip, pages_of, together
from annotator.ui.reading.look import article_look
from annotator.ui.theme import Theme, load_fonts
from annotator.ui.window import Window

TEXT = (
    "The talks\n\nThe ministry says that rebels shelled the town.\n\nThe rebels deny it.\n\n"
    "  • Two soldiers were killed 🙂.\n\nقال المتحدث باسم الجيش إن three soldiers قتلوا.\n\n"
) + "\n\n".join(f"Paragraph {n} says that nobody was hurt there." for n in range(80))
TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))


def mark(words: str, name: str, label: str, **attributes: object) -> Annotation:
    start = TEXT.index(words)
    return Annotation(name, "l", (Span(start, start + len(words)),), label, attributes)


@pytest.fixture
def marked_up() -> MarkedUp:
    document = Document(
        "d", "Talks", TEXT, "", "Agency", "https://example.org/1", "2022-09-13", note="A note."
    )
    note = Annotation("n", "l", (Span(0, 3), Span(4, 9)), "unheard of", {"odd": [1, 2]}, "Why?")
    return MarkedUp(
        document,
        reading_layout(TEXT),
        TAGSET,
        who="mira",
        annotations=[
            mark("The rebels deny it", "b", "denial", certainty="certain"),
            mark("rebels shelled the town", "a", "claim"),
            mark("Two soldiers", "c", "casualty", low=2, high=2, outcome="killed"),
            mark("المتحدث باسم", "e", "actor", entity="m"),
            note,
        ],
        relations=[Relation("r", "l", "denies", "b", "a"), Relation("s", "l", "denies", "b", "?")],
        entities={"m": Entity("m", "Ministry")},
    )


@pytest.fixture
def sheet(qtbot: QtBot, marked_up: MarkedUp) -> Iterator[Sheet]:
    load_fonts()
    theme, parent = Theme.load("light"), QObject()
    look = article_look(theme, TAGSET, Settings(text_size=15))
    made = Sheet(marked_up, look, theme, 640, parent)
    yield made
    made.close()


def test_what_is_said_of_an_annotation(marked_up: MarkedUp) -> None:
    odd, claim, denial, casualty, actor = marked_up.ordered
    assert marked_up.about() == (
        "Agency · 2022-09-13 · https://example.org/1 · 5 annotations by mira"
    )
    assert marked_up.labels() == ["claim", "denial", "casualty", "actor", "unheard of"]
    assert marked_up.caption(claim) == "2 CLAIM"
    assert marked_up.caption(denial) == "3 DENIAL · denies “rebels shelled the town”"
    assert marked_up.caption(actor) == "5"
    assert marked_up.heading(odd) == "1  unheard of · characters 0–3, 4–9"
    assert marked_up.quote(casualty) == "“Two soldiers”"
    assert list(marked_up.details(odd)) == ["odd: [1, 2]", "Note: Why?"]
    assert list(marked_up.details(denial)) == [
        "certainty: certain",
        "Denies → 2 “rebels shelled the town”",
    ]
    assert list(marked_up.details(casualty)) == ["low: 2 · high: 2 · outcome: killed"]
    assert list(marked_up.details(actor)) == ["entity: Ministry"]
    assert list(marked_up.details(claim)) == []


@given(
    st.lists(st.tuples(st.integers(1, 120), st.integers(0, 30), st.booleans()), max_size=30),
)
def test_every_strip_stands_on_one_page_in_order(lengths: list[tuple[int, int, bool]]) -> None:
    strips = [Strip(h, lambda _painter: None, space, keep) for h, space, keep in lengths]
    pages = list(pages_of(strips, 100))
    assert [id(strip) for page in pages for _, strip in page] == [id(each) for each in strips]
    for page in pages:
        bottom = 0.0
        assert page[0][0] == 0
        for y, strip in page:
            assert y >= bottom
            bottom = y + strip.height
            assert bottom <= 100 or strip.height > 100


def test_a_heading_stands_with_what_follows() -> None:
    line, heading = Strip(60, lambda _p: None), Strip(30, lambda _p: None, 0, keep=True)
    pages = list(pages_of([line, heading, line], 100))
    assert [[strip.height for _, strip in page] for page in pages] == [[60], [30, 60]]
    assert [len(page) for page in pages_of([line, heading], 100)] == [2]


def test_washes_lanes_and_letters_are_painted(sheet: Sheet) -> None:
    (page, *rest) = list(pages_of(sheet.strips(), 900))
    assert rest
    image = QImage(640, 900, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for y, strip in page:
        painter.save()
        painter.translate(0, y)
        strip.draw(painter)
        painter.restore()
    painter.end()
    colors = {image.pixelColor(x, y).name() for x in range(640) for y in range(900)}
    theme = Theme.load("light")
    for label in TAGSET.labels:
        assert theme.label_ink(label.color).name() in colors


def test_a_pdf_has_its_pages(marked_up: MarkedUp, tmp_path: Path, qtbot: QtBot) -> None:
    load_fonts()
    theme, parent = Theme.load("light"), QObject()
    look = article_look(theme, TAGSET, Settings(text_size=15))
    path = tmp_path / "a.pdf"
    device = pdf_file(path, "Talks")
    said: list[Progress] = []
    pages = finish(print_job(marked_up, look, theme, device, parent), said.append)
    del device
    data = path.read_bytes()
    assert pages > 2
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == pages
    assert said[-1].done == said[-1].total == pages
    with pytest.raises(UserError, match="can't be written"):
        pdf_file(tmp_path / "none" / "a.pdf", "")


def test_save_as_pdf(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    window.desk.hub.said.connect(said.append)
    asked = tmp_path / "talks"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(asked), ""))
    window.article.print_article(on_paper=False)
    qtbot.waitUntil(lambda: said == ["1 page in talks.pdf."])
    assert (tmp_path / "talks.pdf").read_bytes().startswith(b"%PDF")
    assert not list(tmp_path.glob("*.part"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window.article.print_article(on_paper=False)
    assert len(said) == 1


def test_what_was_cancelled_leaves_the_old_file(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    window.desk.hub.said.connect(said.append)
    path = tmp_path / "talks.pdf"
    path.write_text("old")
    pane = window.article
    assert pane._reading is not None
    printing = Printing(window.desk.hub, pane._reading, Settings(), pane)
    printing.write(path)
    assert printing._run is not None
    printing._run.dialog.canceled.emit()
    assert path.read_text() == "old"
    assert said == ["Cancelled; nothing of it was kept."]
    other = Printing(window.desk.hub, pane._reading, Settings(), pane)
    other.write(tmp_path / "none" / "talks.pdf")
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "can't be written" in said[1]


def test_a_printer_is_asked_for(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    said: list[str] = []
    window.desk.hub.said.connect(said.append)
    window.article.print_article(on_paper=True)
    (dialog,) = window.findChildren(QPrintDialog)
    dialog.reject()
    window.article.print_article(on_paper=True)
    dialog = window.findChildren(QPrintDialog)[-1]
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "p.pdf"))
    dialog.accepted.emit(printer)
    qtbot.waitUntil(lambda: said == ["1 page printed."])
    dialog.close()


def test_a_short_annotation_is_not_torn_and_a_long_one_is() -> None:
    line, head = Strip(20, lambda _p: None), Strip(20, lambda _p: None, keep=True)
    kept = list(together([head, line, line], 3))
    assert [each.keep for each in kept] == [True, True, False]
    assert [len(page) for page in pages_of([line, line, line, *kept], 100)] == [3, 3]
    assert [each.keep for each in together([head, line, line, line], 3)] == [True, *[False] * 3]


def test_the_name_of_a_print_can_be_one_of_a_file(window: Window) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    assert window.bench is not None
    document = window.bench.hub.document
    assert document is not None
    titled = replace(document, title='Army denies; "at least 49" dead?')
    window.bench.hub.apply(Edit("title", change(document, titled)))
    window.article.print_article(on_paper=True)
    (dialog,) = window.findChildren(QPrintDialog)
    assert dialog.printer().docName() == "Army denies at least 49 dead"
    dialog.reject()

"""The line layout, apart from the view."""

import gc

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from annotator.core.reading import raw_layout
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.look import ArticleLook, Sizes


def test_a_document_is_its_owners_and_not_its_layouts(look: ArticleLook) -> None:
    reading = raw_layout("one\ntwo")
    owner = QObject()
    document = QTextDocument(owner)
    layout = RoomyLayout(document, reading, Sizes.of(look))
    document.setDocumentLayout(layout)
    document.setPlainText(reading.shown)
    layout.set_sizes(Sizes.of(look))
    block = document.lastBlock()
    assert layout.height(block) > 0
    del block, layout, document
    gc.collect()
    assert [type(each) for each in owner.children()] == [QTextDocument]

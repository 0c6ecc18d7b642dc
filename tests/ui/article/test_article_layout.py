"""The line layout, apart from the view."""

import gc

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from annotator.core.reading import raw_layout
from annotator.ui.article.layout import Column, RoomyLayout
from annotator.ui.article.leaf import Leaf
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


@pytest.mark.parametrize("text", ["One", "One\nTwo words.", "One\n\nTwo words."])
def test_a_known_height_is_of_lines_that_are_there(look: ArticleLook, text: str) -> None:
    owner = QObject()
    column = Column.within(400, 200)
    leaf = Leaf(
        *(raw_layout(text), None), font=look.font, sizes=Sizes.of(look), column=column, parent=owner
    )
    for _ in leaf.fill(()):
        pass
    for _ in range(2):
        block = leaf.document.begin()
        while block.isValid():
            assert leaf.layout.height(block) > 0
            assert block.layout().lineCount() > 0
            assert block.layout().lineAt(0).width() <= column.width
            block = block.next()
        leaf.document.setDefaultFont(look.font)  # Qt lays out in its own way meanwhile

"""A view with the bundled fonts and a small mixed text."""

import pytest
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.core.tagset_toml import loads
from annotator.ui.article.look import ArticleLook
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import Theme, load_fonts


@pytest.fixture
def look(qtbot: QtBot) -> ArticleLook:
    """The light look of the default tag set."""
    load_fonts()
    theme = Theme.load("light")
    labels = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8")).labels
    return ArticleLook(
        theme.text,
        theme.article,
        theme.text_dim,
        theme.focus,
        theme.selection,
        theme.accent,
        theme.hit,
        theme.hit_current,
        {each.name: theme.label_ink(each.color) for each in labels},
        {each.name: theme.label_wash(each.color) for each in labels},
        {each.name: each.pattern for each in labels},
        theme.font("serif", 18),
        theme.font("sans", 10, strong=True),
        quiet={"actor"},
    )


@pytest.fixture
def view(qtbot: QtBot, look: ArticleLook) -> ArticleView:
    """A view on the screen, 800 by 700 pixels."""
    view = ArticleView()
    qtbot.addWidget(view)
    view.set_look(look)
    view.resize(800, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    return view

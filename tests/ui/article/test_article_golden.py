"""Pictures of the article painter, compared with those that were looked at and found right.

Letters come out a little differently with each release of the font engine, so the comparison is
tolerant: both pictures are made small, and few pixels may differ. To renew one, delete it, run the
test twice, and look at what it has made.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.core.reading import reading_layout
from annotator.core.tagset_toml import loads
from annotator.settings import Settings
from annotator.ui.article.view import ArticleView
from annotator.ui.reading.look import article_look
from annotator.ui.theme import Theme, load_fonts
from tests.ui.article.helpers import mark, span_of

FOLDER = Path(__file__).parent / "golden"
SMALLER = 2
"""How often a pixel of the small picture is as wide as one of the large."""
TOLERANCE = 48
"""Of 255, in any channel, below which two pixels are alike."""
MOST = 0.004
"""Share of pixels that may differ."""
ENGLISH = (
    "The authorities in Yerevan deny that they were the first to attack the Azerbaijani positions, "
    "as they say in Baku, and that several soldiers were killed or wounded in the attacks.\n\n"
    "  • Two soldiers were hurt, the ministry says."
)
ARABIC = (
    "قال المتحدث باسم الجيش إن ثلاثة جنود قُتِلوا في الهجوم (three soldiers) أمس، ونفت الوزارة ذلك."
)


def overlaps(view: ArticleView) -> None:
    """Three spans in one another, each on its lane, their tags side by side."""
    marks = [
        mark(ENGLISH, "deny that they were the first to attack", name="a", label="denial"),
        mark(ENGLISH, "they were the first to attack the Azerbaijani", name="b", label="claim"),
        mark(ENGLISH, "first to attack", name="c", label="casualty"),
        mark(ENGLISH, "several soldiers", "in the attacks", name="d", label="casualty"),
        mark(ENGLISH, "the ministry", name="e", label="actor"),
    ]
    view.show_article(reading_layout(ENGLISH), marks)


def rightwards(view: ArticleView) -> None:
    """A span that reads from right to left and holds Latin words, focused, with its grips."""
    marks = [
        mark(ARABIC, "ثلاثة جنود قُتِلوا في الهجوم (three", name="a", label="casualty"),
        mark(ARABIC, "باسم الجيش", name="b", label="actor"),
    ]
    view.show_article(reading_layout(ARABIC), marks)
    view.set_focused("a", ("b",))


def found(view: ArticleView) -> None:
    """Found places, the current one, a passage that is collected."""
    overlaps(view)
    view.set_hits([span_of(ENGLISH, words) for words in ("that they", "soldiers", "say")], 1)
    view.set_pending([span_of(ENGLISH, "in Baku, and")])


def gripped(view: ArticleView) -> None:
    """Grips at both ends of both passages, on two lines."""
    overlaps(view)
    view.set_focused("d")


def jumps(view: ArticleView) -> None:
    """Letters above words in the place of tags."""
    overlaps(view)
    words = ("The", "deny", "they", "attack", "Baku", "killed", "ministry")
    view.set_jumps({span_of(ENGLISH, w).start: f"{w[0]}J".upper() for w in words})


@pytest.fixture
def picture(
    qapp: QApplication, qtbot: QtBot
) -> Callable[[str, Callable[[ArticleView], None]], QImage]:
    """Makes a small picture of a view in a theme."""
    qapp.setStyle("Fusion")
    qapp.setStyleSheet("")  # that of a window that an earlier test has shown
    load_fonts()
    tagset = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))

    def make(theme: str, show: Callable[[ArticleView], None]) -> QImage:
        view = ArticleView()
        qtbot.addWidget(view)
        view.movable = True
        view.set_look(article_look(Theme.load(theme), tagset, Settings()))
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.resize(640, 220)
        view.show()
        show(view)
        image = view.viewport().grab().toImage()
        size = image.size() / image.devicePixelRatio() / SMALLER
        smooth = Qt.TransformationMode.SmoothTransformation
        small = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return small.convertToFormat(QImage.Format.Format_RGB32)

    return make


def differing(one: QImage, other: QImage) -> float:
    """The share of pixels in which two pictures of one size differ."""
    count = 0
    for y in range(one.height()):
        for x in range(one.width()):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            far = max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue()))
            count += far > TOLERANCE
    return count / (one.width() * one.height())


@pytest.mark.parametrize(
    ("theme", "show"),
    [
        ("light", overlaps),
        ("light", rightwards),
        ("light", found),
        ("dark", found),
        ("contrast", gripped),
        ("light", jumps),
    ],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_the_picture_is_as_it_was(
    theme: str,
    show: Callable[[ArticleView], None],
    picture: Callable[[str, Callable[[ArticleView], None]], QImage],
    tmp_path: Path,
) -> None:
    file = FOLDER / f"{show.__name__}_{theme}.png"
    now = picture(theme, show)
    if not file.exists():
        FOLDER.mkdir(exist_ok=True)
        now.save(str(file))
        pytest.fail(f"{file} was not there; look at what has been made now.")
    before = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    assert before.size() == now.size()
    share = differing(before, now)
    now.save(str(tmp_path / file.name))
    assert share <= MOST, f"{share:.2%} of {file.name} differ from {tmp_path / file.name}"

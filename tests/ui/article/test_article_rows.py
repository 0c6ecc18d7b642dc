"""The geometry of what is painted, measured on laid out blocks."""

import itertools

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QTextBlock
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation
from annotator.core.reading import reading_layout
from annotator.core.span import Span
from annotator.ui.article.look import ArticleLook, Sizes
from annotator.ui.article.rows import TAG_ROOM, Piece, Row
from annotator.ui.article.view import ArticleView

ENGLISH = (
    "The authorities in Yerevan deny that they were the first to attack the Azerbaijani positions,"
    " as they say in Baku, and that several soldiers were killed or wounded in the attacks.\n\n"
    "Another paragraph follows it, so that there is a gap above."
)
MIXED = "The spokesman of צבא ההגנה said 😀 that ארבעה חיילים (4) were hurt."
ARABIC = "قال المتحدث باسم الجيش إن three soldiers قتلوا أمس في الهجوم."


def mark(text: str, words: str, label: str = "claim", name: str = "") -> Annotation:
    start = text.index(words)
    return Annotation(name or words, "l", (Span(start, start + len(words)),), label)


def rows(view: ArticleView, number: int = 0) -> list[Row]:
    block = view.document().findBlockByNumber(number)
    view._roomy.height(block)
    return [row for row, _ in view._ready(block)]


def pieces(view: ArticleView, name: str, number: int = 0) -> list[Piece]:
    return [piece for row in rows(view, number) for piece in row.pieces if piece.id == name]


def widths(
    view: ArticleView, block: QTextBlock, first: int, last: int
) -> list[tuple[float, float]]:
    """Where each unit's glyph is, by asking for one at a time."""
    found = []
    layout = block.layout()
    for unit in range(first, last):
        line = layout.lineForTextPosition(unit)
        for run in line.glyphRuns(unit, 1):
            box = run.boundingRect()
            if box.width() > 0:
                found.append((box.left(), box.right()))
    return found


def test_a_wash_covers_its_letters_and_no_others(view: ArticleView) -> None:
    view.show_article(reading_layout(ENGLISH), [mark(ENGLISH, "authorities in Yerevan")])
    (piece,) = pieces(view, "authorities in Yerevan")
    ((left, right),) = piece.areas
    boxes = widths(view, view.document().firstBlock(), 4, 26)
    assert left == pytest.approx(min(box[0] for box in boxes), abs=0.1)
    assert right == pytest.approx(max(box[1] for box in boxes), abs=0.1)
    assert (piece.opens, piece.closes) == (True, True)


def test_a_span_over_several_lines_is_open_where_it_wraps(view: ArticleView) -> None:
    words = ENGLISH[4:170]
    view.show_article(reading_layout(ENGLISH), [mark(ENGLISH, words, name="a")])
    found = pieces(view, "a")
    assert len(found) >= 2
    assert [piece.opens for piece in found] == [True] + [False] * (len(found) - 1)
    assert [piece.closes for piece in found] == [False] * (len(found) - 1) + [True]
    column = view._roomy.column
    for piece in found:
        assert piece.areas[0][0] >= column.left
        assert piece.areas[-1][1] <= column.right


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MIXED, "ארבעה חיילים"),
        (MIXED, "😀 that ארבעה"),
        (MIXED, "חיילים (4) were"),
        (ARABIC, "إن three soldiers قتلوا"),
        (ARABIC, "three"),
        (ARABIC, "الجيش"),
    ],
)
def test_mixed_directions(view: ArticleView, text: str, words: str) -> None:
    reading = reading_layout(text)
    view.show_article(reading, [mark(text, words, name="a")])
    (piece,) = pieces(view, "a")
    annotation = view._index.get("a")
    assert annotation is not None
    first, last = reading.span_to_widget(annotation.spans[0])
    boxes = widths(view, view.document().firstBlock(), first, last)
    covered = sum(right - left for left, right in piece.areas)
    assert piece.areas[0][0] == pytest.approx(min(box[0] for box in boxes), abs=1)
    assert piece.areas[-1][1] == pytest.approx(max(box[1] for box in boxes), abs=1)
    others = [
        *widths(view, view.document().firstBlock(), 0, first),
        *widths(view, view.document().firstBlock(), last, len(reading.shown)),
    ]
    for left, right in others:
        middle = (left + right) / 2
        assert not any(a < middle < b for a, b in piece.areas)
    assert covered > 0


@pytest.mark.parametrize("bullet", ["", "• "])
def test_a_paragraph_from_right_to_left_stands_at_the_right(view: ArticleView, bullet: str) -> None:
    text = f"Words.\n\n{bullet}{ARABIC} {ARABIC} {ARABIC}"
    view.show_article(reading_layout(text), [])
    view.grab()
    first, column = view.document().firstBlock(), view._roomy.column
    assert first.layout().lineAt(0).naturalTextRect().left() == pytest.approx(column.left, abs=1)
    layout = view.document().lastBlock().layout()
    edge = column.right - (view._sizes.step if bullet else 0)
    assert layout.lineCount() > 1
    for number in range(layout.lineCount()):
        right = layout.lineAt(number).naturalTextRect().right()
        assert right == pytest.approx(edge, abs=1)


def test_overlapping_spans_have_lanes_of_their_own(view: ArticleView) -> None:
    words = [ENGLISH[4 + 3 * depth : 80 - 3 * depth] for depth in range(4)]
    marks = [mark(ENGLISH, each, name=f"a{depth}") for depth, each in enumerate(words)]
    view.show_article(reading_layout(ENGLISH), marks)
    for row in rows(view):
        for one, other in itertools.combinations(row.pieces, 2):
            assert row.lane_top(one.lane) != row.lane_top(other.lane)
        tops = sorted(row.lane_top(piece.lane) for piece in row.pieces)
        assert tops[0] >= row.foot
        assert tops[-1] + row.thick <= row.bottom - TAG_ROOM
        for upper, lower in itertools.pairwise(tops):
            assert lower - upper >= row.thick


def test_letters_tags_and_lanes_each_have_their_own_room(
    view: ArticleView, look: ArticleLook
) -> None:
    view.show_article(reading_layout(ENGLISH), [mark(ENGLISH, "deny that they were")])
    (row,) = rows(view)
    line = view.document().firstBlock().layout().lineAt(0)
    baseline = line.y() + line.ascent()
    ink = QFontMetricsF(look.font).tightBoundingRect("bdlgjpqy()|")
    assert row.letters <= baseline + ink.top()
    assert baseline + ink.bottom() <= row.foot
    tag = QFontMetricsF(look.tag_font).tightBoundingRect("CLAIM (gy)")
    assert row.letters - Sizes.of(look).tag_rise + tag.top() >= row.top - 0.5


def test_adding_a_span_moves_no_line(view: ArticleView) -> None:
    view.show_article(reading_layout(ENGLISH), [])
    layout = view.document().firstBlock().layout()
    view.grab()
    before = [layout.lineAt(i).y() for i in range(layout.lineCount())]
    view.patch((), [mark(ENGLISH, "deny that they were the first", name=f"a{i}") for i in "123"])
    view.grab()
    assert [layout.lineAt(i).y() for i in range(layout.lineCount())] == before


def test_tags_never_meet(view: ArticleView) -> None:
    words = ENGLISH.split("\n", maxsplit=1)[0].split()
    marks = [mark(ENGLISH, " ".join(words[i : i + 4]), "denial", f"a{i}") for i in range(12)]
    view.set_captions(lambda each: f"DENIAL · said by number {each.id} of the speakers")
    view.show_article(reading_layout(ENGLISH), marks)
    for focused in (None, "a3"):
        view.set_focused(focused)
        for row in rows(view):
            tags = sorted(row.tags, key=lambda tag: tag.left)
            for one, other in itertools.pairwise(tags):
                assert one.left + one.width < other.left
            assert all(tag.left + tag.width <= view.viewport().width() for tag in tags)
    names = {tag.id: tag.text for row in rows(view) for tag in row.tags}
    assert names["a3"] == "DENIAL · said by number a3 of the speakers"


def test_actors_show_their_tag_only_when_focused(view: ArticleView) -> None:
    view.show_article(reading_layout(ENGLISH), [mark(ENGLISH, "Yerevan", "actor", "a")])
    assert rows(view)[0].tags == []
    view.set_focused("a")
    assert [tag.text for tag in rows(view)[0].tags] == ["ACTOR"]


def test_hints_take_the_place_of_tags(view: ArticleView) -> None:
    marks = [mark(ENGLISH, "Yerevan", "actor", "a"), mark(ENGLISH, "they were", "claim", "b")]
    view.show_article(reading_layout(ENGLISH), marks)
    view.set_hints({"a": "F"})
    assert [(tag.text, tag.badge) for tag in rows(view)[0].tags] == [("F", True)]
    view.set_hints({})
    assert [tag.text for tag in rows(view)[0].tags] == ["CLAIM"]


def test_the_parts_of_an_annotation_are_joined_in_its_lane(view: ArticleView) -> None:
    parts = (Span(4, 15), Span(27, 40))
    view.show_article(reading_layout(ENGLISH), [Annotation("a", "l", parts, "claim")])
    (piece,) = pieces(view, "a")
    (left, right), (gap_left, gap_right) = piece.areas[0], piece.gaps[0]
    assert right == pytest.approx(gap_left, abs=0.1)
    assert gap_right == pytest.approx(piece.areas[1][0], abs=0.1)
    assert left < right


def test_a_patched_article_is_like_a_fresh_one(view: ArticleView) -> None:
    reading = reading_layout(ENGLISH)
    marks = [mark(ENGLISH, ENGLISH[i : i + 30], "claim", f"a{i:03}") for i in range(0, 160, 8)]
    view.show_article(reading, marks[:10])
    view.grab()
    view.patch([each.id for each in marks[:5]], marks[8:])
    view.patch([marks[9].id], [marks[0]])
    patched = rows(view)
    picture = view.grab().toImage()
    view.show_article(reading, [marks[0], marks[5], *marks[6:9], *marks[10:]])
    view.grab()
    assert rows(view) == patched
    assert view.grab().toImage() == picture


class Painted(QObject):
    """Remembers which regions a widget was asked to paint."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.regions: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(event.rect())
        return False


def test_only_touched_lines_are_drawn_again(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(reading_layout(ENGLISH), [mark(ENGLISH, "Another", name="b")])
    qtbot.wait(50)
    spy = Painted(view)
    view.viewport().installEventFilter(spy)
    view.patch((), (mark(ENGLISH, "Yerevan", name="a"),))
    qtbot.waitUntil(lambda: bool(spy.regions))
    (row,) = rows(view)
    (region,) = spy.regions
    assert region.height() <= row.bottom - row.top + 2
    spy.regions.clear()
    view.set_focused("b", ("a",))
    qtbot.waitUntil(lambda: bool(spy.regions))
    assert spy.regions[0].height() < view.viewport().height() / 2

"""Found places, collected passages and jump letters: where they are painted; what is in view."""

from itertools import pairwise

from PySide6.QtGui import QColor

from annotator.core.reading import reading_layout
from annotator.core.span import Span
from annotator.ui.article.look import ArticleLook
from annotator.ui.article.view import ArticleView
from tests.ui.article.helpers import mark, marked, span_of

TEXT = (
    "The ministry says that the rebels shelled the town, and that they were the first to attack "
    "the positions of the army there.\n\nThe rebels deny it.\n\nقال المتحدث باسم الجيش."
)
LONG = "\n\n".join(f"Paragraph {i} says that nobody was hurt." for i in range(300))


def test_found_places_are_where_their_letters_are(view: ArticleView) -> None:
    view.show_article(reading_layout(TEXT), ())
    spans = [span_of(TEXT, "ministry"), span_of(TEXT, "the rebels"), span_of(TEXT, "deny")]
    view.set_hits(spans, 1)
    view.grab()
    first, second = marked(view, 0), marked(view, 1)
    assert len(first.hits) == 1
    assert len(first.current) == 1
    assert len(second.hits) == 1
    assert first.hits[0].right() < first.current[0].left()
    view.set_hits(())
    assert marked(view).hits == []


def test_a_place_over_two_lines_has_two_areas(view: ArticleView) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.set_pending([span_of(TEXT, TEXT.partition("\n")[0])])
    areas = marked(view).pending
    assert len(areas) >= 2
    assert all(above.bottom() <= below.top() for above, below in pairwise(areas))
    assert marked(view, 1).pending == []


def test_the_current_place_and_the_others_differ_in_more_than_colour(
    view: ArticleView, look: ArticleLook
) -> None:
    view.show_article(reading_layout(TEXT), ())
    span = span_of(TEXT, "ministry")

    def frame(current: int) -> list[QColor]:
        view.set_hits([span], current)
        image = view.grab().toImage()
        shown = marked(view)
        area = (shown.hits + shown.current)[0]
        top = view.contentOffset().y() + area.top()
        return [image.pixelColor(round(area.center().x()), round(top) + n) for n in (0, 1)]

    assert frame(-1)[0] == look.text
    assert frame(-1)[1] != look.text
    assert frame(0) == [look.text, look.text]


def test_jump_letters_stand_above_their_words_and_apart(view: ArticleView) -> None:
    made = mark(TEXT, "ministry")
    view.show_article(reading_layout(TEXT), [made])
    view.grab()
    assert any(row.tags for row, _ in view._ready(view.document().firstBlock()))
    starts = [n for n, sign in enumerate(TEXT) if sign.isalpha() and not TEXT[n - 1].isalpha()]
    view.set_jumps({start: f"w{n}" for n, start in enumerate(starts)})
    view.grab()
    shown = [each for number in range(3) for each in marked(view, number).jumps]
    assert [text for _, text in shown] == [f"w{n}" for n in range(len(starts))]
    for number in range(3):
        areas = [area for area, _ in marked(view, number).jumps]
        assert not any(a.intersects(b) for a, b in pairwise(areas))
    assert not any(row.tags for row, _ in view._ready(view.document().firstBlock()))
    arabic = [area.right() for area, _ in marked(view, 2).jumps]
    assert arabic == sorted(arabic, reverse=True)
    view.set_jumps({})
    assert any(row.tags for row, _ in view._ready(view.document().firstBlock()))


def test_another_article_has_no_marks(view: ArticleView) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.set_hits([Span(0, 3)])
    view.set_pending([Span(4, 8)])
    view.set_jumps({0: "a"})
    view.show_article(reading_layout(TEXT), ())
    assert view._marks.of(view.document().firstBlock(), view._roomy, view._reading) is None


def test_what_is_in_view(view: ArticleView) -> None:
    view.show_article(reading_layout(LONG), ())
    view.grab()
    seen = view.visible_span()
    assert seen.start == 0
    assert 0 < seen.end < len(LONG) // 4
    place = LONG.index("Paragraph 200 ")
    view.show_position(place)
    view.grab()
    assert place in view.visible_span()
    assert 0 not in view.visible_span()
    view.clear_article()
    assert view.visible_span() == Span(0, 1)

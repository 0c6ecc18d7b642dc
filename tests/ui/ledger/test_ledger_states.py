"""The Ledger perspective where there is no gold, nothing, much, or something else by now."""

from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Change, Edit, change
from annotator.core.model import Entity, Relation
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.ledger import accounts
from annotator.ui.ledger.asking import layer_choices
from annotator.ui.ledger.perspective import EMPTY, NOTHING, LedgerPage
from annotator.ui.window import Window
from tests.review_desk import Maker
from tests.ui.ledger.conftest import Opened

DAY = {"text": "Monday", "from": "2022-08-01", "to": "2022-08-01"}


def settle(page: LedgerPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.accounts.busy)


def window_of(page: LedgerPage) -> Window:
    return cast("Window", page.window())


def count(low: int | None, high: int | None, **more: Any) -> dict[str, Any]:
    ends = {"low": low, "high": high}
    given = {name: end for name, end in ends.items() if end is not None}
    return {**given, "when": DAY, "whose": "e1", "outcome": "killed", **more}


@pytest.fixture
def two(maker: Maker) -> Maker:
    """Two people's layers, no gold: competing counts of every sort, a claim said in Arabic."""
    maker.write(Entity("e1", "Army", side="A"), Entity("e2", "Rebels 🙂"))
    maker.add(
        1,
        ann=[
            ("actor", "The rebels", {"entity": ["e2"]}),
            ("claim", "rebels shelled the town", {}),
            ("denial", "deny that they shelled the town", {}),
            ("casualty", "Two soldiers", count(2, 5)),
            ("casualty", "14 wounded 🙂", count(14, None, bound="at least")),
            ("casualty", "killed", count(None, 3, bound="at most")),
            ("casualty", "soldiers", count(300, 300, bound="about")),
            ("casualty", "wounded", count(None, None, bound="vague")),
            ("casualty", "Two", count(9, 4)),
            ("claim", "إن جنديا قتل", {}),
        ],
        bob=[("claim", "rebels shelled the town", {})],
    )
    maker.link(1, "ann", "source", 2, 0)
    maker.add(2, ann=[("claim", "rebels shelled the town", {})])
    return maker


def test_without_gold_it_says_whose_layer_it_is(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    assert page.notice.text() == "There is no gold layer yet; this is ann’s layer."
    with Project.open(two.path, who="bob") as project:
        assert [value for _, value in layer_choices(project.read, "bob")] == ["bob", "ann"]
    page.asking.layer.setCurrentIndex(1)
    settle(page, qtbot)
    assert len(page.accounts.arranged.ledger.claims) == 1
    assert "bob’s layer" in page.notice.text()


def test_counts_that_compete_stand_side_by_side(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    page.asking.own_voice.setChecked(True)
    settle(page, qtbot)
    model = page.counts.counts
    assert model.cell(0, 0).text == "competing: 1 August 2022, Army, killed"
    assert model.cell(1, 3).text.startswith("≠ ")
    assert "another count competes" in model.cell(1, 3).spoken
    shown = [model.cell(row, 3).text for row in range(model.rowCount())]
    assert any("9 to 4 (low above high)" in each for each in shown)
    assert "said in 2 places" in page.cards.cards.cell(1, 0).spoken or len(shown) > 1
    cells = page.timeline.times.timeline.cells
    assert "more" in page.timeline.times.cell(*next(iter(cells))).spoken
    assert not page.grab().isNull()


def test_a_vague_count_is_in_the_words_of_the_text(two: Maker, opened: Opened) -> None:
    page = opened(two.path)
    page.asking.own_voice.setChecked(True)
    model = page.counts.counts
    assert "vague" not in {model.cell(row, 3).text for row in range(model.rowCount())}


def test_not_the_same_claim_is_kept_undone_and_done_again(
    two: Maker, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(two.path)
    _repeated(page, qtbot)
    QTest.keyClick(page.places.list, Qt.Key.Key_Delete)
    settle(page, qtbot)
    assert not any(len(each.places) > 1 for each in page.accounts.arranged.ledger.claims)
    page._hub.undo()
    settle(page, qtbot)
    assert any(len(each.places) > 1 for each in page.accounts.arranged.ledger.claims)
    page._hub.redo()
    settle(page, qtbot)
    again = opened(two.path)
    assert not any(len(each.places) > 1 for each in again.accounts.arranged.ledger.claims)


def test_what_is_linked_as_repeated_stays_one(maker: Maker, opened: Opened, qtbot: QtBot) -> None:
    maker.add(1, ann=[("claim", "rebels shelled the town", {}), ("claim", "they shelled", {})])
    maker.link(1, "ann", "repeats", 0, 1)
    page = opened(maker.path)
    said: list[str] = []
    page._hub.said.connect(said.append)
    _repeated(page, qtbot)
    page.places.part.click()
    assert said[-1].startswith("This is linked as repeated")
    assert len(page.accounts.arranged.ledger.claims) == 1


def _repeated(page: LedgerPage, qtbot: QtBot) -> None:
    """Look at the places of a claim that is said at several."""
    rows = page.cards.cards.rows
    at = next(at for at, each in enumerate(rows) if each.left and len(each.left.places) > 1)
    page.cards.take_focus()
    page.cards.setCurrentIndex(page.cards.cards.index(at, 0))
    qtbot.waitUntil(lambda: not page.places.isHidden())
    page.places.take_focus()


def test_how_much_alike_is_the_same_can_be_chosen(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    words = "says that rebels shelled the town"
    maker.add(1, ann=[("claim", words, {})])
    maker.add(2, ann=[("claim", f"The ministry {words}", {})])
    page = opened(maker.path)

    def claims(likeness: float) -> int:
        page.asking.alike.setCurrentIndex(page.asking.alike.findData(likeness))
        settle(page, qtbot)
        return len(page.accounts.arranged.ledger.claims)

    assert (claims(1.0), claims(0.5), claims(1.0)) == (2, 1, 2)


def test_sections_for_what_lacks_something(two: Maker, opened: Opened) -> None:
    page = opened(two.path)
    titles = [each.title for each in page.cards.cards.rows if each.title]
    assert titles == ["Claims without a source · 2", "Denials without a target · 1"]
    last = page.cards.cards.rowCount() - 1
    assert page.cards.cards.cell(last, 0).text == "nothing in these articles that it denies"


def test_several_answers_and_disputes(maker: Maker, opened: Opened) -> None:
    maker.add(
        1,
        ann=[
            ("claim", "rebels shelled the town", {}),
            ("denial", "deny that they shelled the town", {}),
            ("denial", "The rebels deny", {}),
            ("claim", "they shelled", {}),
        ],
    )
    maker.link(1, "ann", "denies", 1, 0)
    maker.link(1, "ann", "denies", 2, 0)
    layer = "document-1 ann"
    maker.write(
        Relation("cycle", _layer(maker), "denies", f"{layer} 1", f"{layer} 2"),
        Relation("other", _layer(maker), "disputes", f"{layer} 0", f"{layer} 3"),
    )
    page = opened(maker.path)
    rows = page.cards.cards.rows
    assert [each.again for each in rows if each.left and each.between == "denied by"].count(True)
    titles = [each.title for each in rows if each.title]
    assert "Denied counts and denials · 1" in titles
    assert titles[-1] == "Disputed · 1"
    again = next(number for number, each in enumerate(rows) if each.again)
    assert page.cards.cards.cell(again, 0).spoken.startswith("the same claim")
    assert not page.grab().isNull()


def _layer(maker: Maker) -> str:
    with Project.open(maker.path, who="setter") as project:
        return next(project.read.layers()).id


def test_an_empty_project_says_what_to_do(window: Window, qtbot: QtBot) -> None:
    window.show_perspective("ledger")
    assert window.bench is not None
    page = cast("LedgerPage", window.bench.shown)
    settle(page, qtbot)
    assert page.notice.text() == NOTHING
    assert page.standing.place == "all articles (3)"
    for each in page.tables:
        each.take_focus()
        QTest.keyClick(each, Qt.Key.Key_Return)


def test_a_layer_of_nothing_said(maker: Maker, opened: Opened) -> None:
    maker.add(1, ann=[("actor", "The rebels", {})])
    assert opened(maker.path).notice.text().endswith(EMPTY)


def test_edits_are_followed(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    before = len(page.accounts.arranged.ledger.claims)
    hub = page._hub
    layer = hub.layer
    assert layer is not None
    hub.apply(verbs.mark(layer, [Span(0, 12)], "claim", fresh=False))
    settle(page, qtbot)
    assert len(page.accounts.arranged.ledger.claims) == before + 1
    made = next(each for each in hub.annotations.values() if each.spans == (Span(0, 12),))
    window_of(page).show_perspective("annotate")
    hub.undo()
    assert hub.project.read.annotation(made.id) is None
    window_of(page).show_perspective("ledger")
    settle(page, qtbot)
    assert len(page.accounts.arranged.ledger.claims) == before


def test_a_span_that_is_gone_is_told(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    said: list[str] = []
    page._hub.said.connect(said.append)
    page.article_wanted.emit("document-1", "nothing")
    assert said == ["This annotation is gone by now."]


def test_other_entities_and_another_program_are_followed(
    two: Maker, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(two.path)
    page.accounts.forget_all()
    page._hub.reread.emit()
    assert page.accounts.busy
    settle(page, qtbot)
    two.write(Entity("e9", "Somebody"))
    page._hub.look()
    settle(page, qtbot)
    assert page.accounts.arranged.ledger.claims


def test_the_open_article_or_all(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    page.asking.articles.setCurrentIndex(page.asking.articles.findData("open"))
    settle(page, qtbot)
    assert len(page.accounts.arranged.ledger.sources) == 1
    documents = window_of(page).bench.documents  # type: ignore[union-attr]  # a project is open
    documents.list.selectAll()
    page.asking.offer_wishes("")
    page.asking.articles.setCurrentIndex(page.asking.articles.findData("selected"))
    settle(page, qtbot)
    assert len(page.accounts.arranged.ledger.sources) == 2


def test_much_is_shown_in_parts(
    two: Maker, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "FIRST", 1)
    monkeypatch.setattr(accounts, "SLICE", 0.0)
    page = opened(two.path)
    page.accounts.forget_all()
    seen: list[int] = []
    page.accounts.changed.connect(lambda: seen.append(len(page.accounts.arranged.ledger.sources)))
    page.accounts.load()
    settle(page, qtbot)
    assert seen[-1] == 2


def test_leaving_while_it_reads_goes_on_later(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    page.accounts.forget_all()
    page.accounts.load()
    window_of(page).show_perspective("annotate")
    assert not page.accounts._timer.isActive()
    window_of(page).show_perspective("ledger")
    settle(page, qtbot)
    assert len(page.accounts.arranged.ledger.sources) == 2


def test_a_layer_that_is_no_more_is_told(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    page.accounts.show(accounts.Wish("nobody"))
    qtbot.waitUntil(
        lambda: "no layer “nobody”" in page.notice.text().replace('"nobody"', "“nobody”")
    )


def test_a_layer_that_goes_gives_way_to_one_that_is_there(
    two: Maker, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(two.path)
    page.asking.layer.setCurrentIndex(page.asking.layer.findData("bob"))
    settle(page, qtbot)
    hub = page._hub
    layer = next(each for each in hub.project.read.layers() if each.annotator == "bob")
    spans = hub.project.read.annotations(layer=layer.id)
    gone = (*(Change(each, None) for each in spans), Change(layer, None))
    hub.apply(Edit("remove layer", gone))
    settle(page, qtbot)
    assert page.asking.layer.currentData() == page.accounts.wish.layer == "ann"  # type: ignore[union-attr]  # there is a wish
    assert page.standing.place.startswith("layer: ann’s layer")
    assert len(page.accounts.arranged.ledger.sources) == 2
    hub.undo()
    settle(page, qtbot)
    assert page.asking.layer.findData("bob") > 0


def test_what_breaks_is_raised_where_it_is_shown(
    two: Maker, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(two.path)

    def broken(*_rest: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(accounts, "arranged", broken)
    with qtbot.captureExceptions() as raised:
        page.accounts.load()
        settle(page, qtbot)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_another_title_is_shown(two: Maker, opened: Opened, qtbot: QtBot) -> None:
    page = opened(two.path)
    hub = page._hub
    assert hub.document is not None
    named = replace(hub.document, title="Another title")
    hub.apply(Edit("name", change(hub.document, named)))
    settle(page, qtbot)
    sources = page.accounts.arranged.ledger.sources
    assert sources[named.id].title == "Another title"

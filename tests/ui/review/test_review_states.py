"""The states of a review: blind, stale, read-only, one annotator, reviewers who differ, phrases."""

import stat
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.article import Article
from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, Entity, Layer
from annotator.project import Project
from annotator.review import deciding, places
from annotator.review.queue import Filter
from annotator.review.rules import Rules
from annotator.transfer.reviewing import ground_of
from annotator.ui.review.article_rows import _fitting
from annotator.ui.review.asking import parse
from annotator.ui.review.differences import NOT_LINKED, NOTHING
from annotator.ui.review.perspective import Review
from annotator.ui.review.rules_dialog import RulesDialog
from annotator.ui.window import Window
from tests.review_desk import TEXT, Maker, actions, at, made, press

Opened = Callable[[], Review]


def claims(*words: str, label: str = "claim") -> list[tuple[str, str, dict[str, Any]]]:
    return [(label, each, {}) for each in words]


def window_of(review: Review) -> Window:
    found = review.window()
    assert isinstance(found, Window)
    return found


def test_an_empty_queue_says_how_articles_come_here(maker: Maker, opened: Opened) -> None:
    review = opened()
    assert review.reviewed is None
    assert "Nothing is in review yet" in review.page.nothing.text()
    press(review, "1", "Enter", "Alt+Down", "Right", "E", "X")
    assert review.standing.count == ""
    assert review.card.heading.text() == "Nothing in review"
    beside = (*review.card.buttons.values(), review.card.notice, review.remarks)
    assert not any(each.isVisible() for each in (*beside, review.asides.taken))


def test_an_article_that_one_has_done_has_nothing_to_decide(maker: Maker, opened: Opened) -> None:
    maker.add(1, ann=claims("rebels shelled the town"))
    review = opened()
    assert review.card.heading.text() == "Nothing to decide"
    assert "one layer done" in review.page.header.text() or review.reviewed is not None
    assert review.place is None


def test_blind_hides_who_gave_a_version_until_it_is_decided(five: Maker, opened: Opened) -> None:
    five.rules(Rules(blind=True, seed=7))
    review = opened()
    assert "blind" in review.page.header.text()
    assert review.standing.place.endswith("blind")
    shown = [each for each in review.card.cards if not each.isHidden()]
    assert all("of 3" not in each.accessibleDescription() for each in shown)
    press(review, "1", "Alt+Up")
    assert all("of 3" in each.accessibleDescription() for each in shown)


def test_a_change_since_decided_comes_back_and_says_why(five: Maker, opened: Opened) -> None:
    review = opened()
    press(review, "1")
    with Project.open(five.path, who="ann") as project:
        found = project.read.annotation("document-1 ann 1")
        assert found is not None
        project.apply(verbs.move(found, [at("shelled the town")]))
    review.hub.look()
    assert review.reviewed is not None
    stale = [each for each in review.reviewed.places if each.status == "stale"]
    assert len(stale) == 1
    review.go_to(stale[0])
    assert "changed since decided" in review.card.notice.text()
    press(review, "1")
    assert [each for each in review.reviewed.places if each.status == "stale"] == []


def test_gold_changed_by_hand_comes_back(five: Maker, opened: Opened) -> None:
    review = opened()
    press(review, "1")
    assert review.reviewed is not None
    (gold,) = review.reviewed.gold.annotations
    review.hub.apply(verbs.move(gold, [at("rebels")]))
    stale = [each for each in review.reviewed.places if each.status == "stale"]
    review.go_to(stale[0])
    assert "changed by hand" in review.card.notice.text()


def test_a_file_that_cannot_be_written_says_so(five: Maker, opened: Opened) -> None:
    five.path.chmod(stat.S_IRUSR)
    try:
        with Project.open(five.path) as project:
            if not project.read_only:
                pytest.skip("whoever runs this may write anywhere")
        review = opened()
        press(review, "1")
        assert made(review) == []
        assert "Nothing can be decided here" in review.card.notice.text()
        assert not review.asides.strip.isVisible()
        assert not any(each.isEnabled() for each in review.card.buttons.values())
    finally:
        five.path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_read_only_is_refused_by_every_key(
    five: Maker, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = opened()
    monkeypatch.setattr(review.hub.project, "read_only", "the folder is locked")
    review.go_to(review.place)
    press(review, "1", "U", "X", "E", "Shift+Enter")
    assert made(review) == []
    assert review.desk is None
    assert "the folder is locked" in review.card.notice.text()


def test_two_reviewers_who_differ_are_a_conflict_of_their_own(five: Maker, opened: Opened) -> None:
    with Project.open(five.path, who="one") as project:
        read = project.read
        document = next(read.documents())
        works = tuple(read.works(list(read.layers(document=document.id))))
        before = places.on(Article(document, works), ground_of(read, project.tagset))
        (place, *_) = before.pending
        edits = [
            deciding.take(before, place, place.versions[0], by="one"),
            deciding.take(before, place, place.versions[1], by="two"),
        ]
        seen: set[str] = set()
        for edit in edits:
            changes = [each for each in edit.changes if each.id not in seen]
            seen.update(each.id for each in changes)
            project.apply(Edit(edit.name, tuple(changes)))
    review = opened()
    assert review.place is not None
    assert review.place.kind == "decision"
    assert "Reviewers have decided differently" in review.card.notice.text()
    # Decided in the same millisecond, either may stand first.
    given = [
        each.accessibleDescription().split()[0] for each in review.card.cards if each.isVisible()
    ]
    assert sorted(given) == ["one", "two"]
    press(review, str(given.index("two") + 1))
    assert made(review) == [("claim", "that rebels shelled the town")]


def test_what_waits_and_what_is_moot_is_shown_and_not_decided(five: Maker, opened: Opened) -> None:
    review = opened()
    assert review.reviewed is not None
    waiting = next(each for each in review.reviewed.places if each.status == "waiting")
    review.go_to(waiting)
    assert "This comes later" in review.card.notice.text()
    assert review.card.cards[1].isHidden() or review.place is waiting
    press(review, "1")
    assert actions(review) == []
    review.go_to(review.reviewed.pending[0])
    press(review, "X")
    moot = next(each for each in review.reviewed.places if each.relation)
    review.go_to(moot)
    assert moot.status in ("moot", "waiting")
    assert review.card.notice.text()


def test_versions_are_told_with_what_differs(five: Maker, opened: Opened) -> None:
    review = opened()
    assert review.reviewed is not None
    assert review.place is not None
    told = review.words(review.reviewed).told(review.place)
    marked = ["".join(each.text for each in one.quotations[0] if each.differs) for one in told]
    assert marked == [" the town", "that  the town", ""]
    assert [each.value for each in told[0].lines] == ["certain"]
    assert told[2].lines[0].value == "not given"
    missing = next(each for each in review.reviewed.places if each.kind == "missing")
    assert NOTHING in [each.title for each in review.words(review.reviewed).told(missing)]
    relation = next(each for each in review.reviewed.places if each.relation)
    lines = [each.lines[0].value for each in review.words(review.reviewed).told(relation)]
    assert NOT_LINKED in lines
    assert "Ministry" in lines


def test_filters_narrow_what_one_goes_through(maker: Maker, opened: Opened, qtbot: QtBot) -> None:
    maker.add(1, ann=claims("rebels shelled the town"), bob=claims("rebels shelled"))
    maker.add(2, ann=claims("14 wounded", label="casualty"), bob=[])
    review = opened()
    box = review.articles.filter
    press(review, "Ctrl+Shift+F")
    assert box.hasFocus()
    box.setText("label:casualty")
    press(review, "Enter")
    assert review.page.view.hasFocus()
    qtbot.waitUntil(lambda: review.articles.model.rowCount() == 1)
    review.next_pending()
    assert review.document == "document-2"
    box.setText("kind:boundary rebels")
    review.articles._ask()
    review.next_pending()
    assert review.document == "document-1"
    box.setText("pair:ann,bob state:open")
    review.articles._ask()
    assert review.queue.wanted == 2
    box.setText("nonsense:x")
    review.articles._ask()
    assert "not known" in review.articles._hint.text()
    box.setText("")
    review.articles._ask()
    assert review.articles.model.rowCount() == 2


def test_what_is_typed_becomes_a_filter() -> None:
    asked = parse('state:open kind:label "the town" label:claim pair:ann,bob')
    assert asked.filter == Filter(
        frozenset({"label"}),
        frozenset({"claim"}),
        frozenset({"ann", "bob"}),
        "the town",
        frozenset({"open"}),
    )
    assert asked.problem == ""
    assert "is one of" in parse("kind:nothing").problem
    assert "two annotators" in parse("pair:ann").problem


@pytest.mark.parametrize("order", ["reading", "severity", "phrase"])
def test_each_order_goes_through_all_and_none_twice(
    maker: Maker, opened: Opened, order: str
) -> None:
    for number in (1, 2, 3):
        maker.add(
            number,
            ann=claims("rebels shelled the town", "Two soldiers"),
            bob=[*claims("rebels shelled"), *claims("Two soldiers", label="actor")],
        )
    review = opened()
    review.articles.set_order(
        next(each for each in ("reading", "severity", "phrase") if each == order)
    )
    review.go_on(review.queue.following(None, pending=True))
    seen = []
    while review.place is not None and review.place.pending:
        seen.append(review.spot)
        press(review, "1")
    assert len(seen) == len(set(seen)) == 6
    assert all(not case.pending for known in review.queue.known.values() for case in known)


def test_the_article_that_comes_next_is_read_while_one_thinks(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    for number in (1, 2):
        maker.add(number, ann=claims("rebels shelled the town"), bob=claims("rebels shelled"))
    review = opened()
    queue = review.queue

    def ahead() -> str:
        return queue._ahead.document.id if queue._ahead else ""

    qtbot.waitUntil(lambda: ahead() == "document-2")
    read_ahead = queue._ahead
    layer = Layer.of("document-2", "ann")
    new = Annotation("new", layer.id, (at("Two soldiers"),), "actor")
    review.hub.project.apply(Edit("more", inserted([new])))
    assert not ahead(), "what has changed is read anew"
    press(review, "1")
    assert review.document == "document-2"
    assert review.reviewed is not None
    assert review.reviewed != read_ahead
    assert [each.kind is not None for each in review.reviewed.places if each.pending] == [True] * 2


def test_a_key_of_a_remark_brings_it_into_view(five: Maker, opened: Opened) -> None:
    review = opened()
    window_of(review).resize(1024, 500)
    QApplication.processEvents()
    for key, widget in (
        ("N", review.remarks.comment),
        ("K", review.remarks.reason),
        ("F", review.remarks.gap),
    ):
        review.card.area.verticalScrollBar().setValue(0)
        review.take_focus()
        press(review, key)
        assert not widget.visibleRegion().isEmpty(), key
    assert review.remarks.gap.isChecked()


def test_a_narrow_row_leaves_out_whole_counts(qapp: QApplication) -> None:
    font = QFont()
    wide = QFontMetrics(font).horizontalAdvance("5 open · 2 waiting")
    assert _fitting("5 open · 2 waiting", font, wide) == "5 open · 2 waiting"
    assert _fitting("5 open · 2 waiting", font, wide - 1) == "5 open"
    assert _fitting("5 open · 2 waiting", font, 1) == "5 open"


def test_the_same_phrase_is_settled_everywhere_in_one_edit(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    for number in (1, 2, 3):
        maker.add(number, ann=claims("rebels shelled the town"), bob=claims("rebels shelled"))
    review = opened()
    press(review, "A")
    strip = review.asides.alike_strip
    qtbot.waitUntil(strip.isVisible)
    assert strip.heading.text().startswith("3 conflicts on the same words in 3 articles")
    assert strip.apply_.text() == "Decide 3 of 3 (Enter)"
    press(review, "Enter")
    assert not strip.isVisible()
    assert review.queue.pending == 0
    press(review, "Ctrl+Z")
    qtbot.waitUntil(lambda: review.queue.whole and review.queue.pending == 3)


def test_a_phrase_that_is_nowhere_else_says_so(five: Maker, opened: Opened, qtbot: QtBot) -> None:
    review = opened()
    said: list[str] = []
    review.hub.said.connect(said.append)
    press(review, "A")
    qtbot.waitUntil(lambda: bool(said))
    assert "nowhere else" in said[0]


def test_actors_of_one_name_are_offered_to_be_merged(five: Maker, opened: Opened) -> None:
    five.write(
        Entity("e9", "The  rebels", type="armed group"), Entity("e8", "rebels", type="armed group")
    )
    review = opened()
    review.asides.strip.refuse.click()  # what all agree on
    review.asides.show()
    assert "Are they the same?" in review.asides.strip.words.text()
    review.asides.strip.take.click()
    assert len(review.hub.entities) == 3
    assert review.hub.project.undo_name == "merge entities"


def test_actors_that_are_not_the_same_stay_two(five: Maker, opened: Opened) -> None:
    five.write(
        Entity("e9", "The  rebels", type="armed group"), Entity("e8", "rebels", type="armed group")
    )
    review = opened()
    twins = review.queue.ground.twins
    assert twins
    review.asides.strip.refuse.click()  # what all agree on
    review.asides.show()
    assert review.asides.strip.never.text() == "Not the same"
    review.asides.strip.never.click()
    assert not review.queue.ground.twins
    assert review.hub.project.undo_name == "not the same"
    review.hub.undo()
    assert review.queue.ground.twins == twins


def test_rules_are_the_projects_and_undone_as_any_edit(five: Maker, opened: Opened) -> None:
    review = opened()
    bench = window_of(review).bench
    assert bench is not None
    bench.show_review_rules()
    dialog = next(iter(bench.findChildren(RulesDialog)))
    assert dialog.rules.all_agree
    dialog.blind.setChecked(True)
    dialog.majority.setValue(2)
    dialog.accept()
    assert review.queue.ground.rules == Rules(majority=2, blind=True, seed=1)
    assert review.reviewed is not None
    assert review.reviewed.ground.rules.blind
    review.hub.undo()
    assert review.queue.ground.rules == Rules()


def test_what_is_done_in_annotate_is_in_review_when_one_comes_back(
    five: Maker, opened: Opened
) -> None:
    review = opened()
    window = window_of(review)
    window.show_perspective("annotate")
    found = review.hub.project.read.annotation("document-1 cem 1")
    assert found is not None
    review.hub.apply(verbs.move(found, [at("rebels shelled the town")]))
    window.show_perspective("review")
    assert review.place is not None
    assert len(review.place.versions) == 3 or review.place.kind is not None


def test_an_article_is_shown_where_it_was_in_the_other_perspective(
    maker: Maker, opened: Opened
) -> None:
    for number in (1, 2):
        maker.add(number, ann=claims("rebels shelled the town"), bob=claims("rebels"))
    review = opened()
    window = window_of(review)
    window.show_perspective("annotate")
    assert window.bench is not None
    window.bench.annotate.open_document("document-2")
    window.show_perspective("review")
    assert review.document == "document-2"
    window.step_article(-1)
    assert review.document == "document-1"
    window.step_article(-1)
    window.show_perspective("annotate")
    assert review.hub.document is not None
    assert review.hub.document.id == "document-1"


def test_right_to_left_words_and_signs_beyond_16_bits(maker: Maker, opened: Opened) -> None:
    maker.add(
        1,
        ann=claims("جنديا", "14 wounded 🙂 on Monday"),
        bob=claims("إن جنديا قتل", "14 wounded 🙂"),
    )
    review = opened()
    press(review, "Alt+Down", "E", "Shift+Right", "Enter")
    assert len(made(review)) == 1
    review.grab()
    press(review, "2")
    assert review.queue.pending == 0


def test_the_theme_and_the_sizes_change_while_one_reviews(five: Maker, opened: Opened) -> None:
    review = opened()
    window = window_of(review)
    for theme in ("dark", "contrast", "light"):
        window.change(theme=theme)
        review.grab()
    window.change(text_size=24)
    press(review, "E")
    window.change(theme="dark", layout="raw")
    review.grab()
    press(review, "Esc", "1")
    assert len(made(review)) == 1
    QApplication.processEvents()


def test_gold_around_a_conflict_has_no_lane_there(
    five: Maker, opened: Opened, qtbot: QtBot
) -> None:
    five.add(2, ann=claims(TEXT[:90]), bob=claims(TEXT[:90]))
    review = opened()
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) == 2)
    levels = review.page.scene.levels
    assert {0, 1, 2} <= set(levels.values())
    assert not any(each.startswith("document") for each in levels)


def test_what_was_decided_in_a_gap_stands_beside_the_guideline(five: Maker, opened: Opened) -> None:
    review = opened()
    window = window_of(review)
    assert window.bench is not None
    press(review, "N")
    QTest.keyClicks(review.remarks.comment, "without that")
    press(review, "Ctrl+Enter", "F", "1")
    window.show_perspective("annotate")
    hub = window.bench.hub
    assert hub.layer is not None
    hub.apply(verbs.mark(hub.layer, [at("Two soldiers")], "claim", fresh=True))
    hub.focus(next(iter(hub.annotations)))
    guideline = window.bench.inspector.guideline
    words = "“rebels shelled the town” is one: without that"
    assert guideline._decided.text() == words
    hub.undo()
    hub.undo()
    assert guideline._decided.text() == words or not guideline.isVisible()

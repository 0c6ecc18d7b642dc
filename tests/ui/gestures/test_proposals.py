"""Numbers that the words propose."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator import paths
from annotator.core.model import Annotation, Entity
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label
from annotator.core.tagset_toml import loads
from annotator.ui.gestures.proposals import Proposal, count_words, of_focused, proposal
from annotator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
CASUALTY = TAGSET.label("casualty")


def proposed(
    words: str, label: Label | None = CASUALTY, **attributes: Any
) -> tuple[Annotation, Proposal | None]:
    annotation = Annotation("a", "layer", (Span(0, len(words)),), "casualty", attributes)
    return annotation, proposal(annotation, label, words, "en", {})


def test_what_the_words_tell_otherwise_is_proposed() -> None:
    _, found = proposed("at least 49 people", low=50)
    assert found is not None
    assert found.values == {"low": 49, "bound": "at least"}
    assert found.sentence == "The words say: at least 49."
    assert proposed("at least 49 people", low=49, bound="at least")[1] is None


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"low": 2, "high": 2, "bound": "exact", "victims": "military"}, "2, military"),
        ({"low": 14, "high": 14, "outcome": "wounded"}, "14 wounded"),
        ({"high": 60, "low": 50, "bound": "about"}, "about 50–60"),
        ({"bound": "vague"}, "a vague count"),
        ({"bound": "vague", "low": 24, "outcome": "killed"}, "a vague count, 24 killed"),
    ],
)
def test_a_proposal_is_told_in_words(told: dict[str, Any], sentence: str) -> None:
    assert count_words(told) == sentence


def test_only_labels_that_count_have_numbers_and_only_what_they_allow() -> None:
    assert proposed("49 people", TAGSET.label("claim"))[1] is None
    assert proposed("49 people", None)[1] is None
    assert CASUALTY is not None
    ends = tuple(each for each in CASUALTY.attributes if each.name in ("low", "high"))
    _, found = proposed("at least 49 people", replace(CASUALTY, attributes=ends))
    assert found is not None
    assert found.told == {"low": 49}


def test_a_rejected_proposal_is_made_again_by_other_words_only() -> None:
    annotation, found = proposed("at least 49 people")
    assert found is not None
    rejected = replace(annotation, meta={"rejected": found.told})
    assert proposal(rejected, CASUALTY, "at least 49 people", "en", {}) is None
    assert proposal(rejected, CASUALTY, "at least 50 people", "en", {}) is not None


def test_who_is_named_is_proposed_where_just_one_has_the_name() -> None:
    actor = TAGSET.label("actor")
    register = {
        "m": Entity("m", "Ministry of Defence", ("the MoD",)),
        "a": Entity("a", "Army of A", ("the army",)),
        "b": Entity("b", "Army of B", ("the army",)),
    }

    def named(words: str, label: Label | None = actor, **attributes: Any) -> Proposal | None:
        annotation = Annotation("a", "layer", (Span(0, len(words)),), "actor", attributes)
        return proposal(annotation, label, words, "en", register)

    for words in ("The Ministry of\nDefence", "the MoD", "Ministry of Defence"):
        found = named(words)
        assert found is not None
        assert found.values == {"entity": ["m"]}
        assert found.sentence == "The register has: Ministry of Defence."
    assert named("the army") is None
    assert named("nobody") is None
    assert named("the Foreign Office of A") is not None
    assert named("the ministry of something") is None
    assert named("the MOD") is not None
    assert named("the MoD", entity=["a"]) is None
    one = Label("voice", attributes=(Attribute("who", "entity"),))
    single = named("the MoD", one)
    assert single is not None
    assert single.values == {"who": "m"}


def tag(window: Window, words: str) -> None:
    document = window.desk.hub.document
    assert document is not None
    start = document.text.index(words)
    window.desk.view.select(Span(start, start + len(words)))
    window.desk.tag("casualty")


def test_y_takes_it_in_one_edit_and_x_hides_it_for_good(window: Window) -> None:
    assert window.bench is not None
    hub, view, card = window.desk.hub, window.desk.view, window.bench.inspector.card
    tag(window, "Two soldiers")
    assert card.proposal.isVisible()
    assert card.proposal.words.text() == "The words say: 2, military."
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert hub.focused is not None
    assert hub.focused.attributes == {"low": 2, "high": 2, "bound": "exact", "victims": "military"}
    assert not card.proposal.isVisible()
    hub.undo()
    assert hub.focused.attributes == {}
    card.proposal.reject.click()
    assert not card.proposal.isVisible()
    assert hub.focused.attributes == {}
    hub.undo()
    assert card.proposal.isVisible()
    QTest.keyClick(view, Qt.Key.Key_X)
    assert not card.proposal.isVisible()
    said: list[str] = []
    hub.said.connect(said.append)
    QTest.keyClick(view, Qt.Key.Key_X)
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert said == ["Nothing is proposed for this span."] * 2


def test_y_adds_who_is_not_in_the_register(window: Window) -> None:
    hub, view = window.desk.hub, window.desk.view
    assert hub.document is not None
    number = len(hub.entities)
    view.select(Span(0, len("The ministry says")))
    window.desk.tag("actor")
    assert of_focused(hub) is None  # no name
    start = hub.document.text.index("Two soldiers")
    view.select(Span(start, start + len("Two soldiers")))
    window.desk.tag("actor")
    found = of_focused(hub)
    assert found is not None
    assert found.sentence == "Not in the register: add “Two soldiers”?"
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert hub.focused is not None
    (named,) = hub.focused.attributes["entity"]
    assert hub.entities[named].name == "Two soldiers"
    hub.undo()
    assert len(hub.entities) == number
    QTest.keyClick(view, Qt.Key.Key_X)
    assert of_focused(hub) is None


def test_nothing_is_proposed_where_nothing_can_be_changed(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.bench is not None
    tag(window, "Two soldiers")
    monkeypatch.setattr(window.desk.hub.project, "read_only", "made by a newer version")
    window.desk.hub.focus_moved.emit()
    window.bench.inspector._show()
    assert not window.bench.inspector.card.proposal.isVisible()

"""The sample decided by keys in the window, without a screen: it comes to the expected gold."""

from statistics import median
from typing import Any

from pytestqt.qtbot import QtBot

from annotator import sample
from tests.adjudication import SAMPLE, expected, meaning, named, play
from tests.review_desk import Maker, made, press


def test_the_expected_gold_comes_of_keys_alone(maker: Maker, opened: Any, qtbot: QtBot) -> None:
    sample.build(maker.path, force=True)
    review = opened()
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) > 0)

    def now() -> tuple[str, str]:
        assert review.place is not None
        assert review.place.pending
        return named(review.place, review.reviewed.document.text)

    pressed = play(SAMPLE, lambda key: press(review, key), now)
    assert review.place is None
    work = review.reviewed.gold
    layer = {
        "annotations": [
            {
                "id": each.id,
                "spans": [[span.start, span.end] for span in each.spans],
                "label": each.label,
                "attributes": each.attributes,
            }
            for each in work.annotations
        ],
        "relations": [
            {
                "type": each.type,
                "source": each.source,
                "target": each.target,
                "attributes": each.attributes,
            }
            for each in work.relations
        ],
    }
    assert meaning(layer) == meaning(expected())
    assert median(pressed) <= 2


def test_always_the_first_version_is_not_enough(maker: Maker, opened: Any, qtbot: QtBot) -> None:
    sample.build(maker.path, force=True)
    review = opened()
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) > 0)
    while review.place is not None and review.place.pending:
        press(review, "1")
    wanted = {(each["label"], " … ".join(each["quote"])) for each in expected()["annotations"]}
    assert set(made(review)) != wanted

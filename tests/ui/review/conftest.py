"""A window on a project in which annotators differ, in the Review perspective."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from annotator.core.model import Entity
from annotator.project import Project
from annotator.ui.review.perspective import Review
from annotator.ui.window import Window
from tests.review_desk import Maker


@pytest.fixture
def opened(windowed: Callable[..., Window], maker: Maker) -> Callable[[], Review]:
    """Opens the window on the made project, in the Review perspective, the text in focus."""

    def open_() -> Review:
        window = windowed(Project.open(maker.path, who="rev"))
        window.show_perspective("review")
        assert window.bench is not None
        review = cast("Review", window.bench.shown)
        review.take_focus()
        return review

    return open_


@pytest.fixture
def five(maker: Maker) -> Maker:
    """One article with conflicts of several kinds between three, and something agreed on."""
    maker.write(Entity("e1", "Ministry"), Entity("e2", "Rebels", type="armed group"))
    actor: tuple[str, str, dict[str, Any]] = ("actor", "The ministry", {"entity": ["e1"]})
    rebels: tuple[str, str, dict[str, Any]] = ("actor", "The rebels", {"entity": ["e2"]})
    maker.add(
        1,
        ann=[
            *(actor, ("claim", "rebels shelled the town", {"certainty": "certain"}), rebels),
            *(("denial", "deny that they shelled the town", {}),),
            *(("casualty", "14 wounded 🙂", {"low": 14, "high": 14}),),
        ],
        bob=[
            *(actor, ("claim", "that rebels shelled the town", {"certainty": "probable"}), rebels),
            *(("claim", "deny that they shelled the town", {}),),
            *(("casualty", "14 wounded 🙂", {"low": 4, "high": 14}),),
        ],
        cem=[actor, ("claim", "rebels shelled", {}), rebels],
    )
    maker.link(1, "ann", "source", 1, 0)
    return maker

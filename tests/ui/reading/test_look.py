"""How articles look: the sizes of letters and tags."""

import pytest

from annotator.core.tagset import Tagset
from annotator.settings import Settings
from annotator.ui.reading.look import article_look
from annotator.ui.theme import Theme


@pytest.mark.parametrize(
    ("scale", "text", "tag"),
    [(1.0, 18, 10), (1.0, 12, 9), (2.0, 18, 13), (2.0, 40, 22), (1.5, 18, 13)],
)
def test_tags_grow_with_the_interface_and_stay_smaller_than_the_text(
    scale: float, text: int, tag: int
) -> None:
    look = article_look(Theme.load("light", scale=scale), Tagset("none"), Settings(text_size=text))
    assert look.tag_font.pixelSize() == tag

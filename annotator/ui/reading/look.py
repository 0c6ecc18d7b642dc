"""How articles look in a theme: the look that the article's own folder is handed."""

from collections.abc import Mapping

from annotator.core.tagset import Tagset
from annotator.settings import USUAL_TEXT, LinesChoice, Settings
from annotator.ui.article.look import ArticleLook
from annotator.ui.reading.captions import quiet
from annotator.ui.theme import Theme

LINE_HEIGHTS: Mapping[LinesChoice, str] = {
    "usual": "line_height",
    "roomy": "line_height_roomy",
    "wide": "line_height_wide",
}
"""The token of each distance of lines."""


def article_look(theme: Theme, tagset: Tagset, settings: Settings) -> ArticleLook:
    """How articles look in a theme, with letters, lines and a column as the settings have them."""
    size = settings.text_size
    # A larger interface has larger tags too, as long as the text's letters are larger still.
    least = min(round(theme.px("size", "tag_min") * theme.scale), size * 3 // 4)
    tag = max(least, theme.px("size", "tag") * size // USUAL_TEXT)
    return ArticleLook(
        text=theme.text,
        background=theme.article,
        dim=theme.text_dim,
        focus=theme.focus,
        selection=theme.selection,
        accent=theme.accent,
        hit=theme.hit,
        hit_current=theme.hit_current,
        inks={each.name: theme.label_ink(each.color) for each in tagset.labels},
        washes={each.name: theme.label_wash(each.color) for each in tagset.labels},
        patterns={each.name: each.pattern for each in tagset.labels},
        font=theme.font("serif", size),
        tag_font=theme.font("sans", tag, strong=True),
        line_height=theme.number("text", LINE_HEIGHTS[settings.lines]),
        column_width=settings.column,
        quiet=quiet(tagset),
        titles={each.name: tagset.label_title(each.name) for each in tagset.labels},
    )

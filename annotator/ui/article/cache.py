"""Rows of the paragraphs that have been looked at, ready to be drawn."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QPainter, QTextBlock

from annotator.core.model import Annotation
from annotator.core.reading import Reading
from annotator.ui.article.index import SpanIndex
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.look import ArticleLook, Sizes, tag_font
from annotator.ui.article.painter import ArticlePainter, Ink, piece_of
from annotator.ui.article.rows import GHOST, Item, Letters, Row, rows_of

Ready = list[tuple[Row, Ink]]


@dataclass(slots=True)
class Lights:
    """What is shown beside the annotations: the focused one, its partners, hints, captions.

    `ghost` is the suggestion that is looked at. `bare` ones have no tags, so that letters above
    words have the room to themselves. `levels` are
    the lanes of those, by id, that don't just take the first that is free; NO_LANE for none.
    """

    focused: str | None = None
    ghost: str | None = None
    partners: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False
    levels: Mapping[str, int] = field(default_factory=dict)
    caption: Callable[[Annotation], str] = lambda annotation: annotation.label.upper()


class ReadyRows:
    """Measures paragraphs when they are first asked for and keeps what came out."""

    def __init__(self, look: ArticleLook, sizes: Sizes, lights: Lights) -> None:
        self._look = look
        self._lights = lights
        self._letters = Letters(tag_font(look))
        self.painter = ArticlePainter(look, sizes)
        self._ready: dict[int, Ready] = {}

    def clear(self) -> None:
        """Forget everything: the lines or the look have changed."""
        self._ready.clear()

    def use(self, ready: dict[int, Ready]) -> None:
        """Go on with rows that were measured for another article, and keep them up to date."""
        self._ready = ready

    def drop(self, paragraphs: Collection[int]) -> dict[int, Ready]:
        """Forget some paragraphs; what was known of them."""
        known = ((number, self._ready.pop(number, None)) for number in paragraphs)
        return {number: ready for number, ready in known if ready is not None}

    def of(
        self,
        block: QTextBlock,
        layout: RoomyLayout,
        reading: Reading,
        index: SpanIndex,
        ghosts: SpanIndex | None = None,
    ) -> Ready:
        """The rows of a block whose lines are laid out; `ghosts` are suggestions."""
        number = block.blockNumber()
        known = self._ready.get(number)
        if known is None:
            items = [
                item
                for those in (index, ghosts)
                for annotation in (those.within(number) if those else ())
                if (item := self._item(annotation, block, reading, ghost=those is ghosts))
            ]
            rows = rows_of(block, layout, items, self._letters) if items else []
            known = self._ready[number] = [(row, self.painter.ink(row)) for row in rows]
        return known

    def draw(self, painter: QPainter, ready: Ready, above: float, below: float) -> None:
        """Draw the rows between two y of their block; letters are to be drawn over them."""
        lights, draw = self._lights, self.painter
        for row, ink in ready:
            if row.bottom < above or row.top > below:
                continue
            draw.draw(painter, ink)
            if lights.ghost:
                for piece in piece_of(row, (lights.ghost,)):
                    draw.draw_ghost_ring(painter, row, piece)
            for piece in piece_of(row, lights.partners):
                draw.draw_light(painter, row, piece)
            if lights.focused:
                for piece in piece_of(row, (lights.focused,)):
                    draw.draw_ring(painter, row, piece)

    def _item(
        self, annotation: Annotation, block: QTextBlock, reading: Reading, *, ghost: bool = False
    ) -> Item | None:
        """What a block shows of an annotation; None if nothing."""
        origin, length = block.position(), block.length() - 1
        units = [reading.span_to_widget(span) for span in annotation.spans]
        clipped = ((max(0, a - origin), min(length, b - origin)) for a, b in units)
        parts = tuple((first, last) for first, last in clipped if first < last)
        if not parts:
            return None
        starts = units[0][0] >= origin
        tell = self._ghost_tag if ghost else self._tag
        tag, badge = tell(annotation) if starts else ("", False)
        return Item(
            annotation.id,
            annotation.label,
            parts,
            starts=starts,
            ends=units[-1][1] <= origin + length,
            tag=tag,
            badge=badge,
            urgent=annotation.id in (self._lights.focused, self._lights.ghost) or badge,
            level=GHOST if ghost else self._lights.levels.get(annotation.id),
        )

    def _ghost_tag(self, annotation: Annotation) -> tuple[str, bool]:
        """The text above a suggestion, which makes room for all hints."""
        lights = self._lights
        quiet = annotation.label in self._look.quiet and annotation.id != lights.ghost
        if lights.hints or lights.bare or quiet:
            return "", False
        return f"{self._look.title(annotation.label)}?", False

    def _tag(self, annotation: Annotation) -> tuple[str, bool]:
        """The text above an annotation, and whether it is a hint."""
        lights = self._lights
        if lights.hints:
            hint = lights.hints.get(annotation.id, "")
            return hint, bool(hint)
        if lights.bare:
            return "", False
        if annotation.label in self._look.quiet and annotation.id != lights.focused:
            return "", False
        return lights.caption(annotation), False

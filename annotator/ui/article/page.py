"""The article on screen: a read-only text, its annotations and other marks below its letters.

Over 400 lines because each kind of mark is told to the widget by a method of its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator.core.model import Annotation
from annotator.core.reading import Reading, raw_layout
from annotator.core.span import Span
from annotator.core.steps import Steps, at_once
from annotator.ui.article.cache import Lights, Ready, ReadyRows
from annotator.ui.article.layout import Column
from annotator.ui.article.leaf import MOST, Leaf
from annotator.ui.article.look import ArticleLook, Sizes, palette_of, plain_look
from annotator.ui.article.marks import Marks
from annotator.ui.article.painter import piece_of
from annotator.ui.article.scroll import lines_in_view, show_line

_SLICE = 0.004
"""Seconds of work on the index between two events."""
_ABOUT = (
    "The text of the article. Select words, then press a label's key; "
    "Alt+Down and Alt+Up go through the annotations."
)
_FOCUS_SHARE = 0.4
"""How far down a place is shown that had to be scrolled to, in heights of the viewport."""


class ArticlePage(QPlainTextEdit):
    """Shows a reading and its annotations. Positions given and taken are code points of the text.

    What people do to it is ArticleView's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.movable = False
        """Whether the focused annotation has grips."""
        self._lights = Lights()
        self._look = plain_look(self.palette(), self.font())
        self._sizes = Sizes.of(self._look)
        self._rows = ReadyRows(self._look, self._sizes, self._lights)
        self._marks = Marks(self._look)
        self._leaf: Leaf | None = None
        self._kept: list[Leaf] = []
        self._retired: object = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)
        self._prepare()
        self.clear_article()

    def _prepare(self) -> None:
        """What never changes about the widget."""
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)  # where nothing scrolls there is no handle to be seen
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(least < most))
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setAccessibleName("Article")
        self.setAccessibleDescription(_ABOUT)

    # What is shown

    def show_article(
        self, reading: Reading, annotations: Iterable[Annotation], source: object = None
    ) -> None:
        """Show another article, from its beginning.

        One that comes from a `source` is kept, and shown again at once when reading and source are
        the very same.
        """
        lights, old = self._lights, self._leaf
        if lights.focused or lights.ghost or lights.hints or lights.bare:
            self._rows.clear()  # they aren't shown when the article is shown again
        lights.focused, lights.partners, lights.hints = None, frozenset(), {}
        lights.bare, lights.ghost = False, None
        leaf = self._leaf = self._leaf_of(reading, annotations, source)
        self._reading, self._roomy, self._index = reading, leaf.layout, leaf.index
        self._marks.forget()
        if old is not leaf:
            self._rows.use({})
            self.setDocument(leaf.document)  # lays the lines out anew, to the same places
        self._rows.use(leaf.rows)
        self.verticalScrollBar().setValue(0)
        if old is not None and old is not self._leaf and old not in self._kept:
            self._retired = old.index  # taken apart when there is time: it may hold many thousands
            old.close()

    def prepare(
        self, reading: Reading, annotations: Iterable[Annotation], source: object
    ) -> Steps[None]:
        """Lay an article out that may be shown next, bit by bit."""
        look, column = self._look, self._column()
        if self._find_leaf(reading, source) is not None:
            return
        leaf = self._new_leaf(reading, source)
        try:
            yield from leaf.fill(annotations)
            if look is self._look and column == self._column():
                self._keep(leaf)
        finally:  # also where something else is made ready instead
            if leaf not in self._kept:
                leaf.close()

    def index_prepared(self) -> bool:
        """Index some annotations of what is prepared; whether all are."""
        return all(leaf.index.build(_SLICE) for leaf in self._kept)

    def _leaf_of(self, reading: Reading, annotations: Iterable[Annotation], source: object) -> Leaf:
        """The leaf that is kept, or a new one."""
        leaf = self._find_leaf(reading, source)
        if leaf is None:
            leaf = self._new_leaf(reading, source)
            at_once(leaf.fill(annotations))
        if source is not None:
            self._keep(leaf)
        return leaf

    def _find_leaf(self, reading: Reading, source: object) -> Leaf | None:
        """The leaf that is kept of this very reading and source, if it is as wide as the page."""
        column = self._column()
        for leaf in self._kept:
            if leaf.reading is reading and leaf.source is source and leaf.layout.column == column:
                return leaf
        return None

    def _new_leaf(self, reading: Reading, source: object) -> Leaf:
        font, sizes, column = self._look.font, self._sizes, self._column()
        leaf = Leaf(reading, source, font=font, sizes=sizes, column=column, parent=self)
        leaf.layout.update.connect(self._forget_lines)
        return leaf

    def _keep(self, leaf: Leaf) -> None:
        """Keep a leaf as the latest; the one longest unseen may have to go for it."""
        self._kept = [*(each for each in self._kept if each is not leaf), leaf]
        self._drop(self._kept[:-MOST])

    def _drop(self, leaves: Iterable[Leaf]) -> None:
        """Keep some leaves no longer."""
        for leaf in list(leaves):
            self._kept.remove(leaf)
            if leaf is not self._leaf:
                leaf.close()

    def clear_article(self) -> None:
        """Show nothing."""
        self.show_article(raw_layout(""), ())

    def set_look(self, look: ArticleLook) -> None:
        """Take other colours, fonts and sizes."""
        self._look, self._sizes = look, Sizes.of(look)
        self._rows = ReadyRows(look, self._sizes, self._lights)
        if self._leaf is not None:
            self._leaf.rows.clear()
            self._rows.use(self._leaf.rows)
        self._marks.set_look(look)
        self.setPalette(palette_of(look, self.palette()))
        self.setFont(look.font)
        self.document().setDefaultFont(look.font)
        self._drop(leaf for leaf in self._kept if leaf is not self._leaf)
        self._roomy.set_column(self._column())
        self._roomy.set_sizes(self._sizes)
        self._refit()

    def patch(self, removed: Iterable[str], added: Iterable[Annotation]) -> None:
        """Take annotations out, by id, and put others in; only lines touched are drawn again."""
        self._redraw(self._index_anew(removed, added))
        self._hold()

    def patch_focused(
        self,
        removed: Iterable[str],
        added: Iterable[Annotation],
        focused: str | None,
        partners: Collection[str] = (),
    ) -> None:
        """`patch` and `set_focused` in one, so that each line is measured once."""
        lights = self._lights
        lit = {lights.focused, *lights.partners, focused, *partners} - {None}
        touched = self._paragraphs(lit) | self._index_anew(removed, added)
        lights.focused, lights.partners = focused, frozenset(partners)
        touched |= self._paragraphs(lit)
        self._redraw(touched, {each for each in lit if each is not None})
        self._hold()
        found = self._index.get(focused) if focused else None
        if found is not None:
            self._show(self._reading.to_widget(found.spans[0].start), _FOCUS_SHARE)

    def _index_anew(self, removed: Iterable[str], added: Iterable[Annotation]) -> set[int]:
        """Take annotations out of the index, and put others in; the paragraphs touched."""
        touched: set[int] = set()
        for annotation in removed:
            touched.update(self._index.remove(annotation))
        for each in added:
            touched.update(self._index.remove(each.id))
            touched.update(self._index.add(each))
        return touched

    def _paragraphs(self, annotations: Iterable[str | None]) -> set[int]:
        """The paragraphs in which these annotations have something."""
        known = [found for each in annotations if each and (found := self._index.get(each))]
        return {n for each in known for n in self._index.paragraphs_of(each.envelope)}

    def set_focused(self, annotation: str | None, partners: Collection[str] = ()) -> None:
        """Put the ring round an annotation, light its partners up, and scroll to it if need be."""
        self.patch_focused((), (), annotation, partners)

    def set_captions(self, caption: Callable[[Annotation], str]) -> None:
        """What the small tag above an annotation says ("CASUALTY · 14 wounded"); "" for none."""
        self._lights.caption = caption
        for leaf in self._kept:
            leaf.rows.clear()
        self._redraw_all()

    def set_levels(self, levels: Mapping[str, int]) -> None:
        """Give annotations, by id, lanes of their own; whoever changes some patches those."""
        self._lights.levels = levels

    def set_hints(self, hints: Mapping[str, str]) -> None:
        """Letters above annotations, by id, in the place of their tags; none to end it."""
        self._lights.hints = dict(hints)
        self._redraw_all()

    def set_ghosts(self, ghosts: Mapping[str, Annotation], focused: str | None = None) -> None:
        """Show these suggestions, by id, and no others; `focused` is the one that is looked at."""
        leaf, lights = self._leaf, self._lights
        if leaf is None or not (ghosts or leaf.ghosts.ordered()):
            return
        shown = leaf.ghosts
        touched: set[int] = set()
        for id_ in shown.ordered():
            if ghosts.get(id_) != shown.get(id_):
                touched.update(shown.remove(id_))
        for id_, each in ghosts.items():
            if shown.get(id_) is None:
                touched.update(shown.add(each))
        if focused != lights.ghost:
            for lit in (lights.ghost, focused):
                found = shown.get(lit) if lit else None
                touched.update(shown.paragraphs_of(found.envelope) if found else ())
            lights.ghost = focused
        self._rows.drop(touched)
        if touched:
            self.viewport().update()

    def show_ghost(self, ghost: Annotation) -> None:
        """Scroll a suggestion into view."""
        self._show(self._reading.to_widget(ghost.spans[0].start), _FOCUS_SHARE)

    def set_hits(self, spans: Sequence[Span], current: int = -1) -> None:
        """Mark places that were found, in order and apart; `current` is the number of one."""
        self._marks.hits, self._marks.current = spans, current
        self._remark()

    def set_pending(self, spans: Sequence[Span]) -> None:
        """Mark passages that are collected for an annotation that isn't made yet."""
        self._marks.pending = tuple(spans)
        self._remark()

    def set_jumps(self, letters: Mapping[int, str]) -> None:
        """Letters above the words that begin at these positions; none to end it."""
        self._marks.jumps = dict(letters)
        if self._lights.bare != bool(letters):
            self._lights.bare = bool(letters)
            self._rows.clear()
        self._remark()

    def show_position(self, position: int) -> None:
        """Scroll a position into view."""
        self._show(self._reading.to_widget(position), _FOCUS_SHARE)

    # What is asked

    @property
    def reading(self) -> Reading:
        """What is shown, and where it stands in the text."""
        return self._reading

    def ordered(self) -> list[str]:
        """The ids of all annotations in reading order."""
        return self._index.ordered()

    def span_after(self, position: int, *, backwards: bool = False) -> str | None:
        """The first annotation that starts at `position` or later; backwards, the last before."""
        return self._index.neighbour(position, backwards=backwards)

    def span_beside(self, annotation: str, *, backwards: bool = False) -> str | None:
        """The next annotation in reading order after this one; backwards, the one before."""
        return self._index.beside(annotation, backwards=backwards)

    def place_of(self, annotation: str) -> tuple[int, int]:
        """Which one in reading order an annotation is, counted from 1, and how many there are."""
        return self._index.place_of(annotation)

    def near(self, span: Span) -> list[Annotation]:
        """The annotations of the paragraphs that a span touches."""
        found = (self._index.within(n) for n in self._index.paragraphs_of(span))
        return list({each.id: each for several in found for each in several}.values())

    def visible_span(self) -> Span:
        """What is in view, to whole lines (one position of an empty text)."""
        units = lines_in_view(self._visible(), self.viewport().height())
        start, end = (
            self._reading.to_source(units[0]),
            self._reading.to_source(units[1], end=True),
        )
        return Span(start, max(start + 1, end))

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        above, below = event.rect().top(), event.rect().bottom() + 1
        for block, top in self._visible():
            ready = self._ready(block)
            marked = self._marks.of(block, self._roomy, self._reading)
            paragraph = self._roomy.paragraph(block.blockNumber())
            if not ready and marked is None and not (paragraph and paragraph.bullet):
                continue
            painter.translate(0, top)
            if paragraph and paragraph.bullet:
                self._rows.painter.draw_bullet(painter, paragraph.bullet, block)
            if marked is not None:
                self._marks.draw_below(painter, marked)
            self._rows.draw(painter, ready, above - top, below - top)
            if marked is not None:
                self._marks.draw_above(painter, marked)
            painter.translate(0, -top)
        painter.end()
        super().paintEvent(event)  # the letters and the selection, above the washes
        self._roomy.settle()
        if self._retired is not None or not self._index.complete:
            self._idle.start()

    def _visible(self) -> Iterator[tuple[QTextBlock, float]]:
        """The blocks in the viewport, laid out, each with the y of its top."""
        block, top = self.firstVisibleBlock(), self.contentOffset().y()
        end = self.viewport().height()
        while block.isValid() and top < end:
            height = self._roomy.height(block)
            yield block, top
            top += height
            block = block.next()

    def _ready(self, block: QTextBlock) -> Ready:
        ghosts = self._leaf.ghosts if self._leaf is not None else None
        return self._rows.of(block, self._roomy, self._reading, self._index, ghosts)

    def _redraw(self, paragraphs: Collection[int], changed: Collection[str] = ()) -> None:
        """Draw anew the rows of some paragraphs that differ, or show any of these annotations."""
        before = self._rows.drop(paragraphs)
        width = self.viewport().width()
        for block, top in self._visible():
            number = block.blockNumber()
            if number not in paragraphs:
                continue
            old = {row.top: row for row, _ in before.get(number, ())}
            new = {row.top: row for row, _ in self._ready(block)}
            for y in old.keys() | new.keys():
                row = new.get(y) or old[y]
                if old.get(y) != new.get(y) or piece_of(row, changed):
                    area = QRectF(0, top + row.top, width, row.bottom - row.top)
                    self.viewport().update(area.toAlignedRect())

    def _redraw_all(self) -> None:
        self._rows.clear()
        self.viewport().update()

    def _remark(self) -> None:
        """Draw the marks anew."""
        self._marks.clear()
        self.viewport().update()

    def _hold(self) -> None:
        """Let the focused annotation have grips at the ends of its passages, and no other."""
        focused = self._lights.focused if self.movable else None
        found = self._index.get(focused) if focused else None
        held = found.spans if found else ()
        if held != self._marks.held:
            self._marks.held = held
            self._marks.clear()  # their lines are drawn anew as it is

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._roomy.set_column(self._column())
        self._forget_lines()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_roomy"):
            self.document().setDefaultFont(self._look.font)  # a style sheet must not change it

    def _column(self) -> Column:
        return Column.within(max(1, self.viewport().width()), self._sizes.column)

    def _refit(self) -> None:
        """Lay out and draw anew where no resize does it."""
        self._forget_lines()
        self._roomy.documentSizeChanged.emit(self._roomy.documentSize())
        self.viewport().update()

    def _show(self, units: int, share: float) -> None:
        """Scroll a position of the widget into view, `share` of the height down if it wasn't."""
        line = show_line(self, self._roomy, self._visible(), units, share)
        if line is not None:
            self.verticalScrollBar().setValue(line)

    def _forget_lines(self) -> None:
        self._rows.clear()
        self._marks.clear()

    def _on_idle(self) -> None:
        self._retired = None
        if self._index.build(_SLICE):
            self._idle.stop()

"""The ledger behind the window: read in slices between its events, joined beside them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Thread
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.apart import NONE, Apart, apart
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.similar import ALIKE
from annotator.ledger.filters import Filter
from annotator.ledger.joining import ledger
from annotator.ledger.values import Ledger, Page
from annotator.transfer.ledgers import layers_of, pages
from annotator.ui.hub import Hub
from annotator.ui.ledger.arranging import Arranged, Offers, arranged, offers

SLICE = 0.008
"""Seconds of reading between two looks at the window's events."""
FIRST = 32
"""Articles after which something is shown, while the rest is read."""
_AT_ONCE = 4
"""Articles that are read in one go: with a hundred annotations each, some milliseconds."""
_TOLD = 0.12
"""Seconds between two words on how far the reading is."""
_REST = 250
"""Milliseconds after an edit before it is looked what it changed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Of which layer and articles the ledger is, as for transfer.ledgers; no articles are all."""

    layer: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """What the thread has made, for its `number`th time; an error where it has broken.

    `final` is what was made of all pages.
    """

    number: int
    final: bool = False
    whole: Ledger = field(default_factory=Ledger)
    offers: Offers = field(default_factory=Offers)
    arranged: Arranged = field(default_factory=Arranged)
    error: BaseException | None = None


class Accounts(QObject):
    """Reads what is wished for, and follows the project; `arranged` is what there is so far.

    Pages are kept, so that an edit costs the reading of what it touched. Values that never change
    go to a thread that joins them, which is no work for the window's: a second in a large corpus.
    """

    changed = Signal()
    """There is another ledger to show."""
    grown = Signal()
    """More has been read, or nothing more is to be."""
    failed = Signal(str)
    """A sentence on why there is no ledger."""
    _made = Signal(object)

    def __init__(self, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self.wish: Wish | None = None
        self.filter = Filter()
        self.alike = ALIKE
        self.arranged = Arranged()
        self.offers = Offers()
        self.read = self.total = 0
        self._told = 0.0
        self._pages: dict[str, Page] = {}
        self._layers: list[str] = []
        self._apart: Apart = NONE
        self._coming: Iterator[object] | None = None
        self._whole: Ledger | None = None
        self._number = 0
        self._thread: Thread | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.load)
        self._made.connect(self._on_made)

    @property
    def busy(self) -> bool:
        """Whether something is read or joined."""
        return self._coming is not None or self._thread is not None or self._rest.isActive()

    def show(self, wish: Wish) -> None:
        """Have the ledger of this from now on."""
        if wish != self.wish:
            self.wish = wish
            self.load()

    def set_filter(self, wanted: Filter) -> None:
        """Show what is wanted of it."""
        if wanted != self.filter:
            self.filter = wanted
            self._join()

    def set_alike(self, alike: float) -> None:
        """Show as one what is at least so much alike, from 0 to 1."""
        if alike != self.alike:
            self.alike, self._whole = alike, None
            self._join()

    def load(self) -> None:
        """Read what isn't known yet."""
        self.stop()
        self._whole = None
        self._coming = self._reading()
        self._timer.start()

    def stop(self) -> None:
        """Read no further, until `load`; what the thread makes is not wanted any more."""
        self._timer.stop()
        self._rest.stop()
        self._coming = None
        self._number += 1
        self._again = False

    def forget(self, edit: Edit) -> None:
        """What an edit touched is read anew, in a moment."""
        kinds = {each.kind for each in edit.changes}
        if not edit or kinds & {"tagset", "entity", "setting"}:
            self._pages.clear()
        for each in edit.changes:
            match each.either:
                case Layer(id=name) | Annotation(layer=name) | Relation(layer=name):
                    self._pages.pop(name, None)
                case Document(id=name):
                    gone = [key for key, page in self._pages.items() if _of(page) == name]
                    for key in gone:
                        del self._pages[key]
                case _:
                    pass

    def load_soon(self) -> None:
        """Read after a short rest: more edits may follow; what is read until then is no news."""
        self.stop()
        self._rest.start()

    def forget_all(self) -> None:
        """All is read anew, at the next `load`."""
        self._pages.clear()

    def _reading(self) -> Iterator[object]:
        """Read the pages that are missing, one between two looks at the clock."""
        wish = self.wish or Wish()
        with self._hub.project.snapshot() as read:
            layers = layers_of(read, wish.layer, wish.documents)
            self._apart = apart(read.settings())
            self._layers = [each.id for each in layers]
            missing = [each for each in layers if each.id not in self._pages]
            self.total, self.read = len(layers), len(layers) - len(missing)
            yield None
            for page in pages(read, missing, at_once=_AT_ONCE):
                self._pages[page.layer] = page
                self.read += 1
                if self.read == FIRST:
                    self._join()
                yield None

    def _on_slice(self) -> None:
        until = perf_counter() + SLICE
        try:
            while self._coming is not None:
                if next(self._coming, self) is self:
                    self._end()
                if perf_counter() >= until:
                    break
        except UserError as error:
            self.stop()
            self.failed.emit(str(error))
        if perf_counter() - self._told > _TOLD or self._coming is None:
            self._told = perf_counter()
            self.grown.emit()

    def _end(self) -> None:
        """All is read."""
        self._timer.stop()
        self._coming = None
        self._join()

    # Joining, beside the window's own thread

    def _join(self) -> None:
        """Let the thread join what is there; once more, if it is at work."""
        if self._thread is not None:
            self._again = True
            return
        self._again = False
        self._number += 1
        known = [self._pages[each] for each in self._layers if each in self._pages]
        final = self._coming is None
        join = partial(ledger, known, alike=self.alike, apart=self._apart)
        work = (self._number, join, self._whole if final else None, self.filter)
        self._thread = Thread(target=self._work, args=work, kwargs={"final": final}, daemon=True)
        self._thread.start()

    def _work(
        self,
        number: int,
        join: Callable[[], Ledger],
        whole: Ledger | None,
        wanted: Filter,
        *,
        final: bool,
    ) -> None:
        """What the thread does; it touches nothing that changes."""
        try:
            joined = join() if whole is None else whole
            offered = offers(joined) if whole is None else self.offers
            made = _Made(number, final, joined, offered, arranged(joined, wanted))
        except BaseException as error:  # raised again where errors are shown
            made = _Made(number, error=error)
        with suppress(RuntimeError):  # the window is gone meanwhile
            self._made.emit(made)

    def _on_made(self, made: _Made) -> None:
        self._thread = None
        if made.error is not None:
            raise made.error
        if made.number == self._number:
            self.offers, self.arranged = made.offers, made.arranged
            if made.final:
                self._whole = made.whole
        if self._again:
            self._join()
        elif made.number == self._number:
            self.changed.emit()
        self.grown.emit()


def _of(page: Page) -> str:
    return page.source.document

"""The queue of conflicts: which articles are in review, where one is, what comes next."""

from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.apart import apart
from annotator.core.article import Article
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Decision, Document, Layer, Relation
from annotator.review import places
from annotator.review.ground import Ground
from annotator.review.queue import Case, Filter, Order, cases, ordered
from annotator.review.rules import KEY, Rules
from annotator.review.values import Reviewed
from annotator.ui.hub import Hub

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SLICE = 0.008
"""Seconds of counting between two looks at the window's events."""
PAUSE = 30
"""Milliseconds after a place was shown, in which it is painted and nothing else is done."""
Spot = tuple[str, str]
"""A place: the id of its article, and its key."""


class Queue(QObject):
    """Reads articles in review and knows their cases; those not looked at are counted in between.

    `order` and `filter` say which cases one goes through, and how.
    """

    grown = Signal()
    """More articles have been counted, or one has other cases."""
    reset = Signal()
    """There are other articles, or other cases are wanted."""

    def __init__(self, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self.order: Order = "reading"
        self.filter = Filter()
        self.articles: list[str] = []
        """The ids of the articles that somebody has done, in the order in which they came."""
        self.known: dict[str, list[Case]] = {}
        """The cases of the articles that are counted, in reading order."""
        self.decided = self.pending = self.wanted = 0
        """Of the cases that are counted and fit, how many are decided, pending, and there."""
        self._tallies: dict[str, tuple[int, int, int]] = {}
        self._numbers: dict[str, int] = {}
        self._ground: Ground | None = None
        self._line: list[Spot] = []
        self._places: dict[Spot, int] | None = None
        """Where each place stands in the line, if all stand in it in the order that is wanted."""
        self._cases: dict[Spot, Case] = {}
        self._uncounted: Iterator[str] = iter(())
        self._ahead: Reviewed | None = None
        """An article that is likely to be read next; of no use once something in it changes."""
        self._from: Spot | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._on_soon)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)

    @property
    def whole(self) -> bool:
        """Whether all articles are counted."""
        return len(self.known) == len(self.articles)

    @property
    def filtered(self) -> bool:
        """Whether some cases only are gone through."""
        return self.filter != Filter()

    @property
    def ground(self) -> Ground:
        """The tag set, the register and the rules that articles are compared by."""
        if self._ground is None:
            hub, read = self._hub, self._hub.project.read
            rules, known = Rules.loads(read.setting(KEY)), apart(read.settings())
            self._ground = Ground.of(hub.tagset, hub.entities, rules, known)
        return self._ground

    def load(self) -> None:
        """Find the articles that somebody has done, and count anew."""
        done = (
            each.document
            for each in self._hub.project.read.layers()
            if each.role == "annotator" and each.state == "done"
        )
        self.articles = list(dict.fromkeys(done))
        self._numbers = {each: number for number, each in enumerate(self.articles)}
        self.known.clear()
        self._ground = self._ahead = None
        self._count_anew()
        self.reset.emit()

    def stop(self) -> None:
        """Count no further by itself, until `go_on` or `load`, and read nothing ahead."""
        self._timer.stop()
        self._soon.stop()
        self._ahead = None

    def expect(self, spot: Spot | None) -> None:
        """A place is shown: when it is painted, read the article that is likely to come next."""
        self._from = spot
        self._soon.start()
        self._timer.setInterval(PAUSE)  # which begins anew, if it runs at all

    def go_on(self) -> None:
        """Count the articles that aren't counted yet."""
        if not self.whole:
            self._uncounted = iter([each for each in self.articles if each not in self.known])
            self._timer.start()

    def set_order(self, order: Order) -> None:
        """Go through the cases in another order."""
        self.order, self._places = order, None
        self.reset.emit()

    def set_filter(self, wanted: Filter) -> None:
        """Go through those cases only that are wanted."""
        self.filter = wanted
        self._count_anew()
        self.reset.emit()

    def fits(self, case: Case) -> bool:
        """Whether a case is one to go through; what all agree on is so where it is asked for."""
        conflict = case.kind is not None or case.pending or bool(self.filter.states)
        return conflict and self.filter.wants(case)

    def read(self, document: str) -> Reviewed | None:
        """An article in review as the file has it; None where it is gone."""
        ahead, self._ahead = self._ahead, None
        return ahead if ahead and ahead.document.id == document else self._read(document)

    def _read(self, document: str) -> Reviewed | None:
        read = self._hub.project.read
        found = read.document(document)
        if found is None:
            return None
        works = tuple(read.works(list(read.layers(document=document))))
        decisions = tuple(read.decisions(document=document))
        return places.on(Article(found, works, decisions), self.ground)

    def take(self, reviewed: Reviewed) -> None:
        """Count an article that was read, or has changed."""
        document = reviewed.document.id
        if document not in self._numbers:
            self._numbers[document] = len(self.articles)
            self.articles.append(document)
            self.reset.emit()
        now = cases(reviewed, self._numbers[document])
        before = self.known.get(document)
        if now != before:
            self.known[document] = now
            if before is None or {each.key for each in now} != {each.key for each in before}:
                self._places = None
            self._cases.update(((document, each.key), each) for each in now)
            self._tally(document)
            self.grown.emit()

    def count(self, document: str) -> "Sequence[Case]":
        """The cases of an article; it is read for that where need be."""
        if document not in self.known:
            reviewed = self.read(document)
            if reviewed is not None:
                self.take(reviewed)
        return self.known.get(document, ())

    def forget(self, documents: set[str]) -> None:
        """Count these articles anew: they have changed."""
        self._ahead = None
        new = [each for each in documents if each not in self._numbers]
        for each in documents:
            self.known.pop(each, None)
            self._tally(each)
        self._places = None
        self._uncounted = iter([*new, *(each for each in self.articles if each not in self.known)])
        self._timer.start()

    def forget_ground(self) -> None:
        """The tag set, the register or the rules are others: count all anew."""
        self._ground = None
        self.forget(set(self.articles))

    def key_of(self, decision: Decision, reviewed: Reviewed | None) -> str:
        """The key of the place that a decision is about; "" where there is none.

        `reviewed` is an article at hand, perhaps another one.
        """
        if reviewed is None or reviewed.document.id != decision.document:
            reviewed = self.read(decision.document)
        found = (
            each for each in (reviewed.places if reviewed else ()) if each.seen == decision.seen
        )
        return next((each.key for each in found), "")

    def key_at(self, document: str, annotations: "Sequence[str]") -> str:
        """The key of the conflict that one of these annotations stands in, "" for none."""
        reviewed, wanted = self.read(document), set(annotations)
        found = (
            place.key
            for place in (reviewed.places if reviewed else ())
            for version in place.versions
            if place.kind is not None and wanted & {each.id for each in version.annotations}
        )
        return next(found, "")

    def touched(self, edit: Edit) -> set[str]:
        """The articles that an edit changes the work on."""
        found: set[str] = set()
        layers: set[str] = set()
        for each in edit.changes:
            match each.either:
                case Layer(document=name) | Decision(document=name) | Document(id=name):
                    found.add(name)
                case Annotation(layer=name) | Relation(layer=name):
                    layers.add(name)
                case _:
                    pass
        known = (self._hub.project.read.layer(each) for each in layers)
        return found | {each.document for each in known if each is not None}

    # What comes next

    def following(
        self, spot: Spot | None, *, back: bool = False, pending: bool = False
    ) -> Spot | None:
        """The next case that fits after a place, or before it; None where there is none.

        Of `pending` ones it is the first that comes, going round once.
        """
        if self.order == "reading":
            return self._by_article(spot, back=back, pending=pending)
        places, count = self._in_line(), len(self._line)
        at = places.get(spot or ("", ""), count if back else -1)
        turn = chain(
            range(at - 1, -1, -1) if back else range(at + 1, count),
            range(min(at + 1, count)) if pending else (),
        )
        for number in turn:
            case = self._cases[self._line[number]]
            if (case.pending or not pending) and self.fits(case):
                return self._line[number]
        return None

    def _by_article(self, spot: Spot | None, *, back: bool, pending: bool) -> Spot | None:
        """`following` in reading order; no article is read that needn't be."""
        count = len(self.articles)
        start = self._numbers.get(spot[0], -1) if spot else (count if back else -1)
        turn = [*range(start, -1, -1)] if back else [*range(max(start, 0), count)]
        turn += [*range(min(start + 1, count))] if pending else []
        for rank, number in enumerate(turn):
            if number >= count:
                continue
            found = [each for each in self.count(self.articles[number]) if self.fits(each)]
            if rank == 0 and spot is not None and start >= 0:
                at = self._at(spot) if spot[1] or not back else found[-1].at + 1 if found else 0
                found = [each for each in found if (each.at < at if back else each.at > at)]
            found = [each for each in found if each.pending or not pending]
            if found:
                one = found[-1 if back else 0]
                return one.document, one.key
        return None

    def _at(self, spot: Spot) -> int:
        """The number of a place in its article, -1 where it is gone."""
        return next((each.at for each in self.count(spot[0]) if each.key == spot[1]), -1)

    def _in_line(self) -> dict[Spot, int]:
        """Where each place stands in the line; what isn't counted yet is counted now."""
        for each in self.articles:
            self.count(each)
        if self._places is None:
            found = ordered((case for each in self.known.values() for case in each), self.order)
            self._line = [(each.document, each.key) for each in found]
            self._cases = dict(zip(self._line, found, strict=True))
            self._places = {spot: number for number, spot in enumerate(self._line)}
        return self._places

    def _count_anew(self) -> None:
        self._places = None
        self._tallies.clear()
        self.decided = self.pending = self.wanted = 0
        for each in self.known:
            self._tally(each)
        self.go_on()

    def _tally(self, document: str) -> None:
        """Bring the sums up to date with what is known of an article."""
        fitting = [each for each in self.known.get(document, ()) if self.fits(each)]
        settled = sum(each.status in ("decided", "moot") for each in fitting)
        now = (settled, sum(each.pending for each in fitting), len(fitting))
        before = self._tallies.get(document, (0, 0, 0))
        self._tallies[document] = now
        self.decided += now[0] - before[0]
        self.pending += now[1] - before[1]
        self.wanted += now[2] - before[2]

    def _on_soon(self) -> None:
        if self.order != "reading" and not self.whole:
            return  # all would have to be counted for that
        try:
            spot = self.following(self._from, pending=True)
            if spot is not None and (self._from is None or spot[0] != self._from[0]):
                self._ahead = self._read(spot[0])
        except UserError as error:
            self._hub.failed.emit(str(error))

    def _on_slice(self) -> None:
        self._timer.setInterval(0)
        until = perf_counter() + SLICE
        try:
            while perf_counter() < until:
                document = next(self._uncounted, None)
                if document is None:
                    self._timer.stop()
                    break
                self.count(document)
        except UserError as error:
            self._timer.stop()
            self._hub.failed.emit(str(error))
        self.grown.emit()

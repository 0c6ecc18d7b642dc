"""The Review perspective: the articles in review, the article once, the card of one conflict."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.model import Decision
from annotator.review.values import Place, Reviewed
from annotator.settings import Settings
from annotator.ui.article.view import ArticleView
from annotator.ui.gestures.desk import Desk
from annotator.ui.hub import Hub
from annotator.ui.panes import Panes
from annotator.ui.perspectives import Keys, Pane, Perspective, Standing
from annotator.ui.review.articles import ReviewArticles
from annotator.ui.review.asides import Asides
from annotator.ui.review.card import ReviewCard, Shown
from annotator.ui.review.differences import Words
from annotator.ui.review.editing import Editing
from annotator.ui.review.following import Following
from annotator.ui.review.judge import Judge
from annotator.ui.review.page import ReviewPage
from annotator.ui.review.queue import Queue, Spot
from annotator.ui.review.remarks import Remark, Remarks, remark_of
from annotator.ui.review.sentences import heading, shown
from annotator.ui.theme import Theme

NOBODY = (
    "Nothing is in review yet. Articles come here as soon as an annotator has said that they are "
    "done (Ctrl+Enter in Annotate)."
)

NOTHING_IN_REVIEW = "Nothing in review"
NOTHING_LEFT = "Nothing left to decide"
NOTHING_FITS = "Nothing left to decide that fits the filter"


class Review(Perspective):
    """Goes through the conflicts and decides them, one at a time."""

    name = "review"

    def __init__(
        self, hub: Hub, theme: Theme, settings: Callable[[], Settings], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.hub = hub
        self._theme = theme
        self.queue = Queue(hub, self)
        self.reviewed: Reviewed | None = None
        self.place: Place | None = None
        self.previewed: int | None = None
        self.articles = ReviewArticles(hub, self.queue, theme, self)
        self.page = ReviewPage(theme, settings, self)
        self.remarks = Remarks(self._save_remark, theme)
        self.card = ReviewCard(self.remarks, theme, self)
        self.judge = Judge(self)
        self.asides = Asides(self, theme)
        self.editing: Editing | None = None
        self._right = QStackedWidget(self)
        self._right.addWidget(self.card)
        self._panes = Panes((self.articles, self._right), self.page, theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        self.page.set_theme(theme, hub.tagset)
        self._following = Following(self)
        self._connect()

    # What every perspective answers

    def enter(self, document: str) -> None:
        self._following.enter()
        if self.reviewed is None or (document and document != self.document):
            self._open_first(document)
        self.take_focus()
        self.asides.show(focus=True)

    def leave(self) -> None:
        self.judge.leave()
        self.commit()
        self.queue.stop()

    def close_project(self) -> None:
        self.queue.stop()

    def take_focus(self) -> None:
        self.page.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> Sequence[Pane]:
        return [
            (self.articles, lambda: self.articles.list.setFocus(Qt.FocusReason.TabFocusReason)),
            (self.page, self.take_focus),
            (self._right, self._take_right),
        ]

    def escape(self) -> None:
        self.take_focus()

    def search(self) -> None:
        self.articles.search()

    def open_document(self, document: str) -> None:
        self.open_article(document)
        self.take_focus()

    def open_place(self, document: str, annotations: Sequence[str]) -> bool:
        key = self.queue.key_at(document, annotations)
        if key:
            self.open_article(document, key)
        return bool(key)

    def step_article(self, step: int) -> None:
        model = self.articles.model
        document = model.document(model.row_of(self.document) + step)
        if document:
            self.open_document(document)
        else:
            self.hub.said.emit("This is the last article." if step > 0 else "The first article.")

    def commit(self) -> None:
        self.remarks.comment.commit()

    def show_stepped(self, edit: Edit) -> None:
        touched = [each.either for each in edit.touched("decision")]
        decisions = [each for each in touched if isinstance(each, Decision)]
        here = (each for each in decisions if each.document == self.document)
        if decision := next(here, next(iter(decisions), None)):
            self.open_article(decision.document, self.queue.key_of(decision, self.reviewed))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.articles.set_theme(theme)
        self.card.set_theme(theme)
        self.asides.set_theme(theme)
        if self.editing is not None:
            self.editing.inspector.set_theme(theme)
        self.show_sizes()
        self._show_card()

    def show_sizes(self) -> None:
        self.page.set_theme(self._theme, self.hub.tagset)

    def show_layout(self) -> None:
        if self.reviewed is not None:
            self.page.show_article(self.words(self.reviewed))
            self.show_all()

    @property
    def standing(self) -> Standing:
        count = f"{self.queue.pending:,} open" if self.queue.wanted else ""
        place = heading(self.reviewed, self.place) if self.reviewed else ""
        blind = "blind" if self.reviewed and self.reviewed.ground.rules.blind else ""
        return Standing(count, " · ".join(filter(None, (place, blind))), "")

    @property
    def document(self) -> str:
        return self.reviewed.document.id if self.reviewed else ""

    @property
    def work(self) -> str:
        return self.reviewed.gold.layer.id if self.reviewed else ""

    @property
    def keys(self) -> Keys:
        return "editing" if self.desk is not None else "review"

    @property
    def desk(self) -> Desk | None:
        return self.editing.desk if self.editing is not None and self.editing.active else None

    @property
    def text(self) -> ArticleView:
        return self.page.view

    def take_key(self, name: str) -> bool:
        return self.judge.take_key(name)

    # Where one is

    def open_article(self, document: str, key: str = "") -> None:
        """Show an article; there the place of this key, else the first that is pending."""
        reviewed = self.queue.read(document)
        if reviewed is None:
            self.show_nothing()
            return
        self.queue.take(reviewed)
        self.reviewed = reviewed
        self.articles.show_current(document)
        self.page.show_article(self.words(reviewed))
        found = next((each for each in reviewed.places if each.key == key), None)
        self.go_to(found or next(iter(reviewed.pending), None))

    def go_to(self, place: Place | None) -> None:
        """Look at a place of the article that is shown."""
        self.judge.leave()
        self.commit()
        self.place = place
        self.previewed = 0 if place is not None and place.versions else None
        self.remarks.show_remark(remark_of(place), writable=not self.hub.project.read_only)
        self.show_all()
        self.queue.expect(self.spot)
        queue = self.queue
        done = queue.whole and queue.wanted and not queue.pending and not queue.filtered
        self.asides.show_summary(wanted=place is None and bool(done))

    def go_to_key(self, key: str) -> None:
        """Look at the place of this key in the article that is shown."""
        if self.reviewed is not None:
            found = (each for each in self.reviewed.places if each.key == key)
            self.go_to(next(found, self.place))

    def go_on(self, spot: Spot | None) -> None:
        """Look at a place, in whichever article it is."""
        if spot is None:
            self.go_to(None)
        elif self.reviewed is not None and spot[0] == self.reviewed.document.id:
            self.go_to_key(spot[1])
        else:
            self.open_article(*spot)

    def step(self, step: int) -> None:
        """Look at the next conflict, or the one before."""
        found = self.queue.following(self.spot, back=step < 0)
        if found is None:
            where = "after" if step > 0 else "before"
            self.hub.said.emit(f"There is no conflict {where} this one.")
        else:
            self.go_on(found)

    def next_pending(self, *, here: bool = False) -> None:
        """Look at the next conflict that is pending; say so where there is none.

        With `here` the one that is looked at will do, if it is pending.
        """
        if here and self.place is not None and self.place.pending:
            self.go_to(self.place)
            return
        found = self.queue.following(self.spot, pending=True)
        self.go_on(found)
        if found is None:
            self.hub.said.emit(f"{self._nothing_left}.")

    def preview(self, number: int) -> None:
        """Show a version in the text."""
        if self.desk is None and self.place is not None and 0 <= number < len(self.place.versions):
            self.previewed = number
            self._show_place()

    @property
    def spot(self) -> Spot | None:
        """Where one is."""
        if self.reviewed is None or self.place is None:
            return (self.document, "") if self.reviewed else None
        return self.reviewed.document.id, self.place.key

    # Showing

    def show_all(self) -> None:
        """Show the place anew, with what stands beside it."""
        self._show_card()
        self._show_place()
        self.asides.show()
        self.told.emit()

    def _show_card(self) -> None:
        hub, said = self.hub, Shown(NOTHING_IN_REVIEW)
        if self.reviewed is not None:
            said = shown(
                self.words(self.reviewed),
                self.place,
                read_only=hub.project.read_only,
                nothing_left=self._nothing_left,
            )
        self.card.show_place(said, hub.tagset)
        self.card.show_preview(self.previewed)

    @property
    def _nothing_left(self) -> str:
        return NOTHING_FITS if self.queue.filtered else NOTHING_LEFT

    def _show_place(self) -> None:
        if self.reviewed is not None:
            self.page.show_place(self.words(self.reviewed), self.place, self.previewed)
            self.card.show_preview(self.previewed)

    def show_nothing(self) -> None:
        """Show no article, and why there is none."""
        self.reviewed = self.place = self.previewed = None
        self.page.show_nothing(NOBODY)
        self.show_all()

    def words(self, reviewed: Reviewed) -> Words:
        """What puts an article's places into words."""
        return Words(reviewed, self.hub.tagset, self.hub.entities)

    def _open_first(self, document: str) -> None:
        """Open that article where it is in review, else the first with something pending."""
        queue = self.queue
        if document in queue.articles:
            self.open_article(document)
            return
        spot = queue.following(None, pending=True)
        first = queue.articles[0] if queue.articles else ""
        if spot is not None:
            self.open_article(*spot)
        elif first:
            self.open_article(first)
        else:
            self.show_nothing()

    def _save_remark(self, remark: Remark) -> bool:
        if self.place is None or self.place.pending or not self.place.decisions:
            return True  # it goes with the decision
        return self.judge.annotate(self.place.decisions[-1], remark)

    def follow(self, reviewed: Reviewed, place: Place | None) -> None:
        """Be at this place of the article that is shown, which has changed."""
        self.reviewed, self.place = reviewed, place
        versions = len(place.versions) if place else 0
        self.previewed = min(self.previewed or 0, versions - 1) if versions else None

    # The panes

    def _connect(self) -> None:
        self.queue.grown.connect(self.told)
        self.queue.reset.connect(self.told)
        self.articles.chosen.connect(self.open_document)
        self.articles.left.connect(self.take_focus)
        self.page.clicked.connect(self._on_clicked)
        self.card.previewed.connect(self.judge.point)
        self.card.taken.connect(self.judge.take)
        self.card.asked.connect(self.judge.do)
        self.card.stepped.connect(self._on_stepped)
        self.card.left.connect(self.take_focus)
        self.remarks.left.connect(self.take_focus)
        self._panes.left_pane.connect(self.take_focus)

    def begin_editing(self) -> Editing:
        """Let the previewed version be edited; what that needs is made at the first time."""
        if self.editing is None:
            made = self.editing = Editing(self.hub.project, self.page.view, self._theme, self)
            self._right.addWidget(made.inspector)
            made.moved.connect(self.told)
            made.ended.connect(self._on_editing_ended)
            made.taken.connect(self.judge.take_edited)
            made.draft.said.connect(self.hub.said)
            made.draft.failed.connect(self.hub.failed)
        self._right.setCurrentWidget(self.editing.inspector)
        return self.editing

    def _on_editing_ended(self) -> None:
        self._right.setCurrentWidget(self.card)
        self.page.forget()
        self.show_all()

    def _take_right(self) -> None:
        if self.desk is not None and self.editing is not None:
            self.editing.inspector.take_focus()
        else:
            self.card.take_focus()

    def _on_clicked(self, key: str) -> None:
        if self.desk is None:
            self.go_to_key(key)

    def _on_stepped(self, step: int) -> None:
        if step < 0:
            self.step(-1)
        else:
            self.next_pending()
        self.take_focus()

"""What stands beside the conflict: offers, what was taken unasked, the summary at the end."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from annotator.core.apart import keep_apart
from annotator.core.find import fold
from annotator.core.model import Entity
from annotator.core.text import counted
from annotator.review.granting import takable
from annotator.review.rules import DEFAULT, Rules
from annotator.ui.gestures.alike_strip import AlikeStrip
from annotator.ui.jobs import Run
from annotator.ui.panels.register_dialog import merged
from annotator.ui.review.alike import AlikePlaces
from annotator.ui.review.mode_strip import ModeStrip
from annotator.ui.review.offers import Offer, OfferStrip
from annotator.ui.review.summary import Summary
from annotator.ui.review.taken import Taken

if TYPE_CHECKING:
    from annotator.transfer.reviewing import ReviewReport
    from annotator.ui.review.perspective import Review
    from annotator.ui.theme import Theme


class Asides(QObject):
    """Fills them, and does what they offer."""

    def __init__(self, review: "Review", theme: "Theme") -> None:
        super().__init__(review)
        self._review = review
        self.job: Run[Any] | None = None
        self.mode = ModeStrip(theme, review.page)
        self.strip = OfferStrip(theme, review.page)
        self.alike_strip = AlikeStrip(theme, review.page)
        self.alike: AlikePlaces = AlikePlaces(review, self.alike_strip)
        self.taken = Taken(theme)
        self.summary = Summary(review.hub, theme)
        review.page.strips.addWidget(self.mode)
        review.page.strips.addWidget(self.strip)
        review.page.strips.addWidget(self.alike_strip)
        review.card.extra.addWidget(self.summary)
        review.card.extra.addWidget(self.taken)
        self.mode.left.connect(self._on_mode_left)
        review.told.connect(self._show_mode)
        self.strip.left.connect(review.take_focus)
        self.taken.wanted.connect(self._on_taken_wanted)

    def set_theme(self, theme: "Theme") -> None:
        """Draw in this theme from now on."""
        self.alike_strip.set_theme(theme)
        self.taken.set_theme(theme)

    def show(self, *, focus: bool = False) -> None:
        """Show what there is to offer now, and what was taken; `focus` gives it the keys."""
        review = self._review
        self.taken.setVisible(review.reviewed is not None)
        if review.reviewed is not None:
            self.taken.show_article(review.words(review.reviewed))
        writable = not review.hub.project.read_only
        self.strip.show_offers(self._offers() if writable else [], focus=focus)

    def show_summary(self, *, wanted: bool) -> None:
        """Sum up what became of everybody's work, or be out of the way."""
        if not wanted:
            self.summary.stop()
            return
        from annotator.transfer.reviewing import reviewing  # noqa: PLC0415 - loaded when it is used

        review = self._review
        self.summary.count(reviewing(review.hub.project.read, review.queue.ground))

    def take_agreed(self) -> None:
        """Take what the rules take, in all articles, as a job and one edit."""
        from annotator.transfer.reviewing import accept_agreed  # noqa: PLC0415 - as above

        hub = self._review.hub
        if reason := hub.project.read_only:
            hub.said.emit(f"Nothing can be decided here: {reason}.")
            return
        job, title = accept_agreed(hub.project), "Taking what all agree on"
        self.job = Run(job, title, self._review, done=self._on_agreed, failed=hub.said.emit)

    def _on_agreed(self, report: "ReviewReport") -> None:
        self._review.next_pending(here=True)
        links = f" and {counted(report.links, 'link')}" if report.links else ""
        self._review.hub.said.emit(
            f"Taken without asking: {counted(report.agreed - report.links, 'place')}{links}; "
            f"{counted(report.open, 'conflict')} left. Ctrl+Z takes it back."
        )

    def _show_mode(self) -> None:
        banner = self._review.judge.banner
        self.mode.show_mode(banner)
        if banner:
            self.strip.hide()

    def _on_mode_left(self) -> None:
        self._review.judge.leave()
        self._review.take_focus()

    def _offers(self) -> list[Offer]:
        found: list[Offer] = []
        reviewed = self._review.reviewed
        number = takable(reviewed) if reviewed else 0
        if reviewed and number:
            words = _offered(number, by_rules=reviewed.ground.rules)
            found.append(Offer("agreed", words, "Take it", self.take_agreed))
        for kept, gone in self._twins():
            words = f"The register has two actors “{kept.name}”. Are they the same?"
            found.append(
                Offer(
                    gone.id,
                    words,
                    "Merge",
                    partial(self._merge, kept, gone),
                    "Not the same",
                    partial(self._part, kept, gone),
                )
            )
        return found

    def _twins(self) -> list[tuple[Entity, Entity]]:
        """Actors of the same name and type, which compare as equal: the one, and another."""
        hub = self._review.hub
        twins = self._review.queue.ground.twins
        found = [(hub.entities.get(one), hub.entities.get(gone)) for gone, one in twins.items()]
        pairs = [(one, gone) for one, gone in found if one is not None and gone is not None]
        return sorted(pairs, key=lambda pair: fold(pair[0].name))

    def _merge(self, kept: Entity, gone: Entity) -> None:
        hub = self._review.hub
        if hub.apply(merged(hub, kept, gone)):
            hub.said.emit(f"“{kept.name}” is one actor now; Ctrl+Z takes it back.")

    def _part(self, one: Entity, other: Entity) -> None:
        hub = self._review.hub
        if hub.apply(keep_apart(hub.project.read.settings(), one.id, [other.id])):
            hub.said.emit(f"These are two actors “{one.name}”; Ctrl+Z takes it back.")

    def _on_taken_wanted(self, key: str) -> None:
        self._review.go_to_key(key)
        self._review.take_focus()


def _offered(number: int, *, by_rules: Rules) -> str:
    """The question whether so many places of an article, and those of all others, be taken."""
    where, it = counted(number, "place"), "it" if number == 1 else "them"
    if replace(by_rules, blind=False, seed=0) == DEFAULT:
        return (
            f"On {where} of this article all agree, and gold lacks {it}. "
            "Take what all agree on, in all articles, with the links between?"
        )
    return (
        f"The rules of the review decide {where} of this article. "
        "Take what they decide, in all articles, with the links between?"
    )

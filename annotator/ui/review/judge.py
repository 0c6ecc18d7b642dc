"""What the reviewer's keys do: take a version, and everything beside it; each one edit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Decision
from annotator.core.text import counted
from annotator.review import deciding
from annotator.review.settling import ALL_AGREE, Said
from annotator.review.standing import rule_of
from annotator.review.values import Place, Reviewed, Version
from annotator.ui.review.remarks import Remark
from annotator.ui.review.sentences import refusal, refusals

if TYPE_CHECKING:
    from annotator.ui.review.perspective import Review

DIGITS = tuple("123456789")
CHANGED = "Somebody's version of this has changed; Esc shows it, Enter takes what is edited here."
Make = Callable[[Reviewed, Place, Said], Edit]
_SEVERAL: "dict[str, Callable[..., Edit]]" = {
    "union": deciding.union,
    "intersection": deciding.intersection,
    "both_spans": deciding.both_spans,
    "both_readings": deciding.both_readings,
}


class Judge(QObject):
    """Decides the place that the perspective shows, and goes on to the next that is pending."""

    def __init__(self, review: "Review") -> None:
        super().__init__(review)
        self._review = review
        self.acting = False
        """Whether a decision is being made; what it changes is shown with the next place."""
        self._mixing: tuple[int, ...] | None = None

    @property
    def banner(self) -> str:
        """What is said of the mode, "" for none."""
        editing = self._review.editing
        if editing is not None and editing.active:
            return editing.banner
        if self._mixing is None:
            return ""
        if not self._mixing:
            return "MIX: press the number of the version whose extent you want."
        return (
            f"MIX: the extent of version {self._mixing[0] + 1}. Now press the number of the "
            "version whose label and attributes you want."
        )

    def leave(self) -> None:
        """Leave the mode; what was edited is given up."""
        if self._review.editing is not None:
            self._review.editing.end()
        if self._mixing is not None:
            self._mixing = None
            self._review.told.emit()

    def take_key(self, name: str) -> bool:
        """Whether a key was for the mode, and is taken."""
        editing = self._review.editing
        if editing is not None and editing.active:
            return editing.take_key(name)
        if self._mixing is None:
            return False
        if name in DIGITS:
            self._mix(int(name) - 1)
            return True
        self.leave()
        return name == "Esc"

    def follow(self, before: Place | None) -> None:
        """Stay in the mode as far as possible when the place, which was this, has changed."""
        place = self._review.place
        if self.acting or before is None or (place is not None and place.seen == before.seen):
            return
        if self._review.desk is None or place is None:
            self.leave()
        else:
            self._review.hub.said.emit(CHANGED)

    # Verbs

    def do(self, name: str) -> None:
        """One of the card's verbs, by its name; why it can't be done is told."""
        place = self._review.place
        if place is None or self._refused(place, name):
            return
        if name == "mix":
            self.mix()
        elif name == "edit":
            self.edit()
        elif name == "none":
            self._decide(lambda reviewed, place, said: deciding.none(reviewed, place, **said))
        elif name == "later":
            self._decide(lambda reviewed, place, said: deciding.later(reviewed, place, **said))
        else:
            verb = _SEVERAL[name]
            self._decide(lambda reviewed, place, said: verb(reviewed, place, **said))

    def take(self, number: int) -> None:
        """Take a version, counted from 0."""
        place = self._review.place
        if place is None:
            return
        if not 0 <= number < len(place.versions):
            self._review.hub.said.emit(f"There is no version {number + 1}.")
            return
        version = place.versions[number]
        self._decide(lambda reviewed, at, said: deciding.take(reviewed, at, version, **said))

    def point(self, number: int) -> None:
        """Preview a version that was pointed at, or, where mix asks for one, answer with it."""
        if self._mixing is None:
            self._review.preview(number)
        else:
            self._mix(number)

    def take_previewed(self) -> None:
        """Take the version that the text shows."""
        if self._review.previewed is not None:
            self.take(self._review.previewed)

    def preview(self, step: int) -> None:
        """Show the next version in the text, or the one before."""
        place, now = self._review.place, self._review.previewed
        if place is not None and now is not None:
            self._review.preview((now + step) % len(place.versions))

    def mix(self) -> None:
        """Ask from which version the extent comes, and from which the rest."""
        self._mixing = ()
        self._review.take_focus()
        self._review.told.emit()

    def edit(self) -> None:
        """Change the previewed version before it is taken."""
        review = self._review
        reviewed, place, number = review.reviewed, review.place, review.previewed
        if reviewed is None or place is None:
            return
        version = place.versions[number] if number is not None else None
        if place.status == "decided":  # then it is gold that one goes on from
            version = Version(place.gold, place.gold_links, ())
        review.begin_editing().begin(reviewed, place, version)
        review.take_focus()

    def take_edited(self) -> None:
        """Take what the version has become."""
        editing, place = self._review.editing, self._review.place
        if editing is None or place is None:
            return
        editing.keep()
        made, linked = editing.draft.made, editing.draft.linked
        altered, number = editing.draft.altered, self._review.previewed
        editing.end()
        if not altered and place.status == "decided":
            self._review.next_pending()
        elif not altered and number is not None:
            self.take(number)
        elif place.relation:
            self._decide(
                lambda reviewed, at, said: deciding.edited(reviewed, at, (), linked, **said)
            )
        else:
            self._decide(lambda reviewed, at, said: deciding.edited(reviewed, at, made, **said))

    def annotate(self, decision: Decision, remark: Remark) -> bool:
        """Say something else of a decision; whether that is saved."""
        edit = deciding.annotate(
            decision, reason=remark.reason, comment=remark.comment, gap=remark.gap
        )
        return self._review.hub.apply(edit)

    def _mix(self, number: int) -> None:
        place = self._review.place
        if place is None or self._mixing is None or number >= len(place.versions):
            return
        chosen = (*self._mixing, number)
        if len(chosen) == 1 and len(place.versions) == 2:
            chosen = (*chosen, 1 - number)
        if len(chosen) < 2:
            self._mixing = chosen
            self._review.told.emit()
            return
        extent, rest = (place.versions[each] for each in chosen)
        self.leave()
        self._decide(lambda reviewed, at, said: deciding.mix(reviewed, at, extent, rest, **said))

    def _decide(self, make: Make) -> None:
        """Make a decision durable, and go on to the next place that is pending."""
        review = self._review
        reviewed, place, hub = review.reviewed, review.place, review.hub
        if reviewed is None or place is None:
            return
        if self._refused(place):
            return
        remark = review.remarks.remark if place.pending else Remark()
        said = Said(
            by=hub.project.who, reason=remark.reason, comment=remark.comment, gap=remark.gap
        )
        self.acting = True
        edit, before = None, review.queue.wanted
        try:
            edit = make(reviewed, place, said)
            done = hub.apply(edit)
        except UserError as error:
            hub.said.emit(str(error))
            done = False
        finally:
            self.acting = False
        if done:
            review.next_pending()
            review.take_focus()
            self._tell_along(edit, fewer=before - review.queue.wanted)

    def _tell_along(self, edit: Edit | None, *, fewer: int) -> None:
        """Say how many links came along, and how many conflicts are `fewer` therefore.

        All agree on these links now that their ends are decided.
        """
        decisions = [each.after for each in edit.touched("decision")] if edit else []
        along = sum(isinstance(each, Decision) and rule_of(each) == ALL_AGREE for each in decisions)
        if along:
            links = counted(along, "link")
            ended = f", so {counted(fewer, 'conflict')} fewer" if fewer > 0 else ""
            self._review.hub.said.emit(f"Taken along: {links} on which all agree now{ended}.")

    def _refused(self, place: Place, verb: str = "") -> bool:
        """Whether a place can't be decided, or not by this verb; why is told."""
        hub = self._review.hub
        read_only = hub.project.read_only
        why = refusals(place, read_only).get(verb, "") if verb else refusal(place, read_only)
        if why:
            hub.said.emit(why)
        return bool(why)

"""The machine's suggestions for the open article: gone through, taken, corrected, rejected."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core import rules
from annotator.core.edits import Change, Edit
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.core.suggestions import KEY, OFF, accept, correct, pending, reject, shown
from annotator.core.tagged import Tagged
from annotator.core.text import counted
from annotator.ui.article.index import key_of
from annotator.ui.gestures.modes import Reopened

if TYPE_CHECKING:
    from annotator.ui.gestures.desk import Desk


class Suggestions(QObject):
    """Those that the person hasn't judged yet, by id, in reading order; one may be focused.

    They are shown from the first `read` on, and only where the project doesn't hide them. While one
    is focused no annotation is.
    """

    moved = Signal()
    """What waits, or which one is focused, is something else."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._hub = desk.hub
        self.pending: dict[str, Annotation] = {}
        self._focused: str | None = None
        self._on = False
        self._layer = ""
        self.all: dict[str, Annotation] = {}
        """What is suggested for the article, judged or not, by id."""
        self._own = Tagged()

    @property
    def focused(self) -> Annotation | None:
        """The suggestion that is looked at."""
        return self.pending.get(self._focused) if self._focused else None

    @property
    def on(self) -> bool:
        """Whether the project shows suggestions."""
        return self._hub.project.read.setting(KEY) != OFF

    @property
    def possible(self) -> bool:
        """Whether any waits to be judged, where that can be saved."""
        return bool(self.pending) and not self._hub.project.read_only

    def place(self) -> tuple[int, int]:
        """Which one in reading order is focused, counted from 1, and how many there are."""
        ids = list(self.pending)
        return (ids.index(self._focused) + 1 if self._focused in ids else 0), len(ids)

    # Following

    def follow(self) -> None:
        """Show suggestions from now on, whichever article is open."""
        hub = self._hub
        hub.document_opened.connect(self.read)
        hub.changed.connect(self._on_changed)
        hub.reread.connect(self.read)
        hub.focus_moved.connect(self._on_focus_moved)
        hub.stepped.connect(self._on_stepped)
        self.read()

    def read(self) -> None:
        """Read what is suggested for the open article."""
        hub = self._hub
        before, self._focused = self._focused, None
        self.all, self._layer = {}, ""
        if hub.document is not None and self.on:
            self._layer = Layer.of(hub.document.id, "machine", role="machine").id
            found = hub.project.read.annotations(layer=self._layer)
            self.all = {each.id: each for each in found}
        self._own = Tagged(hub.annotations.values() if self.all else ())
        self._focused = before if before in self.all else None
        self.show()

    def _on_changed(self, edit: Edit) -> None:
        if any(each.id == KEY for each in edit.touched("setting")):
            self.read()
            return
        own = self._hub.layer.id if self._hub.layer else ""
        concerned = False
        for each in edit.touched("annotation") if self._layer else ():
            before, after = each.before, each.after
            if isinstance(each.either, Annotation) and each.either.layer == self._layer:
                if not self.all:  # the person's own were not looked at so far
                    self.read()
                    return
                concerned = True
                self.all.pop(each.id, None)
                if isinstance(after, Annotation):
                    self.all[each.id] = after
            elif self.all:
                for value, follow in ((before, self._own.remove), (after, self._own.add)):
                    if isinstance(value, Annotation) and value.layer == own:
                        follow(value)
                        concerned = True
        if concerned:
            self.show()

    def _on_focus_moved(self) -> None:
        if self._hub.focused is not None:
            self.focus(None)

    def _on_stepped(self, edit: Edit) -> None:
        """Look again at what undo has put back."""
        back = {each.id for each in edit.touched("annotation")} & self.pending.keys()
        if back:
            self.focus(next(each for each in self.pending if each in back))

    def show(self) -> None:
        """Find out what waits to be judged; the focus stays, or is lost with its suggestion."""
        waiting = pending(self.all.values(), self._own, self._hub.project.who)
        self.pending = {each.id: each for each in sorted(waiting, key=key_of)}
        if self._focused not in self.pending:
            self._focused = None
        self._desk.view.set_ghosts(self.pending, self._focused)
        self.moved.emit()

    # Going through them

    def focus(self, suggestion: str | None) -> None:
        """Look at a suggestion by its id, or at none."""
        if suggestion not in self.pending:
            suggestion = None
        if suggestion == self._focused:
            return
        self._focused = suggestion
        view = self._desk.view
        view.set_ghosts(self.pending, suggestion)
        found = self.focused
        if found is not None:
            self._hub.focus(None)
            view.put_caret(found.envelope.start)
            view.show_ghost(found)
        self.moved.emit()

    def step(self, *, backwards: bool = False) -> None:
        """Look at the next suggestion, or the one before, from the focused one or the caret."""
        self._desk.leave()
        found = self._beside(backwards=backwards)
        if found is not None:
            self.focus(found)
        elif self.pending:
            where = "before" if backwards else "after"
            self._hub.said.emit(f"There is no suggestion {where} this place.")
        else:
            self._hub.said.emit("No suggestion waits in this article.")

    def _beside(self, *, backwards: bool) -> str | None:
        ids = list(self.pending)
        if self._focused in ids:
            at = ids.index(self._focused) + (-1 if backwards else 1)
            return ids[at] if 0 <= at < len(ids) else None
        focused = self._hub.focused
        caret = focused.envelope.start if focused is not None else self._desk.view.caret()
        starts = [(self.pending[each].envelope.start, each) for each in ids]
        if backwards:
            return next((each for start, each in reversed(starts) if start < caret), None)
        return next((each for start, each in starts if start >= caret), None)

    # Judging them

    def take(self) -> bool:
        """Whether a suggestion was focused, and is taken as it is."""
        found = self.focused
        return found is not None and self._judge([found], taken=True)

    @property
    def kind(self) -> list[Annotation]:
        """All that wait and have the focused one's label and suggester, in reading order."""
        found = self.focused
        return (
            [each for each in self.pending.values() if _kind(each) == _kind(found)] if found else []
        )

    def take_alike(self) -> None:
        """Take all of this article that have the focused one's label and suggester."""
        kind = self.kind
        if not kind:
            self._hub.said.emit("Go to a suggestion first, with W.")
        elif self._judge(kind, taken=True):
            title = self._hub.tagset.label_title(kind[0].label)
            words = counted(len(kind), "suggestion")
            self._hub.said.emit(f"Took {words} under “{title}”; Ctrl+Z takes all back.")

    def reject(self) -> bool:
        """Whether a suggestion was focused, and is rejected: it won't come back."""
        found = self.focused
        return found is not None and self._judge([found], taken=False)

    def enter(self) -> bool:
        """Whether Enter was for a suggestion: re-open its boundary, or take it with the new one."""
        desk, found = self._desk, self.focused
        if found is None:
            return False
        if isinstance(mode := desk.lasting_mode, Reopened):
            self._correct(found, found.label, desk.view.selected_span() or mode.span)
        else:
            desk.leave()
            span = found.spans[0]
            desk.view.select(span)
            desk.enter_mode(Reopened(found.id, span))
        return True

    def relabel(self, label: str) -> bool:
        """Whether a label was for a suggestion, which is taken with it; its boundary may be open.

        What is selected otherwise is tagged by itself.
        """
        desk, found = self._desk, self.focused
        selection = desk.view.selected_span()
        open_ = isinstance(desk.lasting_mode, Reopened)
        if found is None or (selection is not None and not open_):
            return False
        self._correct(found, label, selection if open_ else None)
        return True

    def _correct(self, suggestion: Annotation, label: str, span: Span | None) -> None:
        """Take a suggestion with this label, its first passage being this one."""
        hub, desk, layer = self._hub, self._desk, self._hub.layer
        spans = (span, *suggestion.spans[1:]) if span is not None else suggestion.spans
        desk.leave()
        if layer is None:
            return
        if (label, spans) == (suggestion.label, suggestion.spans):
            self._judge([suggestion], taken=True)
            return
        edit = correct(
            *(suggestion, layer),
            label=label,
            spans=spans,
            kept=rules.kept_attributes(suggestion, label, hub.tagset),
            who=hub.project.who,
            fresh=hub.project.is_fresh(layer),
        )
        self._do(edit, [suggestion])

    def _judge(self, suggestions: list[Annotation], *, taken: bool) -> bool:
        hub, layer = self._hub, self._hub.layer
        if layer is None:
            return False
        self._desk.leave()
        if not taken:
            return self._do(reject(suggestions, hub.project.who), suggestions)
        return self._do(
            accept(
                *(suggestions, layer),
                own=self._own,
                others=self.all,
                links=self._hub.project.read.links_of(*(each.id for each in suggestions)),
                who=hub.project.who,
                fresh=hub.project.is_fresh(layer),
            ),
            suggestions,
        )

    def links_of(self, suggestion: Annotation) -> list[Relation]:
        """The links that are suggested along with a suggestion."""
        found = self._hub.project.read.links_of(suggestion.id)
        return [each for each in found if each.source == suggestion.id]

    def _do(self, edit: Edit, judged: list[Annotation]) -> bool:
        """Make it durable, and go on to what comes behind what was judged."""
        place = key_of(judged[0])
        if not self._hub.apply(edit):
            return False
        behind = (each for each in self.pending.values() if key_of(each) > place)
        self.focus(next((each.id for each in behind), None))
        if not self.pending:
            self._hub.said.emit("That was the last suggestion of this article.")
        return True

    def noted(self, edit: Edit) -> Edit:
        """An edit of the person's layer that tells, too, that suggestions were shown meanwhile."""
        layer = self._hub.layer
        if not edit or layer is None or not self.all or shown(layer) == layer:
            return edit
        whole = [each for each in edit.touched("layer") if each.id == layer.id]
        rest = tuple(each for each in edit.changes if each not in whole)
        before = whole[0].before if whole else layer
        after = whole[0].after if whole else layer
        told = shown(after) if isinstance(after, Layer) else None
        return Edit(edit.name, (Change(before, told), *rest))


def _kind(suggestion: Annotation) -> tuple[str, object]:
    return suggestion.label, suggestion.meta.get("by")

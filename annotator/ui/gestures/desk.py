"""What the annotator's gestures do: tag, retag, move, link, remove; each one edit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core import rules, verbs
from annotator.core.edits import Edit
from annotator.core.model import Annotation, State
from annotator.core.span import Span
from annotator.ui.gestures.fill import Filling
from annotator.ui.gestures.hop import Hops
from annotator.ui.gestures.jump import Jumping
from annotator.ui.gestures.links import candidates, hint_letters
from annotator.ui.gestures.modes import (
    Armed,
    Collecting,
    FillMode,
    HopMode,
    Idle,
    JumpMode,
    LinkMode,
    Mode,
    Reopened,
    sentence,
)
from annotator.ui.gestures.passages import Passages, told
from annotator.ui.gestures.reach import Reach
from annotator.ui.gestures.suggestions import Suggestions
from annotator.ui.hub import Hub

if TYPE_CHECKING:
    from annotator.ui.article.view import ArticleView


class Desk(QObject):
    """The gestures on one article view; what is selected there is taken as it stands."""

    mode_changed = Signal()
    """The mode, or what there is to say of it, is another."""

    def __init__(self, hub: Hub, view: "ArticleView", parent: QObject) -> None:
        super().__init__(parent)
        self.hub = hub
        self.view = view
        self.mode: Mode = Idle()
        self._done: set[str] = set()
        """The layers, by id, that were done before they became questions."""
        self.filling = Filling(self)
        self.hops = Hops(self)
        self.jumping = Jumping(self)
        self.passages = Passages(self)
        self.reach = Reach(view, hub.said.emit)
        self.suggestions = Suggestions(self)
        hub.document_opened.connect(self.leave)
        hub.changed.connect(self._on_changed)

    @property
    def lasting_mode(self) -> Mode:
        """The mode; while one jumps, the one that goes on afterwards."""
        return self.mode.back if isinstance(self.mode, JumpMode) else self.mode

    @property
    def banner(self) -> str:
        """What the status bar says of the mode, "" for nothing."""
        match self.mode:
            case Armed(label=name):
                return sentence(self.mode, self.hub.tagset.label_title(name))
            case LinkMode(type=name):
                return sentence(self.mode, self.hub.tagset.relation_title(name))
            case FillMode(annotation=name) if name in self.hub.annotations:
                label = self.hub.annotations[name].label
                return sentence(self.mode, self.hub.tagset.label_title(label))
            case Collecting(passages=passages):
                return sentence(self.mode, told(self.view.reading.text, passages))
            case _:
                return sentence(self.mode)

    def leave(self) -> None:
        """Leave the mode, whatever it is; a re-opened span is as it was."""
        mode = self.lasting_mode
        self.enter_mode(Idle())
        if isinstance(mode, Reopened):
            self.view.select(None)

    def leave_unless_armed(self) -> None:
        """Leave the mode, but keep a label armed, and passages: a click is no selection yet."""
        if not isinstance(self.mode, Armed | Collecting):
            self.leave()

    def escape(self) -> None:
        """Leave the mode, else drop the selection, else the focus."""
        if self.view.drop_grip():
            return
        if isinstance(self.mode, JumpMode):
            self.enter_mode(self.mode.back)
        elif not isinstance(self.mode, Idle):
            self.leave()
        elif self.view.selected_span() is not None:
            self.view.select(None)
        else:
            self.suggestions.focus(None)
            self.hub.focus(None)

    def letter(self, key: str, *, shift: bool = False) -> bool:
        """Whether a letter was for a mode in which letters choose, and is taken."""
        match self.mode:
            case JumpMode():
                return self.jumping.letter(key, shift=shift)
            case LinkMode():
                self.hint(key)
            case HopMode():
                self.hops.letter(key)
            case FillMode():
                self.filling.letter(key)
            case _:
                return False
        return True

    # Tagging

    def tag_key(self, key: str, *, second: bool = False) -> None:
        """Tag with the label of this key."""
        for label in self.hub.tagset.labels:
            if label.key and label.key.upper() == key:
                self.tag(label.name, second=second)
                return
        self.hub.said.emit(f"No label has the key {key}.")

    def tag(self, label: str, *, second: bool = False) -> None:
        """Tag the selection, else retag the focused span; with `second` tag its extent once more.

        A focused suggestion is taken with the label. With none of these the label is armed for the
        mouse, or disarmed.
        """
        if self.suggestions.relabel(label):
            return
        mode, selection = self.lasting_mode, self.view.selected_span()
        self.leave()
        focused = self.hub.focused
        spans = [selection] if selection and not isinstance(mode, Reopened) else []
        if isinstance(mode, Collecting):
            spans.extend(mode.passages)
        if spans:
            self._mark(verbs.joined(spans), label)
        elif focused is not None and second:
            self._mark(focused.spans, label)
        elif focused is not None:
            self._relabel(focused, label)
        elif mode != Armed(label):
            self.enter_mode(Armed(label))

    def take_selection(self, span: Span) -> bool:
        """Whether a selection made with the mouse was for the armed label, and is tagged now."""
        if not isinstance(self.mode, Armed):
            return False
        self._mark((span,), self.mode.label)
        return True

    def _mark(self, spans: tuple[Span, ...], label: str) -> None:
        layer = self.hub.layer
        if layer is None:
            return
        if (twin := self._twin(spans, label)) is not None:
            title = self.hub.tagset.label_title(label)
            self.view.select(None)
            self.hub.focus(twin)
            self.hub.said.emit(f"This is tagged as {title.lower()} already.")
            return
        edit = verbs.mark(layer, spans, label, fresh=self.hub.project.is_fresh(layer))
        if self.hub.apply(self.suggestions.noted(edit)):
            self.view.select(None)
            self.hub.focus(next(edit.touched("annotation")).id)

    def _twin(self, spans: tuple[Span, ...], label: str) -> str | None:
        """The id of an annotation of this label on just these spans."""
        near = self.view.near(spans[0])
        return next((each.id for each in near if each.label == label and each.spans == spans), None)

    def _relabel(self, annotation: Annotation, label: str) -> None:
        tagset, links = self.hub.tagset, self.hub.relations.values()
        kept = rules.kept_attributes(annotation, label, tagset)
        broken = rules.broken_links(annotation, label, links, tagset)
        self.hub.apply(verbs.relabel(annotation, label, kept=kept, broken=broken))

    def remove(self) -> None:
        """Remove the focused span and its links."""
        if (focused := self.hub.focused) is not None:
            self.leave()
            self.hub.apply(verbs.remove([focused], list(self.hub.relations.values())))

    # Boundaries

    def enter(self) -> None:
        """Re-open the focused span as a selection; or keep the boundary that it has now.

        The same for a suggestion, which is taken with the boundary.
        """
        if self.suggestions.enter():
            return
        if isinstance(mode := self.lasting_mode, Reopened):
            self._keep(mode)
        elif (focused := self.hub.focused) is not None:
            self.leave()
            caret = self.view.caret()
            span = next((each for each in focused.spans if caret in each), focused.spans[0])
            self.view.select(span)
            self.enter_mode(Reopened(focused.id, span))

    def _keep(self, mode: Reopened) -> None:
        selection = self.view.selected_span()
        annotation = self.hub.annotations.get(mode.annotation)
        self.leave()
        if selection is None or annotation is None or selection == mode.span:
            return
        others = [each for each in annotation.spans if each != mode.span]
        self.hub.apply(verbs.move(annotation, [*others, selection]))

    def move_passage(self, annotation: str, old: Span, new: Span) -> None:
        """Give an annotation, by its id, one passage in the place of another."""
        found = self.hub.annotations.get(annotation)
        if found is not None:
            self.leave()
            others = (each for each in found.spans if each != old)
            self.hub.apply(verbs.move(found, [*others, new]))

    # Links

    def link_key(self, key: str) -> None:
        """Begin a link of the type that has this key."""
        for relation in self.hub.tagset.relations:
            if relation.key and relation.key.upper() == key:
                self.start_link(relation.name)
                return
        self.hub.said.emit(f"No link has the key {key}.")

    def start_link(self, type_: str) -> None:
        """Show hint letters on the spans that the focused one can be linked with."""
        relation, focused = self.hub.tagset.relation(type_), self.hub.focused
        if relation is None:
            return
        if focused is None:
            self.hub.said.emit("Focus a span first: click it, or go to it with Alt+Down.")
            return
        self.leave()
        found, backwards = candidates(
            relation,
            focused,
            self.hub.annotations.values(),
            self.hub.relations.values(),
            tagset=self.hub.tagset,
        )
        if not found:
            title = self.hub.tagset.relation_title(type_)
            self.hub.said.emit(f"There is nothing here that “{title}” could link this span with.")
            return
        ids = [each.id for each in found]
        hints = tuple(zip(hint_letters(len(ids)), ids, strict=False))
        self.enter_mode(LinkMode(type_, focused.id, backwards=backwards, hints=hints))

    def hint(self, letter: str) -> None:
        """Take a letter of a hint; the last one makes the link."""
        mode = self.mode
        if not isinstance(mode, LinkMode):
            return
        longer = mode.with_letter(letter)
        chosen = longer.chosen()
        if chosen is not None:
            self._link(mode, chosen)
        else:
            self.enter_mode(longer)

    def pick(self, annotation: str) -> bool:
        """Whether a click on a span was for the link that is being made, and made it."""
        mode = self.mode
        if not isinstance(mode, LinkMode) or annotation not in mode.left():
            return False
        self._link(mode, annotation)
        return True

    def _link(self, mode: LinkMode, other: str) -> None:
        self.leave()
        origin, partner = (self.hub.annotations.get(each) for each in (mode.origin, other))
        if origin is not None and partner is not None:
            ends = (partner, origin) if mode.backwards else (origin, partner)
            self.hub.apply(verbs.link(mode.type, *ends))

    # Going about, and the article's state

    def step(self, *, backwards: bool) -> None:
        """Focus the next or previous span in reading order, from the focused one or the caret."""
        self.leave()
        focused, some = self.hub.focused, self.hub.annotations
        if focused is None:
            found = self.view.span_after(self.view.caret(), backwards=backwards)
        else:
            found = self.view.span_beside(focused.id, backwards=backwards)
        if found is None:
            where = "before" if backwards else "after"
            self.hub.said.emit(f"There is no span {where} this one." if some else "No spans yet.")
        else:
            self.go_to(found)

    def go_to(self, annotation: str) -> None:
        """Focus a span, and put the caret there, so that the keys that select begin at it."""
        self.view.put_caret(self.hub.annotations[annotation].envelope.start)
        self.hub.focus(annotation)

    def question(self) -> None:
        """Mark the article as a question, or take that back; what was done before is done again."""
        layer = self.hub.layer
        if layer is None:
            return
        if layer.state == "question":
            self.set_state("done" if layer.id in self._done else "open")
        elif self.set_state("question"):
            change = self._done.add if layer.state == "done" else self._done.discard
            change(layer.id)

    def set_state(self, state: State) -> bool:
        """Say how far the article is; False where that was not saved."""
        self.leave()
        layer, reason = self.hub.layer, self.hub.project.read_only
        if reason:
            self.hub.said.emit(f"Nothing can be changed here: {reason}.")
            return False
        if layer is None or layer.state == state:
            return layer is not None
        fresh = self.hub.project.is_fresh(layer)
        return self.hub.apply(self.suggestions.noted(verbs.set_state(layer, state, fresh=fresh)))

    def enter_mode(self, mode: Mode) -> None:
        """Let the next key or selection mean this."""
        if mode == self.mode:
            return
        before, lasted, self.mode = self.mode, self.lasting_mode, mode
        if isinstance(mode, LinkMode | HopMode):
            self.view.set_hints(mode.left())
        elif isinstance(before, LinkMode | HopMode):
            self.view.set_hints({})
        if isinstance(mode, JumpMode):
            self.view.set_jumps({word.start: left for word, left in mode.left().items()})
        elif isinstance(before, JumpMode):
            self.view.set_jumps({})
        if isinstance(lasts := self.lasting_mode, Collecting):
            self.view.set_pending(lasts.passages)
        elif isinstance(lasted, Collecting):
            self.view.set_pending(())
        self.mode_changed.emit()

    def _on_changed(self, edit: Edit) -> None:
        """A mode whose spans an undo or another widget changed is over."""
        match self.lasting_mode:
            case Reopened(annotation=name):
                involved = {name}
            case LinkMode(origin=name, hints=hints) | HopMode(origin=name, hints=hints):
                involved = {name, *(id_ for _, id_ in hints)}
            case _:
                return
        touched = {each.id for each in edit.touched("annotation")}
        if touched & involved:
            self.leave()

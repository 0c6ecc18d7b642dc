"""What the annotator's gestures do: tag, retag, move, link, remove; each one edit."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core import rules, verbs
from annotator.core.edits import Edit
from annotator.core.model import Annotation, State
from annotator.core.span import Span
from annotator.ui.hub import Hub
from annotator.ui.links import candidates, hint_letters
from annotator.ui.modes import Armed, Idle, LinkMode, Mode, Reopened, sentence

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
        hub.document_opened.connect(self.leave)
        hub.changed.connect(self._on_changed)

    @property
    def banner(self) -> str:
        """What the status bar says of the mode, "" for nothing."""
        match self.mode:
            case Armed(label=name):
                return sentence(self.mode, self.hub.tagset.label_title(name))
            case LinkMode(type=name):
                return sentence(self.mode, self.hub.tagset.relation_title(name))
            case _:
                return sentence(self.mode)

    def leave(self) -> None:
        """Leave the mode, whatever it is; a re-opened span is as it was."""
        mode = self.mode
        self._enter_mode(Idle())
        if isinstance(mode, Reopened):
            self.view.select(None)

    def leave_unless_armed(self) -> None:
        """Leave the mode, but keep a label armed: a click is no selection yet."""
        if not isinstance(self.mode, Armed):
            self.leave()

    def escape(self) -> None:
        """Leave the mode, else drop the selection, else the focus."""
        if not isinstance(self.mode, Idle):
            self.leave()
        elif self.view.selected_span() is not None:
            self.view.select(None)
        else:
            self.hub.focus(None)

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

        With neither the label is armed for the mouse, or disarmed.
        """
        armed = self.mode
        self.leave()
        selection = self.view.selected_span()
        focused = self.hub.focused
        if selection is not None:
            self._mark((selection,), label)
        elif focused is not None and second:
            self._mark(focused.spans, label)
        elif focused is not None:
            self._relabel(focused, label)
        elif armed != Armed(label):
            self._enter_mode(Armed(label))

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
        if self.hub.apply(edit):
            self.view.select(None)
            self.hub.focus(next(edit.touched("annotation")).id)

    def _twin(self, spans: tuple[Span, ...], label: str) -> str | None:
        """The id of an annotation of this label on just these spans."""
        start = spans[0].start  # numbers first: there may be ten thousands of annotations
        for each in self.hub.annotations.values():
            if each.spans[0].start == start and each.label == label and each.spans == spans:
                return each.id
        return None

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
        """Re-open the focused span as a selection; or keep the boundary that it has now."""
        if isinstance(self.mode, Reopened):
            self._keep(self.mode)
        elif (focused := self.hub.focused) is not None:
            self.leave()
            caret = self.view.caret()
            span = next((each for each in focused.spans if caret in each), focused.spans[0])
            self.view.select(span)
            self._enter_mode(Reopened(focused.id, span))

    def _keep(self, mode: Reopened) -> None:
        selection = self.view.selected_span()
        annotation = self.hub.annotations.get(mode.annotation)
        self.leave()
        if selection is None or annotation is None or selection == mode.span:
            return
        others = [each for each in annotation.spans if each != mode.span]
        self.hub.apply(verbs.move(annotation, [*others, selection]))

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
            relation, focused, self.hub.annotations.values(), self.hub.relations.values()
        )
        if not found:
            title = self.hub.tagset.relation_title(type_)
            self.hub.said.emit(f"There is nothing here that “{title}” could link this span with.")
            return
        ids = [each.id for each in found]
        hints = tuple(zip(hint_letters(len(ids)), ids, strict=False))
        self._enter_mode(LinkMode(type_, focused.id, hints, backwards=backwards))

    def hint(self, letter: str) -> None:
        """Take a letter of a hint; the last one makes the link."""
        mode = self.mode
        if not isinstance(mode, LinkMode):
            return
        longer = replace(mode, typed=mode.typed + letter, wrong="")
        chosen = longer.chosen()
        if chosen is not None:
            self._link(mode, chosen)
        elif longer.left():
            self._enter_mode(longer)
        else:
            self._enter_mode(replace(mode, wrong=longer.typed))

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
        focused, order = self.hub.focused, list(self.view.ordered())
        if focused is None or focused.id not in order:
            found = self.view.span_after(self.view.caret(), backwards=backwards)
        else:
            place = order.index(focused.id) + (-1 if backwards else 1)
            found = order[place] if 0 <= place < len(order) else None
        if found is None:
            where = "before" if backwards else "after"
            self.hub.said.emit(f"There is no span {where} this one." if order else "No spans yet.")
        else:
            # The caret goes along, so that the keys that select begin at the span.
            self.view.select(self.hub.annotations[found].envelope)
            self.view.select(None)
            self.hub.focus(found)

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
        return self.hub.apply(verbs.set_state(layer, state, fresh=fresh))

    def _enter_mode(self, mode: Mode) -> None:
        if mode != self.mode:
            hinted = isinstance(self.mode, LinkMode)
            self.mode = mode
            if isinstance(mode, LinkMode):
                self.view.set_hints(mode.left())
            elif hinted:
                self.view.set_hints({})
            self.mode_changed.emit()

    def _on_changed(self, edit: Edit) -> None:
        """A mode whose spans an undo or another widget changed is over."""
        match self.mode:
            case Reopened(annotation=name):
                involved = {name}
            case LinkMode(origin=name, hints=hints):
                involved = {name, *(id_ for _, id_ in hints)}
            case _:
                return
        touched = {each.id for each in edit.touched("annotation")}
        if touched & involved:
            self.leave()

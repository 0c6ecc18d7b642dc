"""Editing a version before it is taken: the gestures of the Annotate perspective on a draft."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from annotator.core.edits import Edit
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.review.desk import Desk as Grounds
from annotator.review.values import Place, Reviewed, Version
from annotator.ui.gestures.desk import Desk
from annotator.ui.gestures.links import Links
from annotator.ui.gestures.modes import FillMode, HopMode, Idle, JumpMode, LinkMode, Reopened
from annotator.ui.panels.inspector import Inspector
from annotator.ui.review.draft import Draft

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.project import Project
    from annotator.ui.article.view import ArticleView
    from annotator.ui.theme import Theme

_LETTERED = (LinkMode, HopMode, FillMode, JumpMode)
SPANS = (
    "EDITING: Shift+arrows, S and E move the boundary, digits relabel, F fills in · "
    "Enter takes it, Esc goes back"
)
LINKS = "EDITING: a link's key and a letter make a link, Ctrl+Z takes it back · Enter takes it"


class Editing(QObject):
    """Shows a draft in the article, and in an inspector of its own.

    The view is the review's; while nothing is edited it is left alone.
    """

    moved = Signal()
    """What the banner says is something else."""
    ended = Signal()
    """The draft was given up or taken: the review is to be shown again."""
    taken = Signal()
    """Enter was pressed."""

    def __init__(
        self, project: "Project", view: "ArticleView", theme: "Theme", parent: "QWidget"
    ) -> None:
        super().__init__(parent)
        self._view = view
        self.active = False
        self.draft = Draft(project, self)
        self.desk = Desk(self.draft, view, self)
        self.inspector = Inspector(self.draft, theme, parent, with_foot=False)
        self.inspector.card.touching = view.near
        self._relation = ""
        self._connect()

    @property
    def banner(self) -> str:
        """What the status bar says."""
        if self.desk.banner and not isinstance(self.desk.mode, Reopened):
            return self.desk.banner
        return LINKS if self._relation else SPANS

    def begin(self, reviewed: Reviewed, place: Place, version: Version | None) -> None:
        """Edit a version; None is one of nothing."""
        self._relation = place.relation
        if place.relation:
            sources, links = _gold_links(reviewed, place, version)
            self.draft.begin(reviewed, place, (), links)
            self.draft.allow_links_of(sources)
            first = next(iter(sources), None)
        else:
            annotations = version.annotations if version is not None else ()
            self.draft.begin(reviewed, place, annotations, ())
            first = next((each.id for each in self.draft.made), None)
        self.active = True
        self._view.movable = True
        self._view.set_levels({})
        self._view.set_captions(lambda each: self.draft.tagset.label_title(each.label).upper())
        known = set(self._view.ordered())
        self._view.patch(known, self.draft.annotations.values())
        if first is not None:
            self.focus(first)
        self.moved.emit()

    def end(self) -> None:
        """Edit nothing any more."""
        if self.active:
            self.desk.leave()
            self.active = False
            self._view.movable = False
            self._view.select(None)
            self._view.patch(self._view.ordered(), ())
            self.draft.end()
            self.ended.emit()

    def keep(self) -> None:
        """Take over a boundary that is open, and what is typed."""
        self.inspector.commit()
        if isinstance(self.desk.lasting_mode, Reopened):
            self.desk.enter()

    def focus(self, annotation: str) -> None:
        """Focus a span, its boundary open where it may be moved."""
        self.desk.leave()
        self.desk.go_to(annotation)
        if annotation in self.draft.own:
            self.desk.enter()

    def take_key(self, name: str) -> bool:
        """Whether a key means something of its own while a version is edited, and is taken."""
        lettered = isinstance(self.desk.mode, _LETTERED)
        if name == "Enter":
            if isinstance(self.desk.mode, FillMode) or not lettered:
                self.taken.emit()
            else:
                self.desk.leave()
        elif name == "Esc":
            self.desk.escape() if lettered else self.end()
        elif name in ("Alt+Down", "Alt+Up"):
            self._step(-1 if name == "Alt+Up" else 1)
        elif name.removeprefix("Shift+") in tuple("123456789") and not lettered:
            self._label(name)
        else:
            return False
        return True

    def _label(self, name: str) -> None:
        """Relabel the open span as it stands; with Shift mark what is selected besides."""
        key, again = name[-1], name.startswith("Shift")
        reopened = isinstance(self.desk.lasting_mode, Reopened)
        if again and reopened:
            selected = self._view.selected_span()
            self.desk.leave()
            self._view.select(selected)
            self.desk.tag_key(key)
        else:
            self.keep()
            self.desk.tag_key(key)
        if self.draft.focused is not None:
            self.focus(self.draft.focused.id)

    def _step(self, step: int) -> None:
        """Go to another span of the version, or of gold where links are edited."""
        self.keep()
        order = [each.id for each in self.draft.made] or self._view.ordered()
        now = self.draft.focused
        at = order.index(now.id) if now is not None and now.id in order else -1
        if order:
            self.focus(order[(at + step) % len(order)])

    def _connect(self) -> None:
        view, draft, desk = self._view, self.draft, self.desk
        draft.changed.connect(self._on_changed)
        draft.focus_moved.connect(self._on_focus_moved)
        view.span_clicked.connect(self._on_clicked)
        view.boundary_dragged.connect(self._on_dragged)
        desk.mode_changed.connect(self._on_mode_changed)
        desk.filling.editor_asked.connect(self.inspector.edit)
        self.inspector.left.connect(self._go_to_text)
        self.inspector.entered.connect(self._go_to_text)
        self.inspector.entered.connect(desk.filling.typed)
        self.inspector.hopped.connect(desk.hops.go)
        self.inspector.link_asked.connect(self._on_link_asked)

    def _go_to_text(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_link_asked(self, type_: str) -> None:
        self._go_to_text()
        self.desk.start_link(type_)

    def _on_mode_changed(self) -> None:
        mode = self.desk.mode
        self.inspector.show_letters(mode.left() if isinstance(mode, FillMode) else {})
        if self.active:
            self.moved.emit()

    def _on_changed(self, edit: Edit) -> None:
        if not self.active:
            return
        ids = {each.id for each in edit.touched("annotation")}
        found = [self.draft.annotations[each] for each in ids if each in self.draft.annotations]
        self._view.patch(ids, found)
        self._on_focus_moved()

    def _on_focus_moved(self) -> None:
        if self.active:
            focused = self.draft.focused
            links = Links(self.draft.relations.values())
            partners = links.neighbours(focused.id) if focused is not None else set()
            self._view.set_focused(focused.id if focused is not None else None, partners)

    def _on_clicked(self, annotation: str) -> None:
        if self.active and not (annotation and self.desk.pick(annotation)) and annotation:
            self.focus(annotation)

    def _on_dragged(self, annotation: str, old: Span, new: Span) -> None:
        if self.active:
            self.desk.move_passage(annotation, old, new)
            if not isinstance(self.desk.mode, Idle):
                self.desk.leave()


def _gold_links(
    reviewed: Reviewed, place: Place, version: Version | None
) -> tuple[list[str], list[Relation]]:
    """The annotations of gold that links of a place go out from, and a version's links there."""
    grounds = Grounds(reviewed)
    if version is not None and not version.by:  # gold's own
        links = [grounds.link(each) for each in version.links]
    else:
        links = grounds.links(place, [version]) if version is not None else []
    sources: dict[str, None] = {each.source.id: None for each in links}
    for each in (each for one in place.versions for each in one.annotations):
        end: Annotation | None = _end(grounds, each)
        if end is not None:
            sources[end.id] = None
    layer = reviewed.gold.layer.id
    return list(sources), [
        Relation(new_id(), layer, each.type, each.source.id, each.target.id, each.attributes)
        for each in links
    ]


def _end(grounds: Grounds, annotation: Annotation) -> Annotation | None:
    """Where gold has an annotator's annotation."""
    if annotation.layer == grounds.reviewed.gold.layer.id:
        return annotation
    found = grounds.ties.end(annotation)
    return found.annotation if found is not None else None

"""What the parts of the tag set editor share: the draft, what of it is chosen, and signals."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from annotator.core.revision.draft import (
    Draft,
    Kind,
    Owner,
    Place,
    find,
    name_problem,
    owners,
    renamed,
    replaced,
)
from annotator.core.tagset import Tagset


@dataclass(frozen=True, slots=True)
class _Step:
    """What a sheet was before something was done to it."""

    draft: Draft
    decided: frozenset[Place]
    kind: Kind
    name: str


class Sheet(QObject):
    """One draft on its way. `decided` are the places of which a person said what becomes of them.

    `kind` and `name` tell which label or relation type is chosen; the name is "" for none.
    """

    changed = Signal()
    """The draft is another one."""
    chosen = Signal()
    """Another label or relation type is chosen."""

    def __init__(self, tagset: Tagset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = Draft(tagset, tagset)
        self.decided: frozenset[Place] = frozenset()
        self._past: list[_Step] = []
        self._typed: tuple[Kind, str] | None = None
        """What the last step was about, where it came from a field."""
        self.kind: Kind = "label"
        self.name = tagset.labels[0].name if tagset.labels else ""

    @property
    def owner(self) -> Owner | None:
        """The chosen label or relation type, as it is to be."""
        return find(self.draft.after, self.kind, self.name)

    @property
    def touched(self) -> bool:
        """Whether anything is to change."""
        return self.draft.after != self.draft.before

    def put(self, draft: Draft) -> None:
        """Take another state of the draft."""
        if draft != self.draft:
            self._remember()
            self.draft = draft
            self.changed.emit()
        if self.owner is None:
            self._choose_any()

    def restart(self, tagset: Tagset) -> None:
        """Take this tag set for the one to be, all names as they are: an import, or nothing."""
        after = Draft(self.draft.before, tagset)
        if after != self.draft:
            self._remember()
        self.decided, self.draft = frozenset(), after
        self.changed.emit()
        self.put(after)

    def set_owner(self, owner: Owner) -> None:
        """Let the chosen label or relation type, whose name stays, be another one."""
        typing = bool(self._past) and self._typed == (self.kind, self.name)
        past = list(self._past)
        self.put(replaced(self.draft, self.kind, owner))
        if typing:
            self._past = past  # letter after letter is one step
        self._typed = (self.kind, self.name)

    def take_back(self) -> bool:
        """Go one step back; False where nothing was done yet."""
        if not self._past:
            return False
        step = self._past.pop()
        self._typed = None
        self.draft, self.decided, self.kind, self.name = (
            step.draft,
            step.decided,
            step.kind,
            step.name,
        )
        self.changed.emit()
        self.chosen.emit()
        return True

    def rename(self, name: str) -> str:
        """Call the chosen label or relation type so; why that can't be, or ""."""
        problem = name_problem(self.draft, self.kind, self.name, name)
        if not problem and name != self.name:
            draft, self.name = renamed(self.draft, self.kind, self.name, name), name
            self.put(draft)
        return problem

    def decide(self, draft: Draft, place: Place) -> None:
        """Take a draft in which a person said what becomes of `place`."""
        self._remember()
        self.decided |= {place}
        self.draft = draft
        self.changed.emit()

    def choose(self, kind: Kind, name: str) -> None:
        """Choose a label or a relation type."""
        if (kind, name) != (self.kind, self.name):
            self.kind, self.name = kind, name
            self.chosen.emit()

    def _remember(self) -> None:
        self._past.append(_Step(self.draft, self.decided, self.kind, self.name))
        self._typed = None

    def _choose_any(self) -> None:
        found = owners(self.draft.after, self.kind) or self.draft.after.labels
        kind: Kind = self.kind if owners(self.draft.after, self.kind) else "label"
        self.choose(kind, found[0].name if found else "")

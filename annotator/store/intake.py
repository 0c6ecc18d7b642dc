"""The door for very many changes at once: an import, batch by batch, in one transaction."""

from collections.abc import Callable, Iterable

from annotator.core.edits import Change, Edit
from annotator.core.model import RESERVED_NAMES, Layer
from annotator.core.tagset import Tagset
from annotator.store.reader import Reader
from annotator.store.writer import Writing

_TOLD = 1_000
"""As many changes of an import are told one by one."""


class Intake:
    """The open door of an import; `read` sees what was added already."""

    def __init__(
        self,
        read: Reader,
        tagset: Tagset,
        begin: Callable[[], Writing],
        require_lawful: Callable[[Edit, Reader, Tagset], Tagset],
    ) -> None:
        self.read = read
        self.added = 0
        self.told: tuple[Change, ...] = ()
        self.own_names: set[str] = set()
        """As `own_names` of what was added."""
        self._tagset = tagset
        self._begin = begin
        self._require_lawful = require_lawful
        self._writing: Writing | None = None

    def add(self, changes: Iterable[Change]) -> None:
        """Write these changes, which may refer to each other and to what was added before.

        Raises UserError when one breaks a rule or (Conflict) does not find what it expects.
        """
        batch = Edit("", tuple(changes))
        self._tagset = self._require_lawful(batch, self.read, self._tagset)
        if batch and self._writing is None:
            self._writing = self._begin()
        if self._writing is not None:
            self._writing.add(batch.changes)
        self.added += len(batch.changes)
        self.own_names |= own_names(batch)
        self.told = (*self.told, *batch.changes) if self.added <= _TOLD else ()

    def close(self) -> None:
        """Write what the journal has to say of it."""
        if self._writing is not None:
            self._writing.close()


def own_names(edit: Edit) -> set[str]:
    """Whose layers an edit brings that are nobody's, such as gold: they are no annotators yet."""
    layers = (each.after for each in edit.touched("layer"))
    return {each.annotator for each in layers if isinstance(each, Layer)} & {*RESERVED_NAMES}

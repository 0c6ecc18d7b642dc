"""The door for very many changes at once: an import, batch by batch, in one transaction."""

from collections.abc import Callable, Iterable, Mapping

from annotator.core.edits import Change, Edit
from annotator.core.model import RESERVED_NAMES, Layer
from annotator.core.steps import Counted
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

    def rename(self, names: Mapping[str, str]) -> Counted[None]:
        """Give people other names, with all that is theirs; comes last, after what notes it.

        Rows move with the stamps that they have. Yields how many were looked at.
        """
        # Imported here only, so that the window starts sooner.
        from annotator.store.merge.naming import rename  # noqa: PLC0415
        from annotator.store.merge.side import Side  # noqa: PLC0415

        assert self._writing is not None, "the new names are to be noted first"
        here = Side(self._writing.connection)
        yield from rename(here, self._writing, names)
        # Like a merge it leaves stamps that are not its own, and what lies aside since.
        here.connection.execute(
            "INSERT INTO merge (edit, file, project) VALUES (?, '', ?)",
            (self._writing.id, here.past.project),
        )
        self.told = ()

    def close(self) -> None:
        """Write what the journal has to say of it."""
        if self._writing is not None:
            self._writing.close()


def own_names(edit: Edit) -> set[str]:
    """Whose layers an edit brings that are nobody's, such as gold: they are no annotators yet."""
    layers = (each.after for each in edit.touched("layer"))
    return {each.annotator for each in layers if isinstance(each, Layer)} & {*RESERVED_NAMES}

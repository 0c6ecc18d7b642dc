"""Whether an edit keeps the rules, judged in the project as it will be after the edit."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from annotator.core import rules
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import (
    Annotation,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    Value,
)
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Law:
    """What holds in one project: `read` sees its rows, `tagsets` gives the versions that count.

    A value is lawful where one of these versions allows it; the first is asked first. `lengths`
    keeps the lengths of texts (code points, by document), which never change, from edit to edit.
    """

    read: Reader
    tagsets: Callable[[], Iterable[Tagset]]
    lengths: dict[str, int] = field(default_factory=dict)

    def problems(self, edit: Edit) -> Iterator[str]:
        """What would be wrong after an edit that isn't already wrong before it."""
        before, after = _State(self), _State(self, edit)
        for change in edit.changes:
            if change.after is None:
                yield from self._removal_problems(change.either, edit)
                continue
            found = list(self._value_problems(change.after, after))
            known = set(self._value_problems(change.before, before)) if found else set()
            for problem in found:
                if problem not in known:
                    yield f"the {change.kind} {change.id}: {problem}"
            yield from _change_problems(change.before, change.after)
        yield from self._link_problems(edit, before, after)

    def _removal_problems(self, value: Value, edit: Edit) -> Iterator[str]:
        match value:
            case Entity():
                released = {change.id for change in edit.changes}
                if any(user not in released for user in self.read.users_of_entity(value.id)):
                    yield f'"{value.name}" is still named by annotations'
            case Setting(key="id"):
                yield "a project keeps its id"
            case _:
                return

    def _link_problems(self, edit: Edit, before: "_State", after: "_State") -> Iterator[str]:
        """What would be wrong with links that stay, at annotations that get another label."""
        pairs = ((each.before, each.after) for each in edit.touched("annotation"))
        relabelled = [
            new.id
            for old, new in pairs
            if isinstance(old, Annotation) and isinstance(new, Annotation)
            if (old.label, old.layer) != (new.label, new.layer)
        ]
        for link in self.read.links_of(*relabelled):
            if after.value("relation", link.id) == link:
                found = list(self._value_problems(link, after))
                known = set(self._value_problems(link, before)) if found else set()
                yield from (each for each in found if each not in known)

    def _value_problems(self, value: Value | None, state: "_State") -> Iterator[str]:
        if value is None:
            return
        yield from rules.value_problems(value)
        if isinstance(value, Annotation):
            length = state.length(value.layer)
            if length is None:
                yield "its layer does not exist"
            else:
                yield from rules.span_problems(value, length)
        if isinstance(value, FirstPass):
            length = state.length(value.id)
            if length is not None:  # it may come before its layer, and outlive it
                yield from rules.first_pass_problems(value, length)
        if isinstance(value, Annotation | Relation):
            first: list[str] = []
            for tagset in self.tagsets():
                found = list(_tagset_problems(value, state, tagset))
                if not found:
                    return
                first = first or found
            yield from first


def _change_problems(old: Value | None, new: Value) -> Iterator[str]:
    match old, new:
        case Document(), Document() if old.text != new.text:
            yield "the text of an article never changes; import it as a new one"
        case Setting(key="id"), _ if old != new:
            yield "a project keeps its id"
        case _:
            return


def tagset_after(edit: Edit, read: Reader, current: Tagset) -> Tagset:
    """The tag set that holds after an edit, where `current` held before.

    Raises UserError when what the edit brings is no tag set, or takes the last one away.
    """
    if not any(edit.touched("tagset")):
        return current
    versions = {each.id: each for each in read.tagsets()}
    for change in edit.touched("tagset"):
        versions.pop(change.id, None)
        if isinstance(change.after, TagsetVersion):
            versions[change.id] = change.after
    if not versions:
        raise UserError("This can't be done: a project needs a tag set.")
    return loads(max(versions.values(), key=lambda each: each.version).toml)


def versions(edit: Edit, read: Reader, newest: Tagset) -> Callable[[], Iterator[Tagset]]:
    """What gives the versions of the tag set that there are with an edit, the newest first."""
    older: list[Tagset] = []

    def found() -> Iterator[Tagset]:
        yield newest
        if not older:
            rows = {each.id: each.toml for each in read.tagsets()}
            coming = (change.after for change in edit.touched("tagset"))
            rows |= {row.id: row.toml for row in coming if isinstance(row, TagsetVersion)}
            older.extend(map(loads, rows.values()))
        yield from older

    return found


def require_lawful(
    edit: Edit, read: Reader, tagset: Tagset, lengths: dict[str, int], *, older: bool = False
) -> Tagset:
    """The tag set that holds after an edit; raises UserError when the edit breaks a rule.

    With `older` it may follow an older version of the tag set, as what is imported does.
    """
    tagset = tagset_after(edit, read, tagset)
    tagsets = versions(edit, read, tagset) if older else lambda: (tagset,)
    for problem in Law(read, tagsets, lengths).problems(edit):
        raise UserError(f"This can't be done: {problem}.")
    return tagset


def _tagset_problems(
    value: Annotation | Relation, state: "_State", tagset: Tagset
) -> Iterator[str]:
    yield from rules.attribute_problems(value, tagset)
    for entity in rules.entities_of(value, tagset):
        if state.value("entity", entity) is None:
            yield f"the register has no entity {entity}"
    if isinstance(value, Relation):
        yield from rules.relation_problems(value, state.annotation, tagset)


class _State:
    """The values of a project as they are, or as they will be after an edit."""

    def __init__(self, law: Law, edit: Edit | None = None) -> None:
        self._law = law
        self._after = {(each.kind, each.id): each.after for each in edit.changes} if edit else {}
        self._found: dict[tuple[str, str], Value | None] = {}

    def value(self, kind: str, id_: str) -> Value | None:
        """A value by kind and id."""
        what = (kind, id_)
        if what in self._after:
            return self._after[what]
        if what not in self._found:
            self._found[what] = self._law.read.value(kind, id_)
        return self._found[what]

    def annotation(self, id_: str) -> Annotation | None:
        """An annotation by its id."""
        found = self.value("annotation", id_)
        return found if isinstance(found, Annotation) else None

    def length(self, layer: str) -> int | None:
        """The length, in code points, of the text that a layer is about; None without the layer."""
        found = self.value("layer", layer)
        if not isinstance(found, Layer):
            return None
        coming = self._after.get(("document", found.document))
        if isinstance(coming, Document):
            return len(coming.text)
        lengths = self._law.lengths
        if found.document not in lengths:
            lengths[found.document] = self._law.read.text_length(found.document)
        return lengths[found.document]

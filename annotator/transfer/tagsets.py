"""Two projects' tag sets at a merge: whose holds, and what the other one's versions are here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.core.edits import Change, inserted
from annotator.core.model import Annotation, Relation, TagsetVersion
from annotator.core.tagset import Owner, Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.store.reader import Reader
from annotator.transfer.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a merge does with the tag set of the other file.

    `versions` are what theirs are here, `changes` bring new ones; `differs` says that the newest
    are not the same, `added` names what the project's lacked, `unlike` is what it can't have.
    """

    versions: Mapping[int, int]
    changes: tuple[Change, ...] = ()
    differs: bool = False
    added: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


def reconcile(here: Reader, there: Reader, *, follows: bool) -> Reconciled:
    """How the tag set of another file comes into this one, which `follows` it or keeps its own.

    What the file's work uses and the project lacks is added to the project's tag set, as an import
    does; before that version theirs is kept, so that what was made with it stays valid.
    """
    own = {each.version: _bare(each) for each in here.tagsets()}
    theirs = {each.version: _bare(each) for each in there.tagsets()}
    newest, coming = max(own), max(theirs)
    known = {
        number: next((each for each, one in own.items() if one == tagset), 0)
        for number, tagset in theirs.items()
    }
    found = Reconciled({}, differs=own[newest] != theirs[coming])
    number = max(newest + 1, coming)
    if not known[coming] and follows:
        found = replace(found, changes=_version(theirs[coming], number))
    elif not known[coming]:
        grown = Vocabulary(own[newest])
        grown.offered = theirs[coming]
        unlike = tuple(dict.fromkeys(filter(None, _grow(grown, there))))
        found = replace(found, added=tuple(grown.added), unlike=unlike)
        if grown.added or unlike:
            both = (*_version(theirs[coming], number), *_version(grown.tagset, number + 1))
            found = replace(found, changes=both)
    else_ = number if found.changes else newest
    return replace(found, versions={each: one or else_ for each, one in known.items()})


def _bare(version: TagsetVersion) -> Tagset:
    """The tag set without its number, which tells nothing of what it is."""
    return replace(loads(version.toml), version=1)


def _version(tagset: Tagset, number: int) -> tuple[Change, ...]:
    return inserted([TagsetVersion(number, dumps(replace(tagset, version=number)))])


def _grow(vocabulary: Vocabulary, there: Reader) -> Iterator[str]:
    """Let the tag set have what a file's work uses; yields what it can't have."""
    for label in there.counts_by_label():
        for attributes, _ in there.attribute_sets("label", label):
            yield vocabulary.annotation_problem(Annotation("", "", (), label, attributes))
        yield from _names_other(vocabulary.tagset.label(label), vocabulary.offered.label(label))
    for type_, source, target in there.link_counts():
        for attributes, _ in there.attribute_sets("relation", type_):
            link = Relation("", "", type_, "", "", attributes)
            yield vocabulary.relation_problem(link, source, target)
        yield from _names_other(
            vocabulary.tagset.relation(type_), vocabulary.offered.relation(type_)
        )


def _names_other(own: Owner | None, theirs: Owner | None) -> Iterator[str]:
    """The attributes that name entities in one of the tag sets only: as text both look the same."""
    for each in own.attributes if own and theirs else ():
        other = theirs.attribute(each.name) if theirs else None
        if other and other.type != each.type and "entity" in (other.type, each.type):
            yield f'"{each.name}" is of another type in the project'

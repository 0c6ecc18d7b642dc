"""Versions of the tag set during an import: taken over, matched, or added to."""

from collections.abc import Iterator
from dataclasses import replace

from annotator.core.errors import UserError
from annotator.core.model import Annotation, Layer, Relation, TagsetVersion
from annotator.core.rules import attribute_problems
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.transfer.batch import Batch
from annotator.transfer.vocabulary import Vocabulary


class Versions:
    """A project without articles takes a file's tag set over; another adds what is used of it.

    All that one import adds is one new version.
    """

    def __init__(self, batch: Batch) -> None:
        self.empty = batch.read.count_documents() == 0
        self._batch = batch
        self._newest = batch.read.tagset()
        self._first = self._newest.version
        self.words = Vocabulary(loads(self._newest.toml))
        self._settled = self.words.tagset
        self._made: TagsetVersion | None = None
        self._known: dict[int, int] = {}
        self._open: set[str] = set()
        self._taken: dict[int, TagsetVersion] = {}
        self._older: list[Tagset] | None = None

    def begin_file(self) -> None:
        """Forget the tag set of the file before."""
        self._known = {}
        self.words.offered = Tagset("")

    def take(self, version: TagsetVersion, where: str) -> None:
        """Take one version of a file's tag set."""
        try:
            tagset = loads(version.toml)
        except UserError as error:
            self._batch.problem(where, str(error).removesuffix("."))
            return
        self._batch.counts["same"] += 1
        if self.empty and version.version >= self._first:
            self._replace(version, tagset, where)
            return
        self.words.offered = tagset
        for known in self._batch.read.tagsets():
            if _same(loads(known.toml), tagset):
                self._known[version.version] = known.version

    def placed(self, layer: Layer) -> Layer:
        """A new layer with the project's number for the version that it was made with.

        Where the project doesn't have that version, it is the newest one.
        """
        number = self._known.get(layer.tagset)
        if number is None:
            self._open.add(layer.id)
        return replace(layer, tagset=number or self._newest.version)

    def allowing(self, annotation: Annotation) -> Tagset | str:
        """The version that can have this annotation, the newest first, grown if need be.

        Or why there is none. A layer that adds to the tag set is made with the new version.
        """
        for tagset in self._tagsets():
            if not any(attribute_problems(annotation, tagset)):
                return tagset
        problem = self.words.annotation_problem(annotation)
        if problem:
            return problem
        self._open.add(annotation.layer)
        return self.words.tagset

    def linking(self, relation: Relation, source: str, target: str) -> Tagset | str:
        """The same for a relation between annotations with these labels."""
        for tagset in self._tagsets():
            type_ = tagset.relation(relation.type)
            fitting = type_ and source in type_.sources and target in type_.targets
            if fitting and not any(attribute_problems(relation, tagset)):
                return tagset
        problem = self.words.relation_problem(relation, source, target)
        if problem:
            return problem
        self._open.add(relation.layer)
        return self.words.tagset

    def _tagsets(self) -> Iterator[Tagset]:
        yield self.words.tagset
        if self._older is None:
            rows = {each.version: each for each in self._batch.read.tagsets()} | self._taken
            self._older = [loads(each.toml) for _, each in sorted(rows.items(), reverse=True)]
        yield from self._older

    def settle(self) -> None:
        """Let what was added to the tag set wait with the batch that uses it."""
        tagset = self.words.tagset
        if tagset is not self._settled:
            number = self._made.version if self._made else self._newest.version + 1
            made = TagsetVersion(number, dumps(replace(tagset, version=number)))
            self._batch.put(self._made, made)
            self._made = self._newest = made
            self._settled = tagset
        self._batch.set_tagset(self._open, self._newest.version)
        self._open = set()

    def _replace(self, version: TagsetVersion, tagset: Tagset, where: str) -> None:
        known = self._batch.value("tagset", version.id)
        if known != version:
            self._batch.put(known, version)
            if not isinstance(known, TagsetVersion) or not _same(loads(known.toml), tagset):
                self._batch.note(where, f'The tag set "{tagset.name}" is the project\'s now.')
        self._taken[version.version] = version
        self._older = None
        self._known[version.version] = version.version
        if version.version >= self._newest.version:
            self._newest = version
            self.words.restart(tagset)
            self._settled = tagset


def _same(one: Tagset, other: Tagset) -> bool:
    return replace(one, version=1) == replace(other, version=1)

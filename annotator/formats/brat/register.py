"""The register of entities beside brat's files, which have no place for one."""

import functools
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from annotator.core.article import Article
from annotator.core.model import Annotation, Entity, Relation
from annotator.formats import jsonl, jsonl_reader
from annotator.formats.base import Found, Lost, Source

REGISTER = "register.jsonl"
"""Its file: entities as the own JSONL has them."""


class Register:
    """The file on its way: those entities that the articles name."""

    def __init__(self) -> None:
        self._known: dict[str, Entity] = {}
        self._named: dict[str, Entity] = {}

    def offer(self, entity: Entity) -> None:
        """Know an entity that articles to come may name."""
        self._known[entity.id] = entity

    def name(self, article: Article) -> None:
        """Keep those that an article names."""
        for work in article.works:
            for id_ in _named((*work.annotations, *work.relations)):
                if id_ in self._known:
                    self._named[id_] = self._known[id_]

    def write(self, folder: Path) -> Iterator[Lost]:
        """Write the file, if there is anything to be in it, and say what isn't."""
        if self._named:
            lines = b"".join(map(jsonl.line_of, self._named.values()))
            (folder / REGISTER).write_bytes(lines)
        if unnamed := len(self._known) - len(self._named):
            yield Lost("entities", unnamed)


def entities_in(source: Source, values: Iterable[Annotation | Relation]) -> Iterator[Entity]:
    """Those of the register beside a file that the attributes of some values name."""
    beside = source.neighbour(REGISTER)
    if beside is None:
        return
    with beside.open() as stream:
        known = _entities(stream.read())
    yield from (known[each] for each in _named(values) if each in known)


def _named(values: Iterable[Annotation | Relation]) -> dict[str, None]:
    """The texts in the attributes of values, among which are the ids of entities."""
    attributes = (each for value in values for each in value.attributes.values())
    return dict.fromkeys(text for each in attributes for text in _texts(each))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))


@functools.lru_cache(maxsize=4)
def _entities(data: bytes) -> dict[str, Entity]:
    found = jsonl_reader.read(Source(REGISTER, stream=BytesIO(data)))
    items = (each.item for each in found if isinstance(each, Found))
    return {item.id: item for item in items if isinstance(item, Entity)}

"""Articles of a project with what a review needs of the work on them."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.core.article import Article, Work
from annotator.core.model import Document, Layer
from annotator.store.reader import Reader

_PART = 16


def articles(read: Reader, among: Mapping[str, Sequence[Layer]]) -> Iterator[Article]:
    """Articles in the order of their ids in `among`, which has the layers on each."""
    names = list(among)
    for at in range(0, len(names), _PART):
        part = {name: among[name] for name in names[at : at + _PART]}
        documents = read.values("document", list(part))
        wanted = [each for layers in part.values() for each in layers if _is_read(each)]
        works = {each.layer.id: each for each in read.works(wanted)}
        for name, layers in part.items():
            document = documents[name]
            assert isinstance(document, Document)
            found = tuple(works.get(each.id) or Work(each) for each in layers)
            yield Article(document, found, tuple(read.decisions(document=name)))


def _is_read(layer: Layer) -> bool:
    """Whether what is in a layer matters to a review."""
    return layer.role == "gold" or (layer.role == "annotator" and layer.state == "done")

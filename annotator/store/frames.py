"""A project's spans and relations as data frames of polars or pandas, whichever is there."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.store.reader import Reader

What = Literal["spans", "relations"]
Library = Literal["polars", "pandas"]
_LIBRARIES: tuple[Library, ...] = ("polars", "pandas")
_BEFORE = ("document", "title", "annotator", "role", "round", "state")
_SPAN = ("annotation", *_BEFORE, "label", "start", "end", "quote", "entities", "note")
_RELATION = (
    *("relation", *_BEFORE, "type", "source", "source_label", "source_quote"),
    *("target", "target_label", "target_quote", "entities"),
)
_ATTRIBUTE = "attribute."
_LARGEST = 1 << 63
Cells = dict[str, Any]
Columns = dict[str, list[Any]]


def frame(
    read: Reader, what: What = "spans", *, layer: str = "all", library: Library | None = None
) -> Any:
    """A data frame with a row for each labelled span, or for each of the `relations`.

    `layer` is a role, an annotator's name or `all`; `library` is the first that is installed if
    none is named. `start` and `end` are code points, of an annotation of several fragments those
    around them all. Attributes are columns (`attribute.certainty`), those of the tag set and any
    others that there are; a date is three of them; one whose values are of several kinds is JSON.
    Raises UserError where no library is installed.
    """
    for name in (library,) if library else _LIBRARIES:
        try:
            made = import_module(name)
        except ImportError:
            continue
        found = _columns(read, what, layer)
        if name == "polars":
            return made.DataFrame(found)
        return made.DataFrame(found).convert_dtypes()  # so that a number that misses is no NaN
    wanted = library or " or ".join(_LIBRARIES)
    raise UserError(f"A frame needs {wanted}; install it: pip install {library or 'polars'}")


def _columns(read: Reader, what: What, layer: str) -> Columns:
    """The table, column by column, attributes last."""
    if what not in ("spans", "relations"):
        raise UserError(f'There is no table "{what}"; there are spans and relations.')
    names = {each.id: each.name for each in read.entities()}
    rows_of, fixed = (_spans, _SPAN) if what == "spans" else (_relations, _RELATION)
    rows: list[Cells] = []
    for document in read.documents():
        for each in read.layers(document=document.id):
            if layer in ("all", each.annotator, each.role):
                rows += rows_of(read, document, each, names)
    there = {key for row in rows for key in row if key.startswith(_ATTRIBUTE)}
    attributes = sorted({*there, *_of_tagset(loads(read.tagset().toml), what)})
    found: Columns = {name: [row[name] for row in rows] for name in fixed}
    found |= {name: _alike([row.get(name) for row in rows]) for name in attributes}
    return found


def _of_tagset(tagset: Tagset, what: What) -> Iterator[str]:
    """The columns for all attributes that the tag set has, so that none depends on the work."""
    for owner in tagset.labels if what == "spans" else tagset.relations:
        for each in owner.attributes:
            parts = ("text", "from", "to") if each.type == "date" and not each.several else ()
            yield from (f"{_ATTRIBUTE}{each.name}.{part}" for part in parts)
            if not parts:
                yield _ATTRIBUTE + each.name


def _before(document: Document, layer: Layer) -> Cells:
    cells = (document.id, document.title, layer.annotator, layer.role, layer.round, layer.state)
    return dict(zip(_BEFORE, cells, strict=True))


def _spans(
    read: Reader, document: Document, layer: Layer, names: Mapping[str, str]
) -> Iterator[Cells]:
    for each in read.annotations(layer=layer.id):
        yield {
            "annotation": each.id,
            **_before(document, layer),
            "label": each.label,
            "start": each.envelope.start,
            "end": each.envelope.end,
            "quote": each.quote(document.text),
            "note": each.note,
            **_attributes(each, names),
        }


def _relations(
    read: Reader, document: Document, layer: Layer, names: Mapping[str, str]
) -> Iterator[Cells]:
    ends = {each.id: each for each in read.annotations(layer=layer.id)}
    for each in read.relations(layer=layer.id):
        source, target = ends[each.source], ends[each.target]
        yield {
            "relation": each.id,
            **_before(document, layer),
            "type": each.type,
            "source": source.id,
            "source_label": source.label,
            "source_quote": source.quote(document.text),
            "target": target.id,
            "target_label": target.label,
            "target_quote": target.quote(document.text),
            **_attributes(each, names),
        }


def _attributes(owner: Annotation | Relation, names: Mapping[str, str]) -> Cells:
    """The attributes, a date's days and words each by itself, and the names of the entities."""
    cells: Cells = {}
    named: list[str] = []
    for key, value in owner.attributes.items():
        if isinstance(value, Mapping):
            cells |= {f"{_ATTRIBUTE}{key}.{inner}": each for inner, each in value.items()}
        else:
            cells[_ATTRIBUTE + key] = value
            several = value if isinstance(value, list) else [value]
            named += [names[each] for each in several if isinstance(each, str) and each in names]
    return {"entities": "; ".join(named), **cells}


def _alike(values: list[Any]) -> list[Any]:
    """Values that can be one column: of one kind all, else as JSON."""
    there = [each for each in values if each is not None]
    if _of_one_kind(there, (bool, int, str)):
        return values
    if all(isinstance(each, list) for each in there):
        inner = [one for each in there for one in each]
        if _of_one_kind(inner, (bool, int, str)):
            return values
    return [None if each is None else json.dumps(each, ensure_ascii=False) for each in values]


def _of_one_kind(values: Sequence[Any], kinds: Iterable[type]) -> bool:
    if any(type(each) is int and not -_LARGEST <= each < _LARGEST for each in values):
        return False
    return any(all(type(each) is kind for each in values) for kind in kinds)

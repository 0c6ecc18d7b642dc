"""An article and the work on it as a CAS, with the types that INCEpTION makes layers of.

All labels share one layer, because a layer of relations joins spans of one layer only there, and
ours go from claims to actors. The label is a feature, and so is each attribute; what has no feature
stands as JSON in one more.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.core.article import Work
from annotator.core.model import Annotation, Document, Relation
from annotator.core.offsets import Utf16Map
from annotator.core.tagset import Tagset
from annotator.core.tokens import sentence_firsts, tokens_of
from annotator.formats import carried
from annotator.formats.carried import Own
from annotator.formats.cas.names import KEY, LABEL, NOTE, feature_of, text_of, words_of
from annotator.formats.cas.values import (
    ANNOTATION,
    ARTICLE,
    LINK,
    METADATA,
    SENTENCE,
    SPANNING,
    STRING,
    TOKEN,
    Ref,
    Sheet,
    Structure,
    Type,
)
from annotator.formats.tree import writable

_OF_SPANS = {LABEL: STRING, NOTE: STRING, KEY: STRING}
_OF_LINKS = {"Governor": ANNOTATION, "Dependent": ANNOTATION, LABEL: STRING, KEY: STRING}


@dataclass(slots=True)
class Features:
    """The features that attributes take, of annotations and of links."""

    spans: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def take(self, tagset: Tagset) -> None:
        """Have those of a tag set."""
        for label in tagset.labels:
            self.spans.update((feature_of(each.name), STRING) for each in label.attributes)
        for type_ in tagset.relations:
            self.links.update((feature_of(each.name), STRING) for each in type_.attributes)

    def use(self, work: Work) -> None:
        """Have those of the attributes in a layer."""
        for span in work.annotations:
            self.spans.update((feature_of(name), STRING) for name in span.attributes)
        for link in work.relations:
            self.links.update((feature_of(name), STRING) for name in link.attributes)

    def types(self) -> tuple[Type, ...]:
        """The types of a CAS with these features."""
        return (
            Type(ANNOTATION, SPANNING, _OF_SPANS | dict(sorted(self.spans.items()))),
            Type(LINK, SPANNING, _OF_LINKS | dict(sorted(self.links.items()))),
            Type(ARTICLE, "uima.cas.AnnotationBase", {KEY: STRING}),
            Type(
                METADATA,
                "uima.tcas.DocumentAnnotation",
                {"documentTitle": STRING, "documentId": STRING},
            ),
            Type(SENTENCE, SPANNING, {}),
            Type(TOKEN, SPANNING, {}),
        )


def sheet_of(
    document: Document, work: Work | None, own: Own, features: Features, *, cut: bool
) -> Sheet:
    """The CAS of an article with one layer or none; `cut` adds sentences and tokens.

    `own` is what it carries of the article, and of what came before.
    """
    units = Utf16Map(document.text)
    found = list(_structures(document, work, own, units))
    if not cut:
        return Sheet(document.text, found, features.types())
    tokens = tokens_of(document.text)
    firsts = sentence_firsts(document.text, tokens)
    pieces = (
        (tokens.starts[first], tokens.ends[end - 1])
        for first, end in pairwise((*firsts, len(tokens)))
    )
    words = zip(tokens.starts, tokens.ends, strict=True)
    return Sheet(
        document.text, found, features.types(), _places(pieces, units), _places(words, units)
    )


def _places(bounds: Iterable[tuple[int, int]], units: Utf16Map) -> list[tuple[int, int]]:
    if units.units == units.length:
        return list(bounds)
    return [(units.to_utf16(start), units.to_utf16(end)) for start, end in bounds]


def _structures(
    document: Document, work: Work | None, own: Own, units: Utf16Map
) -> Iterator[Structure]:
    about = {"language": document.language or "x-unspecified", "documentTitle": document.title}
    about = {key: value for key, value in about.items() if writable(value)}
    yield Structure(2, METADATA, 0, units.units, {**about, "documentId": document.id})
    layer = {"layer": carried.of_layer(work.layer)} if work else {}
    yield Structure(3, ARTICLE, features={KEY: json.dumps({**own, **layer})})
    first: dict[str, Structure] = {}
    last = 3
    for annotation in work.annotations if work else ():
        for number, span in enumerate(annotation.spans):
            last += 1
            place = units.to_utf16(span.start), units.to_utf16(span.end)
            features = _span_features(annotation, whole=number == 0)
            each = Structure(last, ANNOTATION, *place, features)
            first.setdefault(annotation.id, each)
            yield each
    for relation in work.relations if work else ():
        last += 1
        yield _link(last, relation, first)


def _span_features(each: Annotation, *, whole: bool) -> Mapping[str, str]:
    """The features of an annotation; of fragments, only the first has all."""
    label = {LABEL: words_of(each.label)}
    if not whole:
        return {**label, KEY: json.dumps({"id": each.id})}
    rest: dict[str, object] = {"id": each.id}
    if each.meta:
        rest["meta"] = each.meta
    if each.note and writable(each.note):
        label[NOTE] = each.note
    elif each.note:
        rest["note"] = each.note
    shown = {feature_of(name): text_of(value) for name, value in each.attributes.items()}
    return {**label, **shown, KEY: json.dumps(rest)}


def _link(id_: int, each: Relation, first: Mapping[str, Structure]) -> Structure:
    """A relation, which stands where its target stands, as INCEpTION has it."""
    source, target = first[each.source], first[each.target]
    shown = {feature_of(name): text_of(value) for name, value in each.attributes.items()}
    ends = {"Governor": Ref(source.id), "Dependent": Ref(target.id)}
    features = {**ends, LABEL: words_of(each.type), **shown, KEY: json.dumps({"id": each.id})}
    return Structure(id_, LINK, target.begin, target.end, features)

"""What must hold of the values of a project, whoever writes them."""

import re
from collections.abc import Callable, Iterable, Iterator

from annotator.core.errors import UserError
from annotator.core.model import (
    RESERVED_NAMES,
    ROLES,
    STATES,
    Annotation,
    Annotator,
    Document,
    FirstPass,
    Layer,
    Relation,
    TagsetVersion,
    Value,
)
from annotator.core.tagset import Label, RelationType, Tagset, fits
from annotator.core.tagset_toml import loads
from annotator.core.text import canonical, sha256

_JOINT = re.compile(r"(?<=[^\x00-\x7f\s\u200c\u200d])[\u200c\u200d](?=[^\x00-\x7f\s\u200c\u200d])")
"""A joiner where Persian and Indian words and emoji have one; elsewhere it only hides in a name."""


def span_problems(annotation: Annotation, length: int) -> Iterator[str]:
    """What is wrong with an annotation's spans in a text of `length` code points."""
    if not annotation.spans:
        yield "it has no span"
        return
    for span in annotation.spans:
        if span.end > length:
            yield f"it ends at {span.end}, beyond the {length} characters of the text"
    for left, right in zip(annotation.spans, annotation.spans[1:], strict=False):
        if right.start <= left.end:
            yield f"its fragments at {left.start} and {right.start} overlap or touch"


def first_pass_problems(first: FirstPass, length: int) -> Iterator[str]:
    """What is wrong with the spans and links of a first pass in a text of `length` code points."""
    for annotation in first.annotations:
        for problem in span_problems(annotation, length):
            yield f"of its annotation {annotation.id}, {problem}"
    ids = {each.id for each in first.annotations}
    for relation in first.relations:
        for end in (relation.source, relation.target):
            if end not in ids:
                yield f"of its relation {relation.id}, the end {end} is not in it"


def attribute_problems(owner: Annotation | Relation, tagset: Tagset) -> Iterator[str]:
    """What is wrong with a label or relation type and its attributes, by the tag set."""
    schema, what, name = _schema(owner, tagset)
    if schema is None:
        yield f'the tag set has no {what} "{name}"'
        return
    for key, value in owner.attributes.items():
        attribute = schema.attribute(key)
        if attribute is None:
            yield f'the {what} "{name}" has no attribute "{key}"'
        elif not fits(attribute, value):
            yield f'"{value}" is no value for the attribute "{key}"'


def _schema(
    owner: Annotation | Relation, tagset: Tagset
) -> tuple[Label | RelationType | None, str, str]:
    """What the tag set says of a label or relation type, what of the two it is, and its name."""
    if isinstance(owner, Annotation):
        return tagset.label(owner.label), "label", owner.label
    return tagset.relation(owner.type), "relation", owner.type


def entities_of(owner: Annotation | Relation, tagset: Tagset) -> Iterator[str]:
    """The ids of the entities that an annotation's or a link's attributes name, by the tag set."""
    schema, _, _ = _schema(owner, tagset)
    for name, value in owner.attributes.items():
        attribute = schema.attribute(name) if schema else None
        if attribute is None or attribute.type != "entity" or not fits(attribute, value):
            continue
        yield from value if attribute.several else (value,)


def relation_problems(
    relation: Relation,
    annotation: Callable[[str], Annotation | None],
    tagset: Tagset,
) -> Iterator[str]:
    """What is wrong with a relation's ends: missing, in another layer, or of a wrong label."""
    if relation.source == relation.target:
        yield "it links a span to itself"
    schema = tagset.relation(relation.type)
    ends = (
        ("source", relation.source, schema.sources if schema else ()),
        ("target", relation.target, schema.targets if schema else ()),
    )
    for end, id_, allowed in ends:
        found = annotation(id_)
        if found is None:
            yield f"its {end} {id_} does not exist"
        elif found.layer != relation.layer:
            yield f"its {end} {id_} belongs to another layer"
        elif schema and found.label not in allowed:
            yield f'"{relation.type}" cannot have the label "{found.label}" as its {end}'


def kept_attributes(annotation: Annotation, label: str, tagset: Tagset) -> Iterator[str]:
    """The names of those of an annotation's attributes that it can keep under another label."""
    schema = tagset.label(label)
    for name, value in annotation.attributes.items():
        attribute = schema.attribute(name) if schema else None
        if attribute is not None and fits(attribute, value):
            yield name


def broken_links(
    annotation: Annotation, label: str, links: Iterable[Relation], tagset: Tagset
) -> Iterator[Relation]:
    """Those of `links` that an annotation is an end of and can't be under another label."""
    for link in links:
        schema = tagset.relation(link.type)
        if schema is None:
            continue
        as_source = link.source == annotation.id and label not in schema.sources
        as_target = link.target == annotation.id and label not in schema.targets
        if as_source or as_target:
            yield link


def value_problems(value: Value) -> Iterator[str]:
    """What is wrong with a value by itself."""
    match value:
        case Document():
            if canonical(value.text).text != value.text:
                yield "its text is not canonical"
            if sha256(value.text) != value.sha256:
                yield "its text does not have the hash it is said to have"
        case Layer():
            yield from _layer_problems(value)
        case Annotator():
            if not value.name.strip():
                yield "an annotator needs a name"
        case TagsetVersion():
            yield from _version_problems(value)
        case _:
            return


def _layer_problems(value: Layer) -> Iterator[str]:
    if value.role not in ROLES:
        yield f'"{value.role}" is no role'
    if value.state not in STATES:
        yield f'"{value.state}" is no state'
    if value.round < 1:
        yield "its round is not a whole number from 1"
    expected = Layer.of(value.document, value.annotator, role=value.role, round_=value.round)
    if value.id != expected.id:
        yield "its id is not the one that its document, annotator, role and round give"


def _version_problems(value: TagsetVersion) -> Iterator[str]:
    try:
        told = loads(value.toml).version
    except UserError as error:
        yield str(error).removesuffix(".")
        return
    if told != value.version:
        yield f"its document says that it is version {told}"


def name_problem(name: str) -> str | None:
    """Why a person can't have this name, if so."""
    if not name.strip() or name != name.strip():
        return "A name cannot be empty or have spaces around it."
    if not _JOINT.sub("", name).isprintable():
        return "A name cannot have line ends or other control characters."
    if name in RESERVED_NAMES:
        return f'The name "{name}" is reserved; choose another.'
    return None

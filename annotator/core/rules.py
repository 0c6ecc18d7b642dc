"""What must hold of the values of a project, whoever writes them."""

from collections.abc import Callable, Iterator

from annotator.core.model import (
    RESERVED_NAMES,
    ROLES,
    STATES,
    Annotation,
    Annotator,
    Document,
    Layer,
    Relation,
    Value,
)
from annotator.core.tagset import Tagset, fits
from annotator.core.text import canonical, sha256


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


def attribute_problems(owner: Annotation | Relation, tagset: Tagset) -> Iterator[str]:
    """What is wrong with a label or relation type and its attributes, by the tag set."""
    if isinstance(owner, Annotation):
        name = owner.label
        schema, what = tagset.label(name), "label"
    else:
        name = owner.type
        schema, what = tagset.relation(name), "relation"
    if schema is None:
        yield f'the tag set has no {what} "{name}"'
        return
    for key, value in owner.attributes.items():
        attribute = schema.attribute(key)
        if attribute is None:
            yield f'the {what} "{name}" has no attribute "{key}"'
        elif not fits(attribute, value):
            yield f'"{value}" is no value for the attribute "{key}"'


def entities_of(owner: Annotation, tagset: Tagset) -> Iterator[str]:
    """The ids of the entities that an annotation's attributes name, by the tag set."""
    label = tagset.label(owner.label)
    for name, value in owner.attributes.items():
        attribute = label.attribute(name) if label else None
        if attribute is None or attribute.type != "entity" or not fits(attribute, value):
            continue
        yield from value if attribute.several else (value,)


def relation_problems(
    relation: Relation,
    annotation: Callable[[str], Annotation | None],
    tagset: Tagset,
) -> Iterator[str]:
    """What is wrong with a relation's ends: missing, in another layer, or of a wrong label."""
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
            yield f'"{relation.type}" cannot have a {found.label} as its {end}'
    if relation.source == relation.target:
        yield "it links a span to itself"


def value_problems(value: Value) -> Iterator[str]:
    """What is wrong with a value by itself."""
    match value:
        case Document():
            if canonical(value.text).text != value.text:
                yield "its text is not canonical"
            if sha256(value.text) != value.sha256:
                yield "its text does not have the hash it is said to have"
        case Layer():
            if value.role not in ROLES:
                yield f'"{value.role}" is no role'
            if value.state not in STATES:
                yield f'"{value.state}" is no state'
            expected = Layer.of(
                value.document, value.annotator, role=value.role, round_=value.round
            )
            if value.id != expected.id:
                yield "its id is not the one that its document, annotator, role and round give"
        case Annotator():
            if not value.name.strip():
                yield "an annotator needs a name"
        case _:
            return


def name_problem(name: str) -> str | None:
    """Why a person can't have this name, if so."""
    if not name.strip() or name != name.strip():
        return "A name cannot be empty or have spaces around it."
    if name in RESERVED_NAMES:
        return f'The name "{name}" is reserved; choose another.'
    return None

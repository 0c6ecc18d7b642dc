"""The labelling configuration under which Label Studio shows what is written for it, as XML."""

from collections.abc import Iterable
from html import escape
from typing import BinaryIO

from annotator.core.model import TagsetVersion
from annotator.core.tagset import Attribute, Label, Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import canonical
from annotator.formats.base import NO_OPTIONS, Format, Item, Options, Writing
from annotator.formats.label_studio.results import LABELS, TEXT, name_of


def write(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write the configuration of the newest tag set, and give each item back."""
    newest: TagsetVersion | None = None
    for item in items:
        if isinstance(item, TagsetVersion) and (newest is None or item.version > newest.version):
            newest = item
        yield item
    stream.write(configuration(loads(newest.toml) if newest else Tagset("")).encode())


def configuration(tagset: Tagset) -> str:
    """The labelling configuration under which Label Studio shows what is written here, as XML."""
    labels = "".join(
        f"    <Label value={_quoted(each.name)} background={_quoted(each.color)}/>\n"
        for each in tagset.labels
    )
    relations = "".join(
        f"    <Relation value={_quoted(each.name)}/>\n" for each in tagset.relations
    )
    fields = "".join(
        _field(label, attribute) for label in tagset.labels for attribute in label.attributes
    )
    return (
        f'<View>\n  <Labels name="{LABELS}" toName="{TEXT}">\n{labels}  </Labels>\n'
        f"  <Relations>\n{relations}  </Relations>\n"
        f'  <Text name="{TEXT}" value="${TEXT}" granularity="symbol"/>\n{fields}</View>\n'
    )


def _field(label: Label, attribute: Attribute) -> str:
    """The tag for an attribute that a result can show."""
    name = _quoted(name_of(label.name, attribute.name))
    common = f'name={name} toName="{TEXT}" perRegion="true" whenTagName="{LABELS}"'
    common += f" whenLabelValue={_quoted(label.name)}"
    match attribute.type:
        case "choice":
            several = "multiple" if attribute.several else "single"
            values = "".join(f"<Choice value={_quoted(each)}/>" for each in attribute.values)
            return f'  <Choices {common} choice="{several}">{values}</Choices>\n'
        case "number":
            return f"  <Number {common}/>\n"
        case "text":
            return f"  <TextArea {common}/>\n"
        case _:
            return ""


def _quoted(words: str) -> str:
    """Words as the value of an attribute; what XML can't have is replaced."""
    text = escape(canonical(words).text)
    # A line end as such would be read as a space.
    return '"' + text.replace("\n", "&#10;").replace("\t", "&#9;") + '"'


FORMAT = Format(
    "label-studio-config",
    "the labelling configuration for Label Studio, made of the tag set; no article",
    (".xml",),
    frozenset(),
    to_stream=write,
    layers="none",
)

"""brat's annotation.conf: what its own window may draw, written from a tag set."""

from collections.abc import Iterator

from annotator.core.tagset import Tagset
from annotator.formats.brat.lines import is_token, written

NAME = "annotation.conf"


def rendered(tagset: Tagset) -> str:
    """The file for a tag set: labels are brat's entities, links its relations."""
    return "\n".join((*_sections(tagset), ""))


def _sections(tagset: Tagset) -> Iterator[str]:
    yield "[entities]"
    yield from (written(label.name) for label in tagset.labels)
    yield ""
    yield "[relations]"
    for relation in tagset.relations:
        ends = ("|".join(map(written, each)) for each in (relation.sources, relation.targets))
        source, target = ends
        both = ", <REL-TYPE>:symmetric" if relation.symmetric else ""
        yield f"{written(relation.name)} Arg1:{source}, Arg2:{target}{both}"
    yield "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    yield ""
    yield "[events]"
    yield ""
    yield "[attributes]"
    yield from _attributes(tagset)


def _attributes(tagset: Tagset) -> Iterator[str]:
    values: dict[str, dict[str, None]] = {}
    owners: dict[str, list[str]] = {}
    for label in tagset.labels:
        for each in label.attributes:
            if each.type == "flag" or (each.type == "choice" and not each.several):
                owners.setdefault(each.name, []).append(written(label.name))
                found = values.setdefault(each.name, {})
                found.update(dict.fromkeys(filter(is_token, each.values)))
    for name, labels in owners.items():
        choices = f", Value:{'|'.join(values[name])}" if values[name] else ""
        yield f"{written(name)} Arg:{'|'.join(labels)}{choices}"

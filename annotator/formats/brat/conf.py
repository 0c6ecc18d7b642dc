"""brat's annotation.conf: what its own window may draw, written from a tag set."""

import re
from collections.abc import Iterator

from annotator.core.article import Article
from annotator.core.tagset import Tagset
from annotator.formats.brat.lines import is_token, plain, written

NAME = "annotation.conf"
_SEPARATOR = re.compile(r"[|,]")


class Values:
    """The values that attributes have in the files, in the order in which they come."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, None]] = {}

    def see(self, article: Article) -> None:
        """Take those of an article."""
        for work in article.works:
            for each in work.annotations:
                for name, value in each.attributes.items():
                    if said := plain(value):
                        self._found.setdefault(name, {})[said] = None

    def of(self, name: str) -> tuple[str, ...]:
        """Those of an attribute."""
        return tuple(self._found.get(name, ()))


def rendered(tagset: Tagset, values: Values) -> str:
    """The file for a tag set: labels are brat's entities, links its relations."""
    return "\n".join((*_sections(tagset, values), ""))


def _sections(tagset: Tagset, values: Values) -> Iterator[str]:
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
    yield from _attributes(tagset, values)


def _attributes(tagset: Tagset, values: Values) -> Iterator[str]:
    """The attributes with all their values: for brat, one that has none is a flag."""
    listed: dict[str, dict[str, None]] = {}
    owners: dict[str, list[str]] = {}
    flags: set[str] = set()
    for label in tagset.labels:
        for each in label.attributes:
            owners.setdefault(each.name, []).append(written(label.name))
            choices = () if each.several else each.values
            listed.setdefault(each.name, {}).update(dict.fromkeys(choices))
            if each.type == "flag":
                flags.add(each.name)
    for name, labels in owners.items():
        # A value with brat's own separators can stand in a line, but in no list.
        every = dict.fromkeys((*listed[name], *values.of(name)))
        shown = [each for each in every if is_token(each) and not _SEPARATOR.search(each)]
        if shown or name in flags:
            ending = f", Value:{'|'.join(shown)}" if shown else ""
            yield f"{written(name)} Arg:{'|'.join(labels)}{ending}"

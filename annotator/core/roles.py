"""What the labels and links of a tag set say: told by their shape, so that names may change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.core.tagset import Label, RelationType, Tagset

Kind = Literal["claim", "denial", "casualty"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Link = Literal["source", "against", "denies", "disputes", "repeats"]
_BETWEEN = ("denies", "disputes", "repeats")


@dataclass(frozen=True, slots=True)
class Roles:
    """The kind of each label that says something, and the part of each type of link.

    `naming` and `dated` are, by label, the attributes with its entities and with its date.
    """

    kinds: Mapping[str, Kind]
    links: Mapping[str, Link]
    naming: Mapping[str, str]
    dated: Mapping[str, str]
    whose: Mapping[str, str]

    @classmethod
    def of(cls, tagset: Tagset) -> "Roles":
        """The roles in a tag set.

        Who said it is a link to somebody named; what denies is a link between two statements that
        has a direction. Where several types have one shape, the one with the default tag set's
        name is meant, else the first.
        """
        named = {each.name for each in tagset.labels if each.naming}
        counts = {each.name for each in tagset.labels if each.counts}
        links = _links(tagset.relations, named)
        denying = {
            label
            for each in tagset.relations
            if links.get(each.name) == "denies"
            for label in each.sources
        }
        saying = {
            label
            for each in tagset.relations
            if each.name in links
            for label in (*each.sources, *(() if named.issuperset(each.targets) else each.targets))
        }
        kinds: dict[str, Kind] = {}
        for name in sorted((saying | counts) - named):
            kinds[name] = "casualty" if name in counts else "claim"
            if name in denying - counts:
                kinds[name] = "denial"
        return cls(
            kinds,
            links,
            {each.name: each.naming for each in tagset.labels if each.naming},
            _firsts(tagset.labels, "date"),
            _firsts((each for each in tagset.labels if each.counts), "entity"),
        )


def _firsts(labels: Iterable[Label], kind: str) -> dict[str, str]:
    """By label, the name of its first attribute of a type."""
    return {
        label.name: each.name
        for label in labels
        for each in reversed(label.attributes)
        if each.type == kind
    }


def _links(types: Iterable[RelationType], named: set[str]) -> dict[str, Link]:
    """The part of each type of link, one type a part."""
    rest = [each for each in types if each.sources and each.targets]
    rest = [each for each in rest if not named.intersection(each.sources)]
    # The source is what most can have: a claim, a denial and a count.
    rest.sort(key=lambda each: -len(each.sources))
    to_somebody = [each for each in rest if named.issuperset(each.targets)]
    source = _meant(to_somebody, "source", {"against"})
    against = _meant((each for each in to_somebody if each is not source), "against", set())
    said = set(source.sources) if source else set()
    between = [each for each in rest if not named.intersection(each.targets)]
    between = [each for each in between if each.name in _BETWEEN or said.issuperset(each.sources)]
    even = [each for each in between if each.symmetric]
    denies = _meant((each for each in between if not each.symmetric), "denies", set())
    disputes = _meant(even, "disputes", {"repeats"})
    repeats = _meant((each for each in even if each is not disputes), "repeats", set())
    parts: dict[Link, RelationType | None] = {
        "source": source,
        "against": against,
        "denies": denies,
        "disputes": disputes,
        "repeats": repeats,
    }
    return {each.name: part for part, each in parts.items() if each is not None}


def _meant(fitting: Iterable[RelationType], name: Link, others: set[Link]) -> RelationType | None:
    """The type of this name among those that fit, else the first that hasn't another's name."""
    found = {each.name: each for each in fitting if each.name not in others}
    return found.get(name) or next(iter(found.values()), None)

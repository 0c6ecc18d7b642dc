"""A reviewer who decides on the sample as its README says, place by place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.review import deciding
from annotator.review.values import Place, Reviewed, Version

WHO = "ana"


def who(reviewed: Reviewed, version: Version) -> str:
    """The first letters of who gave a version."""
    return "".join(reviewed.layers[each].annotator[0] for each in version.by)


@dataclass(frozen=True)
class Reviewer:
    """Decides as the sample's README says."""

    reviewed: Reviewed
    place: Place

    def of(self, letter: str) -> Version:
        (found,) = (each for each in self.place.versions if letter in who(self.reviewed, each))
        return found

    def take(self, letter: str) -> Edit:
        return deciding.take(self.reviewed, self.place, self.of(letter), by=WHO)

    def none(self) -> Edit:
        return deciding.none(self.reviewed, self.place, by=WHO)

    def union(self) -> Edit:
        return deciding.union(self.reviewed, self.place, by=WHO)

    def intersection(self) -> Edit:
        return deciding.intersection(self.reviewed, self.place, by=WHO)

    def edit(self, *annotations: Annotation) -> Edit:
        return deciding.edited(self.reviewed, self.place, annotations, by=WHO)

    def link(self, *links: Relation) -> Edit:
        return deciding.edited(self.reviewed, self.place, links=links, by=WHO)

    def gold(self, start: int, label: str) -> str:
        """The id of an annotation that gold has."""
        (found,) = (
            each.id
            for each in self.reviewed.gold.annotations
            if (each.envelope.start, each.label) == (start, label)
        )
        return found


Act = Callable[[Reviewer], Edit]


def taking(letter: str) -> Act:
    return lambda reviewer: reviewer.take(letter)


def with_attributes(one: Annotation, **values: Any) -> Annotation:
    return replace(one, attributes={**one.attributes, **values})


def only(one: Annotation, *names: str) -> Annotation:
    return replace(one, attributes={name: one.attributes[name] for name in names})


def _both_with_claim_made_certain(reviewer: Reviewer) -> Edit:
    (denial,), (claim,) = reviewer.of("m").annotations, reviewer.of("n").annotations
    return reviewer.edit(denial, with_attributes(claim, certainty="certain"))


def _the_whole_ministry(reviewer: Reviewer) -> Edit:
    (one,) = reviewer.of("m").annotations
    return reviewer.edit(replace(one, spans=(Span(2638, 2710),)))


def _mixed(reviewer: Reviewer) -> Edit:
    mine, others = reviewer.of("m"), reviewer.of("j")
    return deciding.mix(
        *(reviewer.reviewed, reviewer.place, mine, others),
        values={"bound": mine, "low": mine},
        by=WHO,
    )


def _three_of_unknown_victims(reviewer: Reviewer) -> Edit:
    found = (
        with_attributes(only(each, "bound", "outcome"), victims="unknown")
        for each in reviewer.of("j").annotations
    )
    return reviewer.edit(*found)


def _denies_the_claim_inside(reviewer: Reviewer) -> Edit:
    source, target = reviewer.gold(1528, "denial"), reviewer.gold(1538, "claim")
    return reviewer.link(Relation("", "", "denies", source, target))


def _sources_of_both(reviewer: Reviewer) -> Edit:
    denial, claim = reviewer.gold(1528, "denial"), reviewer.gold(1538, "claim")
    return reviewer.link(
        Relation("", "", "source", denial, reviewer.gold(1501, "actor")),
        Relation("", "", "source", claim, reviewer.gold(1268, "actor"), {"implied": True}),
    )


SPANS: dict[tuple[int, str], Act] = {
    (50, "claim"): Reviewer.union,
    (235, "actor"): taking("m"),
    (317, "actor"): taking("m"),
    (441, "claim"): taking("m"),
    (504, "claim"): taking("m"),
    (544, "claim"): Reviewer.intersection,
    (549, "actor"): Reviewer.none,
    (714, "claim"): taking("m"),
    (724, "casualty"): taking("m"),
    (961, "denial"): taking("m"),
    (1019, "actor"): taking("j"),
    (1268, "claim"): taking("j"),
    (1431, "actor"): taking("m"),
    (1501, "actor"): taking("m"),
    (1528, "denial"): _both_with_claim_made_certain,
    (1610, "actor"): Reviewer.none,
    (1617, "actor"): taking("m"),
    (1641, "claim"): taking("m"),
    (1641, "casualty"): taking("m"),
    (1711, "denial"): Reviewer.none,
    (1753, "actor"): taking("m"),
    (1815, "actor"): taking("m"),
    (1879, "actor"): taking("m"),
    (1916, "actor"): taking("m"),
    (1969, "claim"): lambda reviewer: deciding.both_spans(
        *(reviewer.reviewed, reviewer.place),
        versions=[reviewer.of("m"), reviewer.of("j")],
        by=WHO,
    ),
    (2039, "actor"): taking("j"),
    (2408, "claim"): Reviewer.none,
    (2513, "actor"): taking("m"),
    (2638, "actor"): _the_whole_ministry,
    (2757, "claim"): taking("m"),
    (2770, "casualty"): taking("m"),
    (2799, "claim"): taking("m"),
    (2815, "casualty"): taking("m"),
    (2885, "claim"): taking("m"),
    (2898, "casualty"): taking("m"),
    (2988, "claim"): taking("n"),
    (3506, "casualty"): taking("j"),
    (3545, "claim"): Reviewer.none,
    (3685, "casualty"): _mixed,
    (3788, "denial"): Reviewer.none,
    (3885, "actor"): taking("m"),
    (4516, "claim"): taking("m"),
    (4516, "actor"): taking("m"),
    (4820, "actor"): taking("m"),
    (4864, "casualty"): _three_of_unknown_victims,
}
RELATIONS: dict[tuple[int, str, str], Act] = {
    (441, "claim", "source"): Reviewer.none,
    (504, "claim", "source"): Reviewer.none,
    (544, "claim", "against"): Reviewer.none,
    (714, "claim", "source"): taking("m"),
    (961, "denial", "denies"): taking("m"),
    (1004, "claim", "disputes"): taking("m"),
    (1111, "claim", "disputes"): taking("j"),
    (1268, "claim", "repeats"): taking("j"),
    (1528, "denial", "denies"): _denies_the_claim_inside,
    (1528, "denial", "source"): _sources_of_both,
    (1528, "denial", "against"): taking("n"),
    (1641, "claim", "against"): taking("j"),
    (1641, "casualty", "source"): taking("m"),
    (80, "claim", "repeats"): taking("n"),
    (2757, "claim", "disputes"): taking("m"),
    (2988, "claim", "source"): taking("m"),
    (4516, "claim", "source"): taking("m"),
}


def act(reviewer: Reviewer) -> Edit:
    """What the README says is to be done with a place."""
    place = reviewer.place
    if place.start == 1111 and not place.relation:  # two claims begin here
        return reviewer.take("n") if place.kind == "split" else reviewer.none()
    for each in [one for version in place.versions for one in version.annotations]:
        start, label = each.envelope.start, each.label
        table = RELATIONS if place.relation else SPANS
        key = (start, label, place.relation) if place.relation else (start, label)
        if key in table:
            return table[key](reviewer)  # type: ignore[index]  # the key is as long as the table's
    raise AssertionError((place.start, place.relation, place.kind))

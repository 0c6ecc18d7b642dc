"""What the rules of a project decide without a person; each decision records the rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.article import Article
from annotator.core.edits import Change, Edit, combined
from annotator.core.model import Decision
from annotator.review.desk import Desk, Made
from annotator.review.edges import merged_edges
from annotator.review.ground import Ground
from annotator.review.places import after, on, with_spans
from annotator.review.rules import Rules
from annotator.review.settling import ALL_AGREE, settled
from annotator.review.standing import FOLLOWS, rule_of
from annotator.review.values import Place, Reviewed, Status, Version

NAME = "accept what is agreed"
"""What the edit is called in the journal."""
EDGES = "edges only"
MAJORITY = "majority"
TRUSTED = "trusted annotator"
_HALF = 0.5
_FIRST_AND_LAST = 2


def granted(reviewed: Reviewed, rules: Rules | None = None, *, by: str) -> Edit:
    """What rules take (those of the review, where none are given), as one edit.

    Spans first, then the relations whose ends are decided. What a person decided or put off stays
    as it is; what a rule took before, on other grounds, may be taken anew.
    """
    rules = rules or reviewed.ground.rules
    edits, then, _ = _spans(reviewed, rules, by)
    links = list(_decided(then, rules, by, links=True))
    return _together([*edits, _edit(then, links)])


@dataclass(frozen=True, slots=True)
class Granted:
    """What rules take of an article: `edit`, at how many places, `links` of them of relations.

    `statuses` is how many places have each status then.
    """

    edit: Edit
    taken: int
    links: int
    statuses: Mapping[Status, int]


def grants(article: Article, ground: Ground, *, by: str) -> Granted:
    """What the rules take of an article, told without going over it more often than need be."""
    edits, then, taken = _spans(on(article, ground, links=False), ground.rules, by)
    links = list(_decided(then, ground.rules, by, links=True))
    keys = {place.key for place, _ in links}
    statuses = Counter("decided" if each.key in keys else each.status for each in then.places)
    edit = _together([*edits, _edit(then, links)])
    return Granted(edit, taken + len(links), len(links), statuses)


def takable(reviewed: Reviewed) -> int:
    """At how many places its rules would decide now; links whose ends that decides come besides."""
    desk, rules = Desk(reviewed), reviewed.ground.rules
    return sum(_is_free(each) and _ruled(each, rules, desk) is not None for each in reviewed.places)


_Decided = tuple[Place, tuple[Change, ...]]


def _spans(reviewed: Reviewed, rules: Rules, by: str) -> tuple[list[Edit], Reviewed, int]:
    """The edits that decide places of spans, the article then, and how many places it is.

    Where a rule decides anew it is one place after the other: on what goes from gold there may hang
    links that another one moves too.
    """
    some = list(_decided(reviewed, rules, by, links=False))
    edits = [_edit(reviewed, some)]
    decided = {place.key: _decision(changes) for place, changes in some}
    then = with_spans(reviewed, edits[0], decided)
    while again := next(_decided(then, rules, by, links=False, anew=True), None):
        edits.append(Edit(NAME, again[1]))
        then = after(then, edits[-1])
    return edits, then, len(some) + len(edits) - 1


def _decided(
    reviewed: Reviewed, rules: Rules, by: str, *, links: bool, anew: bool = False
) -> Iterator[_Decided]:
    """The places that rules take, those of spans or of links, each with its changes.

    Of spans those of which nothing is in gold, or, `anew`, something is.
    """
    desk = Desk(reviewed)
    for place in reviewed.places:
        if bool(place.relation) is links and bool(place.gold) is anew and _is_free(place):
            found = _ruled(place, rules, desk)
            if found is not None:
                yield place, _settled(desk, place, found, by)


def _edit(reviewed: Reviewed, decided: Sequence[_Decided]) -> Edit:
    """What several decisions, each at a place of its own, change; the layer of gold comes once."""
    every = [changes for _, changes in decided]
    if reviewed.fresh:  # then it is the first that each of them brings
        every[1:] = [changes[1:] for changes in every[1:]]
    return Edit(NAME, tuple([one for changes in every for one in changes]))


def _together(edits: Sequence[Edit]) -> Edit:
    """These edits as one; the first and the last, at places of spans and of links, never meet."""
    if len(edits) > _FIRST_AND_LAST:
        return combined(NAME, edits)
    return Edit(NAME, tuple([one for each in edits for one in each.changes]))


def _decision(changes: Iterable[Change]) -> Decision:
    """The decision among its changes."""
    found = (each.after for each in changes)
    return next(each for each in found if isinstance(each, Decision))


def _is_free(place: Place) -> bool:
    """Whether rules may decide a place: nobody has, or only rules have, on other grounds."""
    if place.status == "stale":
        return all(rule_of(each) not in ("", FOLLOWS) for each in place.decisions)
    return place.status in ("agreed", "open") and place.kind != "decision"


_Found = tuple[str, Version | Made]
"""A rule, and what it takes: a version, or an annotation that no version has."""


def _settled(desk: Desk, place: Place, found: _Found, by: str) -> tuple[Change, ...]:
    rule, what = found
    if isinstance(what, Made):
        return settled(desk, place, "edit", {"by": by}, [what], rule=rule)
    made = desk.links(place, [what]) if place.relation else desk.made(place, [what])
    return settled(desk, place, "take" if made else "none", {"by": by}, made, rule=rule)


def _ruled(place: Place, rules: Rules, desk: Desk) -> _Found | None:
    """What the first of the rules that has an answer takes, None where none has."""
    if place.kind is None:
        return (ALL_AGREE, place.versions[0]) if rules.all_agree else None
    if rules.edges and place.kind == "boundary":
        found = _at_edges(place, desk)
        if found is not None:
            return (EDGES, found)
    if rules.majority:
        for version in place.versions:
            share = len(version.by) / sum(len(each.by) for each in place.versions)
            if len(version.by) >= rules.majority and share > _HALF:
                return (MAJORITY, version)
    if rules.trusted:
        for version in place.versions:
            if rules.trusted in _names(version.by, desk.reviewed):
                return (TRUSTED, version)
    return None


def _names(layers: Sequence[str], reviewed: Reviewed) -> list[str]:
    return [reviewed.layers[each].annotator for each in layers if each in reviewed.layers]


def _at_edges(place: Place, desk: Desk) -> Version | Made | None:
    """The version, or else the annotation, that the guideline asks for, if only edges differ."""
    alone = [each.annotations[0] for each in place.versions if len(each.annotations) == 1]
    reviewed = desk.reviewed
    says = {(each.label, reviewed.ground.text(each)) for each in alone}
    if len(alone) < len(place.versions) or len(says) > 1:
        return None
    spans = merged_edges([each.spans for each in alone], reviewed.document.text)
    if spans is None:
        return None
    for version in place.versions:
        if version.annotations[0].spans == spans:
            return version
    return desk.reshaped(place, alone[0], spans)

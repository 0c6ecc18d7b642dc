"""The spans behind a number: which units it counts, and where each of them stands."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.differences import differences, edges, sided
from annotator.agreement.measures import LABELS, Measure
from annotator.agreement.report import EdgeWords, Report, pair_key
from annotator.agreement.spans import cells, matched
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer.figures import Chosen, comparisons
from annotator.transfer.report import Job, Progress

NOTHING = "nothing"
OTHER = "another label"
MOST = 10_000
"""Units that are listed; more are only counted."""
_QUOTE = 160
"""Code points of a unit's words that are kept."""
_STOP = " … "
Units = Callable[[Comparison], Iterable[Unit]]
Part = tuple[str, str]
"""By what figures are taken apart, and which part it is; two times "" for all."""
WHOLE: Part = ("", "")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number counts: `units` are those of an article, `title` names the number.

    `documents` are the only articles that count, none for all that are compared. `dates` says that
    values are numbers of days; `round` is the only one that counts, 0 each one's newest.
    """

    title: str
    units: Units
    documents: tuple[str, ...] = ()
    dates: bool = False
    round: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A unit where it stands: its article and extent, the words there, and who says what.

    `ids` are the annotations behind it, also those at the source of a link.
    """

    document: str
    title: str
    span: Span
    words: str
    says: str
    agreed: bool
    ids: tuple[str, ...]


@dataclass(slots=True)
class Listed:
    """The units behind a number: the first of them, and how many agree and differ, by weight."""

    found: list[Found] = field(default_factory=list)
    articles: int = 0
    agreed: float = 0
    differing: float = 0


def listed(
    project: Project, chosen: Chosen, behind: Behind, names: Mapping[str, str]
) -> Job[Listed]:
    """Find the units behind a number; `names` are those of entities, by id."""
    told = partial(_said, names=names, dates=behind.dates)
    made = Listed()
    with project.snapshot() as read:
        documents, round_ = behind.documents or chosen.documents, behind.round or chosen.round
        asked = replace(chosen, documents=documents, round=round_)
        total = len(asked.documents) or read.count_documents()
        for number, comparison in enumerate(comparisons(read, asked)):
            yield Progress(number, total, "Finding the spans")
            every = list(behind.units(comparison))
            made.articles += bool(every)
            made.agreed += sum(each.weight for each in every if each.agreed)
            made.differing += sum(each.weight for each in every if not each.agreed)
            room = MOST - len(made.found)
            made.found += _standing(comparison, every, told)[:room]
    return made


# What numbers count


def of_figure(measure: Measure, part: Part, report: Report) -> Behind:
    """What a figure counts, in all articles or in one part."""
    what, key = part
    title = f"{measure.title}{f', {part_title(part, report)}' if what else ''}"
    dates = measure.name.endswith(".when")
    documents: tuple[str, ...] = ()
    if what == "document":
        documents = (key,)
    elif what == "order":
        documents = stretch(key, report)
    round_ = int(key) if what == "round" else 0
    return Behind(title, partial(_units, measure, part), documents, dates, round_)


def part_title(part: Part, report: Report) -> str:
    """A part in words: a label, a pair, an article's title, a stretch of articles."""
    what, key = part
    if what == "annotator":
        return f"{key} against the rest"
    if what in ("order", "round"):
        return f"{'articles' if what == 'order' else 'round'} {key}"
    return report.titles.get(key, key)


def stretch(key: str, report: Report) -> tuple[str, ...]:
    """The articles of a stretch of the order of work, as Report.by names it: "1–5"."""
    first, _, last = key.partition("–")
    return tuple(report.titles)[int(first) - 1 : int(last or first)]


def _units(measure: Measure, part: Part, comparison: Comparison) -> Iterator[Unit]:
    what, key = part
    if what == "label" and measure.group == LABELS:
        for unit in matched(comparison):
            yield unit._replace(
                values=tuple(each if each == key else OTHER for each in unit.values)
            )
    elif what == "label":
        yield from measure.units(comparison.labelled(key))
    elif what in ("pair", "annotator"):
        for pair in comparison.pairs():
            if key == pair_key(pair) if what == "pair" else key in pair:
                yield from measure.units(comparison.between(*pair))
    else:
        yield from measure.units(comparison)


def of_cell(pair: tuple[str, str], labels: tuple[str | None, str | None]) -> Behind:
    """What a cell of the confusion counts, of two people, or of all ("" twice)."""

    def units(comparison: Comparison) -> Iterator[Unit]:
        for unit in cells(comparison):
            if not pair[0] or set(unit.raters) == set(pair):
                turned = bool(pair[0]) and unit.raters != pair
                found = unit.values[::-1] if turned else unit.values
                if found == labels or (not pair[0] and found[::-1] == labels):
                    yield unit

    one, other = (each or NOTHING for each in labels)
    twice = "; each counts from both sides" if one == other and not pair[0] else ""
    return Behind(f"{one} against {other}{twice}", units)


def of_kind(kind: str) -> Behind:
    """The places and links that differ in this way."""
    return Behind(
        f"Differences: {kind}",
        lambda comparison: (
            _whole(comparison, each.unit) if kind != "relation" else each.unit
            for each in differences(comparison)
            if each.kind == kind
        ),
    )


def of_edge(wanted: EdgeWords) -> Behind:
    """The spans that differ by these words at an end."""
    return Behind(
        f"“{wanted.words}” at the {wanted.at}",
        lambda comparison: (
            _whole(comparison, each.unit)
            for each in edges(comparison)
            if (each.at, each.words) == (wanted.at, wanted.words)
        ),
    )


def of_phrase(words: str) -> Behind:
    """The places with these words."""
    return Behind(
        f"“{words}”",
        lambda comparison: (
            _whole(comparison, each.unit) for each in differences(comparison) if each.words == words
        ),
    )


def of_side(side: str) -> Behind:
    """What the sources of a side say, with whether another has it."""
    return Behind(
        f"What {side} says",
        lambda comparison: (each.unit for each in sided(comparison) if each.side == side),
    )


def _whole(comparison: Comparison, unit: Unit) -> Unit:
    """The unit with that in which people differ there: labels, words, attributes by name.

    Where they differ in nothing of these, labels are what they say.
    """
    text = comparison.document.text
    given = []
    for who, ids in zip(unit.raters, unit.ids, strict=True):
        own = [each for each in comparison.works[who].annotations if each.id in ids]
        given.append([fact for each in own for fact in _facts(each, text)])
    alike = set.intersection(*map(set, filter(None, given)))
    values = []
    for number, facts in enumerate(given):
        told = [(name, value) for name, value in facts if (name, value) not in alike]
        usual = (unit.values[number],) if facts else ()
        values.append(
            tuple(value if not name else f"{name} {value}" for name, value in told) or usual
        )
    return unit._replace(values=tuple(values))


def _facts(annotation: Annotation, text: str) -> Iterator[tuple[str, str]]:
    """What can differ of an annotation: the name of an attribute ("" for the rest), and a value."""
    yield "", annotation.label
    yield "", f"“{' '.join(annotation.quote(text).split())}”"
    for name, value in annotation.attributes.items():
        for each in value if isinstance(value, list) else [value]:
            days = each.get("text") or each.get("from") if isinstance(each, dict) else each
            yield name, str(days)


# Where units stand


def _standing(
    comparison: Comparison, units: Iterable[Unit], told: Callable[[Hashable], str]
) -> list[Found]:
    """The units that somebody has something in, in reading order."""
    works = comparison.works.values()
    annotations = {one.id: one for each in works for one in each.annotations}
    links = {one.id: one for each in works for one in each.relations}
    found = []
    for unit in units:
        ids = tuple(dict.fromkeys(each for several in unit.ids for each in several))
        own = [*_annotations(ids, annotations, links)]
        if own:
            found.append(_found(comparison, unit, own, told))
    return sorted(found, key=lambda each: each.span)


def _annotations(
    ids: Iterable[str], annotations: Mapping[str, Annotation], links: Mapping[str, Relation]
) -> Iterator[Annotation]:
    """The annotations of a unit; of a link that from which it goes out."""
    for each in ids:
        known = annotations.get(links[each].source if each in links else each)
        if known is not None:
            yield known


def _found(
    comparison: Comparison,
    unit: Unit,
    own: list[Annotation],
    told: Callable[[Hashable], str],
) -> Found:
    text, title = comparison.document.text, comparison.document.title
    start = min(each.envelope.start for each in own)
    end = max(each.envelope.end for each in own)
    words = _STOP.join(dict.fromkeys(" ".join(each.quote(text).split()) for each in own))
    says = " · ".join(
        f"{who}: {told(value)}" for who, value in zip(unit.raters, unit.values, strict=True)
    )
    ids = tuple(dict.fromkeys(each.id for each in own))
    span = Span(start, end)
    return Found(unit.document, title, span, words[:_QUOTE], says, unit.agreed, ids)


def _said(value: Hashable, *, names: Mapping[str, str], dates: bool) -> str:
    """A value in words."""
    if value is None or value == ():
        return NOTHING
    if isinstance(value, (tuple, frozenset)):
        every = [_said(each, names=names, dates=dates) for each in value]
        return ", ".join(sorted(every) if isinstance(value, frozenset) else every)
    if dates and isinstance(value, int):
        return date.fromordinal(value).isoformat()
    start, space, last = str(value).rpartition(" ")
    return f"{start}{space}{names.get(last, last)}"

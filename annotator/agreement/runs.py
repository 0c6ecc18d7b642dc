"""A text cut where anybody's annotations begin or end: what lies between has one set of labels."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.agreement.comparison import Comparison, Unit
from annotator.core.tokens import tokens_of

Mark = tuple[int, int, str, str]
"""From where to where, in code points or tokens, a label holds, and by which annotation's id."""


def characters(comparison: Comparison) -> Iterator[Unit]:
    """The runs of a text; the weight is in code points, the values are labels, one for each id."""
    marks = {
        who: [
            (span.start, span.end, each.label, each.id)
            for each in work.annotations
            for span in each.spans
        ]
        for who, work in comparison.works.items()
    }
    return runs(comparison.document.id, marks, len(comparison.document.text))


def tokens(comparison: Comparison) -> Iterator[Unit]:
    """The runs of a text in tokens (core/tokens.py); a token has the labels of what touches it.

    The values are sets of labels, as names in order: where labels overlap, a token has both.
    """
    found = tokens_of(comparison.document.text)
    marks = {
        who: [
            (*found.within(span), each.label, each.id)
            for each in work.annotations
            for span in each.spans
        ]
        for who, work in comparison.works.items()
    }
    for run in runs(comparison.document.id, marks, len(found)):
        values = tuple([_set(each) for each in run.values])  # type: ignore[arg-type]  # labels
        yield Unit(run.document, run.raters, values, run.ids, run.weight)


def _set(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(labels))) if len(labels) > 1 else labels


def runs(document: str, marks: Mapping[str, Sequence[Mark]], length: int) -> Iterator[Unit]:
    """The pieces of a continuum of this length, in order, with what each person has there."""
    raters = tuple(marks)
    changes: list[tuple[int, bool, int, str, str]] = []
    for number, who in enumerate(raters):
        for first, last, label, id_ in marks[who]:
            if first < last:
                changes.append((first, True, number, label, id_))
                changes.append((last, False, number, label, id_))
    changes.sort()  # what ends somewhere before what begins there
    open_: list[list[tuple[str, str]]] = [[] for _ in raters]
    labels: list[tuple[str, ...]] = [()] * len(raters)
    ids: list[tuple[str, ...]] = [()] * len(raters)
    at = 0
    for position, begins, number, label, id_ in changes:
        if position > at:
            yield Unit(document, raters, tuple(labels), tuple(ids), float(position - at))
            at = position
        own = open_[number]
        if begins:
            own.append((id_, label))
        else:
            own.remove((id_, label))
        labels[number] = tuple([label for _, label in own])
        ids[number] = tuple([id_ for id_, _ in own])
    if length > at:
        yield Unit(document, raters, tuple(labels), tuple(ids), float(length - at))

"""Guideline memory: what was decided where the guideline has a gap, as examples of a label."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.core.model import Annotation, Decision, Document, Value
from annotator.review.standing import is_real, made_by, seen_by, standing

Find = Callable[[str, str], Value | None]
"""A value by kind and id, as it is or, where it was taken away, as it was."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A passage at which the guideline of `label` has a gap, and how it was decided.

    `kept` says whether gold has it under this label: the passage is an example, else a
    counter-example.
    """

    label: str
    quote: str
    kept: bool
    reason: str
    comment: str
    by: str
    document: str
    decision: str


def gaps(decisions: Iterable[Decision], find: Find) -> list[Gap]:
    """The gaps that standing decisions tell of, for each label that was in question.

    `decisions` are all those on the articles in question, so that superseded ones are known.
    """
    found: list[Gap] = []
    for each in standing(decisions):
        if each.guideline_gap and is_real(each):
            found += _of_one(each, find)
    return found


def _of_one(decision: Decision, find: Find) -> Iterable[Gap]:
    document = find("document", decision.document)
    if not isinstance(document, Document):
        return
    made = _annotations(made_by(decision, "layers"), find)
    ids = (id_ for ids in seen_by(decision, "layers").values() for id_ in ids)
    kept = {each.label: each for each in made}
    seen = {each.label: each for each in _annotations(ids, find)}
    for label, each in {**seen, **kept}.items():
        yield Gap(
            *(label, " ".join(each.quote(document.text).split()), label in kept),
            *(decision.reason, decision.comment, decision.by, document.id, decision.id),
        )


def _annotations(ids: Iterable[str], find: Find) -> list[Annotation]:
    found = (find("annotation", id_) for id_ in ids)
    return [each for each in found if isinstance(each, Annotation)]
